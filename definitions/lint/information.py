"""The parts every service must show (Đ4.1, Đ7.2b), its name (Đ7.3), its sources (T001, T040, T080)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from definitions.model import Definition
from definitions.problems import Report
from definitions.reading.tree import Path

_WRITTEN: Final[Mapping[str, str]] = {
    "sequence": "Trình tự thực hiện",
    "ways": "Cách thức thực hiện",
    "sets": "Số lượng hồ sơ",
    "applicants": "Đối tượng thực hiện",
    "authority": "Cơ quan giải quyết",
    "result": "Kết quả thực hiện",
    "forms": "Mẫu đơn, tờ khai",
    "conditions": "Yêu cầu, điều kiện",
    "legal_basis": "Căn cứ pháp lý",
    "responsibilities": "Trách nhiệm của mỗi bên",
}


def missing_parts(definition: Definition) -> tuple[tuple[Path, str], ...]:
    """(path, name) of every part of Đ7.2b that the definition does not say."""
    missing: list[tuple[Path, str]] = [
        (("information", key), title)
        for key, title in _WRITTEN.items()
        if not getattr(definition.information, key)
    ]
    if not definition.attachments:
        missing.append((("attachments",), "Thành phần hồ sơ"))
    if not definition.deadlines:
        missing.append((("deadline",), "Thời hạn giải quyết"))
    if not definition.fees and not definition.information.fee_note:
        missing.append((("information", "fee_note"), "Phí, lệ phí (không thu thì nói rõ ở ghi chú về phí)"))
    return tuple(missing)


def lint_information(definition: Definition, raw: Mapping[str, Any], report: Report) -> None:
    for path, title in missing_parts(definition):
        report.error(
            path,
            "T001",
            f"Thiếu bộ phận cấu thành thủ tục: {title} (Đ7.2b).",
            f"Ghi mục này (khóa {path[-1]}); không có nội dung thì ghi rõ là không có.",
        )
    official = definition.catalogue_name
    if official and official != definition.name:
        report.error(
            ("name",),
            "T040",
            "Tên thủ tục khác tên trong quyết định công bố (Đ7.3).",
            f"Ghi đúng: {official}",
        )
    for path, text in _unverified(raw):
        report.warn(
            path, "T080", f"Căn cứ chưa được xác nhận: {text}.", "Đối chiếu văn bản rồi bỏ “verified: false”."
        )


def _unverified(raw: Mapping[str, Any]) -> Iterable[tuple[Path, str]]:
    for key in ("cases", "attachments", "fees", "deadline", "documents"):
        for at, part in enumerate(raw.get(key, ())):
            told = part.get("source")
            if told is not None and not told.get("verified", True):
                yield (key, at, "source"), told["text"]
            for place, each in enumerate(part.get("exempt", ())):
                ground = each.get("source")
                if ground is not None and not ground.get("verified", True):
                    yield (key, at, "exempt", place, "source"), ground["text"]
    kept = raw.get("retention", {}).get("source")
    if kept is not None and not kept.get("verified", True):
        yield ("retention", "source"), kept["text"]
    for at, basis in enumerate(raw["information"].get("legal_basis", ())):
        if not basis.get("verified", True):
            yield ("information", "legal_basis", at), basis["number"]
