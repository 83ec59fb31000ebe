import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from definitions.reading import MAX_DEPTH, Mark, ReadingError, read


def refused(text: str) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        read(text)
    return caught.value


def test_values_are_read_by_the_grammar_of_json():
    data = read("""
a: 12
b: -3
c: 0.5
d: 1e3
e: true
f: null
g: ~
h:
i: yes
j: 2019-08-25
k: 2026-11-20T14:50
l: 15:00
m: 014089000123
n: 1_000
o: "12"
p: .5
""").data
    assert data == {
        "a": 12, "b": -3, "c": Decimal("0.5"), "d": 1000, "e": True, "f": None, "g": None, "h": None, "i": "yes",
        "j": "2019-08-25", "k": "2026-11-20T14:50", "l": "15:00", "m": "014089000123", "n": "1_000", "o": "12",
        "p": ".5",
    }  # fmt: skip


def test_json_is_read_too():
    assert read('{"a": [1, 2.50, "x\\/y"], "b": {"c": "\\u1ec7 \\ud83d\\ude00"}}').data == {
        "a": [1, Decimal("2.5"), "x/y"],
        "b": {"c": "ệ 😀"},
    }


def test_every_value_and_key_knows_its_place():
    tree = read("a: 1\nb:\n  - x: 'ab'\n    y: 2\n")
    assert tree.mark(("b", 0, "x")) == Mark(3, 8)
    assert tree.mark(("b", 0, "y"), on_key=True) == Mark(4, 5)
    assert tree.mark(("b", 0, "khong_co")) == Mark(3, 5)
    assert tree.mark(("khong_co", "gi")) == Mark(1, 1)


def test_a_place_inside_a_text_is_found():
    tree = read("a: bcd + e\nb: 'xy z'\nc: |\n  mot\n    hai ba\nd: \"x\\ny\"\n")
    assert tree.inside(("a",), 6) == Mark(1, 10)
    assert tree.inside(("b",), 3) == Mark(2, 8)
    assert tree.inside(("c",), 10) == Mark(5, 9)
    assert tree.inside(("d",), 2) == Mark(6, 4)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: [1, 2", "Y002", 1, 9),
        ("a: 1\n\tb: 2", "Y002", 2, 1),
        ("a: b: c", "Y002", 1, 5),
        ("x: 'abc", "Y002", 1, 8),
        ("a: 1\nb: {c: 2", "Y002", 2, 9),
        ("a: 1\nb: 2\na: 3", "Y004", 3, 1),
        ("a: &x 1", "Y005", 1, 4),
        ("a: *x", "Y005", 1, 4),
        ("a: !!python/object:os.system x", "Y006", 1, 4),
        ("a: 1\nb: \x07", "Y007", 2, 4),
        ("? [a]\n: 1", "Y008", 1, 3),
        ("a: 1\n---\nb: 2", "Y009", 2, 1),
    ],
)
def test_a_text_that_cannot_be_read_says_where_and_what_to_do(text, code, line, column):
    error = refused(text)
    assert (error.code, error.mark.line, error.mark.column) == (code, line, column)
    assert error.message.endswith(".")
    assert error.remedy.endswith(".")


def test_a_duplicate_key_names_its_path_and_its_first_place():
    error = refused("a:\n  - b: 1\n    c: 2\n    b: 3\n")
    assert error.path == ("a", 0, "b")
    assert "dòng 2" in error.message


def test_an_alias_bomb_is_refused_at_its_first_anchor():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )
    error = refused(bomb)
    assert (error.code, error.mark) == ("Y005", Mark(1, 4))
    assert error.path == ("a",)


@pytest.mark.parametrize(
    "text", ["[" * 20_000_000, "{a: " * 5_000_000, "- " * 10_000_000], ids=["list", "map", "block"]
)
def test_twenty_megabytes_of_nesting_are_answered_by_their_size(text):
    assert refused(text).code == "Y001"


@pytest.mark.parametrize(
    "text",
    ["[" * 900_000, "{a: " * 200_000, "- " * 400_000, "\n".join(" " * i + "a:" for i in range(1200))],
    ids=["list", "map", "block", "indented"],
)
def test_deep_nesting_is_refused_where_it_becomes_too_deep(text):
    error = refused(text)
    assert error.code == "Y003"
    assert str(MAX_DEPTH) in error.message


def test_too_many_values_are_refused():
    assert refused("- []\n" * 60_000).code == "Y010"


def test_size_counts_bytes():
    assert refused("a: " + "ệ" * 400_000).code == "Y001"


def test_nothing_is_nothing():
    assert read("").data is None
    assert read("\ufeff# ghi chú\n").data is None


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab:-[]{}&*!|>'\"#%@`,? \n\t\\1.é\x00\ud800", max_size=60))
def test_whatever_is_sent_is_read_or_refused(text):
    try:
        mark = read(text).mark(())
    except ReadingError as error:
        mark = error.mark
    assert mark.line >= 1
    assert mark.column >= 1


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abcệ_", min_size=1, max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(json_values)
def test_any_json_reads_as_itself(value):
    assert read(json.dumps(value)).data == value
    assert read(json.dumps(value, ensure_ascii=False, indent=2)).data == value


@pytest.mark.parametrize(
    ("text", "mark"), [('a: "\\UFFFFFFFF"', Mark(1, 5)), ('x: 1\nb: "\\U00110000"', Mark(2, 5))]
)
def test_a_character_beyond_all_characters_is_told_at_its_place(text, mark):
    error = refused(text)
    assert (error.code, error.mark) == ("Y002", mark)
    assert "ký tự không hợp lệ" in error.message
    assert read('a: "\\U0010FFFF"').data == {"a": "\U0010ffff"}


def test_keys_written_in_halves_are_put_together_as_values_are():
    assert read(r'{"\ud83d\ude00": 1, "\ud83d": 2}').data == {"\U0001f600": 1, "\ufffd": 2}
