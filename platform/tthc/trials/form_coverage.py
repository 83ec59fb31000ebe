"""What of the form the examples of a definition came by: each page, field, option and condition, and by which examples.

Examples are told by their numbers, from 0. A thing that no example touched has none.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from definitions.holding import Judge
from definitions.model import Definition
from definitions.reading.tree import Path
from forms.model import Field, Option, Page
from rules.feel import Expression
from tthc.trials.coverage import hidden, placed, plain
from tthc.trials.run import TrialResult

Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """`path`: where it stands; `what` it decides; examples in which it was seen true, and seen false."""

    path: Path
    what: str
    true: Numbers
    false: Numbers


@dataclass(frozen=True, slots=True)
class Touched:
    """An option or a check: what it is called and the examples that chose it, or were refused by it."""

    path: Path
    label: str
    seen: Numbers


@dataclass(frozen=True, slots=True)
class FieldSeen:
    """`deep`: in how many lists and groups it lies; `options`: those written in place; `chosen`: of how many others, from
    a vocabulary, how many were chosen.
    """

    path: Path
    label: str
    deep: int
    shown: Numbers
    conditions: tuple[Condition, ...]
    options: tuple[Touched, ...]
    checks: tuple[Touched, ...]
    chosen: tuple[int, int] = (0, 0)

    @property
    def untried(self) -> int:
        """How many things of it no example touched."""
        if not self.shown:
            return 1
        lacking = [*(each.seen for each in self.options), *(each.seen for each in self.checks)]
        lacking += [side for each in self.conditions for side in (each.true, each.false)]
        return sum(1 for seen in lacking if not seen)


@dataclass(frozen=True, slots=True)
class PageSeen:
    path: Path
    title: str
    shown: Numbers
    conditions: tuple[Condition, ...]
    fields: tuple[FieldSeen, ...]

    @property
    def untried(self) -> int:
        own = [side for each in self.conditions for side in (each.true, each.false)]
        return sum(1 for seen in (self.shown, *own) if not seen) + sum(each.untried for each in self.fields)


def form_coverage(
    definition: Definition, results: Sequence[TrialResult], written: Container[Path]
) -> tuple[PageSeen, ...]:
    """The questions as the first page, then the form's. `written`: the paths of the definition's own text; what a shared
    block brings along is not looked at.
    """
    seen = _Seen(results)
    fields = [each for each in placed(definition) if each[0] in written]
    found = []
    if definition.questions:
        asked = tuple(seen.field(*each, written) for each in fields if each[0][0] == "questions")
        shown = tuple(range(len(results)))
        found.append(PageSeen(("questions",), "Câu hỏi mở đầu", shown, (), asked))
    for at, page in enumerate(definition.form.pages):
        path: Path = ("form", "pages", at)
        own = tuple(seen.field(*each, written) for each in fields if each[0][:3] == path)
        found.append(seen.page(path, page, own))
    return tuple(found)


class _Seen:
    def __init__(self, results: Sequence[TrialResult]) -> None:
        self.results = results
        self.visible = [frozenset(map(plain, each.observed.visible)) for each in results]
        self.required = [frozenset(map(plain, each.assessment.submission.required)) for each in results]
        self.errors = [
            {(plain(error.path), error.message) for error in each.assessment.submission.errors}
            for each in results
        ]

    def page(self, path: Path, page: Page, fields: tuple[FieldSeen, ...]) -> PageSeen:
        names = [field.id for field in page.fields]
        shown = self._where(
            lambda at: (
                page.id in self.results[at].assessment.submission.pages
                or any(name in self.visible[at] for name in names)
            )
        )
        conditions: tuple[Condition, ...] = ()
        if page.visible is not None:
            conditions = (Condition((*path, "visible"), "Trang hiện", shown, self._others(shown)),)
        return PageSeen(path, page.title, shown, conditions, fields)

    def field(self, path: Path, names: tuple[str, ...], field: Field, written: Container[Path]) -> FieldSeen:
        name = ".".join(names)
        options = [
            (at, option) for at, option in enumerate(field.options) if (*path, "options", at) in written
        ]
        chosen = [set(_values(each.assessment.submission.clean, names)) for each in self.results]
        known = {option.value for option in field.options}
        return FieldSeen(
            path,
            field.label,
            len(names) - 1,
            self._where(lambda at: name in self.visible[at]),
            tuple(self._conditions(path, names, field, options)),
            tuple(
                Touched((*path, "options", at), option.label, self._chosen(chosen, option.value))
                for at, option in options
            ),
            tuple(
                Touched(
                    (*path, "checks", at),
                    check.message,
                    self._where(lambda number, told=(name, check.message): told in self.errors[number]),  # type: ignore[misc]
                )
                for at, check in enumerate(field.checks)
                if (*path, "checks", at) in written
            ),
            (0, 0) if options else (len(known & set().union(*chosen)), len(known)),
        )

    def _chosen(self, chosen: Sequence[set[str]], value: str) -> Numbers:
        return self._where(lambda at: value in chosen[at])

    def _conditions(
        self, path: Path, names: tuple[str, ...], field: Field, options: Sequence[tuple[int, Option]]
    ) -> Iterator[Condition]:
        name = ".".join(names)
        shown = self._where(lambda at: name in self.visible[at])
        if field.visible is not None:
            away = self._where(lambda at: hidden(names, self.results[at].observed.visible))
            yield Condition((*path, "visible"), "Hiện", shown, away)
        if isinstance(field.required, Expression):
            must = self._where(lambda at: name in self.required[at])
            may = self._where(lambda at: _optional(name, self.results[at]))
            yield Condition((*path, "required"), "Bắt buộc", must, may)
        for at, option in options:
            if option.when is not None and len(names) == 1:
                there = self._offering(shown, option.when)
                told = f"Có lựa chọn “{option.label}”"
                yield Condition(
                    (*path, "options", at, "when"), told, there, tuple(n for n in shown if n not in there)
                )

    def _offering(self, shown: Numbers, when: Expression) -> Numbers:
        found = []
        for number in shown:
            result = self.results[number]
            if Judge(result.submitted_at).holds(when, result.assessment.context):
                found.append(number)
        return tuple(found)

    def _where(self, holds: Callable[[int], bool]) -> Numbers:
        return tuple(at for at in range(len(self.results)) if holds(at))

    def _others(self, numbers: Numbers) -> Numbers:
        return tuple(at for at in range(len(self.results)) if at not in numbers)


def _optional(name: str, result: TrialResult) -> bool:
    """Whether it was shown somewhere without being demanded there."""
    submission = result.assessment.submission
    return any(plain(path) == name and path not in submission.required for path in submission.visible)


def _values(clean: object, names: Sequence[str]) -> Iterator[str]:
    """The texts that were answered at a path of ids, in every row that it goes through."""
    if isinstance(clean, (list, tuple)):
        for each in clean:
            yield from _values(each, names)
    elif not names:
        if isinstance(clean, str):
            yield clean
    elif isinstance(clean, Mapping):
        yield from _values(clean.get(names[0]), names[1:])
