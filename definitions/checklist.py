"""What a reviewer goes through before saying yes: the lists in `definitions/checklists/*.yaml` (TT 32/2017 for levels 1
to 4; the regulation, Đ4.1–Đ10.4), and which of it is met. Pure.

An item is met because the machine sees that it is (`check`: rules of the lint that found nothing, `facts` that hold),
because the platform does it for every procedure (`always`), or because a reviewer ticked it, with a note where
`note` names what it must say. What the machine sees is wrong is ticked by nobody, unless `by_hand` says on what ground.
Items that are mandatory and not met keep the version from being approved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, Literal

from jsonschema import Draft202012Validator

from definitions.lint.register import rule
from definitions.problems import Problem
from definitions.sharing import parsed, texts

FOLDER: Final = "checklists"
NOTE_LENGTH: Final = 500
_WORDS: Final = {"type": "string", "minLength": 3}
_SHAPE: Final = Draft202012Validator(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "name", "items"],
        "properties": {
            "id": _WORDS,
            "name": _WORDS,
            "items": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["id", "clause", "text"],
                    "properties": {
                        "id": {"type": "string", "pattern": "^[a-z0-9_]+$"},
                        "clause": {"type": "string", "minLength": 2},
                        "text": _WORDS,
                        "from_level": {"enum": [1, 2, 3, 4]},
                        "mandatory": {"type": "boolean"},
                        "note": _WORDS,
                        "always": _WORDS,
                        "by_hand": _WORDS,
                        "check": {
                            "type": "object",
                            "additionalProperties": False,
                            "minProperties": 1,
                            "properties": {
                                "lint": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                                "fact": {"type": "string"},
                                "sound": {"const": True},
                            },
                        },
                    },
                },
            },
        },
    }
)


class TickError(ValueError):
    """A tick that is refused; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line. `clause`: the law; `from_level`: the service level from which it is asked. `lint`: codes that must not
    be found; `fact`: a name of `Seen.facts` that must hold; `sound`: no error of any code. See the module for the rest.
    """

    id: str
    list: str
    clause: str
    text: str
    from_level: int = 1
    mandatory: bool = True
    note: str = ""
    always: str = ""
    by_hand: str = ""
    lint: tuple[str, ...] = ()
    fact: str = ""
    sound: bool = False

    @property
    def by_machine(self) -> bool:
        return bool(self.lint or self.fact or self.sound)


@dataclass(frozen=True, slots=True)
class Fact:
    """Whether something holds of this version, and the sentence that says why."""

    ok: bool
    why: str


def holds(why: str) -> Fact:
    return Fact(ok=True, why=why)


def fails(why: str) -> Fact:
    return Fact(ok=False, why=why)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the machine knows: the service level, the problems of the text, and facts by name."""

    level: int
    problems: Sequence[Problem]
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Tick:
    """A reviewer's word for one item."""

    item: str
    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An item as it stands. `state`: met by the machine's word, by a tick, open to be ticked, or failed: wrong, and
    nobody may tick it. `why`: the machine's reason, empty where it knows nothing.
    """

    item: Item
    state: Literal["machine", "ticked", "open", "failed"]
    why: str = ""
    tick: Tick | None = None

    @property
    def met(self) -> bool:
        return self.state in {"machine", "ticked"}

    @property
    def blocks(self) -> bool:
        return self.item.mandatory and not self.met


@cache
def items() -> tuple[Item, ...]:
    """Every item of every list; raises `ValueError` where a file is not as it should be."""
    found: dict[str, Item] = {}
    for filename, text in texts(FOLDER):
        for item in load_items(text, filename):
            if item.id in found:
                raise ValueError(f"{filename}: mục {item.id} đã có ở danh sách khác")
            found[item.id] = item
    return tuple(found.values())


def load_items(text: str, filename: str) -> tuple[Item, ...]:
    """The items of one file."""
    tree, problems = parsed(text, filename)
    if tree is None:
        raise ValueError(str(problems[0]))
    raw: Any = tree.data
    for error in _SHAPE.iter_errors(raw):
        raise ValueError(f"{filename}: {error.json_path}: {error.message}")
    return tuple(_item(raw["name"], each, filename) for each in raw["items"])


def _item(name: str, raw: Mapping[str, Any], filename: str) -> Item:
    check = raw.get("check", {})
    plain = {key: value for key, value in raw.items() if key != "check"}
    for code in check.get("lint", ()):
        if rule(code) is None:
            raise ValueError(f"{filename}: {raw['id']}: không có quy tắc {code}")
    return Item(
        list=name,
        lint=tuple(check.get("lint", ())),
        fact=check.get("fact", ""),
        sound=check.get("sound", False),
        **plain,
    )


def checked(seen: Seen, ticks: Mapping[str, Tick], wanted: Sequence[Item] | None = None) -> tuple[Line, ...]:
    """The lines that this level is asked, each as it stands. `ticks`: by the item's id."""
    asked = items() if wanted is None else wanted
    return tuple(_line(item, seen, ticks.get(item.id)) for item in asked if item.from_level <= seen.level)


