"""The administration as one installation of Flask-Admin: its views, their rules, its side bar."""

from typing import Final

from flask import Flask
from flask_admin import Admin

from admin.views.account_requests import AccountRequests
from admin.views.accounts import Accounts
from admin.views.agencies import Agencies
from admin.views.audit import Audit
from admin.views.base import STATIC, Page
from admin.views.books import Books
from admin.views.builder import Builder
from admin.views.calendars import Calendars
from admin.views.comments import Comments
from admin.views.definitions import Definitions
from admin.views.feel import Feel
from admin.views.files import Files
from admin.views.home import Home
from admin.views.moves import Moves
from admin.views.pieces import Pieces
from admin.views.printed_forms import PrintedForms
from admin.views.queue import Queue
from admin.views.registry import Catalogue, CoveragePage, Publications, Roadmap, Slips
from admin.views.repricing import Repricings
from admin.views.restoring import Restoring
from admin.views.reviewing import Reviewing
from admin.views.running import Running, Undone
from admin.views.shared import SharedThings
from admin.views.standing import Standing
from admin.views.stuck import StuckDossiers
from admin.views.system import Mailbox
from admin.views.trying import Trying
from admin.views.versions import Versions
from admin.views.words import NoticeWords
from admin.views.workflow import WorkflowTab
from tthc.web import access, security

URL: Final = "/quan-tri"
_PROCEDURES: Final = "Thủ tục"
_REGISTRY: Final = "Danh mục và đăng ký"
_SYSTEM: Final = "Hệ thống"


def install(app: Flask) -> None:
    """Put the administration into `app`; every view comes with the rule it names."""
    home = Home(name="Việc cần làm", endpoint="admin", url=URL, static_folder=str(STATIC))
    admin = Admin(
        app,
        name="Quản trị",
        url=URL,
        endpoint="admin",
        index_view=home,
        csp_nonce_generator=security.csp_nonce,
    )
    place = f"{URL}/ban-cau-hinh"
    definitions = Definitions(
        name="Bản cấu hình thủ tục", category=_PROCEDURES, endpoint="definitions", url=place
    )
    queue = Queue(name="Bàn thẩm định", category=_PROCEDURES, endpoint="review_queue", url="tham-dinh")
    views: tuple[Page, ...] = (
        definitions,
        queue,
        Versions(name="Phiên bản", endpoint="versions", url=place, under=definitions),
        Builder(name="Soạn bản cấu hình", endpoint="builder", url=place, under=definitions),
        SharedThings(name="Dùng chung", category=_PROCEDURES, endpoint="shared_things", url="dung-chung"),
        Catalogue(name="Danh mục thủ tục", category=_REGISTRY, endpoint="registry_catalogue", url="danh-muc"),
        CoveragePage(name="Mức độ cung cấp", category=_REGISTRY, endpoint="registry_coverage", url="muc-do"),
        Slips(name="Phiếu đăng ký", category=_REGISTRY, endpoint="registry_slips", url="phieu-dang-ky"),
        Roadmap(name="Lộ trình", category=_REGISTRY, endpoint="registry_roadmap", url="lo-trinh"),
        Publications(
            name="Công bố và thông báo", category=_REGISTRY, endpoint="registry_publications", url="cong-bo"
        ),
        Pieces(name="Bảng và điều kiện", endpoint="pieces", url=place, under=definitions),
        Feel(name="FEEL", endpoint="feel", url=place, under=definitions),
        WorkflowTab(name="Quy trình", endpoint="workflow", url=place, under=definitions),
        Reviewing(name="Thẩm định", endpoint="reviewing", url=place, under=queue),
        Restoring(name="Khôi phục", endpoint="restoring", url=place, under=definitions),
        Comments(name="Góp ý", endpoint="comments", url=place, under=definitions),
        Files(name="Tệp", endpoint="files", url=place, under=definitions),
        Moves(name="Chuyển hồ sơ", endpoint="moves", url=place, under=definitions),
        Repricings(name="Đổi mức phí", endpoint="repricing", url=place, under=definitions),
        Trying(name="Chạy thử", endpoint="trying", url=place, under=definitions),
        Agencies(name="Cơ quan", category=_SYSTEM, endpoint="agencies_admin", url="co-quan"),
        Accounts(name="Tài khoản", category=_SYSTEM, endpoint="accounts_admin", url="tai-khoan"),
        AccountRequests(
            name="Đề nghị cấp tài khoản", category=_SYSTEM, endpoint="requests_admin", url="de-nghi-tai-khoan"
        ),
        Standing(
            name="Thay mặt, vắng mặt", category=_SYSTEM, endpoint="standing_admin", url="thay-mat-vang-mat"
        ),
        Calendars(name="Lịch làm việc", category=_SYSTEM, endpoint="calendars_admin", url="lich"),
        Books(name="Sổ và số văn bản", category=_SYSTEM, endpoint="books_admin", url="so"),
        PrintedForms(name="Mẫu giấy tờ in", category=_SYSTEM, endpoint="forms_admin", url="mau-giay-to"),
        NoticeWords(name="Mẫu thông báo", category=_SYSTEM, endpoint="words_admin", url="mau-thong-bao"),
        Audit(name="Nhật ký", category=_SYSTEM, endpoint="audit_admin", url="nhat-ky"),
        Running(name="Tình trạng hệ thống", category=_SYSTEM, endpoint="running_admin", url="tinh-trang"),
        Undone(name="Việc nền, thông báo hỏng", category=_SYSTEM, endpoint="undone_admin", url="viec-nen"),
        StuckDossiers(name="Hồ sơ kẹt", category=_SYSTEM, endpoint="stuck_admin", url="ho-so-ket"),
        Mailbox(name="Thư đã gửi (trình diễn)", category=_SYSTEM, endpoint="mailbox_admin", url="thu-da-gui"),
    )
    for view in views:
        admin.add_view(view)
    for view in (home, *views):
        access.protect(app, view.endpoint, *view.rules)
