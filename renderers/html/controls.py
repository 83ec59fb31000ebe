"""One field for pages written by hand (sign-in, search, counter), drawn exactly as those of definitions."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from forms.model import Field, FieldError, Option, Submission
from renderers.html.fields import Moment
from renderers.html.fields.rows import compile_field

_NOTHING = Submission(values={}, clean={}, visible=frozenset(), required=frozenset(), pages=(), errors=())


def form_field(
    name: str,
    label: str,
    type: str = "text",  # noqa: A002 - reads as the attribute it is
    *,
    value: object = None,
    help: str = "",  # noqa: A002 - as above
    example: str = "",
    error: str = "",
    required: bool = True,
    options: Sequence[Sequence[str] | Mapping[str, str]] = (),
    autocomplete: str = "",
    unit: str = "",
    sensitive: bool = False,
    text: str = "",
) -> Markup:
    """A field of any type of `forms.types.REGISTRY`, or `password`.

    `options`: `(value, label)`, `(value, label, help)` or mappings of those names. Names must be identifiers, dots
    allowed. An error summary links to it with `#f-<name>`.
    """
    choices = tuple(
        Option(one["value"], one["label"], one.get("help", ""))
        if isinstance(one, Mapping)
        else Option(one[0], one[1], one[2] if len(one) > 2 else "")
        for one in options
    )
    field = Field(
        id=name,
        type=type,
        label=label,
        help=help,
        example=example,
        required=required,
        options=choices,
        autocomplete=autocomplete,
        unit=unit,
        sensitive=sensitive,
        text=text,
    )
    errors = {name: (FieldError(name, error),)} if error else {}
    moment = Moment(_NOTHING, errors, {}, None)
    return Markup(compile_field(field, name)(value, required, moment))  # noqa: S704 - escaped where drawn
