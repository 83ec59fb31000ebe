"""HTML to PDF. Nothing is fetched: a paper holds only what was given to it, so no address in a definition or an answer
can make the server look anywhere.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from typing import Final, NoReturn

import segno
from markupsafe import Markup
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from renderers.environment import environment

LANGUAGE: Final = "vi"
VARIANT: Final = "pdf/a-2a"
TRAINING: Final[ContextVar[bool]] = ContextVar("training", default=False)
"""Whether what is made now is only for training: then every page of it says so."""

_MARK: Final = """
@page { @bottom-center { content: "TẬP HUẤN – không có giá trị pháp lý";
  font: bold 12pt Tinos, "Liberation Serif", serif; color: #b00020; } }
"""


class OutsideError(FatalURLFetchingError):  # type: ignore[misc]
    """A paper asked for something outside itself."""


class _Nothing(URLFetcher):  # type: ignore[misc]
    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> NoReturn:
        raise OutsideError(f"Bản in không được lấy nội dung từ bên ngoài: {url[:80]}")


@cache
def _style() -> tuple[CSS, FontConfiguration]:
    fonts = FontConfiguration()
    text = environment().get_template("documents/paper.css").render()
    return CSS(string=text, font_config=fonts, url_fetcher=_Nothing()), fonts


def pdf(*pages: str, style: bool = True) -> bytes:
    """HTML as PDF/A-2a: to be kept for decades, tagged for screen readers, every letter inside. Title, author and subject
    come from `<title>` and `<meta>`. Several pages of HTML, such as the copies of a receipt, follow each other, each
    numbering its own sheets. `style`: with the style of official papers.

    Raises:
        OutsideError: a page names an image, a style sheet or a font by address.
    """
    css, fonts = _style()
    marks = [CSS(string=_MARK, font_config=fonts, url_fetcher=_Nothing())] if TRAINING.get() else []
    sheets = [*([css] if style else []), *marks]
    first, *others = (
        HTML(string=page, url_fetcher=_Nothing(), base_url=None).render(
            font_config=fonts, stylesheets=sheets, pdf_variant=VARIANT
        )
        for page in pages
    )
    whole = first.copy([*first.pages, *(sheet for one in others for sheet in one.pages)]) if others else first
    made = whole.write_pdf(pdf_variant=VARIANT)
    assert isinstance(made, bytes)
    return made


def qr(text: str) -> Markup:
    """A QR code as inline SVG, 22 mm wide by the style of papers. Error correction M survives a fold."""
    svg = segno.make(text, error="m", micro=False).svg_inline(
        scale=1, border=2, omitsize=True, svgclass="qr", lineclass=None, title="Mã QR của hồ sơ"
    )
    return Markup(svg)  # noqa: S704 - segno's own drawing, no text of ours in it
