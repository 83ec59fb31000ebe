"""A small site with every kind of page, its services held in memory."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from flask import Flask, abort, flash, redirect, request

from renderers import environment
from tthc.accounts import routes, session
from tthc.accounts.model import Account
from tthc.agencies.model import Agency, Level
from tthc.clock import TZ, ManualClock
from tthc.settings import Settings
from tthc.web import access, errors, security
from tthc.web.limits import limiter

A = Agency(id="phuong-a", slug="a", name="Phường A", level=Level.XA, area="thanh_pho", identifier="H52")
B = Agency(id="phuong-b", slug="b", name="Phường B", level=Level.XA, area="thanh_pho", identifier="H53")

PEOPLE = {
    "citizen": Account(key="citizen", kind="person", name="Lan", login="0912345678", stamp="s"),
    "at_a": Account(
        key="at_a",
        kind="staff",
        name="Hà",
        login="ha",
        stamp="s",
        agency="phuong-a",
        functions={"phuong-a": frozenset({"tiep_nhan"})},
    ),
    "granted": Account(
        key="granted",
        kind="staff",
        name="Bình",
        login="binh",
        stamp="s",
        agency="phuong-b",
        functions={"phuong-b": frozenset({"tham_dinh"}), "phuong-a": frozenset({"tiep_nhan"})},
    ),
    "new": Account(
        key="new",
        kind="staff",
        name="Mới",
        login="moi",
        stamp="s",
        agency="phuong-a",
        functions={"phuong-a": frozenset({"tiep_nhan"})},
        must_change_password=True,
    ),
    "admin": Account(key="admin", kind="staff", name="Trị", login="tri", roles=frozenset({"quan_tri"})),
}


class People:
    def __init__(self):
        self.all = dict(PEOPLE)

    def get(self, key):
        return self.all.get(key)

    def sign_ins(self, key):
        return ()


class Sessions:
    """All are alive."""

    def alive(self, _secret, _account):
        return True

    def end(self, _account, _row):
        return True


class Agencies:
    def predecessors(self, agency):
        return frozenset()

    def by_slug(self, slug):
        return {"a": A, "b": B}.get(slug)

    def get(self, agency_id):
        return {"phuong-a": A, "phuong-b": B}.get(agency_id)


@pytest.fixture
def site(tmp_path):
    settings = Settings.load({"TTHC_VAR": str(tmp_path), "TTHC_BASE_URL": "https://dvc.example"})
    app = Flask("site", template_folder=str(environment.TEMPLATES), static_folder=str(environment.STATIC))
    environment.install(app.jinja_env)
    app.extensions["tthc"] = SimpleNamespace(
        settings=settings,
        accounts=People(),
        agencies=Agencies(),
        sessions=Sessions(),
        absences=SimpleNamespace(covered_by=lambda *_: ()),
        clock=ManualClock(datetime(2026, 11, 23, 8, 0, tzinfo=TZ)),
    )
    app.config.update(SERVER_NAME="dvc.example", PREFERRED_URL_SCHEME="https")
    session.install(app)
    access.install(app)
    security.install(app, settings)
    errors.install(app)
    limiter.init_app(app)
    limiter.reset()  # one for the whole process: what was asked before does not count here
    app.register_blueprint(routes.blueprint)
    _pages(app)
    return app


def _pages(app):
    @app.get("/cong-khai")
    @access.access("public")
    def public():
        return "ai cũng xem được"

    @app.route("/cua-toi", methods=["GET", "POST"])
    @access.access("citizen")
    def mine():
        return f"của {session.current_account().name}: {request.form.get('noi_dung', '')}"

    @app.get("/motcua/<slug>/")
    @access.access("staff")
    def workspace(**_):
        actor = session.current_actor()
        return f"{actor.agency}: {sorted(actor.functions)}"

    @app.get("/motcua/<slug>/tiep-nhan")
    @access.access("staff:tiep_nhan")
    def reception(slug):
        return slug

    @app.get("/thu-tuc-moi")
    @access.access("kiem_soat", "admin")
    def builder():
        return "soạn"

    @app.get("/khong-quy-tac")
    def nobody_said():
        return "lộ"

    @app.get("/hong")
    @access.access("public")
    def broken():
        raise RuntimeError("hỏng")

    @app.get("/tu-choi/<int:code>")
    @access.access("public")
    def refuse(code):
        abort(code)

    @app.get("/cau-rieng")
    @access.access("public")
    def own_words():
        abort(409, "Đ15.1d: hồ sơ quá hạn phải dùng chức năng Xin lỗi.")

    @app.get("/di-tiep")
    @access.access("public")
    def onward():
        flash("chào")
        return redirect("/cong-khai")


@pytest.fixture
def people(site):
    return site.extensions["tthc"].accounts


@pytest.fixture
def visit(site):
    """A browser, signed in as one of `PEOPLE` or as nobody."""

    def start(who=None):
        client = site.test_client()
        if who is not None:
            account = PEOPLE[who]
            with client.session_transaction() as kept:
                kept["_user_id"] = f"{account.key}.{account.stamp}"
                kept["_fresh"] = True
        return client

    return start
