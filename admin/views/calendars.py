"""The working calendar of each year and the hours of agencies: seen as months, changed with what it does told first."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import abort, request, url_for
from flask_admin import expose

from admin import posted
from admin.sheet import Act, Box, Cell, Form, Record, Section, Tone
from admin.views.base import ADMINS, Answer
from admin.views.desk import Desk, reason
from renderers.text import instant
from rules.calendar import FIRST_YEAR, LAST_YEAR, Calendar
from tthc.accounts.session import current_account
from tthc.calendars import effect, grid, lines
from tthc.calendars.store import PROVINCE, Scope, read_back
from tthc.services import services
from tthc.web.access import access

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
LOOKED_AT = 2_000
SHOWN = 20
BUSY = "Lịch vừa được sửa ở nơi khác. Ông/bà tải lại trang, xem lại rồi sửa tiếp."


class Calendars(Desk):
    """Years and hours; every decision is kept with its document, the shipped calendar stays under them."""

    @expose("/")
    def index(self) -> Answer:
        s = services()
        calendar = s.calendars.calendar()
        decided = s.calendars.decisions()
        changed = {d.year for d in decided if d.scope == "year"}
        rows = [
            (
                Cell(str(year), url_for(".year", year=year)),
                Cell("Đã xác nhận", tone="ok")
                if calendar.confirmed(year)
                else Cell("Chưa xác nhận", tone="warn"),
                "Quản trị đã sửa" if year in changed else "Theo dữ liệu ban đầu",
                str(s.calendars.year(year).get("source") or "–"),
            )
            for year in s.calendars.years()
        ]
        names = {a.id: a.name for a in s.agencies.all()}
        hours = [
            (
                names.get(d.agency, d.agency) if d.agency else "Toàn tỉnh",
                "\n".join(_hours_words(row) for row in d.data["sessions"]) or "Bỏ giờ riêng",
                d.reason,
                instant(d.at),
            )
            for d in reversed(decided)
            if d.scope == "hours"
        ]
        newest = max(s.calendars.years(), default=s.clock.now().year)
        return self.record(
            Record(
                title="Lịch làm việc",
                lead="Ngày hẹn trả tính theo lịch này. Năm chưa xác nhận thì ngày hẹn có ghi chú.",
                acts=(
                    Act(f"Thêm năm {newest + 1}", url_for(".edit", year=newest + 1), kind=""),
                    Act("Sửa giờ làm việc", url_for(".hours")),
                ),
                sections=(
                    Section("Ngày nghỉ từng năm", ("Năm", "Tình trạng", "Nguồn gốc", "Căn cứ"), rows),
                    Section(
                        "Giờ làm việc đã sửa",
                        ("Phạm vi", "Giờ", "Lý do", "Lúc"),
                        hours,
                        "Chưa sửa: 07:30–11:30 và 13:30–17:30 các ngày làm việc.",
                    ),
                ),
            )
        )

    @expose("/nam/<int:year>/")
    def year(self, year: int) -> str:
        _known(year)
        s = services()
        decided = [d for d in s.calendars.decisions() if d.scope == "year" and d.year == year]
        history = [(instant(d.at), d.by, d.reason, d.data.get("source", "")) for d in reversed(decided)]
        return self._months(s.calendars.calendar(), year, history)

    @expose("/nam/<int:year>/sua", methods=("GET", "POST"))
    @access(ADMINS)
    def edit(self, year: int) -> Answer:
        _known(year)
        if request.method == "GET":
            return self._edit(year, {})
        return self.tried(lambda: self._save_year(year), lambda wrong: self._edit(year, wrong))

    @expose("/gio", methods=("GET", "POST"))
    @access(ADMINS)
    def hours(self) -> Answer:
        if request.method == "GET":
            return self._hours({})
        return self.tried(self._save_hours, self._hours)

    def _months(self, calendar: Calendar, year: int, history: Sequence[tuple[str, ...]]) -> str:
        return self.show(
            "admin/calendar.html",
            year=year,
            months=grid.months(calendar, year),
            weekdays=WEEKDAYS,
            confirmed=calendar.confirmed(year),
            source=services().calendars.year(year).get("source") or "",
            history=Section("Các lần sửa", ("Lúc", "Người", "Lý do", "Căn cứ"), history, "Chưa sửa lần nào."),
            breadcrumbs=[("Lịch làm việc", url_for(".index")), (f"Năm {year}", "")],
        )

    def _edit(
        self, year: int, wrong: Mapping[str, str], shown: Callable[[str], Calendar] | None = None
    ) -> Answer:
        s = services()
        now = s.calendars.year(year)
        boxes = [
            Box("off", "Ngày nghỉ", "textarea", lines.write(now.get("off") or ()), "Mỗi dòng: ngày hoặc khoảng ngày | nghỉ lễ, nghỉ bù hoặc hoán đổi | tên dịp nghỉ (hoán đổi thì ghi ngày làm bù)."),
            Box("source", "Căn cứ", value=now.get("source") or "", help="Số, ngày của thông báo nghỉ lễ, tết, hoán đổi."),
            Box("confirmed", "Xác nhận", "checks", ["1"] if now.get("confirmed") else [], options=[("1", "Thông báo chính thức của năm này đã ban hành")]),
            Box("reason", "Lý do sửa", "textarea"),
            Box("rev", type="hidden", value=s.calendars.revision()),
        ]  # fmt: skip
        notes, sections = self._told(shown)
        if shown is not None:
            sections = [*sections, *_special_days(shown(PROVINCE), year)]
            boxes.append(Box("seen", type="hidden", value="1"))
        return self.form(
            Form(
                title=f"Lịch nghỉ năm {year}",
                boxes=boxes,
                notes=notes,
                sections=sections,
                button="Lưu lịch này" if shown else "Xem trước",
                back=url_for(".year", year=year),
                typed=_typed(),
                wrong=wrong,
                breadcrumbs=[("Lịch làm việc", url_for(".index")), (f"Năm {year}", "")],
            )
        )

    def _save_year(self, year: int) -> Answer:
        try:
            off = lines.read(posted.text("off", most=20_000), year)
        except lines.LinesError as error:
            raise posted.PostedError(str(error), "off") from error
        source = posted.text("source", missing="Ghi văn bản làm căn cứ.")
        why = reason()
        data = {"confirmed": request.form.get("confirmed") == "1", "source": source, "off": list(off)}
        shown = _tried({"years": {year: data}}, "off")
        if request.form.get("seen") != "1":
            return self._edit(year, {}, shown)
        before = services().calendars.year(year)
        self._decide("year", data, "off", why, year=year)
        self._log("year", f"Năm {year}", why, _plain(before), _plain(data))
        return self.done(
            f"Đã lưu lịch năm {year}. Ngày hẹn của hồ sơ đang giải quyết được tính lại trong ít phút.",
            url_for(".year", year=year),
        )

    def _hours(self, wrong: Mapping[str, str], shown: Callable[[str], Calendar] | None = None) -> Answer:
        s = services()
        agencies = [(a.id, a.name) for a in s.agencies.active(s.clock.now().date())]
        notes, sections = self._told(shown)
        boxes = [
            Box("agency", "Cơ quan", "select", required=False, options=agencies, help="Để trống là toàn tỉnh."),
            Box("hours", "Giờ làm việc", "textarea", "07:30-11:30, 13:30-17:30", "Mỗi dòng một quy định; dòng sau hơn dòng trước. Có thể ghi thêm thời gian áp dụng và thứ: 07:00-11:30, 13:30-17:00 | 16/04-15/10 | 2-6. Để trống là bỏ giờ riêng."),
            Box("reason", "Căn cứ", "textarea", help="Số, ngày của quyết định về giờ làm việc."),
            Box("rev", type="hidden", value=s.calendars.revision()),
        ]  # fmt: skip
        if shown is not None:
            boxes.append(Box("seen", type="hidden", value="1"))
        return self.form(
            Form(
                title="Giờ làm việc",
                boxes=boxes,
                notes=notes,
                sections=sections,
                button="Lưu giờ này" if shown else "Xem trước",
                back=url_for(".index"),
                typed=_typed(),
                wrong=wrong,
                breadcrumbs=[("Lịch làm việc", url_for(".index")), ("Giờ làm việc", "")],
            )
        )

    def _save_hours(self) -> Answer:
        s = services()
        agency = posted.text("agency", most=80)
        if agency and s.agencies.get(agency) is None:
            raise posted.PostedError("Chọn cơ quan trong danh sách.", "agency")
        why = reason()
        sessions = [
            _session(line, why) for line in posted.text("hours", most=2_000).splitlines() if line.strip()
        ]
        shown = _tried(
            {"units": {agency: {"sessions": sessions}}} if agency else {"sessions": sessions}, "hours"
        )
        if request.form.get("seen") != "1":
            return self._hours({}, shown)
        self._decide("hours", {"sessions": sessions}, "hours", why, agency=agency)
        words = [_hours_words(row) for row in sessions]
        self._log("hours", agency or "Toàn tỉnh", why, {}, {"sessions": words})
        return self.done(
            "Đã lưu giờ làm việc. Ngày hẹn của hồ sơ đang giải quyết được tính lại trong ít phút.",
            url_for(".index"),
        )

    def _decide(self, scope: Scope, data: Mapping[str, Any], box: str, why: str, **about: Any) -> None:
        s = services()
        seen = posted.number("rev", "Phiên", least=0, most=10**9)
        saved = s.calendars.decide(
            scope, data, by=current_account().name, at=s.clock.now(), reason=why, seen=seen, **about
        )
        if not saved:
            raise posted.PostedError(BUSY, box)

    def _told(self, shown: Callable[[str], Calendar] | None) -> tuple[list[tuple[Tone, str]], list[Section]]:
        """What the change would do to the dossiers under way (calendar.md 3.2)."""
        if shown is None:
            return [], []
        s = services()
        ids = s.repository.with_due_dates()
        looked = [d for d in (s.repository.get(i) for i, _ in ids[:LOOKED_AT]) if d is not None]
        found = effect.moved(looked, shown)
        more = f" (mới xem {LOOKED_AT} hồ sơ đầu)" if len(ids) > LOOKED_AT else ""
        said = (
            f"Lịch này làm thay đổi ngày hẹn của {len(found)} trong {len(ids)} hồ sơ đang giải quyết{more}; "
            "người nộp sẽ được báo ngày mới."
            if found
            else f"Lịch này không làm thay đổi ngày hẹn của hồ sơ nào trong {len(ids)} hồ sơ đang giải quyết{more}."
        )
        rows = [(m.code, instant(m.before), instant(m.after)) for m in found[:SHOWN]]
        sections = [Section("Ngày hẹn thay đổi", ("Hồ sơ", "Đang hẹn", "Sẽ hẹn"), rows)] if rows else []
        return [("warn" if found else "info", said)], sections

    def _log(
        self, what: str, label: str, why: str, before: Mapping[str, object], after: Mapping[str, object]
    ) -> None:
        self.written(
            f"calendar.{what}",
            kind="calendar",
            target=label,
            label=f"Lịch làm việc: {label}",
            reason=why,
            before=before,
            after=after,
        )


def _special_days(calendar: Calendar, year: int) -> list[Section]:
    rows = [
        (f"{cell.day:02}/{month.number:02}/{year}", cell.why)
        for month in grid.months(calendar, year)
        for week in month.weeks
        for cell in week
        if cell and cell.mark
    ]
    return [Section(f"Ngày nghỉ và làm bù năm {year} theo lịch này", ("Ngày", "Vì"), rows)]


def _tried(layer: Mapping[str, object], box: str) -> Callable[[str], Calendar]:
    try:
        return services().calendars.tried(read_back(layer))
    except ValueError as error:
        raise posted.PostedError(str(error), box) from error


def _session(line: str, source: str) -> dict[str, Any]:
    """`07:00-11:30, 13:30-17:00 | 16/04-15/10 | 2-6`: hours, the season, first and last weekday (2 Monday … 8 Sunday)."""
    hours, *rest = (part.strip() for part in line.split("|"))
    row: dict[str, Any] = {"hours": [h.strip() for h in hours.split(",") if h.strip()], "source": source}
    for part in rest:
        season = re.fullmatch(r"(\d\d)/(\d\d)\s*-\s*(\d\d)/(\d\d)", part)
        days = re.fullmatch(r"([2-8])(?:\s*-\s*([2-8]))?", part)
        if season:
            row["season"] = {"from": f"{season[2]}-{season[1]}", "to": f"{season[4]}-{season[3]}"}
        elif days:
            first, last = int(days[1]) - 1, int(days[2] or days[1]) - 1
            row["weekdays"] = list(range(first, last + 1))
        else:
            raise posted.PostedError(
                f"“{part[:40]}”: sau giờ ghi mùa như 16/04-15/10, hoặc thứ như 2-6 (8 là Chủ Nhật).", "hours"
            )
    return row


def _hours_words(row: Mapping[str, Any]) -> str:
    words = ", ".join(row["hours"])
    if season := row.get("season"):
        words += f"; từ {_dm(season['from'])} đến {_dm(season['to'])}"
    if days := row.get("weekdays"):
        words += f"; {', '.join(WEEKDAYS[d - 1] for d in days)}"
    return words


def _dm(text: str) -> str:
    month, _, day = text.partition("-")
    return f"{day}/{month}"


def _plain(data: Mapping[str, Any]) -> dict[str, object]:
    return {
        "confirmed": bool(data.get("confirmed")),
        "source": str(data.get("source") or ""),
        "off": lines.write(data.get("off") or ()).splitlines(),
    }


def _typed() -> dict[str, object]:
    if request.method != "POST":
        return {}
    return {k: v for k, v in posted.typed().items() if k not in {"seen", "csrf_token"}}


def _known(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
