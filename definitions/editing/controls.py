"""A part of a definition as controls that people fill in, made from the language's own schema. Pure.

So a new word of the language has its place in the builder without a line of code. What a control shows unchanged reads
back as the very value it was made from.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from definitions.editing.plain import opened, plain_key
from definitions.editing.writing import below, inline
from definitions.functions import FUNCTIONS
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
    "mapping",
    "yaml",
    "parts",
]
"""`group`: an inner group in place; `table`: short rows in place; `mapping`: rows with names that their author gives;
`parts`: elements that have pages of their own."""

SIMPLE: Final = frozenset({"line", "text", "number", "day", "moment", "flag", "choice", "feel", "condition"})
_INNER: Final = SIMPLE | {"choices", "lines"}
_COLUMNS: Final = 7
_LONG: Final = 2000


@dataclass(frozen=True, slots=True)
class Control:
    """`name`: dotted within the part (`effective.from`). `value`: as it stands, None where `there` is false. `shown`: what
    the control shows of it. `inner`: the controls of a group, or of a table's empty row; `rows`: those of its rows;
    `names`: of a mapping, what its rows are called.
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
    names: tuple[str, ...] = ()

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
        """(value, words) of a choice, in the language's order; of several also what is chosen and no longer offered."""
        raw = self.part.raw if "enum" in self.part.raw else self.part.child(0).raw
        words = raw.get("words", {})
        allowed = [str(each) for each in raw.get("enum", ())]
        others = self.shown.split("\n") if self.kind == "choices" and self.shown else []
        return tuple(
            (each, _capital(words[each]) if each in words else word(each, self.help))
            for each in (*allowed, *(other for other in others if other not in allowed))
        )

    @property
    def empty(self) -> str:
        """What it means that nothing is there, where that is said apart from saying nothing."""
        return str(self.part.raw.get("empty", ""))

    @property
    def emptied(self) -> bool:
        return self.there and self.value in ([], {}, None)

    @property
    def inserts(self) -> str:
        """What is put into its text by choosing: `slots` (`{{ id }}`), `names` of answers, or nothing."""
        return str(self.part.raw.get("inserts", ""))

    @property
    def listed(self) -> bool:
        """Of a group: its parts are of one shape, one row each."""
        heads = {tuple(each.key for each in one.inner) for one in self.inner}
        return len(heads) == 1 and heads != {()} and all(one.kind == "group" for one in self.inner)


def part_at(path: Path, top: Part | None = None) -> Part:
    """The schema of a place. `top`: of the whole, where it is that of one definition (`definitions.editing.own`)."""
    part = root() if top is None else top
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
    if plain_key(part) and not isinstance(value, (Mapping, list)):
        part = _short(part)
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
    if kind == "mapping":
        return _mapping(name, part, value, there=there, required=required)
    return Control(name, kind, part, value, there, required, _shown(kind, value) if there else "")


def _short(part: Part) -> Part:
    """What a text alone stands for, under the name of the whole."""
    inner = part.child(plain_key(part))
    return replace(inner, raw={**inner.raw, "title": part.title or inner.title})


def _mapping(name: str, part: Part, value: object, *, there: bool, required: bool) -> Control:
    item, held = part.child(""), value if isinstance(value, Mapping) else {}
    rows = tuple(_row(f"{name}.{number}", item, row) for number, row in enumerate(held.values()))
    last = _row(f"{name}.{len(rows)}", item, None)
    return Control(name, "mapping", part, value, there, required, "", last, rows, tuple(held))


def _row(name: str, item: Part, value: object) -> tuple[Control, ...]:
    """The value of one row: in one control, or of a group with one for each key."""
    if item.keys:
        return controls(item, opened(item, value), f"{name}.")
    return (control(name, item, value, there=value is not None),)


def kind_of(part: Part, value: object = None) -> Kind:
    """How a place is filled in; `value` decides where the language allows several shapes."""
    wanted = _kind(part, value)
    return wanted if _fits(wanted, part, value) else "yaml"


