"""The smallest web application that serves the gallery, error pages and one living form, with the real policy."""

import base64
import mimetypes
from datetime import datetime

from flask import Flask, Response, render_template, render_template_string, request

from forms.answers import act, merge, row_action
from forms.evaluate import collect, evaluate
from forms.model import Field, Form, Page
from renderers.environment import STATIC, TEMPLATES, install
from renderers.html.form import render_page
from renderers.html.parts_page import gallery
from renderers.text import TZ
from rules.feel import compile as feel

POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'"

NOW = datetime(2026, 11, 23, 14, 32, tzinfo=TZ)
PAGE = Page("trang", "Trang", (
    Field(id="name", type="text", label="Họ tên", required=True),
    Field(id="other", type="yes_no", label="Nộp thay?", required=True),
    Field(id="who", type="text", label="Nộp thay ai", required=True, visible=feel("other = true")),
    Field(id="pages", type="integer", label="Số trang"),
    Field(id="fee", type="computed", label="Phí", unit="đồng", compute=feel("if pages = null then null else pages * 2000")),
    Field(id="docs", type="list", label="Giấy tờ", item_label="Giấy tờ", item=(
        Field(id="title", type="text", label="Tên giấy tờ"),
    )),
    Field(id="home", type="group", label="Nơi cư trú", item=(
        Field(id="commune", type="text", label="Xã, phường", required=True),
        Field(id="hamlet", type="text", label="Thôn, bản"),
        Field(id="leader", type="text", label="Trưởng bản", required=True, visible=feel("hamlet != null")),
    )),
))  # fmt: skip
FORM = """{% extends "base/portal.html" %}{% from "parts/forms.html" import open_form, close_form, wizard_actions, upload %}
{% block title %}Tờ khai{% endblock %}{% block main %}<h1>Tờ khai</h1>
{{ open_form("/to-khai?to=%d"|format(sheet), live="/doi?to=%d"|format(sheet), autosave="/luu?to=%d"|format(sheet)) }}{{ form_html }}{{ wizard_actions() }}{{ close_form() }}
{{ upload("dkkd", "Giấy chứng nhận", "/tai-len", parts="/tung-phan") }}{% endblock %}"""


def make_app():
    app = Flask(__name__, template_folder=str(TEMPLATES), static_folder=None)
    app.secret_key = "kiểm thử"
    install(app.jinja_env)

    @app.get("/static/<path:filename>", endpoint="static")
    def static(filename):
        # read at once: a browser that leaves in the middle leaves no open file behind
        kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
        return Response((STATIC / filename).read_bytes(), mimetype=kind)

    @app.get("/_parts")
    def parts():
        return render_template("parts/gallery.html", staff="can-bo" in request.args, **gallery())

    @app.get("/loi/<int:code>")
    def error(code):
        return render_template("errors/error.html", code=code, reference="a1b2", phone="02123851234")

    stored = {"sheet": 0, "answers": {}, "posts": [], "down": False}
    app.stored = stored

    def renew():
        """A new sheet: what an earlier page still sends while it closes is no longer written down."""
        stored.update(sheet=stored["sheet"] + 1, answers={}, posts=[], down=False)

    app.renew = renew

    def keep():
        if request.args.get("to") != str(stored["sheet"]):
            return
        source = request.form.to_dict(flat=False)
        stored["posts"].append(source)
        stored["answers"] = merge(PAGE.fields, stored["answers"], collect(PAGE.fields, source))
        pressed = row_action(source)
        if pressed:
            stored["answers"] = act(PAGE.fields, stored["answers"], pressed)

    def drawn(*, show):
        submission = evaluate(Form((PAGE,)), stored["answers"], {}, NOW)
        return render_page(PAGE, submission, stored["answers"], show=show, now=NOW)

    @app.route("/to-khai", methods=["GET", "POST"])
    def form():
        if request.method == "POST":
            keep()
        return render_template_string(FORM, form_html=drawn(show=False), sheet=stored["sheet"])

    @app.post("/doi")
    def live():
        keep()
        return str(drawn(show=set(request.form.getlist("_touched"))))

    @app.post("/luu")
    def save():
        if stored["down"]:
            return {"error": "Chưa lưu được lúc này."}, 503
        keep()
        return {"saved": "Đã lưu lúc 14:32"}

    @app.post("/tung-phan")
    def begin():
        told = dict(pair.split(" ") for pair in request.headers["Upload-Metadata"].split(","))
        stored["file"] = base64.b64decode(told["filename"]).decode(), int(request.headers["Upload-Length"])
        return "", 201, {"Location": "/tung-phan/1", "Upload-Offset": "0"}

    @app.patch("/tung-phan/1")
    def part():
        return "", 204, {"Upload-Offset": str(len(request.get_data()))}

    @app.post("/tung-phan/1/xong")
    def whole():
        name, size = stored["file"]
        if not name.endswith(".pdf"):
            return {"error": "Tệp này không phải PDF."}, 422
        return {"name": name, "size": size, "sha256": "ab" * 32, "view": "/xem", "remove": "/xoa"}

    @app.post("/xoa")
    def remove():
        return {"removed": True}

    @app.after_request
    def policy(response):
        response.headers["Content-Security-Policy"] = POLICY
        return response

    return app
