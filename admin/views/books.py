"""Number books and the patterns of dossier codes (Đ11.1, Đ14.2)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flask import abort, request, url_for
from flask_admin import expose

from admin import posted
from admin.sheet import Act, Box, Cell, Form, Record, Section
from admin.views.base import ADMINS, Answer
from admin.views.desk import Desk, reason
from rules.calendar import TZ
from tthc.accounts.session import current_account
from tthc.books.model import KINDS, WORDS, Book, BookError, Pattern, pattern, pattern_on
from tthc.dossiers.codes import CodePattern
from tthc.services import services
from tthc.web.access import access

ORDERS = {
    "unit_first": "Đơn vị trước: 000.00.14.H52 (TT 10/2016)",
    "province_first": "Tỉnh trước: H52.14 (QĐ 20/2020)",
}
MANUAL = {"no": "Không, số chỉ lấy từ sổ", "yes": "Được, phải ghi lý do từng lần"}
SAMPLE = "000.00.14.H52"
BUSY = "Sổ vừa được sửa hoặc vừa lấy số ở nơi khác. Ông/bà tải lại trang rồi sửa tiếp."
_HELP = "Chỗ ghi: " + ", ".join(f"{{{word}}} {label}" for word, label in WORDS.items())


class Books(Desk):
    """Books by agency, year and kind; the pattern of dossier codes by its day."""

    @expose("/")
    def index(self) -> Answer:
        return self.record(self._sheet())

    @expose("/them", methods=("GET", "POST"))
    @access(ADMINS)
    def new(self) -> Answer:
        if request.method == "GET":
            return self._new({})
        return self.tried(self._open, self._new)

    @expose("/so/<book_id>/", methods=("GET", "POST"))
    @access(ADMINS)
    def book(self, book_id: str) -> Answer:
        found = services().books.get(book_id)
        if found is None:
            abort(404)
        if request.method == "GET":
            return self._book(found, {})
        return self.tried(lambda: self._change(found), lambda wrong: self._book(found, wrong))

    @expose("/ma-so-ho-so", methods=("POST",))
    @access(ADMINS)
    def codes(self) -> Answer:
        return self.tried(
            self._add_pattern,
            lambda wrong: self.record(
                self._sheet(), opened="codes", wrong=wrong, typed=posted.typed("start")
            ),
        )

    def _sheet(self) -> Record:
        s = services()
        today = _today()
        names = {a.id: a.name for a in s.agencies.all()}
        rows = [
            (
                Cell(b.name, url_for(".book", book_id=b.id)),
                names.get(b.agency, b.agency),
                str(b.year),
                KINDS.get(b.kind, b.kind),
                str(b.last + 1),
                _sample(b),
            )
            for b in s.books.all()
        ]
        codes = [
            (
                f"từ {p.start:%d/%m/%Y}" if p.start else "từ đầu",
                ORDERS[p.order],
                p.write(SAMPLE, max(today, p.start or today), 1),
            )
            for p in reversed(s.code_patterns())
        ]
        return Record(
            title="Sổ và số văn bản",
            lead="Số đã cấp không cấp lại; số bỏ trống được chấp nhận.",
            acts=(
                Act("Mở sổ", url_for(".new"), kind=""),
                Act("Đổi mẫu mã số hồ sơ", url_for(".codes"), (
                    Box("order", "Cách viết mã định danh", "choice", options=list(ORDERS.items())),
                    Box("digits", "Số chữ số của số thứ tự", "integer", 4),
                    Box("start", "Áp dụng từ ngày", "date", help="Từ ngày mai trở đi; mã đã cấp giữ nguyên."),
                    Box("reason", "Căn cứ", "textarea"),
                ), name="codes"),
            ),
            sections=(
                Section("Sổ", ("Sổ", "Cơ quan", "Năm", "Loại", "Số tiếp theo", "Viết là"), rows, "Chưa mở sổ nào."),
                Section("Mẫu mã số hồ sơ", ("Áp dụng", "Cách viết", "Ví dụ"), codes),
            ),
        )  # fmt: skip

    def _new(self, wrong: Mapping[str, str]) -> Answer:
        s = services()
        agencies = [(a.id, a.name) for a in s.agencies.active(_today())]
        return self.form(
            Form(
                title="Mở sổ",
                boxes=(
                    Box("agency", "Cơ quan", "select", options=agencies),
                    Box("kind", "Loại sổ", "select", options=list(KINDS.items())),
                    Box("name", "Tên sổ", example="Sổ đăng ký văn bản đi"),
                    Box("year", "Năm", "integer", _today().year),
                    Box("pattern", "Mẫu số", value="{so}/", help=_HELP),
                    Box("digits", "Số chữ số ít nhất", "integer", 1),
                    Box("next", "Số tiếp theo", "integer", 1, "Lớn hơn 1 nếu nối tiếp sổ giấy."),
                    Box("manual", "Ghi số bằng tay", "select", "no", options=list(MANUAL.items())),
                    Box("reason", "Lý do", "textarea"),
                ),
                button="Mở sổ",
                back=url_for(".index"),
                typed=posted.typed() if request.method == "POST" else {},
                wrong=wrong,
                breadcrumbs=[("Sổ và số văn bản", url_for(".index")), ("Mở sổ", "")],
            )
        )

    def _open(self) -> Answer:
        s = services()
        agency = posted.text("agency", missing="Chọn cơ quan.", most=80)
        if s.agencies.get(agency) is None:
            raise posted.PostedError("Chọn cơ quan trong danh sách.", "agency")
        book = Book(
            agency=agency,
            year=posted.number("year", "Năm", least=2000, most=2100),
            kind=posted.choice("kind", KINDS, "Chọn loại sổ."),
            name=posted.text("name", missing="Nhập tên sổ.", most=200),
            patterns=(_pattern(date.min),),
            last=posted.number("next", "Số tiếp theo", least=1, most=10**7) - 1,
            manual=posted.text("manual") == "yes",
        )
        why = reason()
        try:
            s.books.open(book)
        except BookError as error:
            raise posted.PostedError(error.message, error.field) from error
        self._log("added", book, why, {}, _kept(book))
        return self.done(f"Đã mở {book.name}.", url_for(".index"))

    def _book(self, book: Book, wrong: Mapping[str, str]) -> Answer:
        s = services()
        now = pattern_on(book.patterns, max(_today(), date(book.year, 1, 1)))
        drawn = [(d.text, str(d.number), f"{d.day:%d/%m/%Y}", d.by or "–") for d in s.books.drawn(book.id)]
        written = [
            ("từ đầu" if p.start == date.min else f"từ {p.start:%d/%m/%Y}", p.text) for p in book.patterns
        ]
        return self.form(
            Form(
                title=book.name,
                lead=f"{KINDS.get(book.kind, book.kind)}, năm {book.year}. Số tiếp theo: {book.last + 1}, viết là {_sample(book)}.",
                sections=(
                    Section("Số đã cấp gần đây", ("Viết là", "Số", "Ngày", "Người lấy"), drawn, "Chưa cấp số nào."),
                    Section("Mẫu số", ("Áp dụng", "Mẫu"), written),
                ),
                boxes=(
                    Box("name", "Tên sổ", value=book.name),
                    Box("pattern", "Mẫu số", value=now.text, help=_HELP),
                    Box("digits", "Số chữ số ít nhất", "integer", now.digits),
                    Box("start", "Mẫu áp dụng từ ngày", "date", _today().isoformat()),
                    Box("next", "Số tiếp theo", "integer", book.last + 1, "Chỉ tăng, không giảm."),
                    Box(
                        "manual",
                        "Ghi số bằng tay",
                        "select",
                        "yes" if book.manual else "no",
                        options=list(MANUAL.items()),
                    ),
                    Box("reason", "Lý do", "textarea"),
                    Box("rev", type="hidden", value=book.rev),
                ),
                button="Lưu",
                back=url_for(".index"),
                typed=posted.typed("start") if request.method == "POST" else {},
                wrong=wrong,
                breadcrumbs=[("Sổ và số văn bản", url_for(".index")), (book.name, "")],
            )
        )  # fmt: skip

    def _change(self, book: Book) -> Answer:
        start = posted.day("start", "Mẫu áp dụng từ ngày")
        new = _pattern(start)
        now = pattern_on(book.patterns, max(start, date(book.year, 1, 1)))
        patterns = book.patterns
        if (new.text, new.digits) != (now.text, now.digits):
            patterns = (*(p for p in patterns if p.start != start), new)
        last = posted.number("next", "Số tiếp theo", least=1, most=10**7) - 1
        if last < book.last:
            raise posted.PostedError(f"Số đã cấp đến {book.last}; số tiếp theo chỉ tăng.", "next")
        changed = replace(
            book,
            name=posted.text("name", missing="Nhập tên sổ.", most=200),
            patterns=patterns,
            last=last,
            manual=posted.text("manual") == "yes",
        )
        why = reason()
        rev = posted.number("rev", "Phiên", least=0, most=10**9)
        if not services().books.change(changed, rev=rev):
            raise posted.PostedError(BUSY, "next")
        self._log("changed", book, why, _kept(book), _kept(changed))
        return self.done("Đã lưu sổ.", url_for(".book", book_id=book.id))

    def _add_pattern(self) -> Answer:
        s = services()
        order = posted.choice("order", ORDERS, "Chọn cách viết.")
        digits = posted.number("digits", "Số chữ số", least=4, most=7)
        start = posted.day("start", "Áp dụng từ ngày")
        why = reason()
        new = CodePattern("unit_first" if order == "unit_first" else "province_first", digits, start)
        try:
            s.code_patterns.add(new, by=current_account().name, at=s.clock.now(), reason=why, today=_today())
        except BookError as error:
            raise posted.PostedError(error.message, error.field) from error
        self.written(
            "codes.changed",
            kind="codes",
            target="codes",
            label="Mẫu mã số hồ sơ",
            reason=why,
            after={"order": order, "digits": digits, "start": start},
        )
        return self.done(f"Mẫu mới áp dụng từ ngày {start:%d/%m/%Y}.", url_for(".index"))

    def _log(
        self, what: str, book: Book, why: str, before: Mapping[str, object], after: Mapping[str, object]
    ) -> None:
        self.written(
            f"book.{what}",
            kind="book",
            target=book.id,
            label=book.name,
            reason=why,
            before=before,
            after=after,
        )


def _pattern(start: date) -> Pattern:
    digits = posted.number("digits", "Số chữ số", least=1, most=8)
    try:
        return pattern(posted.text("pattern", missing="Nhập mẫu số."), digits, start)
    except BookError as error:
        raise posted.PostedError(error.message, error.field) from error


def _sample(book: Book) -> str:
    day = min(max(_today(), date(book.year, 1, 1)), date(book.year, 12, 31))
    return pattern_on(book.patterns, day).write(book.last + 1, day)


def _kept(book: Book) -> dict[str, object]:
    return {
        "name": book.name,
        "next": book.last + 1,
        "manual": book.manual,
        "patterns": [f"{p.text} ({p.digits}) {p.start}" for p in book.patterns],
    }


def _today() -> date:
    return services().clock.now().astimezone(TZ).date()
