"""The result on the portal: taken there (Đ10.4b), its signatures explained, receipts; and any signed file checked."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rules.i18n import gettext
from tthc.accounts.session import current_actor
from tthc.dossiers.commands_return import ReceiveOnline
from tthc.dossiers.refusals import Refused
from tthc.portal.dossier_routes import own_dossier, show_own
from tthc.services import services
from tthc.web.access import access
from tthc.web.fee_receipts import receipt_response
from tthc.web.files import find_file
from tthc.web.idempotency import command_id
from tthc.web.limits import limiter
from tthc.web.uploads import MAX_UPLOAD_BYTES, read_upload

blueprint = Blueprint("result", __name__)


@blueprint.post("/ho-so/<dossier_id>/nhan-ket-qua")
@access("citizen")
def receive(dossier_id: str) -> BaseResponse | tuple[str, int]:
    """The owner takes the signed result; that is the return, at this instant."""
    found = own_dossier(dossier_id)
    try:
        services().dossiers.execute(
            found.id,
            ReceiveOnline(),
            current_actor(),
            command_id=command_id(),
            expected_version=request.form.get("version", type=int),
        )
    except Refused as refusal:
        return show_own(own_dossier(dossier_id), refusal.sentence()), 409
    flash(
        gettext(
            "Đã nhận kết quả. Ông/bà tải tệp ở mục Kết quả; tệp có giá trị như bản giấy khi chữ ký số còn nguyên."
        )
    )
    return redirect(url_for("mine.dossier", dossier_id=dossier_id))


@blueprint.get("/ho-so/<dossier_id>/chu-ky/<sha256>")
@access("citizen")
def signatures(dossier_id: str, sha256: str) -> str:
    s = services()
    found = own_dossier(dossier_id)
    ref = find_file(found, s.definitions.by_hash(found.definition), sha256, for_applicant=True)
    if ref is None or ref.kind != "pdf":
        abort(404)
    return render_template(
        "portal/signatures.html",
        dossier=found,
        file=ref,
        seen=s.signing.look(s.files.read(sha256), s.clock.now()),
    )


@blueprint.get("/ho-so/<dossier_id>/bien-lai/<int:seq>.pdf")
@access("citizen")
def receipt(dossier_id: str, seq: int) -> BaseResponse:
    return receipt_response(services(), own_dossier(dossier_id), seq)


@blueprint.get("/kiem-tra-chu-ky")
@access("public")
def check() -> str:
    return render_template("portal/check_signature.html", seen=None, name="", problem="")


@blueprint.post("/kiem-tra-chu-ky")
@access("public")
@limiter.limit("10 per minute")
def checked() -> str | tuple[str, int]:
    """A file from anywhere: looked at, told about, never kept."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return render_template(
            "portal/check_signature.html", seen=None, name="", problem=gettext("Chọn tệp PDF cần kiểm tra.")
        ), 422
    data = read_upload(sent)
    if len(data) > MAX_UPLOAD_BYTES:
        problem = gettext("Tệp nặng quá 10 MB; ở đây chỉ kiểm tra tệp đến 10 MB.")
        return render_template("portal/check_signature.html", seen=None, name="", problem=problem), 422
    return render_template(
        "portal/check_signature.html",
        seen=services().signing.look(data, services().clock.now()),
        name=sent.filename[:120],
        problem="",
    )
