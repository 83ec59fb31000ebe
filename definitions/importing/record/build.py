"""A whole record → the public part of a draft: information, cases, papers, times, fees. Its form is written by hand."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from definitions.importing.drafting import NO_CODE, finish
from definitions.importing.ledger import ALL, Ledger, Mark, Meaningless, Told
from definitions.importing.naming import plain, slug
from definitions.importing.record.keys import BASIS, NOTHING, RECORD, named
from definitions.importing.record.layouts import Laid, laid_out
from definitions.importing.record.papers import read_papers
from definitions.importing.record.ways import read_ways
from definitions.importing.report import Assumed, Imported
from definitions.importing.source import ImportRefusedError, says_nothing
from definitions.importing.texts import LINE, TEXT, without_markup
from definitions.reading.tree import Path

_CODE: Final = re.compile(r"[0-9]\.[0-9]{6}(\.[0-9A-Z.]+)?")
_OLD_CODES: Final = frozenset({"MADONVI", "MALINHVUC", "MADOITUONG", "MAKETQUA", "CAPTHUCHIEN", "code"})
_LEVELS: Final = {"tinh": "tinh", "huyen": "huyen", "xa": "xa"}
_ASSUMED: Final = (
    ("service_level", 2, "Ghi mức độ dịch vụ công được công bố."),
    ("workflow", "day-du", "Chọn quy trình của thủ tục."),
    ("form.pages", "chưa có trang nào", "Bản ghi không có biểu mẫu; ghi tay hoặc nhập biểu mẫu điện tử."),
)


def looks_like_record(data: object) -> bool:
    return isinstance(data, dict) and {"code", "name"} <= named(laid_out(data).data, RECORD).keys()


def import_record(data: Any) -> Imported:
    """A draft of a catalogue record: `data` as exported, one procedure."""
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    laid = laid_out(data) if isinstance(data, dict) else Laid({})
    if not named(laid.data, RECORD).keys() & {"code", "name"}:
        raise ImportRefusedError(
            "Tệp không phải bản ghi một thủ tục: cần một nhóm có “mã thủ tục” hoặc “tên thủ tục”. Ông/bà xuất riêng từng thủ tục."
        )
    return _Record(laid).imported()


class _Record:
    def __init__(self, laid: Laid) -> None:
        self.data = laid.data
        self.keys = named(self.data, RECORD)
        self.ledger = Ledger(self.data)
        for key, why in laid.told.items():
            self.ledger.told((key, ALL), why, "Đối chiếu từng dòng với trang thủ tục.", "changed")
        self.draft: dict[str, Any] = {}
        self.information: dict[str, Any] = {}
        self.assumed: list[Assumed] = []

    def imported(self) -> Imported:
        self._head()
        self._texts()
        self._basis()
        self._papers()
        if "ways" in self.keys:
            read_ways(
                self.data[self.keys["ways"]], (self.keys["ways"],), self.draft, self.information, self.ledger
            )
        self.draft |= {"service_level": 2, "workflow": "day-du", "form": {"pages": []}}
        self.draft["information"] = self.information
        self.assumed += [Assumed(path, str(value), remedy) for path, value, remedy in _ASSUMED]
        self.ledger.settle(_rule)
        return finish("record", self.draft, self.ledger, self.assumed)

    def _head(self) -> None:
        code = self._line("code")
        if _CODE.fullmatch(code) and len(code) <= 40:
            self._carry("code", self.draft, "procedure", code)
        else:
            self._assume(
                "procedure",
                NO_CODE,
                "Ghi mã thủ tục trên Cơ sở dữ liệu quốc gia, một chữ số, dấu chấm, sáu chữ số.",
            )
            if code:
                self._told(
                    "code",
                    "Mã không đúng dạng của Cơ sở dữ liệu quốc gia: một chữ số, dấu chấm, sáu chữ số.",
                    "Tra lại mã.",
                )
        name = self._line("name")
        if name:
            self._carry("name", self.draft, "name", name)
        else:
            self._assume("name", "Thủ tục chưa có tên", "Ghi đúng tên trong quyết định công bố (Đ7.3).")
        decision = self._line("decision")
        if decision:
            self.draft["catalogue"] = {"name": self.draft["name"]}
            self._carry("decision", self.draft["catalogue"], "decision", decision)
        sector = slug(self._line("sector"), "-")
        if sector:
            self._carry("sector", self.draft, "sector", sector)
        else:
            self._assume("sector", "chua-ro", "Ghi mã lĩnh vực.")
        self._level()
        words = self._lines("keywords", r"[;,\n]")
        if words:
            self._carry("keywords", self.draft, "keywords", words)
        self._carry_text("summary", self.draft, "summary")

    def _level(self) -> None:
        text = " ".join(self._lines("level"))
        found = [level for word, level in _LEVELS.items() if re.search(rf"\b{word}\b", plain(text))]
        level = found[0] if len(found) == 1 else "xa"
        self.draft["offered_by"] = {"level": level}
        if len(found) == 1:
            self.ledger.carried((self.keys["level"],), self.draft["offered_by"], "level")
            return
        self.assumed.append(Assumed("offered_by.level", level, "Ghi cấp hoặc danh sách cơ quan thực hiện."))
        if text:
            self._told(
                "level",
                "Nhiều cấp, hoặc cấp chưa có trong ngôn ngữ; một bản cấu hình chỉ ghi một cấp.",
                "Chọn cấp, hoặc lập mỗi cấp một bản.",
            )

    def _texts(self) -> None:
        for key, target in (("sequence", "sequence"), ("conditions", "conditions")):
            lines = self._lines(key)
            if lines:
                self._carry(key, self.information, target, lines)
        for key, target in (("sets", "sets"), ("applicants", "applicants"), ("result", "result")):
            self._carry_text(key, self.information, target)
        for key, title in (
            ("agency", ""),
            ("authority", "Cơ quan có thẩm quyền: "),
            ("delegated", "Cơ quan được ủy quyền: "),
            ("partners", "Cơ quan phối hợp: "),
        ):
            text = "; ".join(self._lines(key))
            if text:
                before = f"{self.information['authority']}\n" if "authority" in self.information else ""
                self._carry(key, self.information, "authority", f"{before}{title}{text}"[:TEXT])
        if "result" in self.information:
            self.draft["result_name"] = self.information["result"].split("\n")[0][:LINE]
        address = self._lines("address")
        if address:
            self._carry("address", self.information, "ways", [f"Nơi tiếp nhận: {line}" for line in address])

    def _basis(self) -> None:
        value = self.data.get(self.keys.get("basis", ""))
        made: list[dict[str, Any]] = []
        for index, raw in enumerate(value if isinstance(value, list) else []):
            where: Path = (self.keys["basis"], index)
            if isinstance(raw, str) and raw.strip():
                basis = {"number": " ".join(raw.split())[:LINE], "verified": False}
                self.ledger.carried(where, basis, "number")
                made.append(basis)
            elif isinstance(raw, dict):
                basis = self._one_basis(raw, where)
                if basis:
                    made.append(basis)
        if made:
            self.information["legal_basis"] = made

    def _one_basis(self, raw: Mapping[str, Any], where: Path) -> dict[str, Any]:
        keys = named(raw, BASIS)
        said = {
            part: " ".join(str(raw[key]).split()) for part, key in keys.items() if isinstance(raw[key], str)
        }
        number = said.get("number", "")[:LINE]
        if not number:
            return {}
        basis: dict[str, Any] = {"number": number, "verified": False}
        self.ledger.carried((*where, keys["number"]), basis, "number")
        more = [said.get("title", ""), *(f"({said[part]})" for part in ("date", "issuer") if said.get(part))]
        title = " ".join(part for part in more if part)
        if title:
            basis["title"] = title[:TEXT]
            for part in ("title", "date", "issuer"):
                if said.get(part):
                    self.ledger.carried((*where, keys[part]), basis, "title")
        return basis

    def _papers(self) -> None:
        if "papers" not in self.keys:
            return
        papers = read_papers(self.data[self.keys["papers"]], (self.keys["papers"],), self.ledger)
        if papers.rows:
            self.draft["attachments"] = papers.rows
        if papers.forms:
            self.information["forms"] = papers.forms
        if papers.cases:
            options = [{"value": name, "label": label} for name, label in papers.cases]
            self.draft["questions"] = [
                {
                    "id": "truong_hop",
                    "type": "choice",
                    "label": "Hồ sơ của ông/bà thuộc trường hợp nào?",
                    "help": "Chọn một; giấy tờ cần nộp khác nhau theo trường hợp.",
                    "required": True,
                    "options": options,
                }
            ]
            self.draft["cases"] = [
                {"id": name, "label": label, "when": f'truong_hop = "{name}"'} for name, label in papers.cases
            ]
            self.assumed.append(
                Assumed(
                    "questions.0",
                    "câu hỏi chọn trường hợp",
                    "Hỏi bằng điều người nộp biết, thay vì tên trường hợp.",
                )
            )

    def _carry(self, key: str, target: dict[str, Any], name: str, value: object) -> None:
        target[name] = value
        self.ledger.carried((self.keys[key],), target, name, whole=True)

    def _carry_text(self, key: str, target: dict[str, Any], name: str) -> None:
        text = "\n".join(self._lines(key))
        if text:
            self._carry(key, target, name, text[: LINE if name == "sets" else TEXT])

    def _told(self, key: str, why: str, remedy: str) -> None:
        self.ledger.told((self.keys[key],), why, remedy)

    def _assume(self, name: str, value: str, remedy: str) -> None:
        self.draft[name] = value
        self.assumed.append(Assumed(name, value, remedy))

    def _line(self, key: str) -> str:
        return " ".join(self._lines(key))[:LINE]

    def _lines(self, key: str, split: str = r"\n") -> list[str]:
        """The lines of a text or of a list of texts; a list with anything else in it says nothing here."""
        name = self.keys.get(key, "")
        value = self.data.get(name)
        texts: Sequence[object] = value if isinstance(value, list) else [value]
        if not all(isinstance(text, str) for text in texts):
            return []
        lines: list[str] = []
        for text in texts:
            shown, lost = without_markup(str(text))
            if plain(shown) == NOTHING:
                continue
            lines += [line.strip()[:TEXT] for line in re.split(split, shown) if line.strip()]
            if lost:
                self.ledger.told(
                    (name,), f"Chỉ mang sang phần chữ; mất {', '.join(lost)}.", "Đọc lại câu chữ.", "changed"
                )
        return lines


def _rule(path: Path, value: object) -> tuple[Path, Mark]:
    if says_nothing(value):
        return path, Meaningless("Bỏ trống trong tệp gốc.")
    last = str(path[0]).rpartition(".")[2]
    if last in _OLD_CODES:
        return path[:1], Meaningless("Mã trong danh mục của hệ thống cũ.")
    if last == "furniture":
        return path[:1], Meaningless("Nút và ô chọn của trang, không phải nội dung thủ tục.")
    if isinstance(value, str) and plain(value) == NOTHING:
        return path, Meaningless("Trang thủ tục ghi “Không có thông tin”.")
    if RECORD.get(plain(str(path[0])).replace(" ", "")) == "related":
        return path[:1], Told(
            "dropped",
            "Ngôn ngữ không ghi thủ tục liên quan.",
            "Nhắc tới trong trình tự hoặc yêu cầu, điều kiện nếu cần.",
        )
    if RECORD.get(plain(str(path[0])).replace(" ", "")) == "kind":
        return path[:1], Told(
            "dropped",
            "Ngôn ngữ không ghi loại thủ tục.",
            "Giữ trong quyết định công bố; bản cấu hình không cần.",
        )
    return path, Told(
        "unknown",
        "Bộ nhập chưa biết giá trị này của bản ghi.",
        "Đọc trong tệp gốc rồi ghi vào chỗ thích hợp của bản nháp.",
    )
