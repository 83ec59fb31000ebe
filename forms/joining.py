"""Several photographs joined to one PDF, a page each (A4 at 200 dots an inch at most), turned and cut as asked."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PIL import Image, ImageOps

from forms.attachments import UploadError
from rules.i18n import gettext

MOST: Final = 20
DOTS: Final = 200
A4: Final = (1654, 2339)
MAX_DECODED: Final = 30_000_000
"""Points of a photograph as it is decoded; a JPEG of a larger sensor is decoded at half its size or less."""


MOST_CUT: Final = 45
"""Percent of a side that is cut away at most, so that something is always left."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What becomes of a photograph: `turn` clockwise in degrees (0, 90, 180, 270), then `cut` away at each side as one sees
    it now: left, top, right, bottom, in percent.
    """

    turn: int = 0
    cut: tuple[int, int, int, int] = (0, 0, 0, 0)

    def turned(self, degrees: int) -> "Shape":
        """Turned by 90 or 270 more; what was cut away turns with it."""
        left, top, right, bottom = self.cut
        cut = (bottom, left, top, right) if degrees % 360 == 90 else (top, right, bottom, left)
        return replace(self, turn=(self.turn + degrees) % 360, cut=cut)


AS_TAKEN: Final = Shape()
_TURNS: Final = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def join(photographs: Sequence[bytes], shapes: Sequence[Shape] = (), quality: int = 82) -> bytes:
    """The photographs, upright, in their order. What a camera wrote beside the picture (place, owner) is left behind.

    `shapes`: of each photograph; none: all as they were taken. `quality`: of the pictures inside, 1 to 95.

    Raises:
        UploadError: none, too many, or one that is no picture.
    """
    if not photographs:
        raise UploadError(gettext("Chọn ít nhất một ảnh để gộp thành tệp PDF."))
    if len(photographs) > MOST:
        told = gettext("Mỗi lần gộp nhiều nhất {most} ảnh; gộp phần đầu trước rồi gửi tiếp phần sau.")
        raise UploadError(told.format(most=MOST))
    book = io.BytesIO()
    for place, (data, shape) in enumerate(
        zip(photographs, shapes or [AS_TAKEN] * len(photographs), strict=True), start=1
    ):
        page = _page(data, place, shape)
        page.save(book, "PDF", append=place > 1, resolution=float(DOTS), quality=quality)
        page.close()
    return book.getvalue()


def preview(data: bytes, shape: Shape, width: int) -> bytes:
    """A small JPEG of a page as it will be. Raises `UploadError` for what is no picture."""
    page = _page(data, 1, shape, most=(width * 2, width * 2))
    page.thumbnail((width, width * 2))
    small = io.BytesIO()
    page.save(small, "JPEG", quality=70)
    return small.getvalue()


def _page(data: bytes, place: int, shape: Shape = AS_TAKEN, most: tuple[int, int] = A4) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
            picture.draft("RGB", (most[1], most[1]))  # a JPEG is decoded small at once; others pass over it
            if picture.width * picture.height > MAX_DECODED:
                told = gettext("Ảnh thứ {place} quá lớn; chụp lại ở độ nét vừa phải.")
                raise UploadError(told.format(place=place))
            upright = ImageOps.exif_transpose(picture)
            flat = Image.new("RGB", upright.size, "white")
            flat.paste(upright, mask=upright.getchannel("A") if "A" in upright.getbands() else None)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, UploadError):
            raise
        told = gettext("Ảnh thứ {place} không mở được; chụp lại rồi gửi lần nữa.")
        raise UploadError(told.format(place=place)) from error
    flat = _shaped(flat, shape)
    wide = flat.width > flat.height
    flat.thumbnail((most[1], most[0]) if wide else most)
    return flat


def _shaped(picture: Image.Image, shape: Shape) -> Image.Image:
    turned = picture.transpose(_TURNS[shape.turn]) if shape.turn in _TURNS else picture
    if not any(shape.cut):
        return turned
    left, top, right, bottom = (min(max(side, 0), MOST_CUT) / 100 for side in shape.cut)
    width, height = turned.size
    return turned.crop(
        (
            round(width * left),
            round(height * top),
            max(round(width * left) + 1, width - round(width * right)),
            max(round(height * top) + 1, height - round(height * bottom)),
        )
    )
