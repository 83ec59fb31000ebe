"""/quan-tri/mau-giay-to: the printed forms of each set by its legal basis, previewed, with the fields they may use; and the
province's own texts of them, tried in the sandbox and kept with the day from which they hold.
"""

from collections.abc import Mapping
from typing import cast

from flask import abort, request, url_for
from flask_admin import expose

from admin import posted
from admin.sheet import Act, Box, Cell, Record, Section
from admin.views.base import ADMINS, REVIEWERS, WRITERS, Answer, may
from admin.views.desk import Desk
from renderers.environment import TEMPLATES
from renderers.pdf.documents import form_pdf
from renderers.pdf.engine import OutsideError
from renderers.pdf.fields import fields_of
from renderers.pdf.samples import CASES, Case, sample
from renderers.pdf.sandbox import FormRefusedError
from renderers.pdf.sets import DocumentForm, FormSet, form_sets
from renderers.text import day
from rules.calendar import TZ
from tthc.accounts.session import current_account
from tthc.printed.model import NotYetError, Own, in_force, require_start
from tthc.services import services
from tthc.web.access import access
from tthc.web.files import send_bytes

HERE = "Mẫu giấy tờ in"
LONGEST = 20_000
_LEAD = (
    "Giấy tờ in theo bộ mẫu có hiệu lực vào ngày của việc ghi trên đó: ngày tiếp nhận, ngày yêu cầu, ngày xin lỗi. "
    "Hồ sơ cũ in lại vẫn theo mẫu cũ."
)
_TRY, _KEEP, _BACK = "try", "own", "back"


