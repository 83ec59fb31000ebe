"""One expression, compiled once where the peer can."""

from rules.feel import compile as feel
from scripts.bench.duel import Peer, Ready, Work, loop, python_peer
from scripts.bench.node_side import node_peer

TEXT = "if a > 3 and a < 10 then a * 2 else 0"
CEL = "a > 3 && a < 10 ? a * 2 : 0"
GIVEN: dict[str, object] = {"a": 5}


def work() -> Work:
    made = feel(TEXT)
    return Work(
        f"một biểu thức: {TEXT}",
        "cel-python đã dịch sẵn, giá trị đã đổi sang kiểu của nó; feelin đọc lại văn bản mỗi lần vì không có lệnh dịch sẵn.",
        Ready(loop(lambda: made.evaluate(GIVEN)), made.evaluate(GIVEN)),
        [
            Peer("feelin", lambda: node_peer("expression", "feelin", {"text": TEXT, "context": GIVEN})),
            Peer("cel-python", _cel),
        ],
    )


def _cel() -> Ready:
    import celpy

    environment = celpy.Environment()
    program = environment.program(environment.compile(CEL))
    given = celpy.json_to_cel(GIVEN)
    return python_peer("cel-python", lambda: program.evaluate(given), int(program.evaluate(given)))
