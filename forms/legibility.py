"""Whether an official will be able to read a photograph: rough guesses, told as hints and never as refusals. Pure.

Each is measured on the picture made small and grey (at most `LOOKED_AT` points on its longer side), so that a photograph of
twelve million points costs no more than one of a million. They say nothing about what stands on the paper.
"""

import io
from typing import Final

from PIL import Image, ImageFilter, ImageStat

from rules.i18n import noted

LOOKED_AT: Final = 1000
SMALL: Final = 1000
"""Fewer points than this on the longer side: an A4 page has under 90 dots an inch."""
DARK: Final = 70.0
"""Mean brightness, of 255."""
FLAT: Final = 7.0
"""Standard deviation of brightness below which there is next to nothing on the picture."""
SOFT: Final = 40.0
"""Variance of the second derivative below which no edge is sharp."""
HINTS: Final = {
    "small": noted("Ảnh nhỏ, chữ có thể không đọc được: chụp gần hơn, để giấy đầy khung hình."),
    "dark": noted("Ảnh tối: chụp lại chỗ sáng hơn, không để bóng tay che giấy."),
    "flat": noted("Ảnh gần như một màu, không thấy chữ: xem lại có chụp đúng giấy tờ không."),
    "blurred": noted("Ảnh có vẻ bị mờ: giữ chắc máy, chạm vào giấy trên màn hình để lấy nét rồi chụp lại."),
}
_SECOND_DERIVATIVE: Final = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


def doubts(data: bytes) -> tuple[str, ...]:
    """Keys of `HINTS`, in their order; empty for what is no picture that can be opened."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
            longer = max(picture.size)
            picture.draft("L", (LOOKED_AT, LOOKED_AT))
            grey = picture.convert("L")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return ()
    grey.thumbnail((LOOKED_AT, LOOKED_AT))
    brightness = ImageStat.Stat(grey)
    found = {"small"} if longer < SMALL else set()
    if brightness.mean[0] < DARK:
        found.add("dark")
    if brightness.stddev[0] < FLAT:
        found.add("flat")
    elif min(grey.size) > 2 and _sharpness(grey) < SOFT:
        found.add("blurred")
    return tuple(key for key in HINTS if key in found)


def _sharpness(grey: Image.Image) -> float:
    edges = grey.filter(_SECOND_DERIVATIVE).crop((1, 1, grey.width - 1, grey.height - 1))
    return float(ImageStat.Stat(edges).var[0])
