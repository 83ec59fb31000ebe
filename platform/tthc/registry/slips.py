"""The registration slip (phiếu đăng ký, Đ9.3a): which procedures are put forward at which level, with what. Pure.

soạn → đã gửi; from then on each row says what became of its version: chờ thẩm định, đạt, trả lại, đã công bố.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from definitions.lifecycle import State, Version
from definitions.lint.law import level_demands
from definitions.model import Definition
from definitions.standing import label as label_of
from tthc.registry.model import CODE, Decision, RegistryError

ONLINE: Final = 3
"""From this level on a procedure needs a form and a workflow, and the consent of Đ5.3."""
OPEN: Final = frozenset({State.DRAFT, State.RETURNED})
MOST_ROWS: Final = 200
_WORDS: Final = {
    State.REGISTERED: ("Chờ thẩm định", "warn"),
    State.RETURNED: ("Trả lại", "bad"),
    State.APPROVED: ("Đạt", "info"),
    State.PUBLISHED: ("Đã công bố", "ok"),
}


@dataclass(frozen=True, slots=True)
class Consent:
    """Văn bản chấp thuận of the People's Committee to build or raise the service (Đ5.3)."""

    number: str
    day: date


@dataclass(frozen=True, slots=True)
class Row:
    """`version`: id of the definition's version put forward, empty where only information is given (levels 1 and 2).

    `sent_at`: when that version was registered by this slip; `error`: why it was not, the last time it was tried.
    """

    code: str
    level: int
    version: str = ""
    consent: Consent | None = None
    sent_at: datetime | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of a sending, word for word. `to`: account keys."""

    at: datetime
    to: tuple[str, ...]
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Slip:
    """`agency`: who registers, an id or empty; `rev` counts the writes; `told`: the notices of its sendings, oldest
    first.
    """

    id: str
    decision: Decision
    agency: str
    note: str
    rows: tuple[Row, ...]
    by: str
    at: datetime
    sent_at: datetime | None = None
    rev: int = 0
    told: tuple[Told, ...] = ()

    @property
    def draft(self) -> bool:
        return self.sent_at is None

    @property
    def unsent(self) -> tuple[Row, ...]:
        """Rows that a sent slip could not hand in, to be sent again."""
        return () if self.draft else tuple(row for row in self.rows if row.sent_at is None)

    @property
    def state(self) -> str:
        if self.draft:
            return "Đang soạn"
        return "Đã gửi một phần" if self.unsent else "Đã gửi"

    @property
    def tone(self) -> str:
        return "" if self.draft else "warn" if self.unsent else "ok"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a row has come to."""

    label: str
    tone: str
    error: str = ""


def standing(row: Row, version: Version | None, day: date) -> Standing:
    """`version`: the row's, as it is now; `day`: today."""
    if row.sent_at is None:
        return Standing("Chưa gửi được", "bad", row.error) if row.error else Standing("Chưa gửi", "")
    if not row.version:
        return Standing("Đã ghi nhận", "ok")
    if version is None:
        return Standing("Không còn phiên bản", "bad")
    ending = "ok" if version.in_force(day) else ""
    label, tone = _WORDS.get(version.state, (label_of(version, day), ending))
    if version.state is State.DRAFT:
        return Standing("Đang sửa lại", "warn")
    return Standing(label, tone)


def reworded(slip: Slip, decision: Decision, agency: str, note: str) -> Slip:
    """With another head; raises RegistryError once it was sent."""
    _still_draft(slip)
    return replace(slip, decision=decision, agency=agency, note=note)


