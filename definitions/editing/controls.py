"""A part of a definition as controls that people fill in, made from the language's own schema. Pure.

So a new word of the language has its place in the builder without a line of code. What a control shows unchanged reads
back as the very value it was made from.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from definitions.editing.writing import below, inline
from definitions.outline import Part, root
from definitions.reading.tree import Path

Kind = Literal[
    "line",
    "text",
    "number",
    "day",
    "moment",
    "flag",
    "choice",
    "choices",
    "feel",
    "condition",
    "lines",
    "group",
    "table",
    "yaml",
    "parts",
]
"""`group`: an inner group in place; `table`: short rows in place; `parts`: elements that have pages of their own."""

SIMPLE: Final = frozenset({"line", "text", "number", "day", "moment", "flag", "choice", "feel", "condition"})
_INNER: Final = SIMPLE | {"choices", "lines"}
_COLUMNS: Final = 7
_LONG: Final = 2000


@dataclass(frozen=True, slots=True)
class Control:
    """`name`: dotted within the part (`effective.from`). `value`: as it stands, None where `there` is false. `shown`: what
    the control shows of it. `inner`: the controls of a group, or of a table's empty row; `rows`: those of its rows.
    """

    name: str
    kind: Kind
    part: Part
    value: object
    there: bool
    required: bool = False
    shown: str = ""
    inner: tuple["Control", ...] = ()
    rows: tuple[tuple["Control", ...], ...] = ()

    @property
    def key(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def title(self) -> str:
        return self.part.title or self.key

    @property
    def help(self) -> str:
        return self.part.description

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """(value, words) of a choice, in the language's order."""
        allowed = self.part.raw.get("enum") or self.part.child(0).raw.get("enum") or ()
        return tuple((str(each), word(each, self.help)) for each in allowed)


def part_at(path: Path) -> Part:
    """The schema of a place."""
    part = root()
    for each in path:
        part = part.child(each)
    return part


def controls(part: Part, value: object, prefix: str = "") -> tuple[Control, ...]:
    """Of every key that the language has here, in its order; keys that it does not have come last, as YAML."""
    known = value if isinstance(value, Mapping) else {}
    keys = [*part.keys, *(key for key in known if key not in part.keys)]
    return tuple(
        control(
            f"{prefix}{key}",
            part.child(key),
            known.get(key),
            there=key in known,
            required=key in part.required,
        )
        for key in keys
    )


def control(name: str, part: Part, value: object, *, there: bool, required: bool = False) -> Control:
    kind = kind_of(part, value)
    if there and value is None and kind not in SIMPLE:
        kind = "yaml"  # an empty key is shown as it is written
    if kind == "group":
        return Control(name, kind, part, value, there, required, "", controls(part, value, f"{name}."))
    if kind == "table":
        item = part.child(0)
        rows = tuple(
            controls(item, row, f"{name}.{number}.")
            for number, row in enumerate(value if isinstance(value, list) else ())
        )
        return Control(
            name, kind, part, value, there, required, "", controls(item, {}, f"{name}.{len(rows)}."), rows
        )
    return Control(name, kind, part, value, there, required, _shown(kind, value) if there else "")


def kind_of(part: Part, value: object = None) -> Kind:
    """How a place is filled in; `value` decides where the language allows several shapes."""
    wanted = _kind(part, value)
    return wanted if _fits(wanted, part, value) else "yaml"


def _kind(part: Part, value: object) -> Kind:
    raw = part.raw
    types = raw.get("type", "string")
    types = frozenset([types] if isinstance(types, str) else types)
    if "enum" in raw:
        return "choice"
    if types == {"boolean"}:
        return "flag"
    if "boolean" in types and "string" in types:
        return "condition"
    if isinstance(value, (dict, list)) and len(types) > 1:
        types &= {"object", "array"}
    if types & {"string", "number", "integer"}:
        return _text_kind(part, types)
    if "array" in types and (isinstance(value, list) or "object" not in types):
        return _list_kind(part)
    if not part.keys:
        return "parts" if isinstance(raw.get("additionalProperties"), Mapping) and _keyed(part) else "yaml"
    if all(kind_of(part.child(key)) in _INNER for key in part.keys):
        return "group"
    return "parts"


def _text_kind(part: Part, types: frozenset[str]) -> Kind:
    if part.title == "Biểu thức FEEL" or part.raw.get("maxLength") == 5000:
        return "feel"
    if types <= {"number", "integer"}:
        return "number"
    pattern = str(part.raw.get("pattern", ""))
    if pattern.startswith("^[0-9]{4}-[0-9]{2}-[0-9]{2}"):
        return "moment" if "T" in pattern else "day"
    return "text" if int(part.raw.get("maxLength", 0)) > _LONG else "line"


def _list_kind(part: Part) -> Kind:
    item = part.child(0)
    if "enum" in item.raw:
        return "choices"
    types = item.raw.get("type")
    if types == "string":
        return "lines"
    if types != "object":
        return "yaml"
    simple = all(kind_of(item.child(key)) in SIMPLE for key in item.keys)
    return "table" if simple and len(item.keys) <= _COLUMNS else "parts"


def _keyed(part: Part) -> bool:
    """A group whose keys are names that its author gives, each of a group with keys of its own."""
    return bool(part.child("x").keys) and kind_of(part.child("x")) == "parts"


def _fits(kind: Kind, part: Part, value: object) -> bool:
    """Whether the control can show what stands there; what does not fit is shown as it is written."""
    if value is None:
        return True
    if kind in SIMPLE:
        return isinstance(value, (str, int, bool)) or not isinstance(value, (dict, list))
    if kind in {"lines", "choices"}:
        return isinstance(value, list) and all(
            isinstance(each, str) and each and "\n" not in each for each in value
        )
    if kind == "table":
        keys = set(part.child(0).keys)
        return isinstance(value, list) and all(
            isinstance(row, dict)
            and row.keys() <= keys
            and not any(isinstance(each, (dict, list)) for each in row.values())
            for row in value
        )
    return isinstance(value, dict) if kind == "group" else isinstance(value, (dict, list))


def _shown(kind: Kind, value: Any) -> str:
    if kind in {"lines", "choices"}:
        return "\n".join(value or ())
    if kind == "yaml":
        lines = below(value, -2).strip("\n").split("\n")
        return "\n".join(lines).strip()
    if value is None:
        return ""
    return value if isinstance(value, str) else inline(value, flow=False)


@cache
def _words() -> Mapping[str, str]:
    data = json.loads(files(__package__).joinpath("words.json").read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def said(value: str) -> str:
    """A value of the language within a line of text: `ngày làm việc` for `working_day`; any other as it is."""
    return _words().get(value, value)


def word(value: object, explained: str = "") -> str:
    """A choice in Vietnamese: as the schema's own explanation has it (`phi: phí; le_phi: lệ phí`), else the common word."""
    for piece in explained.replace(".", ";").split(";"):
        name, colon, said = piece.strip().partition(": ")
        if colon and name == str(value):
            return said[:1].upper() + said[1:]
    said = _words().get(str(value), str(value))
    return said[:1].upper() + said[1:]
