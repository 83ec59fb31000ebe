"""A trial as its pages carry it: one hidden field of JSON, read back with distrust, and what each page adds to it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from definitions.model import Definition, Example, PaperDue
from definitions.problems import Report
from definitions.reading import Tree
from definitions.shape import check_shape
from forms.collect import collect
from forms.model import Field
from rules.calendar import FIRST_YEAR, LAST_YEAR, TZ, Calendar, local
from rules.deadlines import DeadlineRule, Unit
from tthc.trials.offering import Offer
from tthc.trials.recording import clock_text
from tthc.trials.trying import WAIT, Standing, clock, judged, stand

MOST_BYTES: Final = 200_000
MOST_STEPS: Final = 60
MOST_CHOSEN: Final = 200
DEEPEST: Final = 12
LONGEST: Final = timedelta(days=3 * 366)
MOST_AMOUNT: Final = 366
AREAS: Final = (("thanh_pho", "Thành phố, thị xã, phường"), ("huyen", "Huyện, xã"), ("tinh", "Toàn tỉnh"))
CHANNELS: Final[Mapping[str, str]] = {"online": "Trực tuyến", "counter": "Tại quầy", "post": "Qua bưu chính"}
_AGAIN: Final = "Ông/bà mở lại trang “Chạy thử” và làm lại từ đầu."


class TrialError(ValueError):
    """What was sent cannot be taken; the message is a sentence with what to do."""


Posted = Mapping[str, Sequence[str]]


def fresh(definition: Definition, now: datetime) -> Example:
    """A trial that nothing was done in yet: a person, at this minute."""
    return Example("", local(now), {}, {}, channel=definition.submit_by[0])


def packed(example: Example) -> str:
    """The trial as the page carries it."""
    raw: dict[str, Any] = {
        "submitted_at": clock_text(example.submitted_at),
        "channel": example.channel,
        "answers": example.answers,
        "steps": [{key: value for key, value in told.items() if key != "expect"} for told in example.steps],
    }
    if example.accepted_at is not None:
        raw["accepted_at"] = clock_text(example.accepted_at)
    if example.papers is not None:
        raw["papers"] = example.papers
    raw |= {"applicant": example.applicant} if example.applicant else {}
    raw |= {"agency": example.agency} if example.agency else {}
    return json.dumps(raw, ensure_ascii=False, default=_number)


def unpacked(text: str) -> Example:
    """The trial that a page sent back; raises TrialError for whatever no page of ours can have carried."""
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise TrialError(f"Lần chạy thử này quá lớn. {_AGAIN}")
    try:
        raw = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise TrialError(f"Không đọc được dữ liệu của lần chạy thử. {_AGAIN}") from None
    if not isinstance(raw, dict) or _deeper(raw, DEEPEST):
        raise TrialError(f"Không đọc được dữ liệu của lần chạy thử. {_AGAIN}")
    steps = raw.get("steps", [])
    if isinstance(steps, list) and len(steps) > MOST_STEPS:
        raise TrialError(f"Một lần chạy thử có nhiều nhất {MOST_STEPS} thao tác; ông/bà lui bớt lại.")
    report = Report("", Tree("", raw))
    if not check_shape({**raw, "name": "Chạy thử", "expect": {"valid": True}}, report, "example"):
        raise TrialError(f"Dữ liệu của lần chạy thử không đúng. {_AGAIN}")
    example = Example(
        name="",
        submitted_at=instant_of(raw["submitted_at"]),
        answers=raw["answers"],
        expect={},
        channel=raw.get("channel", "online"),
        agency=raw.get("agency"),
        papers=None if raw.get("papers") is None else tuple(raw["papers"]),
        steps=tuple(steps),
        applicant=raw.get("applicant"),
        accepted_at=instant_of(raw["accepted_at"]) if "accepted_at" in raw else None,
    )
    _check_steps(example)
    return example


def instant_of(text: str) -> datetime:
    """As a browser's field of date and time, or an example, writes it; raises TrialError."""
    try:
        found = datetime.fromisoformat(text).replace(tzinfo=TZ, second=0, microsecond=0)
    except ValueError:
        raise TrialError("Ông/bà nhập đủ ngày, tháng, năm, giờ và phút.") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise TrialError(f"Ông/bà chọn một ngày từ năm {FIRST_YEAR} đến năm {LAST_YEAR}.")
    return found


