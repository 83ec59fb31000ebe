"""Definitions as files: one version or all of them out, a file in, seen before anything is kept."""

from contextlib import closing
from pathlib import PurePosixPath
from typing import Final

from flask import abort, flash, redirect, request, url_for
from flask_admin import expose
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from admin.views.base import REVIEWERS, WRITERS, Answer, Page
from definitions.bundle.account import Outcome, Told, of_texts
from definitions.bundle.archive import MAGIC
from definitions.bundle.keys import MOST_NAME
from definitions.bundle.model import BundleError
from definitions.bundle.writing import Item
from definitions.reading import MAX_BYTES as MAX_TEXT
from tthc.accounts.session import current_account
from tthc.bundles import disk, exporting, importing, keys
from tthc.bundles.importing import Arrived
from tthc.bundles.waiting import MAX_BYTES, Waiting, WaitingFiles
from tthc.services import services
from tthc.web.access import access

TONES: Final = {
    Outcome.NEW_PROCEDURE: "info",
    Outcome.NEW_VERSION: "info",
    Outcome.IDENTICAL: "",
    Outcome.REFUSED: "bad",
}
MOST: Final = 60
"""Definitions of one upload: what can be compared while somebody waits."""
_GONE: Final = "Tệp ông/bà xem trước không còn ở đây (quá một giờ, hoặc đã chọn tệp khác ở cửa sổ khác). Chọn lại tệp để nhập."


