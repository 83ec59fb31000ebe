"""Papers of an application: uploaded one by one, judged by their content, kept by their checksum (Đ10.1b, Đ9.1e)."""

from collections.abc import Sequence

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forms.attachments import UploadError
from forms.uploads import held_files
from tthc.dossiers.state import FileRef
from tthc.portal import wizard
from tthc.portal.apply_routes import _filling, _shared, _url
from tthc.portal.filling import Filling
from tthc.portal.keeping import infected_papers, keep, place_of
from tthc.portal.papers_again import papers_again
from tthc.portal.told_files import told
from tthc.services import services
from tthc.web.access import access
from tthc.web.files import answered_file, send_stored
from tthc.web.uploads import chosen_files, read_upload

blueprint = Blueprint("uploads", __name__)


@blueprint.route("/nop-ho-so/<application_id>/giay-to", methods=["GET", "POST"])
@access("citizen")
def papers(application_id: str) -> BaseResponse | str | tuple[str, int]:
    """Every paper this dossier needs, each with its own place for files; POST goes on when nothing is missing."""
    filling = _filling(application_id)
    missing: list[str] = []
    infected: tuple[str, ...] = ()
    if request.method == "POST":
        if request.form.get("_action") == "back":
            return redirect(
                _url(filling.application, wizard.before(filling.steps, wizard.PAPERS) or wizard.PAPERS)
            )
        s = services()
        missing = [paper.id for paper in filling.missing_papers()]
        infected = infected_papers(s, filling)
        if not missing and not infected and not filling.expired_papers():
            kept = filling.application
            s.applications.save(kept, kept, s.clock.now(), page_done=wizard.PAPERS.id)
            return redirect(_url(filling.application, wizard.after(filling.steps, wizard.PAPERS)))
    html = _papers_page(filling, missing=missing, infected=infected)
    return (html, 422) if request.method == "POST" else html


@blueprint.post("/nop-ho-so/<application_id>/giay-to/<paper_id>")
@access("citizen")
def upload(
    application_id: str, paper_id: str
) -> BaseResponse | str | tuple[str, int] | tuple[BaseResponse, int]:
    """One file for one paper. Scripts get JSON `{name, size, sha256, kind, remove}`; without scripts, the page again."""
    filling = _filling(application_id)
    paper = place_of(filling, paper_id)
    if paper is None:
        abort(404)
    s = services()
    wants_json = request.accept_mimetypes.best == "application/json"
    stored: list[FileRef] = []
    try:
        for sent in chosen_files("file", filling.application.room(paper_id, paper.max_files)):
            data, name, mimetype = read_upload(sent), sent.filename or "", sent.mimetype or ""
            stored.append(keep(s, filling, paper, tray=False, data=data, name=name, mimetype=mimetype))
            filling = _filling(application_id)
    except UploadError as error:
        if wants_json:
            return jsonify(error=str(error)), 422
        return _papers_page(_filling(application_id), upload_errors={paper_id: str(error)}), 422
    if wants_json:
        return jsonify(told(s, filling, paper_id, stored[-1], tray=False))
    return redirect(url_for(".papers", application_id=application_id, _anchor=f"paper-{paper_id}"))


@blueprint.post("/nop-ho-so/<application_id>/giay-to/<paper_id>/dung-lai")
@access("citizen")
def use_again(application_id: str, paper_id: str) -> BaseResponse:
    """A file of an earlier dossier serves for this paper too: only one that is offered, so the owner's own."""
    filling = _filling(application_id)
    s = services()
    offered = [again for again in papers_again(s, filling) if again.paper == paper_id]
    chosen = next((again for again in offered if again.file.sha256 == request.form.get("sha256")), None)
    if chosen is None:
        abort(404)
    s.applications.add_file(filling.application, paper_id, chosen.file, s.clock.now())
    return redirect(url_for(".papers", application_id=application_id, _anchor=f"paper-{paper_id}"))


@blueprint.post("/nop-ho-so/<application_id>/giay-to/<paper_id>/<sha256>/xoa")
@access("citizen")
def remove(application_id: str, paper_id: str, sha256: str) -> BaseResponse:
    filling = _filling(application_id)
    if filling.definition.paper(paper_id) is None and place_of(filling, paper_id) is None:
        abort(404)
    s = services()
    s.applications.remove_file(filling.application, paper_id, sha256, s.clock.now())
    if request.accept_mimetypes.best == "application/json":
        return jsonify(removed=sha256)
    return redirect(url_for(".papers", application_id=application_id, _anchor=f"paper-{paper_id}"))


@blueprint.get("/nop-ho-so/<application_id>/giay-to/<paper_id>/<sha256>")
@access("citizen")
def view(application_id: str, paper_id: str, sha256: str) -> BaseResponse:
    """The owner looks at what was uploaded."""
    filling = _filling(application_id)
    files = filling.application.files.get(paper_id, ())
    file = next((f for f in files if f.sha256 == sha256), None)
    if file is None:
        abort(404)
    return send_stored(services(), file)


@blueprint.get("/nop-ho-so/<application_id>/tep/<sha256>")
@access("citizen")
def answered(application_id: str, sha256: str) -> BaseResponse:
    """The owner looks at a file that answers a field."""
    filling = _filling(application_id)
    application = filling.application
    held = held_files(filling.definition.fields, application.answers)
    file = next((file for _path, file in held if file["sha256"] == sha256), None)
    if file is None:
        abort(404)
    s = services()
    return send_stored(s, answered_file(file, s.clock.now(), application.owner))


def _papers_page(
    filling: Filling,
    *,
    missing: list[str] | None = None,
    upload_errors: dict[str, str] | None = None,
    infected: Sequence[str] = (),
) -> str:
    s = services()
    return render_template(
        "portal/papers.html",
        **_shared(filling, wizard.PAPERS),
        missing=missing or [],
        again=papers_again(s, filling),
        photographs=s.trays.waiting(filling.application.id, [paper.id for paper in filling.uploads]),
        unfinished=[
            transfer
            for transfer in s.transfers.open_of(filling.application.owner, filling.application.id)
            if not transfer.tray
        ],
        infected=infected,
        drop_url=lambda one: url_for(
            "transfers.drop", application_id=filling.application.id, transfer_id=one.id
        ),
        upload_errors=upload_errors or {},
    )
