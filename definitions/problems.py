"""What is wrong with a definition, said so that an officer can mend it: file, line, column, path, remedy.

Codes are stable: `Y…` the text is not readable YAML, `S…` the shape breaks the language's schema, `F…` an
expression, `T…` the meaning (`definitions.lint`); `definitions.lint.register` tells of each. An *error* keeps a
definition from review and publication; a *warning* is for people to judge.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from definitions.reading.tree import Mark, Path, Tree
from rules.feel.errors import nearest

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` and `column` count from 1; `path` is dotted (`fees.0.amount`), empty for the whole text; `situation`: a
    dossier that shows it, packed (`definitions.situation`), where one is known.
    """

    file: str
    line: int
    column: int
    path: str
    code: str
    severity: Severity
    message: str
    remedy: str = ""
    situation: str = ""

    def __str__(self) -> str:
        remedy = f" {self.remedy}" if self.remedy else ""
        kind = "cảnh báo" if self.severity == "warning" else "lỗi"
        return f"{self.file}:{self.line}:{self.column}: {kind} {self.code} {self.message}{remedy}"


class Report:
    """Collects the problems of one text while it is being read, compiled and linted."""

    def __init__(self, file: str, tree: Tree) -> None:
        self.file = file
        self.tree = tree
        self._found: dict[Problem, None] = {}

    def error(
        self,
        path: Path,
        code: str,
        message: str,
        remedy: str = "",
        *,
        at: Mark | None = None,
        on_key: bool = False,
        situation: str = "",
    ) -> None:
        self._add(
            path, at or self.tree.mark(path, on_key=on_key), code, "error", (message, remedy, situation)
        )

    def warn(
        self,
        path: Path,
        code: str,
        message: str,
        remedy: str = "",
        *,
        on_key: bool = False,
        situation: str = "",
    ) -> None:
        mark = self.tree.mark(path, on_key=on_key)
        self._add(path, mark, code, "warning", (message, remedy, situation))

    def _add(self, path: Path, mark: Mark, code: str, severity: Severity, said: tuple[str, str, str]) -> None:
        dotted = ".".join(str(part) for part in path)
        self._found[Problem(self.file, mark.line, mark.column, dotted, code, severity, *said)] = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """In the order of the text, each once."""
        return tuple(sorted(self._found, key=lambda p: (p.line, p.column, p.code, p.message)))

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == "error" for problem in self._found)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The remedy for a misspelt name: the nearest known one, else all of them when they are few."""
    known = sorted(known)
    suggestion = nearest(name, known)
    if suggestion is not None:
        return f"Có phải ông/bà muốn viết “{suggestion}”?"
    if known and len(known) <= 12:
        return f"Dùng một trong các tên: {', '.join(known)}."
    return "Ông/bà xem lại tên đã khai báo rồi viết đúng tên đó."
