"""The list of mistakes on top of a page, each a link to the place to mend."""

from collections.abc import Callable, Iterable

from markupsafe import Markup

from forms.model import FieldError
from renderers.html.fields.base import escape
from rules.i18n import gettext


def render_errors(errors: Iterable[FieldError], *, link: Callable[[str], str] | None = None) -> Markup:
    """Nothing for warnings alone. `link`: path → address, where the fields stand on other pages."""
    wrong = [error for error in errors if error.severity == "error"]
    if not wrong:
        return Markup()
    address = link or (lambda path: f"#f-{path}")
    lines = "".join(f'<li><a href="{escape(address(e.path))}">{escape(e.told)}</a></li>' for e in wrong)
    return Markup(  # noqa: S704 - every word escaped above
        f'<div class="error-summary" id="error-summary" tabindex="-1" role="alert" aria-labelledby="error-summary-title">'
        f'<h2 id="error-summary-title">{escape(look_again(len(wrong)))}</h2><ul>{lines}</ul></div>'
    )


def look_again(places: int) -> str:
    """What stands over the list."""
    if places == 1:
        return gettext("Ông/bà xem lại chỗ này giúp")
    return gettext("Ông/bà xem lại {n} chỗ giúp").format(n=places)
