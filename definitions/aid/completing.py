"""What could be written next: names by id or Vietnamese label, options after `=`, parts after a dot, functions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final

from definitions.aid.place import Place
from definitions.reading import read
from rules.feel.builtins import BUILTINS
from rules.feel.builtins.registry import Signature
from rules.feel.errors import fold
from rules.feel.phrases import PROPERTIES
from rules.feel.text import quoted
from rules.feel.types import BY_NAME, FeelType

MOST: Final = 40
_PATH: Final = r"[^\W\d][\w]*(?:\.[^\W\d][\w]*)*"
_TYPED: Final = re.compile(r"(?:[^\W\d]\w*(?:\.\w*)*)$")
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*$')
_COMPARED: Final = re.compile(rf"({_PATH})\s*(?:=|!=|\bin\s*[(\[][^()\[\]]*[(\[,]?|\bin\s*\()\s*$")
_LISTED: Final = re.compile(rf"({_PATH})\s+in\s*[(\[](?:[^()\[\]]*,)?\s*$")
_CONTAINS: Final = re.compile(rf"list contains\(\s*({_PATH})\s*,\s*$")
_LOCAL: Final = re.compile(rf"(?:\b(?:for|some|every)\s+|,\s*)([^\W\d]\w*)\s+in\s+({_PATH})")
_TEST: Final = re.compile(r"^(?:[^()]*,)?\s*(?:not\()?\s*(?:[^()]*,)?\s*$")
_VALUE: Final = re.compile(r'[\w")\]}]\s*$')
"""A value is complete here, so that only what joins it to another can follow."""
_OPENING: Final = re.compile(r"\b(?:and|or|if|then|else|in|not|between|return|satisfies|some|every|for)\s*$")
_JOINING: Final = frozenset({"and", "or", "then", "else", "in", "between"})
_KEYWORDS: Final = (
    ("and", "và", "và: cả hai vế đều đúng", "and "),
    ("or", "hoặc", "hoặc: ít nhất một vế đúng", "or "),
    ("if", "nếu … thì … không thì", "nếu … thì … không thì …", "if "),
    ("then", "thì", "phần “thì” của if", "then "),
    ("else", "không thì", "phần “không thì” của if", "else "),
    ("in", "là một trong", "thuộc một khoảng hay danh sách", "in ("),
    ("between", "từ … đến", "từ … đến …: between 1 and 5", "between "),
    ("some", "có dòng nào", "có dòng thỏa: some d in ds satisfies …", "some "),
    ("every", "mọi dòng", "mọi dòng thỏa: every d in ds satisfies …", "every "),
    ("for", "với mỗi dòng", "mỗi dòng một giá trị: for d in ds return …", "for "),
    ("null", "để trống", "chưa trả lời, để trống", "null"),
    ("true", "có, đúng", "đúng, Có", "true"),
    ("false", "không, sai", "sai, Không", "false"),
)
_MOMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "date": ("year", "month", "day", "weekday"),
    "date and time": ("year", "month", "day", "weekday", "hour", "minute", "second"),
    "time": ("hour", "minute", "second"),
    "days and time duration": ("days", "hours", "minutes", "seconds"),
    "years and months duration": ("years", "months"),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`name` as the list shows it, `kind`: `field`, `value`, `part`, `function` or `word`; `type` in Vietnamese;
    `insert` replaces the characters `start` to `end` of the text; `doc` says what it is.
    """

    name: str
    kind: str
    type: str
    insert: str
    doc: str
    start: int = 0
    end: int = 0


def complete(text: str, cursor: int, place: Place) -> tuple[Suggestion, ...]:
    """The best first; nothing within a finished string or after a number."""
    before = text[: max(0, min(cursor, len(text)))]
    end = len(before)
    string = _open_string(before)
    if string is not None:
        wanted = before[string + 1 :]
        found = [each for each in _values(before[:string], place) if each.insert.startswith('"')]
        after = end + 1 if text[end : end + 1] == '"' else end
        return _placed(_ranked(found, wanted), string, after)
    typed = _TYPED.search(before)
    word = typed.group() if typed else ""
    start = end - len(word)
    if start and before[start - 1].isdecimal() and word:
        return ()
    if "." in word:
        base, _, part = word.rpartition(".")
        return _placed(_ranked(_parts(base, before, place), part), end - len(part), end)
    rest = before[:start]
    values = _values(rest, place)
    if values:
        return _placed(_ranked(values, word), start, end)
    if _VALUE.search(rest) and not _OPENING.search(rest):
        joining = [each for each in _words() if each.name in _JOINING]
        return _placed(_ranked(joining, word), start, end) if rest != rest.rstrip() else ()
    names = _ranked(_names(before, place), word)
    functions = _ranked(_functions(), word) if word else []
    words = _ranked(_words(), word) if word or rest.rstrip() != rest else []
    return _placed([*names, *words, *functions], start, end)


def _open_string(before: str) -> int | None:
    """Where a string that is not closed yet begins."""
    at, inside = 0, None
    while at < len(before):
        if inside is not None and before[at] == "\\":
            at += 1
        elif before[at] == '"':
            inside = at if inside is None else None
        at += 1
    return inside


def _placed(found: Iterable[Suggestion], start: int, end: int) -> tuple[Suggestion, ...]:
    return tuple(replace(each, start=start, end=end) for each in list(found)[:MOST])


def _ranked(found: Iterable[Suggestion], typed: str) -> list[Suggestion]:
    """Those that begin with what is typed, then those with a word that does, then those that contain it."""
    wanted = fold(typed)
    scored = []
    for place, each in enumerate(found):
        score = _score(each, wanted)
        if score is not None:
            scored.append((score, place, each))
    return [each for _, _, each in sorted(scored, key=lambda one: one[:2])]


