"""Chế độ tập huấn (Đ24.5): an installation of its own, with a database of its own, that says so wherever it is seen.

Its dossiers can enter no statistics, public figure, search or notice of the real site, because they are in another
database: the database remembers which of the two it is, and neither starts on the other's.
"""

from typing import Any, Final

from flask import Flask
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError
from werkzeug.wrappers import Response

from renderers.pdf import engine
from tthc.dossiers.repository import DOSSIERS
from tthc.settings import SettingsError

SUBJECT_PREFIX: Final = "[TẬP HUẤN] "


def claim(database: Database[dict[str, Any]], *, sandbox: bool) -> None:
    """Make the database this kind's own, or find that it is; raises `SettingsError` where it is the other's."""
    rows = database["installation"]
    known = rows.find_one({"_id": "mode"})
    if known is None:
        if sandbox and database[DOSSIERS].find_one({}, {"_id": 1}) is not None:
            raise SettingsError(
                "TTHC_SANDBOX=1 nhưng máy chủ dữ liệu đã có hồ sơ thật; hãy dùng một cơ sở dữ liệu riêng cho tập huấn."
            )
        try:
            rows.insert_one({"_id": "mode", "sandbox": sandbox})
        except DuplicateKeyError:
            known = rows.find_one({"_id": "mode"})
    if known is not None and bool(known["sandbox"]) != sandbox:
        raise SettingsError(
            "Cơ sở dữ liệu này là của hệ thống thật; hãy bỏ TTHC_SANDBOX hoặc dùng cơ sở dữ liệu riêng."
            if sandbox
            else "Cơ sở dữ liệu này là của hệ thống tập huấn; hãy đặt TTHC_SANDBOX=1 hoặc dùng cơ sở dữ liệu khác."
        )


def install(app: Flask, *, sandbox: bool) -> None:
    """Mark every page and every paper of the site; ask search engines to stay away."""
    app.jinja_env.globals["sandbox"] = sandbox

    @app.before_request
    def mark_papers() -> None:
        engine.TRAINING.set(sandbox)

    @app.teardown_request
    def mark_no_more(_error: BaseException | None) -> None:
        # the thread may serve another site next, as in tests
        engine.TRAINING.set(False)

    if sandbox:

        @app.after_request
        def stay_away(response: Response) -> Response:
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
            return response