class Files(Page):
    """/quan-tri/ban-cau-hinh/…: «Tải gói», «Xuất tất cả», «Nhập tệp»."""

    rules = (WRITERS, REVIEWERS)
    listed = False

    @expose("/<code>/<version_id>/goi.zip")
    def bundle(self, code: str, version_id: str) -> Response:
        """One version with all it uses, signed where this system has a key."""
        s = services()
        version = s.definitions.version(code, version_id)
        if version is None:
            abort(404)
        return self._bundle(
            (exporting.item(s.definitions, version),),
            f"{code}.zip",
            url_for("versions.overview", code=code, version_id=version_id),
        )

    @expose("/xuat-tat-ca.zip")
    def everything(self) -> Response:
        """Of each procedure the version in force, else the newest."""
        s = services()
        now = s.clock.now()
        back = url_for("definitions.index")
        try:
            versions = exporting.chosen(s.definitions, (), now.date())
        except BundleError as error:
            flash(str(error), "bad")
            return redirect(back)
        items = tuple(exporting.item(s.definitions, version) for version in versions)
        return self._bundle(items, f"ban-cau-hinh-{now:%Y-%m-%d}.zip", back)

    @expose("/nhap-tep", methods=("GET", "POST"))
    @access(WRITERS)
    def choose(self) -> Answer:
        if request.method == "GET":
            return self._choose()
        sent = request.files.get("file")
        if sent is None or not sent.filename:
            return self._choose("Ông/bà chọn một tệp .yaml hoặc .zip rồi bấm Xem trước."), 422
        name = _name(sent)
        with closing(sent):
            data = sent.stream.read(MAX_BYTES + 1)
        try:
            _arrived(name, data)
        except BundleError as error:
            return self._choose(str(error)), 422
        s = services()
        WaitingFiles(s.database).put(current_account().key, name, data, s.clock.now())
        return redirect(url_for(".before"))

    @expose("/nhap-tep/xem-truoc")
    @access(WRITERS)
    def before(self) -> Answer:
        """What would come of it; nothing is kept but the file itself, for an hour."""
        waiting = _waiting()
        if waiting is None:
            return self._choose(_GONE), 422
        return self._before(waiting)

    @expose("/nhap-tep/xac-nhan", methods=("POST",))
    @access(WRITERS)
    def confirm(self) -> Answer:
        s = services()
        me, now = current_account().key, s.clock.now()
        waiting = _waiting()
        if waiting is None or waiting.sha256 != request.form.get("file", ""):
            return self._choose(_GONE), 422
        try:
            found = _arrived(waiting.name, waiting.data)
            if found.doubtful and "accept" not in request.form:
                return self._before(waiting, "Ông/bà đánh dấu vào ô xác nhận nếu vẫn muốn nhập gói này."), 422
            accounts = importing.told(s.definitions, found, now.date())
            done = importing.take(s.definitions, found, accounts, me, now)
        except BundleError as error:
            return self._choose(str(error)), 422
        WaitingFiles(s.database).drop(me)
        left = sum(each.outcome is Outcome.REFUSED for each in accounts)
        said = f"Đã nhập {len(done)} bản nháp từ tệp {waiting.name}."
        flash(f"{said} {left} bản không nhập được." if left else said, "warn" if left else "ok")
        if len(done) == 1:
            version = done[0][1]
            return redirect(url_for("versions.overview", code=version.procedure, version_id=version.id))
        return redirect(url_for("definitions.index", trang_thai="dang-soan"))

    def _choose(self, refusal: str = "") -> str:
        return self.show(
            "admin/file_choose.html",
            refusal=refusal,
            most=MAX_BYTES // 1024 // 1024,
            breadcrumbs=_crumbs(),
        )

    def _before(self, waiting: Waiting, refusal: str = "") -> str:
        s = services()
        try:
            found = _arrived(waiting.name, waiting.data)
        except BundleError as error:  # its key may have been revoked since
            return self._choose(str(error))
        accounts = importing.told(s.definitions, found, s.clock.now().date())
        return self.show(
            "admin/file_before.html",
            waiting=waiting,
            found=found,
            accounts=[(each, TONES[each.outcome], _link(each)) for each in accounts],
            many=sum(each.imports for each in accounts),
            refusal=refusal,
            breadcrumbs=_crumbs(),
        )

    def _bundle(self, items: tuple[Item, ...], name: str, back: str) -> Response:
        s = services()
        try:
            key = keys.signing_key(s.settings.keys.signing)
        except BundleError as error:
            flash(f"Chưa xuất được vì khóa ký: {error}", "bad")
            return redirect(back)
        made = exporting.bundle(items, s.clock.now(), current_account().name, key)
        response = Response(made, mimetype="application/zip")
        response.headers.set("Content-Disposition", "attachment", filename=name)
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _arrived(name: str, data: bytes) -> Arrived:
    """What was sent, by its first bytes rather than by its name. Raises BundleError."""
    if len(data) > MAX_BYTES:
        raise BundleError(
            f"Tệp lớn quá {MAX_BYTES // 1024 // 1024} MB; gói lớn hơn thì nhập bằng lệnh “tthc import --as-draft”."
        )
    suffix = PurePosixPath(name).suffix.lower()
    if data.startswith(MAGIC) or suffix == disk.BUNDLE:
        ring = keys.ring_of(services().settings.keys, lambda: services().database)
        found = importing.arrived(data, name, keys.known(ring))
        if len(found.source.definitions) > MOST:
            raise BundleError(
                f"Gói có nhiều hơn {MOST} thủ tục; nhập gói lớn bằng lệnh “tthc import --as-draft”."
            )
        return found
    if suffix not in {*disk.YAML, ".json"}:
        raise BundleError(f"“{name}” không phải tệp .yaml hay gói .zip; ông/bà chọn lại tệp.")
    if len(data) > MAX_TEXT:
        raise BundleError("Bản cấu hình lớn quá 1 MB; ông/bà kiểm tra xem có chọn nhầm tệp không.")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise BundleError("Tệp không phải chữ UTF-8; ông/bà lưu lại với mã UTF-8 rồi chọn lại.") from None
    source = of_texts(name, {name: text}, {})
    if source.refused:
        raise BundleError(source.refused[0].sentences[0])
    return Arrived(source)


def _crumbs() -> list[tuple[str, str | None]]:
    return [("Bản cấu hình thủ tục", url_for("definitions.index")), ("Nhập tệp", None)]


def _waiting() -> Waiting | None:
    s = services()
    return WaitingFiles(s.database).get(current_account().key, s.clock.now())


def _name(sent: FileStorage) -> str:
    """The file's own name, as it may stand in a page and in the history."""
    name = (sent.filename or "").replace("\\", "/").rpartition("/")[2]
    return "".join(letter if letter.isprintable() else "_" for letter in name)[-MOST_NAME:]


def _link(told: Told) -> str | None:
    """The newest version here, to be looked at beside the account."""
    versions = services().definitions.versions(told.procedure)
    if not versions:
        return None
    return url_for("versions.overview", code=told.procedure, version_id=versions[-1].id)
