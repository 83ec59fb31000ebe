"""JSONLogic (jsonlogic.com, as Form.io uses it) → FEEL, where every part has a counterpart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final, Literal

from definitions.importing.formio.scope import (
    BOOLEANS,
    NUMBERS,
    Target,
    UntranslatableError,
    compare,
    opposite,
)
from definitions.importing.texts import number
from rules.feel.text import quoted

Kind = Literal["boolean", "number", "string", "list", "any"]
Resolve = Callable[[str], Target]
"""The field a `var` names; raises `UntranslatableError`."""

_ORDER: Final = {">": "greaterThan", "<": "lessThan", ">=": "greaterThanOrEqual", "<=": "lessThanOrEqual"}
_TURNED: Final = {">": "<", "<": ">", ">=": "<=", "<=": ">="}
_EQUAL: Final = frozenset({"==", "==="})
_UNEQUAL: Final = frozenset({"!=", "!=="})
_SUMS: Final = {"+": "+", "-": "-", "*": "*", "/": "/"}


@dataclass(frozen=True, slots=True)
class Term:
    """`literal`: the JSON value it is, where `target` and operations are not."""

    text: str
    kind: Kind
    target: Target | None = None
    literal: object = None
    simple: bool = False

    @property
    def inner(self) -> str:
        return self.text if self.simple else f"({self.text})"


def condition(rule: object, resolve: Resolve) -> str:
    """FEEL that is true where the rule is truthy."""
    return _truth(_term(rule, resolve))


def value(rule: object, resolve: Resolve) -> str:
    """FEEL of the rule's value."""
    return _term(rule, resolve).text


def _term(rule: object, resolve: Resolve) -> Term:
    if isinstance(rule, dict):
        if len(rule) != 1:
            raise UntranslatableError("Mỗi phép JSONLogic phải có đúng một tên.")
        ((name, given),) = rule.items()
        return _operation(name, given if isinstance(given, list) else [given], resolve)
    return _literal(rule)


def _literal(given: object) -> Term:
    if isinstance(given, bool):
        return Term("true" if given else "false", "boolean", None, given, simple=True)
    if isinstance(given, int | Decimal):
        made = number(given)
        if made is None:
            raise UntranslatableError(f"Số {given} quá lớn.")
        return Term(str(made), "number", None, given, simple=made >= 0)
    if isinstance(given, str):
        return Term(quoted(given), "string", None, given, simple=True)
    if given is None:
        return Term("null", "any", None, None, simple=True)
    raise UntranslatableError("Danh sách viết tại chỗ chỉ dùng được trong phép “in”.")


def _operation(name: str, given: Sequence[object], resolve: Resolve) -> Term:
    if name == "var":
        return _variable(given, resolve)
    if name == "in" and len(given) == 2:
        return Term(_contained(given[0], given[1], resolve), "boolean")
    terms = [_term(each, resolve) for each in given]
    if name in _EQUAL | _UNEQUAL and len(terms) == 2:
        text = _equal(*terms)
        return Term(opposite(text) if name in _UNEQUAL else text, "boolean")
    if name in _ORDER and len(terms) in {2, 3}:
        pairs = [_ordered(name, left, right) for left, right in pairwise(terms)]
        return Term(" and ".join(pairs), "boolean")
    if name in {"and", "or"} and terms:
        said = [_truth(term) for term in terms]
        return Term(said[0] if len(said) == 1 else f" {name} ".join(f"({each})" for each in said), "boolean")
    if name in {"!", "!!"} and len(terms) == 1:
        text = _truth(terms[0])
        return Term(opposite(text) if name == "!" else text, "boolean")
    if name == "if" and len(terms) >= 2:
        return _choice(terms)
    return _sum(name, terms)


