"""Open dossiers led to a newer version: chosen from what the impact shows, moved under a decision, led back if need be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import abort, flash, redirect, request, url_for
from flask_admin import expose

from admin.comparing import facts
from admin.framing import frame
from admin.version_page import Shown, open_version
from admin.views.base import REVIEWERS, Answer, Page
from definitions.lifecycle import Version
from definitions.model import Definition
from renderers.text import day
from tthc.accounts.session import current_account
from tthc.moves.choosing import MOST, Around, Candidate, Choice, choice
from tthc.moves.model import Batch, Chosen, Move, Order, counts
from tthc.moves.service import CHUNK
from tthc.services import services
from tthc.web.access import access
from tthc.web.idempotency import command_id

LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Shares:
    """The candidates as this account may know them: `here` one by one, `elsewhere` as numbers only (Đ2.7)."""

    here: Choice
    elsewhere: Choice


class Moves(Page):
    """/quan-tri/ban-cau-hinh/<code>/<version>/chuyen-ho-so."""

    rules = (REVIEWERS,)
    listed = False

    @expose("/<code>/<version_id>/chuyen-ho-so", methods=("GET", "POST"))
    @access(REVIEWERS)
    def choose(self, code: str, version_id: str) -> Answer:
        """Who goes, why, and by which decision; then the first of them go at once."""
        shown = open_version(code, version_id)
        definition = shown.loaded.definition
        if definition is None or not shown.version.hash:
            return redirect(url_for("versions.impact", code=code, version_id=version_id))
        shares = _shares(definition)
        if request.method == "GET":
            return self._choose(shown, shares)
        wrong = _wrong(shown.version, chosen := _chosen(shares))
        if wrong:
            return self._choose(shown, shares, wrong), 422
        batch = services().moves.open(_batch(shown.version), chosen)
        services().moves.run(batch.id, CHUNK)
        return redirect(url_for(".batch", code=code, version_id=version_id, batch_id=batch.id))

    @expose("/<code>/<version_id>/chuyen-ho-so/<batch_id>")
    def batch(self, code: str, version_id: str, batch_id: str) -> str:
        """What became of each."""
        return self._batch(_found(code, version_id, batch_id))

    @expose("/<code>/<version_id>/chuyen-ho-so/<batch_id>/tiep", methods=("POST",))
    @access(REVIEWERS)
    def go_on(self, code: str, version_id: str, batch_id: str) -> Answer:
        """Another chunk at once, for whoever does not want to wait for the workers."""
        _found(code, version_id, batch_id)
        services().moves.run(batch_id, CHUNK)
        return redirect(url_for(".batch", code=code, version_id=version_id, batch_id=batch_id))

    @expose("/<code>/<version_id>/chuyen-ho-so/<batch_id>/hoan-tac", methods=("POST",))
    @access(REVIEWERS)
    def undo(self, code: str, version_id: str, batch_id: str) -> Answer:
        """All of it back, each dossier on which nothing was done since."""
        found = _found(code, version_id, batch_id)
        reason = request.form.get("reason", "").strip()[:LONGEST]
        if not reason:
            return self._batch(
                found, "Ông/bà ghi lý do hoàn tác; người nộp và cán bộ đọc được lý do này."
            ), 422
        me, s = current_account(), services()
        s.moves.undo(batch_id, Order(me.key, me.name, s.clock.now(), reason))
        s.moves.run(batch_id, CHUNK)
        flash("Đã bắt đầu hoàn tác; kết quả từng hồ sơ ở dưới.", "ok")
        return redirect(url_for(".batch", code=code, version_id=version_id, batch_id=batch_id))

    def _choose(self, shown: Shown, shares: Shares, wrong: Mapping[str, str] | None = None) -> str:
        s, posted = services(), request.method == "POST"
        picked = set(request.form.getlist("dossier")) if posted else None
        return self.show(
            "admin/moves_choose.html",
            **frame(shown, "impact", "Chuyển hồ sơ đang mở"),
            here=shares.here,
            elsewhere=shares.elsewhere,
            more=shares.here.more,
            most=MOST,
            not_yet=_not_yet(shown.version),
            picked=lambda candidate: picked is None or candidate.id in picked,
            despite=set(request.form.getlist("despite")),
            all_elsewhere=request.form.get("elsewhere") == "1",
            wrong=wrong or {},
            typed=request.form,
            fresh=command_id(fresh=not posted),
            earlier=s.moves.of(shown.version.procedure, shown.version.id),
            link=_link,
            agency_name=_agency_name,
        )

    def _batch(self, found: "_Found", wrong: str = "") -> str:
        sees, batch = _sees(), found.batch
        mine = [row for row in batch.rows if sees(row.agency)]
        return self.show(
            "admin/moves_batch.html",
            **frame(found.shown, "impact", "Kết quả chuyển hồ sơ"),
            batch=batch,
            rows=mine,
            elsewhere=counts([row for row in batch.rows if row not in mine]),
            undoable=batch.undo is None and any(row.state in {"moved", "waiting"} for row in batch.rows),
            wrong=wrong,
            link=_link,
            agency_name=_agency_name,
        )


@dataclass(frozen=True, slots=True)
class _Found:
    shown: Shown
    batch: Batch


def _found(code: str, version_id: str, batch_id: str) -> _Found:
    batch = services().moves.get(batch_id)
    if batch is None or (batch.procedure, batch.version) != (code, version_id):
        abort(404)
    return _Found(open_version(code, version_id), batch)


def _shares(definition: Definition) -> Shares:
    s, sees = services(), _sees()
    around = Around(s.repository, s.definitions.by_hash, facts, s.calendar)
    found = choice(definition, around, s.clock.now())
    return Shares(found.seen_by(sees), found.seen_by(lambda agency: not sees(agency)))


def _sees() -> Callable[[str], bool]:
    """Whether this account may read the dossiers of an agency."""
    account = current_account()
    return lambda agency: bool(account.functions_at(agency))


def _not_yet(version: Version) -> str:
    """Why nobody can go on under this version today; empty where they can."""
    today = services().clock.now().date()
    if version.in_force(
        today
    ):  # of a version whose successor is published already, the state says “superseded”
        return ""
    if version.start is not None and version.start > today and version.in_force(version.start):
        return f"Bản này có hiệu lực từ ngày {day(version.start)}; chuyển hồ sơ được từ ngày đó."
    return "Bản này chưa công bố hoặc không còn hiệu lực; chỉ chuyển hồ sơ sang bản đang có hiệu lực."


def _chosen(shares: Shares) -> tuple[Chosen, ...]:
    """What was ticked, of what this account may tick."""
    ticked, despite = set(request.form.getlist("dossier")), set(request.form.getlist("despite"))
    seen = [_one(c) for c in shares.here.movable if c.id in ticked]
    seen += [_one(c, despite=True) for c in shares.here.persons if c.decidable and c.id in despite]
    unseen = [_one(c) for c in shares.elsewhere.movable] if request.form.get("elsewhere") == "1" else []
    return (*seen, *unseen)


def _one(candidate: Candidate, *, despite: bool = False) -> Chosen:
    told = (*candidate.told, *filter(None, [candidate.due]))
    return Chosen(candidate.id, candidate.name, candidate.agency, told, despite)


def _wrong(version: Version, chosen: tuple[Chosen, ...]) -> Mapping[str, str]:
    """What keeps the batch from being opened, by the name of the field."""
    found = {}
    if not_yet := _not_yet(version):
        found["dossier"] = not_yet
    elif not chosen:
        found["dossier"] = "Ông/bà chọn ít nhất một hồ sơ để chuyển."
    if not request.form.get("reason", "").strip():
        found["reason"] = "Ghi lý do chuyển; người nộp và cán bộ đọc được lý do này."
    if not request.form.get("decision", "").strip():
        found["decision"] = "Ghi số, ngày của quyết định cho chuyển hồ sơ."
    return found


def _batch(version: Version) -> Batch:
    me = current_account()
    order = Order(
        me.key,
        me.name,
        services().clock.now(),
        request.form["reason"].strip()[:LONGEST],
        request.form["decision"].strip()[:500],
    )
    return Batch(command_id(), version.procedure, version.id, version.hash, order)


def _agency_name(agency: str) -> str:
    return services().agencies.facts(agency).name


def _link(row: Candidate | Move) -> str:
    """To the dossier itself, in the workspace of its agency."""
    found: Any = services().agencies.get(row.agency)
    dossier = row.id if isinstance(row, Candidate) else row.dossier
    return "" if found is None else url_for("workspace.dossier", slug=found.slug, dossier_id=dossier)
