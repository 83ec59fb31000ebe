"""A definition's form as HTML, page by page, and its answers as a summary.

Everything that does not depend on answers is worked out once per tuple of fields and kept (`_compiled`): a page is
drawn again at every change.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from datetime import datetime
from typing import Final

from markupsafe import Markup

from forms.model import Answers, Field, FieldError, Page, Submission
from renderers.html.errors import render_errors
from renderers.html.fields import Draw, Moment
from renderers.html.fields.rows import compile_all, draw_all
from renderers.html.summary import render_summary
from rules.i18n import gettext, language

__all__ = ["render_errors", "render_fields", "render_page", "render_questions", "render_summary"]

_PAGES_KEPT: Final = 512
_kept: dict[tuple[int, str], tuple[Sequence[Field], tuple[tuple[Field, str, Draw], ...]]] = {}

# Enter in a text box presses the first submit button of its form: that must not be a list's “Xóa”.
_DEFAULT: Final = '<button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">{}</button>'


def _compiled(fields: tuple[Field, ...]) -> tuple[tuple[Field, str, Draw], ...]:
    """Kept by identity: hashing a form would cost more than drawing it. What is fixed of a field speaks a language."""
    key = id(fields), language()
    kept = _kept.get(key)
    if kept is not None and kept[0] is fields:
        return kept[1]
    compiled = compile_all(fields, "")
    if len(_kept) >= _PAGES_KEPT:
        _kept.clear()
    _kept[key] = (fields, compiled)
    return compiled


def render_fields(
    fields: tuple[Field, ...],
    submission: Submission,
    answers: Answers,
    *,
    show: bool | Container[str] = True,
    scope: Mapping[str, object] | None = None,
    now: datetime | None = None,
    file_url: Callable[[str], str] | None = None,
    file_state: Callable[[str], str] | None = None,
    file_parts: Callable[[str], str] | None = None,
) -> Markup:
    """The visible fields with what was typed in them.

    `answers`: raw answers, redisplayed exactly. `show`: which errors to tell, all, none, or those at the given paths
    (what a person has already been at). `scope`, `now`: what options' conditions may read besides the fields, as
    given to `forms.evaluate`. `file_url`: from the SHA-256 of an uploaded file to where it is seen, `file_state`: to why it may not be
    opened (yet); `file_parts`: from a field's path to the address that takes its files in parts (js/upload.js).
    """
    errors: dict[str, list[FieldError]] = {}
    if show is not False:
        for error in submission.errors:
            if show is True or error.path in show:
                errors.setdefault(error.path, []).append(error)
    moment = Moment(
        submission, errors, scope or {}, now, file_url=file_url, file_state=file_state, file_parts=file_parts
    )
    return Markup(draw_all(_compiled(fields), answers, submission.clean, moment))  # noqa: S704 - escaped where drawn


def render_page(
    page: Page,
    submission: Submission,
    answers: Answers,
    *,
    show: bool | Container[str] = True,
    scope: Mapping[str, object] | None = None,
    now: datetime | None = None,
    file_url: Callable[[str], str] | None = None,
    file_state: Callable[[str], str] | None = None,
    file_parts: Callable[[str], str] | None = None,
    summary: bool = True,
) -> Markup:
    """One page of a form, ready to stand inside `<form>`: errors on top (when all are told), then the fields.

    The whole is one element, `#form-page`, which the live script exchanges piece by piece.
    """
    body = render_fields(
        page.fields,
        submission,
        answers,
        show=show,
        scope=scope,
        now=now,
        file_url=file_url,
        file_state=file_state,
        file_parts=file_parts,
    )
    return _page(body, submission, summary=summary and show is True)


def render_questions(
    questions: tuple[Field, ...],
    submission: Submission,
    answers: Answers,
    *,
    show: bool | Container[str] = True,
    scope: Mapping[str, object] | None = None,
    now: datetime | None = None,
    file_url: Callable[[str], str] | None = None,
    summary: bool = True,
) -> Markup:
    """The deciding questions (`definition.questions`), drawn as a page."""
    body = render_fields(questions, submission, answers, show=show, scope=scope, now=now, file_url=file_url)
    return _page(body, submission, summary=summary and show is True)


def _page(body: Markup, submission: Submission, *, summary: bool) -> Markup:
    top = render_errors(submission.errors) if summary else ""
    default = _DEFAULT.format(gettext("Tiếp tục"))
    return Markup(f'<div id="form-page">{default}{top}{body}</div>')  # noqa: S704 - escaped where drawn
