"""“Giám sát”: every agency's work for the centre's supervisors, who read all and act in none (Đ23.1)."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response as BaseResponse

from rules.calendar import TZ
from tthc.accounts.session import current_account
from tthc.agencies.model import LEVEL_LABELS, Level
from tthc.dossiers.listing import Wanted
from tthc.onestop import inboxes
from tthc.services import services
from tthc.web.access import access
from tthc.web.rules import OVERSEER

blueprint = Blueprint("overseer", __name__, url_prefix="/giam-sat")


@blueprint.get("")
@access(OVERSEER)
def index() -> BaseResponse | str:
    """Agencies with what they have under way and what of it is late, the latest first within each level."""
    s = services()
    now = s.clock.now()
    going = s.lists.by_agency(Wanted(statuses=inboxes.OPEN))
    late = s.lists.by_agency(Wanted(statuses=inboxes.OPEN, due_before=now))
    active = s.agencies.active(now.astimezone(TZ).date())
    groups = [
        (label, sorted((a for a in active if a.level == level), key=lambda a: (-late.get(a.id, 0), a.name)))
        for level, label in LEVEL_LABELS.items()
    ]
    me = current_account()
    home = s.agencies.get(me.agency) if me.agency else None
    centre = home if home is not None and home.level == Level.CENTER else None
    return render_template(
        "onestop/overseer.html",
        groups=[(label, found) for label, found in groups if found],
        going=going,
        late=late,
        centre=centre,
        sitting=[
            (one, s.agencies.get(one.agency) if one.agency else None)
            for one in (s.accounts.sitting_at(centre.id) if centre else ())
        ],
    )
