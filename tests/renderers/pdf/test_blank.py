"""The blank form asks on paper what is asked online, in people's words (Đ26.1)."""

import html
import io
import re

import pytest
from pypdf import PdfReader

from definitions.shipped import loaded, shipped
from renderers.pdf.blank import blank_form, blank_html

DEFINITIONS = [loaded(text, name).definition for name, text in shipped()]
NOT_WRITTEN = {"computed", "file", "photo", "declaration"}


def text_of(definition) -> str:
    body = blank_html(definition, None).split("<body>")[1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.procedure)
def test_d26_1_every_question_of_the_form_has_its_place_on_paper(definition):
    told = text_of(definition)
    for field in definition.fields:
        if field.type not in NOT_WRITTEN:
            assert " ".join((field.label or field.text).split()) in told, field.id
    assert all(
        paper.name in told for paper in definition.attachments if paper.component and not paper.form_generated
    )
    assert "NGƯỜI KHAI" in told


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.procedure)
def test_conditions_name_no_field_by_its_id(definition):
    told = re.findall(r"\(khai khi [^)]*", text_of(definition))
    assert [words for words in told if re.search(r"“[a-z]+(_[a-z]+)+”", words)] == []


def test_the_nations_name_stands_in_capitals_as_on_every_other_paper():
    page = PdfReader(io.BytesIO(blank_form(DEFINITIONS[0], None))).pages[0].extract_text()
    assert page.split("\n")[:2] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]  # NĐ 30/2020
