"""Đ25.2: dossiers must have their full status and information. What is missing is found rule by rule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tthc.dossiers.state import Channel, Dossier, Status
from tthc.measures.life import Life, Stand


@dataclass(frozen=True, slots=True)
class Rule:
    """`name`: what is missing; `mend`: what to do about it; `source`: the clause that wants it."""

    name: str
    mend: str
    source: str


RULES: Final[Mapping[str, Rule]] = {
    "nobody": Rule(
        "Không có ai đang giữ", "Báo quản trị hệ thống: hồ sơ đang mở mà không bước nào chờ ai.", "Đ11.2"
    ),
    "intake_late": Rule(
        "Quá 08 giờ làm việc chưa tiếp nhận", "Tiếp nhận, yêu cầu bổ sung hoặc từ chối hồ sơ.", "Đ10.2a"
    ),
    "overdue_silent": Rule(
        "Quá hạn mà chưa xin lỗi", "Dùng chức năng “Xin lỗi” và hẹn lại ngày trả.", "Đ15.1d"
    ),
    "address": Rule("Thiếu địa chỉ người nộp", "Ghi địa chỉ ở lần tiếp xúc sau.", "Đ12.1b"),
    "phone": Rule("Thiếu số điện thoại người nộp", "Hỏi và ghi số điện thoại để thông báo được.", "Đ10.2b"),
    "number": Rule(
        "Thiếu số định danh hoặc mã số thuế", "Ghi số định danh cá nhân hoặc mã số thuế.", "Đ12.1b"
    ),
    "scan": Rule(
        "Thành phần đã kiểm tra mà chưa số hóa", "Chụp hoặc quét thành phần và đính vào hồ sơ.", "Đ12.1b"
    ),
    "date": Rule("Không có hạn trả", "Kiểm tra thời hạn trong bản cấu hình của thủ tục.", "Đ10.3b"),
    "result": Rule("Kết thúc mà không có tệp kết quả", "Văn thư đính kèm kết quả dạng .pdf.", "Đ14.2"),
    "result_number": Rule("Kết quả thiếu số hoặc ngày", "Văn thư ghi số và ngày của kết quả.", "Đ14.2"),
    "recipient": Rule("Trả kết quả mà không ghi người nhận", "Ghi tên người nhận kết quả.", "Đ15.1a"),
    "fee": Rule("Kết thúc mà chưa thu đủ phí, lệ phí", "Thu hoặc ghi nhận phí, lệ phí.", "Đ15.1a"),
}


def missing(dossier: Dossier) -> tuple[str, ...]:
    """The rules that a dossier breaks whatever the day."""
    return tuple(name for name, broken in _BROKEN.items() if broken(dossier))


def missing_at(life: Life, now: datetime) -> tuple[str, ...]:
    """All that it breaks at `now`, in the order of `RULES`; training aside (Đ24.5)."""
    if life.training:
        return ()
    found = set(life.lacking)
    mark = life.before(now)
    if mark is not None:
        if mark.stand is Stand.INTAKE and life.intake_due is not None and now > life.intake_due:
            found.add("intake_late")
        overdue = mark.stand is Stand.SOLVING and mark.due is not None and now > mark.due
        if overdue and not life.apologies:
            found.add("overdue_silent")
    return tuple(name for name in RULES if name in found)


def _unscanned(dossier: Dossier) -> bool:
    """A paper handed in over the counter of which only a note was kept, or none of which anything was kept."""
    if dossier.accepted_at is None or not dossier.checked:
        return False
    kept = [bool(paper.files) or paper.presented for paper in dossier.papers]
    return not all(kept) or not kept


def _results(dossier: Dossier) -> list[bool]:
    """Of each result, whether it has its number and its day."""
    return [bool(d.number and d.issued_on) for d in dossier.documents if d.kind == "result"]


def _returned(dossier: Dossier) -> bool:
    return dossier.status is Status.RETURNED


_DESKS: Final[frozenset[Channel]] = frozenset({"counter", "post"})
_BROKEN: Final[Mapping[str, Callable[[Dossier], bool]]] = {
    "nobody": lambda d: not d.closed and not d.tasks,
    "address": lambda d: d.accepted_at is not None and not d.applicant.address.strip(),
    "phone": lambda d: d.accepted_at is not None and not d.applicant.phone.strip(),
    "number": lambda d: (
        d.accepted_at is not None and not (d.applicant.citizen_number or d.applicant.tax_number)
    ),
    "scan": lambda d: d.channel in _DESKS and _unscanned(d),
    "date": lambda d: (
        d.accepted_at is not None
        and not d.immediate
        and (d.deadline is None or d.deadline.original_due is None)
    ),
    "result": lambda d: _returned(d) and not d.immediate and not _results(d),
    "result_number": lambda d: not d.immediate and not all(_results(d)),
    "recipient": lambda d: _returned(d) and not d.recipient.strip(),
    "fee": lambda d: _returned(d) and bool(d.owed()),
}