def _kind(part: Part, value: object) -> Kind:
    raw = part.raw
    types = raw.get("type", "string")
    types = frozenset([types] if isinstance(types, str) else types)
    if "answers" in raw:
        return "parts"
    if "enum" in raw and not isinstance(value, list):
        return "choice"
    if types == {"boolean"}:
        return "flag"
    if types == {"boolean", "string"}:
        return "condition"
    if isinstance(value, (dict, list)) and len(types) > 1:
        types &= {"object", "array"}
    if types & {"string", "number", "integer"}:
        return _text_kind(part, types)
    if "array" in types and (isinstance(value, list) or "object" not in types):
        return _list_kind(part)
    if not part.keys:
        return _keyed_kind(part) if isinstance(raw.get("additionalProperties"), Mapping) else "yaml"
    inner = {kind_of(part.child(key)) for key in part.keys}
    return "group" if inner <= _INNER or ("keys" in raw and inner == {"group"}) else "parts"


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
    if plain_key(item):
        return "parts"
    if types != "object":
        return "lines" if "object" not in (types or ()) else "yaml"
    simple = all(kind_of(item.child(key)) in SIMPLE for key in item.keys)
    return "table" if simple and len(item.keys) <= _COLUMNS else "parts"


def _keyed_kind(part: Part) -> Kind:
    """A group whose keys are names that its author gives: of small values in place, of groups that have lists or groups of
    their own as elements.
    """
    inner = part.child("")
    if not inner.keys:
        return "mapping" if kind_of(inner) in SIMPLE | {"lines"} else "yaml"
    return "mapping" if all(kind_of(inner.child(key)) in SIMPLE for key in inner.keys) else "parts"


def _fits(kind: Kind, part: Part, value: object) -> bool:
    """Whether the control can show what stands there; what does not fit is shown as it is written."""
    if value is None:
        return True
    if kind in SIMPLE:
        return isinstance(value, (str, int, bool)) or not isinstance(value, (dict, list))
    if kind == "choices":
        return isinstance(value, list) and all(
            isinstance(each, str) and each and "\n" not in each for each in value
        )
    if kind == "lines":
        return isinstance(value, list) and all(
            each is not None and not isinstance(each, (dict, list)) and _one_line(each) for each in value
        )
    if kind == "mapping":
        return isinstance(value, dict) and all(
            isinstance(name, str) and name and name == " ".join(name.split()) and _small(part.child(""), each)
            for name, each in value.items()
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


def _one_line(value: object) -> bool:
    text = line_of(value)
    return bool(text) and "\n" not in text


def _small(item: Part, value: object) -> bool:
    """Whether a row of a mapping can be filled in in place."""
    if isinstance(value, Mapping):
        return value.keys() <= set(item.keys) and not any(
            isinstance(each, (dict, list)) for each in value.values()
        )
    if item.keys:
        return bool(plain_key(item)) and value is not None and not isinstance(value, list)
    return value is not None and kind_of(item, value) != "yaml"


def line_of(value: object) -> str:
    """One value of a list as its line shows it."""
    return value if isinstance(value, str) else inline(value, flow=False)


def _shown(kind: Kind, value: Any) -> str:
    if kind in {"lines", "choices"}:
        return "\n".join(map(line_of, value or ()))
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
    return {**data, **FUNCTIONS}


def said(value: str) -> str:
    """A value of the language within a line of text: `ngày làm việc` for `working_day`; any other as it is."""
    return _words().get(value, value)


def word(value: object, explained: str = "") -> str:
    """A choice in Vietnamese: as the schema's own explanation has it (`phi: phí; le_phi: lệ phí`), else the common word."""
    for piece in explained.replace(".", ";").split(";"):
        name, colon, said = piece.strip().partition(": ")
        if colon and name == str(value):
            return _capital(said)
    return _capital(_words().get(str(value), str(value)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
