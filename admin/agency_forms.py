"""The forms of agencies: their boxes, and reading them back."""

import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import date

from admin import posted
from admin.sheet import Box
from forms.types.contacts import parse_email, parse_phone
from tthc.agencies import succession
from tthc.agencies.directory import Directory
from tthc.agencies.documents import AREAS, IDENTIFIER, SLUG
from tthc.agencies.model import LEVEL_LABELS, Agency, Contacts, Level, Unit
from tthc.agencies.succession import Plan, SuccessionError

_ID_HELP = "Chữ thường không dấu, số, gạch nối; ví dụ xa-muong-bu."


def agency_boxes(agency: Agency | None, known: Iterable[Agency]) -> tuple[Box, ...]:
    """For a new agency, or for what may change of one."""
    a = agency
    parents = [(one.id, one.name) for one in known if a is None or one.id != a.id]
    contacts = a.contacts if a else Contacts()
    first = (
        ()
        if a
        else (
            Box("id", "Mã cơ quan", help=_ID_HELP),
            Box("slug", "Địa chỉ một cửa", help="Phần sau /motcua/; mỗi cơ quan một địa chỉ."),
        )
    )
    dates = (
        () if a else (Box("valid_from", "Hoạt động từ ngày", "date", required=False, help="Để trống nếu từ trước tới nay."),)
    )  # fmt: skip
    return (
        *first,
        Box("name", "Tên cơ quan", value=a.name if a else None),
        Box("level", "Cấp", "select", a.level.value if a else None, options=[(k, v) for k, v in LEVEL_LABELS.items()]),
        Box("parent", "Cơ quan cấp trên", "select", a.parent if a else None, required=False, options=parents),
        Box("area", "Địa bàn để tính phí", "select", a.area if a else None, options=list(AREAS)),
        Box("identifier", "Mã định danh", value=a.identifier if a else None, help="Mở đầu mã số hồ sơ, như 000.00.14.H52 hoặc H52.14; mã đã cấp trước đây giữ nguyên."),
        Box("code", "Mã đơn vị hành chính", value=a.code if a else None, required=False),
        Box("address", "Địa chỉ", value=contacts.address, help="Công khai trên cổng (Đ17.1)."),
        Box("hotline", "Đường dây nóng", value=contacts.hotline, help="Công khai trên cổng (Đ17.1)."),
        Box("email", "Thư điện tử", "email", contacts.email, "Công khai trên cổng (Đ17.1)."),
        Box("phone", "Điện thoại khác", value=contacts.phone, required=False),
        Box("units", "Phòng chuyên môn", "textarea", units_text(a), "Mỗi dòng một phòng: mã | tên, ví dụ tu-phap | Bộ phận Tư pháp - Hộ tịch. Mã đã có thì không sửa.", required=False),
        *dates,
        *(() if a else (Box("reason", "Lý do", "textarea", help="Nghị quyết, quyết định thành lập."),)),
    )  # fmt: skip


def units_text(agency: Agency | None) -> str:
    return "\n".join(f"{unit.id} | {unit.name}" for unit in agency.units) if agency else ""


def agency_posted(before: Agency | None, known: Iterable[Agency]) -> Agency:
    """The agency as it was typed; raises `PostedError`. Contacts that Đ17.1 asks for must be there."""
    agency_id = before.id if before else _named("id", "Nhập mã cơ quan.")
    slug = before.slug if before else _named("slug", "Nhập địa chỉ một cửa.")
    identifier = posted.text("identifier", missing="Nhập mã định danh.").upper()
    if not re.fullmatch(IDENTIFIER, identifier):
        raise posted.PostedError("Mã định danh viết như 000.00.14.H52 hoặc H52.14.05.", "identifier")
    parent = posted.text("parent")
    if parent and (parent == agency_id or parent not in {one.id for one in known}):
        raise posted.PostedError("Chọn cơ quan cấp trên trong danh sách.", "parent")
    units = units_posted()
    if before and (gone := {u.id for u in before.units} - {u.id for u in units}):
        raise posted.PostedError(
            f"Giữ lại mã phòng {', '.join(sorted(gone))}: hồ sơ cũ còn mang mã này. Tên thì sửa được.",
            "units",
        )
    return Agency(
        id=agency_id,
        slug=slug,
        name=posted.text("name", missing="Nhập tên cơ quan.", most=200),
        level=Level(posted.choice("level", [str(k) for k in LEVEL_LABELS], "Chọn cấp của cơ quan.")),
        area=posted.choice("area", [key for key, _ in AREAS], "Chọn địa bàn để tính phí."),
        identifier=identifier,
        assumed=bool(before and before.assumed and before.identifier == identifier),
        code=posted.text("code", most=20),
        parent=parent or None,
        contacts=_contacts(),
        units=units,
        valid_from=before.valid_from if before else posted.maybe_day("valid_from", "Hoạt động từ ngày"),
        valid_to=before.valid_to if before else None,
        successors=before.successors if before else (),
        note=before.note if before else "",
    )


