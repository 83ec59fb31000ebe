import struct
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from pictures import png

from forms.attachments import UploadError
from forms.evaluate import evaluate
from forms.model import Field, Form, Page
from forms.pictures import shown_size
from forms.types import REGISTRY
from forms.uploads import added, file_fields, held_files, removed, take, with_held
from rules.calendar import TZ
from rules.feel import compile as feel

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SCAN = Field("scan", "file", "Bản vẽ")
SCANS = Field("scans", "file", "Bản vẽ", min=feel("2"), max=feel("3"))
PORTRAIT = Field(
    "portrait", "photo", "Ảnh thẻ", required=True, aspect="3:4", min_width=300, min_height=400, capture="user"
)


def jpeg(width, height, orientation=None):
    exif = b""
    if orientation:
        tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
        body = b"Exif\0\0" + tiff
        exif = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + exif + frame + b"\xff\xd9"


def held(**changes):
    return {"sha256": "a" * 64, "size": 1000, "kind": "pdf", "name": "ban-ve.pdf"} | changes


def read(field, *files):
    return REGISTRY[field.type].parse(field, list(files))


def test_a_file_is_taken_by_its_content_and_reads_back_as_it_is_kept():
    file = take(SCAN, PDF, "Bản vẽ.pdf", "application/pdf")
    assert (file["kind"], file["name"], file["size"]) == ("pdf", "Bản vẽ.pdf", len(PDF))
    parsed = read(SCAN, file)
    assert parsed.error is None
    assert read(SCAN, *parsed.clean).clean == parsed.clean == [file]
    assert REGISTRY["file"].display(SCAN, parsed.clean) == "Bản vẽ.pdf"


def test_a_posted_page_names_no_file():
    posted = {"scan": ["a" * 64], "scan.0.sha256": ["a" * 64], "scan.count": ["1"]}
    assert REGISTRY["file"].collect(SCAN, posted, "scan") is None


@pytest.mark.parametrize(
    "answer",
    ["a", {"sha256": "a" * 64}, ["a" * 64], [held(sha256="../etc")], [held(kind="exe")], [held(size=0)],
     [held(size=True)], [held(name="a/b.pdf")], [held(name="a\u202e.pdf")], [held(name="")], [held(sha256=None)]],
)  # fmt: skip
def test_what_is_no_file_is_not_read(answer):
    assert REGISTRY["file"].parse(SCAN, answer).error.startswith("Tải tệp lên lại")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"accept": ("jpeg",)}, "Tải lên ảnh JPEG: “ban-ve.pdf” là tệp PDF"),
        ({"max_size": 1}, "Tải lên tệp nhẹ hơn 1 MB: “ban-ve.pdf” quá nặng, quét hoặc chụp lại ở độ nét vừa phải"),
    ],
)  # fmt: skip
def test_kind_and_weight_are_told(changes, told):
    assert read(replace(SCAN, **changes), held(size=2_000_000)).error == told


@pytest.mark.parametrize(
    ("width", "height", "told"),
    [
        (300, 400, None), (310, 400, None),
        (299, 400, "Chụp ảnh nét hơn, rộng ít nhất 300 điểm ảnh và cao ít nhất 400 điểm ảnh: “a.png” chỉ có 299 × 400 điểm ảnh"),
        (400, 300, "Chụp ảnh nét hơn, rộng ít nhất 300 điểm ảnh và cao ít nhất 400 điểm ảnh: “a.png” chỉ có 400 × 300 điểm ảnh"),
        (800, 600, "Xoay ảnh lại cho đúng khổ 3 × 4: “a.png” là 800 × 600 điểm ảnh"),
        (600, 600, "Cắt ảnh cho đúng khổ 3 × 4: “a.png” là 600 × 600 điểm ảnh"),
    ],
)  # fmt: skip
def test_a_portrait_has_its_shape_and_fineness(width, height, told):
    if told is None:
        assert take(PORTRAIT, png(width, height), "a.png", "image/png")["width"] == width
    else:
        with pytest.raises(UploadError) as refused:
            take(PORTRAIT, png(width, height), "a.png", "image/png")
        assert refused.value.message == told


