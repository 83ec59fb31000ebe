"""Forms and what is asked of every import, said once for hand-written, made-up and found forms."""

import copy
from typing import Any

from definitions.importing import Imported, import_bytes
from definitions.importing.source import MAX_COMPONENTS

EMPTY = (None, "", [], {})


def form(*components: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {"title": "Tờ khai", "components": list(components), **rest}


def text(label: str, key: str, **rest: Any) -> dict[str, Any]:
    return {"type": "textfield", "label": label, "key": key, "input": True, **rest}


def imported(data: object, kind: Any = None) -> Imported:
    import json

    return import_bytes(json.dumps(data, ensure_ascii=False, default=str).encode(), kind)


def fields(result: Imported) -> list[dict[str, Any]]:
    return [field for page in result.draft["form"]["pages"] for field in page["fields"]]


def ends(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any]]:
    """Every end of the source; written apart from the importer's own walk."""
    if isinstance(value, dict) and value:
        return [end for key, child in value.items() for end in ends(child, (*path, key))]
    if isinstance(value, list) and value:
        return [end for at, child in enumerate(value) for end in ends(child, (*path, at))]
    return [(path, value)]


def dotted(path: tuple[Any, ...]) -> str:
    return ".".join(map(str, path))


def standing(data: Any, path: tuple[Any, ...]) -> Any:
    for part in path:
        data = data[part]
    return data


def accounted(data: Any, result: Imported) -> None:
    """Each value of the source is carried to a place that is there, ignored for a reason, or told; once."""
    carried, ignored = dict(result.carried), dict(result.ignored)
    told = [finding.path for finding in result.findings]
    for path, value in ends(data):
        name = dotted(path)
        above = {dotted(path[:length]) for length in range(len(path) + 1)}
        assert name in carried or name in ignored or above & set(told), (name, value)
        assert not (name in carried and name in ignored), name
    for place in carried.values():
        at: Any = result.draft
        for part in place.split("."):
            at = at[int(part)] if isinstance(at, list) else at[part]
        assert at not in EMPTY, place
    assert all(ignored.values())
    for finding in result.findings:
        assert finding.why.endswith((".", "?", "”.", "…")) or ":" in finding.why
        assert finding.remedy
    assert not [problem for problem in result.problems if problem.code[0] in "YS"], result.problems


def changed(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int | float) else "zq nine"


def felt(data: Any, result: Imported, path: tuple[Any, ...], kind: Any = None) -> None:
    """What is said to be carried makes a difference: another value there gives another draft or report."""
    other = copy.deepcopy(data)
    around = standing(other, path[:-1])
    around[path[-1]] = changed(around[path[-1]])
    again = imported(other, kind)
    assert (again.draft, again.ids, again.findings) != (result.draft, result.ids, result.findings), path


def too_many() -> dict[str, Any]:
    return form(*(text(f"Ô {at}", f"o{at}") for at in range(MAX_COMPONENTS + 1)))
