"""What a person needs for a procedure, worked out without an account and without keeping anything; its blank form (Đ7.2b, Đ26.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, abort, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from definitions.assess import Assessment
from definitions.cache import Lru
from definitions.model import Definition
from forms.answers import act, row_action, with_first_rows
from forms.collect import collect
from forms.model import FieldError
from renderers.html.form import render_page
from renderers.html.procedure import WAYS
from renderers.pdf.blank import blank_form
from rules.i18n import gettext
from tthc.agencies.model import Agency
from tthc.portal import needs
from tthc.portal.finding import KINDS
from tthc.portal.just_opened import Asked, questions
from tthc.services import services
from tthc.web.access import access
from tthc.web.limits import PHONE_SEND, limiter
from tthc.web.speaking import shown_definition

blueprint = Blueprint("needs", __name__)
CARRY: Final = "_tra-loi-roi"
"""Posted where the answers go with whoever begins to apply."""
CHANNEL, AGENCY, KIND = "_kenh", "_co-quan", "_nguoi-nop"
ASKED = "_da-hoi"
"""The questions that the page showed: a choice nobody made posts nothing."""
_forms: Lru[bytes] = Lru(64)


@blueprint.route("/thu-tuc/<code>/can-gi", methods=["GET", "POST"])
@access("public")
@limiter.limit(PHONE_SEND, methods=["POST"])
def ask(code: str) -> str | tuple[str, int]:
    """A few questions; then the papers, the fee and the date."""
    definition = shown_definition(_published(code))
    look = _look(definition)
    return _shown(definition, look), 422 if look.wrong else 200


@blueprint.post("/thu-tuc/<code>/can-gi/doi")
@access("public")
@limiter.limit(PHONE_SEND)
def live(code: str) -> str:
    """The questions as the answers now make them."""
    look = _look(shown_definition(_published(code)))
    return str(_form(look, frozenset(request.form.getlist("_touched"))))


@blueprint.get("/thu-tuc/<code>/mau-to-khai.pdf")
@access("public")
@limiter.limit("30 per minute")
def blank(code: str) -> BaseResponse:
    """The procedure's form to be filled in by hand (Đ26.1)."""
    definition = _published(code)
    if not definition.form.pages:
        abort(404)
    s = services()
    made = _forms.get(definition.hash)
    if made is None:
        made = blank_form(definition, s.definitions.updated_at(definition.hash))
        _forms.put(definition.hash, made)
    answer = Response(made, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"to-khai-{definition.procedure}.pdf")
    answer.cache_control.max_age = 3600
    return answer


@dataclass(frozen=True, slots=True)
class _Look:
    """`wrong`: mistakes in what was asked; `more`: the answers brought up further questions; `done`: neither."""

    asking: needs.Asking
    answers: Mapping[str, object]
    assessment: Assessment
    channel: str
    kind: str
    agency: Agency | None
    agencies: tuple[Agency, ...]
    wrong: tuple[FieldError, ...]
    place_wrong: bool
    more: bool
    done: bool


def _look(definition: Definition) -> _Look:
    s = services()
    now = s.clock.now()
    asking = needs.asking(definition)
    fields = asking.page.fields
    source = request.form.to_dict(flat=False)
    answers: Mapping[str, object] = collect(fields, source)
    pressed = row_action(source)
    if pressed is not None:
        answers = act(fields, with_first_rows(fields, answers), pressed)
    agencies = s.agencies.offering(definition.offered_by, now.date())
    agency = next((each for each in agencies if each.id == request.form.get(AGENCY)), None)
    if agency is None and len(agencies) == 1:
        agency = agencies[0]
    somewhere = agency or (agencies[0] if agencies else None)
    channel = request.form.get(CHANNEL, "")
    channel = channel if channel in asking.channels else asking.channels[0]
    kind = request.form.get(KIND, "")
    kind = kind if kind in asking.kinds else definition.applicant_kinds[0]
    assessment = needs.looked_at(
        asking,
        answers,
        channel=channel,
        kind=kind,
        agency=somewhere.facts().scope() if somewhere else {},
        now=now,
    )
    sent = request.method == "POST" and pressed is None
    asked = Asked(request.form.get(ASKED, "").split(), request.form)
    wrong = asked.mistakes(assessment.submission.errors) if sent else ()
    place_wrong = sent and asking.agency and agency is None
    more = sent and not wrong and asked.opened(asking.page, assessment.submission)
    done = (sent or not (fields or asking.agency)) and not wrong and not more and not place_wrong
    return _Look(asking, answers, assessment, channel, kind, agency, agencies, wrong, place_wrong, more, done)


def _form(look: _Look, show: bool | frozenset[str]) -> object:
    asking, assessment = look.asking, look.assessment
    return render_page(
        asking.page,
        assessment.submission,
        with_first_rows(asking.page.fields, look.answers),
        show=show,
        scope=assessment.scope,
        now=services().clock.now(),
        summary=False,
    )


def _shown(definition: Definition, look: _Look) -> str:
    s = services()
    now = s.clock.now()
    told = frozenset(error.path for error in look.wrong)
    found = None
    if look.done and not look.assessment.ended:
        calendar = s.calendar(look.agency.id if look.agency else "")
        found = needs.dates(
            look.assessment, s.dossiers.policy.intake, calendar, now, online=look.channel == "online"
        )
    return render_template(
        "portal/needs.html",
        definition=definition,
        look=look,
        asked=" ".join(sorted(questions(look.asking.page, look.assessment.submission))),
        form_html=_form(look, told) if look.asking.page.fields else "",
        channels=[(channel, gettext(WAYS[channel])) for channel in look.asking.channels],
        kinds=[(kind, gettext(KINDS[kind])) for kind in look.asking.kinds],
        dates=found,
        now=now,
        online="online" in definition.submit_by,
        carry=CARRY,
    )


def carried(definition: Definition, form: Mapping[str, list[str]]) -> Mapping[str, object]:
    """The answers given to “Giấy tờ tôi cần”, where the form comes from there to begin: nothing is asked twice."""
    return collect(needs.asking(definition).page.fields, form) if CARRY in form else {}


def _published(code: str) -> Definition:
    s = services()
    definition = s.definitions.published(code, s.clock.now().date())
    if definition is None:
        abort(404)
    return definition
