import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.answers import RowAction, act, add_row, merge, move_row, remove_row, row_action, with_first_rows
from forms.model import Field
from forms.types.lists import MOST_ROWS

TITLE = Field("title", "text", "Tên")
PAGES = Field("pages", "integer", "Số trang")
INNER = Field("inner", "list", "Trong", item=(TITLE,))
ROWS = Field("rows", "list", "Dòng", item=(TITLE, PAGES, INNER))
FIELDS = (TITLE, PAGES, ROWS)


def test_what_was_posted_goes_over_what_was_stored():
    stored = {"title": "cũ", "pages": "12x", "other": "giữ"}
    assert merge(FIELDS, stored, {"title": ""}) == {"title": "", "pages": "12x", "other": "giữ"}
    assert stored["title"] == "cũ"


def test_only_fields_of_the_page_are_taken():
    assert merge((TITLE,), {}, {"title": "a", "pages": "5", "_strange": 1}) == {"title": "a"}


def test_rows_keep_what_the_page_did_not_show():
    stored = {"rows": [{"title": "a", "pages": "ẩn"}, {"title": "b", "pages": "5"}]}
    assert merge(FIELDS, stored, {"rows": [{"title": "A"}]}) == {"rows": [{"title": "A", "pages": "ẩn"}]}


def test_rows_moved_in_the_browser_take_their_own_along():
    stored = {"rows": [{"title": "a", "pages": "1"}, {"title": "b", "pages": "2"}]}
    posted = {
        "rows": [{"title": "B", "_row": "1"}, {"title": "mới", "_row": ""}, {"title": "A", "_row": "0"}]
    }
    assert merge(FIELDS, stored, posted) == {
        "rows": [{"title": "B", "pages": "2"}, {"title": "mới"}, {"title": "A", "pages": "1"}]
    }


@pytest.mark.parametrize("mark", ["9", "-1", "x", "9" * 5000, None, 1, "٠"])
def test_a_mark_of_no_row_is_a_new_row(mark):
    assert merge(FIELDS, {"rows": [{"pages": "1"}]}, {"rows": [{"title": "a", "_row": mark}]}) == {
        "rows": [{"title": "a"}]
    }


def test_two_rows_never_take_the_same_ones_things():
    posted = {"rows": [{"title": "a", "_row": "0"}, {"title": "b", "_row": "0"}]}
    assert merge(FIELDS, {"rows": [{"pages": "1"}]}, posted)["rows"] == [
        {"pages": "1", "title": "a"},
        {"title": "b"},
    ]


def test_lists_in_rows_merge_too():
    stored = {"rows": [{"inner": [{"title": "x"}], "pages": "3"}]}
    assert merge(FIELDS, stored, {"rows": [{"inner": [{"title": "y"}, {}]}]}) == {
        "rows": [{"inner": [{"title": "y"}, {}], "pages": "3"}]
    }


@pytest.mark.parametrize("junk", [None, 1, "abc", True, {}, [1], ["a"], [None]])
def test_stored_or_posted_junk_never_crashes(junk):
    assert merge(FIELDS, {"rows": junk}, {"rows": [{"title": "a"}]}) == {"rows": [{"title": "a"}]}
    assert merge(FIELDS, {"rows": [{"title": "a"}]}, {"rows": junk})["rows"] == junk


def test_rows_are_added_removed_and_moved():
    answers = {"rows": [{"title": "a"}, {"title": "b"}, {"title": "c"}], "title": "t"}
    assert add_row({}, "rows") == {"rows": [{}]}
    assert add_row(answers, "rows")["rows"][3] == {}
    assert remove_row(answers, "rows", 1) == {"rows": [{"title": "a"}, {"title": "c"}], "title": "t"}
    assert [row["title"] for row in move_row(answers, "rows", 2, 0)["rows"]] == ["c", "a", "b"]
    assert [row["title"] for row in move_row(answers, "rows", 0, 1)["rows"]] == ["b", "a", "c"]
    assert len(answers["rows"]) == 3


@pytest.mark.parametrize("index", [-1, 3, 10**9])
def test_no_such_row_changes_nothing(index):
    answers = {"rows": [{"title": "a"}, {"title": "b"}, {"title": "c"}]}
    assert remove_row(answers, "rows", index) == answers
    assert move_row(answers, "rows", index, 0) == answers
    assert move_row(answers, "rows", 0, index) == answers


def test_a_list_never_grows_past_all_bounds():
    full = {"rows": [{}] * MOST_ROWS}
    assert add_row(full, "rows") == full


def test_rows_within_rows():
    answers = {"rows": [{"inner": [{"title": "x"}]}]}
    assert add_row(answers, "rows.0.inner") == {"rows": [{"inner": [{"title": "x"}, {}]}]}
    assert remove_row(answers, "rows.0.inner", 0) == {"rows": [{"inner": []}]}
    assert add_row(answers, "rows.5.inner") == answers
    assert add_row(answers, "rows.x.inner") == answers


@pytest.mark.parametrize(
    ("pressed", "action"),
    [
        ("rows:add", RowAction("rows", "add")),
        ("rows:remove:2", RowAction("rows", "remove", 2)),
        ("rows.0.inner:up:1", RowAction("rows.0.inner", "up", 1)),
        ("rows:down:0", RowAction("rows", "down", 0)),
        ("rows:remove", None),
        ("rows:remove:x", None),
        ("rows:remove:-1", None),
        ("rows:remove:" + "9" * 5000, None),
        ("rows:burn:1", None),
        ("", None),
        ("rows", None),
    ],
)
def test_buttons(pressed, action):
    assert row_action({"_rows": [pressed]}) == action
    assert row_action({}) is None


def test_a_button_acts_on_lists_of_the_form_only():
    answers = {"rows": [{"title": "a"}, {"title": "b"}]}
    assert [r.get("title") for r in act(FIELDS, answers, RowAction("rows", "up", 1))["rows"]] == ["b", "a"]
    assert [r.get("title") for r in act(FIELDS, answers, RowAction("rows", "down", 0))["rows"]] == ["b", "a"]
    assert act(FIELDS, answers, RowAction("rows", "up", 0)) == answers
    assert act(FIELDS, answers, RowAction("rows", "remove", 0)) == {"rows": [{"title": "b"}]}
    assert act(FIELDS, answers, RowAction("rows.0.inner", "add"))["rows"][0] == {"title": "a", "inner": [{}]}
    for path in ("title", "strange", "", "rows.0.title", "rows.0", "rows.0.inner.0.inner", "." * 1_000):
        assert act(FIELDS, answers, RowAction(path, "add")) == answers


def test_a_list_is_shown_with_a_row_to_write_in():
    assert with_first_rows(FIELDS, {}) == {"rows": [{}]}
    assert with_first_rows(FIELDS, {"rows": [{"title": "a"}]}) == {"rows": [{"title": "a"}]}


ROW = st.dictionaries(st.sampled_from(["title", "pages"]), st.text(max_size=3))


@given(st.lists(ROW, max_size=5), st.data())
@settings(deadline=None)
def test_posting_back_what_is_shown_loses_nothing_in_any_order(rows, data):
    order = data.draw(st.permutations(range(len(rows))))
    shown = [
        {"_row": str(at), **({"title": rows[at]["title"]} if "title" in rows[at] else {})} for at in order
    ]
    assert merge(FIELDS, {"rows": rows}, {"rows": shown}) == {"rows": [rows[at] for at in order]}