def _score(each: Suggestion, wanted: str) -> int | None:
    if not wanted:
        return 0
    name, doc = fold(each.name), fold(each.doc)
    if name.startswith(wanted):
        return 0
    if doc.startswith(wanted):
        return 1
    if each.kind in {"function", "word"}:
        return 3 if wanted in name or (len(wanted) > 2 and wanted in doc) else None
    words = re.split(r"[\s_.›]+", f"{each.name} {each.doc}")
    if any(fold(word).startswith(wanted) for word in words if word):
        return 2
    return 3 if wanted in name or wanted in doc else None


def _names(before: str, place: Place) -> Iterator[Suggestion]:
    """Local names first, then what the scope knows; groups by their parts."""
    for name, type_ in _locals(before, place).items():
        yield Suggestion(name, "field", type_.title, name, "một dòng của danh sách")
    subjects = {subject.path: subject.label for subject in place.subjects}
    for name, type_ in place.names.items():
        yield from _within(name, type_, place, subjects, 0)


def _within(
    name: str, type_: FeelType, place: Place, subjects: Mapping[str, str], deep: int
) -> Iterator[Suggestion]:
    label = place.labels.get(name) or subjects.get(name, "")
    if type_.kind == "context" and type_.fields is not None and deep < 3:
        for part, inner in type_.fields:
            yield from _within(f"{name}.{part}", inner, place, subjects, deep + 1)
        return
    told = label if type_.kind == "list" else subjects.get(name, label)
    yield Suggestion(name, "field", type_.title, name, told)


def _locals(before: str, place: Place) -> Mapping[str, FeelType]:
    found: dict[str, FeelType] = {}
    for match in _LOCAL.finditer(before):
        type_ = _type_at(match[2], found, place)
        if type_ is not None and type_.kind == "list" and type_.element is not None:
            found[match[1]] = type_.element
    return found


def _type_at(path: str, local: Mapping[str, FeelType], place: Place) -> FeelType | None:
    head, *rest = path.split(".")
    type_ = local.get(head) or place.names.get(head)
    for part in rest:
        if type_ is None:
            return None
        if type_.kind == "list" and type_.element is not None:
            type_ = type_.element
        type_ = type_.field(part) if type_.kind == "context" else None
    return type_


def _parts(base: str, before: str, place: Place) -> Iterator[Suggestion]:
    local = _locals(before, place)
    type_ = _type_at(base, local, place)
    if type_ is None:
        return
    if type_.kind == "list" and type_.element is not None:
        type_ = type_.element
    source = {match[1]: match[2] for match in _LOCAL.finditer(before)}
    head, dot, rest = base.partition(".")
    whole = f"{source.get(head, head)}{dot}{rest}"
    for name, inner in type_.fields or ():
        yield Suggestion(name, "part", inner.title, name, place.labels.get(f"{whole}.{name}", ""))
    for name in _MOMENTS.get(type_.kind, ()):
        yield Suggestion(name, "part", "số", name, PROPERTIES[name].removesuffix(" của {}"))


def _values(before: str, place: Place) -> list[Suggestion]:
    """What the left side can be equal to, where it is one of a closed list."""
    for pattern in (_COMPARED, _LISTED, _CONTAINS):
        match = pattern.search(before)
        if match is not None:
            return list(_options(match[1], place))
    if place.wanted == "tests" and _TEST.match(before):
        found = list(_options(place.column, place))
        return [*found, Suggestion("-", "value", "", "-", "bất kỳ, ô này không xét")] if found else []
    return []


def _options(path: str, place: Place) -> Iterator[Suggestion]:
    subject = place.subject(path)
    if subject is None:
        return
    for value, label in subject.options:
        yield Suggestion(value, "value", "lựa chọn", quoted(value), label)
    if subject.kind == "yes_no":
        yield Suggestion("true", "value", "đúng/sai", "true", "Có")
        yield Suggestion("false", "value", "đúng/sai", "false", "Không")


@cache
def _words() -> tuple[Suggestion, ...]:
    return tuple(
        Suggestion(word, "word", "từ nối", insert, f"{said} ({doc})" if said not in doc else doc)
        for word, said, doc, insert in _KEYWORDS
    )


@cache
def function_docs() -> Mapping[str, str]:
    """A sentence on each built-in function."""
    text = files("definitions.aid").joinpath("functions.yaml").read_text(encoding="utf-8")
    data = read(text).data
    return {str(name): str(doc) for name, doc in data.items()} if isinstance(data, dict) else {}


@cache
def _functions() -> tuple[Suggestion, ...]:
    docs = function_docs()
    return tuple(
        Suggestion(
            name,
            "function",
            _result(builtin.signatures[0]),
            f"{name}(" if _takes(builtin.signatures[0]) else f"{name}()",
            f"{docs.get(name, '')}: {_call(name, builtin.signatures[0])}",
        )
        for name, builtin in sorted(BUILTINS.items())
    )


def _takes(signature: Signature) -> bool:
    return bool(signature.params)


def _call(name: str, signature: Signature) -> str:
    inside = (
        f"{param.name}{'…' if param.gathers else '?' if param.optional else ''}" for param in signature.params
    )
    return f"{name}({', '.join(inside)})"


def _result(signature: Signature) -> str:
    word = {"datetime": "date and time", "days": "days and time duration"}.get(
        signature.result, signature.result
    )
    if word.startswith("list<") or word == "@list":
        return "danh sách"
    found = BY_NAME.get(word)
    return "" if found is None else found.title
