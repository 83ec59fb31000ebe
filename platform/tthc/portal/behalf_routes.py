"""The step that asks for whom the dossier is handed in, where it is for somebody else (Đ23.1)."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from forms.prefill import prefill
from tthc.accounts.session import current_account
from tthc.portal import behalf, wizard
from tthc.portal.applicants import posted_applicant, profile_of
from tthc.portal.applications import Application
from tthc.portal.apply_routes import _filling, _shared, _url
from tthc.portal.filling import Filling, look
from tthc.services import services
from tthc.web.access import access

blueprint = Blueprint("behalf", __name__, url_prefix="/nop-ho-so/<application_id>")


@blueprint.route("/nguoi-nop", methods=["GET", "POST"])
@access("citizen")
def person(application_id: str) -> BaseResponse | str | tuple[str, int]:
    """Whose dossier it is and by which paper; `_action=self`: one's own after all."""
    filling = _filling(application_id)
    if request.method == "GET":
        return _show(filling, {})
    s = services()
    before = filling.application
    if request.form.get("_action") == "self":
        kept = s.applications.save(before, behalf.for_oneself(before), s.clock.now())
        return redirect(_url(kept, _again(kept).steps[0]))
    applicant = posted_applicant(request.form)
    told = behalf.told(before, applicant, request.form.get("authorisation", ""))
    errors = behalf.mistakes(told)
    answers = prefill(filling.definition.fields, told.answers, profile_of(applicant), blanks=True)
    done = None if errors else wizard.BEHALF.id
    saved = s.applications.save(before, replace(told, answers=answers), s.clock.now(), page_done=done)
    filling = _again(saved)
    if errors:
        return _show(filling, errors), 422
    return redirect(_url(saved, wizard.after(filling.steps, wizard.BEHALF)))


def _again(application: Application) -> Filling:
    s = services()
    return look(s, application, behalf.scope_of(application, current_account()), s.clock.now())


def _show(filling: Filling, errors: dict[str, str]) -> str:
    if not behalf.on_behalf(filling.application):
        # not among the steps until it is said so by sending this page
        applicant, delivery = behalf.begun(current_account())
        application = replace(filling.application, applicant=applicant, delivery=delivery)
        filling = _again(application)
    return render_template(
        "portal/behalf.html",
        **_shared(filling, wizard.BEHALF),
        errors=errors,
        bearer=current_account(),
    )
