"""/quan-tri/mau-giay-to: the printed forms of each set by its legal basis, previewed, with the fields they may use."""

from collections.abc import Mapping
from typing import cast

from flask import abort, request, url_for
from flask_admin import expose

from admin import posted
from admin.sheet import Act, Box, Cell, Record, Section
from admin.views.base import ADMINS, REVIEWERS, WRITERS, Answer
from admin.views.desk import Desk
from renderers.environment import TEMPLATES
from renderers.pdf.documents import form_pdf
from renderers.pdf.engine import OutsideError
from renderers.pdf.fields import fields_of
from renderers.pdf.samples import CASES, Case, sample
from renderers.pdf.sandbox import FormRefusedError
from renderers.pdf.sets import DocumentForm, FormSet, form_sets
from renderers.text import day
from tthc.web.files import send_bytes

HERE = "Mẫu giấy tờ in"
LONGEST = 20_000
_LEAD = (
    "Giấy tờ in theo bộ mẫu có hiệu lực vào ngày của việc ghi trên đó: ngày tiếp nhận, ngày yêu cầu, ngày xin lỗi. "
    "Hồ sơ cũ in lại vẫn theo mẫu cũ."
)
_TRY = "try"


class PrintedForms(Desk):
    """Read and tried here; a new circular is a new set in the files, put in force from its day."""

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

    def _page(self, one: FormSet, form: DocumentForm, wrong: Mapping[str, str] | None = None) -> Answer:
        start = one.start.isoformat()
        text = (TEMPLATES / form.file).read_text(encoding="utf-8")
        sheet = Record(
            title=form.title,
            lead="Xem bằng hồ sơ bịa: không ai có thật.",
            facts=[
                ("Số mẫu", form.number or "Không có số mẫu"),
                ("Ban hành theo", one.legal_basis),
                ("Có hiệu lực", _term(one)),
                ("Ký hiệu văn bản", form.symbol or "Không đánh số"),
                ("Tệp mẫu", form.file),
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
            ],
            sections=[
                Section(
                    "Trường được dùng",
                    ("Viết trong mẫu", "Nghĩa", "Loại"),
                    [(each.path, each.words, each.type) for each in fields_of(form.kind)],
                )
            ],
            breadcrumbs=[(HERE, url_for(".index")), (form.title, "")],
        )
        return self.record(sheet, opened=_TRY if wrong else "", wrong=wrong, typed=posted.typed())


_HELP = (
    "Viết {{ trường }} vào chỗ cần in; danh sách trường ở dưới. Mẫu chỉ đọc được các trường đó, không gọi hàm, không lấy gì "
    "từ bên ngoài. Bấm xác nhận để xem bản PDF; bản thử không được lưu."
)


def _tried(one: FormSet, form: DocumentForm) -> Answer:
    text = posted.text("text", missing="Nhập nội dung mẫu.", most=LONGEST)
    try:
        data = form_pdf(form.kind, sample(form.kind, one), text)
    except (FormRefusedError, OutsideError) as error:
        raise posted.PostedError(str(error), "text") from error
    return send_bytes(data, "application/pdf", f"thu-{form.kind}.pdf")


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
