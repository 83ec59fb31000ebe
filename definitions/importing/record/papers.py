"""“Thành phần hồ sơ”: cases, papers, and the many rows that are notes between papers.

A row is a note when its words say so (a heading, a “Lưu ý”, a case, an instruction) or when it names no document and
asks for no copy. It stays in its place as a note, and is told, because only a person can be sure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from definitions.importing.ledger import ALL, Ledger
from definitions.importing.naming import Names, plain
from definitions.importing.record.keys import PAPER, named
from definitions.importing.source import at
from definitions.importing.texts import LINE, TEXT, number, without_markup
from definitions.reading.tree import Path

_DOCUMENT: Final = re.compile(
    r"(?:0?[0-9]+ )?(?:bo |cac |mot |ban chinh |ban goc |ban sao |anh )*"
    r"(don|to khai|to trinh|giay|ban|bien ban|hop dong|quyet dinh|van ban|chung chi|chung nhan|chung tu|ho so|so|phieu|the|ho chieu|"
    r"can cuoc|cccd|anh|bang|cong van|de an|phuong an|ke hoach|danh sach|bao cao|y kien|cam ket|thuyet minh|so do|trich luc|"
    r"trich do|hoa don|bang ke|ly lich|so yeu|du an|thong bao|nghi quyet|dieu le|mau|tai lieu|hinh anh|file|tep|xac nhan|"
    r"giay to|du lieu|hinh|photo)\b"
)
_NOTES: Final = (
    (re.compile(r"(luu y|ghi chu|chu y|chu thich)\b"), "Bắt đầu bằng “Lưu ý” hoặc “Ghi chú”."),
    (
        re.compile(r"(?:cac )?(?:giay to|thanh phan|ho so)(?: ho so)? (?:phai|can|gui kem|bao gom|gom)\b"),
        "Là lời mở đầu cho các giấy tờ bên dưới.",
    ),
    (
        re.compile(r"(truong hop|doi voi|neu|khi|tru truong hop)\b"),
        "Nói về một trường hợp, không nêu tên giấy tờ.",
    ),
    (
        re.compile(
            r"(nguoi|co quan|to chuc|ca nhan|cong dan|to chuc|uy ban|ubnd|viec|thoi han|theo quy dinh|mot trong|cac truong hop|can bo)\b"
        ),
        "Là lời hướng dẫn, không nêu tên giấy tờ.",
    ),
)
_COUNTS: Final = (
    re.compile(r"(?:ban chinh (?P<original>[0-9]{1,2}))? ?(?:ban sao (?P<copy>[0-9]{1,2}))?"),
    re.compile(r"(?:(?P<original>[0-9]{1,2}) ban chinh)? ?(?:(?P<copy>[0-9]{1,2}) ban sao)?"),
)
_HEADING: Final = re.compile(
    r"(?:cac )?(?:giay to|thanh phan|ho so)(?: ho so)? (?:phai|can) (nop|xuat trinh)\b"
)
_ALONE: Final = "Trường hợp chung"


@dataclass
class Papers:
    """`cases`: (id, label) in the order of the source; empty where the record has one case only. `forms`: the forms
    that rows name.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    cases: list[tuple[str, str]] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Row:
    raw: Mapping[str, Any]
    path: Path
    case: str
    case_path: Path


def read_papers(value: object, path: Path, ledger: Ledger) -> Papers:
    rows = list(_rows(value, path))
    labels = list(dict.fromkeys(row.case for row in rows if not _HEADING.match(plain(row.case))))
    made, names, papers = Papers(), Names(), Names()
    headed: set[str] = set()
    if len(labels) > 1:
        made.cases = [
            (names.take(label or _ALONE, fallback="truong_hop"), label or _ALONE) for label in labels
        ]
    ids = dict(zip(labels, (name for name, _ in made.cases), strict=False))
    for row in rows:
        heading = _HEADING.match(plain(row.case))
        if heading and row.case not in headed:
            headed.add(row.case)
            made.rows.append(_heading(row, ledger, papers))
        paper = _paper(row, ledger, papers, made)
        if paper is None:
            continue
        if heading:
            if heading[1] == "xuat trinh" and "kind" not in paper:
                paper["presented_only"] = True
        elif made.cases:
            paper["when"] = f'case = "{ids[row.case]}"'
            ledger.carried(row.case_path, paper, "when")
        elif row.case:
            ledger.told(
                row.case_path,
                "Chỉ có một trường hợp, nên bản nháp không chia trường hợp.",
                "Thêm cases nếu thủ tục thật sự có nhiều trường hợp.",
                "changed",
            )
        made.rows.append(paper)
    return made