def _check_steps(example: Example) -> None:
    """Time goes on and not too far; nothing is asked of too many, nothing takes too long."""
    at = example.submitted_at
    times = [example.accepted_at] if example.accepted_at is not None else []
    times += [instant_of(str(told["at"])) for told in example.steps if "at" in told]
    for next_at in times:
        if next_at < at:
            raise TrialError(
                "Đồng hồ chỉ đi tới; ông/bà chọn một lúc sau lúc này, hoặc lui lại một thao tác."
            )
        at = next_at
    if at - example.submitted_at > LONGEST:
        raise TrialError("Một lần chạy thử dài nhất là ba năm; ông/bà chọn một lúc sớm hơn.")
    for told in example.steps:
        chosen, amount = told.get("chosen"), told.get("amount", 0)
        if isinstance(chosen, list) and len(chosen) > MOST_CHOSEN:
            raise TrialError(f"Ông/bà chọn nhiều nhất {MOST_CHOSEN} cơ quan.")
        if isinstance(amount, int | float) and amount > MOST_AMOUNT:
            raise TrialError(f"Ông/bà gia hạn nhiều nhất {MOST_AMOUNT}.")
        if "amount" in told or "unit" in told:
            _check_amount(told)
        if told["do"] == "apologise" or "promised" in told:
            instant_of(str(told.get("promised", "")))


def _check_amount(told: Mapping[str, object]) -> None:
    try:
        DeadlineRule(Decimal(str(told.get("amount", 1))), Unit(str(told.get("unit", "working_day"))))
    except ValueError as error:
        raise TrialError(str(error)) from None


# what each page adds


def begun(definition: Definition, example: Example, posted: Posted) -> Example:
    """Who hands in, how, when, and where; raises TrialError."""
    channel = _one(posted, "begin.channel")
    name = " ".join(_one(posted, "begin.name").split())[:200]
    kind = "organisation" if _one(posted, "begin.kind") == "organisation" else "person"
    area = _one(posted, "begin.area")
    applicant = {"kind": kind, **({"name": name} if name else {})}
    agency = {key: value for key, value in (example.agency or {}).items() if key != "area"}
    if area in dict(AREAS):
        agency["area"] = area
    return replace(
        example,
        channel=channel if channel in definition.submit_by else definition.submit_by[0],
        applicant=applicant if name or kind == "organisation" else None,
        submitted_at=instant_of(_one(posted, "begin.at")),
        agency=agency or None,
    )


def with_papers(example: Example, due: Sequence[PaperDue], posted: Posted) -> Example:
    ticked = set(posted.get("papers", ()))
    return replace(example, papers=tuple(paper.id for paper in due if paper.id in ticked))


def usual_papers(due: Sequence[PaperDue]) -> frozenset[str]:
    """Ticked to begin with: what must be there and can be handed in."""
    return frozenset(p.id for p in due if p.required and not p.presented_only and not p.form_generated)


def waited(example: Example, posted: Posted, standing: Standing, calendar: Calendar) -> Example:
    """With the clock moved on; waits in a row are one. Raises TrialError."""
    now = clock(example)
    match _one(posted, "_clock"):
        case "hour":
            to = calendar.add_minutes(now, 60)
        case "day":
            to = calendar.add_days(now, 1)
        case "timer" if standing.next_timer is not None:
            to = standing.next_timer + timedelta(minutes=1)  # it fires when its instant is over
        case "to":
            to = instant_of(_one(posted, "clock"))
        case _:
            raise TrialError("Hồ sơ không còn hẹn giờ nào; ông/bà chọn một ngày, giờ.")
    if to <= now:
        raise TrialError("Đồng hồ chỉ đi tới; ông/bà chọn một lúc sau lúc này.")
    before = example.steps[:-1] if example.steps and example.steps[-1]["do"] == WAIT else example.steps
    return checked(replace(example, steps=(*before, {"do": WAIT, "at": clock_text(to)})))


def acted(example: Example, offer: Offer, prefix: str, posted: Posted, standing: Standing) -> Example:
    """With one act more; `prefix`: of the names of its fields. Raises TrialError."""
    told: dict[str, object] = {"do": offer.word, "at": clock_text(clock(example))}
    if offer.part:
        told["for"] = offer.part
    for ask in offer.asks:
        told.update(_given(ask, prefix, posted, standing))
    return checked(replace(example, steps=(*example.steps, told)))


