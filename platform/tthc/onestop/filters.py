"""What a list was narrowed to, read off its address and written back into it, so that it can be linked and saved.

The address: `q` words (code, name, telephone, citizen number), `tt` procedure, `lv` sector, `buoc` step, `kenh` channel,
`han` due state, `ai` who has it (`chua` nobody, `toi` the reader, or an account), `tu` and `den` days of handing in, both
inclusive, `xep` the order. `sau` and `truoc`, the page keys, are no filter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Final

from definitions.functions import FUNCTIONS
from rules.calendar import TZ
from rules.workflow.model import APPLICANT, EXTERNAL
from tthc.dossiers.context import Actor
from tthc.dossiers.listing import Order, Wanted
from tthc.onestop.inboxes import SOON, WITH_APPLICANT
from tthc.portal.public_number import scanned

CHANNELS: Final[Mapping[str, str]] = {
    "online": "Trực tuyến",
    "counter": "Tại quầy",
    "post": "Bưu chính",
}
DUE: Final[Mapping[str, str]] = {
    "qua-han": "Quá hạn",
    "hom-nay": "Đến hạn hôm nay",
    "sap-den-han": "Sắp đến hạn",
    "cho-nguoi-nop": "Chờ người nộp",
}
ORDERS: Final[Mapping[str, tuple[str, Order]]] = {
    "han": ("Gần hạn trước", Order.DUE),
    "moi": ("Mới nộp trước", Order.NEWEST),
    "cu": ("Nộp lâu trước", Order.OLDEST),
}
NOBODY: Final = "chua"
ME: Final = "toi"
WORKERS: Final = tuple(sorted(set(FUNCTIONS) - {APPLICANT, EXTERNAL}))
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class Filters:
    """As typed, trimmed and bounded; the names are those of the address."""

    q: str = ""
    tt: str = ""
    lv: str = ""
    buoc: str = ""
    kenh: str = ""
    han: str = ""
    ai: str = ""
    tu: str = ""
    den: str = ""
    xep: str = ""

    @classmethod
    def read(cls, args: Mapping[str, str]) -> "Filters":
        """Of an address or of a saved view; what a list does not know is left out."""
        typed = {name: args.get(name, "").strip()[:_LONGEST] for name in NAMES}
        if "/tra-cuu?" in typed["q"]:
            # a reader at the counter types the address on the receipt: its code is meant (Đ16.1c)
            typed["q"] = scanned(args.get("q", ""))[0]
        return cls(**typed)

    def args(self) -> dict[str, str]:
        """What the address carries: only what was chosen."""
        return {name: value for name in NAMES if (value := getattr(self, name))}

    @property
    def narrowed(self) -> bool:
        return any(name != "xep" for name in self.args())

    @property
    def order(self) -> Order:
        return ORDERS.get(self.xep, ORDERS["han"])[1]

    def problems(self) -> list[str]:
        """What could not be read, as sentences; the list goes without it."""
        found = [
            f"Không đọc được {label} “{value}”; nhập theo dạng ngày/tháng/năm."
            for label, value in (("ngày bắt đầu", self.tu), ("ngày kết thúc", self.den))
            if value and _day(value) is None
        ]
        start, end = _day(self.tu), _day(self.den)
        if start and end and start > end:
            found.append("Ngày bắt đầu ở sau ngày kết thúc nên danh sách trống; sửa lại một trong hai ngày.")
        for name, known in (("han", DUE), ("kenh", CHANNELS), ("xep", ORDERS)):
            value = getattr(self, name)
            if value and value not in known:
                found.append(f"Không có lựa chọn “{value}” để lọc; chọn lại trong danh sách.")
        return found

    def wanted(self, actor: Actor, agency: str, now: datetime, of_sector: Iterable[str]) -> Wanted:
        """What the list is narrowed to. `of_sector`: codes of the procedures of the sector chosen."""
        procedures: tuple[str, ...] | None = None
        if self.tt or self.lv:
            chosen = set(of_sector) if self.lv else {self.tt}
            procedures = tuple(sorted(chosen & {self.tt} if self.tt else chosen))
        start, end = _day(self.tu), _day(self.den)
        due = _due(self.han, now)
        return Wanted(
            procedures=procedures,
            step=self.buoc,
            channel=self.kenh if self.kenh in CHANNELS else "",
            assignee={ME: actor.id, NOBODY: ""}.get(self.ai, self.ai),
            unclaimed=WORKERS if self.ai == NOBODY else (),
            unclaimed_at=agency,
            statuses=due.statuses,
            due_from=due.due_from,
            due_before=due.due_before,
            handed_from=_midnight(start) if start else None,
            handed_before=_midnight(end + timedelta(days=1)) if end else None,
            text=self.q,
        )


NAMES: Final = tuple(each.name for each in fields(Filters))


def _due(state: str, now: datetime) -> Wanted:
    tomorrow = _midnight(now.astimezone(TZ).date() + timedelta(days=1))
    match state:
        case "qua-han":
            return Wanted(due_before=now)
        case "hom-nay":
            return Wanted(due_from=now, due_before=tomorrow)
        case "sap-den-han":
            return Wanted(due_from=now, due_before=now + SOON)
        case "cho-nguoi-nop":
            return Wanted(statuses=WITH_APPLICANT)
        case _:
            return Wanted()


def today(agency: str, now: datetime) -> Wanted:
    """What is due on this day and not late yet."""
    due = _due("hom-nay", now)
    return Wanted((agency,), due_from=due.due_from, due_before=due.due_before)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    # nothing was handed in before or will be after, and instants reach no further either way
    return found if found is not None and 1900 <= found.year <= 9000 else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TZ)
