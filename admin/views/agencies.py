"""Agencies and what becomes of them: added, changed from a day, ended, merged, divided, renamed (Đ1.2, Đ3.2, Đ17.1)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flask import abort, request, url_for
from flask_admin import expose

from admin import posted
from admin.agency_forms import agency_boxes, agency_posted, kept, succession_boxes, succession_posted
from admin.sheet import Act, Box, Cell, Form, Record, Section, Tone
from admin.views.base import ADMINS, Answer
from admin.views.desk import Desk, reason
from rules.calendar import TZ
from tthc.accounts.session import current_account
from tthc.agencies import succession
from tthc.agencies.directory import AgencyError, Change
from tthc.agencies.model import LEVEL_LABELS, Agency, missing_contacts
from tthc.dossiers.context import Actor
from tthc.dossiers.refusals import Refused
from tthc.dossiers.succeeding import Handover
from tthc.portal.search import fold
from tthc.services import services
from tthc.web.access import access

PAGE = 30
OPEN_SHOWN = 50
KIND = "agency"
BUSY = "Cơ quan này vừa được sửa ở nơi khác. Ông/bà tải lại trang, xem lại rồi sửa tiếp."
NAMES: Mapping[str, str] = {
    "name": "tên",
    "level": "cấp",
    "area": "địa bàn tính phí",
    "identifier": "mã định danh",
    "assumed": "mã chưa xác nhận",
    "code": "mã đơn vị hành chính",
    "parent": "cơ quan cấp trên",
    "contacts": "liên hệ",
    "units": "phòng",
    "note": "ghi chú",
}


class Agencies(Desk):
    """Every agency, those that have ended among them, and what their pages still lack (Đ17.1)."""

    @expose("/")
    def index(self) -> str:
        s = services()
        today = _today()
        query = request.args.get("q", "").strip()[:200]
        level = request.args.get("cap", "")
        page = max(1, request.args.get("trang", 1, type=int))
        found = [
            agency
            for agency in s.agencies.all()
            if (not query or fold(query) in fold(f"{agency.name} {agency.id} {agency.identifier}"))
            and (not level or agency.level.value == level)
        ]
        labels = {"": "Tất cả", **{str(k): v for k, v in LEVEL_LABELS.items()}}
        chips = [
            {
                "label": label,
                "url": url_for(".index", cap=key or None, q=query or None),
                "current": key == level,
            }
            for key, label in labels.items()
        ]
        return self.show(
            "admin/agencies.html",
            agencies=[
                (agency, agency.exists(today), missing_contacts(agency))
                for agency in found[(page - 1) * PAGE : page * PAGE]
            ],
            total=len(found),
            page=page,
            more=len(found) > page * PAGE,
            labels=LEVEL_LABELS,
            chips=chips,
            query=query,
            level=level,
        )

    @expose("/them", methods=("GET", "POST"))
    @access(ADMINS)
    def new(self) -> Answer:
        if request.method == "GET":
            return self._new({})
        return self.tried(self._add, self._new)

    @expose("/<agency_id>/")
    def overview(self, agency_id: str) -> Answer:
        return self.record(self._sheet(_found(agency_id)))

    @expose("/<agency_id>/sua", methods=("GET", "POST"))
    @access(ADMINS)
    def edit(self, agency_id: str) -> Answer:
        agency = _found(agency_id)
        if request.method == "GET":
            return self._edit(agency, {})
        return self.tried(lambda: self._change(agency), lambda wrong: self._edit(agency, wrong))

    @expose("/<agency_id>/ket-thuc", methods=("POST",))
    @access(ADMINS)
    def end(self, agency_id: str) -> Answer:
        """The last day of an agency that nobody succeeds; or, without a day, it goes on."""
        agency = _found(agency_id)
        return self.tried(
            lambda: self._end(agency),
            lambda wrong: self.record(
                self._sheet(agency), opened="end", wrong=wrong, typed=posted.typed("last_day")
            ),
        )

    @expose("/<agency_id>/ke-thua", methods=("GET", "POST"))
    @access(ADMINS)
    def succeed(self, agency_id: str) -> Answer:
        """Merge, divide, rename: first what it will do is shown, then it is done."""
        agency = _found(agency_id)
        if request.method == "GET":
            return self._succession(agency, {})
        return self.tried(lambda: self._succeed(agency), lambda wrong: self._succession(agency, wrong))

    @expose("/<agency_id>/ho-so", methods=("GET", "POST"))
    @access(ADMINS)
    def dossiers(self, agency_id: str) -> Answer:
        """Open dossiers of an agency whose work was divided: somebody chooses who goes on with each."""
        agency = _found(agency_id)
        if request.method == "GET":
            return self._divide(agency, {})
        return self.tried(lambda: self._hand_over(agency), lambda wrong: self._divide(agency, wrong))

    def _new(self, wrong: Mapping[str, str]) -> Answer:
        return self.form(
            Form(
                title="Thêm cơ quan",
                lead="Mã và địa chỉ một cửa không đổi được về sau: mã số hồ sơ, liên kết và giấy tờ mang chúng.",
                boxes=agency_boxes(None, services().agencies.all()),
                button="Thêm cơ quan",
                back=url_for(".index"),
                typed=posted.typed("valid_from") if request.method == "POST" else {},
                wrong=wrong,
                breadcrumbs=self._trail("Thêm cơ quan"),
            )
        )

    def _add(self) -> Answer:
        s = services()
        agency = agency_posted(None, s.agencies.all())
        why = reason()
        try:
            s.agencies.add(agency)
        except AgencyError as error:
            raise posted.PostedError(str(error), "slug" if "Địa chỉ" in str(error) else "id") from error
        self._log("added", agency, why, after=kept(agency))
        return self.done(f"Đã thêm {agency.name}.", url_for(".overview", agency_id=agency.id))

    def _edit(self, agency: Agency, wrong: Mapping[str, str]) -> Answer:
        s = services()
        boxes = (
            *agency_boxes(agency, s.agencies.all()),
            Box(
                "on", "Áp dụng từ ngày", "date", value=_today().isoformat(), help="Trước ngày này vẫn như cũ."
            ),
            Box("reason", "Lý do", "textarea", help="Văn bản, đề nghị làm căn cứ."),
            Box("rev", type="hidden", value=s.agencies.rev(agency.id)),
        )
        return self.form(
            Form(
                title=f"Sửa {agency.name}",
                boxes=boxes,
                button="Lưu thay đổi",
                back=url_for(".overview", agency_id=agency.id),
                typed=posted.typed("on") if request.method == "POST" else {},
                wrong=wrong,
                breadcrumbs=self._trail(agency.name, agency),
            )
        )

    def _change(self, agency: Agency) -> Answer:
        s = services()
        on = posted.day("on", "Áp dụng từ ngày")
        before = s.agencies.get(agency.id, on) or agency
        after = agency_posted(before, s.agencies.all())
        why = reason()
        rev = posted.number("rev", "Phiên", least=0, most=10**9)
        try:
            saved = s.agencies.change(
                after, on, by=current_account().name, at=s.clock.now(), reason=why, rev=rev
            )
        except AgencyError as error:
            raise posted.PostedError(str(error), "identifier") from error
        if not saved:
            raise posted.PostedError(BUSY, "name")
        self._log("changed", agency, why, kept(before), {**kept(after), "from": on})
        return self.done(
            f"Đã lưu. Thay đổi áp dụng từ ngày {on:%d/%m/%Y}.", url_for(".overview", agency_id=agency.id)
        )

    def _end(self, agency: Agency) -> Answer:
        s = services()
        last = posted.maybe_day("last_day", "Ngày cuối hoạt động")
        why = reason()
        rev = posted.number("rev", "Phiên", least=0, most=10**9)
        if last and agency.valid_from and last < agency.valid_from:
            raise posted.PostedError("Ngày cuối phải từ ngày bắt đầu trở đi.", "last_day")
        if last is None and agency.successors:
            raise posted.PostedError(
                "Cơ quan này đã có cơ quan kế thừa nên không hoạt động lại được.", "last_day"
            )
        if not s.agencies.last(agency.id, last, rev):
            raise posted.PostedError(BUSY, "last_day")
        self._log("ended", agency, why, {"valid_to": agency.valid_to}, {"valid_to": last})
        said = f"Cơ quan hoạt động đến hết ngày {last:%d/%m/%Y}." if last else "Cơ quan hoạt động trở lại."
        return self.done(said, url_for(".overview", agency_id=agency.id))

    def _succession(
        self, agency: Agency, wrong: Mapping[str, str], shown: succession.Plan | None = None
    ) -> Answer:
        s = services()
        notes: tuple[tuple[Tone, str], ...] = ()
        boxes = succession_boxes(agency, s.agencies.all())
        if shown is not None:
            counts = {a.id: len(s.succeeding.open_at(a.id)) for a in shown.predecessors}
            lines = [f"{a.name}: hoạt động đến hết {succession.ended(a, shown).valid_to:%d/%m/%Y}, đang có {counts[a.id]} hồ sơ chưa xong." for a in shown.predecessors]  # fmt: skip
            names = ", ".join(a.name for a in shown.successors)
            lines.append(
                f"Từ ngày {shown.on:%d/%m/%Y}, hồ sơ chưa xong tự chuyển sang {names}; mã số hồ sơ và ngày hẹn giữ nguyên, người nộp được báo."
                if shown.certain
                else f"Công việc chia cho {names}: ông/bà chọn nơi giải quyết tiếp cho từng hồ sơ, phần mềm không tự chuyển."
            )
            lines.append("Hồ sơ đã kết thúc ở lại cơ quan cũ; cán bộ cơ quan kế thừa vẫn đọc được.")
            lines.append("Bấm “Thực hiện” nếu đúng; sửa ở các ô dưới nếu chưa.")
            notes = (("warn", "\n".join(lines)),)
        return self.form(
            Form(
                title="Sáp nhập, chia, đổi tên",
                boxes=(*boxes, Box("seen", type="hidden", value="1")) if shown else boxes,
                notes=notes,
                button="Thực hiện" if shown else "Xem trước",
                back=url_for(".overview", agency_id=agency.id),
                typed={k: v for k, v in posted.typed("on").items() if k != "seen"}
                if request.method == "POST"
                else {},
                wrong=wrong,
                breadcrumbs=self._trail(agency.name, agency),
            )
        )

    def _succeed(self, agency: Agency) -> Answer:
        s = services()
        found = succession_posted(s.agencies)
        if request.form.get("seen") != "1":
            return self._succession(agency, {}, found)
        s.agencies.succeed(found)
        for old in found.predecessors:
            after = {
                "valid_to": succession.ended(old, found).valid_to,
                "successors": [a.id for a in found.successors],
            }
            before = {"valid_to": old.valid_to, "successors": [x.agency for x in old.successors]}
            self._log(found.kind, old, found.note, before, after)
        return self.done(
            f"Đã ghi: từ ngày {found.on:%d/%m/%Y} {', '.join(a.name for a in found.successors)} nhận việc.",
            url_for(".overview", agency_id=agency.id),
        )

    def _divide(self, agency: Agency, wrong: Mapping[str, str]) -> Answer:
        s = services()
        waiting = s.succeeding.open_at(agency.id)
        rows = [d for d in map(s.repository.get, waiting[:OPEN_SHOWN]) if d is not None]
        options = [(d.id, f"{d.code or d.reference} · {d.procedure_name}") for d in rows]
        taking = [(a.id, a.name) for a in succession_targets(agency)]
        notes = (
            [] if taking else [("warn", "Chưa có cơ quan kế thừa đang hoạt động; ghi sáp nhập, chia trước.")]
        )
        return self.form(
            Form(
                title=f"Hồ sơ chưa xong của {agency.name} ({len(waiting)})",
                lead="Chọn những hồ sơ cùng chuyển về một nơi, theo địa bàn của vụ việc.",
                notes=notes,  # type: ignore[arg-type]
                boxes=(
                    Box("dossiers", f"Hồ sơ (hiện {len(options)} hồ sơ đầu)", "checks", options=options),
                    Box("to", "Cơ quan giải quyết tiếp", "select", options=taking),
                    Box("reason", "Lý do", "textarea"),
                ),
                button="Chuyển các hồ sơ đã chọn",
                back=url_for(".overview", agency_id=agency.id),
                typed=posted.typed() if request.method == "POST" else {},
                wrong=wrong,
                breadcrumbs=self._trail(agency.name, agency),
            )
        )

    def _hand_over(self, agency: Agency) -> Answer:
        s = services()
        targets = {a.id: a for a in succession_targets(agency)}
        chosen = posted.many("dossiers")
        to = targets[posted.choice("to", targets, "Chọn cơ quan giải quyết tiếp.")]
        why = reason()
        if not chosen:
            raise posted.PostedError("Chọn ít nhất một hồ sơ.", "dossiers")
        me = current_account()
        handover = Handover(agency.facts(), to.facts(), why)
        moved = []
        for dossier_id in chosen:
            try:
                if s.succeeding.hand_over(dossier_id, handover, Actor(me.key, me.name, "system")):
                    moved.append(dossier_id)
            except Refused as error:
                raise posted.PostedError(error.message, "dossiers") from error
        self._log("handed_over", agency, why, after={"to": to.id, "dossiers": moved})
        return self.done(
            f"Đã chuyển {len(moved)} hồ sơ sang {to.name}.", url_for(".dossiers", agency_id=agency.id)
        )

    def _sheet(self, agency: Agency) -> Record:
        s = services()
        today = _today()
        missing = missing_contacts(agency)
        open_now = len(s.succeeding.open_at(agency.id))
        names = {a.id: a.name for a in s.agencies.all()}
        notes: list[tuple[Tone, str]] = []
        if missing and agency.exists(today):
            notes.append(
                ("warn", f"Còn thiếu {', '.join(missing)}: Quy chế yêu cầu công khai trên cổng (Đ17.1).")
            )
        if not agency.exists(today) and open_now:
            notes.append(("warn", f"Cơ quan đã kết thúc nhưng còn {open_now} hồ sơ chưa xong."))
        acts = [
            Act("Sửa", url_for(".edit", agency_id=agency.id), kind=""),
            Act("Sáp nhập, chia, đổi tên", url_for(".succeed", agency_id=agency.id)),
            Act("Tài khoản của cơ quan", url_for("accounts_admin.index", cq=agency.id)),
            Act(
                "Ngày kết thúc",
                url_for(".end", agency_id=agency.id),
                (
                    Box(
                        "last_day",
                        "Ngày cuối hoạt động",
                        "date",
                        agency.valid_to and agency.valid_to.isoformat(),
                        "Để trống nếu cơ quan còn hoạt động.",
                        required=False,
                    ),
                    Box("reason", "Lý do", "textarea"),
                    Box("rev", type="hidden", value=s.agencies.rev(agency.id)),
                ),
                "danger",
                name="end",
            ),
        ]
        if agency.successors and open_now:
            acts.insert(
                2, Act(f"Chia hồ sơ chưa xong ({open_now})", url_for(".dossiers", agency_id=agency.id))
            )
        contacts = agency.contacts
        return Record(
            title=agency.name,
            lead=f"{LEVEL_LABELS[agency.level]} · {agency.identifier}",
            badges=(
                Cell("Đang hoạt động", tone="ok")
                if agency.exists(today)
                else Cell("Không hoạt động", tone=""),
            ),
            notes=notes,
            acts=acts,
            facts=(
                ("Trang một cửa", f"/motcua/{agency.slug}/"),
                ("Cơ quan cấp trên", names.get(agency.parent or "", "Không có")),
                ("Thời gian hoạt động", _span(agency)),
                ("Hồ sơ chưa xong", str(open_now)),
                ("Địa chỉ", contacts.address or "Chưa có"),
                ("Đường dây nóng", contacts.hotline or "Chưa có"),
                ("Điện thoại", contacts.phone or "Chưa có"),
                ("Thư điện tử", contacts.email or "Chưa có"),
            ),
            sections=(
                Section("Phòng chuyên môn", ("Tên", "Mã"), [(u.name, u.id) for u in agency.units]),
                Section(
                    "Cơ quan kế thừa",
                    ("Cơ quan", "Từ ngày", "Hồ sơ", "Căn cứ"),
                    [
                        (
                            Cell(names.get(x.agency, x.agency), url_for(".overview", agency_id=x.agency)),
                            f"{x.on:%d/%m/%Y}",
                            "tự chuyển" if x.certain else "chọn cho từng hồ sơ",
                            x.note or "–",
                        )
                        for x in agency.successors
                    ],
                    "Không có.",
                ),
                Section(
                    "Kế thừa từ",
                    ("Cơ quan",),
                    [
                        (Cell(names.get(x, x), url_for(".overview", agency_id=x)),)
                        for x in sorted(s.agencies.predecessors(agency.id))
                    ],
                    "Không có.",
                ),
                Section(
                    "Thay đổi đã ghi",
                    ("Từ ngày", "Nội dung", "Lý do", "Người ghi"),
                    [_change_row(c) for c in reversed(s.agencies.changes(agency.id))],
                    "Chưa sửa lần nào: đang theo dữ liệu ban đầu.",
                ),
            ),
            breadcrumbs=self._trail(agency.name),
        )

    def _trail(self, last: str, agency: Agency | None = None) -> list[tuple[str, str]]:
        between = [(agency.name, url_for(".overview", agency_id=agency.id))] if agency else []
        return [("Cơ quan", url_for(".index")), *(between or [(last, "")])]

    def _log(
        self,
        what: str,
        agency: Agency,
        why: str,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
    ) -> None:
        self.written(
            f"agency.{what}",
            kind=KIND,
            target=agency.id,
            label=agency.name,
            reason=why,
            before=before,
            after=after,
        )


def succession_targets(agency: Agency) -> tuple[Agency, ...]:
    """Who may go on with the agency's dossiers today."""
    from tthc.agencies.model import successors

    return successors(agency, services().agencies.all(), _today())


def _change_row(change: Change) -> tuple[str, ...]:
    parts = ", ".join(NAMES.get(name, name) for name in change.values)
    return (f"{change.on:%d/%m/%Y}", f"Sửa {parts}", change.reason or "–", change.by)


def _span(agency: Agency) -> str:
    start = f"từ {agency.valid_from:%d/%m/%Y} " if agency.valid_from else ""
    end = f"đến hết {agency.valid_to:%d/%m/%Y}" if agency.valid_to else ""
    return (start + end).strip() or "không giới hạn"


def _found(agency_id: str) -> Agency:
    agency = services().agencies.get(agency_id)
    if agency is None:
        abort(404)
    return replace(agency)


def _today() -> date:
    return services().clock.now().astimezone(TZ).date()