def units_posted() -> tuple[Unit, ...]:
    found: dict[str, Unit] = {}
    for line in posted.text("units", most=10_000).splitlines():
        if not line.strip():
            continue
        key, bar, name = (part.strip() for part in line.partition("|"))
        if not bar or not name or not re.fullmatch(SLUG, key):
            raise posted.PostedError(f"Dòng “{line.strip()[:60]}”: viết mã | tên, mã không dấu.", "units")
        if key in found:
            raise posted.PostedError(f"Mã phòng “{key}” ghi hai lần.", "units")
        found[key] = Unit(key, name)
    return tuple(found.values())


def kept(agency: Agency) -> dict[str, object]:
    """An agency as the log of acts tells it."""
    plain = {f.name: getattr(agency, f.name) for f in fields(agency)}
    contacts = {f.name: getattr(agency.contacts, f.name) for f in fields(agency.contacts)}
    return {
        **plain,
        "level": agency.level.value,
        "contacts": contacts,
        "units": [f"{u.id} | {u.name}" for u in agency.units],
        "successors": [s.agency for s in agency.successors],
    }


def succession_boxes(agency: Agency, known: Iterable[Agency]) -> tuple[Box, ...]:
    every = [(one.id, one.name) for one in known]
    return (
        Box("kind", "Việc gì xảy ra", "choice", "merge", options=list(succession.KINDS.items())),
        Box("predecessors", "Cơ quan cũ", "lines", [agency.id], "Gõ tên để chọn mã trong danh sách.", options=every, boxes=4),
        Box("successors", "Cơ quan nhận việc", "lines", [], "Phải có sẵn; thêm cơ quan mới trước nếu chưa có.", options=every, boxes=3),
        Box("on", "Từ ngày", "date", None, "Ngày đầu tiên cơ quan nhận việc làm thay, ví dụ 01/07/2025."),
        Box("note", "Căn cứ", "text", None, "Số, ngày của nghị quyết hoặc quyết định."),
    )  # fmt: skip


def succession_posted(directory: Directory) -> Plan:
    """Raises `PostedError`."""
    on = posted.day("on", "Từ ngày")
    kind = posted.choice("kind", succession.KINDS, "Chọn sáp nhập, chia hay đổi tên.")
    try:
        return succession.plan(
            kind,
            _agencies(directory, "predecessors", on),
            _agencies(directory, "successors", on),
            on,
            posted.text("note", most=500),
        )
    except SuccessionError as error:
        raise posted.PostedError(error.message, error.field) from error


def _agencies(directory: Directory, name: str, on: date) -> tuple[Agency, ...]:
    found = []
    for agency_id in posted.many(name):
        agency = directory.get(agency_id, on)
        if agency is None:
            raise posted.PostedError(f"Không có cơ quan nào mang mã “{agency_id[:60]}”.", name)
        found.append(agency)
    return tuple(found)


def _named(name: str, missing: str) -> str:
    value = posted.text(name, missing=missing, most=80)
    if not re.fullmatch(SLUG, value):
        raise posted.PostedError(_ID_HELP, name)
    return value


def _contacts() -> Contacts:
    email = parse_email(posted.text("email", missing="Nhập thư điện tử công khai của cơ quan.", most=254))
    if email.error is not None:
        raise posted.PostedError(email.error, "email")
    hotline = posted.text("hotline", missing="Nhập đường dây nóng của cơ quan.", most=30)
    for name, value in (("hotline", hotline), ("phone", posted.text("phone", most=30))):
        if (
            value
            and parse_phone(value).error is not None
            and not re.fullmatch(r"(1800|1900)[\d .]{4,8}", value)
        ):
            raise posted.PostedError(
                "Nhập số điện thoại như 0212 385 6123, hoặc số 1800, 1900 của tổng đài.", name
            )
    return Contacts(
        address=posted.text("address", missing="Nhập địa chỉ của cơ quan.", most=300),
        phone=posted.text("phone", most=30),
        hotline=hotline,
        email=str(email.clean or ""),
    )
