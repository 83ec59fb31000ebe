"""What an applicant has to do now about one dossier, the pressing first (Đ26.3, Đ26.4). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from renderers.text import instant, money
from rules.i18n import gettext, noted
from rules.workflow.model import APPLICANT
from tthc.dossiers.blocked import names
from tthc.dossiers.context import AgencyFacts
from tthc.dossiers.decide_malware import to_send_again
from tthc.dossiers.decide_return import online_refusal
from tthc.dossiers.state import CLOSED, INTAKE, Dossier, Status, Task

Kind = Literal["supplement", "send_again", "answer", "pay", "meet", "take", "collect"]

WAITS_FOR_PAPERS = frozenset({Status.SUPPLEMENT_AT_INTAKE, Status.WAITING_APPLICANT})


@dataclass(frozen=True, slots=True)
class Todo:
    """`title`: the one thing to do, as an order; `text`: what comes of it; `until`: when it must be done at the latest."""

    kind: Kind
    title: str
    text: str = ""
    until: datetime | None = None


def todos(dossier: Dossier, service_level: int, agency: AgencyFacts, now: datetime) -> tuple[Todo, ...]:
    """Empty where the dossier is in others' hands or closed. Soonest first; what has no date comes after."""
    if dossier.status in CLOSED:
        return ()
    found = [
        *_supplement(dossier),
        *_blocked(dossier),
        *_answers(dossier),
        *_first_fees(dossier),
        *_meetings(dossier, now),
        *_result(dossier, service_level, agency),
    ]
    return tuple(sorted(found, key=lambda one: (one.until is None, one.until or now)))


def asked_for(dossier: Dossier) -> bool:
    """Whether papers or answers are asked for and can be sent now."""
    asked = dossier.supplement is not None and bool(dossier.supplement.items)
    return asked and dossier.status in WAITS_FOR_PAPERS


def urgency(found: Sequence[Todo], dossier: Dossier, now: datetime) -> tuple[bool, bool, bool, datetime]:
    """A key to sort dossiers by: those that need the applicant first, by date; then those under way; then the closed."""
    until = min((one.until for one in found if one.until is not None), default=None)
    return (not found, dossier.closed, until is None, until or now)


def _mine(dossier: Dossier) -> list[Task]:
    return [task for task in dossier.tasks if task.function == APPLICANT]


def _supplement(dossier: Dossier) -> list[Todo]:
    if not asked_for(dossier):
        return []
    assert dossier.supplement is not None
    names = [gettext(item.name or item.target) for item in dossier.supplement.items]
    until = min((task.due for task in _mine(dossier) if task.due is not None), default=None)
    return [
        Todo(
            "supplement",
            gettext("Bổ sung hồ sơ: {names}").format(names=", ".join(names)),
            gettext("Cán bộ {name} đề nghị lúc {at}.").format(
                name=dossier.supplement.asked_by, at=instant(dossier.supplement.asked_at)
            ),
            until,
        )
    ]


def _blocked(dossier: Dossier) -> list[Todo]:
    targets = to_send_again(dossier)
    places = [place for each in dossier.blocked for place in each.places if place.target in targets]
    if not places:
        return []
    title = gettext("Gửi lại: {names}").format(names=names(places, staff=False))
    return [Todo("send_again", title, gettext("Tệp đã nộp bị chặn vì có mã độc."))]


def _answers(dossier: Dossier) -> list[Todo]:
    if asked_for(dossier):
        return []
    return [
        Todo(
            "answer",
            gettext(task.name),
            gettext("Sau {until} mà chưa trả lời thì hệ thống coi như ông/bà đồng ý.").format(
                until=instant(task.due)
            )
            if task.silent and task.due
            else "",
            task.due,
        )
        for task in _mine(dossier)
    ]


def _first_fees(dossier: Dossier) -> list[Todo]:
    owed = sum(fee.amount for fee in dossier.owed("before_acceptance"))
    if not owed or dossier.status not in INTAKE:
        return []
    return [Todo("pay", _pay(owed), gettext("Nộp xong thì hồ sơ mới được tiếp nhận."))]


def _meetings(dossier: Dossier, now: datetime) -> list[Todo]:
    coming = [
        v for v in dossier.verifications if v.recorded_at is None and v.arranged_at and v.starts_at > now
    ]
    return [
        Todo(
            "meet",
            gettext("Có mặt khi xác minh tại {place}").format(place=one.place),
            gettext("Nội dung: {content}.").format(content=one.content),
            one.starts_at,
        )
        for one in coming
    ]


def _result(dossier: Dossier, service_level: int, agency: AgencyFacts) -> list[Todo]:
    if dossier.status is not Status.RESULT_READY:
        return []
    owed = sum(fee.amount for fee in dossier.owed())
    if dossier.receive_by == "online":
        if online_refusal(dossier, service_level) is None:
            return [Todo("take", gettext("Nhận kết quả trên trang này"), gettext("Kết quả đã được ký số."))]
        return [Todo("pay", _pay(owed), gettext("Nộp đủ thì nhận được kết quả."))] if owed else []
    if dossier.receive_by == "post":
        after = gettext("Nộp đủ thì kết quả mới được gửi bưu điện.")
        return [Todo("pay", _pay(owed), after)] if owed else []
    desk = f"{agency.name}, {agency.address}" if agency.address else agency.name
    text = noted(
        "Tại Bộ phận Một cửa {desk}. Mang theo giấy hẹn hoặc mã hồ sơ, giấy tờ tùy thân và bản chính giấy tờ để đối chiếu."
    )
    if owed:
        text = noted(
            "Tại Bộ phận Một cửa {desk}. Mang theo giấy hẹn hoặc mã hồ sơ, giấy tờ tùy thân và bản chính giấy tờ để đối chiếu; nộp {amount}."
        )
    said = gettext(text).format(desk=desk, amount=money(owed))
    return [Todo("collect", gettext("Đến nhận kết quả"), said)]


def _pay(amount: int) -> str:
    return gettext("Nộp {amount}").format(amount=money(amount))
