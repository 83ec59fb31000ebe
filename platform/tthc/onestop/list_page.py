"""The page of an inbox: its lines, what they may be narrowed to, and the lists that were saved (Đ12.1c, ux.md §4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request

from definitions.model import Definition
from rules.calendar import TZ
from tthc.accounts.session import current_account
from tthc.agencies.model import Agency, offering
from tthc.dossiers.context import Actor
from tthc.dossiers.decide_claims import HEADS
from tthc.dossiers.listing import COUNTED
from tthc.onestop import inboxes, rows
from tthc.onestop.addresses import list_address
from tthc.onestop.filters import CHANNELS, DUE, ME, NOBODY, ORDERS, Filters
from tthc.onestop.inboxes import Inbox
from tthc.onestop.saved_views import SavedView
from tthc.registry.sectors import sector_id, sector_name
from tthc.services import services

KEYS = (
    ("J / K", "Hồ sơ dưới / trên"),
    ("Enter", "Mở hồ sơ"),
    ("N / P", "Trang sau / trang trước"),
    ("X", "Đánh dấu chọn dòng"),
    ("/", "Tìm hồ sơ"),
    ("?", "Bảng phím tắt này"),
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: `(value, words)` each."""

    procedures: Sequence[tuple[str, str]]
    sectors: Sequence[tuple[str, str]]
    steps: Sequence[str]
    people: Sequence[tuple[str, str]]


def show_list(
    agency: Agency, actor: Actor, chosen: Inbox, outcomes: Sequence[tuple[str, str, bool]] = ()
) -> str:
    """`outcomes`: what became of each dossier of a batch: number, sentence, whether it was done. Raises ValueError for
    a page key that is none.
    """
    s = services()
    now = s.clock.now()
    filters = Filters.read(request.args)
    offered = here(agency)
    of_sector = [d.procedure for d in offered if sector_id(d.sector) == filters.lv]
    wanted = (
        inboxes.wanted(chosen, actor, agency.id, now),
        filters.wanted(actor, agency.id, now, of_sector),
    )
    page = s.lists.page(
        *wanted,
        order=filters.order,
        after=request.args.get("sau") or None,
        before=request.args.get("truoc") or None,
        near=now,
    )
    count = s.lists.count(*wanted)
    me = current_account().key
    people = s.accounts.staff_with(agency.id)
    saved = s.saved_views.of(me, agency.id)
    kept = filters.args()
    return render_template(
        "onestop/inbox.html",
        agency=agency,
        chosen=chosen,
        lines=rows.lines(page.rows, actor, now, s.calendar),
        filters=filters,
        problems=filters.problems(),
        choices=_choices(offered, filters, [(p.key, p.name) for p in people]),
        channels=CHANNELS,
        dues=DUE,
        orders={value: words for value, (words, _) in ORDERS.items()},
        previous=list_address(agency.slug, chosen.id, **kept, truoc=page.before) if page.before else None,
        next=list_address(agency.slug, chosen.id, **kept, sau=page.after) if page.after else None,
        clear=list_address(agency.slug, chosen.id),
        this=list_address(agency.slug, chosen.id, **kept),
        said=_said(count, len(page.rows)),
        saved=[
            (v, list_address(agency.slug, v.inbox, **v.args), _same(v, chosen, kept))
            for v in saved
        ],
        own=[v for v in saved if v.account == me],
        heads=bool(actor.functions & set(HEADS)),
        works=bool(actor.functions),
        people=people,
        outcomes=outcomes,
        now=now,
        keys=KEYS,
    )  # fmt: skip


def here(agency: Agency) -> list[Definition]:
    """The procedures that the agency does today, by name."""
    s = services()
    today = s.clock.now().astimezone(TZ).date()
    found = [d for d in s.definitions.list_published(today) if offering(d.offered_by, (agency,), today)]
    return sorted(found, key=lambda d: d.name)


def _choices(offered: Sequence[Definition], filters: Filters, people: list[tuple[str, str]]) -> Choices:
    of_one = [d for d in offered if d.procedure == filters.tt] or offered
    steps = {step.name for d in of_one for step in d.workflow.steps}
    if filters.buoc:
        steps.add(filters.buoc)
    sectors = {sector_id(d.sector): sector_name(d.sector) for d in offered}
    return Choices(
        [(d.procedure, d.name) for d in offered],
        sorted(sectors.items(), key=lambda each: each[1]),
        sorted(steps),
        [(ME, "Tôi"), (NOBODY, "Chưa ai nhận"), *people],
    )


def _same(view: SavedView, chosen: Inbox, kept: dict[str, str]) -> bool:
    return bool(view.inbox == chosen.id and dict(view.args) == kept)


def _said(count: int, shown: int) -> str:
    if count >= COUNTED:
        return f"Hơn {COUNTED - 1} hồ sơ; trang này có {shown}."
    return f"{count} hồ sơ." if count <= shown else f"{count} hồ sơ; trang này có {shown}."