def _sum(name: str, terms: Sequence[Term]) -> Term:
    if name not in {*_SUMS, "%", "min", "max"}:
        raise UntranslatableError(f"Phép “{name}” của JSONLogic chưa có cách viết bằng FEEL.")
    for term in terms:
        kind = term.target.placed.type if term.target is not None else None
        if term.kind not in {"number", "any"} or (kind is not None and kind not in {*NUMBERS, "computed"}):
            raise UntranslatableError(f"Phép “{name}” chỉ tính được với các số.")
    if name in {"min", "max"} and terms:
        return Term(f"{name}({', '.join(term.text for term in terms)})", "number", simple=True)
    if name == "%" and len(terms) == 2:
        return Term(f"modulo({terms[0].text}, {terms[1].text})", "number", simple=True)
    if len(terms) == 1 and name in {"+", "-"}:
        return terms[0] if name == "+" else Term(f"-{terms[0].inner}", "number")
    if len(terms) < 2 or (name in {"-", "/"} and len(terms) != 2):
        raise UntranslatableError(f"Phép “{name}” thiếu hoặc thừa số hạng.")
    return Term(f" {_SUMS[name]} ".join(term.inner for term in terms), "number")


def _variable(given: Sequence[object], resolve: Resolve) -> Term:
    if len(given) != 1 or not isinstance(given[0], str) or not given[0]:
        raise UntranslatableError("Phép “var” phải nói đúng một tên trường.")
    target = resolve(given[0])
    if target.option:
        return Term(compare(target, "isEqual", value=True), "boolean", target)
    kind = target.placed.type
    said: Kind = (
        "boolean"
        if kind in BOOLEANS
        else "number"
        if kind in NUMBERS
        else "list"
        if kind in {"multi_choice", "list", "file", "photo"}
        else "any"
        if kind == "computed"
        else "string"
    )
    return Term(target.text, said, target, simple=True)


def _equal(left: Term, right: Term) -> str:
    if left.target is None and right.target is not None:
        left, right = right, left
    if left.target is not None and right.target is None and right.literal not in (None, ""):
        return compare(left.target, "isEqual", right.literal)
    if left.target is not None and right.text == "null":
        return compare(left.target, "isEmpty", None)
    if left.target is not None and right.text == '""':
        return compare(left.target, "isEmpty", None)
    return f"{left.inner} = {right.inner}"


def _ordered(name: str, left: Term, right: Term) -> str:
    if left.target is None and right.target is not None:
        left, right, name = right, left, _TURNED[name]
    if left.target is not None and right.target is None and right.literal is not None:
        return compare(left.target, _ORDER[name], right.literal)
    return f"{left.inner} {name} {right.inner}"


def _contained(needle: object, heap: object, resolve: Resolve) -> str:
    if isinstance(heap, list) and heap:
        term = _term(needle, resolve)
        if term.target is None:
            raise UntranslatableError("Phép “in” phải hỏi một trường.")
        said = [compare(term.target, "isEqual", _plain(each)) for each in heap]
        return said[0] if len(said) == 1 else f"({' or '.join(said)})"
    inside = _term(heap, resolve)
    if inside.target is None or not isinstance(needle, str):
        raise UntranslatableError("Phép “in” này chưa có cách viết bằng FEEL.")
    return compare(inside.target, "includes", needle)


def _plain(given: object) -> object:
    if isinstance(given, dict | list):
        raise UntranslatableError("Phép “in” chỉ nhận danh sách các giá trị viết sẵn.")
    return given


def _choice(terms: Sequence[Term]) -> Term:
    if len(terms) % 2 == 0:
        terms = [*terms, Term("null", "any", simple=True)]
    text = terms[-1].text
    for at in range(len(terms) - 3, -1, -2):
        text = f"if {_truth(terms[at])} then {terms[at + 1].inner} else {text}"
    kinds = {term.kind for term in terms[1::2]}
    return Term(text, kinds.pop() if len(kinds) == 1 else "any")


def _truth(term: Term) -> str:
    """As JavaScript takes it: empty, nought and no are not true."""
    if term.target is not None and not term.target.option and term.text == term.target.text:
        if term.kind == "number":
            return f"({term.text} != null and {term.text} != 0)"
        return (
            opposite(compare(term.target, "isEmpty", None))
            if term.kind != "string"
            else f"{term.text} != null"
        )
    if term.kind == "boolean":
        return term.text
    raise UntranslatableError("Vế này không phải một điều kiện đúng hay sai.")
