"""“Xử lý nhiều hồ sơ”: one action for several dossiers at the same step, each a command of its own with its own outcome.

What one dossier refuses keeps no other from being done. A command's id follows from the form's and the dossier's, so a
form that is sent twice does nothing twice and says the same again. What waits is shown a page at a time; a page is not left by
what is done on it.
"""

import hashlib
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, url_for

from tthc.accounts.session import current_actor
from tthc.dossiers.commands import Act
from tthc.dossiers.refusals import Refused
from tthc.onestop import batch, inboxes
from tthc.onestop.here import agency_here
from tthc.services import services
from tthc.web.access import access
from tthc.web.idempotency import command_id

blueprint = Blueprint("batch", __name__, url_prefix="/motcua/<slug>/hang-loat")

GONE = "Không tìm thấy hồ sơ này."
NOTHING = "Chọn ít nhất một hồ sơ."
MANY = f"Mỗi lần xử lý nhiều nhất {batch.MOST} hồ sơ; bớt lại rồi thực hiện tiếp."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one dossier. `refusal`: empty where it was done."""

    dossier: str
    code: str
    refusal: str = ""


@blueprint.get("")
@access("staff")
def choose(slug: str) -> str:
    return _page(slug)


@blueprint.post("")
@access("staff")
def take(slug: str) -> str | tuple[str, int]:
    """The action for every dossier that was ticked."""
    form = request.form
    chosen = list(dict.fromkeys(form.getlist("dossier")))
    if not chosen or len(chosen) > batch.MOST:
        return _page(slug, problem=MANY if chosen else NOTHING), 422
    once = command_id()
    outcomes = [_one(key, form.get("action", ""), once) for key in chosen]
    return _page(slug, outcomes=outcomes)


def _one(key: str, action: str, once: str) -> Outcome:
    s, actor = services(), current_actor()
    dossier_id, _, rest = key.partition(":")
    token, _, version = rest.partition(":")
    found = s.dossiers.read(dossier_id, actor)
    if found is None or not version.isdigit():
        return Outcome("", dossier_id[:40], GONE)
    command = Act(
        token=token,
        action=action,
        reason=request.form.get("reason", "").strip(),
        assignee=request.form.get("assignee") or None,
    )
    own = hashlib.sha256(f"{once}:{key}:{action}".encode()).hexdigest()
    try:
        s.dossiers.execute(found.id, command, actor, own, expected_version=int(version))
    except Refused as refusal:
        return Outcome(found.id, found.code or found.reference, refusal.sentence())
    return Outcome(found.id, found.code or found.reference)


def _page(slug: str, *, problem: str = "", outcomes: list[Outcome] | None = None) -> str:
    """A page of what waits for the reader, in the order of the inbox, its dossiers grouped by step."""
    s, actor, agency = services(), current_actor(), agency_here(slug)
    wanted = inboxes.mine(actor, agency.id)
    after, before = request.args.get("sau") or None, request.args.get("truoc") or None
    try:
        page = s.lists.page(wanted, after=after, before=before, limit=batch.MOST)
    except ValueError:
        abort(404)
    groups = batch.groups(page.rows, actor, agency.id, s.definitions.by_hash)
    here = {name: key for name, key in (("sau", after), ("truoc", before)) if key}
    functions = {function for group in groups for function in group.follow.values()}
    return render_template(
        "onestop/batch.html",
        agency=agency,
        groups=groups,
        colleagues={function: s.accounts.staff_with(agency.id, function) for function in functions},
        outcomes=outcomes,
        done=sum(not each.refusal for each in outcomes or ()),
        problem=problem,
        # what was typed stays with its group until all of it is done
        typed=request.form if problem or any(each.refusal for each in outcomes or ()) else {},
        ticked=request.form.getlist("dossier"),
        here=here,
        count=inboxes.figure(s.lists.count(wanted)),
        shown=sum(len(group.members) for group in groups),
        read=len(page.rows),
        previous=url_for(".choose", slug=slug, truoc=page.before) if page.before else None,
        next=url_for(".choose", slug=slug, sau=page.after) if page.after else None,
        now=s.clock.now(),
    )
