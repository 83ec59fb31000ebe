import hashlib
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.attachments import MAX_BYTES, UploadError, accept, safe_name, sniff
from forms.file_kinds import FileKind


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 1, height: int = 1) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def jpeg(width: int = 640, height: int = 480) -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xe0"
        + struct.pack(">H", 16)
        + b"JFIF\0"
        + b"\0" * 9
        + frame
        + b"\xff\xda\x00\x02data\xff\xd9"
    )


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, FileKind.PDF),
        (jpeg(), FileKind.JPEG),
        (png(), FileKind.PNG),
        (b"", None),
        (b"GIF89a", None),
        (b"<html>%PDF-", None),
    ],
)
def test_content_alone_tells_the_kind(data, kind):
    assert sniff(data) is kind


@pytest.mark.parametrize(
    ("data", "name", "claimed", "kind", "kept"),
    [
        (PDF, "Tờ khai.pdf", "application/pdf", FileKind.PDF, "Tờ khai.pdf"),
        (PDF, "to-khai.PDF", "application/octet-stream", FileKind.PDF, "to-khai.PDF"),
        (jpeg(), "IMG_0001.jpeg", "image/jpeg; charset=binary", FileKind.JPEG, "IMG_0001.jpeg"),
        (jpeg(), "anh", "", FileKind.JPEG, "anh.jpg"),
        (jpeg() + b"samsung trailer" * 99, "anh.jpg", "image/jpg", FileKind.JPEG, "anh.jpg"),
        (png(), "Quyết định số 12.2026", "IMAGE/PNG", FileKind.PNG, "Quyết định số 12.2026.png"),
    ],
)
def test_a_file_is_taken_and_known(data, name, claimed, kind, kept):
    file = accept(data, name, claimed)
    assert (file.kind, file.name, file.size) == (kind, kept, len(data))
    assert file.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "name", "claimed", "says"),
    [
        (b"", "a.pdf", "", "rỗng"),
        (jpeg(), "a.pdf", "application/pdf", "có đuôi .pdf nhưng bên trong là ảnh JPEG"),
        (PDF, "virus.exe", "", "có đuôi .exe"),
        (PDF, "trang.html", "text/html", "có đuôi .html"),
        (PDF, "a.pdf", "image/png", "bên trong là tệp PDF"),
        (PDF, "a.pdf", "text/html", "bên trong là tệp PDF"),
        (b"MZ\x90\x00" * 9, "a.pdf", "application/pdf", "không phải tệp PDF hoặc ảnh JPEG hoặc ảnh PNG"),
        (b"PK\x03\x04" * 9, "a.docx", "", "Lưu thành PDF"),
        (b"\xd0\xcf\x11\xe0" * 9, "a.doc", "", "Lưu thành PDF"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 9, "IMG.HEIC", "image/heic", "Tương thích nhất"),
        (b"GIF89a" * 9, "a.gif", "image/gif", "là ảnh GIF"),
        (PDF[:-6].replace(b"startxref", b""), "a.pdf", "", "tải lên chưa hết"),
        (jpeg()[:-2], "a.jpg", "", "tải lên chưa hết"),
        (b"\xff\xd8\xff", "a.jpg", "", "tải lên chưa hết"),
        (b"\xff\xd8\xff\xe0\x00\x00" + b"\0" * 50, "a.jpg", "", "tải lên chưa hết"),
        (png()[:-12], "a.png", "", "tải lên chưa hết"),
        (png()[:20], "a.png", "", "tải lên chưa hết"),
        (png(100_000, 100_000), "a.png", "", "quá lớn (100000 × 100000 điểm ảnh)"),
        (jpeg(60_000, 60_000), "a.jpg", "", "quá lớn"),
        (png(0, 5), "a.png", "", "bị hỏng"),
    ],
)
def test_a_file_that_is_not_taken_says_why_and_what_to_do(data, name, claimed, says):
    with pytest.raises(UploadError) as refused:
        accept(data, name, claimed)
    assert says in refused.value.message
    assert refused.value.message.endswith(".")


def test_size_is_bounded():
    with pytest.raises(UploadError) as refused:
        accept(PDF + b"\0" * (3 * 1024 * 1024), "a.pdf", "", max_bytes=2 * 1024 * 1024)
    assert refused.value.message.startswith("Tệp “a.pdf” nặng 3 MB, vượt mức 2 MB.")
    with pytest.raises(UploadError) as refused:
        accept(PDF, "a.pdf", "", max_bytes=10)
    assert "nặng 1 KB" in refused.value.message
    assert MAX_BYTES == 10 * 1024 * 1024


def test_a_place_may_take_fewer_kinds():
    assert accept(png(), "a.png", "", kinds={FileKind.PNG}).kind is FileKind.PNG
    with pytest.raises(UploadError) as refused:
        accept(png(), "a.png", "", kinds=[FileKind.PDF])
    assert (
        refused.value.message
        == "Tệp “a.png” là ảnh PNG, ở đây chỉ nhận tệp PDF. Lưu lại thành tệp PDF rồi tải lên."
    )


@pytest.mark.parametrize(
    ("claimed", "safe"),
    [
        ("Giấy chứng sinh.pdf", "Giấy chứng sinh.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\a\giay.pdf", "giay.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        ('a<b>"c"|d?*%.pdf', "a b c d.pdf"),
        ("...", "tep-dinh-kem.pdf"),
        (".pdf", "pdf.pdf"),
        ("", "tep-dinh-kem.pdf"),
        ("con.pdf", "_con.pdf"),
        ("a.jpg", "a.pdf"),
        ("a\x00.pdf", "a.pdf"),
        ("Tơ\u0300 khai.pdf", "Tờ khai.pdf"),
    ],
)
def test_names_are_made_safe(claimed, safe):
    assert safe_name(claimed, "pdf") == safe


def test_long_names_keep_their_ending():
    name = safe_name("ễ" * 5_000 + ".pdf", "pdf")
    assert len(name) == 120
    assert name.endswith("ễ.pdf")


def test_file_kinds_know_their_media_type():
    assert [(kind.media_type, kind.extension) for kind in FileKind] == [
        ("application/pdf", "pdf"),
        ("image/jpeg", "jpg"),
        ("image/png", "png"),
    ]


@given(
    st.binary(max_size=80),
    st.sampled_from([b"", b"\xff\xd8\xff", png()[:24], PDF[:9], jpeg()[:30]]),
    st.text(max_size=30),
    st.text(max_size=20),
)
@settings(deadline=None, max_examples=300)
def test_any_bytes_and_claims_are_taken_or_refused(data, start, name, claimed):
    kind, told = None, ""
    try:
        kind = accept(start + data, name, claimed).kind
    except UploadError as refused:
        told = refused.message
    assert kind is sniff(start + data) if kind else told.startswith(("Tệp", "Ảnh"))


@given(st.text(max_size=200), st.sampled_from(["pdf", "jpg", "png", ""]))
@settings(deadline=None, max_examples=300)
def test_any_name_becomes_one_that_is_safe_and_stays_so(claimed, extension):
    name = safe_name(claimed, extension)
    assert 0 < len(name) <= 121
    assert not set(name) & set('/\\<>:"|?*%\0\n\r')
    assert name[0] not in ". "
    assert safe_name(name, extension) == name
