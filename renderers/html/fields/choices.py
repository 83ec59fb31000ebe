"""Types answered by choosing: cards one can press with a thumb; a drop-down where there are more than seven."""

from collections.abc import Sequence
from typing import Final

from forms.model import Field, Option
from renderers.html.fields.base import Draw, Frame, Moment, error_block, escape, invalid, paragraphs, typed
from renderers.html.fields.inputs import common
from rules.i18n import gettext

CARDS_UP_TO: Final = 7


def offered(options: Sequence[Option], moment: Moment) -> list[int]:
    """Positions of the options whose condition holds now."""
    if all(option.when is None for option in options):
        return list(range(len(options)))
    context = {**moment.scope, **moment.submission.values, **moment.row}
    return [
        i
        for i, option in enumerate(options)
        if option.when is None or option.when.truth(context, now=moment.now)
    ]


def _cards(field: Field, path: str, options: Sequence[Option], *, kind: str, inline: bool = False) -> Draw:
    frame = Frame(field, path, group=True)
    sensitive = " data-sensitive" if field.sensitive else ""
    conditional = any(option.when is not None for option in options)
    everything = range(len(options))
    starts, ends = [], []
    for option in options:
        value = escape(option.value)
        starts.append(f'<input type="{kind}" name="{frame.path}" value="{value}"{sensitive}')
        note = f"<small>{escape(option.help)}</small>" if option.help else ""
        ends.append(f"><span>{escape(option.label)}{note}</span></label>")
    group = f'<div class="choices{" inline" if inline else ""}">'
    # nothing ticked posts nothing; this says that the question was on the page
    if kind == "checkbox":
        group = f'<input type="hidden" name="{frame.path}" value="">{group}'

    def draw(raw: object, required: bool, moment: Moment) -> str:
        errors = moment.errors.get(path, ())
        chosen = {typed(one) for one in raw} if isinstance(raw, (list, tuple)) else {typed(raw)}
        parts = [frame.head(required, errors), group]
        for place, i in enumerate(offered(options, moment) if conditional else everything):
            checked = " checked" if options[i].value in chosen else ""
            identity = f"f-{frame.path}" if place == 0 else f"f-{frame.path}-{i}"
            parts.append(f'<label class="choice">{starts[i]} id="{identity}"{checked}{ends[i]}')
        parts.append(f"</div>{frame.close}")
        return "".join(parts)

    return draw


def _select(field: Field, path: str) -> Draw:
    frame = Frame(field, path)
    options = field.options
    nothing = gettext("Chọn…")
    control = f'<select class="input"{common(field, frame.path)}'
    # an option's text is its value where nothing else is said: half the weight of a list of places
    lines = [
        (
            "<option"
            if o.value == o.label == " ".join(o.label.split()) and not o.help
            else f'<option value="{escape(o.value)}"',
            f">{escape(o.label)}{' – ' + escape(o.help) if o.help else ''}</option>",
        )
        for o in options
    ]

    def draw(raw: object, required: bool, moment: Moment) -> str:
        errors = moment.errors.get(path, ())
        chosen = typed(raw)
        must = ' aria-required="true"' if required else ""
        inner = "".join(
            f"{lines[i][0]}{' selected' if options[i].value == chosen else ''}{lines[i][1]}"
            for i in offered(options, moment)
        )
        return (
            f"{frame.head(required, errors)}{control}{must}{frame.tie(errors)}>"
            f'<option value="">{nothing}</option>{inner}</select>{frame.close}'
        )

    return draw


def compile_choice(field: Field, path: str) -> Draw:
    many = len(field.options) > CARDS_UP_TO
    if field.appearance == "select" or (many and field.appearance != "radio"):
        return _select(field, path)
    return _cards(field, path, field.options, kind="radio")


def compile_multi_choice(field: Field, path: str) -> Draw:
    return _cards(field, path, field.options, kind="checkbox")


def compile_yes_no(field: Field, path: str) -> Draw:
    answers = (Option("true", gettext("Có")), Option("false", gettext("Không")))
    return _cards(field, path, answers, kind="radio", inline=True)


def compile_declaration(field: Field, path: str) -> Draw:
    """A statement one ticks to make it one's own: `text` is what is declared, `label` stands at the tick."""
    p = escape(path)
    text = paragraphs(field.text) + (f'<p class="help">{escape(field.help)}</p>' if field.help else "")
    body = f'<div id="f-{p}-help">{text}</div>' if text else ""
    helped = f"f-{p}-help" if body else ""
    tick = (
        f'<div class="choices"><input type="hidden" name="{p}" value=""><label class="choice">'
        f'<input type="checkbox" id="f-{p}" name="{p}" value="true"'
    )
    end = f"><span>{escape(field.label)}</span></label></div></div>"

    def draw(raw: object, _required: bool, moment: Moment) -> str:
        errors = moment.errors.get(path, ())
        wrong = invalid(errors)
        described = f"{helped} f-{p}-error".strip() if errors else helped
        start = f'<div class="field{" wrong" if wrong else ""}" id="w-{p}">'
        tie = f' aria-describedby="{described}"' if described else ""
        tie += ' aria-invalid="true"' if wrong else ""
        checked = " checked" if typed(raw) in {"true", "on"} else ""
        return f"{start}{body}{error_block(p, errors) if errors else ''}{tick}{tie}{checked}{end}"

    return draw
