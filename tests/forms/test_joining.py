"""Đ12.1b: ảnh chụp từng trang gộp thành một tệp PDF."""

import io

import pytest
from PIL import Image
from pypdf import PdfReader

from forms.attachments import UploadError, accept
from forms.joining import A4, MOST, join


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
