"""A hundred conditions over one submission, written once as a tree and told in each peer's language."""

import json
from collections.abc import Iterator

from rules.feel import Together
from rules.feel import compile as feel
from scripts.bench.duel import Peer, Ready, Work, loop, python_peer

COUNT = 100
BLOCKS = 12

Tree = tuple[str, object, object]  # operator, left, right; a leaf is a number, a Field or a quoted text


class Field(str):
    """The name of a field, where a plain string is a text."""

    __slots__ = ()


def submission() -> dict[str, object]:
    told: dict[str, object] = {}
    for n in range(1, BLOCKS + 1):
        told |= {f"so_{n}": n, f"loai_{n}": "cu" if n % 2 else "moi", f"tien_{n}": 50_000 * n}
    return told


def conditions() -> list[Tree]:
    """Of the kinds that forms have: a bound, a choice, a choice with a bound, a sum of two fields."""
    return [tree for n in range(1, BLOCKS + 1) for tree in _block(n)][:COUNT]


def _block(n: int) -> Iterator[Tree]:
    number, kind, money = Field(f"so_{n}"), Field(f"loai_{n}"), Field(f"tien_{n}")
    beside = Field(f"so_{n % BLOCKS + 1}")
    yield (">", number, 2)
    yield ("=", kind, "cu")
    yield ("and", (">=", number, 3), ("<=", number, 9))
    yield ("and", ("=", kind, "cu"), (">", money, 200_000))
    yield ("or", ("=", kind, "moi"), (">", number, 5))
    yield (">", ("+", number, beside), 13)
    yield ("<", ("*", number, 1000), money)
    yield ("or", ("and", ("=", kind, "cu"), ("<", number, 6)), (">=", money, 400_000))
    yield ("=", number, beside)


def in_feel(tree: object) -> str:
    return _infix(tree, {})


def in_cel(tree: object) -> str:
    return _infix(tree, {"=": "==", "and": "&&", "or": "||"})


def in_json_logic(tree: object) -> object:
    if isinstance(tree, tuple):
        operator, left, right = tree
        return {"==" if operator == "=" else operator: [in_json_logic(left), in_json_logic(right)]}
    return {"var": str(tree)} if isinstance(tree, Field) else tree


def _infix(tree: object, words: dict[str, str]) -> str:
    if isinstance(tree, tuple):
        operator, left, right = tree
        return f"({_infix(left, words)} {words.get(operator, operator)} {_infix(right, words)})"
    return str(tree) if isinstance(tree, Field) else json.dumps(tree)


def work() -> Work:
    told = submission()
    made = [feel(in_feel(tree)) for tree in conditions()]

    together = Together(made)

    def once() -> list[bool]:
        return list(together.truths(told))

    return Work(
        f"{COUNT} điều kiện trên một bộ câu trả lời",
        "Điều kiện đã dịch sẵn; câu trả lời là một dict của Python, việc đổi sang kiểu của mỗi bên được tính vào.",
        Ready(loop(once), once()),
        [
            Peer("datalogic-py", _datalogic),
            Peer("datalogic-py, one by one", _datalogic_each),
            Peer("panzi-json-logic", _panzi),
            Peer("cel-python", _cel),
        ],
    )


def _datalogic() -> Ready:
    from datalogic_py import DataHandle, Engine

    told = submission()
    engine = Engine()
    session = engine.session()
    made = [engine.compile(in_json_logic(tree)) for tree in conditions()]

    def once() -> list[str]:
        # many rules, one payload: the manual's own form for this work
        found: list[str] = session.evaluate_many(made, DataHandle(told))
        return found

    return python_peer("datalogic-py", once, [json.loads(text) for text in once()])


def _datalogic_each() -> Ready:
    from datalogic_py import Engine

    told = submission()
    engine = Engine()
    made = [engine.compile(in_json_logic(tree)) for tree in conditions()]

    def once() -> list[object]:
        return [condition.evaluate(told) for condition in made]

    return python_peer("datalogic-py", once, once())


def _panzi() -> Ready:
    from json_logic import jsonLogic

    told = submission()
    made = [in_json_logic(tree) for tree in conditions()]

    def once() -> list[object]:
        return [jsonLogic(condition, told) for condition in made]

    return python_peer("panzi-json-logic", once, once())


def _cel() -> Ready:
    import celpy

    told = submission()
    environment = celpy.Environment()
    made = [environment.program(environment.compile(in_cel(tree))) for tree in conditions()]

    def once() -> list[object]:
        given = celpy.json_to_cel(told)
        return [condition.evaluate(given) for condition in made]

    return python_peer("cel-python", once, [bool(found) for found in once()])
