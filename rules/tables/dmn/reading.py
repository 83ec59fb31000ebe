"""DMN's decision tables as sheets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from rules.feel import FeelError
from rules.feel.errors import fold
from rules.feel.lexer import tokens
from rules.tables.compiler import MAX_COLUMNS, MAX_ROWS
from rules.tables.dmn.dates import day_of, unmarked
from rules.tables.dmn.errors import DmnError
from rules.tables.dmn.names import FROM, POLICIES, SPACES, TO
from rules.tables.dmn.xml import Element, parse
from rules.tables.sheet import Sheet, SheetInput, SheetOutput, SheetRow

_FEEL: Final = ("feel", "")
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


def read(content: str | bytes) -> list[Sheet]:
    """All decision tables that decisions of the file hold, in order; raises DmnError."""
    root = parse(content)
    if root.name != "definitions" or root.space not in SPACES:
        if root.name == "definitions" and "/DMN/" in root.space.upper():
            known = ", ".join(SPACES.values())
            raise DmnError(f"Chưa đọc được phiên bản DMN này; đọc được các bản {known}.", root.line)
        raise DmnError("Đây không phải tệp DMN: phần tử ngoài cùng phải là “definitions” của DMN.", root.line)
    _unique_ids(root)
    return [
        _sheet(decision, table)
        for decision in root.kids("decision")
        if (table := decision.kid("decisionTable")) is not None
    ]


def _unique_ids(root: Element) -> None:
    seen: dict[str, int] = {}
    for element in root.walk():
        own = element.attributes.get("id")
        if own is None or element.space != root.space:
            continue
        if own in seen:
            raise DmnError(f"Mã “{own}” được dùng hai lần (lần đầu ở dòng {seen[own]}).", element.line)
        seen[own] = element.line


def _sheet(decision: Element, table: Element) -> Sheet:
    words = table.attributes.get("hitPolicy", "UNIQUE"), table.attributes.get("aggregation", "")
    hit = POLICIES.get(words)
    if hit is None:
        raise DmnError(f"Không có cách chọn dòng “{' '.join(words).strip()}”.", table.line)
    if table.attributes.get("preferredOrientation", "Rule-as-Row") == "CrossTable":
        raise DmnError("Chưa đọc được bảng chéo (CrossTable); xin chuyển thành bảng theo dòng.", table.line)
    inputs = [_input(each) for each in table.kids("input")]
    outputs = [_output(each) for each in table.kids("output")]
    notes = [each.attributes.get("name", "") for each in table.kids("annotation")]
    rules = list(table.kids("rule"))
    if len(rules) > MAX_ROWS or len(inputs) + len(outputs) > MAX_COLUMNS:
        raise DmnError(f"Bảng có tối đa {MAX_ROWS} dòng và {MAX_COLUMNS} cột; xin tách bảng.", table.line)
    reader = _Rows(len(inputs), len(outputs), notes)
    return Sheet(
        id=decision.attributes.get("id", ""),
        name=decision.attributes.get("name", ""),
        hit=hit,
        inputs=tuple(inputs),
        outputs=tuple(outputs),
        rows=tuple(reader.row(rule) for rule in rules),
        notes=reader.kept,
        description=_inner(decision, "description"),
    ).normal()


def _input(element: Element) -> SheetInput:
    expression = element.kid("inputExpression")
    if expression is None:
        raise DmnError("Cột điều kiện thiếu biểu thức (inputExpression).", element.line)
    _must_be_feel(expression)
    return SheetInput(
        _text(expression),
        element.attributes.get("id", ""),
        element.attributes.get("label", ""),
        _type(expression),
        _text(element.kid("inputValues")),
    )


def _output(element: Element) -> SheetOutput:
    default = element.kid("defaultOutputEntry")
    values = element.kid("outputValues")
    return SheetOutput(
        element.attributes.get("id", ""),
        element.attributes.get("name", ""),
        element.attributes.get("label", ""),
        _type(element),
        tuple(_parts(values)) if values is not None else (),
        _text(default),
    )


@dataclass(slots=True)
class _Rows:
    """Rules of one table; the columns of notes that hold dates are taken out of the notes."""

    inputs: int
    outputs: int
    headings: list[str]

    @property
    def kept(self) -> tuple[str, ...]:
        return tuple(heading for heading in self.headings if not _is_date(heading))

    def row(self, rule: Element) -> SheetRow:
        tests = list(rule.kids("inputEntry"))
        values = list(rule.kids("outputEntry"))
        if (len(tests), len(values)) != (self.inputs, self.outputs):
            raise DmnError(
                f"Dòng này có {len(tests)} ô điều kiện và {len(values)} ô kết quả; "
                f"bảng cần {self.inputs} và {self.outputs}.",
                rule.line,
            )
        for cell in (*tests, *values):
            _must_be_feel(cell)
        start = end = None
        notes: list[str] = []
        entries = list(rule.kids("annotationEntry"))
        for at, heading in enumerate(self.headings):
            entry = entries[at] if at < len(entries) else None
            if fold(heading) == fold(FROM):
                start = _date(entry)
            elif fold(heading) == fold(TO):
                end = _date(entry)
            else:
                notes.append(_text(entry))
        described = rule.kid("description")
        line = rule.line if described is None else described.line
        days, label = unmarked(_inner(rule, "description"), line)
        if days is not None:
            if (start, end) not in {(None, None), days}:
                raise DmnError("Ngày hiệu lực ở đầu chú thích và ở cột riêng khác nhau.", line)
            start, end = days
        return SheetRow(
            tuple(_text(cell) for cell in tests),
            tuple(_text(cell) for cell in values),
            rule.attributes.get("id", ""),
            start,
            end,
            label,
            tuple(notes),
        )


def _is_date(heading: str) -> bool:
    return fold(heading) in {fold(FROM), fold(TO)}


def _date(entry: Element | None) -> date | None:
    text = _text(entry)
    return None if entry is None or not text else day_of(text, entry.line)


def _parts(element: Element) -> Iterator[str]:
    """The values between the commas; a comma may stand within one."""
    text = _text(element)
    try:
        found = tokens(text)
    except FeelError:
        found = []
    begin = depth = 0
    for token in found:
        depth += (token.text in _OPEN) - (token.text in _CLOSE) if token.kind == "op" else 0
        if token.kind == "op" and token.text == "," and depth == 0:
            yield text[begin : token.start].strip()
            begin = token.end
    if text[begin:].strip():
        yield text[begin:].strip()


def _type(element: Element) -> str:
    """`number` of `feel:number`."""
    return element.attributes.get("typeRef", "").rpartition(":")[2].strip()


def _must_be_feel(element: Element) -> None:
    language = element.attributes.get("expressionLanguage", "")
    if language.casefold() not in _FEEL and "/feel" not in language.casefold():
        raise DmnError(f"Chỉ đọc được biểu thức FEEL, không phải “{language}”.", element.line)


def _text(element: Element | None) -> str:
    """What the `text` child says."""
    return "" if element is None else _inner(element, "text")


def _inner(element: Element, name: str) -> str:
    found = element.kid(name)
    return "" if found is None else found.text.strip()
