from dataclasses import replace

import pytest

from forms.model import Field, Option
from forms.reuse import remembered, reuse

NAME = Field("name", "text", "Tên")
BORN = Field("born", "date", "Ngày sinh")
SECRET = Field("secret", "citizen_number", "Số", sensitive=True)
PLACE = Field("place", "choice", "Nơi", options=(Option("a", "A"),))
ROWS = Field("rows", "list", "Dòng", item=(NAME, SECRET))
PERSON = Field("person", "group", "Người", item=(NAME, SECRET))
EARLIER = {
    "name": "Lò Thị Xuân",
    "born": "1990-03-15",
    "secret": "014190001234",
    "place": "a",
    "rows": [{"name": "An", "secret": "014190001234"}, {"secret": "014190001234"}],
    "person": {"name": "Bình", "secret": "014190001234"},
    "scan": [{"sha256": "a" * 64}],
    "promise": True,
}


@pytest.mark.parametrize("empty", [{}, {"name": None}, {"name": ""}, {"name": "  "}])
def test_what_is_empty_is_taken_again(empty):
    assert reuse((NAME,), empty, EARLIER)["name"] == "Lò Thị Xuân"


def test_what_was_typed_stays_right_or_wrong():
    typed = {"name": "Khác", "born": {"d": "31", "m": "2", "y": ""}}
    assert reuse((NAME, BORN), typed, EARLIER) == typed


def test_the_sensitive_is_not_taken_unless_said():
    assert reuse((SECRET,), {}, EARLIER) == {}
    assert reuse((replace(SECRET, remember=True),), {}, EARLIER) == {"secret": "014190001234"}
    assert reuse((replace(NAME, remember=False),), {}, EARLIER) == {}


def test_rows_and_parts_are_taken_without_what_is_sensitive():
    assert reuse((ROWS, PERSON), {}, EARLIER) == {"rows": [{"name": "An"}], "person": {"name": "Bình"}}


def test_a_list_begun_and_parts_typed_stay():
    begun = {"rows": [{"name": "Của tôi"}], "person": {"name": "Tôi"}}
    assert reuse((ROWS, PERSON), begun, EARLIER) == begun
    assert reuse((ROWS,), {"rows": [{"name": ""}, {}]}, EARLIER)["rows"] == [{"name": "An"}]


def test_what_the_field_refuses_today_is_left():
    gone = replace(PLACE, options=(Option("b", "B"),))
    assert reuse((gone,), {}, EARLIER) == {}
    assert reuse((replace(NAME, type="date"),), {}, EARLIER) == {}


def test_statements_and_files_are_made_anew():
    fields = (
        Field("promise", "declaration", "Cam đoan"),
        Field("scan", "file", "Bản vẽ"),
        Field("scan", "heading", "Mục"),
    )
    assert reuse(fields, {}, EARLIER) == {}


def test_across_procedures_only_what_is_remembered():
    kept = replace(NAME, remember=True)
    assert reuse((NAME, kept, PERSON), {}, EARLIER, across=True) == {"name": "Lò Thị Xuân"}
    whole = replace(PERSON, remember=True)
    assert reuse((whole,), {}, EARLIER, across=True) == {"person": {"name": "Bình"}}
    assert remembered((NAME, kept), EARLIER, (kept,)) == {"name": "Lò Thị Xuân"}
    assert remembered((kept,), EARLIER, (NAME,)) == {}
    assert remembered((kept,), EARLIER, (replace(kept, type="textarea"),)) == {}
