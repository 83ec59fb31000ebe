"""What each paper says. Plain values: no dossier, no database, no clock.

Datetimes are aware; empty text is printed as a dotted line where a hand may fill it in.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from markupsafe import Markup

Result = Literal["early", "on_time", "late", ""]


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
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả. `time_words`: `15 ngày làm việc`; `due` none: không quy định."""

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
    """Phiếu xin lỗi (2018), văn bản xin lỗi và đề nghị gia hạn (2025)."""

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
class Handover:
    """One row of the control sheet: given to `agency` at `given_at`, taken at `taken_at`."""

    agency: str
    given_at: datetime | None
    taken_at: datetime | None
    giver: str = ""
    taker: str = ""
    result: Result = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ControlData:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ."""

    office: Office
    subject: Subject
    rows: tuple[Handover, ...]
    issued_on: date


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
