"""Where a member of staff lands: their work today, and for a head the agency's in one line (Đ3.2, Đ25.1)."""

from dataclasses import dataclass

from flask import render_template

from tthc.agencies.model import Agency
from tthc.dossiers.context import RECEPTION, Actor
from tthc.dossiers.decide_claims import HEADS
from tthc.dossiers.listing import Wanted
from tthc.dossiers.state import Status
from tthc.onestop import filters, inboxes, rows
from tthc.onestop.addresses import list_address
from tthc.services import services

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Tile:
    """A count that leads to its list. `tone` where it holds anything: '', 'warn', 'bad'."""

    label: str
    count: str
    url: str
    tone: str = ""


def show_today(agency: Agency, actor: Actor) -> str:
    s = services()
    now = s.clock.now()
    mine = inboxes.mine(actor, agency.id)
    page = s.lists.page(mine, limit=SHOWN)
    return render_template(
        "onestop/today.html",
        agency=agency,
        tiles=_tiles(agency, actor, mine),
        lines=rows.lines(page.rows, actor, now, s.calendar) if actor.functions else (),
        more=page.after is not None,
        whole=_whole(agency) if actor.oversees or actor.functions & set(HEADS) else None,
        stands_in=actor.stands_in,
        works=bool(actor.functions),
        away=s.absences.of(actor.id, agency.id, now) if actor.functions else (),
        now=now,
    )


def _tiles(agency: Agency, actor: Actor, mine: Wanted) -> list[Tile]:
    """What is the reader's own: given to them, taken by nobody, late, due today, and results that wait at the counter."""
    if not actor.functions:
        return []
    s = services()
    now = s.clock.now()
    late = filters.Filters(han="qua-han").wanted(actor, agency.id, now, ())
    today = filters.today(agency.id, now)
    given = Wanted(functions=mine.functions, at=agency.id, holders=mine.holders[:1] + mine.holders[2:])
    unclaimed = inboxes.wanted(inboxes.UNCLAIMED, actor, agency.id, now)

    def url(inbox: inboxes.Inbox, **args: str) -> str:
        return list_address(agency.slug, inbox.id, **args)

    found = [
        ("Đã giao cho tôi", (given,), url(inboxes.MINE, ai="toi"), ""),
        ("Chưa ai nhận", (unclaimed,), url(inboxes.UNCLAIMED), ""),
        ("Quá hạn", (mine, late), url(inboxes.MINE, han="qua-han"), "bad"),
        ("Đến hạn hôm nay", (mine, today), url(inboxes.MINE, han="hom-nay"), "warn"),
    ]
    if RECEPTION in actor.functions:
        waiting = inboxes.wanted(inboxes.WAITING, actor, agency.id, now)
        found.append(("Chờ trả kết quả", (waiting,), url(inboxes.WAITING), ""))
    counts = [(label, s.lists.count(*wanted), link, tone) for label, wanted, link, tone in found]
    return [
        Tile(label, inboxes.figure(count), link, tone if count else "") for label, count, link, tone in counts
    ]


def _whole(agency: Agency) -> list[Tile]:
    """The agency's own line: under way, late, due today, taken by nobody."""
    s = services()
    now = s.clock.now()
    here = (agency.id,)
    going = Wanted(here, statuses=inboxes.OPEN)
    late = Wanted(here, statuses=inboxes.OPEN, due_before=now)
    nobody = Wanted(
        here,
        statuses=(Status.SUBMITTED, Status.SOLVING, Status.RESULT_READY),
        unclaimed=filters.WORKERS,
        unclaimed_at=agency.id,
    )

    def url(**args: str) -> str:
        return list_address(agency.slug, inboxes.ALL.id, **args)

    return [
        Tile("đang giải quyết", inboxes.figure(s.lists.count(going)), url()),
        Tile("quá hạn", inboxes.figure(s.lists.count(late)), url(han="qua-han"), "bad"),
        Tile(
            "đến hạn hôm nay",
            inboxes.figure(s.lists.count(filters.today(agency.id, now))),
            url(han="hom-nay"),
            "warn",
        ),
        Tile("chưa ai nhận", inboxes.figure(s.lists.count(nobody)), url(ai="chua")),
    ]