def checked(example: Example) -> Example:
    """The same, if a page may carry it; raises TrialError."""
    return unpacked(packed(example))


def _given(ask: str, prefix: str, posted: Posted, standing: Standing) -> Mapping[str, object]:
    def typed(key: str) -> str:
        return _one(posted, f"{prefix}.{key}").strip()

    match ask:
        case "reason":
            reason = typed("reason")[:2000]
            return {"reason": reason} if reason else {}
        case "assignee":
            name = " ".join(typed("assignee").split())[:200]
            return {"assignee": name} if name else {}
        case "items":
            items = list(posted.get(f"{prefix}.items", ()))
            return {"items": items} if items else {}
        case "chosen":
            chosen = list(posted.get("chosen", ()))
            return {"chosen": chosen} if chosen else {}
        case "extend":
            return {"amount": _amount(typed("amount")), "unit": typed("unit")}
        case "promised":
            return {"promised": clock_text(instant_of(typed("promised")))}
        case "outcome":
            return {"outcome": typed("outcome")}
        case "supply":
            return _supplied(prefix, posted, standing)
        case _:
            return {}


def _amount(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:6]) <= MOST_AMOUNT):
        raise TrialError(f"Ông/bà nhập thời gian gia hạn bằng số, từ 1 đến {MOST_AMOUNT}.")
    return int(text)


def _supplied(prefix: str, posted: Posted, standing: Standing) -> Mapping[str, object]:
    """The answers given anew, as they are understood, and the papers handed in."""
    dossier = standing.dossier
    before = {} if dossier is None else dossier.answers or {}
    source = {name: list(values) for name, values in posted.items()}
    typed = collect(asked_fields(standing), source)
    clean = judged(standing.world, {**before, **typed}).submission.clean
    changed = {name: clean.get(name, value) for name, value in typed.items()}
    changed = {name: value for name, value in changed.items() if value != before.get(name)}
    papers = list(posted.get(f"{prefix}.papers", ()))
    return {**({"answers": changed} if changed else {}), **({"papers": papers} if papers else {})}


def asked_fields(standing: Standing) -> tuple[Field, ...]:
    """The questions that a supplement was asked about."""
    request = None if standing.dossier is None else standing.dossier.supplement
    targets = set() if request is None else {item.target for item in request.items}
    return tuple(field for field in standing.world.definition.fields if field.id in targets)


def targets(standing: Standing) -> list[tuple[str, str]]:
    """What a supplement may be asked about: the papers of this dossier and its answers, by the name people read."""
    papers = [(paper.id, f"Giấy tờ: {paper.name}") for paper in standing.assessment.papers]
    answered = {} if standing.dossier is None else standing.dossier.answers or {}
    fields = [
        (field.id, f"Mục khai: {field.label}")
        for field in standing.world.definition.fields
        if field.id in answered and field.compute is None
    ]
    return [*papers, *fields]


def undone(example: Example) -> Example:
    return replace(example, steps=example.steps[:-1])


def tried(definition: Definition, example: Example, calendar: Calendar) -> tuple[Example, Standing, str]:
    """The trial as far as it goes: a last act that is refused is not taken; and why it was refused."""
    standing = stand(definition, example, calendar)
    if not standing.refusal or standing.place is None:
        return example, standing, ""
    kept = replace(example, steps=example.steps[: standing.place])
    return kept, stand(definition, kept, calendar), standing.refusal


def _one(posted: Posted, name: str) -> str:
    values = posted.get(name, ())
    return values[0] if values else ""


def _deeper(value: object, levels: int) -> bool:
    """Whether the data is nested deeper than any form is."""
    waiting: list[tuple[object, int]] = [(value, levels)]
    while waiting:
        each, left = waiting.pop()
        if isinstance(each, dict | list):
            if not left:
                return True
            waiting += [(inner, left - 1) for inner in _inner(each)]
    return False


def _inner(value: dict[str, object] | list[object]) -> Iterator[object]:
    yield from value.values() if isinstance(value, dict) else value


def _number(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def _no_number(text: str) -> object:
    raise ValueError(f"{text} is no number")
