"""A life as the database keeps it: the few fields that queries name, and beside them the whole as one text, instants as
milliseconds. Reports read lives by the ten thousand, and what a server charges for is values, not bytes (decision 0047).
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from rules.calendar import TZ
from tthc.measures.life import Asked, Done, Granted, Handler, Life, Mark, Stand

SHAPE: Final = 2
"""Counted up whenever a life is told otherwise; the lives kept so far are then told anew."""
NEVER: Final = 2**53
"""After every instant: of a dossier that is still to be solved."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_STANDS: Final = {stand.value: stand for stand in Stand}


def milliseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(milliseconds=1)


def instant(value: int) -> datetime:
    return datetime.fromtimestamp(value / 1000, TZ)


def written(life: Life, version: int) -> dict[str, Any]:
    """`version`: of the dossier whose history told it."""
    settled = life.settled_at
    return {
        "_id": life.id,
        "v": version,
        "shape": SHAPE,
        "settled": NEVER if settled is None else milliseconds(settled),
        "lacks": bool(life.lacking),
        "was": [agency for _, agency in life.moves],
        "ag": life.agency,
        "acc": _ms(life.accepted_at),
        "told": _text(_told(life)),
    }


def _told(life: Life) -> dict[str, Any]:
    return {
        "r": life.reference,
        "c": life.code,
        "pr": life.procedure,
        "ch": life.channel,
        "sub": milliseconds(life.submitted_at),
        "od": _ms(life.original_due),
        "id": _ms(life.intake_due),
        "m": [[milliseconds(m.at), int(m.stand), _ms(m.due), _ms(m.solved_at), _ms(m.appointed)] for m in life.marks],
        "h": [[milliseconds(h.at), h.id, h.name, h.unit] for h in life.handlers],
        "p": [[milliseconds(start), _ms(end)] for start, end in life.pauses],
        "sup": [milliseconds(at) for at in life.supplements],
        "ext": [_granted(g) for g in life.extensions],
        "apo": [_granted(g) for g in life.apologies],
        "st": [
            [milliseconds(d.at), d.step, milliseconds(d.entered_at), _ms(d.due), d.by, d.name, d.unit, d.agency]
            for d in life.steps
        ],
        "ask": [
            [a.agency, a.name, a.step, milliseconds(a.at), _ms(a.due), _ms(a.over_at), a.how] for a in life.asked
        ],
        "mv": [[milliseconds(until), agency] for until, agency in life.moves],
        "on": _ms(life.passed_on_at),
        "lack": list(life.lacking),
    }  # fmt: skip


def read(row: Mapping[str, Any]) -> Life:
    """What was written."""
    told: dict[str, Any] = json.loads(row["told"])
    return Life(
        id=row["_id"],
        reference=told["r"],
        procedure=told["pr"],
        channel=told["ch"],
        agency=row["ag"],
        submitted_at=instant(told["sub"]),
        code=told["c"],
        accepted_at=_at(row["acc"]),
        original_due=_at(told["od"]),
        intake_due=_at(told["id"]),
        marks=tuple([Mark(instant(m[0]), _STANDS[m[1]], _at(m[2]), _at(m[3]), _at(m[4])) for m in told["m"]]),
        handlers=tuple([Handler(instant(h[0]), h[1], h[2], h[3]) for h in told["h"]]),
        pauses=tuple([(instant(p[0]), _at(p[1])) for p in told["p"]]),
        supplements=tuple(map(instant, told["sup"])),
        extensions=tuple(map(_read_granted, told["ext"])),
        apologies=tuple(map(_read_granted, told["apo"])),
        steps=tuple(Done(instant(d[0]), d[1], instant(d[2]), _at(d[3]), *d[4:]) for d in told["st"]),
        asked=tuple(Asked(a[0], a[1], a[2], instant(a[3]), _at(a[4]), _at(a[5]), a[6]) for a in told["ask"]),
        moves=tuple((instant(m[0]), m[1]) for m in told["mv"]),
        passed_on_at=_at(told["on"]),
        lacking=tuple(told["lack"]),
    )


def _text(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _granted(granted: Granted) -> list[object]:
    return [
        milliseconds(granted.at),
        _ms(granted.before),
        _ms(granted.after),
        granted.reason,
        granted.source,
        granted.basis,
        _ms(granted.counts),
    ]


def _read_granted(row: Sequence[Any]) -> Granted:
    return Granted(instant(row[0]), _at(row[1]), _at(row[2]), row[3], row[4], row[5], _at(row[6]))


def _ms(value: datetime | None) -> int | None:
    return None if value is None else milliseconds(value)


def _at(value: int | None) -> datetime | None:
    return None if value is None else instant(value)
