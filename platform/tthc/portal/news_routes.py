"""All news of procedures, page after page, and the same as a feed that any reader of feeds takes along (Đ4.1, Đ21.6)."""

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from rules.calendar import TZ
from tthc.portal.finding import Filters, Place, facets
from tthc.portal.news import Newsroom, by_day
from tthc.services import services
from tthc.web.access import access

blueprint = Blueprint("news", __name__)

PAGE = 20
FED = 40


@blueprint.get("/thay-doi")
@access("public")
def index() -> str:
    """`?cap=`: of the agencies of one level; `?truoc=`: what is older than that key."""
    room = _room()
    level, after = request.args.get("cap", "")[:20], request.args.get("truoc", "")[:80]
    shown, following = room.page(PAGE, after=after, level=level)
    place = Place(room.services.agencies.active(room.today), room.today)
    levels = [
        each for each in facets(list(room.published), Filters(place=level), place) if each.name == "place"
    ]
    return render_template(
        "portal/news.html",
        days=by_day(shown),
        following=following,
        after=after,
        level=level,
        levels=levels[0].choices if levels else (),
        today=room.today,
    )


@blueprint.get("/thay-doi.atom")
@access("public")
def feed() -> BaseResponse:
    room = _room()
    shown, _ = room.page(FED)
    text = render_template(
        "portal/news.xml",
        news=shown,
        base=room.services.settings.base_url,
        updated=max((each.turn.at for each in shown), default=room.services.clock.now()),
    )
    response: Response = make_response(text)
    response.content_type = "application/atom+xml; charset=utf-8"
    response.add_etag()
    return response.make_conditional(request)


def _room() -> Newsroom:
    s = services()
    today = s.clock.now().astimezone(TZ).date()
    histories = s.definitions.histories()
    return Newsroom(s, today, histories, s.definitions.list_published(today, histories))
