"""Words that administrators wrote: a closed part of the language, over a notice's own fields."""

import pytest

from renderers.messages import MessageError, custom, render, template_ids
from renderers.messages.events import FIELDS, LABELS, SAMPLE
from renderers.messages.rendering import shipped_parts


@pytest.mark.parametrize("template", sorted(template_ids()))
def test_the_shipped_words_may_be_written_by_an_administrator_and_say_the_same(template):
    parts = shipped_parts(template)
    assert template in LABELS
    assert custom.fields(template) <= {*FIELDS, *SAMPLE}
    for part in custom.PARTS:
        assert custom.problem(template, part, parts[part]) is None
    for channel in ("portal", "email", "sms"):
        assert custom.render(template, channel, SAMPLE, parts) == render(template, channel, SAMPLE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ link.__class__ }}", "gạch dưới"),
        ("{{ cycler() }}", "Chỉ dùng"),
        ("{{ 'x' * 1000000000 }}", "Chỉ dùng"),
        ("{{ 9 ** 9 ** 9 }}", "Chỉ dùng"),
        ("{% include 'x' %}", "Chỉ dùng"),
        ("{% set x = 1 %}", "Chỉ dùng"),
        ("{% macro m() %}{% endmacro %}", "Chỉ dùng"),
        ("{{ citizen_number }}", "không có trường"),
        ("{{ promised }}", "không có trường"),
        ("{{ link | attr('x') }}", "Không có bộ lọc"),
        ("{% if link is callable %}{% endif %}", "is none"),
        ("{{ link", "cách viết"),
        ("  ", "Không để trống"),
        ("x" * 5000, "Dài quá"),
    ],
)
def test_nothing_else_is_let_through(text, said):
    assert said in custom.problem("accepted", "portal", text)


def test_a_text_message_is_counted_without_diacritics():
    assert custom.sms_length("accepted", "Hồ sơ {{ reference }}", SAMPLE) == len("Ho so HS-ABCD-EFGH")


def test_words_that_cannot_be_filled_in_say_so():
    with pytest.raises(MessageError):
        custom.render("accepted", "portal", {}, {"portal": "{{ due | when }}", "subject": ""})
