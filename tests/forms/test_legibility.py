"""Đ10.1b: ảnh chụp giấy tờ có đọc được không, chỉ là lời nhắc."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from forms.legibility import HINTS, doubts


def page(size=(1240, 1754), colour="white", ink="black") -> Image.Image:
    picture = Image.new("RGB", size, colour)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(22)
    for line in range(60, size[1] - 60, 40):
        draw.text((60, line), "Cong hoa xa hoi chu nghia Viet Nam, doc lap, tu do, hanh phuc", ink, font)
    return picture


def jpeg(picture: Image.Image) -> bytes:
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=85)
    return made.getvalue()


@pytest.mark.parametrize(
    ("picture", "doubted"),
    [
        (page(), ()),
        (page().filter(ImageFilter.GaussianBlur(1)), ()),
        (page().filter(ImageFilter.GaussianBlur(7)), ("blurred",)),
        (page(colour=(45, 45, 45), ink=(200, 200, 200)), ("dark",)),
        (page((620, 877)), ("small",)),
        (Image.new("RGB", (1240, 1754), (250, 250, 250)), ("flat",)),
        (Image.new("RGB", (90, 120), "black"), ("small", "dark", "flat")),
    ],
)
def test_d10_1b_a_photograph_hard_to_read_is_told(picture, doubted):
    assert doubts(jpeg(picture)) == doubted


def test_what_is_no_picture_is_no_matter_for_hints():
    assert doubts(b"%PDF-1.4") == doubts(b"\xff\xd8\xff") == doubts(jpeg(page())[:500]) == ()
    assert set(HINTS) == {"small", "dark", "flat", "blurred"}
