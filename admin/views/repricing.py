"""«Đổi mức phí theo quyết định»: new amounts of a fee of a draft from a day on, without writing a line of the text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from flask import flash, redirect, request, url_for
from flask_admin import expose

from admin.framing import frame
from admin.version_page import Shown, open_version
from admin.views.base import WRITERS, Answer, Page
from admin.views.definitions import EDITABLE
from definitions.editing import EditError
from definitions.lifecycle import LifecycleError
from definitions.reading import ReadingError, read
from definitions.repricing import PriceRow, Repricing, fees_of, price_rows, reprice
from forms.model import Field
from forms.types import REGISTRY
from renderers.text import day
from tthc.accounts.session import current_account
from tthc.drafting.desk import Sitting
from tthc.services import services

LONGEST: Final = 1_000
STALE: Final = "Bản nháp này vừa được sửa ở nơi khác; ông/bà xem lại các mức phí hiện nay rồi ghi lại."


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is about: the fee and the day, `None` where they are not chosen yet or cannot be read."""

    fee: str
    start: date | None
    typed_start: object
    wrong_start: str


class Repricings(Page):
    """/quan-tri/ban-cau-hinh/<code>/<version>/doi-muc-phi."""

    rules = (WRITERS,)
    listed = False

    @expose("/<code>/<version_id>/doi-muc-phi", methods=("GET", "POST"))
    def form(self, code: str, version_id: str) -> Answer:
        """First which fee and from when, then the amounts of the rows that are law on the eve."""
        shown = open_version(code, version_id)
        if shown.version.state not in EDITABLE:
            flash("Chỉ đổi được mức phí của bản nháp; ông/bà soạn bản mới từ bản này trước.", "warn")
            return redirect(url_for("versions.overview", code=code, version_id=version_id))
        try:
            raw = read(shown.text).data
        except ReadingError:
            raw = None
        data: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
        fees = fees_of(data)
        asked = _asked(fees)
        if request.method == "GET":
            return self._form(shown, fees, asked, _rows(data, asked))
        rows = _rows(data, asked)
        wrong, amounts = _amounts(rows)
        source = request.form.get("source", "").strip()[:LONGEST]
        if not source:
            wrong["source"] = "Ghi số, ngày của quyết định hoặc văn bản quy định mức phí mới."
        if request.form.get("base") != shown.version.text:
            wrong["fee"] = STALE
        if wrong or asked.start is None:
            return self._form(shown, fees, asked, rows, wrong), 422
        try:
            wanted = Repricing(asked.fee, amounts, asked.start, source)
            written = services().drafting.change(
                Sitting(code, version_id, current_account().key, services().clock.now()),
                upon=shown.version.text,
                make=lambda seen: reprice(seen, wanted),
                what=f"Đổi mức phí từ {day(asked.start)}",
                place=f"fees.{asked.fee}",
            )
        except EditError as error:
            return self._form(shown, fees, asked, rows, {"fee": str(error)}), 422
        except LifecycleError as error:
            return self._form(shown, fees, asked, rows, {"fee": error.message}), 422
        wrong_now = () if written.loaded is None else written.loaded.errors
        more = f" Còn {len(wrong_now)} lỗi cần sửa." if wrong_now else ""
        flash(
            f"Đã ghi mức phí mới từ {day(asked.start)}; mức cũ áp dụng đến hết "
            f"{day(asked.start - timedelta(days=1))}.{more}",
            "warn" if more else "ok",
        )
        return redirect(url_for("versions.changes", code=code, version_id=version_id))

    def _form(
        self,
        shown: Shown,
        fees: tuple[tuple[str, str], ...],
        asked: Asked,
        rows: tuple[PriceRow, ...] | None,
        wrong: Mapping[str, str] | None = None,
    ) -> str:
        return self.show(
            "admin/repricing.html",
            **frame(shown, "overview", "Đổi mức phí theo quyết định"),
            fees=fees,
            asked=asked,
            rows=rows,
            row_name=_name,
            wrong={**({"start": asked.wrong_start} if asked.wrong_start else {}), **(wrong or {})},
            typed=request.form,
            eve=None if asked.start is None else asked.start - timedelta(days=1),
        )


def _asked(fees: tuple[tuple[str, str], ...]) -> Asked:
    """From the address at first, from what is posted with the amounts then."""
    source = (request.form if request.method == "POST" else request.args).to_dict(flat=False)
    fee = next(iter(source.get("fee", ())), "") or (fees[0][0] if fees else "")
    field = Field(id="start", type="date", label="Từ ngày")
    typed = REGISTRY["date"].collect(field, source, "start")
    if typed is None:
        return Asked(fee, None, None, "")
    found = REGISTRY["date"].parse(field, typed)
    if isinstance(found.value, date):
        return Asked(fee, found.value, typed, "")
    return Asked(fee, None, typed, f"Từ ngày: {found.error or 'nhập ngày, tháng, năm'}.")


def _rows(data: Mapping[str, Any], asked: Asked) -> tuple[PriceRow, ...] | None:
    """`None` until fee and day are known."""
    if asked.start is None or not asked.fee:
        return None
    try:
        return price_rows(data, asked.fee, asked.start)
    except (EditError, AttributeError, LookupError, TypeError, ValueError):
        return ()  # the draft is still wrong at this fee; its page says where


def _name(row: PriceRow) -> str:
    """Of the field with the new amount."""
    return "amount" if row.row is None else f"amount{row.row}"


def _amounts(rows: tuple[PriceRow, ...] | None) -> tuple[dict[str, str], dict[int | None, int]]:
    """What is wrong, by field, and the new amount of each row that has one."""
    wrong: dict[str, str] = {}
    found: dict[int | None, int] = {}
    for row in rows or ():
        typed = request.form.get(_name(row), "").strip()
        if not typed:
            continue
        digits = typed.replace(".", "").replace(" ", "")
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= 12):
            wrong[_name(row)] = "Mức phí mới là một số đồng nguyên, ví dụ 50.000."
        else:
            found[row.row] = int(digits)
    if not found and not wrong:
        wrong["fee"] = "Ông/bà nhập mức phí mới cho ít nhất một dòng; dòng để trống giữ nguyên mức cũ."
    return wrong, found
