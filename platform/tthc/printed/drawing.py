"""A form drawn by the template of its day: the province's own where there is one, else that of the circular."""

import logging

from renderers.pdf.documents import FormData, form_day, form_pdf
from renderers.pdf.engine import OutsideError
from renderers.pdf.sandbox import FormRefusedError
from tthc.printed.store import OwnForms

log = logging.getLogger(__name__)


def drawn_form(own: OwnForms, kind: str, data: FormData) -> bytes:
    """The PDF. A text of the province's that cannot be drawn any more (a field that went with an update) must not keep a
    citizen from the paper: the circular's own is printed, and the operator reads of it in the log.

    Raises:
        LookupError: there is no such form on the day.
    """
    text = own.text(kind, form_day(kind, data))
    if text is None:
        return form_pdf(kind, data)
    try:
        return form_pdf(kind, data, text)
    except (FormRefusedError, OutsideError):
        log.exception("the province's own template of %s cannot be drawn; the shipped one is printed", kind)
        return form_pdf(kind, data)