def test_a_picture_that_says_turn_me_is_turned():
    assert shown_size(jpeg(400, 300)) == (400, 300)
    assert shown_size(jpeg(400, 300, orientation=1)) == (400, 300)
    assert shown_size(jpeg(400, 300, orientation=6)) == (300, 400)
    assert take(PORTRAIT, jpeg(400, 300, orientation=6), "a.jpg", "image/jpeg")["height"] == 400


def test_a_portrait_is_no_paper():
    with pytest.raises(UploadError, match="chỉ nhận ảnh JPEG hoặc ảnh PNG"):
        take(PORTRAIT, PDF, "a.pdf", "application/pdf")


def test_one_takes_the_place_of_one_several_stand_together():
    one, two = held(), held(sha256="b" * 64)
    assert added(SCAN, [one], two) == [two]
    assert added(SCANS, [one], two) == [one, two]
    assert added(SCANS, [one, two], held(name="c.pdf"))[1:] == [held(name="c.pdf")]
    assert removed([one, two], "a" * 64) == [two]
    full = [held(sha256=f"{n:064x}") for n in range(20)]
    with pytest.raises(UploadError, match="nhiều nhất 20 tệp"):
        added(SCANS, full, held(sha256="b" * 64))


def judge(fields, answers):
    submission = evaluate(
        Form((Page("one", "Một", fields),)), answers, {}, datetime(2026, 11, 23, 8, tzinfo=TZ)
    )
    return [(error.path, error.message) for error in submission.errors], submission


def test_required_and_counted():
    files = [held(sha256=f"{n:064x}") for n in range(4)]
    assert judge((PORTRAIT,), {})[0] == [("portrait", "Tải lên ảnh thẻ")]
    assert judge((SCANS,), {"scans": files[:1]})[0] == [("scans", "Tải lên ít nhất 2 tệp (đang có 1)")]
    assert judge((SCANS,), {"scans": files})[0] == [("scans", "Bớt còn nhiều nhất 3 tệp (đang có 4)")]
    assert judge((SCANS,), {"scans": files[:3]})[0] == []
    assert judge((SCAN,), {"scan": files[:2]})[0] == [("scan", "Giữ lại một tệp (đang có 2)")]


def test_expressions_count_and_weigh_files():
    weight = Field("weight", "computed", "Nặng", compute=feel("count(scans) * 1000 + sum(scans.size)"))
    _, submission = judge((SCANS, weight), {"scans": [held(), held(sha256="b" * 64, size=5)]})
    assert submission.values["weight"] == Decimal(3005)


def test_files_are_found_and_put_in_rows():
    people = Field("people", "list", "Người", item=(Field("name", "text", "Tên"), PORTRAIT))
    answers = {"people": [{"name": "A"}, {"name": "B", "portrait": [held()]}]}
    assert [path for path, _ in file_fields((SCAN, people), answers)] == [
        "scan",
        "people.0.portrait",
        "people.1.portrait",
    ]
    assert [(path, file["name"]) for path, file in held_files((people,), answers)] == [
        ("people.1.portrait", "ban-ve.pdf")
    ]
    changed = with_held(answers, "people.0.portrait", [held(name="moi.png")])
    assert changed["people"][0] == {"name": "A", "portrait": [held(name="moi.png")]}
    assert changed["people"][1] == answers["people"][1]
    assert answers["people"][0] == {"name": "A"}


def test_files_are_found_and_put_in_groups():
    person = Field("person", "group", "Người", item=(Field("name", "text", "Tên"), PORTRAIT))
    answers = {"person": {"name": "A"}}
    assert [path for path, _ in file_fields((person,), answers)] == ["person.portrait"]
    changed = with_held(answers, "person.portrait", [held(kind="png", name="a.png", width=300, height=400)])
    assert [path for path, _ in held_files((person,), changed)] == ["person.portrait"]
    _, submission = judge((person,), changed)
    assert submission.valid
    assert submission.clean["person"]["portrait"][0]["name"] == "a.png"
