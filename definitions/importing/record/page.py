"""A table of the public page that was copied as one text, cell run into cell, → its rows.

Where a cell ends is known by what the page writes in the next: a channel, a time, “1 bản chính”, a document's number. What cannot
be told apart stays with its neighbour, never dropped.
"""

import re
from typing import Any, Final

_WAYS: Final = re.compile(r"\s*Hình thức nộp\s*Thời (?:gian|hạn)(?: giải quyết)?\s*Phí, lệ phí\s*Mô tả")
_CHANNEL: Final = re.compile(r"(Trực tuyến|Trực tiếp|Dịch vụ bưu chính)(?=[0-9]|Không quy định)")
_TIME: Final = re.compile(
    r"([0-9]+(?:[.,][0-9]+)? ?(?:Giờ làm việc|Ngày làm việc|Giờ|Ngày|Tháng)?|Không quy định)(.*)", re.DOTALL
)
_FEE: Final = re.compile(
    r"(Không có thông tin|Miễn phí|(?:(?:Phí|Lệ phí) ?:? ?)?[0-9][0-9.,]* ?Đồng)(.*)", re.DOTALL
)
_PAPERS: Final = re.compile(r"Tên giấy tờ\s*Mẫu đơn, tờ khai\s*Số lượng")
_COUNT: Final = re.compile(r"([0-9]{1,2}) bản chính(?:, ?([0-9]{1,2}) bản sao)?|([0-9]{1,2}) bản sao")
_BASIS: Final = re.compile(r"\s*Tên văn bản(?: pháp lý)?\s*Mã văn bản")
_NUMBER: Final = re.compile(
    r"([0-9]+(?:\.[0-9]+)?/[0-9]{4}/(?:QH[0-9]{2}|[A-ZĐ]{2,6}(?:-[A-ZĐ]{2,8})*))(?=[A-ZĐ][^\W\d_A-ZĐ]|[0-9]|\s*$)"
)
_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})([0-9]{1,3}(?:\.[0-9]+)?/.*)")
_CODE: Final = re.compile(r"Mã: ?KQ\.[A-Z0-9.]*[0-9]")
_RESULT: Final = re.compile(
    r"(?P<result>.*?)Từ khóa(?P<keywords>.*?)Mô tả(?P<summary>.*?)"
    r"(?P<furniture>Chọn cơ quan thực hiện.*)?",
    re.DOTALL,
)


def ways(text: str) -> list[dict[str, Any]] | None:
    """Rows with channel, time, fee and description; None where it is no such table."""
    head = _WAYS.match(text)
    if head is None:
        return None
    _, *cells = _CHANNEL.split(text[head.end() :])
    if not cells or text[head.end() :].split(cells[0], maxsplit=1)[0].strip():
        return None
    rows = []
    for channel, rest in zip(cells[::2], cells[1::2], strict=True):
        time = _TIME.match(rest)
        assert time is not None  # the channel was taken for one because a time follows
        fee = _FEE.match(time[2])
        paid, note = (fee[1], fee[2]) if fee else ("", time[2])
        rows.append({"hình thức": channel, "thời hạn": time[1], "phí, lệ phí": paid, "mô tả": note.strip()})
    return rows


def papers(text: str) -> list[dict[str, Any]] | None:
    """Cases with their rows. What stands before a heading, behind the last count, is the name of the next case."""
    case, *blocks = _PAPERS.split(text)
    if not blocks:
        return None
    found = []
    for at, block in enumerate(blocks):
        rows, begin = [], 0
        for count in _COUNT.finditer(block):
            row: dict[str, Any] = {"tên giấy tờ": block[begin : count.start()].strip()}
            row |= {"bản chính": int(count[1] or 0), "bản sao": int(count[2] or count[3] or 0)}
            rows.append(row)
            begin = count.end()
        rest = block[begin:].strip()
        if rest and at == len(blocks) - 1:
            rows.append({"tên giấy tờ": rest})
        found.append({"trường hợp": case.strip().strip("*-: ").strip(), "giấy tờ": rows})
        case = rest
    return found


def basis(text: str) -> list[dict[str, Any]] | None:
    """Documents with title and number."""
    head = _BASIS.match(text)
    if head is None:
        return None
    rows: list[dict[str, Any]] = []
    begin = head.end()
    for found in _NUMBER.finditer(text, begin):
        title, number = text[begin : found.start()], found[1]
        year = _YEAR.fullmatch(number)
        if year is not None and title.strip():
            title, number = f"{title}{year[1]}", year[2]
        title = title.strip()
        begin = found.end()
        if not title and rows and rows[-1]["số ký hiệu"] == number:
            rows[-1]["trích yếu"] += f" {number}"  # the number is part of the title too
        else:
            rows.append({"số ký hiệu": number, "trích yếu": title})
    rest = text[begin:].strip()
    if rest:
        rows.append({"số ký hiệu": "", "trích yếu": rest} if not rows else {"trích yếu": rest})
    return rows or None


def result(text: str) -> dict[str, str] | None:
    """The results, one a line, their codes, and what the page has below them."""
    found = _RESULT.fullmatch(text)
    if found is None:
        return None
    said = {key: (value or "").strip() for key, value in found.groupdict().items()}
    names = [name.strip() for name in _CODE.split(said["result"]) if name.strip()]
    return said | {"result": "\n".join(names), "code": " ".join(_CODE.findall(said["result"]))}