def _heading(row: _Row, ledger: Ledger, names: Names) -> dict[str, Any]:
    """“Giấy tờ phải nộp” is no case that somebody is in: a note before its papers."""
    note: dict[str, Any] = {"id": names.take(row.case, fallback="giay_to"), "name": row.case, "kind": "note"}
    ledger.carried(row.case_path, note, "name")
    ledger.told(
        row.case_path,
        "Là lời mở đầu cho các giấy tờ bên dưới, không phải một trường hợp; giấy tờ dưới “phải xuất trình” được ghi chỉ xuất trình.",
        "Xem lại presented_only của từng giấy tờ.",
        "changed",
    )
    return note


def note_reason(text: str, copies: Sequence[int | None]) -> str:
    """Why the row is likely a note; empty for a paper. `copies`: how many originals and copies it asks."""
    bare = plain(text)
    if text.rstrip().endswith(":"):
        return "Kết thúc bằng dấu hai chấm: lời mở đầu cho các dòng bên dưới."
    for pattern, why in _NOTES:
        if pattern.match(bare):
            return why
    if _DOCUMENT.match(bare):
        return ""
    if not any(copies):
        return "Không nêu tên giấy tờ và không ghi số bản."
    return ""


def _rows(value: object, path: Path) -> list[_Row]:
    """A flat list with a case in each row, a list of cases with their rows, or rows by case."""
    found: list[_Row] = []
    if isinstance(value, dict):
        for case, inner in value.items():
            found += _of_case(inner, (*path, case), case.strip(), (*path, case, ALL))
        return found
    for index, raw in enumerate(value if isinstance(value, list) else []):
        where = (*path, index)
        if isinstance(raw, str):
            found.append(_Row({"tên giấy tờ": raw}, where, "", (*where, ALL)))
            continue
        if not isinstance(raw, dict):
            continue
        keys = named(raw, PAPER)
        label = raw.get(keys.get("case", ""))
        case = " ".join(label.split())[:LINE] if isinstance(label, str) else ""
        case_path = (*where, keys["case"]) if "case" in keys else (*where, ALL)
        if "rows" in keys and isinstance(raw[keys["rows"]], list):
            found += _of_case(raw[keys["rows"]], (*where, keys["rows"]), case, case_path)
        else:
            found.append(_Row(raw, where, case, case_path))
    return found


def _of_case(inner: object, path: Path, case: str, case_path: Path) -> list[_Row]:
    made = []
    for index, raw in enumerate(inner if isinstance(inner, list) else []):
        where = (*path, index)
        if isinstance(raw, dict):
            made.append(_Row(raw, where, case[:LINE], case_path))
        elif isinstance(raw, str):
            made.append(_Row({"tên giấy tờ": raw}, where, case[:LINE], case_path))
    return made