def put(slip: Slip, row: Row) -> Slip:
    """The slip with this row, in the place of one for the same procedure; raises RegistryError."""
    _still_draft(slip)
    if not CODE.fullmatch(row.code):
        raise RegistryError("Mã thủ tục có dạng một chữ số, dấu chấm, sáu chữ số.", "code")
    if not 1 <= row.level <= 4:
        raise RegistryError("Chọn mức độ đăng ký từ 1 đến 4.", "level")
    if row.level >= ONLINE and not row.version:
        raise RegistryError(
            "Mức độ 3, 4 phải kèm bản cấu hình có biểu mẫu và quy trình; chọn bản nháp của thủ tục này.",
            "version",
            "Đ9.3a",
        )
    if any(one.code == row.code for one in slip.rows):
        return replace(slip, rows=tuple(row if one.code == row.code else one for one in slip.rows))
    if len(slip.rows) >= MOST_ROWS:
        raise RegistryError(f"Mỗi phiếu tối đa {MOST_ROWS} thủ tục; lập thêm phiếu khác.", "code")
    return replace(slip, rows=(*slip.rows, row))


def drop(slip: Slip, code: str) -> Slip:
    _still_draft(slip)
    return replace(slip, rows=tuple(row for row in slip.rows if row.code != code))


def sent(slip: Slip, at: datetime) -> Slip:
    """As sent: rows that hold information only are noted, the others wait for their versions to be registered."""
    if not slip.rows:
        raise RegistryError("Phiếu chưa có thủ tục nào; thêm ít nhất một thủ tục rồi gửi.", "", "Đ9.3a")
    rows = tuple(row if row.version or row.sent_at else replace(row, sent_at=at) for row in slip.rows)
    return replace(slip, sent_at=slip.sent_at or at, rows=rows)


def marked(slip: Slip, code: str, *, at: datetime | None, error: str = "") -> Slip:
    """With what came of handing in one row."""
    rows = tuple(replace(row, sent_at=at, error=error) if row.code == code else row for row in slip.rows)
    return replace(slip, rows=rows)


def registered_since(before: Slip, after: Slip) -> tuple[Row, ...]:
    """The rows with a definition that a sending has handed in."""
    earlier = {row.code for row in before.rows if row.sent_at is not None}
    return tuple(
        row for row in after.rows if row.version and row.sent_at is not None and row.code not in earlier
    )


def row_faults(
    row: Row, version: Version | None, definition: Definition | None, *, consent_wanted: bool
) -> tuple[str, ...]:
    """Why the row cannot be handed in as it is; the gate of the version itself is asked elsewhere (Đ9.3a, Đ5.3)."""
    found: list[str] = []
    if consent_wanted and row.level >= ONLINE and row.consent is None:
        found.append("Thiếu số, ngày văn bản chấp thuận xây dựng, nâng cấp dịch vụ mức độ 3, 4 (Đ5.3).")
    if not row.version:
        return tuple(found)
    if version is None or version.procedure != row.code:
        return (*found, "Không tìm thấy phiên bản này của thủ tục; chọn lại bản nháp.")
    if version.state not in OPEN:
        found.append(f"Phiên bản {version.state.label}; chỉ gửi được bản nháp hoặc bản bị trả lại.")
    if definition is None:
        return (*found, "Bản cấu hình còn lỗi; mở phiên bản, sửa hết lỗi rồi gửi lại.")
    if definition.service_level != row.level:
        found.append(
            f"Phiếu đăng ký mức độ {row.level} nhưng bản cấu hình ghi mức độ {definition.service_level}; sửa cho khớp."
        )
    if row.level >= ONLINE:
        found.extend(f"{what} {remedy}" for _, what, remedy in level_demands(definition))
    return tuple(found)


def consent_of(slips: Sequence[Slip], version_id: str) -> Consent | None:
    """The consent that some slip gives for the version; the last one given."""
    given = [row.consent for slip in slips for row in slip.rows if row.version == version_id and row.consent]
    return given[-1] if given else None


def _still_draft(slip: Slip) -> None:
    if not slip.draft:
        raise RegistryError("Phiếu đã gửi nên không sửa được; lập phiếu mới cho phần thay đổi.", "", "Đ9.3a")
