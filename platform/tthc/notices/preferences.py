"""Which notices a citizen wants beside the portal's inbox, and which of them no one can switch off (Đ10.2b).

The portal's inbox gets everything. What the law has the agency tell goes by e-mail and text message too, whatever was
chosen; the rest goes there unless it was switched off. Rows of the collection `notice_preferences`, one an account: what
is off. Looked at when a notice is sent, so a change counts from then on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pymongo.database import Database

from rules.i18n import noted

CHOSEN_CHANNELS: Final[Mapping[str, str]] = {"email": noted("Thư điện tử"), "sms": noted("Tin nhắn")}


@dataclass(frozen=True, slots=True)
class Kind:
    """Notices of one occasion. `rule`: the article that has them told, empty where the applicant may do without."""

    id: str
    label: str
    templates: frozenset[str]
    rule: str = ""


KINDS: Final[tuple[Kind, ...]] = (
    Kind(
        "tiep_nhan",
        noted("Hồ sơ được tiếp nhận, hẹn ngày trả"),
        frozenset({"accepted"}),
        "Đ10.2b",  # vi: an article
    ),
    Kind(
        "bo_sung",
        noted("Yêu cầu bổ sung, tệp bị chặn, không tiếp nhận, dừng giải quyết"),
        frozenset({"supplement_requested", "malware_found", "refused", "stopped"}),
        "Đ10.2c",  # vi: an article
    ),
    Kind(
        "tra_loi",
        noted("Xin ông/bà trả lời; im lặng được coi là đồng ý"),
        frozenset({"confirm_requested", "consent_assumed"}),
        "Đ13.3",  # vi: an article
    ),
    Kind(
        "xac_minh",
        noted("Hẹn xác minh thực tế"),
        frozenset({"verification_arranged"}),
        "Đ13.3b",  # vi: an article
    ),
    Kind(
        "gia_han",
        noted("Gia hạn, xin lỗi và hẹn lại ngày trả"),
        frozenset({"extended", "apologised"}),
        "Đ13.3đ, Đ15.1d",  # vi: an article
    ),
    Kind(
        "ket_qua",
        noted("Đã có kết quả, không giải quyết"),
        frozenset({"result_ready", "notice_ready", "declined"}),
        "Đ15.1",  # vi: an article
    ),
    Kind(
        "tien",
        noted("Đã nhận phí, lệ phí; trả lời đề nghị hoàn, đã hoàn"),
        frozenset({"payment_received", "refund_answered", "refund_made"}),
        "Đ10.4",  # vi: an article
    ),
    Kind("da_nop", noted("Đã nộp hồ sơ"), frozenset({"submitted"})),
    Kind(
        "nhac",
        noted("Nhắc trước hạn trả lời, nhắc đến nhận kết quả"),
        frozenset({"answer_reminder", "uncollected"}),
    ),
    Kind("xong", noted("Đã trả kết quả, đã rút hồ sơ"), frozenset({"returned", "withdrawn"})),
    Kind(
        "thay_doi",
        noted("Đổi ngày do lịch làm việc, đổi cơ quan, đổi bản thủ tục, hồ sơ chờ bố trí người xử lý"),
        frozenset({"recounted", "succeeded", "version_moved", "stuck_applicant"}),
    ),
)
_OF_TEMPLATE: Final[Mapping[str, Kind]] = {t: kind for kind in KINDS for t in kind.templates}


def choosable() -> frozenset[str]:
    """`kind:channel` of everything that may be switched off."""
    return frozenset(f"{kind.id}:{channel}" for kind in KINDS if not kind.rule for channel in CHOSEN_CHANNELS)


class Preferences:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database["notice_preferences"]
        self._dossiers = database["dossiers"]

    def off(self, account: str) -> frozenset[str]:
        """What this account switched off, as `kind:channel`."""
        row = self._rows.find_one({"_id": account})
        return frozenset(row["off"]) & choosable() if row else frozenset()

    def choose(self, account: str, on: Iterable[str], now: datetime) -> frozenset[str]:
        """Keep what stays on; all else that may be is off. What may not be switched off is not looked at."""
        off = choosable() - frozenset(on)
        self._rows.replace_one({"_id": account}, {"off": sorted(off), "at": now}, upsert=True)
        return off

    def unwanted(self, dossier: str, template: str, channel: str) -> bool:
        """Whether the owner of the dossier does without this notice on this channel."""
        kind = _OF_TEMPLATE.get(template)
        if kind is None or kind.rule or channel not in CHOSEN_CHANNELS:
            return False
        row = self._dossiers.find_one({"_id": dossier}, {"owner": 1})
        owner = row.get("owner") if row else None
        return bool(owner) and f"{kind.id}:{channel}" in self.off(str(owner))
