"""Đ12.1b: ảnh chụp từng trang gộp thành một tệp PDF."""

import io

import pytest
from PIL import Image
from pypdf import PdfReader

from forms.attachments import UploadError, accept
from forms.joining import A4, AS_TAKEN, MOST, Shape, join, preview


def picture(size=(60, 80), kind="JPEG", colour="white", **more) -> bytes:
    made = io.BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", size, colour).save(made, kind, **more)
    return made.getvalue()


def turned() -> bytes:
    """A camera held sideways: the points lie, a note says how it stood; and the note says where that was."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "Nhà riêng"
    return picture((80, 60), exif=exif)


def test_d12_1b_photographs_become_one_file_a_page_each_in_their_order():
    made = join([picture((60, 80)), turned(), picture((800, 200), "PNG", (255, 0, 0, 128))])
    assert accept(made, "hop-dong.pdf", "application/pdf").kind == "pdf"
    pages = PdfReader(io.BytesIO(made)).pages
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [False, False, True]
    assert "Nhà riêng".encode() not in made and b"Exif" not in made


def test_a_sensor_of_many_points_is_brought_to_a_sheet_of_a4():
    (page,) = PdfReader(io.BytesIO(join([picture((3000, 4000))]))).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 794)
    assert page.images[0].image.size[0] == A4[0]


def corner(shape: Shape) -> tuple[tuple[int, int], list[bool]]:
    """Size of a sheet 40 × 80 with a black upper left corner once shaped, and which of its corners are black (clockwise)."""
    sheet = Image.new("L", (40, 80), 255)
    sheet.paste(0, (0, 0, 10, 10))
    made = io.BytesIO()
    sheet.save(made, "PNG")
    with Image.open(io.BytesIO(preview(made.getvalue(), shape, 80))) as seen:
        right, bottom = seen.width - 3, seen.height - 3
        places = ((2, 2), (right, 2), (right, bottom), (2, bottom))
        return seen.size, [seen.convert("L").getpixel(place) < 100 for place in places]


def test_d10_1b_a_page_is_turned_clockwise_and_then_cut_as_it_is_seen():
    assert corner(AS_TAKEN) == ((40, 80), [True, False, False, False])
    turned = AS_TAKEN.turned(90)
    assert corner(turned) == ((80, 40), [False, True, False, False])
    assert corner(turned.turned(90)) == ((40, 80), [False, False, True, False])
    assert AS_TAKEN.turned(270) == Shape(270) and turned.turned(270) == AS_TAKEN
    left = Shape(cut=(25, 0, 0, 0))
    assert corner(left) == ((30, 80), [False, False, False, False]), "the corner is gone"
    assert left.turned(90).cut == (0, 25, 0, 0) and left.turned(90).turned(270) == left
    assert corner(left.turned(90))[1] == [False] * 4, "what was cut away turns with the page"
    assert corner(Shape(cut=(99, 99, 99, 99)))[0] == (4, 8), "something is always left"


@pytest.mark.parametrize(
    ("photographs", "told"),
    [
        ([], "ít nhất một ảnh"),
        ([b"\xff\xd8\xff khong phai anh"], "Ảnh thứ 1 không mở được"),
        ([picture(), picture()[:200]], "Ảnh thứ 2 không mở được"),
        ([picture((9000, 9000), "PNG")], "quá lớn"),
        ([b""] * (MOST + 1), "nhiều nhất 20 ảnh"),
    ],
)
def test_what_cannot_be_joined_is_told(photographs, told):
    with pytest.raises(UploadError, match=told):
        join(photographs)