def _paper(row: _Row, ledger: Ledger, names: Names, made: Papers) -> dict[str, Any] | None:
    keys = named(row.raw, PAPER)
    # “Giấy tờ” is a list of rows in some exports and the name of one in others
    key = keys.get("name", keys.get("rows", ""))
    text, lost = without_markup(row.raw[key]) if isinstance(row.raw.get(key), str) else ("", ())
    name_path = row.path if key not in row.raw or _bare_row(ledger, row) else (*row.path, key)
    shown = re.sub(r"^[\s\-–+*•]+", "", text).strip()
    if not shown:
        return None
    ledger.label(row.path, shown)
    copies = _counts(row, keys)
    why = note_reason(shown, [int(each) if each is not None else None for each in copies.values()])
    paper: dict[str, Any] = {"id": names.take(shown, fallback="giay_to"), "name": shown[:TEXT]}
    ledger.carried(name_path, paper, "name")
    if lost:
        ledger.told(
            name_path, f"Chỉ mang sang phần chữ; mất {', '.join(lost)}.", "Đọc lại tên giấy tờ.", "changed"
        )
    if why:
        paper["kind"] = "note"
        ledger.told(
            name_path,
            f"Có vẻ là ghi chú, không phải giấy tờ: {why}",
            "Đúng là ghi chú thì để nguyên; là giấy tờ thì bỏ “kind: note” và ghi số bản; là điều kiện thì ghi vào when của giấy tờ liên quan.",
            "changed",
        )
        for part, count in copies.items():
            if count:
                ledger.told(
                    _at(row, keys, part),
                    "Số bản của dòng được coi là ghi chú.",
                    "Là giấy tờ thì ghi vào copies.",
                )
            elif count == 0:
                ledger.meaningless(_at(row, keys, part), "Không cần bản nào loại này.")
    else:
        _copies(row, keys, copies, paper, ledger)
        _presented(shown, paper, name_path, ledger)
    _form(row, keys, paper, made, ledger)
    return paper


def _counts(row: _Row, keys: Mapping[str, str]) -> dict[str, float | int | None]:
    """How many of each; from columns of their own, else from one text such as “Bản chính: 1 Bản sao: 0”."""
    counted = {part: number(row.raw.get(keys.get(part, ""))) for part in ("original", "copy")}
    if "count" in keys and not any(part in keys for part in counted):
        said = plain(str(row.raw[keys["count"]]))
        found = next((match for pattern in _COUNTS if (match := pattern.fullmatch(said))), None)
        if found:
            counted = {
                part: None if found[part] is None else int(found[part]) for part in ("original", "copy")
            }
    return counted


def _at(row: _Row, keys: Mapping[str, str], part: str) -> Path:
    return (*row.path, keys.get(part, keys.get("count", "")))


def _bare_row(ledger: Ledger, row: _Row) -> bool:
    """The source has the row as plain text, not as a group of keys."""
    return isinstance(at(ledger.source, row.path), str)


def _copies(
    row: _Row,
    keys: Mapping[str, str],
    copies: Mapping[str, float | int | None],
    paper: dict[str, Any],
    ledger: Ledger,
) -> None:
    counted: dict[str, int] = {}
    for part, count in copies.items():
        if isinstance(count, int) and 0 <= count <= 99:
            where = _at(row, keys, part)
            if count:
                counted[part] = count
                ledger.carried(where, counted, part)
            else:
                ledger.meaningless(where, "Không cần bản nào loại này.")
    if counted:
        paper["copies"] = counted


def _presented(shown: str, paper: dict[str, Any], where: Path, ledger: Ledger) -> None:
    if "xuat trinh" in plain(shown):
        paper["presented_only"] = True
        ledger.told(
            where,
            "Tên có chữ “xuất trình”, nên bản nháp ghi giấy tờ này chỉ xuất trình.",
            "Phải nộp thì bỏ presented_only.",
            "changed",
        )


def _form(row: _Row, keys: Mapping[str, str], paper: dict[str, Any], made: Papers, ledger: Ledger) -> None:
    for part in ("form", "note"):
        text = row.raw.get(keys.get(part, ""))
        shown = without_markup(text)[0] if isinstance(text, str) else ""
        if not shown:
            continue
        said = f"Mẫu: {shown}" if part == "form" else shown
        paper["help"] = (f"{paper['help']}\n{said}" if "help" in paper else said)[:TEXT]
        ledger.carried(_at(row, keys, part), paper, "help")
        if part == "form" and "kind" not in paper:
            made.forms.append(f"{paper['name']} ({shown})"[:TEXT])
