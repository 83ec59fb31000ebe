"""Checking and completing typed FEEL at places of the shipped definitions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.aid import check, complete, named, place, sentence
from definitions.aid.completing import function_docs
from definitions.reading import read
from definitions.shipped import loaded, shipped
from rules.feel.builtins import BUILTINS


def definition_with(name):
    return next(
        loaded(text, file).definition
        for file, text in shipped()
        if any(name == part for part in text.replace(",", " ").replace(":", " ").split())
    )


TOBACCO = definition_with("applicant_kind")
CONDITION = place(TOBACCO, ("fees", 0, "when"))
CELL = place(TOBACCO, ("fees", 0, "amount", "rows", 0, "when", 0))


def names(text, where=CONDITION, cursor=None):
    return [found.name for found in complete(text, len(text) if cursor is None else cursor, where)]


def test_every_function_has_its_sentence():
    assert function_docs().keys() == BUILTINS.keys()


FAULTS = [
    ("applicant_kin = 1", 0, "Không có trường “applicant_kin”. Có phải ông/bà muốn viết “applicant_kind”?"),
    ('channel = "online" and\n  applicnt_kind = "x"', 25, "Không có trường “applicnt_kind”."),
    ("shops", 0, "Biểu thức này cho danh sách"),
    ("1 +", 3, "Cần một giá trị"),
    (
        'applicant_kind = "ho_kinh"',
        17,
        "không có lựa chọn “ho_kinh”. Có phải ông/bà muốn viết “ho_kinh_doanh”?",
    ),
    ('applicant_kind in ("doanh_nghiep", "x")', 35, "không có lựa chọn “x”"),
]


@pytest.mark.parametrize(("text", "offset", "said"), FAULTS)
def test_faults_are_told_at_the_character(text, offset, said):
    (found,) = check(text, CONDITION)
    assert found.offset == offset
    assert said in str(found)
    assert found.remedy


def test_sound_expressions_have_no_faults_and_say_what_they_mean():
    assert check('applicant_kind = "doanh_nghiep" // ghi chú\nand count(shops) > 1', CONDITION) == ()
    assert sentence('channel = "online"', CONDITION) == "“Kênh nộp hồ sơ” là nộp trực tuyến"
    assert (
        "các điểm kinh doanh" in sentence("sum(for s in shops return s.shop_area) > 3", CONDITION).casefold()
    )
    assert sentence("applicant_kin", CONDITION) == ""
    assert check("  ", CONDITION) == ()


def test_cells_are_unary_tests():
    assert check('"doanh_nghiep", "ho_kinh_doanh"', CELL) == ()
    assert check("-", CELL) == ()
    assert check("< 3", CELL)[0].code == "F006"
    assert check('"xa"', CELL)[0].code == "T037"


def test_names_are_found_by_their_labels_without_marks():
    assert names("tucach")[0] == "applicant_kind"
    assert names("diemkinh")[0] in {"shops", "shop_count"}
    assert names("app")[0].startswith("applicant")


def test_options_come_after_the_equals_sign():
    assert names("applicant_kind = ") == ["doanh_nghiep", "ho_kinh_doanh"]
    assert names('case in ("doanh_nghiep", "h') == ["ho_kinh_doanh", "doanh_nghiep"]
    (first, *_) = complete('applicant_kind = "do" and true', 20, CONDITION)
    assert (first.insert, first.start, first.end) == ('"doanh_nghiep"', 17, 21)
    assert names("", CELL) == ["doanh_nghiep", "ho_kinh_doanh", "-"]


def test_parts_come_after_the_dot():
    assert names("agency.le") == ["level"]
    assert names("sum(for s in shops return s.shop_a") == ["shop_address", "shop_area"]
    assert "year" in names("submitted_at.")


def test_functions_have_signatures():
    found = next(each for each in complete("substr", 6, CONDITION) if each.name == "substring")
    assert (found.insert, found.kind) == ("substring(", "function")
    assert "substring(string, start position, length?)" in found.doc


@given(st.text(max_size=60), st.integers(-2, 80))
def test_whatever_is_typed_is_answered(text, cursor):
    for where in (CONDITION, CELL):
        for found in check(text, where):
            assert 0 <= found.offset <= len(text)
        for found in complete(text, cursor, where):
            assert 0 <= found.start <= found.end <= len(text)


def test_rows_of_lists_read_their_own_fields():
    data = {
        "form": {
            "pages": [{"id": "p", "fields": [{"block": "x"}, {"id": "shops", "item": [{"id": "shop_area"}]}]}]
        }
    }
    path = named(data, ("form", "pages", 0, "fields", 1, "item", 0, "visible"))
    assert path == ("form", "pages", "p", "fields", "shops", "item", "shop_area", "visible")
    page = next(page for page in TOBACCO.form.pages if any(field.id == "shops" for field in page.fields))
    inner = place(TOBACCO, ("form", "pages", page.id, "fields", "shops", "item", "shop_area", "visible"))
    assert check("shop_area > 3", inner) == ()
    assert check("shop_area > 3", CONDITION) != ()


def test_each_place_knows_its_own_scope():
    assert "case" not in place(TOBACCO, ("cases", 0, "when")).names
    assert "dossier" in place(TOBACCO, ("documents", 0, "when")).names
    assert "chosen" in place(TOBACCO, ("workflow", "steps", 0, "actions", 0, "when")).names
    assert "overdue" in place(TOBACCO, ("events", 0, "when")).names


def test_every_condition_of_the_catalogue_is_sound_at_its_place():
    for file, text in shipped():
        definition, data = loaded(text, file).definition, read(text).data
        for kind, key in (("attachments", "when"), ("fees", "when"), ("deadline", "when"), ("cases", "when")):
            for at, part in enumerate(data.get(kind, ())):
                if isinstance(part.get(key), str):
                    assert check(part[key], place(definition, (kind, at, key))) == ()
