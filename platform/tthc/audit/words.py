"""The acts of the log in Vietnamese."""

from collections.abc import Mapping
from typing import Final

ACTS: Final[Mapping[str, str]] = {
    "agency.added": "Thêm cơ quan",
    "agency.changed": "Sửa cơ quan",
    "agency.ended": "Đặt ngày kết thúc cơ quan",
    "agency.merge": "Sáp nhập cơ quan",
    "agency.split": "Chia cơ quan",
    "agency.rename": "Đổi tên cơ quan",
    "agency.handed_over": "Chuyển hồ sơ sang cơ quan kế thừa",
    "account.created": "Tạo tài khoản",
    "account.locked": "Khóa tài khoản",
    "account.released": "Cho tài khoản đang tạm nghỉ đăng nhập lại",
    "account.signed_out": "Đăng xuất mọi thiết bị của tài khoản",
    "account.codes_dropped": "Bỏ mã một lần của tài khoản",
    "account.unlocked": "Mở khóa tài khoản",
    "account.password": "Cấp mật khẩu mới",
    "account.granted": "Giao chức năng",
    "account.placed": "Đổi nơi làm việc, vai trò",
    "account.appointed": "Giao thay mặt (KT., TUQ.)",
    "account.dismissed": "Thôi thay mặt",
    "account.away": "Ghi vắng mặt",
    "account.back": "Kết thúc vắng mặt",
    "account.seconded": "Cử đến quầy của Trung tâm",
    "account.requested": "Đề nghị cấp tài khoản",
    "account.request_refused": "Từ chối đề nghị cấp tài khoản",
    "account.identity": "Xác nhận danh tính tài khoản người dân",
    "account.identity_withdrawn": "Hủy xác nhận danh tính",
    "calendar.year": "Sửa lịch nghỉ của năm",
    "calendar.hours": "Sửa giờ làm việc",
    "book.added": "Mở sổ văn bản",
    "book.changed": "Sửa sổ văn bản",
    "book.drawn": "Lấy số văn bản",
    "template.changed": "Sửa mẫu thông báo",
    "feedback.read": "Xem phản ánh, kiến nghị của người dân",
    "outbox.retried": "Gửi lại thông báo, việc hỏng",
    "form.kept": "Ghi mẫu giấy tờ in của tỉnh",
    "form.given_back": "Dùng lại mẫu giấy tờ in của thông tư",
    "codes.changed": "Đổi mẫu mã số hồ sơ",
    "audit.exported": "Xuất nhật ký",
    "report.exported": "Xuất sổ, báo cáo có dữ liệu cá nhân",
}

DEFINITIONS: Final[Mapping[str, str]] = {
    "draft": "Soạn",
    "edit": "Sửa bản nháp",
    "register": "Đăng ký thẩm định",
    "return": "Trả lại",
    "approve": "Duyệt",
    "publish": "Công bố",
    "supersede": "Thay thế",
    "abolish": "Bãi bỏ",
}

SIGN_INS: Final[Mapping[str, str]] = {
    "ok": "Đăng nhập",
    "half": "Đúng mật khẩu, chờ mã một lần",
    "code": "Sai mã một lần",
    "provider": "Đăng nhập qua tài khoản định danh",
    "wrong": "Sai mật khẩu",
    "locked": "Thử khi đang tạm nghỉ",
    "closed": "Thử khi đã khóa",
}

READS: Final[Mapping[str, str]] = {
    "ho-so": "Mở hồ sơ",
    "du-lieu-nhay-cam": "Xem dữ liệu nhạy cảm",
    "tep": "Mở tệp",
    "tep-nhay-cam": "Mở tệp nhạy cảm",
    "in": "In văn bản",
    "tai-khoan": "Mở tài khoản người dân",
    "so-theo-doi": "Mở sổ theo dõi hồ sơ",
}


def act(what: str) -> str:
    return ACTS.get(what, what)


def definition_act(kind: str) -> str:
    return DEFINITIONS.get(kind, kind)


def reading(what: str) -> str:
    """`tep:3fa9…` → `Mở tệp`."""
    head, _, rest = what.partition(":")
    label = READS.get(head, head)
    return f"{label} ({rest})" if head == "in" and rest else label
