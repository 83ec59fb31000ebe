"""`tthc table`: a fee's decision table to and from DMN, and what can be proven of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from definitions.amounts import AmountTable
from definitions.lint.tables import prove
from definitions.loader import load
from definitions.model import Definition, FeeLine
from definitions.reading import ReadingError, read
from definitions.sheets import SheetError, sheet_of, update
from rules.tables import dmn
from rules.tables.analysis import Analysis
from rules.tables.sheet import Sheet


class TableCommandError(ValueError):
    """What keeps the command from being done; sentences, one a line."""


def export(path: Path, fee: str) -> str:
    """The table as DMN XML."""
    definition, raw, _ = _definition(path)
    try:
        return dmn.write(sheet_of(definition, raw, fee))
    except (SheetError, dmn.DmnError) as error:
        raise TableCommandError(f"{path}: {error}") from None


def take(path: Path, fee: str, source: Path) -> list[str]:
    """Write the table of the DMN file into the definition; what is to be said of it.

    Nothing is written where the definition would be wrong.
    """
    definition, raw, text = _definition(path)
    try:
        before = sheet_of(definition, raw, fee)
        sheet = _chosen(dmn.read(_bytes(source)), fee)
        updated = update(text, fee, sheet, before)
    except dmn.DmnError as error:
        raise TableCommandError(f"{source}: {error}") from None
    except SheetError as error:
        raise TableCommandError(str(error)) from None
    loaded = load(updated.text, str(path))
    if loaded.errors:
        wrong = [str(problem) for problem in loaded.errors]
        raise TableCommandError("\n".join([*wrong, f"{path}: bảng mới có lỗi nên chưa ghi."]))
    if updated.text == text:
        return [*updated.remarks, f"{path}: bảng của “{fee}” không đổi."]
    try:
        path.write_text(updated.text, encoding="utf-8", newline="")
    except OSError as error:
        raise TableCommandError(f"Không ghi được “{path}”: {error.strerror}.") from None
    said = [str(problem) for problem in loaded.warnings if problem.path.startswith("fees")]
    return [*updated.remarks, *said, f"{path}: đã ghi bảng của “{fee}”, {len(sheet.rows)} dòng."]


def check(path: Path, fee: str | None) -> tuple[bool, list[str]]:
    """Whether nothing speaks against the tables, and what was found."""
    definition, _, _ = _definition(path)
    wanted = [each for each in definition.fees if fee in {None, each.id}]
    if not wanted:
        known = ", ".join(each.id for each in definition.fees) or "chưa có khoản nào"
        raise TableCommandError(f"{path}: không có khoản thu “{fee}”; các khoản: {known}.")
    fine, lines = True, []
    for each in wanted:
        found = prove(definition, each)
        lines += list(_told(each, found))
        if found is not None:
            fine = (
                fine
                and not any(gap.sure for gap in found.gaps)
                and not any(overlap.forbidden and overlap.sure for overlap in found.overlaps)
            )
    return fine, lines


def _told(fee: FeeLine, found: Analysis | None) -> Iterator[str]:
    if found is None or not isinstance(fee.amount, AmountTable):
        yield f"{fee.id}: số tiền là công thức, không có bảng để xét."
        return
    table = fee.amount.table
    yield f"{fee.id}: {len(table.rules)} dòng, {len(table.columns)} cột điều kiện, cách chọn {table.hit}."
    yield (
        "  "
        + {
            True: "Đủ: mọi hồ sơ mà biểu mẫu nhận đều có số tiền.",
            False: "Thiếu: có hồ sơ không dòng nào nhận.",
            None: "Chưa chứng minh được là đủ dòng.",
        }[found.complete]
    )
    yield (
        "  "
        + {
            True: "Không hồ sơ nào được hai dòng cùng nhận.",
            False: "Có hồ sơ được hai dòng cùng nhận.",
            None: "Chưa chứng minh được là không có hai dòng cùng nhận một hồ sơ.",
        }[found.disjoint]
    )
    for gap in found.gaps:
        yield f"  {gap}" + ("" if gap.sure else " Chưa rõ có hồ sơ nào như vậy hay không.")
    for item in (*found.overlaps, *found.unreachable):
        yield f"  {item}"
    for cell in found.undecided:
        where = f"dòng {cell.row}" if cell.row else "giá trị cho phép"
        yield f"  Chưa xét được {where}, cột {cell.column}: “{cell.text}” so với dữ liệu khác hoặc dùng hàm."
    if found.too_large:
        yield "  Bảng quá lớn để chứng minh trọn vẹn; xin tách thành nhiều bảng."


def _definition(path: Path) -> tuple[Definition, dict[str, Any], str]:
    content = _bytes(path)
    try:
        text = content.decode()
        loaded = load(text, str(path))
        if loaded.definition is None:
            raise TableCommandError("\n".join(str(problem) for problem in loaded.problems))
        return loaded.definition, cast("dict[str, Any]", read(text).data), text
    except (UnicodeDecodeError, ReadingError) as error:
        raise TableCommandError(f"{path}: không đọc được ({error}).") from None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TableCommandError(f"Không đọc được “{path}”: {error.strerror}.") from None


def _chosen(sheets: list[Sheet], fee: str) -> Sheet:
    """The table called as the fee is, or the only one."""
    named = [sheet for sheet in sheets if sheet.id == fee] or sheets
    if len(named) == 1:
        return named[0]
    if not named:
        raise dmn.DmnError("Tệp không có bảng quyết định nào.")
    known = ", ".join(sheet.id for sheet in named)
    raise dmn.DmnError(f"Tệp có nhiều bảng ({known}); đặt mã bảng cần lấy là “{fee}”.")
