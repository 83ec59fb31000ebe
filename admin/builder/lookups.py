"""What an officer looks up beside the builder: lists of choices, agencies, the working calendar, who does what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

from admin.builder.choices import every_step, shared_name
from definitions import vocabularies, workflows
from definitions.editing.controls import word
from definitions.functions import FUNCTIONS
from definitions.grid.model import day_of
from renderers.text import folded
from rules.calendar import FIRST_YEAR, LAST_YEAR, Calendar
from tthc.accounts.session import current_account
from tthc.agencies.model import LEVEL_LABELS, Agency
from tthc.calendars import grid
from tthc.services import services

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {"danh-muc": "Danh mục", "co-quan": "Cơ quan", "lich": "Lịch", "chuc-nang": "Chức năng"}
)
MOST: Final = 40
WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ Nhật")


@dataclass(frozen=True, slots=True)
class Item:
    """One line: what it is called, its code (to be copied), what else is known. `into`: what opens it."""

    title: str
    code: str = ""
    told: str = ""
    into: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """`title`, `lead`: over the lines; `of`: how many there are where not all are shown; `chips`: (value, words) to
    narrow by; `answer`: on the day asked for.
    """

    kind: str
    title: str
    items: tuple[Item, ...] = ()
    lead: str = ""
    of: int = 0
    query: str = ""
    chosen: str = ""
    chips: tuple[tuple[str, str], ...] = ()
    answer: str = ""
    year: int = 0


def asked(data: Any, kind: str, chosen: str, query: str) -> Lookup | None:
    """`chosen`: a vocabulary, a level, a year. None for a kind that is none."""
    s = services()
    today = s.clock.now().date()
    match kind:
        case "danh-muc":
            return vocabulary(data, chosen, query)
        case "co-quan":
            return agencies(s.agencies.all(), chosen, query, today)
        case "lich":
            known = s.calendar(current_account().agency or "")
            return calendar(known, int(chosen) if chosen.isdecimal() else today.year, query, today)
        case "chuc-nang":
            return functions(data)
    return None


def vocabulary(data: Any, chosen: str, query: str) -> Lookup:
    """The lists of choices; the entries of one; or the entries of all that hold the words asked for."""
    own = data.get("vocabularies") if isinstance(data, Mapping) else None
    every: dict[str, Mapping[str, Any]] = {**vocabularies.shared()}
    every |= {k: v for k, v in own.items() if isinstance(v, Mapping)} if isinstance(own, Mapping) else {}
    if chosen in every:
        raw = every[chosen]
        found = tuple(_entry(each) for each in _matching(raw, query))
        title = str(raw.get("label", chosen))
        return _cut(Lookup("danh-muc", title, found, _source(raw), query=query, chosen=chosen))
    if query:
        found = tuple(
            _entry(each, str(raw.get("label", name)))
            for name, raw in every.items()
            for each in _matching(raw, query)
        )
        return _cut(Lookup("danh-muc", "Các mục có chữ này", found, query=query))
    lists = [
        Item(str(raw.get("label", name)), name, f"{len(_entries(raw))} mục", into=name)
        for name, raw in every.items()
    ]
    return Lookup("danh-muc", "Danh mục", tuple(lists))


def agencies(known: Iterable[Agency], level: str, query: str, today: date) -> Lookup:
    """By name or id, with level and how long each exists; those that have ended too, since old dossiers are theirs."""
    every = tuple(known)
    names = {agency.id: agency.name for agency in every}
    wanted = folded(query)
    found = tuple(
        _agency(agency, names, today)
        for agency in every
        if (not level or agency.level.value == level) and wanted in folded(f"{agency.name} {agency.id}")
    )
    chips = (("", "Tất cả"), *((str(key), label) for key, label in LEVEL_LABELS.items()))
    return _cut(Lookup("co-quan", "Cơ quan", found, query=query, chosen=level, chips=chips))


def calendar(known: Calendar, year: int, asked: str, today: date) -> Lookup:
    """The year's months with their days off and made up for, and what is said of the day asked for."""
    found = day_of(asked)
    day = found if found and FIRST_YEAR <= found.year <= LAST_YEAR else None
    year = day.year if day else year
    year = year if FIRST_YEAR <= year <= LAST_YEAR else today.year
    answer = ""
    if asked:
        answer = day_told(known, day) if day else "Ghi ngày như 20/11/2026, trong các năm 2000 đến 2100."
    lead = "Lịch năm này đã xác nhận." if known.confirmed(year) else "Lịch năm này chưa xác nhận."
    items = tuple(_month(month, year) for month in grid.months(known, year))
    return Lookup("lich", f"Lịch làm việc năm {year}", items, lead, query=asked, answer=answer, year=year)


