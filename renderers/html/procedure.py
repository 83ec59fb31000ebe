"""A procedure as the public reads it: the twelve parts of Đ7.2b, those a person wrote and those its rules say."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Protocol

from definitions.amounts import AmountTable
from definitions.explain import SCOPE_LABELS, said_yes_or_no, yes_no_labels
from definitions.model import DeadlineRow, Definition, Effective, Exemption, FeeLine, Paper
from renderers.text import day, number
from rules.feel import Expression
from rules.i18n import gettext, language, ngettext, noted

LEVELS: Final = {"tinh": noted("cấp tỉnh"), "huyen": noted("cấp huyện"), "xa": noted("cấp xã")}
WAYS: Final = {
    "counter": noted("Tại Bộ phận Một cửa"),
    "post": noted("Qua bưu chính công ích"),
    "online": noted("Trực tuyến"),
}
COMPUTED: Final = noted("Tính theo nội dung khai")
KNOWN: Final = {
    "channel": noted("cách nộp"),
    "case": noted("trường hợp"),
    "agency": noted("cơ quan"),
    "applicant": noted("người nộp"),
}
_AND: Final = noted(" và ")
_FEES: Final = {"phi": noted("Phí"), "le_phi": noted("Lệ phí"), "gia_dich_vu": noted("Giá dịch vụ")}


class AnyPaper(Protocol):
    """`Paper` of a definition or `PaperDue` of a dossier."""

    @property
    def original(self) -> int: ...
    @property
    def copy(self) -> int: ...
    @property
    def presented_only(self) -> bool: ...
    @property
    def form_generated(self) -> bool: ...
    @property
    def kind(self) -> str: ...
    @property
    def replaced_by_data(self) -> str: ...


@dataclass(frozen=True, slots=True)
class PaperRow:
    """`words`: how many of what; `condition`: when it is needed, empty for always; `validity`: how fresh it must be;
    `note`: a word among the papers, no paper.
    """

    id: str
    name: str
    words: str
    required: bool
    condition: str
    help: str
    validity: str = ""
    online_note: str = ""
    channels: str = ""
    note: bool = False


@dataclass(frozen=True, slots=True)
class FeeRow:
    """`rule`: the amount as a sentence; `amount` in đồng where it is the same for everybody; `price` in đồng where the rule
    names a number, `unit`: of what it is the price, empty where it is the whole; `others`: whoever no other row of the
    fee speaks of.
    """

    label: str
    kind: str
    rule: str
    amount: int | None
    condition: str
    collect: str
    note: str
    bounds: str = ""
    exempt: tuple[str, ...] = ()
    price: int | None = None
    unit: str = ""
    others: bool = False


@dataclass(frozen=True, slots=True)
class CaseRow:
    """`refused`: why no dossier is made here in this case; empty where one is."""

    label: str
    help: str
    refused: str


@dataclass(frozen=True, slots=True)
class TimeRow:
    words: str
    label: str
    condition: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where to go with a procedure of which no case is handled here. `reasons`: why, each once; `ways`: (who, what to do,
    where) for each case, `who` empty where there is one way only; `url`: the one place for all, else empty.
    """

    reasons: tuple[str, ...]
    ways: tuple[tuple[str, str, str], ...]
    url: str


