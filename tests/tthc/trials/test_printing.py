"""What examples say of documents: which apply, what they hold; and what no example has seen of them."""

import pytest

from definitions.calendars import shipped
from definitions.lint.patching import Patch, patched, walked
from definitions.loader import load
from tthc.trials.check import check_text
from tthc.trials.run import run_all

PLAIN = {
    "id": "giay",
    "kind": "result",
    "name": "Giấy xác nhận",
    "title": "GIẤY XÁC NHẬN",
    "body": ["Xác nhận {{ full_name }} xin {{ copies }} bản, phí {{ dossier.fees }} đồng."],
    "signature": {"role": "CHỦ TỊCH"},
}
PRINTED = {"giay": ["Xác nhận Lò Văn Ban xin 3 bản, phí 6.000 đồng."]}


def text(document=None, first=None, second=None):
    """The base definition with a document; `first`, `second`: what its two examples expect besides."""
    put = {"documents": [{**PLAIN, **(document or {})}]}
    for at, expected in enumerate((first, second)):
        put |= {f"examples.{at}.expect.{key}": value for key, value in (expected or {}).items()}
    return patched(walked(Patch(put)))


def said(*arguments, **named):
    return [(p.code, p.path) for p in check_text(text(*arguments, **named), "vi-du.yaml").problems]


def test_an_example_says_which_documents_apply_and_what_they_hold():
    assert said(first={"printed": PRINTED, "documents": ["giay"]}) == []


def test_line_breaks_and_spaces_are_nobodys_business():
    assert said(first={"printed": {"giay": ["GIẤY XÁC NHẬN   Xác nhận Lò Văn Ban"]}}) == []


@pytest.mark.parametrize(
    ("expected", "place"),
    [
        ({"printed": {"giay": ["Xác nhận Lò Văn Ban", "xin 4 bản"]}}, "examples.0.expect.printed.giay.1"),
        ({"printed": PRINTED, "documents": []}, "examples.0.expect.documents"),
    ],
)
def test_what_does_not_come_out_is_told_at_the_phrase(expected, place):
    assert said(first=expected) == [("X001", place)]


def test_a_document_that_does_not_apply_holds_nothing():
    found = said({"when": "copies > 5"}, first={"printed": PRINTED})
    assert found == [("X001", "examples.0.expect.printed.giay")]


def test_a_name_of_no_document_is_told():
    found = said(first={"printed": {"giai": ["a"]}, "documents": ["giai"]})
    assert {code for code, _ in found} == {"T061"}


@pytest.mark.parametrize(
    ("document", "places"),
    [
        ({}, []),
        ({"when": "copies > 0"}, ["documents.0.when"]),
        ({"when": "copies < 5"}, []),
        ({"body": [*PLAIN["body"], {"text": "a", "when": "copies > 5"}]}, []),
        ({"body": [*PLAIN["body"], {"text": "a", "when": "copies > 9"}]}, ["documents.0.body.1"]),
        ({"body": [*PLAIN["body"], {"text": "a", "when": "copies < 9"}]}, ["documents.0.body.1.when"]),
    ],
)
def test_conditions_are_tried_when_both_sides_were_seen(document, places):
    found = said(document, first={"printed": PRINTED})
    assert [path for code, path in found if code == "C014"] == places


def test_a_document_nobody_expects_anything_of_is_untried():
    assert ("C014", "documents.0") in said()


def test_the_reason_and_the_dossier_are_those_of_the_walk():
    body = [
        "{{ dossier.code }}: {{ dossier.reason }}, hẹn {{ dossier.due }}, nhận {{ dossier.accepted_at | long }}"
    ]
    definition = load(text({"body": body, "kind": "working"}), "vi-du.yaml").definition
    first, _ = run_all(definition, shipped())
    (made,) = first.documents
    assert made.pieces[0].text == (
        "000.00.00.H52-000000-0001: Lý do thử, hẹn 09:00 ngày 30/11/2026, nhận ngày 20 tháng 11 năm 2026"
    )
