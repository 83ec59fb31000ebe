"""Lists published by decision (Đ21.5) and the notice of services of levels 3 and 4 (Đ21.4)."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from flask import Response, abort, flash, redirect, request, url_for
from flask_admin import expose

from admin.listing import names
from admin.posted import boxes
from admin.registry_papers import notice_pdf, publication_pdf
from admin.views.base import ADMINS, REVIEWERS, WRITERS, Answer, Page, may
from admin.views.registry import posted
from definitions.lifecycle import in_force
from definitions.model import Definition
from tthc.accounts.session import current_account
from tthc.registry.levels import told
from tthc.registry.model import RegistryError
from tthc.registry.publications import agencies_of
from tthc.registry.sectors import sector_name
from tthc.registry.slips import ONLINE
from tthc.services import services
from tthc.web.access import access
from tthc.web.files import send_bytes

TITLE: Final = "Thủ tục hành chính tiếp nhận qua Cổng Dịch vụ công"


class Publications(Page):
    """/quan-tri/cong-bo."""

    rules = (WRITERS, REVIEWERS, ADMINS)

    @expose("/")
    def index(self) -> str:
        return self._page({}, None)

    @expose("/them", methods=("POST",))
    @access(REVIEWERS)
    def add(self) -> Answer:
        """Freeze today's list, or that of a day that is over."""
        s = services()
        now = s.clock.now()
        try:
            on = posted.needed_day("day", "Ngày lấy danh mục")
            made = s.registry.publish_list(
                posted.decision(), posted.line("title", 300) or TITLE, on, current_account().key, now
            )
        except RegistryError as error:
            return self._page(posted.typed(), error), 422
        flash(f"Đã lập danh mục {len(made.rows)} thủ tục. Danh mục không đổi nữa.", "ok")
        return redirect(url_for(".show_one", publication_id=made.id))

    @expose("/danh-muc/<publication_id>")
    def show_one(self, publication_id: str) -> str:
        s = services()
        found = s.registry.store.publication(publication_id)
        if found is None:
            abort(404)
        return self.show(
            "admin/registry_publication.html",
            publication=found,
            sector=sector_name,
            told=lambda level: told(level, found.day),
            by=names(s)(found.by),
            breadcrumbs=[("Công bố và thông báo", url_for(".index")), (found.decision.number, None)],
        )

    @expose("/danh-muc/<publication_id>.pdf")
    def paper(self, publication_id: str) -> Response:
        s = services()
        found = s.registry.store.publication(publication_id)
        if found is None:
            abort(404)
        office = posted.issued_by(found.decision, posted.office(s))
        return send_bytes(publication_pdf(found, sector_name, office), "application/pdf", "danh-muc.pdf")

    @expose("/thong-bao")
    def notice(self) -> str:
        """Choose the services that the notice names; `?chon=`: ticked already."""
        return self._notice(None)

    @expose("/thong-bao.pdf", methods=("POST",))
    def notice_paper(self) -> Answer:
        """Nothing is kept: the paper is for a hand to number and sign."""
        s = services()
        today = s.clock.now().date()
        offered = {definition.procedure: definition for definition in _offered(today)}
        try:
            wanted = _wanted(offered)
            day = posted.day("day", "Ngày thông báo", required=False)
        except RegistryError as error:
            return self._notice(error), 422
        called = dict(posted.agency_names(s))
        chosen = [(one, agencies_of(one, called), _since(one.procedure, today)) for one in wanted]
        made = notice_pdf(chosen, posted.office(s), posted.line("number", 30), day, today)
        return send_bytes(made, "application/pdf", "thong-bao.pdf")

    def _notice(self, refusal: RegistryError | None) -> str:
        s = services()
        today = s.clock.now().date()
        called = dict(posted.agency_names(s))
        return self.show(
            "admin/registry_notice.html",
            services=[
                {
                    "definition": one,
                    "level": told(one.service_level, today),
                    "agencies": agencies_of(one, called),
                    "since": _since(one.procedure, today),
                }
                for one in _offered(today)
            ],
            ticked=frozenset((*request.form.getlist("code"), *request.args.getlist("chon"))),
            typed=posted.typed(),
            refusal=refusal,
            breadcrumbs=[("Công bố và thông báo", url_for(".index")), ("Thông báo dịch vụ", None)],
        )

    def _page(self, typed: dict[str, object], refusal: RegistryError | None) -> str:
        s = services()
        today = s.clock.now().date()
        return self.show(
            "admin/registry_publications.html",
            publications=s.registry.store.publications(),
            typed={"day": boxes(today), "title": TITLE, **typed},
            refusal=refusal,
            publishes=may(REVIEWERS),
        )


def _offered(on: date) -> list[Definition]:
    """The services of levels 3 and 4 in force on that day."""
    return [one for one in services().definitions.list_published(on) if one.service_level >= ONLINE]


def _wanted(offered: Mapping[str, Definition]) -> list[Definition]:
    wanted = [offered[code] for code in posted.chosen("code", offered)]
    if not wanted:
        raise RegistryError("Chọn ít nhất một dịch vụ để thông báo.", "code", "Đ21.4")
    return wanted


def _since(code: str, on: date) -> date | None:
    version = in_force(services().definitions.versions(code), on)
    return None if version is None else version.start
