"""A definition that comes with shared files of its own, made one that means the same with the shared files here.

A running system has one of each shared part, those of the product. Where they are what the definition was written with,
its text stays letter for letter. Where they differ, the parts of the text that would come to mean something else are
written out in place, as the definition had them, so that its content hash is again what it was; where that cannot be
reached, the definition is refused, as it would silently become another.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from definitions.bundle.parts import Parts, merged, parts_used
from definitions.bundle.texts import meaning_of, tree_of
from definitions.diff import compare
from definitions.importing.drafting import written
from definitions.loader import content_hash
from definitions.reading import MAX_BYTES

_KINDS: Final = {
    "blocks": "khối dùng chung",
    "documents": "văn bản dùng chung",
    "vocabularies": "danh mục",
    "workflows": "quy trình dùng chung",
}


@dataclass(frozen=True, slots=True)
class SharedDifference:
    """A shared part that is not here, or is here and says something else; `changes`: what, from here to there."""

    path: str
    sentence: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """`text`: what is to be kept here; `rewritten`: keys at its top that were written out in place; `refusal`: why it
    cannot be kept so that it means the same, empty where it can.
    """

    text: str
    hash: str
    canonical: str
    rewritten: tuple[str, ...] = ()
    shared: tuple[SharedDifference, ...] = ()
    refusal: str = ""


def settle(text: str, here: Parts, there: Parts, *, told: str = "", canonical: str = "") -> Settled:
    """`there`: the shared files that came with the text; `told`: the hash it is said to have, empty where nobody says;
    `canonical`: the data it came with, where the shared files of its time are lost.
    """
    local = meaning_of(text, here)
    differing = tuple(_differences(text, here, there))
    if local is not None and local[1] == told:
        return Settled(text, local[1], local[0], (), differing)
    if canonical:
        wanted: tuple[str, str] | None = (canonical, _hash_of(canonical))
    elif differing:
        wanted = meaning_of(text, merged(there, here))
    else:
        wanted = local
    if told and wanted is not None and wanted[1] != told:
        return _refused(
            text,
            differing,
            "nội dung trong gói không khớp mã băm ghi ở bản kê; ông/bà xin lại gói từ nơi gửi.",
        )
    if wanted is None or (local is not None and local[1] == wanted[1]):
        found = local or ("", "")
        return Settled(text, found[1], found[0], (), differing)
    made = _in_place(text, here, local, wanted[0])
    if made is None:
        return _refused(
            text,
            differing,
            "các phần dùng chung của gói khác với ở đây, hệ thống chỉ giữ một bản của mỗi phần dùng chung, và không "
            "viết thẳng được phần khác nhau vào bản cấu hình. Cập nhật phần mềm hai nơi cho giống nhau rồi xuất lại.",
        )
    return Settled(made[0], wanted[1], wanted[0], made[1], differing)


def _refused(text: str, shared: tuple[SharedDifference, ...], why: str) -> Settled:
    return Settled(text, "", "", (), shared, why)


def _hash_of(canonical: str) -> str:
    try:
        return content_hash(json.loads(canonical))
    except (ValueError, RecursionError):
        return "-"


def _in_place(
    text: str, here: Parts, local: tuple[str, str] | None, wanted: str
) -> tuple[str, tuple[str, ...]] | None:
    """The text with what differs written out, and the keys of it; None where it would not come to the same."""
    goal: dict[str, Any] = json.loads(wanted)
    tree = tree_of(text)
    if tree is None or not isinstance(tree.data, dict):
        return None
    data = tree.data
    now = json.loads(local[0]) if local is not None else data
    keys = tuple(key for key in goal if key not in now or now[key] != goal[key])
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        made = json.dumps(
            {**json.loads(text), **{key: goal[key] for key in keys}}, ensure_ascii=False, indent=2
        )
    else:
        starts = sorted((tree.keys[(key,)].line, key) for key in data)
        made = _replaced(text, starts, {key: goal[key] for key in keys})
    if len(made.encode()) > MAX_BYTES:
        return None
    found = meaning_of(made, here)
    return (made, keys) if found is not None and found[1] == content_hash(goal) else None


def _replaced(text: str, starts: list[tuple[int, str]], fresh: Mapping[str, Any]) -> str:
    """Top-level keys with other values; the lines of all others stay, with the comments above them."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    parts: list[str] = []
    cursor = 0
    for at, (line, key) in enumerate(starts):
        start = line - 1
        end = _lead(lines, starts[at + 1][0] - 1) if at + 1 < len(starts) else len(lines)
        parts += lines[cursor:start]
        parts.append(written({key: fresh[key]}) if key in fresh else "".join(lines[start:end]))
        cursor = end
    known = {key for _, key in starts}
    parts += [written({key: value}) for key, value in fresh.items() if key not in known]
    return "".join(parts)


_ABOVE: Final = re.compile(r"\s*(#.*)?$")


def _lead(lines: list[str], at: int) -> int:
    """Where the comment and blank lines right above a line begin."""
    while at and not lines[at - 1].startswith((" ", "\t")) and _ABOVE.match(lines[at - 1].rstrip("\r\n")):
        at -= 1
    return at


def _differences(text: str, here: Parts, there: Parts) -> Iterator[SharedDifference]:
    used = parts_used(tree_of(text), there) if there.texts else ()
    for (folder, name), path in there.paths.items():
        if path not in used:
            continue
        theirs, ours = there.data[folder][name], here.data[folder].get(name)
        named = f"{_KINDS[folder].capitalize()} “{name}”"
        if ours is None:
            yield SharedDifference(path, f"{named}: ở đây không có.")
        elif ours != theirs:
            changes = tuple(
                change.sentence for change in compare(_dressed(folder, ours), _dressed(folder, theirs))
            )
            said = "khác với ở đây." if changes else "khác với ở đây, chỉ ở phần mô tả chung."
            yield SharedDifference(path, f"{named}: {said}", changes)


def _dressed(folder: str, raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """A shared part as a definition that consists of nothing else, which is what can be compared."""
    pages: list[Mapping[str, Any]] = []
    if folder == "blocks":
        pages = [{"id": raw["id"], "title": raw["id"], "fields": raw["parts"]}]
    whole: dict[str, Any] = {"form": {"pages": pages}}
    if folder == "workflows":
        whole["workflow"] = raw
    elif folder == "documents":
        whole["documents"] = [raw]
    elif folder == "vocabularies":
        whole["vocabularies"] = {raw["id"]: {key: value for key, value in raw.items() if key != "id"}}
    return whole
