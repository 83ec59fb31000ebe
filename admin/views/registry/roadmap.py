"""The roadmap: which procedure reaches which level by when (Đ21.3, Đ25.3)."""

from collections.abc import Callable
from uuid import uuid4

from flask import Response, abort, flash, redirect, request, url_for
from flask_admin import expose

from admin.registry_papers import roadmap_pdf
from admin.views.base import ADMINS, REVIEWERS, WRITERS, Answer, Page, may
from admin.views.registry import posted
from tthc.accounts.session import current_account
from tthc.registry.levels import told
from tthc.registry.model import CODE, RegistryError
from tthc.registry.roadmap import Goal, Progress
from tthc.registry.service import Aim
from tthc.services import services
from tthc.web.access import access
from tthc.web.files import send_bytes


class Roadmap(Page):
    """/quan-tri/lo-trinh."""

    rules = (WRITERS, REVIEWERS, ADMINS)

    @expose("/")
    def index(self) -> str:
        return self._page({}, None)

    @expose("/them", methods=("POST",))
    @access(WRITERS)
    def add(self) -> Answer:
        s = services()
        now = s.clock.now()
        try:
            s.registry.add_goal(
                Goal(
                    id=uuid4().hex,
                    code=_code(),
                    level=_level(),
                    day=posted.needed_day("day", "Thời hạn"),
                    agency=next(iter(posted.chosen("agency", posted.agency_names(s))), ""),
                    note=posted.line("note"),
                    by=current_account().key,
                    at=now,
                )
            )
        except RegistryError as error:
            return self._page(posted.typed(), error), 422
        flash("Đã thêm vào lộ trình.", "ok")
        return redirect(url_for(".index"))

    @expose("/<goal_id>/rut", methods=("POST",))
    @access(WRITERS)
    def withdraw(self, goal_id: str) -> Answer:
        reason = posted.line("reason")
        if not reason:
            error = RegistryError("Ghi lý do rút thủ tục khỏi lộ trình.", f"reason-{goal_id}", "Đ21.3")
            return self._page({}, error), 422
        if not services().registry.store.withdraw_goal(goal_id, reason):
            abort(404)
        flash("Đã rút khỏi lộ trình.", "ok")
        return redirect(url_for(".index"))

    @expose("/lo-trinh.csv")
    def sheet(self) -> Response:
        called = _agency_name()
        head = (
            "Mã thủ tục",
            "Tên thủ tục",
            "Mức độ hiện tại",
            "Mức độ cần đạt",
            "Thời hạn",
            "Cơ quan chịu trách nhiệm",
            "Tình trạng",
            "Ghi chú",
        )
        rows = [
            (
                aim.goal.code,
                aim.name,
                aim.level,
                aim.goal.level,
                f"{aim.goal.day:%d/%m/%Y}",
                called(aim.goal.agency),
                aim.progress.label,
                aim.goal.note,
            )
            for aim in _aims()
        ]
        return posted.csv_file(head, rows, "lo-trinh.csv")

    @expose("/lo-trinh.pdf")
    def paper(self) -> Response:
        s = services()
        made = roadmap_pdf(_aims(), _agency_name(), posted.office(s), s.clock.now().date())
        return send_bytes(made, "application/pdf", "lo-trinh.pdf")

    def _page(self, typed: dict[str, object], refusal: RegistryError | None) -> str:
        s = services()
        today = s.clock.now().date()
        wanted = request.args.get("tinh_trang", "")
        aims = _aims()
        shown = [aim for aim in aims if not wanted or str(aim.progress) == wanted]
        counts = {each: sum(aim.progress is each for aim in aims) for each in Progress}
        return self.show(
            "admin/registry_roadmap.html",
            aims=shown,
            any=bool(aims),
            chips=[
                {"label": "Tất cả", "url": url_for(".index"), "current": not wanted, "count": len(aims)},
                *(
                    {
                        "label": each.label,
                        "url": url_for(".index", tinh_trang=str(each)),
                        "current": wanted == str(each),
                        "count": counts[each],
                    }
                    for each in Progress
                ),
            ],
            called=_agency_name(),
            told=lambda level: told(level, today),
            levels=[(str(level), told(level, today)) for level in (2, 3, 4)],
            agencies=posted.agency_options(s, today),
            codes=[(entry.code, f"{entry.code} – {entry.name}") for entry in s.registry.catalogue(today)],
            typed=typed,
            refusal=refusal,
            writes=may(WRITERS),
        )


def _aims() -> tuple[Aim, ...]:
    s = services()
    return s.registry.aims(s.clock.now().date())


def _code() -> str:
    code = posted.line("code", 60)
    if not CODE.fullmatch(code):
        raise RegistryError("Chọn thủ tục của danh mục.", "code")
    return code


def _level() -> int:
    level = posted.number("level", "mức độ cần đạt")
    if not 2 <= level <= 4:
        raise RegistryError("Chọn mức độ cần đạt: 2, 3 hoặc 4.", "level")
    return level


def _agency_name() -> Callable[[str], str]:
    named = posted.agency_names(services())
    return lambda agency: named.get(agency, agency)
