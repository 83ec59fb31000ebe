"""The administration as one installation of Flask-Admin: its views, their rules, its side bar."""

from typing import Final

from flask import Flask
from flask_admin import Admin

from admin.views.base import STATIC, Page
from admin.views.builder import Builder
from admin.views.definitions import Definitions
from admin.views.home import Home
from admin.views.system import Accounts, Agencies, Mailbox
from admin.views.trying import Trying
from admin.views.versions import Versions
from tthc.web import access, security

URL: Final = "/quan-tri"
_PROCEDURES: Final = "Thủ tục"
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
    views: tuple[Page, ...] = (
        definitions,
        Versions(name="Phiên bản", endpoint="versions", url=place, under=definitions),
        Builder(name="Soạn bản cấu hình", endpoint="builder", url=place, under=definitions),
        Trying(name="Chạy thử", endpoint="trying", url=place, under=definitions),
        Agencies(name="Cơ quan", category=_SYSTEM, endpoint="agencies_admin", url="co-quan"),
        Accounts(name="Tài khoản", category=_SYSTEM, endpoint="accounts_admin", url="tai-khoan"),
        Mailbox(name="Thư đã gửi (trình diễn)", category=_SYSTEM, endpoint="mailbox_admin", url="thu-da-gui"),
    )
    for view in views:
        admin.add_view(view)
    for view in (home, *views):
        access.protect(app, view.endpoint, *view.rules)
