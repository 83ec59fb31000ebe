"""How single kinds of fields are drawn."""

from datetime import datetime

import pytest
from renderers_html import Html

from forms.evaluate import evaluate
from forms.model import Field, Form, Option, Page
from renderers.html.form import render_page, render_summary
from rules.calendar import TZ
from rules.feel import compile as feel

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=TZ)
EVIL = '"><script>x</script>.png'
SCANS = Field("scans", "file", "Bản vẽ", help="Bản gốc", max=feel("3"), accept=("pdf",), max_size=2)
FACE = Field("face", "photo", "Ảnh thẻ", aspect="3:4", min_width=300, capture="user", required=True)
HELD = {"sha256": "a" * 64, "size": 2000, "kind": "png", "name": "a.png", "width": 300, "height": 400}


def draw(field, answers, **options):
    page = Page("one", "Một", (field,))
    submission = evaluate(Form((page,)), answers, {}, NOW)
    return Html(render_page(page, submission, answers, now=NOW, **options))


def choice(count, appearance):
    options = tuple(Option(f"o{n}", f"Mục {n}") for n in range(count))
    return Field("kind", "choice", "Loại", options=options, appearance=appearance)


@pytest.mark.parametrize(
    ("count", "appearance", "tag"),
    [(3, "", "input"), (8, "", "select"), (3, "select", "select"), (8, "radio", "input")],
)
def test_a_choice_is_offered_as_the_definition_says_or_by_its_size(count, appearance, tag):
    html = draw(choice(count, appearance), {})
    assert any(found == tag and at.get("name") == "kind" for found, at in html.elements)
    assert (tag == "select") == any(found == "select" for found, _ in html.elements)


def box(html, name):
    return next(
        at for tag, at in html.elements if tag == "input" and at.get("type") == "file" and at["name"] == name
    )


def test_a_file_field_says_what_it_takes():
    html = draw(SCANS, {})
    assert box(html, "scans")["accept"] == ".pdf"
    assert "multiple" in box(html, "scans")
    assert "capture" not in box(html, "scans")
    assert "Bản gốc. Nhận PDF, mỗi tệp không quá 2 MB." in html.text
    face = draw(FACE, {})
    assert box(face, "face")["capture"] == "user"
    assert "multiple" not in box(face, "face")
    assert "Nhận JPG, PNG, khổ 3 × 4, rộng ít nhất 300 điểm ảnh, không quá 10 MB." in face.text


def test_what_is_held_is_shown_with_its_button_and_only_where_it_may_be_opened():
    html = draw(FACE, {"face": [HELD]}, file_url=lambda sha256: f"/x/{sha256}")
    assert [at["src"] for tag, at in html.elements if tag == "img"] == ["/x/" + "a" * 64]
    buttons = [at["value"] for tag, at in html.elements if tag == "button" and at.get("name") == "_files"]
    assert buttons == [f"face:remove:{'a' * 64}", "face:add"]
    assert not [at for tag, at in draw(FACE, {"face": [HELD]}).elements if tag in {"img", "a"}]


@pytest.mark.parametrize("file", [HELD | {"name": EVIL}, HELD | {"sha256": EVIL}, {}])
def test_a_name_is_text_whatever_it_holds(file):
    assert not [tag for tag, _ in draw(FACE, {"face": [file]}).elements if tag == "script"]


def test_the_summary_links_files_for_those_who_may_open_them():
    def shown(**options):
        return Html(render_summary((FACE,), {"face": [HELD]}, **options))

    def links(html):
        return [at["href"] for tag, at in html.elements if tag == "a"]

    assert "a.png" in shown().text and links(shown()) == []
    assert links(shown(file_url=lambda sha256: f"/x/{sha256}")) == ["/x/" + "a" * 64]
