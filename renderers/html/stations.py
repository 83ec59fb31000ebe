"""Who does what by when with a dossier, as its workflow says, for whoever is about to hand one in (Đ7.2b, ux.md §1.1). Pure.

The way is the usual one: from the first step by each step's first choice, all branches of a split, to its end. What may
come between (a supplement, more time) is told after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from definitions.model import Definition
from definitions.workflow_words import actor_words, capital, duration_words
from rules.deadlines import DeadlineRule
from rules.i18n import gettext
from rules.workflow.model import APPLICANT, END, Action, Phase, Step


@dataclass(frozen=True, slots=True)
class Station:
    """`what` is done by `who`; `long`: in which time, or why it is in none; `yours`: it is the applicant's to do."""

    who: str
    what: str
    long: str
    yours: bool = False


@dataclass(frozen=True, slots=True)
class Stations:
    """`asides`: sentences about what may come between."""

    way: tuple[Station, ...]
    asides: tuple[str, ...]


def stations(definition: Definition, intake: DeadlineRule) -> Stations:
    """`intake`: in which time what was handed in online is looked at (Đ10.2a)."""
    usual = tuple(_usual(definition))
    way = [
        Station(
            gettext("Ông/bà"),
            gettext("Nộp hồ sơ"),
            gettext("bất cứ lúc nào nếu nộp trực tuyến"),
            yours=True,
        )
    ]
    if definition.workflow.start and not _at_once(definition):
        way.append(
            Station(
                gettext("Cán bộ tiếp nhận và trả kết quả"),
                gettext("Kiểm tra, tiếp nhận, hẹn ngày trả kết quả"),
                gettext("trong {time} nếu nộp trực tuyến, ngay tại quầy nếu nộp trực tiếp").format(
                    time=intake.text
                ),
            )
        )
    way += [_station(step) for step in usual]
    return Stations(tuple(way), tuple(_asides(definition, usual)))


def _at_once(definition: Definition) -> bool:
    """Taken and answered in one go at the desk (trả ngay, Đ12.1d)."""
    return bool(definition.deadlines) and all(not row.rule.amount for row in definition.deadlines)


def _usual(definition: Definition) -> Iterator[Step]:
    workflow = definition.workflow
    seen: set[str] = set()
    waiting = [workflow.start]
    while waiting:
        step = workflow.step(waiting.pop(0))
        if step is None or step.id in seen:
            continue
        seen.add(step.id)
        yield step
        action = _first(step)
        if action is None:
            continue
        targets = [branch.to for branch in action.branches] if action.split else [action.to]
        waiting += [target for target in targets if target != END]


def _first(step: Step) -> Action | None:
    return next((each for each in step.actions if each.primary), step.actions[0] if step.actions else None)


def _station(step: Step) -> Station:
    yours = step.actor == APPLICANT
    who = gettext("Ông/bà") if yours else capital(actor_words(step))
    if step.duration is not None:
        long = gettext("trong {time}").format(time=duration_words(step.duration))
    elif step.phase is Phase.RESULT_READY:
        long = gettext("theo ngày hẹn")
    elif step.phase is Phase.WAITING_APPLICANT:
        long = gettext("không tính vào thời hạn giải quyết")
    else:
        long = ""
    if step.skip_when is not None:
        maybe = gettext("có trường hợp không cần bước này")
        long = f"{long}; {maybe}" if long else maybe
    return Station(who, step.name, long, yours)


def _asides(definition: Definition, usual: tuple[Step, ...]) -> Iterator[str]:
    between = [step for step in definition.workflow.steps if step not in usual]
    waits = [step for step in between if step.phase is Phase.WAITING_APPLICANT]
    if waits:
        yield gettext(
            "Hồ sơ thiếu hoặc chưa đúng thì cơ quan báo ông/bà bổ sung, nói rõ từng giấy tờ, từng mục; thời gian chờ ông/bà "
            "không tính vào thời hạn giải quyết."
        )
    if any(step.actor == APPLICANT and step.on_timeout for step in definition.workflow.steps):
        yield gettext(
            "Có bước ông/bà xác nhận lại nội dung; hết thời gian mà ông/bà không trả lời thì coi như đồng ý."
        )
    yield gettext("Không giải quyết được thì cơ quan trả lời bằng văn bản, nêu lý do, trong thời hạn.")