def functions(data: Any) -> Lookup:
    """Who may do a step: functions of an agency, the applicant, other systems; and which steps each does here."""
    raw = workflows.shared().get(shared_name(data), {})
    told = data.get("workflow") if isinstance(data, Mapping) else None
    own = told if isinstance(told, Mapping) else {}
    roles: Mapping[str, Any] = raw.get("roles") or own.get("roles") or {}
    bound = own.get("roles") if raw else None
    plays = {
        role: str((bound or {}).get(role) or each.get("function", ""))
        for role, each in roles.items()
        if isinstance(each, Mapping)
    }
    does: dict[str, list[str]] = {}
    for step in every_step(data):
        actor = str(step.get("actor", ""))
        does.setdefault(plays.get(actor, actor), []).append(str(step.get("name", step["id"])))
    items = [
        Item(word(each), each, "; ".join(does.get(each, ())) or "Không làm bước nào ở thủ tục này")
        for each in FUNCTIONS
    ]
    items += [
        Item(str(each.get("label", role)), role, f"vai trò, do {word(plays[role]).lower()} làm")
        for role, each in roles.items()
        if role in plays
    ]
    return Lookup(
        "chuc-nang", "Chức năng và vai trò", tuple(items), "Mỗi bước ghi một chức năng hoặc vai trò."
    )


def day_told(known: Calendar, day: date) -> str:
    """`20/11/2026 (thứ Sáu): ngày làm việc, 07:30–11:30, 13:30–17:30.`"""
    head = f"{day:%d/%m/%Y} ({WEEKDAYS[day.weekday()]})"
    info = known.day(day)
    if info.kind.works:
        hours = ", ".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in known.sessions(day))
        why = f" ({info.reason})" if info.kind in grid.MARKS else ""
        return f"{head}: ngày làm việc{why}, {hours}."
    why = f" ({info.reason})" if info.reason else ""
    following = day + timedelta(days=1)
    while following.year <= LAST_YEAR and not known.is_working_day(following):
        following += timedelta(days=1)
    return f"{head}: ngày nghỉ{why}; ngày làm việc kế tiếp là {following:%d/%m/%Y}."


def _cut(full: Lookup) -> Lookup:
    """The first lines, and how many there are."""
    of = len(full.items) if len(full.items) > MOST else 0
    return replace(full, items=full.items[:MOST], of=of)


def _month(month: grid.Month, year: int) -> Item:
    """`Tháng 9: 21 ngày làm việc`, then every day that is not as its weekday; days in a row for one reason are one."""
    runs: list[tuple[int, int, str]] = []
    for cell in (cell for week in month.weeks for cell in week if cell and cell.mark):
        last = runs[-1] if runs else None
        if last and last[1] == cell.day - 1 and last[2] == cell.why:
            runs[-1] = (last[0], cell.day, cell.why)
        else:
            runs.append((cell.day, cell.day, cell.why))
    told = [
        f"{first:02}/{month.number:02}: {why}"
        if first == last
        else f"{first:02}–{last:02}/{month.number:02}: {why}"
        for first, last, why in runs
    ]
    return Item(f"Tháng {month.number}/{year}: {month.working} ngày làm việc", told="; ".join(told))


def _entries(raw: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = raw.get("entries")
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _matching(raw: Mapping[str, Any], query: str) -> list[Mapping[str, Any]]:
    wanted = folded(query)
    return [
        each
        for each in _entries(raw)
        if wanted in folded(f"{each.get('value', '')} {each.get('label', '')} {each.get('code', '')}")
    ]


def _entry(raw: Mapping[str, Any], of: str = "") -> Item:
    value, label = str(raw.get("value", "")), str(raw.get("label") or raw.get("value", ""))
    told = (
        of,
        f"mã nhà nước {raw['code']}" if "code" in raw else "",
        f"thuộc {raw['parent']}" if "parent" in raw else "",
        validity(raw.get("from"), raw.get("to")),
    )
    return Item(label, value if value != label else "", " · ".join(filter(None, told)))


def _agency(agency: Agency, names: Mapping[str, str], today: date) -> Item:
    after = ", ".join(names.get(each.agency, each.agency) for each in agency.successors)
    told = (
        LEVEL_LABELS[agency.level],
        validity(agency.valid_from, agency.valid_to),
        f"việc nay do {after} làm" if after and not agency.exists(today) else "",
    )
    tone = "" if agency.exists(today) else "Không còn hoạt động" if agency.valid_to else "Chưa hoạt động"
    return Item(agency.name, agency.id, " · ".join(filter(None, told)), tone=tone)


def validity(start: object, end: object) -> str:
    """`từ 01/07/2025`, `đến hết 30/06/2025`; empty where it is always so."""
    first, last = _shown(start), _shown(end)
    return " ".join(filter(None, (f"từ {first}" if first else "", f"đến hết {last}" if last else "")))


def _shown(day: object) -> str:
    found = day if isinstance(day, date) else day_of(str(day or ""))
    return f"{found:%d/%m/%Y}" if found else str(day or "")


def _source(raw: Mapping[str, Any]) -> str:
    source = raw.get("source")
    return f"Nguồn: {source.get('text') or source.get('number', '')}." if isinstance(source, Mapping) else ""