class PrintedForms(Desk):
    """Read, tried and written here; a new circular is a new set in the files, put in force from its day."""

    rules = (ADMINS, WRITERS, REVIEWERS)

    @expose("/")
    def index(self) -> Answer:
        return self.record(
            Record(title=HERE, lead=_LEAD, sections=[_section(one) for one in reversed(form_sets())])
        )

    @expose("/bo/<start>/<kind>/")
    def form_page(self, start: str, kind: str) -> Answer:
        return self._page(*_found(start, kind))

    @expose("/bo/<start>/<kind>/xem.pdf")
    def preview(self, start: str, kind: str) -> Answer:
        one, form = _found(start, kind)
        case = request.args.get("ban", "")
        if case not in CASES:
            abort(404)
        data = form_pdf(form.kind, sample(form.kind, one, cast("Case", case)))
        return send_bytes(data, "application/pdf", f"mau-{kind}-{start}.pdf")

    @expose("/bo/<start>/<kind>/thu", methods=("POST",))
    def attempt(self, start: str, kind: str) -> Answer:
        """A text in the place of the form's own, drawn from the invented dossier; nothing is kept."""
        one, form = _found(start, kind)
        return self.tried(lambda: _tried(one, form), lambda wrong: self._page(one, form, wrong))

    @expose("/bo/<start>/<kind>/ban-cua-tinh", methods=("POST",))
    @access(ADMINS)
    def keep(self, start: str, kind: str) -> Answer:
        """A text of the province's in the place of the form's own, from a day to come."""
        one, form = _found(start, kind)
        return self.tried(lambda: self._kept(one, form), lambda wrong: self._page(one, form, wrong, _KEEP))

    @expose("/bo/<start>/<kind>/mau-goc", methods=("POST",))
    @access(ADMINS)
    def give_back(self, start: str, kind: str) -> Answer:
        """The circular's own form again, from a day to come."""
        one, form = _found(start, kind)
        return self.tried(
            lambda: self._kept(one, form, shipped=True), lambda wrong: self._page(one, form, wrong, _BACK)
        )

    @expose("/bo/<start>/<kind>/ban-cua-tinh/<own_id>.pdf")
    def own_preview(self, start: str, kind: str, own_id: str) -> Answer:
        one, form = _found(start, kind)
        own = services().own_forms.get(own_id)
        if own is None or own.text is None or (own.kind, own.set_start) != (form.kind, one.start):
            abort(404)
        try:
            data = form_pdf(form.kind, sample(form.kind, one), own.text)
        except (FormRefusedError, OutsideError):
            abort(404)
        return send_bytes(data, "application/pdf", f"mau-{kind}-{own.start.isoformat()}.pdf")

    def _kept(self, one: FormSet, form: DocumentForm, *, shipped: bool = False) -> Answer:
        s, account = services(), current_account()
        text = None if shipped else posted.text("text", missing="Nhập nội dung mẫu.", most=LONGEST)
        start = posted.day("start", "Áp dụng từ ngày")
        basis = posted.text(
            "basis", missing="Ghi số, ngày văn bản hoặc lý do, để người sau biết vì sao đổi mẫu."
        )
        now = s.clock.now()
        try:
            require_start(start, now.astimezone(TZ).date(), one.start, one.end)
        except NotYetError as error:
            raise posted.PostedError(str(error), "start") from error
        if text is not None:
            _drawable(one, form, text)
        rows = s.own_forms.of(form.kind, one.start)
        if shipped and in_force(rows, one.start, start) is None:
            raise posted.PostedError("Ngày đó vẫn đang dùng mẫu của thông tư, không phải đổi.", "start")
        own = Own(
            s.own_forms.new_id(), form.kind, one.start, start, text, basis, account.key, account.name, now
        )
        s.own_forms.add(own)
        self.written(
            "form.given_back" if shipped else "form.kept",
            kind="printed_form",
            target=f"{one.start.isoformat()}:{form.kind}",
            label=form.title,
            reason=basis,
            after={"start": start, "own": own.id, "length": len(text or "")},
        )
        said = "Mẫu của thông tư" if shipped else "Bản của tỉnh"
        return self.done(
            f"{said} áp dụng từ ngày {day(start)}; giấy tờ trước ngày đó giữ mẫu cũ.",
            url_for(".form_page", start=one.start.isoformat(), kind=form.kind),
        )

    def _page(
        self, one: FormSet, form: DocumentForm, wrong: Mapping[str, str] | None = None, which: str = _TRY
    ) -> Answer:
        """`which`: the act that was refused, where one was."""
        start, s = one.start.isoformat(), services()
        today = s.clock.now().astimezone(TZ).date()
        rows = s.own_forms.of(form.kind, one.start)
        held = in_force(rows, one.start, today)
        own = held.text if held is not None else None
        text = own or (TEMPLATES / form.file).read_text(encoding="utf-8")
        sheet = Record(
            title=form.title,
            lead="Xem bằng hồ sơ bịa: không ai có thật.",
            facts=[
                ("Số mẫu", form.number or "Không có số mẫu"),
                ("Ban hành theo", one.legal_basis),
                ("Có hiệu lực", _term(one)),
                ("Ký hiệu văn bản", form.symbol or "Không đánh số"),
                ("Tệp mẫu", form.file),
                ("Hôm nay in theo", _held(held)),
            ],
            acts=[
                *(
                    Act(
                        f"Xem {label.lower()} (PDF)",
                        url_for(".preview", start=start, kind=form.kind, ban=case or None),
                    )
                    for case, label in CASES.items()
                ),
                Act(
                    "Thử sửa mẫu",
                    url_for(".attempt", start=start, kind=form.kind),
                    (Box("text", "Nội dung mẫu", "textarea", text, help=_HELP),),
                    name=_TRY,
                ),
                *(_writing(start, form, text, rows) if may(ADMINS) else ()),
            ],
            sections=[
                Section(
                    "Bản của tỉnh",
                    ("Áp dụng từ", "Mẫu", "Căn cứ", "Người ghi", "Ghi lúc"),
                    [_row(start, form, row) for row in reversed(rows)],
                    empty="Chưa có; đang dùng mẫu của thông tư.",
                ),
                Section(
                    "Trường được dùng",
                    ("Viết trong mẫu", "Nghĩa", "Loại"),
                    [(each.path, each.words, each.type) for each in fields_of(form.kind)],
                ),
            ],
            breadcrumbs=[(HERE, url_for(".index")), (form.title, "")],
        )
        return self.record(sheet, opened=which if wrong else "", wrong=wrong, typed=posted.typed("start"))


