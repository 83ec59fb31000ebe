"""What must be so before somebody is written down as away (Đ13 đầu)."""

from datetime import date, datetime

from rules.calendar import TZ
from tthc.accounts.absences import LONGEST_DAYS, Absences, overlaps
from tthc.accounts.model import Account
from tthc.accounts.service import AccountError


def announce(
    absences: Absences,
    who: Account,
    cover: Account | None,
    *,
    agency: str,
    start: date,
    until: date,
    reason: str,
    by: Account,
    now: datetime,
) -> str:
    """Write a leave down; its id. `cover` must hold a function that `who` holds there, since a leave lends none. Raises
    AccountError.
    """
    today = now.astimezone(TZ).date()
    if until < start:
        raise AccountError("Ngày cuối phải từ ngày đầu trở đi.", "until")
    if until < today:
        raise AccountError("Khoảng thời gian này đã qua; chỉ báo vắng từ hôm nay trở đi.", "until")
    if (until - start).days >= LONGEST_DAYS:
        raise AccountError("Báo vắng dài nhất một năm; nghỉ lâu hơn thì đề nghị giao lại chức năng.", "until")
    if cover is None or cover.key == who.key or not cover.functions_at(agency) & who.functions_at(agency):
        raise AccountError("Chọn người làm thay: đồng nghiệp giữ cùng chức năng tại cơ quan này.", "cover")
    if not reason.strip():
        raise AccountError("Ghi lý do vắng, ví dụ: nghỉ phép, đi công tác.", "reason")
    if (other := overlaps(start, until, absences.of(who.key, agency, now))) is not None:
        raise AccountError(f"Đã báo vắng {_period(other.start, other.last)}; chọn ngày khác.", "start")
    if (other := overlaps(start, until, absences.of(cover.key, agency, now))) is not None:
        raise AccountError(
            f"{cover.name} cũng vắng {_period(other.start, other.last)}; chọn người khác.", "cover"
        )
    covered = tuple(a for a in absences.in_agency(agency, now) if a.cover == who.key)
    if (other := overlaps(start, until, covered)) is not None:
        raise AccountError(
            f"{who.name} đang nhận làm thay {other.name} {_period(other.start, other.last)}; "
            f"{other.name} cần chọn người làm thay khác trước.",
            "start",
        )
    return absences.add(
        account=who.key,
        name=who.name,
        agency=agency,
        start=start,
        until=until,
        cover=cover.key,
        cover_name=cover.name,
        reason=reason.strip()[:300],
        by_name=by.name,
        at=now,
    )


def _period(start: date, until: date) -> str:
    return f"từ {start:%d/%m/%Y} đến {until:%d/%m/%Y}"
