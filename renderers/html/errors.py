"""The list of mistakes on top of a page, each a link to the place to mend."""

from collections.abc import Callable, Iterable

from markupsafe import Markup

from forms.model import FieldError
from renderers.html.fields.base import escape


def render_errors(errors: Iterable[FieldError], *, link: Callable[[str], str] | None = None) -> Markup:
    """Nothing for warnings alone. `link`: path → address, where the fields stand on other pages."""
    wrong = [error for error in errors if error.severity == "error"]
    if not wrong:
        return Markup()
    many = f"{len(wrong)} chỗ" if len(wrong) > 1 else "chỗ này"
    address = link or (lambda path: f"#f-{path}")
    lines = "".join(f'<li><a href="{escape(address(e.path))}">{escape(e.told)}</a></li>' for e in wrong)
    return Markup(  # noqa: S704 - every word escaped above
        f'<div class="error-summary" id="error-summary" tabindex="-1" role="alert" aria-labelledby="error-summary-title">'
        f'<h2 id="error-summary-title">Ông/bà xem lại {many} giúp</h2><ul>{lines}</ul></div>'
    )
