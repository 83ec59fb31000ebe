"""Every part in every state, for `/_parts` in development and the accessibility test. Nobody's data: all invented."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from definitions.model import FeeDue, PaperDue
from forms.evaluate import evaluate
from forms.model import Field, FieldError, Form, Option, Page, Submission
from renderers.html.form import render_page, render_summary
from renderers.text import TZ

NOW: Final = datetime(2026, 11, 23, 14, 32, tzinfo=TZ)

_PROVINCES: Final = (
    "Sơn La",
    "Lào Cai",
    "Điện Biên",
    "Lai Châu",
    "Phú Thọ",
    "Thái Nguyên",
    "Tuyên Quang",
    "Cao Bằng",
)

FIELDS: Final = (
    Field(id="h1", type="heading", label="Người yêu cầu", text="Thông tin lấy từ tài khoản; ông/bà sửa lại nếu chưa đúng."),
    Field(id="full_name", type="text", label="Họ, chữ đệm và tên", required=True, help="Viết đúng như trên giấy tờ tùy thân", example="Lò Thị Minh Nguyệt", autocomplete="name"),
    Field(id="citizen_number", type="citizen_number", label="Số định danh cá nhân", required=True, help="Gồm 12 chữ số, ở mặt trước thẻ căn cước", sensitive=True),
    Field(id="birth", type="date", label="Ngày, tháng, năm sinh", required=True, example="23 11 1990", autocomplete="bday"),
    Field(id="phone", type="phone", label="Số điện thoại", required=True),
    Field(id="email", type="email", label="Thư điện tử"),
    Field(id="tax", type="tax_number", label="Mã số thuế"),
    Field(id="sex", type="yes_no", label="Ông/bà nộp thay người khác?", required=True),
    Field(id="kind", type="choice", label="Chủ thể kinh doanh", required=True, options=(Option("household", "Hộ kinh doanh", "Cá nhân, hộ gia đình đăng ký ở cấp xã"), Option("company", "Doanh nghiệp", "Công ty, hợp tác xã, chi nhánh"))),
    Field(id="province", type="choice", label="Tỉnh, thành phố nơi đăng ký", options=tuple(Option(p, p) for p in _PROVINCES)),
    Field(id="ways", type="multi_choice", label="Nhận tin qua", options=(Option("sms", "Tin nhắn điện thoại"), Option("email", "Thư điện tử"), Option("portal", "Trên cổng này"))),
    Field(id="h2", type="heading", label="Nội dung đề nghị"),
    Field(id="area", type="decimal", label="Diện tích", unit="m²", required=True),
    Field(id="capital", type="money", label="Vốn kinh doanh", example="150.000.000"),
    Field(id="month", type="month", label="Tháng bắt đầu hoạt động"),
    Field(id="hour", type="time", label="Giờ mở cửa", example="07:30"),
    Field(id="reason", type="textarea", label="Lý do đề nghị", help="Nói ngắn gọn điều cần giải quyết"),
    Field(id="documents", type="list", label="Giấy tờ cần chứng thực", required=True, item_label="Giấy tờ", help="Mỗi loại giấy tờ một dòng", item=(
        Field(id="name", type="text", label="Tên giấy tờ", required=True),
        Field(id="pages", type="integer", label="Số trang của bản chính", required=True, unit="trang"),
    )),
    Field(id="note", type="note", label="Ông/bà lưu ý", text="Khi nhận kết quả, mang theo bản chính để đối chiếu."),
    Field(id="promise", type="declaration", label="Tôi cam đoan", text="Những nội dung khai trên là đúng sự thật. Nếu sai, tôi chịu trách nhiệm trước pháp luật."),
)  # fmt: skip

FORM: Final = Form((Page("mau", "Thông tin đề nghị", FIELDS),))

_GOOD: Final = {
    "full_name": "Lò Thị Minh Nguyệt",
    "citizen_number": "014190001234",
    "birth": {"d": "5", "m": "3", "y": "1990"},
    "phone": "0912345678",
    "email": "",
    "sex": "false",
    "kind": "household",
    "province": "Sơn La",
    "ways": ["sms", "portal"],
    "area": "42,5",
    "capital": 150_000_000,
    "month": {"m": "12", "y": "2026"},
    "hour": "07:30",
    "reason": "Mở cửa hàng tạp hóa tại bản Nà Sản.",
    "documents": [
        {"name": "Bằng tốt nghiệp trung học phổ thông", "pages": "1"},
        {"name": "Sổ hộ tịch của gia đình, bản lập năm 1998", "pages": "12"},
    ],
    "promise": "true",
}
_BAD: Final = {
    "full_name": "",
    "citizen_number": "0141900",
    "birth": {"d": "31", "m": "2", "y": "1990"},
    "phone": "12",
    "email": "nguyet@",
    "tax": "1",
    "area": "mấy",
    "capital": "-5",
    "month": {"m": "13", "y": "2026"},
    "hour": "25:00",
    "documents": [{"name": "", "pages": "x"}],
}


def _form(answers: Mapping[str, object], prefix: str, *, show: bool) -> tuple[object, Submission]:
    """The page with ids of its own, so that it can be shown several times."""
    fields = tuple(_renamed(field, prefix) for field in FIELDS)
    page = Page(prefix, "Thông tin đề nghị", fields)
    named = {f"{prefix}_{key}": value for key, value in answers.items()}
    submission = evaluate(Form((page,)), named, {}, NOW)
    html = render_page(page, submission, named, show=show, now=NOW)
    return html, submission


def _renamed(field: Field, prefix: str) -> Field:
    return replace(field, id=f"{prefix}_{field.id}")


def _paper(identity: str, name: str, **facts: object) -> PaperDue:
    usual = {
        "original": 0,
        "copy": 0,
        "required": True,
        "presented_only": False,
        "form_generated": False,
        "help": "",
    }
    return PaperDue(id=identity, name=name, **{**usual, **facts})  # type: ignore[arg-type]


def gallery() -> dict[str, object]:
    """The context of `parts/gallery.html`."""
    good, _ = _form(_GOOD, "ok", show=False)
    bad, wrong = _form(_BAD, "sai", show=True)
    clean = evaluate(FORM, _GOOD, {}, NOW)
    warned = Submission(
        values={}, clean={}, visible=frozenset({"canh_bao"}), required=frozenset(), pages=(),
        errors=(FieldError("canh_bao", "Ngày này là ngày nghỉ lễ", "warning"),),
    )  # fmt: skip
    warning_page = Page("canh", "", (Field(id="canh_bao", type="date", label="Ngày hẹn kiểm tra thực địa"),))
    return {
        "now": NOW,
        "form_good": str(good).replace('id="form-page"', 'id="form-page-good"'),
        "form_bad": str(bad).replace('id="form-page"', 'id="form-page-bad"'),
        "form_warned": str(
            render_page(warning_page, warned, {"canh_bao": {"d": "24", "m": "11", "y": "2026"}})
        ).replace('id="form-page"', 'id="form-page-warned"'),
        "wrong_count": len(wrong.errors),
        "summary_html": render_summary(
            FORM, clean.clean, visible=clean.visible, change=lambda page: f"#{page}", changed={"capital"}
        ),
        "fees": (
            FeeDue(
                "a",
                "Phí thẩm định điều kiện kinh doanh",
                "phi",
                600_000,
                "before_acceptance",
                "Doanh nghiệp, khu vực thành phố: 600.000 đồng một điểm kinh doanh",
            ),
            FeeDue("b", "Lệ phí cấp giấy phép", "le_phi", 21_000, "at_return", "3 bản × 7.000 đồng"),
        ),
        "papers": (
            _paper("a", "Đơn đề nghị cấp giấy phép", original=1, form_generated=True),
            _paper("b", "Giấy chứng nhận đăng ký kinh doanh", copy=1, help="Chụp rõ cả bốn góc"),
            _paper("c", "Căn cước của người nộp", original=1, presented_only=True),
            _paper("d", "Văn bản ủy quyền", original=1, required=False, help="Khi nộp thay người khác"),
        ),
        "files": (
            {
                "name": "giay-chung-nhan-dang-ky-kinh-doanh-ban-scan-day-du.pdf",
                "size": 1_420_000,
                "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "view_url": "#",
                "remove_url": "#",
            },
        ),
        "dues": [
            (NOW + timedelta(days=2), False, False),
            (NOW + timedelta(days=1), False, False),
            (NOW + timedelta(hours=2), False, False),
            (NOW - timedelta(days=1), False, False),
            (NOW - timedelta(minutes=90), False, False),
            (NOW + timedelta(days=9), True, False),
            (NOW + timedelta(days=9), False, True),
        ],
        "timeline": (
            {"title": "Ông/bà đã nộp hồ sơ", "at": NOW - timedelta(days=3), "actor": "Lò Thị Minh Nguyệt"},
            {
                "title": "Bộ phận Một cửa đã tiếp nhận",
                "at": NOW - timedelta(days=2),
                "actor": "Quàng Văn Hải, 0212 385 1234",
                "used": "3 giờ 20 phút",
            },
            {
                "title": "Đang thẩm định",
                "at": NOW - timedelta(days=1),
                "actor": "Phòng Kinh tế",
                "state": "now",
                "text": "Cán bộ đang xem xét điều kiện cửa hàng.",
            },
            {
                "title": "Ký và trả kết quả",
                "at": NOW + timedelta(days=2),
                "state": "next",
                "text": "Chậm nhất",
            },
        ),
        "columns": (
            {"key": "code", "label": "Mã hồ sơ", "sort_url": "#", "sorted": ""},
            {"key": "name", "label": "Người nộp"},
            {"key": "procedure", "label": "Thủ tục"},
            {"key": "fee", "label": "Phí", "num": True, "sort_url": "#", "sorted": "ascending"},
        ),
        "rows": tuple(
            {
                "url": "#ho-so",
                "cells": {
                    "code": f"H52.14-261123-{n:04}",
                    "name": name,
                    "procedure": "Cấp giấy phép mẫu",
                    "fee": "600.000",
                },
            }
            for n, name in enumerate(
                ("Lò Thị Minh Nguyệt", "Công ty TNHH Một thành viên Thương mại Tây Bắc", "Cầm Văn Dũng"), 1
            )
        ),
        "inboxes": (
            {"label": "Hồ sơ trực tuyến", "url": "#1", "count": 12, "current": False},
            {"label": "Tiếp nhận", "url": "#2", "count": 3, "current": False},
            {"label": "Chờ tôi xử lý", "url": "#3", "count": 27, "current": True},
            {"label": "Chờ bổ sung", "url": "#4", "count": 5, "current": False},
            {"label": "Sắp đến hạn", "url": "#5", "count": 4, "tone": "warn", "current": False},
            {"label": "Quá hạn", "url": "#6", "count": 1, "tone": "bad", "current": False},
            {"label": "Chờ trả kết quả", "url": "#7", "count": 0, "current": False},
        ),
        "nav": (
            {"label": "Thủ tục", "url": "#a", "current": True},
            {"label": "Tra cứu hồ sơ", "url": "#b", "current": False},
            {"label": "Hồ sơ của tôi", "url": "#c", "count": 2, "current": False},
        ),
        "account": {"name": "Lò Thị Minh Nguyệt", "url": "#tk", "logout_url": "#ra"},
        "search_url": "#tim",
        "breadcrumbs": (("Trang chủ", "#home"), ("Thủ tục", "#tt"), ("Các thành phần giao diện", None)),
        "messages": [("ok", "Đã lưu bản nháp.")],
    }
