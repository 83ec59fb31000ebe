"""What is wrong with a typed expression, told at the character."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from definitions.aid.place import Place
from definitions.compiler.expressions import compile_feel, tell
from definitions.conditions import rows_of
from definitions.conditions import sentence as by_rows
from definitions.explain import said_yes_or_no, yes_no_labels
from definitions.lint.tables.domains import path_of
from definitions.problems import Report, did_you_mean
from definitions.reading import Tree
from definitions.reading.tree import Mark, Path
from rules.feel import FeelError, compile, compile_unary, tree  # noqa: A004


class _Typed(Tree):
    """The typed text as if it were all of a file, in one line: columns are its characters."""

    def inside(self, path: Path, offset: int) -> Mark:
        return Mark(1, offset + 1)


@dataclass(frozen=True, slots=True)
class Fault:
    """`offset` counts characters from 0; `message` and `remedy` are sentences."""

    offset: int
    message: str
    remedy: str
    code: str

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


def check(text: str, place: Place) -> tuple[Fault, ...]:
    """Nothing where the expression can stand at the place. White space is no expression, and no fault of its own."""
    if not text.strip():
        return ()
    report = Report("", _Typed(text, text))
    if place.wanted == "tests":
        try:
            compile_unary(text, dict(place.names), place.tested)
        except FeelError as error:
            tell(error, (), report)
    else:
        compile_feel(text, (), place.names, report, place.wanted)
    if not report.problems:
        return tuple(_unknown_options(text, place))
    return tuple(
        Fault(max(0, problem.column - 1), problem.message, problem.remedy, problem.code)
        for problem in report.problems
    )


def _unknown_options(text: str, place: Place) -> Iterator[Fault]:
    """Values that a closed list does not have, which can never be met (T037)."""
    if place.wanted == "tests":
        node: tree.Node = compile_unary(text, dict(place.names), place.tested, check=False).tree
        if isinstance(node, tree.UnaryTests):
            yield from _told(place.column, node.tests, place)
    else:
        node = compile(text, place.names, check=False).tree
    for each in tree.walk(node):
        match each:
            case tree.Comparison(op="=" | "!=", left=left, right=right):
                yield from _told(path_text(left), (right,), place)
                yield from _told(path_text(right), (left,), place)
            case tree.In(value=asked, tests=tests):
                yield from _told(path_text(asked), tests, place)


def _told(path: str, values: Iterable[tree.Node], place: Place) -> Iterator[Fault]:
    subject = place.subject(path)
    if subject is None or subject.kind != "choice" or not subject.options:
        return
    known = [value for value, _ in subject.options]
    for value in values:
        if isinstance(value, tree.Literal) and isinstance(value.value, str) and value.value not in known:
            message = f"“{subject.label}” không có lựa chọn “{value.value}”."
            yield Fault(value.span.start, message, did_you_mean(value.value, known), "T037")


def path_text(node: tree.Node) -> str:
    """`a.b`; empty for anything but names joined by dots."""
    return ".".join(path_of(node) or ())


def sentence(text: str, place: Place) -> str:
    """What a sound expression says, by the labels of the form; empty for one that is not."""
    if not text.strip() or check(text, place):
        return ""
    if place.wanted == "tests":
        label = place.labels.get(place.column, place.column or "giá trị")
        return compile_unary(text, dict(place.names), place.tested).explain(label, place.labels)
    if place.wanted == "boolean" and (found := rows_of(text, place.subjects)) is not None:
        return by_rows(found, place.subjects)
    told = compile(text, place.names).explain(place.labels)
    return said_yes_or_no(told, yes_no_labels(place.definition))
