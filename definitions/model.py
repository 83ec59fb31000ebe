"""A compiled definition: every value the runtime needs, immutable, named by its content hash.

`definitions.compiler` makes these from YAML that passed the schema and the linter; nothing else does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from definitions.amounts import AmountTable
from definitions.documents.model import Document
from definitions.event_rules import EventRule
from forms.model import Field, Form
from rules.deadlines import Addition, DeadlineRule
from rules.events import Ruleset
from rules.feel import Expression
from rules.i18n import gettext, ngettext, noted
from rules.workflow.model import Workflow

QUESTIONS_PAGE = "cau_hoi_mo_dau"
QUESTIONS_TITLE = noted("Trường hợp của ông/bà")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from. `verified=False`: an officer confirms it before publication."""

    text: str
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a dossier is kept after it ended, by the law on archives. `years`: counted from the first day of the year
    after that; none: for ever.
    """

    source: Source
    years: int | None = None

    def ends(self, closed: date) -> date | None:
        """The day from which it need not be kept any more; none where it is kept for ever."""
        return None if self.years is None else date(closed.year + 1 + self.years, 1, 1)


@dataclass(frozen=True, slots=True)
class LegalBasis:
    number: str
    title: str = ""
    clause: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Information:
    """The parts of Đ7.2b that are written by hand; the rest (papers, fees, time) is generated from the definition."""

    sequence: tuple[str, ...]  # trình tự thực hiện
    ways: tuple[str, ...]  # cách thức thực hiện
    sets: str  # số lượng hồ sơ
    applicants: str  # đối tượng thực hiện
    authority: str  # cơ quan giải quyết
    result: str  # kết quả
    forms: tuple[str, ...]  # tên mẫu đơn, tờ khai
    conditions: tuple[str, ...]  # yêu cầu, điều kiện
    legal_basis: tuple[LegalBasis, ...]  # căn cứ pháp lý
    responsibilities: Mapping[str, str]  # trách nhiệm của mỗi bên: {bên: trách nhiệm}
    time_note: str = ""
    fee_note: str = ""


@dataclass(frozen=True, slots=True)
class Effective:
    """`from` and `to` both inclusive; `None` is open."""

    start: date | None = None
    end: date | None = None

    def covers(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class CaseEnd:
    """A case that makes no dossier here: `elsewhere` is handled by others (liên kết ngoài), `not_eligible` by nobody.

    `reason`: why; `remedy`: what to do instead; `url`: where, `https` only.
    """

    kind: Literal["elsewhere", "not_eligible"]
    reason: str
    remedy: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """`help`: what it means for who is in it, said on the procedure's page; `ends`: the way stops with a word."""

    id: str
    label: str
    when: Expression
    source: Source | None = None
    help: str = ""
    ends: CaseEnd | None = None


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a paper serves from the day it was issued. `issued`: the date, as the form asks for it; `until`: the
    last day on which it may be handed in.
    """

    amount: int
    unit: Literal["day", "month", "year"]
    issued: Expression
    until: Expression

    @property
    def words(self) -> str:
        """`cấp trong vòng 6 tháng trước ngày nộp`."""
        said = {
            "day": ngettext(
                "cấp trong vòng {n} ngày trước ngày nộp",
                "cấp trong vòng {n} ngày trước ngày nộp",
                self.amount,
            ),
            "month": ngettext(
                "cấp trong vòng {n} tháng trước ngày nộp",
                "cấp trong vòng {n} tháng trước ngày nộp",
                self.amount,
            ),
            "year": ngettext(
                "cấp trong vòng {n} năm trước ngày nộp", "cấp trong vòng {n} năm trước ngày nộp", self.amount
            ),
        }
        return said[self.unit].format(n=self.amount)


@dataclass(frozen=True, slots=True)
class Paper:
    """One row of thành phần hồ sơ. `kind="note"` is a word among the papers (“ghi chú” of the published data), no
    paper: shown in its place, never counted, uploaded or printed as a component.

    `presented_only`: shown at the counter, never uploaded. `form_generated`: the electronic form stands for it (tờ
    khai = biểu mẫu điện tử tương tác). `online_note` is what the online channel reads (Đ10.1b). `replaced_by_data`:
    where the agency looks it up itself, so that nobody is asked for it (NĐ 104/2022). `channels`: those on which it
    is asked for, all when empty. `accept`: `pdf`, `jpeg`, `png`, all when empty; `max_files`: 0 is the usual bound.
    `reuse`: what the document is, by a key that papers of other procedures may share; its own id: this procedure's
    papers of that id alone; empty: asked for anew each time. `sensitive`: covered for officials until they ask.
    `each`: a field that is a list, of which every row wants its own copies; `row`: what a row is called.
    """

    id: str
    name: str
    original: int = 0
    copy: int = 0
    required: Expression | bool = True
    when: Expression | None = None
    presented_only: bool = False
    form_generated: bool = False
    multiple: bool = True
    help: str = ""
    source: Source | None = None
    kind: Literal["paper", "note"] = "paper"
    online_note: str = ""
    replaced_by_data: str = ""
    valid_for: Validity | None = None
    channels: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    max_files: int = 0
    reuse: str = ""
    sensitive: bool = False
    each: str = ""
    row: str = ""

    @property
    def component(self) -> bool:
        """Whether somebody has to bring it, show it or fill it in."""
        return self.kind == "paper" and not self.replaced_by_data


@dataclass(frozen=True, slots=True)
class Exemption:
    """Miễn, giảm: who need not pay the whole. `percent` of the line is let off, 100 is all of it; `proof`: the id of
    the paper that shows it, asked for then.
    """

    label: str
    when: Expression
    percent: int = 100
    source: Source | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True)
class FeeLine:
    """Phí, lệ phí or the price of a service. `amount`: đồng, a non-negative whole FEEL number; a formula, or a
    decision table of dated rows. With `times` it is the price of one `unit` (bản, trang, điểm kinh doanh).

    What it comes to is raised to `min`, cut to `max`, then lessened by the exemption that lets off most, the first of
    equals, rounded to the whole đồng, half up.

    `effective` and the rows' own dates are read on the day of submission (`definitions.assess.legal_day`).
    """

    id: str
    label: str
    kind: Literal["phi", "le_phi", "gia_dich_vu"]
    amount: Expression | AmountTable
    collect: Literal["before_acceptance", "at_return"]
    effective: Effective = Effective()
    when: Expression | None = None
    note: str = ""
    source: Source | None = None
    times: Expression | None = None
    unit: str = ""
    unit_one: str = ""
    min: Expression | None = None
    max: Expression | None = None
    exempt: tuple[Exemption, ...] = ()

    @property
    def sources(self) -> frozenset[str]:
        """Names that decide whether and how much."""
        asked = (self.when, self.times, self.min, self.max, *(each.when for each in self.exempt))
        return self.amount.sources.union(*(each.sources for each in asked if each is not None))


@dataclass(frozen=True, slots=True)
class MoreTime:
    """What a deadline gains where `when` holds: `addition.reason` is told with it."""

    addition: Addition
    when: Expression | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """`more`: every one that applies is added (the area add-ons of the sectoral laws)."""

    rule: DeadlineRule
    when: Expression | None = None
    label: str = ""
    source: Source | None = None
    more: tuple[MoreTime, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferedBy:
    """Every agency of `level` (tinh | huyen | xa), or the agencies whose ids are listed."""

    level: str | None = None
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A definition's own test: facts in, expectations out (`definitions.examples` compares; others run it).

    `accepted_at=None`: accepted at the moment of submission.
    """

    name: str
    submitted_at: datetime
    answers: Mapping[str, object]
    expect: Mapping[str, object]
    channel: str = "online"
    agency: Mapping[str, object] | None = None
    papers: tuple[str, ...] | None = None
    steps: tuple[Mapping[str, object], ...] = ()
    applicant: Mapping[str, object] | None = None
    accepted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """`whole_form`: the questions as a first page (`QUESTIONS_PAGE`), then the form's pages. `receive_by`: how the
    result is received; `submit_by`: how a dossier is handed in; `pay_by`: how fees are paid. `verified`: every
    source the definition names has been confirmed. `life_events`: ids of `definitions.finding`; `replaces`: codes of the
    procedures that ended for this one. `ruleset`: the conditions of `event_rules` as the engine asks them. `english`: of
    its texts that have it (`definitions.english`), `english_one` of units where there is one of them.
    """

    hash: str
    procedure: str
    name: str
    sector: str
    offered_by: OfferedBy
    service_level: int
    effective: Effective
    information: Information
    questions: tuple[Field, ...]
    form: Form
    cases: tuple[Case, ...]
    attachments: tuple[Paper, ...]
    fees: tuple[FeeLine, ...]
    deadlines: tuple[DeadlineRow, ...]
    workflow: Workflow
    whole_form: Form
    keywords: tuple[str, ...] = ()
    applicant_kinds: tuple[str, ...] = ("person", "organisation")
    life_events: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    submit_by: tuple[str, ...] = ("online", "counter")  # online | counter | post
    receive_by: tuple[str, ...] = ("counter",)  # counter | post | online
    pay_by: tuple[str, ...] = ("counter",)  # counter | transfer | online
    catalogue_name: str = ""  # tên trong quyết định công bố danh mục (Đ7.3)
    declaration: str = ""
    result_name: str = ""
    summary: str = ""
    verified: bool = True
    examples: tuple[Example, ...] = ()
    documents: tuple[Document, ...] = ()
    event_rules: tuple[EventRule, ...] = ()
    ruleset: Ruleset | None = None
    identity: str = (
        ""  # contact | verified: how sure it must be who hands in online (Đ10.1a); empty: any account
    )
    retention: Retention | None = None
    english: Mapping[str, str] = field(default_factory=dict)
    english_one: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every top-level field, questions first."""
        return self.whole_form.fields

    def paper(self, paper_id: str) -> Paper | None:
        return next((p for p in self.attachments if p.id == paper_id), None)

    def document(self, document_id: str) -> Document | None:
        return next((d for d in self.documents if d.id == document_id), None)

    def event_rule(self, rule_id: str) -> EventRule | None:
        return next((rule for rule in self.event_rules if rule.id == rule_id), None)


@dataclass(frozen=True, slots=True)
class FeeDue:
    """One line of what is owed, with the sentence that explains it. `amount` in đồng, whole; `full` before an exemption,
    `exemption` its ground, `source` the law of the line, `proof` the paper the exemption asks for.
    """

    id: str
    label: str
    kind: str
    amount: int
    collect: str
    explanation: str
    full: int = 0
    exemption: str = ""
    source: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class PaperDue:
    """One paper that this dossier needs, or a note among them. `until`: the last day on which it serves, where its
    day of issue is known; `expired`: which has gone by on the day of submission.
    """

    id: str
    name: str
    original: int
    copy: int
    required: bool
    presented_only: bool
    form_generated: bool
    help: str
    kind: Literal["paper", "note"] = "paper"
    online_note: str = ""
    replaced_by_data: str = ""
    validity: str = ""
    until: date | None = None
    expired: bool = False
    accept: tuple[str, ...] = ()
    max_files: int = 0
    reuse: str = ""
    sensitive: bool = False

    @property
    def component(self) -> bool:
        return self.kind == "paper" and not self.replaced_by_data

    @property
    def expiry(self) -> str:
        """What is wrong with an expired paper, and what to do; empty while it serves."""
        if not self.expired or self.until is None:
            return ""
        return gettext(
            "“{name}” chỉ dùng được đến hết ngày {day}. "
            "Ông/bà xin cấp giấy mới, hoặc sửa lại ngày cấp nếu đã khai nhầm."
        ).format(name=self.name, day=f"{self.until:%d/%m/%Y}")
