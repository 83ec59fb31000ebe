"""What shows of a digital signature on paper (NĐ 30/2020, phụ lục I): the signer's hand in blue, the agency's seal in red
with its name and the time, and the lines that the clerk fills in. Each a PDF of one small page.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from renderers.environment import environment
from renderers.pdf.engine import pdf
from renderers.text import there

_SPAN: Final = 300.0
"""Degrees that the longest name takes of the circle."""
_STEP: Final = 13.0


def signature(name: str, *, test: bool, width: float, height: float) -> bytes:
    """A hand that writes `name`, in points; `test`: said to be worth nothing."""
    return _page("signature", width, height, name=name, test=test)


def seal(agency: str, at: datetime, *, note: str = "", test: bool, width: float, height: float) -> bytes:
    """`at`: when it was set, to the second; `note`: one more line below, as number and day where the paper has no
    place for them.
    """
    return _page(
        "seal",
        width,
        height,
        letters=_around(agency.upper()),
        agency=agency,
        time=f"{there(at):%d/%m/%Y %H:%M:%S} +07:00",
        note=note,
        test=test,
    )


def line(text: str, style: str, *, width: float, height: float) -> bytes:
    """One line on white. `style`: `number`, `day` or `name`."""
    return _page("line", width, height, text=text, style=style)


def _page(kind: str, width: float, height: float, **values: object) -> bytes:
    template = environment().get_template(f"signing/{kind}.html")
    return pdf(template.render(width=round(width, 2), height=round(height, 2), **values), style=False)


def _around(text: str) -> Sequence[tuple[str, float]]:
    """Each letter with the degrees by which it is turned from the top."""
    step = min(_STEP, _SPAN / max(len(text), 1))
    first = -step * (len(text) - 1) / 2
    return [(letter, round(first + step * place, 2)) for place, letter in enumerate(text)]