@dataclass(frozen=True, slots=True)
class ProcedureView:
    """Everything `parts/procedure.html` shows. `level`: 1–4; `submits_online`: level 3 and above, and the
    definition says so.
    """

    code: str
    name: str
    summary: str
    level: int
    submits_online: bool
    sequence: tuple[str, ...]
    ways: tuple[str, ...]
    submit_by: tuple[str, ...]
    receive_by: tuple[str, ...]
    papers: tuple[PaperRow, ...]
    sets: str
    times: tuple[TimeRow, ...]
    time_note: str
    applicants: str
    authority: str
    result: str
    fees: tuple[FeeRow, ...]
    fee_note: str
    forms: tuple[str, ...]
    conditions: tuple[str, ...]
    legal_basis: tuple[str, ...]
    responsibilities: tuple[tuple[str, str], ...]
    cases: tuple[CaseRow, ...]
    elsewhere: Elsewhere | None
    effective: str
    verified: bool

    @property
    def time_words(self) -> str:
        """One line for the head of the page."""
        words = list(dict.fromkeys(row.words.partition(" (")[0] for row in self.times))
        words = [*words[:1], *(each[:1].lower() + each[1:] for each in words[1:])]
        return gettext(" hoặc ").join(words) or self.time_note or gettext("Không quy định")

    @property
    def fee_words(self) -> str:
        if not self.fees:
            return gettext("Không thu")
        if len(self.fees) == 1 and self.fees[0].amount is not None:
            return _dong(self.fees[0].amount)
        if self.elsewhere:
            return gettext("Tùy trường hợp")
        return gettext("Tùy trường hợp, tính khi khai hồ sơ")


def procedure_view(definition: Definition, on: date) -> ProcedureView:
    """The definition as in force on the day `on` (fee lines of other days are left out)."""
    labels = Spoken(definition)
    information = definition.information
    return ProcedureView(
        code=definition.procedure,
        name=definition.name,
        summary=definition.summary,
        level=definition.service_level,
        submits_online=definition.service_level >= 3 and "online" in definition.submit_by,
        sequence=information.sequence,
        ways=information.ways,
        submit_by=tuple(gettext(WAYS.get(way, way)) for way in definition.submit_by),
        receive_by=tuple(gettext(WAYS.get(way, way)) for way in definition.receive_by),
        papers=tuple(_paper(paper, labels) for paper in definition.attachments),
        sets=information.sets,
        times=tuple(time for row in definition.deadlines for time in _times(row, labels)),
        time_note=information.time_note,
        applicants=information.applicants,
        authority=information.authority,
        result=information.result,
        fees=tuple(
            row for line in definition.fees if line.effective.covers(on) for row in _fees(line, labels, on)
        ),
        fee_note=information.fee_note,
        forms=information.forms,
        conditions=information.conditions,
        legal_basis=tuple(
            ", ".join(filter(None, (basis.clause, basis.number, basis.title)))
            for basis in information.legal_basis
        ),
        responsibilities=tuple(information.responsibilities.items()),
        cases=tuple(
            CaseRow(case.label, case.help, case.ends.reason if case.ends else "") for case in definition.cases
        ),
        elsewhere=_elsewhere(definition),
        effective=day(definition.effective.start),
        verified=definition.verified,
    )


def _elsewhere(definition: Definition) -> Elsewhere | None:
    ends = {case.label: case.ends for case in definition.cases if case.ends is not None}
    if not ends or len(ends) < len(definition.cases) or not any(e.kind == "elsewhere" for e in ends.values()):
        return None
    urls = {end.url for end in ends.values()}
    same = len({(end.remedy, end.url) for end in ends.values()}) == 1
    told = list(ends.items())[:1] if same else ends.items()
    return Elsewhere(
        reasons=tuple(dict.fromkeys(end.reason for end in ends.values())),
        ways=tuple(("" if same else label, end.remedy, end.url) for label, end in told),
        url=urls.pop() if len(urls) == 1 else "",
    )


