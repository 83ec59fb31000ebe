"""One walk over a definition: what is found is told here, whatever shape the place has."""

from collections.abc import Mapping
from typing import Any, Final

from definitions.compiler.names import DOCUMENT_SCOPE, QUESTION_SCOPE, SCOPE
from definitions.facts import FACTS
from definitions.raw import mapping
from definitions.reading.tree import Path
from definitions.references.feel import read_expression, read_tests
from definitions.references.model import UNKNOWN, Acted, Declared, Named, Names, Shape, Symbol, Use
from rules.feel import FeelError

_OPEN: Final = "{{"
_CLOSE: Final = "}}"


class Walk:
    """`uses`, `unread`, `unsure`: as in `Index`, so far."""

    def __init__(self, declared: Declared, acted: Acted) -> None:
        self.declared = declared
        self.acted = acted
        self.uses: list[Use] = []
        self.unread: list[Path] = []
        self.unsure: list[tuple[Path, str]] = []
        cases: Named = (None, Shape(values=declared.cases))
        unnamed: Named = (None, UNKNOWN)
        self.of_questions: Names = {**dict.fromkeys(QUESTION_SCOPE, unnamed), **declared.questions}
        self.of_form: Names = {**dict.fromkeys(SCOPE, unnamed), "case": cases, **declared.fields}
        self.of_workflow: Names = {**self.of_form, "chosen": unnamed, "item": unnamed}
        # what the dossier knows comes before answers of the same name
        self.of_documents: Names = {**self.of_form, **dict.fromkeys(DOCUMENT_SCOPE, unnamed), "case": cases}
        steps: Named = (None, Shape(values=declared.steps))
        facts = {**dict.fromkeys(FACTS, unnamed), "case": cases, "step": steps}
        self.of_events: Names = {**declared.fields, **facts}

    def whole(self, value: Any, path: Path, among: Mapping[str, Symbol]) -> None:
        """The whole text is an id."""
        symbol = among.get(value) if isinstance(value, str) else None
        if symbol is not None:
            self.uses.append(Use(symbol, path, 0, len(symbol.id)))

    def each(self, values: Any, path: Path, among: Mapping[str, Symbol]) -> None:
        for at, value in enumerate(values if isinstance(values, list) else ()):
            self.whole(value, (*path, at), among)

    def keys(self, value: Any, path: Path, among: Mapping[str, Symbol]) -> None:
        for name in mapping(value):
            if name in among:
                self.uses.append(Use(among[name], (*path, name), key=True))

    def feel(self, value: Any, path: Path, names: Names, begins: int = 0, text: str | None = None) -> Shape:
        """An expression, or (`text`) one that begins at a character of the text at the path."""
        said = value if text is None else text
        if not isinstance(said, str):
            return UNKNOWN

        def tell(symbol: Symbol, start: int, end: int) -> None:
            self.uses.append(Use(symbol, path, begins + start, begins + end))

        try:
            return read_expression(said, names, tell)
        except FeelError:
            self.unread.append(path)
            return UNKNOWN

    def tests(self, value: Any, path: Path, names: Names, column: Shape) -> None:
        """The cell of a table."""
        if not isinstance(value, str):
            return

        def tell(symbol: Symbol, start: int, end: int) -> None:
            self.uses.append(Use(symbol, path, start, end))

        try:
            read_tests(value, names, column, tell)
        except FeelError:
            self.unread.append(path)

    def text(self, value: Any, path: Path, names: Names) -> None:
        """A text with slots: `Cho phép {{ business_name }}`."""
        at = 0
        while isinstance(value, str) and (start := value.find(_OPEN, at)) >= 0:
            end = value.find(_CLOSE, start)
            if end < 0:
                break
            self.slot(value[start + len(_OPEN) : end], path, names, start + len(_OPEN))
            at = end + len(_CLOSE)

    def slot(self, inside: Any, path: Path, names: Names, begins: int = 0) -> None:
        """An expression that may say how it is written: `ngay_sinh | long`."""
        if not isinstance(inside, str):
            return
        said, bar, style = inside.rpartition("|")
        said = said if bar and style.strip().isidentifier() else inside
        lead = len(said) - len(said.lstrip())
        self.feel(None, path, names, begins + lead, said.strip())

    def dotted(self, value: Any, path: Path, names: Names, *, numbers: bool = False) -> None:
        """`nhom.truong`, as a text; `numbers`: of rows may stand between (`dia_diem.0.ten`)."""
        if not isinstance(value, str):
            return
        start, shape = 0, Shape(fields=names)
        for part in value.split("."):
            if not (numbers and part.isdecimal()):
                found = shape.part(part) or shape.item.part(part)
                if found is None:
                    return
                if found[0] is not None:
                    self.uses.append(Use(found[0], path, start, start + len(part)))
                shape = found[1].item
            start += len(part) + 1

    def answers(self, value: Any, path: Path, shape: Shape) -> None:
        """Answers as an example writes them: keys are fields, texts may be options."""
        if isinstance(value, Mapping):
            for name, each in value.items():
                found = shape.item.part(name)
                if found is not None:
                    if found[0] is not None:
                        self.uses.append(Use(found[0], (*path, name), key=True))
                    self.answers(each, (*path, name), found[1])
        elif isinstance(value, list):
            for at, each in enumerate(value):
                self.answers(each, (*path, at), shape.item)
        else:
            self.whole(value, path, shape.named)
