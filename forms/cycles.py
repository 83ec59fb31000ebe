"""Circles of fields whose values wait for one another (`a` is visible if `b`, `b` if `a`)."""

from collections.abc import Iterable, Mapping

from forms.model import Field, Form
from forms.plan import NESTING, value_sources


def check_cycles(form: Form | Iterable[Field]) -> tuple[tuple[str, ...], ...]:
    """Every circle once, as the paths of its fields in the order each waits for the next; none: an empty tuple.

    A page's visibility counts for each of its fields. A list's rows and a group's parts are looked at on
    their own, with paths `list.field`; one that reads the list or group it is in is a circle of that with itself.
    """
    if isinstance(form, Form):
        needs = {
            field.id: value_sources(field) | (page.visible.sources if page.visible else frozenset())
            for page in form.pages
            for field in page.fields
        }
        fields: Iterable[Field] = form.fields
    else:
        fields = tuple(form)
        needs = {field.id: value_sources(field) for field in fields}
    found = list(_circles(needs))
    for field in fields:
        if field.type in NESTING:
            found += [tuple(f"{field.id}.{name}" for name in circle) for circle in check_cycles(field.item)]
    return tuple(found)


def _circles(needs: Mapping[str, Iterable[str]]) -> Iterable[tuple[str, ...]]:
    """One circle of each knot: the first met from its first field in form order."""
    told: set[str] = set()
    for start in needs:
        if start in told:
            continue
        circle = _way_back(start, needs)
        if circle and not told.intersection(circle):
            told.update(circle)
            yield circle


def _way_back(start: str, needs: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The shortest way from `start` to itself, or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        longer = []
        for way in ways:
            for name in sorted(needs[way[-1]]):
                if name == start:
                    return way
                if name in needs and name not in seen:
                    seen.add(name)
                    longer.append((*way, name))
        ways = longer
    return ()
