"""What each paper says. Plain values: no dossier, no database, no clock.

Datetimes are aware; empty text is printed as a dotted line where a hand may fill it in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from markupsafe import Markup

Result = Literal["early", "on_time", "late", ""]
RESULTS: Final[Mapping[Result, str]] = {
    "early": "Trước hạn",
    "on_time": "Đúng hạn",
    "late": "Quá hạn",
    "": "",
}


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues the paper. `parent`: cơ quan chủ quản; `name`: the agency; `desk`: its one-stop unit; `place`: địa danh."""

    parent: str
    name: str
    desk: str
    place: str
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Whose dossier it is. `identifier`: số định danh or mã số thuế."""

    name: str
    identifier: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """Which dossier. `qr`: what the code in the corner says (at least mã hồ sơ, mã TTHC); empty: `code`."""

    code: str
    procedure: str
    procedure_name: str
    person: Person
    qr: str = ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One thành phần hồ sơ. `kind`: bản chính, bản sao, bản chụp …"""

    name: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class FeeLine:
    label: str
    amount: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptData:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả. `time_words`: `15 ngày làm việc`; `due` none: không quy định. `copies`:
    the words on top of each liên, one paper each; a single empty one is a paper without such words. `bearer`: who
    handed in for the applicant, and by which paper.
    """

    office: Office
    subject: Subject
    papers: tuple[PaperLine, ...]
    sets: int
    time_words: str
    received_at: datetime
    due: datetime | None
    receive_at: str
    receiver: str
    fees: tuple[FeeLine, ...] = ()
    book: str = ""
    book_number: str = ""
    lookup_code: str = ""
    copies: tuple[str, ...] = ("",)
    bearer: str = ""


@dataclass(frozen=True, slots=True)
class SupplementLine:
    name: str
    reason: str
    original: int = 0
    certified: int = 0
    photo: int = 0


@dataclass(frozen=True, slots=True)
class SupplementData:
    """Phiếu yêu cầu bổ sung. `reply_by` none: no last day."""

    office: Office
    subject: Subject
    lines: tuple[SupplementLine, ...]
    reason: str
    issued_at: datetime
    guide: str
    guide_phone: str
    number: str = ""
    reply_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class RefusalData:
    """Phiếu từ chối. `reasons`: one paragraph each."""

    office: Office
    subject: Subject
    reasons: tuple[str, ...]
    issued_at: datetime
    receiver: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class ApologyData:
    """Phiếu xin lỗi (2018), văn bản xin lỗi và đề nghị gia hạn (2025). `due`, `new_due`: the day promised before and now;
    `signer` empty: left to the hand that signs.
    """

    office: Office
    subject: Subject
    received_at: datetime
    due: datetime
    new_due: datetime
    reason: str
    issued_at: datetime
    signer_title: str
    signer: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class ExtensionData:
    """Phiếu đề nghị gia hạn (2018), văn bản xin lỗi và đề nghị gia hạn (2025). `due`: the day promised before; `amount`: how
    much more, in words; `basis`: the clause of law that grants it, empty where there is none; `asker`: who solves it.
    """

    office: Office
    subject: Subject
    received_at: datetime
    due: datetime
    amount: str
    reason: str
    basis: str
    issued_at: datetime
    asker: str
    signer_title: str
    signer: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class StopData:
    """Thông báo dừng giải quyết hồ sơ (2025): the applicant asked, before there was a decision. `reason`: theirs."""

    office: Office
    subject: Subject
    received_at: datetime
    asked_at: datetime
    reason: str
    issued_at: datetime
    signer_title: str
    signer: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    """One row of the control sheet: `from_agency` gave at `given_at`, `agency` took at `taken_at`. `result`: of the time
    that the giving side was allotted for what it had just done; `note` names that work.
    """

    agency: str
    given_at: datetime | None
    taken_at: datetime | None
    giver: str = ""
    taker: str = ""
    result: Result = ""
    note: str = ""
    from_agency: str = ""

    @property
    def result_words(self) -> str:
        return RESULTS[self.result]


@dataclass(frozen=True, slots=True)
class ControlData:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ. `issued_on`: the day it was opened, which is that of acceptance;
    `partners`: cơ quan, bộ phận phối hợp.
    """

    office: Office
    subject: Subject
    rows: tuple[Handover, ...]
    issued_on: date
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One dossier in the register. `sent_at`: to whoever solves it; `solved_at`: their result came back."""

    code: str
    procedure_name: str
    sets: int
    person: str
    contact: str
    solver: str
    received_at: datetime
    due: datetime | None = None
    sent_at: datetime | None = None
    solved_at: datetime | None = None
    returned_at: datetime | None = None
    method: str = ""
    recipient: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RegisterBook:
    """One quyển: the dossiers of a lĩnh vực, in the order of reception."""

    sector: str
    rows: tuple[RegisterRow, ...]
    number: str = ""

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def sets(self) -> int:
        return sum(row.sets for row in self.rows)

    @property
    def returned(self) -> int:
        return sum(row.returned_at is not None for row in self.rows)

    @property
    def left(self) -> int:
        return self.count - self.returned


@dataclass(frozen=True, slots=True)
class RegisterData:
    """Sổ theo dõi hồ sơ. `period`: `Từ ngày … đến ngày …`; each book begins a page."""

    office: Office
    books: tuple[RegisterBook, ...]
    period: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class RatingOption:
    """`points`: none where the answer rates nothing."""

    text: str
    points: int | None


@dataclass(frozen=True, slots=True)
class RatingCriterion:
    text: str
    options: tuple[RatingOption, ...]


@dataclass(frozen=True, slots=True)
class RatingData:
    """Phiếu đánh giá, handed out with forms 01, 02 and 03. `legal_basis`: of the criteria; `online`: where it may be
    filled in instead.
    """

    office: Office
    subject: Subject
    criteria: tuple[RatingCriterion, ...]
    legal_basis: str
    issued_on: date
    online: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    name: str
    file: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SubmittedData:
    """Bản in hồ sơ đã nộp: proof of what was handed in, when. `answers`: of `renderers.html.summary.render_summary`."""

    office: Office
    subject: Subject
    submitted_at: datetime
    answers: Markup
    files: tuple[Attached, ...] = ()
    fees: tuple[FeeLine, ...] = ()
    declaration: str = ""
    next_step: str = ""
    bearer: str = ""
