"""Coverage of the form: which example touched what, and what none has; the same gaps as the linter's."""

from pathlib import Path

import pytest

from definitions.calendars import shipped as calendar
from definitions.loader import load
from definitions.sharing import parsed
from definitions.shipped import shipped
from tthc.trials.coverage import untried
from tthc.trials.form_coverage import form_coverage
from tthc.trials.run import run_all

CARD = (Path(__file__).parents[2] / "admin" / "thu_muc.yaml").read_text(encoding="utf-8")


def seen(text):
    definition = load(text, "the.yaml").definition
    results = run_all(definition, calendar())
    written = parsed(text, "")[0].values
    return form_coverage(definition, results, written), untried(definition, results, written), results


@pytest.mark.parametrize("name", list(dict(shipped()))[::4])
def test_what_the_linter_finds_untried_is_untried_here(name):
    text = dict(shipped())[name]
    fewer = (
        text[: text.index("\n  - name: ", text.index("\nexamples:") + 14)] + "\n"
    )  # the first example alone
    for told in (text, fewer):
        pages, lacking, _ = seen(told)
        fields = [field for page in pages for field in page.fields]
        never = {each.path for each in lacking if each.code == "C001"}
        always = {each.path for each in lacking if each.code == "C002"}
        unrefused = {each.path for each in lacking if each.code == "C015"}
        assert {field.path for field in fields if not field.shown} == never
        assert {
            field.path
            for field in fields
            for each in field.conditions
            if each.what == "Hiện" and field.shown and not each.false
        } == always
        assert {check.path for field in fields for check in field.checks if not check.seen} == unrefused


def test_each_option_page_and_condition_is_told_with_its_examples():
    pages, _, results = seen(CARD)
    numbers = set(range(len(results)))
    for page in pages:
        assert set(page.shown) <= numbers
        for field in page.fields:
            for each in field.conditions:
                if each.what == "Hiện" and not field.deep:
                    assert set(each.true) | set(each.false) == numbers
                    assert not set(each.true) & set(each.false)
    conditioned = [field for page in pages for field in page.fields if field.conditions]
    assert conditioned


SMALL_FORM = """
        - {id: kind, type: choice, label: Loại, help: Chọn, options: [{value: a, label: A}, {value: b, label: B, when: reader_name = "Ai"}]}
        - {id: many, type: list, label: Các dòng, help: Ghi, max: 3, item: [{id: one, type: choice, label: Một, help: Chọn, required: 'kind = "a"', options: [{value: x, label: X}, {value: y, label: Y}]}]}
"""


def test_options_of_rows_and_demands_are_counted():
    at = CARD.index("      fields:\n") + len("      fields:\n")
    text = CARD[:at] + SMALL_FORM.lstrip("\n") + CARD[at:]
    first = text.index("answers: {") + len("answers: {")
    text = text[:first] + "kind: a, many: [{one: x}, {one: y}], " + text[first:]
    pages, _, results = seen(text)
    fields = {field.label: field for page in pages for field in page.fields}
    rest = tuple(range(1, len(results)))
    assert [(each.label, each.seen) for each in fields["Loại"].options] == [("A", (0,)), ("B", ())]
    assert [(each.label, each.seen) for each in fields["Một"].options] == [("X", (0,)), ("Y", (0,))]
    assert fields["Một"].deep == 1
    must = next(each for each in fields["Một"].conditions if each.what == "Bắt buộc")
    assert must.true == (0,)
    assert not set(must.false) & {0}
    assert fields["Loại"].untried >= 1
    assert fields["Một"].untried == (0 if must.false else 1), rest
