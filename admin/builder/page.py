"""What one page of the builder shows: contents, the element being edited, its lists, its problems."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from admin.builder.blocks import Block as SharedBlock
from admin.builder.blocks import blocks, kind_words, used_block
from admin.builder.choices import Choice, choices
from admin.builder.outside import outside
from definitions.editing.contents import Entry, contents, title_of
from definitions.editing.controls import Control, controls, kind_of, part_at
from definitions.editing.edits import Edit, EditError, Put, at
from definitions.editing.fresh import field_types
from definitions.editing.minimal import minimal
from definitions.editing.offers import Inserts
from definitions.editing.own import own
from definitions.editing.places import name_in, path_of
from definitions.editing.plain import closed, lead_key, opened, plain_key
from definitions.editing.reshaping import list_path, named_by_author
from definitions.editing.text import tree_of
from definitions.loader import Loaded
from definitions.outline import Part
from definitions.problems import Problem
from definitions.reading import ReadingError
from definitions.reading.tree import Path

_FIRST: Final = frozenset(
    {
        "label",
        "name",
        "title",
        "type",
        "help",
        "required",
        "visible",
        "when",
        "actor",
        "duration",
        "to",
        "needs",
        "amount",
        "collect",
        "copies",
    }
)
"""Keys that are always at hand; the rest of what an element may have is folded away until it has it."""
_OF_BLOCK: Final = frozenset({"only", "required_parts"})
LACKING: Final = "chưa có"
_LISTS: Final = frozenset(
    {"item", "fields", "actions", "steps", "rows", "pages", "body", "legal_basis", "more", "exempt"}
)
_WITH_ITEM: Final = frozenset({"list", "group"})
_SHAPES: Final[Mapping[str, type]] = {"object": dict, "array": list}
_FOLDED_TO: Final[Mapping[Path, Path]] = {("form",): ("form", "pages")}


@dataclass(frozen=True, slots=True)
class Item:
    """An element of a list, as its list shows it. `told`: a few words on what it is."""

    place: str
    title: str
    told: tuple[str, ...]
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Block:
    """A list within the element. `palette`: types that a new element may be of, or what it may begin with; `blocks`: shared ones that it may be; `draggable`: a
    type is dragged into the list; `offered`: what alone a new element may be; `text`: its name is its text; `ordered`:
    its elements may be moved and copied; `one`: what an element is called.
    """

    place: str
    title: str
    help: str
    one: str
    items: tuple[Item, ...]
    palette: tuple[Choice, ...]
    blocks: tuple[SharedBlock, ...] = ()
    draggable: bool = False
    offered: tuple[Choice, ...] = ()
    text: bool = False
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Turn:
    """`place` may also be written as one of `shapes`."""

    place: str
    title: str
    shapes: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The element at `place`. `trail`: what it stands in, the outermost first; `first`, `more`: its controls, at hand and
    folded; `answers`: they are questions of the form; `turns`: what may be written in another shape; `links`: parts of it
    with pages of their own; `lists`: of elements; `listed`: it is one of a list; `named`: one of a group by its name.
    """

    place: str
    path: Path
    title: str
    kind: str
    help: str
    trail: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    first: tuple[Control, ...] = ()
    more: tuple[Control, ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()
    lists: tuple[Block, ...] = ()
    listed: bool = False
    answers: bool = False
    named: bool = False
    turns: tuple[Turn, ...] = ()
    value: Mapping[str, Any] = field(default_factory=dict)

    @property
    def inserts(self) -> Inserts | Literal[""]:
        """What the picker beside its texts offers."""
        for kind in ("slots", "names"):
            if any(each.inserts == kind for each in _walk((*self.first, *self.more))):
                return kind
        return ""


def _walk(shown: Sequence[Control]) -> Iterator[Control]:
    for each in shown:
        yield each
        yield from _walk(each.inner)


def outline(data: Any, loaded: Loaded) -> Entry:
    return contents(data, loaded.problems)


def element(data: Any, place: str, loaded: Loaded) -> Shown:
    """Raises `EditError` for a place that is not there."""
    path = list_path(data, place) if place else ()
    if path in _FOLDED_TO:
        path = _FOLDED_TO[path]
        place = ".".join(map(str, path))
    top = own(data)
    part = part_at(path, top)
    value = _value(data, path)
    trail = tuple(_trail(data, path))
    title = title_of(part, value, path) if path else "Thông tin chung"
    if path in _FOLDED_TO.values():
        trail, title = trail[:-1], trail[-1][1]
    problems = _own(path, loaded.problems)
    shown = Shown(place, path, title, part.title, part.description, trail, problems)
    if isinstance(value, list) or (value is None and _listing(part)):
        return replace(shown, lists=(_block(data, path, place, part, loaded),))
    if named_by_author(part):
        return replace(shown, lists=(_named(data, path, place, part, loaded),))
    known = opened(part, value)
    simple = filled_in(data, place)[2]
    listed = bool(path) and isinstance(path[-1], int)
    answers = "answers" in part.raw
    # of the only one of its kind nothing is folded away
    alone = bool(path) and not listed and not answers
    at_hand = _FIRST | _OF_BLOCK if used_block(known) else _FIRST
    first = tuple(
        each
        for each in simple
        if each.key != "id" and (alone or each.there or each.required or each.key in at_hand)
    )
    links, lists = [], []
    for each in controls(part, known) if path else ():
        if each.kind != "parts":
            continue
        inner = f"{place}.{each.key}"
        lacking = not each.there and not each.required and not _wanted(each, known)
        if not lacking and (isinstance(each.value, list) or _listing(each.part)):
            lists.append(_block(data, (*path, each.key), inner, each.part, loaded))
        else:
            links.append((inner, each.title, "" if each.there else LACKING))
    return replace(
        shown,
        first=first,
        more=tuple(each for each in simple if each not in first),
        links=tuple(links),
        lists=tuple(lists),
        listed=listed,
        named=bool(path) and named_by_author(part_at(path[:-1], top)),
        turns=tuple(_turns(controls(part, known), place)) if path else (),
        answers=answers,
        value=known,
    )


def _listing(part: Part) -> bool:
    """Whether the language has a list at a place."""
    return "array" in str(part.raw.get("type", ""))


def _wanted(each: Control, value: Mapping[str, Any]) -> bool:
    """Whether a list that an element has not yet is at hand: the fields of a list or group, the steps of a workflow."""
    return each.key in _LISTS and (each.key != "item" or value.get("type") in _WITH_ITEM)


def filled_in(data: Any, place: str) -> tuple[Path, Mapping[str, Any], tuple[Control, ...]]:
    """The path of an element, what it is now as a group, and the controls that its page has."""
    path = list_path(data, place) if place else ()
    value = _value(data, path)
    part = part_at(path, own(data))
    known = opened(part, value)
    found = [each for each in controls(part, known) if each.kind != "parts"]
    if renamed_apart(path, known):
        found = [each for each in found if each.key != "id"]
    if not path:  # what has a page of its own
        found = [each for each in found if each.key != "workflow"]
    if path == ("workflow",) and "steps" not in known:  # a shared one: `admin.builder.tuning`
        found = []
    elif path == ("workflow",):  # steps of its own: nothing of a shared one
        found = [each for each in found if each.there or each.key not in {"use", "durations", "signed"}]
    return path, known, tuple(found)


def renamed_apart(path: Path, value: Mapping[str, Any]) -> bool:
    """Whether the element has an id that others speak of, so that it is changed with them and not as any other key."""
    known = bool(path) and isinstance(path[-1], int) and isinstance(value.get("id"), str)
    return known and part_at((*path, "id")).title == part_at(("fees", 0, "id")).title


def written(
    data: Any, path: Path, before: Mapping[str, Any], asked: Sequence[Control], filled: Mapping[str, Any]
) -> tuple[Edit, ...]:
    """The changes that make an element what was filled in; keys without a control stay."""
    keys = {each.key for each in asked}
    after = {key: value for key, value in before.items() if key not in keys or key in filled} | dict(filled)
    old = _value(data, path)
    made = closed(part_at(path, own(data)), old, after) if path else after
    if path and not before:
        return (Put(path, made),) if after else ()
    return minimal(path, old, made)


def options_of(data: Any, path: Path, control: Control) -> tuple[Choice, ...]:
    """For the template: the choices of a control, what stands there now among them; of several, that first."""
    found = choices(data, path, control) or outside(path, control)
    if not found or not control.there:
        return found
    words, now = dict(found), control.shown.split("\n")
    if control.kind == "lines":
        return (
            *((each, words.get(each, each)) for each in now if each),
            *(each for each in found if each[0] not in now),
        )
    return found if control.shown in words else (*found, (control.shown, control.shown))


def _value(data: Any, path: Path) -> Any:
    try:
        return at(data, path)
    except EditError:
        return None


def _trail(data: Any, path: Path) -> Sequence[tuple[str, str]]:
    found, place, value, top = [], "", data, own(data)
    for number, each in enumerate(path[:-1]):
        part = part_at(path[: number + 1], top)
        name = name_in(value, each) if isinstance(value, list) and isinstance(each, int) else str(each)
        value = _value(data, path[: number + 1])
        place = f"{place}.{name}" if place else name
        found.append((place, title_of(part, value, path[: number + 1])))
    return found


def _block(data: Any, path: Path, place: str, part: Part, loaded: Loaded) -> Block:
    """`part`: of the list."""
    value = _value(data, path)
    items = value if isinstance(value, list) else []
    inner = part.child(0)
    palette = tuple(field_types().items()) if "type" in inner.keys and "label" in inner.keys else ()
    begins = inner.raw.get("begins", ())
    lead = inner.child(lead_key(inner)).raw if lead_key(inner) else {}
    return Block(
        place,
        part.title,
        part.description,
        inner.title or part.title or "Mục",
        tuple(_item(items, inner, (*path, number), place, loaded) for number in range(len(items))),
        palette or tuple((key, inner.child(key).title) for key in begins),
        blocks=blocks() if palette else (),
        draggable=bool(palette),
        offered=tuple(
            (value, words[:1].upper() + words[1:]) for value, words in lead.get("words", {}).items()
        ),
        text=bool(begins),
    )


def _named(data: Any, path: Path, place: str, part: Part, loaded: Loaded) -> Block:
    """The elements that a group holds under names of their author's."""
    held, item = _value(data, path), part.child("")
    items = []
    for name, value in held.items() if isinstance(held, Mapping) else ():
        own_problems = _own((*path, name), loaded.problems)
        errors = sum(1 for each in own_problems if each.severity == "error")
        title = title_of(item, value, (0,)) if isinstance(value, Mapping) and "label" in value else name
        items.append(Item(f"{place}.{name}", title, (), errors, len(own_problems) - errors))
    return Block(place, part.title, part.description, item.title or "Mục", tuple(items), (), ordered=False)


def _turns(shown: Sequence[Control], place: str) -> Iterator[Turn]:
    for each in shown:
        shapes = each.part.raw.get("shapes", {})
        now = next((name for name, kind in _SHAPES.items() if isinstance(each.value, kind)), None)
        others = [name for name in shapes if (name != now if name in _SHAPES else now is not None)]
        if each.there and others:
            yield Turn(
                f"{place}.{each.key}", each.title, tuple((name, shapes[name]["title"]) for name in others)
            )


def _item(items: list[Any], part: Part, path: Path, place: str, loaded: Loaded) -> Item:
    """`path`: of the element, `place`: of the list."""
    number = int(path[-1])
    value = items[number]
    own = _own(path, loaded.problems)
    errors = sum(1 for each in own if each.severity == "error")
    told = tuple(_told(value)) if isinstance(value, Mapping) else ()
    return Item(
        f"{place}.{name_in(items, number)}", title_of(part, value, path), told, errors, len(own) - errors
    )


def _told(value: Mapping[str, Any]) -> Sequence[str]:
    words = []
    if isinstance(value.get("type"), str):
        words.append(kind_words(value["type"]))
    if value.get("required") is True:
        words.append("bắt buộc")
    elif isinstance(value.get("required"), str):
        words.append("bắt buộc khi…")
    if isinstance(value.get("visible"), str) or isinstance(value.get("when"), str):
        words.append("có điều kiện")
    if isinstance(value.get("actions"), list):
        words.append(f"{len(value['actions'])} thao tác")
    if isinstance(value.get("fields"), list):
        words.append(f"{len(value['fields'])} trường")
    return words


def _own(path: Path, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    if not path:
        return tuple(problem for problem in problems if "." not in problem.path)
    own = ".".join(map(str, path))
    return tuple(problem for problem in problems if problem.path == own or problem.path.startswith(f"{own}."))


def place_of_problem(data: Any, problem: Problem) -> tuple[str, str]:
    """The element's place and the name of the control in it that a problem is about."""
    return place_of_path(
        data, tuple(int(each) if each.isdecimal() else each for each in problem.path.split(".") if each)
    )


def place_of_path(data: Any, parts: Path) -> tuple[str, str]:
    """As `place_of_problem`, of what stands at a path."""
    for length in range(len(parts), -1, -1):
        path = parts[:length]
        value = _value(data, path)
        part = part_at(path)
        if (isinstance(value, str) and plain_key(part) and isinstance(path[-1], int)) or (
            isinstance(value, Mapping)
            and (not path or kind_of(part, value) == "parts" or isinstance(path[-1], int))
        ):
            place = ".".join(_names(data, path))
            return place, ".".join(map(str, parts[length:]))
    return "", ""


def _names(data: Any, path: Path) -> Sequence[str]:
    found, value = [], data
    for each in path:
        found.append(name_in(value, each) if isinstance(value, list) and isinstance(each, int) else str(each))
        value = value[each]
    return found


def titled(text: str, place: str) -> str:
    """What the element at a place of a text is called, in quotes."""
    try:
        data = tree_of(text).data
        path = path_of(data, place)
        return f"“{title_of(part_at(path), at(data, path), path)[:80]}”"
    except (EditError, ReadingError):
        return "mục"  # whoever changes it is told why that cannot be


def known_place(data: Any, place: str) -> str:
    """The place, or the nearest that is there: what was open may just have been removed by somebody."""
    while place:
        try:
            path = list_path(data, place)
        except EditError:
            place = place.rpartition(".")[0]
            continue
        return place if path else ""
    return ""
