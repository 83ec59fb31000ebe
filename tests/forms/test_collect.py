from urllib.parse import parse_qs

import pytest

from forms.collect import collect
from forms.evaluate import collect as same
from forms.model import Field, Option
from forms.types.lists import MOST_ROWS

TITLE = Field("title", "text", "Tên")
ON = Field("on", "date", "Ngày")
GOODS = Field("goods", "multi_choice", "Mặt hàng", options=(Option("a", "A"), Option("b", "B")))
ROWS = Field("rows", "list", "Dòng", item=(TITLE, ON, GOODS))


def posted(query: str) -> dict[str, list[str]]:
    return parse_qs(query, keep_blank_values=True)


def test_each_field_finds_its_own_names():
    source = posted("title=%C3%82n&on.d=1&on.m=2&on.y=2026&goods=&goods=b&strange=1")
    assert collect([TITLE, ON, GOODS], source) == {
        "title": "Ân",
        "on": {"d": "1", "m": "2", "y": "2026"},
        "goods": ["b"],
    }
    assert same is collect


def test_what_was_not_on_the_page_is_not_collected():
    assert collect([TITLE, ON, GOODS, ROWS], posted("")) == {}
    assert collect([TITLE, GOODS], posted("title=&goods=")) == {"title": "", "goods": []}


def test_nothing_is_collected_for_what_nobody_types():
    fields = [Field("total", "computed", "t"), Field("head", "heading", "h"), Field("note", "note", "n")]
    assert collect(fields, posted("total=1&head=1&note=1")) == {}


def test_rows():
    source = posted(
        "rows.count=2&rows.0.title=a&rows.0.on.d=1&rows.1.goods=&rows.1.goods=b&rows.1._row=0&rows.7.title=x"
    )
    assert collect([ROWS], source) == {
        "rows": [{"title": "a", "on": {"d": "1"}}, {"goods": ["b"], "_row": "0"}],
    }


def test_rows_without_a_count_go_up_to_the_last():
    assert collect([ROWS], posted("rows.1.title=b")) == {"rows": [{}, {"title": "b"}]}
    assert collect([ROWS], posted("rows=")) == {"rows": []}
    assert collect([ROWS], posted("rows.count=0")) == {"rows": []}


def test_lists_in_rows():
    people = Field("people", "list", "Người", item=(ROWS,))
    source = posted("people.0.rows.0.title=a&people.0.rows.1.title=b&people.1.rows.count=0")
    assert collect([people], source) == {"people": [{"rows": [{"title": "a"}, {"title": "b"}]}, {"rows": []}]}


@pytest.mark.parametrize(
    "query",
    [
        "rows.count=999999999999999999999",
        "rows.99999999.title=a",
        "rows.999999999999.title=a&rows.count=1000000000",
    ],
)
def test_a_million_rows_are_cut_short(query):
    assert len(collect([ROWS], posted(query))["rows"]) == MOST_ROWS + 1


@pytest.mark.parametrize(
    "query",
    ["rows.count=-1", "rows.count=abc", "rows.count=", "rows.x.title=a&rows.count=0", "rows.count=%D9%A1"],
)
def test_a_count_that_is_none_counts_nothing(query):
    assert collect([ROWS], posted(query)) == {"rows": []}


def test_indices_that_are_none_are_passed_over():
    assert collect([ROWS], posted("rows.x.title=a&rows.-1.title=b&rows.title=c")) == {}