def paper_words(paper: AnyPaper) -> str:
    """`01 bản chính, 02 bản sao`: numbers below 10 with a nought, as on paper."""
    if paper.kind == "note":
        return ""
    if paper.replaced_by_data:
        return gettext("Không phải nộp: cơ quan tự tra cứu trong {data}").format(data=paper.replaced_by_data)
    originals = ngettext("{n} bản chính", "{n} bản chính", paper.original).format(n=_copies(paper.original))
    copies = ngettext("{n} bản sao", "{n} bản sao", paper.copy).format(n=_copies(paper.copy))
    words = ", ".join([*([originals] if paper.original else []), *([copies] if paper.copy else [])])
    if words and isinstance(paper, Paper) and paper.row:  # of a dossier the rows are counted already
        words = gettext("{copies} cho mỗi dòng “{row}”").format(copies=words, row=paper.row)
    if paper.form_generated:
        if not words:
            return gettext("Lập từ nội dung khai trực tuyến")
        return gettext("{copies} – lập từ nội dung khai trực tuyến").format(copies=words)
    if paper.presented_only:
        if not words:
            return gettext("Chỉ xuất trình, không nộp")
        return gettext("{copies} – chỉ xuất trình, không nộp").format(copies=words)
    return words or gettext("01 bản")


def _copies(n: int) -> str:
    return str(n) if language() == "en" else f"{n:02}"


class Spoken(dict[str, str]):
    """Labels by name, for telling conditions. `answers`: by the label of what is asked, what its stored values are called;
    `values_said`: what a stored value is called where it means one thing alone.
    """

    def __init__(self, definition: Definition) -> None:
        known = {name: gettext(label) for name, label in {**SCOPE_LABELS, **KNOWN}.items()}
        super().__init__({**known, **{field.id: field.label for field in definition.fields}})
        self.yes_no = yes_no_labels(definition)
        said: dict[str, set[str]] = {}
        self.answers: dict[str, dict[str, str]] = {
            self.get("case", "case"): {case.id: case.label for case in definition.cases}
        }
        for field in definition.fields:
            self.answers.setdefault(field.label, {option.value: option.label for option in field.options})
        for names in self.answers.values():
            for value, label in names.items():
                said.setdefault(value, set()).add(label)
        self.values_said = {value: min(names) for value, names in said.items() if len(names) == 1}

    def told(self, words: str) -> str:
        """The words with stored values, which stand in quotation marks behind what they answer, as people read them."""
        asked: dict[str, str] = {}

        def say(found: re.Match[str]) -> str:
            nonlocal asked
            quoted = found[1]
            if quoted in self.answers:
                asked = self.answers[quoted]
                return found[0]
            return f"“{asked.get(quoted) or self.values_said.get(quoted, quoted)}”"

        return re.sub("“([^”]*)”", say, said_yes_or_no(words, self.yes_no))


def _condition(when: Expression | bool | None, labels: Mapping[str, str]) -> str:
    if when is None or isinstance(when, bool) or when.text.strip() == "true":
        return ""
    return _said(when.explain(labels), labels)


def _said(words: str, labels: Mapping[str, str]) -> str:
    return labels.told(words) if isinstance(labels, Spoken) else words


def _paper(paper: Paper, labels: Mapping[str, str]) -> PaperRow:
    return PaperRow(
        id=paper.id,
        name=paper.name,
        words=paper_words(paper),
        required=paper.required is not False,
        condition=_condition(paper.when, labels) or _condition(paper.required, labels),
        help=paper.help,
        validity=paper.valid_for.words if paper.valid_for else "",
        online_note=paper.online_note,
        channels=", ".join(gettext(WAYS[channel]).lower() for channel in paper.channels),
        note=paper.kind == "note",
    )


def _times(row: DeadlineRow, labels: Mapping[str, str]) -> Iterator[TimeRow]:
    yield TimeRow(deadline_words(row), row.label, _condition(row.when, labels))
    for more in row.more:
        words = gettext("Thêm {time}").format(time=row.rule.unit.said(more.addition.amount))
        yield TimeRow(words, more.addition.reason, _condition(more.when, labels))