def _line(item: Item, seen: Seen, tick: Tick | None) -> Line:
    if item.always:
        return Line(item, "machine", item.always)
    if item.by_machine:
        verdict = _verdict(item, seen)
        if verdict.ok:
            return Line(item, "machine", verdict.why)
        if not item.by_hand:
            return Line(item, "failed", verdict.why)
        return Line(item, "ticked" if tick else "open", verdict.why, tick)
    return Line(item, "ticked" if tick else "open", "", tick)


def _verdict(item: Item, seen: Seen) -> Fact:
    """All that the item checks must hold; the first that does not says why."""
    if item.sound:
        errors = [problem for problem in seen.problems if problem.severity == "error"]
        if errors:
            return fails(f"Còn {len(errors)} lỗi: {errors[0].message}")
    found = [problem for problem in seen.problems if problem.code in item.lint]
    if found:
        more = f" (và {len(found) - 1} chỗ khác)" if len(found) > 1 else ""
        return fails(f"{found[0].code}, dòng {found[0].line}: {found[0].message}{more}")
    why = []
    if item.fact:
        fact = seen.facts[item.fact]
        if not fact.ok:
            return fact
        why.append(fact.why)
    if item.sound:
        why.append("Máy kiểm tra không thấy lỗi nào.")
    if item.lint and not item.fact:
        why.append(f"{', '.join(item.lint)}: không thấy sai.")
    return holds(" ".join(why))


def missing(lines: Sequence[Line]) -> tuple[str, ...]:
    """What keeps the version from being approved, as sentences."""
    return tuple(
        f"{line.item.clause}: {line.item.text} {line.why or 'Người thẩm định chưa đánh dấu.'}"
        for line in lines
        if line.blocks
    )


def tick(lines: Sequence[Line], item_id: str, by: str, at: datetime, note: str) -> Tick:
    """A reviewer's tick; raises `TickError` where the item is not theirs to tick, or the note is missing."""
    line = next((line for line in lines if line.item.id == item_id), None)
    if line is None:
        raise TickError("Không có mục này trong danh sách của mức độ dịch vụ này; ông/bà tải lại trang.")
    if line.state in {"machine", "failed"}:
        raise TickError(f"Mục “{line.item.text}” do máy kiểm tra; {line.why}")
    note = " ".join(note.split())[:NOTE_LENGTH]
    if line.item.by_hand and not note:
        raise TickError(f"“{line.item.text}”: máy thấy chưa đạt, ông/bà ghi lý do vẫn đánh dấu.")
    if line.item.note and not note:
        raise TickError(f"“{line.item.text}”: ông/bà ghi {line.item.note[:1].lower()}{line.item.note[1:]}.")
    return Tick(item_id, by, at, note)
