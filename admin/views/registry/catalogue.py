"""The published catalogue: what is in force, the rows of one procedure, entering one row or a whole table (Đ7.3)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flask import abort, flash, redirect, request, url_for
from flask_admin import expose

from admin.listing import names
from admin.views.base import ADMINS, REVIEWERS, WRITERS, Answer, Page, may
from admin.views.registry import posted
from tthc.accounts.session import current_account
from tthc.agencies.model import LEVEL_LABELS
from tthc.portal.search import fold
from tthc.registry import model, tables
from tthc.registry.model import KIND_LABELS, Decision, Entry, Kind, RegistryError
from tthc.registry.sectors import sector_name
from tthc.services import services
from tthc.web.access import access

PAGE: Final = 50
LONGEST_TABLE: Final = 1_000_000
COLUMNS: Final = (
    "Mã",
    "Tên thủ tục",
    "Lĩnh vực",
    "Cấp",
    "Cơ quan",
    "Loại",
    "Hiệu lực từ",
    "Hiệu lực đến",
)


class Catalogue(Page):
    """/quan-tri/danh-muc."""

    rules = (WRITERS, REVIEWERS, ADMINS)

    @expose("/")
    def index(self) -> str:
        s = services()
        today = s.clock.now().date()
        query = request.args.get("q", "").strip()[:200]
        page = max(1, request.args.get("trang", 1, type=int))
        wanted = fold(query)
        found = [
            entry
            for entry in s.registry.catalogue(today)
            if not query or wanted in fold(f"{entry.code} {entry.name} {sector_name(entry.sector)}")
        ]
        return self.show(
            "admin/registry_catalogue.html",
            rows=[self._row(entry) for entry in found[(page - 1) * PAGE : page * PAGE]],
            total=len(found),
            more=len(found) > page * PAGE,
            page=page,
            query=query,
            batches=s.registry.store.batches()[:10],
            mismatches=s.registry.mismatches(today) if page == 1 and not query else None,
            writes=may(WRITERS),
        )

    @expose("/<code>")
    def procedure(self, code: str) -> str:
        """Every row of one procedure, the newest first."""
        s = services()
        entries = s.registry.store.entries(code)
        if not entries:
            abort(404)
        today, who = s.clock.now().date(), names(s)
        now = model.row_of_day(entries, today)
        return self.show(
            "admin/registry_procedure.html",
            code=code,
            name=(now or entries[0]).name,
            rows=[
                {
                    **self._row(entry),
                    "by": who(entry.by),
                    "state": "Đang có hiệu lực"
                    if entry is now
                    else "Sắp có hiệu lực"
                    if entry.start > today
                    else "",
                }
                for entry in sorted(entries, key=lambda entry: (entry.start, entry.at), reverse=True)
            ],
            versions=s.definitions.versions(code),
            writes=may(WRITERS),
            breadcrumbs=[("Danh mục thủ tục", url_for(".index")), (code, None)],
        )

    @expose("/quyet-dinh/<batch_id>")
    def batch(self, batch_id: str) -> str:
        """What one decision entered at one time."""
        s = services()
        found = s.registry.store.batch(batch_id)
        if found is None:
            abort(404)
        return self.show(
            "admin/registry_decision.html",
            batch=found,
            rows=[self._row(entry) for entry in found.entries],
            by=names(s)(found.by),
            writes=may(WRITERS),
            breadcrumbs=[("Danh mục thủ tục", url_for(".index")), (found.decision.number, None)],
        )

    @expose("/them", methods=("GET", "POST"))
    @access(WRITERS)
    def new(self) -> Answer:
        """One row; `?ma=`: a change of this procedure, which begins with what is in force."""
        s = services()
        if request.method == "GET":
            return self._form(self._begun(request.args.get("ma", "")), None)
        at, by = s.clock.now(), current_account().key
        try:
            entry = self._posted(by)
            before = s.registry.store.entries(entry.code)
            entry = model.abolishing(entry, before)
            model.check(entry, before, s.agencies.all())
            s.registry.store.enter(entry.decision, [entry], by, at)
        except RegistryError as error:
            return self._form(posted.typed(), error), 422
        flash("Đã ghi vào danh mục.", "ok")
        return redirect(url_for(".procedure", code=entry.code))

    @expose("/nhap-bang", methods=("GET", "POST"))
    @access(WRITERS)
    def table(self) -> Answer:
        """Many rows under one decision: looked at line by line, then written all together."""
        if request.method == "GET":
            return self._table({}, None, (), None)
        s = services()
        at, by = s.clock.now(), current_account().key
        text = self._text()
        typed = {**posted.typed(), "table": text}
        try:
            decision = posted.decision()
            given = tables.Given(decision, posted.day("start", "Ngày có hiệu lực", required=False), by, at)
            lines = tables.read(text, given, model.by_code(s.registry.store.entries()), s.agencies.all())
            wrong = [line for line in lines if line.error]
            if request.form.get("act") != "write" or wrong:
                return self._table(typed, decision, lines, None), 422 if wrong else 200
            entries = [line.entry for line in lines if line.entry is not None]
            batch = s.registry.store.enter(decision, entries, by, at)
        except RegistryError as error:
            return self._table(typed, None, (), error), 422
        flash(f"Đã ghi {len(entries)} dòng vào danh mục.", "ok")
        return redirect(url_for(".batch", batch_id=batch))

    def _text(self) -> str:
        sent = request.files.get("file")
        if sent is not None and sent.filename:
            data = sent.stream.read(LONGEST_TABLE + 1)[:LONGEST_TABLE]
            try:
                return data.decode("utf-8-sig")
            except UnicodeDecodeError:
                flash("Tệp không viết bằng mã UTF-8; lưu lại dạng “CSV UTF-8” rồi chọn lại.", "warn")
                return ""
        return request.form.get("table", "")[:LONGEST_TABLE]

    def _table(
        self,
        typed: dict[str, object],
        decision: Decision | None,
        lines: tuple[tables.Line, ...],
        refusal: RegistryError | None,
    ) -> str:
        return self.show(
            "admin/registry_table.html",
            typed=typed,
            decision=decision,
            lines=lines,
            rows={line.number: self._row(line.entry) for line in lines if line.entry is not None},
            wrong=[line for line in lines if line.error],
            refusal=refusal,
            columns=COLUMNS,
            breadcrumbs=[("Danh mục thủ tục", url_for(".index")), ("Nhập bảng", None)],
        )

    def _form(self, typed: dict[str, object], refusal: RegistryError | None) -> str:
        s = services()
        levels = [(str(level), label) for level, label in LEVEL_LABELS.items()]
        return self.show(
            "admin/registry_entry.html",
            typed=typed,
            refusal=refusal,
            kinds=[(str(kind), label) for kind, label in KIND_LABELS.items()],
            levels=levels,
            agencies=posted.agency_options(s, s.clock.now().date())[1:],
            breadcrumbs=[("Danh mục thủ tục", url_for(".index")), ("Thêm dòng", None)],
        )

    def _begun(self, code: str) -> dict[str, object]:
        s = services()
        found = model.in_force(s.registry.store.entries(code), s.clock.now().date()) if code else None
        if found is None:
            return {"code": code, "kind": str(Kind.NEW)}
        return {
            "code": found.code,
            "name": found.name,
            "sector": sector_name(found.sector),
            "levels": found.levels,
            "agencies": found.agencies,
            "kind": str(Kind.AMENDED),
        }

    def _posted(self, by: str) -> Entry:
        s = services()
        kind = request.form.get("kind", "")
        if kind not in set(Kind):
            raise RegistryError("Chọn loại: mới, sửa đổi, thay thế hoặc bãi bỏ.", "kind")
        return Entry(
            code=posted.line("code", 60),
            name=posted.line("name", model.LONGEST_NAME + 1),
            sector=posted.line("sector", 200),
            levels=posted.chosen("levels", LEVEL_LABELS),
            agencies=posted.chosen("agencies", posted.agency_names(s)),
            decision=posted.decision(),
            start=posted.needed_day("start", "Ngày có hiệu lực"),
            end=posted.day("end", "Ngày hết hiệu lực", required=False),
            kind=Kind(kind),
            by=by,
            at=s.clock.now(),
        )

    def _row(self, entry: Entry) -> dict[str, Any]:
        return {
            "entry": entry,
            "sector": sector_name(entry.sector),
            "agencies": competent(entry, posted.agency_names(services()) if entry.agencies else {}),
            "days": days(entry.start, entry.end),
        }


def competent(entry: Entry, agency_names: Mapping[str, str]) -> str:
    """`Cấp xã; Sở Tư pháp`."""
    levels = [LEVEL_LABELS.get(level, level) for level in entry.levels]
    return "; ".join([*levels, *(agency_names.get(one, one) for one in entry.agencies)])


def days(start: date, end: date | None) -> str:
    return f"{start:%d/%m/%Y} – {end:%d/%m/%Y}" if end else f"từ {start:%d/%m/%Y}"
