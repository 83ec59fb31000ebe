"""What is shown and not asked: headings, notes, values the form works out."""

from forms.model import Field
from forms.types import REGISTRY
from renderers.html.fields.base import Draw, Moment, error_block, escape, help_block, paragraphs


def compile_heading(field: Field, path: str) -> Draw:
    p = escape(path)
    text = f'<h2 class="form-heading" id="w-{p}">{escape(field.label)}</h2>{paragraphs(field.text or field.help)}'
    return lambda _raw, _required, _moment: text


def compile_note(field: Field, path: str) -> Draw:
    title = f'<p class="strong">{escape(field.label)}</p>' if field.label else ""
    text = f'<div class="callout" id="w-{escape(path)}">{title}{paragraphs(field.text or field.help)}</div>'
    return lambda _raw, _required, _moment: text


def compile_computed(field: Field, path: str) -> Draw:
    """`raw` is the clean value (`Submission.clean`), not an answer."""
    p = escape(path)
    label = f'<span class="label" id="f-{p}-label">{escape(field.label)}</span>{help_block(field, p)}'
    start = f'<output id="f-{p}" aria-labelledby="f-{p}-label">'
    display = REGISTRY["computed"].display

    def draw(raw: object, _required: bool, moment: Moment) -> str:
        errors = moment.errors.get(path)
        problem = error_block(p, errors) if errors else ""
        shown = escape(display(field, raw)) or "—"
        return f'<div class="field computed" id="w-{p}">{label}{problem}{start}{shown}</output></div>'

    return draw
