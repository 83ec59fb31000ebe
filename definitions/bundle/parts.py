"""The shared files beside definitions: those of the product, of a folder or of a bundle, and which a text uses."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from definitions import blocks, documents, vocabularies, workflows
from definitions.bundle.model import SHARED, BundleError
from definitions.reading import Tree
from definitions.sharing import Found, texts

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parts:
    """`texts`: by path (`blocks/person.yaml`); `data`: folder → id → raw data, as `loader.load` takes it; `paths`:
    (folder, id) → path.
    """

    texts: Mapping[str, str]
    data: Mapping[str, Mapping[str, Raw]]
    paths: Mapping[tuple[str, str], str]


@cache
def shipped_parts() -> Parts:
    """Those of the product, which are the only ones a running system reads definitions with."""
    return parts_of({f"{folder}/{name}": text for folder in SHARED for name, text in texts(folder)})


def parts_of(found: Mapping[str, str]) -> Parts:
    """From texts by path. Raises BundleError for one that is none."""
    data: dict[str, dict[str, Raw]] = {folder: {} for folder in SHARED}
    paths: dict[tuple[str, str], str] = {}
    for path, text in sorted(found.items()):
        folder = path.partition("/")[0]
        raw, problems = _LOADERS[folder](text, path)
        if raw is None:
            raise BundleError(f"Phần dùng chung có lỗi: {problems[0]} Sửa tệp này rồi làm lại.")
        data[folder][raw["id"]] = raw
        paths[folder, raw["id"]] = path
    return Parts(dict(found), data, paths)


def merged(there: Parts, here: Parts) -> Parts:
    """What a text was read with: the shared files that came along, and for what did not, those here."""
    if not there.texts:
        return here
    return Parts(
        {**here.texts, **there.texts},
        {folder: {**here.data[folder], **there.data[folder]} for folder in here.data},
        {**here.paths, **there.paths},
    )


def parts_used(tree: Tree | None, parts: Parts) -> tuple[str, ...]:
    """Paths of the shared files that a definition names, directly or through others; none where it cannot be read."""
    found: set[str] = set()
    waiting: list[object] = [] if tree is None else [tree.data]
    while waiting:
        for folder, name in _names(waiting.pop()):
            path = parts.paths.get((folder, name))
            if path is not None and path not in found:
                found.add(path)
                waiting.append(parts.data[folder][name])
    return tuple(sorted(found))


def _names(value: object) -> Iterator[tuple[str, str]]:
    """(folder, id) of everything that could be the name of something shared; what is none is found nowhere."""
    if isinstance(value, Mapping):
        if isinstance(value.get("workflow"), str):
            yield "workflows", value["workflow"]
        if isinstance(value.get("use"), str):
            yield "workflows", value["use"]
            yield "documents", value["use"]
        if isinstance(value.get("type"), str):
            yield "blocks", value["type"]
        if isinstance(value.get("vocabulary"), str):
            yield "vocabularies", value["vocabulary"]
        for inner in value.values():
            yield from _names(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _names(inner)


def _remembered(load: Callable[[str, str], Found]) -> Callable[[str, str], Found]:
    """The same files come with every bundle, and checking a workflow takes a while."""
    return lru_cache(maxsize=32)(load)


_LOADERS: Final[Mapping[str, Callable[[str, str], Found]]] = {
    "blocks": _remembered(blocks.load_block),
    "documents": _remembered(documents.load_document),
    "vocabularies": _remembered(vocabularies.load_vocabulary),
    "workflows": _remembered(workflows.load_workflow),
}