_HELP = (
    "Viết {{ trường }} vào chỗ cần in; danh sách trường ở dưới. Mẫu chỉ đọc được các trường đó, không gọi hàm, không lấy gì "
    "từ bên ngoài. Bấm xác nhận để xem bản PDF; bản thử không được lưu."
)


_HELP_KEPT = (
    "Cùng quy tắc như khi thử. Bấm Thử sửa mẫu để xem PDF trước; khi lưu, mẫu được in thử bằng mọi hồ sơ bịa, không in được thì "
    "không lưu."
)


def _tried(one: FormSet, form: DocumentForm) -> Answer:
    text = posted.text("text", missing="Nhập nội dung mẫu.", most=LONGEST)
    try:
        data = form_pdf(form.kind, sample(form.kind, one), text)
    except (FormRefusedError, OutsideError) as error:
        raise posted.PostedError(str(error), "text") from error
    return send_bytes(data, "application/pdf", f"thu-{form.kind}.pdf")


def _drawable(one: FormSet, form: DocumentForm, text: str) -> None:
    """Drawn of every invented dossier, the empty and the long one too, before it is kept."""
    for case in CASES:
        try:
            form_pdf(form.kind, sample(form.kind, one, case), text)
        except (FormRefusedError, OutsideError) as error:
            raise posted.PostedError(str(error), "text") from error


def _writing(start: str, form: DocumentForm, text: str, rows: tuple[Own, ...]) -> list[Act]:
    """What the system's administrators may write: a text of the province's, or the circular's form again."""
    when = Box(
        "start", "Áp dụng từ ngày", "date", help="Từ ngày mai trở đi; giấy tờ trước ngày đó giữ mẫu cũ."
    )
    why = Box("basis", "Căn cứ", help="Số, ngày văn bản hoặc lý do đổi mẫu.")
    acts = [
        Act(
            "Lưu bản của tỉnh",
            url_for(".keep", start=start, kind=form.kind),
            (Box("text", "Nội dung mẫu", "textarea", text, help=_HELP_KEPT), when, why),
            name=_KEEP,
        )
    ]
    if any(row.text is not None for row in rows):
        acts.append(
            Act(
                "Dùng lại mẫu của thông tư",
                url_for(".give_back", start=start, kind=form.kind),
                (when, why),
                name=_BACK,
            )
        )
    return acts


def _row(start: str, form: DocumentForm, row: Own) -> tuple[Cell | str, ...]:
    url = url_for(".own_preview", start=start, kind=form.kind, own_id=row.id)
    what = Cell("Mẫu của thông tư") if row.text is None else Cell("Xem bản của tỉnh (PDF)", url)
    return day(row.start), what, row.basis, row.by_name, f"{row.at:%d/%m/%Y %H:%M}"


def _held(held: Own | None) -> str:
    if held is None or held.text is None:
        return "Mẫu của thông tư"
    return f"Bản của tỉnh, áp dụng từ {day(held.start)}"


def _section(one: FormSet) -> Section:
    return Section(
        one.legal_basis,
        ("Mẫu", "Tên", "Ký hiệu", "Có hiệu lực"),
        [
            (
                Cell(
                    f"Mẫu số {form.number}" if form.number else "Không số",
                    url_for(".form_page", start=one.start.isoformat(), kind=form.kind),
                ),
                form.title,
                form.symbol or "–",
                _term(one),
            )
            for form in one.forms.values()
        ],
    )


def _term(one: FormSet) -> str:
    return f"từ {day(one.start)}" + (f" đến hết {day(one.end)}" if one.end else "")


def _found(start: str, kind: str) -> tuple[FormSet, DocumentForm]:
    one = next((each for each in form_sets() if each.start.isoformat() == start), None)
    if one is None or kind not in one.forms:
        abort(404)
    return one, one.forms[kind]
