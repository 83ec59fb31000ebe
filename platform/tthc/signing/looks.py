"""Small drawn pages as what shows of a signature, and as lines filled into a paper."""

import binascii
import uuid
from io import BytesIO

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle


class Drawn(PdfContent):
    """The one page of a PDF, held in memory."""

    def __init__(self, page: bytes) -> None:
        self._page = page
        super().__init__()

    def render(self) -> bytes:
        found = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self._page)), page_ix=0)
        name = b"/Drawn" + binascii.hexlify(uuid.uuid4().bytes)
        self.resources.xobject[name.decode("ascii")] = found
        left, bottom, right, top = found.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return name + b" Do"


def look(page: bytes) -> StaticStampStyle:
    """What a signature shows: the page, as large as the field, without a frame."""
    return StaticStampStyle(
        border_width=0,
        background=Drawn(page),
        background_opacity=1.0,
        background_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins.uniform(0)
        ),
    )
