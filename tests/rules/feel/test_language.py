"""The language: operators, names, collections, functions. Values are compared by their FEEL source."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest

from rules import feel
from rules.feel import FeelError, Range, T, YearMonthDuration, literal

NOW = datetime(2026, 11, 20, 14, 50, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
CONTEXT = {
    "n": 5,
    "s": "xin chào",
    "xs": [1, 2, 3, 4],
    "rows": [{"name": "a", "size": 1}, {"name": "b", "size": 5}, {"name": "c"}],
    "who": {"name": "Nguyễn Văn A", "born": date(2000, 2, 29)},
    "số trang": 7,
    "submitted_at": NOW,
    "nothing": None,
}

CASES = {
    "arithmetic": [
        ("1 + 2 * 3 - 4 / 8", "6.5"),
        ("-2 ** 2", "4"),
        ("2 ** 3 ** 2", "64"),
        ("1 / 3", "0.3333333333333333333333333333333333"),
        ("0.1 + 0.2 = 0.3", "true"),
        ("1e3 + .5", "1000.5"),
        ("n - 1", "4"),
        ('"a" + "b"', '"ab"'),
        ('"a" + 1', "null"),
        ("1 + null", "null"),
        ("n-1", "4"),
    ],
    "logic": [
        ("true and null", "null"),
        ("false and null", "false"),
        ("true or null", "true"),
        ("false or null", "null"),
        ("false or false or n", "null"),
        ("true and true and true", "true"),
        ("not(null)", "null"),
        ("null = null", "true"),
        ("nothing = 1", "false"),
        ('1 = "1"', "null"),
        ("1 < null", "null"),
        ("if null then 1 else 2", "2"),
    ],
    "in and between": [
        ("n in [1..5)", "false"),
        ("n in ]4..5]", "true"),
        ("n in (1, 5, 9)", "true"),
        ("n in (< 3, >= 5)", "true"),
        ("n in xs", "false"),
        ("n in [[1..3], [5..6]]", "true"),
        ("n between 1 and 5 and true", "true"),
        ('"b" in ["a".."c"]', "true"),
        ("[1..5].end included", "true"),
        ("[1..xs[2]]", "[1..2]"),
        ("]1..3[", "(1..3)"),
    ],
    "lists": [
        ("xs[1]", "1"),
        ("xs[-1]", "4"),
        ("xs[9]", "null"),
        ("xs[item > 2]", "[3, 4]"),
        ("xs[n - 3]", "2"),
        ("rows[size > 2].name", '["b"]'),
        ("rows.size", "[1, 5, null]"),
        ("rows[name = who.name]", "[]"),
        ("n[1]", "5"),
        ("nothing[1]", "null"),
        ("nothing[item = 1]", "[]"),
        ("[][1]", "null"),
    ],
    "loops": [
        ("for i in 1..3 return i * i", "[1, 4, 9]"),
        ("for i in 3..1 return i", "[3, 2, 1]"),
        ("for i in [1..3) return i", "[1, 2]"),
        ("for i in xs, j in 1..i return j", "[1, 1, 2, 1, 2, 3, 1, 2, 3, 4]"),
        ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6, 24]"),
        ('for d in @"2026-02-27"..@"2026-03-01" return d.day', "[27, 28, 1]"),
        ("for i in nothing return i", "null"),
        ("some i in xs satisfies i > 3", "true"),
        ("every i in xs satisfies i > 3", "false"),
        ("every i in [] satisfies false", "true"),
        ("some i in [1, null] satisfies i > 3", "null"),
    ],
    "contexts and functions": [
        ("{a: 1, b: a + 1}.b", "2"),
        ('{"họ và tên": 1, số tuổi: họ và tên + 1}.số tuổi', "2"),
        ("{f: function(x: number) x + 1, y: f(2)}.y", "3"),
        ('{f: function(x: number) x + 1, y: f("a")}.y', "null"),
        ("{f: function(a, b) a - b, y: f(b: 1, a: 3)}.y", "2"),
        ("{f: function(n) if n <= 1 then 1 else n * f(n - 1), y: f(20)}.y", "2432902008176640000"),
        ("sort([3, 1, 2], function(x, y) x > y)", "[3, 2, 1]"),
        ("for f in [function(x) x + 1, function(x) x * 5] return f(2)", "[3, 10]"),
        ("for f in (for i in 1..3 return function() i) return f()", "[1, 2, 3]"),
        ("(function(f) f([1, 2]))(sum)", "3"),
        ("who.name", '"Nguyễn Văn A"'),
        ("who.missing.deeper", "null"),
        ("số trang * 2", "14"),
    ],
    "dates": [
        ('@"2026-01-31" + @"P1M"', '@"2026-02-28"'),
        ('@"2026-03-01" - @"2026-02-01"', '@"P28D"'),
        ('date("2026-01-01").weekday', "4"),
        ('@"2026-01-01T10:00:00+07:00" = @"2026-01-01T03:00:00Z"', "true"),
        ('submitted_at > date and time("2026-11-20T14:00:00")', "true"),
        ('time(submitted_at) > time("15:00:00")', "false"),
        ('date(submitted_at) = @"2026-11-20"', "true"),
        ("today() - date(submitted_at)", '@"PT0S"'),
        ("now() = submitted_at", "true"),
        ('years and months duration(who.born, @"2026-02-28").years', "25"),
        ('(@"PT90M").hours', "1"),
        ('@"P1Y" < @"P13M"', "true"),
        ('@"P1Y" < @"P400D"', "null"),
        ('@"2026-02-30T00:00:00" = 1 or true', None),
        ('date("2026-02-30")', "null"),
    ],
    "instance of": [
        ("n instance of number", "true"),
        ("xs instance of list<number>", "true"),
        ("xs instance of list<string>", "false"),
        ("who instance of context<name: string>", "true"),
        ("null instance of Any", "false"),
        ('@"P1D" instance of days and time duration', "true"),
        ("[1..2] instance of range<number>", "true"),
        ("n + 1 instance of number", "null"),
    ],
    "comments and names": [
        ("1 /* one */ + // two\n 2", "3"),
        ('"\\u0041\\n\\"" + "\\\\"', '"A\\n\\"\\\\"'),
        ("{if x: 1}.if x", None),
    ],
}
TABLE = [(text, wanted) for group in CASES.values() for text, wanted in group if wanted is not None]


@pytest.mark.parametrize(("text", "wanted"), TABLE)
def test_values(text, wanted):
    names = {name: T.ANY for name in CONTEXT}
    expression = feel.compile(text, names, check=False)
    assert literal(expression.evaluate(CONTEXT, now=NOW)) == wanted


def test_evaluating_twice_is_the_same():
    expression = feel.compile("for i in xs return i * n")
    assert expression.evaluate(CONTEXT) == expression.evaluate(CONTEXT)
    assert expression.evaluate({**CONTEXT, "n": 1}) == [1, 2, 3, 4]


def test_truth_is_exactly_true():
    assert feel.compile("n = 5").truth(CONTEXT)
    assert not feel.compile("n").truth(CONTEXT)
    assert not feel.compile("nothing").truth(CONTEXT)


def test_data_from_python():
    class Colour(StrEnum):
        RED = "red"

    context = {"a": (1, 2.5, Colour.RED, {3}), "b": {"x": object()}}
    assert feel.compile("a").evaluate(context) == [Decimal(1), Decimal("2.5"), "red", [Decimal(3)]]
    assert feel.compile("b.x").evaluate(context) is None


def test_clean_data_are_not_copied():
    rows = [{"a": Decimal(1)}]
    assert feel.compile("rows").evaluate({"rows": rows}) is rows


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("a + b.c", {"a", "b"}),
        ("for x in xs return x * k", {"xs", "k"}),
        ("{a: 1, b: a}", set()),
        ("count(xs)", {"xs"}),
        ("function(p) p + q", {"q"}),
    ],
)
def test_sources(text, sources):
    assert feel.compile(text).sources == sources


def test_fields_of_a_known_list_are_no_sources():
    names = {"rows": T.list_of(T.context({"size": T.NUMBER})), "size": T.NUMBER, "k": T.NUMBER}
    assert feel.compile("rows[size > k]", names).sources == {"rows", "k"}


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        Decimal("1.50"),
        'quote " and \\ and\nline',
        date(2026, 1, 2),
        NOW,
        YearMonthDuration(14),
        [Decimal(1), [], "x"],
        {"a": Decimal(1), "hai từ": None},
        Range(Decimal(1), Decimal(2), low_closed=False),
        Range(None, Decimal(2), low_closed=False),
    ],
)
def test_literal_is_read_back(value):
    assert feel.compile(literal(value)).evaluate({}) == value


@pytest.mark.parametrize(
    ("text", "line", "column", "part"),
    [
        ("1 +", 1, 4, "Cần một giá trị"),
        ("(1", 1, 3, "Thiếu “)”"),
        ("if a then\n b", 2, 3, "Thiếu “else”"),
        ('"abc', 1, 1, "nháy"),
        ("“a”", 1, 1, "nháy thẳng"),
        ("a # b", 1, 3, "Ký tự “#”"),
        ("1 2", 1, 3, "không thuộc biểu thức"),
        ('@"2026-13-01"', 1, 1, "không phải ngày"),
        ("{a: 1, a: 2}", 1, 8, "hai lần"),
        ("f(1, b: 2)", 1, 11, "cùng có tên"),
        ("", 1, 1, "biểu thức kết thúc"),
    ],
)
def test_errors_of_form(text, line, column, part):
    with pytest.raises(FeelError) as caught:
        feel.compile(text)
    assert part in caught.value.message
    assert (caught.value.line, caught.value.column) == (line, column)
    assert f"(dòng {line}, cột {column})" in str(caught.value)
