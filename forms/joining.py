"""Several photographs joined to one PDF, a page each (A4 at 200 dots an inch at most)."""

import io
from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageOps

from forms.attachments import UploadError

MOST: Final = 20
DOTS: Final = 200
A4: Final = (1654, 2339)
MAX_DECODED: Final = 50_000_000
"""Points of a photograph as it is decoded; a JPEG of a larger sensor is decoded at half its size or less."""


def join(photographs: Sequence[bytes]) -> bytes:
    """The photographs, upright, in their order. What a camera wrote beside the picture (place, owner) is left behind.

    Raises:
        UploadError: none, too many, or one that is no picture.
    """
    if not photographs:
        raise UploadError("Chọn ít nhất một ảnh để gộp thành tệp PDF.")
    if len(photographs) > MOST:
        raise UploadError(f"Mỗi lần gộp nhiều nhất {MOST} ảnh; gộp phần đầu trước rồi gửi tiếp phần sau.")
    book = io.BytesIO()
    for place, data in enumerate(photographs, start=1):
        page = _page(data, place)
        page.save(book, "PDF", append=place > 1, resolution=float(DOTS), quality=82)
        page.close()
    return book.getvalue()


def _page(data: bytes, place: int) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
            picture.draft(
                "RGB", (2 * A4[1], 2 * A4[1])
            )  # a JPEG is decoded small at once; others pass over it
            if picture.width * picture.height > MAX_DECODED:
                raise UploadError(f"Ảnh thứ {place} quá lớn; chụp lại ở độ nét vừa phải.")
            upright = ImageOps.exif_transpose(picture)
            flat = Image.new("RGB", upright.size, "white")
            flat.paste(upright, mask=upright.getchannel("A") if "A" in upright.getbands() else None)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, UploadError):
            raise
        raise UploadError(f"Ảnh thứ {place} không mở được; chụp lại rồi gửi lần nữa.") from error
    wide = flat.width > flat.height
    flat.thumbnail((A4[1], A4[0]) if wide else A4)
    return flat
