"""A definition takes with it the shared vocabularies it uses.

They are put beside its own under `vocabularies` before anything is compiled, and kept so in the canonical data: a
version's content hash covers them, and a later entry never reaches a published version by itself.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path
from definitions.vocabularies import check_entries

Raw = Mapping[str, Any]
KEPT = ("label", "source", "entries")


def resolve_vocabularies(data: Raw, shared: Mapping[str, Raw], report: Report) -> dict[str, Any]:
    """The definition, its blocks in place, with every vocabulary that its choices name."""
    own: dict[str, Any] = dict(data.get("vocabularies", {}))
    for name, vocabulary in own.items():
        check_entries(vocabulary["entries"], report, ("vocabularies", name, "entries"))
    for path, name in _named(data):
        if name in own:
            continue
        if name in shared:
            own[name] = {key: shared[name][key] for key in KEPT if key in shared[name]}
            continue
        message = f"Không có danh mục “{name}”."
        report.error((*path, "options", "vocabulary"), "S006", message, did_you_mean(name, {*own, *shared}))
    return {**data, "vocabularies": own} if own else dict(data)


def _named(data: Raw) -> Iterator[tuple[Path, str]]:
    """Where fields name a vocabulary."""
    yield from _fields(data.get("questions", ()), ("questions",))
    for at, page in enumerate(data["form"]["pages"]):
        yield from _fields(page["fields"], ("form", "pages", at, "fields"))


def _fields(raws: Any, path: Path) -> Iterator[tuple[Path, str]]:
    for at, raw in enumerate(raws):
        options = raw.get("options")
        if isinstance(options, Mapping):
            yield (*path, at), options["vocabulary"]
        yield from _fields(raw.get("item", ()), (*path, at, "item"))
