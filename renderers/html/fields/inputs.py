"""Types typed into one box."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from forms.autofill import autofill
from forms.model import Field
from forms.types.numbers import CURRENCY, Money, unit_of
from renderers.html.fields.base import Compile, Draw, Frame, Moment, escape, in_tongue, typed
from rules.i18n import gettext


@dataclass(frozen=True, slots=True)
class Kind:
    """How the box of one type behaves on a telephone. `width` is a class of the style sheet."""

    type: str = "text"
    inputmode: str = ""
    width: str = ""
    unit: str = ""
    spellcheck: bool = True


KINDS: Final[Mapping[str, Kind]] = {
    "text": Kind(),
    "integer": Kind(inputmode="numeric", width="w8", spellcheck=False),
    "decimal": Kind(inputmode="decimal", width="w8", spellcheck=False),
    "money": Kind(inputmode="numeric", width="w12", unit=CURRENCY, spellcheck=False),
    "time": Kind(width="w4", spellcheck=False),
    "citizen_number": Kind(inputmode="numeric", width="w12", spellcheck=False),
    "tax_number": Kind(inputmode="text", width="w12", spellcheck=False),
    "account_number": Kind(inputmode="numeric", width="w20", spellcheck=False),
    "account_holder": Kind(width="w20", spellcheck=False),
    "phone": Kind(type="tel", inputmode="tel", width="w12", spellcheck=False),
    "password": Kind(type="password", spellcheck=False),
    "email": Kind(type="text", inputmode="email", spellcheck=False),
}


def common(field: Field, path: str) -> str:
    """Attributes every box has: id, name, what the browser may fill in, whether a copy may be kept on the device."""
    fill = autofill(field)
    return (
        f' id="f-{path}" name="{path}"'
        + (f' autocomplete="{escape(fill)}"' if fill else "")
        + (" data-sensitive" if field.sensitive else "")
    )


def compile_input(field: Field, path: str) -> Draw:
    kind = KINDS.get(field.type, KINDS["text"])
    frame = Frame(field, path)
    unit = unit_of(field, default=gettext(kind.unit))
    control = (
        f'<input class="input{" " + kind.width if kind.width else ""}" type="{kind.type}"'
        + common(field, frame.path)
        + (f' inputmode="{kind.inputmode}"' if kind.inputmode else "")
        + ("" if kind.spellcheck else ' spellcheck="false"')
        + (" data-thousands" if field.type == "money" else "")
    )
    end = frame.close
    if unit:
        control = f'<div class="unit">{control}'
        end = f"<span>{escape(unit)}</span></div>{end}"
    must = (control, f'{control} aria-required="true"')
    tie, head = frame.tie, frame.head
    plain = tuple(f'{frame.plain[i]}{must[i]}{frame.ties[0]} value="' for i in (0, 1))
    tail = f'">{end}'
    secret = kind.type == "password"
    if field.type == "money" and field.in_words:
        tail = f'">{end.removesuffix(frame.close)}'
        return _with_words(field, path, frame, must, tail)

    def draw(raw: object, required: bool, moment: Moment) -> str:
        value = "" if secret else escape(raw if isinstance(raw, str) else typed(raw))
        errors = moment.errors.get(path)
        if not errors:
            return f"{plain[required]}{value}{tail}"
        return f'{head(required, errors)}{must[required]}{tie(errors)} value="{value}{tail}'

    return draw


def _with_words(field: Field, path: str, frame: Frame, must: tuple[str, str], tail: str) -> Draw:
    """An amount with what it says in words under it, so that a nought too many is seen."""
    money = Money()

    def draw(raw: object, required: bool, moment: Moment) -> str:
        errors = moment.errors.get(path, ())
        said = money.words(field, money.parse(field, raw).clean)
        told = gettext("Bằng chữ: {words}").format(words=in_tongue(said)) if said else ""
        words = f'<p class="help" id="f-{frame.path}-words">{told}</p>'
        return (
            f'{frame.head(required, errors)}{must[required]}{frame.tie(errors)} value="{escape(typed(raw))}'
            f"{tail}{words}{frame.close}"
        )

    return draw


def compile_textarea(field: Field, path: str) -> Draw:
    frame = Frame(field, path)
    control = f'<textarea class="input" rows="4"{common(field, frame.path)}'

    def draw(raw: object, required: bool, moment: Moment) -> str:
        errors = moment.errors.get(path, ())
        must = ' aria-required="true"' if required else ""
        # the parser of HTML drops one line end after the tag: ours, not the writer's
        return f"{frame.head(required, errors)}{control}{must}{frame.tie(errors)}>\n{escape(typed(raw))}</textarea>{frame.close}"

    return draw


INPUTS: Final[Mapping[str, Compile]] = dict.fromkeys(KINDS, compile_input)
