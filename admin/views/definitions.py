"""All procedures with their versions; writing a new version and mending one (Đ9.2, Đ24.3)."""

from flask import abort, flash, redirect, request, url_for
from flask_admin import expose

from admin import texts
from admin.listing import FILTERS, listed, name_of
from admin.views.base import ADMINS, PUBLISHERS, REVIEWERS, WRITERS, Answer, Page, may
from definitions.lifecycle import LifecycleError, State, Version
from definitions.loader import Loaded, load
from definitions.store import DefinitionStore, Saved
from tthc.accounts.session import current_account
from tthc.services import services
from tthc.web.access import access

WITH_PAGE = 12_000  # bytes of text that an editor's page carries itself
EDITABLE = frozenset({State.DRAFT, State.RETURNED})
NO_CODE = (
    'Chưa thấy mã thủ tục nên chưa lưu được; ông/bà ghi ở đầu văn bản một dòng như: procedure: "mã thủ tục".'
)


class Definitions(Page):
    """The list, «Dán YAML», «Sửa»."""

    rules = (WRITERS, REVIEWERS, PUBLISHERS, ADMINS)

    @expose("/")
    def index(self) -> str:
        chosen = request.args.get("trang_thai", "")
        if chosen not in FILTERS:
            chosen = ""
        query = request.args.get("q", "").strip()[:200]
        page = max(1, request.args.get("trang", 1, type=int))
        found = listed(services(), chosen, query, page)
        return self.show(
            "admin/definitions.html",
            chips=[
                {
                    "label": label,
                    "url": url_for(".index", trang_thai=key or None, q=query or None),
                    "current": key == chosen,
                }
                for key, (label, _) in FILTERS.items()
            ],
            chosen=chosen,
            query=query,
            found=found,
            page=page,
            writes=may(WRITERS),
            exports=may(WRITERS) or may(REVIEWERS),
        )

    @expose("/them", methods=("GET", "POST"))
    @access(WRITERS)
    def new(self) -> Answer:
        """A new version, from nothing or from another's text; saved as it is, right or wrong."""
        if request.method == "GET":
            other = self._another()
            text = "" if other is None else services().definitions.text(other)
            return self._form(None, text, source=None if other is None else _source(other, text))
        text, refusal = posted()
        if refusal:
            return self._form(None, text, refusal), 422
        code = texts.procedure_of(text)
        if code is None:
            return self._form(None, text, NO_CODE, load(text, "ban-cau-hinh.yaml")), 422
        same = twin(services().definitions, code, text, current_account().key)
        if same is not None:  # pressed twice
            return redirect(url_for("versions.overview", code=code, version_id=same.id))
        return self._save(None, code, text)

    @expose("/<code>/<version_id>/sua", methods=("GET", "POST"))
    @access(WRITERS)
    def edit(self, code: str, version_id: str) -> Answer:
        s = services()
        version = s.definitions.version(code, version_id)
        if version is None:
            abort(404)
        stored = s.definitions.text(version)
        if request.method == "GET":
            if version.state not in EDITABLE:
                return redirect(url_for("versions.overview", code=code, version_id=version_id))
            found = texts.loaded(version.text, stored, f"{code}.yaml")
            return self._form(version, stored, found=found, source=_source(version, stored))
        text, refusal = posted()
        if not refusal and request.form.get("base") != version.text and text != stored:
            refusal = (
                "Bản nháp này vừa được sửa ở nơi khác. Chữ ông/bà gõ vẫn còn dưới đây; ông/bà mở bản đang lưu ở "
                "một cửa sổ khác để so, rồi lưu lại nếu muốn thay bản đó."
            )
        if refusal:
            return self._form(version, text, refusal), 422
        return self._save(version, code, text)

    def _save(self, version: Version | None, code: str, text: str) -> Answer:
        s = services()
        version_id = None if version is None else version.id
        try:
            saved = s.definitions.save_draft(
                code, text, current_account().key, s.clock.now(), version_id=version_id
            )
        except LifecycleError as error:
            return self._form(version, text, error.message), 422
        _tell(saved)
        where = "versions.overview" if saved.loaded.ok else ".edit"
        return redirect(url_for(where, code=code, version_id=saved.version.id))

    def _form(
        self,
        version: Version | None,
        text: str,
        refusal: str = "",
        found: Loaded | None = None,
        source: str | None = None,
    ) -> str:
        """`source`: where a long text is fetched from after the page; what was just typed always comes with it."""
        numbered = {line.number: line.text for line in texts.lines(text)} if found else {}
        return self.show(
            "admin/edit.html",
            version=version,
            name="" if version is None else name_of(services().definitions, version),
            text=text,
            source=source,
            refusal=refusal,
            problems=found.problems if found else (),
            excerpts=numbered,
        )

    def _another(self) -> Version | None:
        """`?tu=<code>/<version>`: where a new version of a procedure begins."""
        code, _, version_id = request.args.get("tu", "").partition("/")
        return services().definitions.version(code, version_id) if version_id else None


def twin(store: DefinitionStore, code: str, text: str, author: str) -> Version | None:
    """A draft of the same person with the same letters."""
    return next(
        (
            version
            for version in store.versions(code)
            if version.state is State.DRAFT and version.author == author and store.text(version) == text
        ),
        None,
    )


def _source(version: Version, text: str) -> str | None:
    if len(text.encode()) <= WITH_PAGE:
        return None
    return url_for("versions.raw", code=version.procedure, version_id=version.id)


def posted() -> tuple[str, str]:
    """The text, from the file if one was chosen, else as typed; and why it cannot be taken."""
    typed = texts.normal(request.form.get("text", ""))
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        try:
            return texts.uploaded(sent), ""
        except texts.TextError as error:
            return typed, str(error)
    if not typed.strip():
        return typed, "Ông/bà dán nội dung bản cấu hình vào ô dưới đây, hoặc chọn một tệp."
    return typed, ""


def _tell(saved: Saved) -> None:
    wrong = len(saved.loaded.errors)
    if wrong:
        flash(f"Đã lưu bản nháp. Còn {wrong} lỗi cần sửa trước khi đăng ký thẩm định.", "warn")
    else:
        flash("Đã lưu bản nháp.", "ok")
