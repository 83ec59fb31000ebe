"""Where templates and static files are, and what templates may call.

The web application gives its Jinja environment to `install`; documents and tests use `environment()`.
"""

from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from forms.words import money_in_words
from renderers.html.controls import form_field
from renderers.html.errors import look_again, render_errors
from renderers.html.papers import taken_types, taken_words
from renderers.html.procedure import paper_words
from renderers.html.summary import render_summary
from renderers.text import FILTERS
from rules import i18n

HERE: Final = Path(__file__).parent
TEMPLATES: Final = HERE / "templates"
STATIC: Final = HERE / "static"


def install(env: Environment) -> Environment:
    """Add the filters of `renderers.text`, the form helpers, and `_`, which says a sentence in the reader's language."""
    env.filters.update(
        FILTERS,
        paper_words=paper_words,
        taken_words=taken_words,
        taken_types=taken_types,
        money_in_words=money_in_words,
    )
    env.globals.update(form_field=form_field, render_errors=render_errors, render_summary=render_summary)
    env.globals.update(look_again=look_again, spoken_language=i18n.language)
    env.trim_blocks = True
    env.lstrip_blocks = True
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(i18n.gettext, i18n.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return env


@cache
def environment() -> Environment:
    """Templates without a web application: a misspelt variable is an error."""
    loader = FileSystemLoader(TEMPLATES)
    return install(Environment(loader=loader, autoescape=select_autoescape(), undefined=StrictUndefined))
