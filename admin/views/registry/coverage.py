"""Coverage: how many procedures of the catalogue are at which level, per agency and per sector (Đ7.2a, Đ9.3a)."""

from typing import Any, Final

from flask import Response, abort, request, url_for
from flask_admin import expose

from admin.views.base import ADMINS, REVIEWERS, WRITERS, Page
from admin.views.registry import posted
from tthc.registry.coverage import Coverage, Group
from tthc.registry.levels import LEVELS, label, told
from tthc.registry.sectors import sector_name
from tthc.services import services

PAGE: Final = 25


class CoveragePage(Page):
    """/quan-tri/muc-do."""

    rules = (WRITERS, REVIEWERS, ADMINS)

    @expose("/")
    def index(self) -> str:
        """`?theo=co-quan`: agencies instead of sectors; those that lack most come first."""
        found, today = _coverage(), services().clock.now().date()
        by_agency = request.args.get("theo") == "co-quan"
        page = max(1, request.args.get("trang", 1, type=int))
        groups = sorted(found.agencies if by_agency else found.sectors, key=lambda group: group.share or 0)
        return self.show(
            "admin/registry_coverage.html",
            whole=found.whole,
            groups=groups[(page - 1) * PAGE : page * PAGE],
            count=len(groups),
            page=page,
            more=len(groups) > page * PAGE,
            theo="co-quan" if by_agency else None,
            by_agency=by_agency,
            heads=("Chưa có", *(f"Mức {level}" for level in LEVELS[1:])),
            legend=[told(level, today) for level in LEVELS[1:]],
            tabs=[
                {"label": "Theo lĩnh vực", "url": url_for(".index"), "current": not by_agency},
                {"label": "Theo cơ quan", "url": url_for(".index", theo="co-quan"), "current": by_agency},
            ],
        )

    @expose("/<kind>/<group_id>")
    def group(self, kind: str, group_id: str) -> str:
        """The procedures of one agency (`co-quan`) or sector (`linh-vuc`), those below level 2 first."""
        found = _group(_coverage(), kind, group_id)
        today = services().clock.now().date()
        only = request.args.get("muc", "")
        lines = sorted(
            (line for line in found.lines if not only or str(line.level) == only),
            key=lambda line: (line.level, line.entry.code),
        )
        place: dict[str, Any] = {"kind": kind, "group_id": group_id}
        return self.show(
            "admin/registry_coverage_group.html",
            group=found,
            lines=lines,
            told=lambda level: told(level, today),
            place=place,
            chips=[
                {
                    "label": "Tất cả",
                    "url": url_for(".group", **place),
                    "current": not only,
                    "count": found.total,
                },
                *(
                    {
                        "label": told(level, today),
                        "url": url_for(".group", muc=level, **place),
                        "current": only == str(level),
                        "count": found.counts[level],
                    }
                    for level in LEVELS
                ),
            ],
            breadcrumbs=[
                ("Mức độ cung cấp", url_for(".index", theo="co-quan" if kind == "co-quan" else None)),
                (found.name, None),
            ],
        )

    @expose("/muc-do.csv")
    def sheet(self) -> Response:
        """Agencies or sectors with their counts; `?theo=` as on the page."""
        found = _coverage()
        by_agency = request.args.get("theo") == "co-quan"
        head = (
            "Cơ quan" if by_agency else "Lĩnh vực",
            "Số thủ tục",
            *("Chưa cung cấp" if level == 0 else f"Mức độ {level}" for level in LEVELS),
            "Tỷ lệ từ mức độ 2 (%)",
        )
        groups = (*(found.agencies if by_agency else found.sectors), found.whole)
        rows = [
            (group.name, group.total, *group.counts, "" if group.share is None else group.share)
            for group in groups
        ]
        return posted.csv_file(
            head, rows, "muc-do-theo-co-quan.csv" if by_agency else "muc-do-theo-linh-vuc.csv"
        )

    @expose("/<kind>/<group_id>/thu-tuc.csv")
    def group_sheet(self, kind: str, group_id: str) -> Response:
        found = _group(_coverage(), kind, group_id)
        today = services().clock.now().date()
        rows = [
            (
                line.entry.code,
                line.entry.name,
                sector_name(line.entry.sector),
                line.level,
                label(line.level, today),
            )
            for line in found.lines
        ]
        head = ("Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Mức độ", "Tên gọi")
        return posted.csv_file(head, rows, f"muc-do-{group_id}.csv")


def _coverage() -> Coverage:
    s = services()
    return s.registry.coverage(s.clock.now().date(), sector_name)


def _group(found: Coverage, kind: str, group_id: str) -> Group:
    groups = {"co-quan": found.agencies, "linh-vuc": found.sectors}.get(kind, ())
    if kind == "toan-tinh":
        return found.whole
    group = next((one for one in groups if one.id == group_id), None)
    if group is None:
        abort(404)
    return group