def deadline_words(row: DeadlineRow) -> str:
    """`5 ngày làm việc`; nothing to wait is `Ngay trong ngày` (nhận sau 15:00 thì ngày làm việc sau)."""
    rule = row.rule
    if rule.unit.value == "unspecified":
        return gettext("Không quy định")
    if rule.additions:
        return rule.text[0].upper() + rule.text[1:]
    if not rule.amount:
        if not rule.cutoff:
            return gettext("Ngay trong ngày làm việc")
        return gettext(
            "Ngay trong ngày làm việc (nhận sau {clock} thì trả trong ngày làm việc tiếp theo)"
        ).format(clock=f"{rule.cutoff:%H:%M}")
    return rule.unit.said(rule.amount)


def _fees(line: FeeLine, labels: Mapping[str, str], on: date) -> Iterator[FeeRow]:
    """One row for a formula, one for each row of a table that is law on the day."""
    usual = FeeRow(
        label=line.label,
        kind=gettext(_FEES[line.kind]),
        rule="",
        amount=None,
        condition=_condition(line.when, labels),
        collect=gettext("Nộp trước khi tiếp nhận")
        if line.collect == "before_acceptance"
        else gettext("Nộp khi nhận kết quả"),
        note=line.note,
        bounds=_bounds(line, labels),
        exempt=tuple(_exemption(each) for each in line.exempt),
    )
    if not isinstance(line.amount, AmountTable):
        yield _priced(usual, line.amount, labels, line)
        return
    columns = line.amount.table.columns
    for rule, amount in zip(line.amount.table.rules, line.amount.amounts, strict=True):
        if not Effective(rule.row.start, rule.row.end).covers(on):
            continue
        tests = (
            _said(test.explain(labels.get(column.label, column.label)), labels)
            for column, test in zip(columns, rule.tests, strict=True)
            if test
        )
        condition = rule.row.label or gettext(_AND).join(filter(None, tests))
        told = replace(
            usual,
            condition=gettext(_AND).join(filter(None, (usual.condition, condition))),
            others=not any(rule.tests),
        )
        yield _priced(told, amount, labels, line)
    default = line.amount.table.answers[0].default
    if default is not None:
        others = gettext(_AND).join(filter(None, (usual.condition, gettext("các trường hợp khác"))))
        yield _priced(replace(usual, condition=others, others=True), default, labels, line)


def _bounds(line: FeeLine, labels: Mapping[str, str]) -> str:
    """`tối thiểu 10.000 đồng, tối đa 200.000 đồng`."""
    ends = ((gettext("tối thiểu {amount}"), line.min), (gettext("tối đa {amount}"), line.max))
    return ", ".join(words.format(amount=_money(end, labels)) for words, end in ends if end is not None)


def _money(amount: Expression, labels: Mapping[str, str]) -> str:
    text = amount.text.strip()
    return _dong(int(text)) if text.isdecimal() and text.isascii() else amount.explain(labels)


def _dong(amount: int) -> str:
    """Zero too is told as an amount."""
    return gettext("{amount} đồng").format(amount=number(amount))


def _exemption(exemption: Exemption) -> str:
    """`Miễn: hộ nghèo (Thông tư …)`."""
    source = f" ({exemption.source.text})" if exemption.source else ""
    who = f"{exemption.label}{source}"
    if exemption.percent == 100:
        return gettext("Miễn: {who}").format(who=who)
    return gettext("Giảm {percent} %: {who}").format(percent=exemption.percent, who=who)


def _priced(row: FeeRow, amount: Expression, labels: Mapping[str, str], line: FeeLine) -> FeeRow:
    text = amount.text.strip()

    def each(price: str) -> str:
        if line.times is None:
            return price
        return gettext("{amount} mỗi {unit}").format(
            amount=price, unit=line.unit_one or line.unit or gettext("đơn vị")
        )

    if text.isascii() and text.isdecimal():
        same = line.times is None and not line.exempt
        price = int(text)
        unit = "" if line.times is None else line.unit or gettext("đơn vị")
        return replace(row, amount=price if same else None, rule=each(_dong(price)), price=price, unit=unit)
    return replace(row, rule=each(amount.explain(labels) or gettext(COMPUTED)))
