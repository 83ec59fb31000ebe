"""The standard's functions, by subject; every one of them appears here."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import feel
from rules.feel import literal
from rules.feel.builtins import BUILTINS
from rules.feel.limits import Run
from rules.feel.patterns import Pattern

NOW = datetime(2026, 11, 20, 23, 50, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

CASES = {
    "conversion": [
        ('number("1 000,5", " ", ",")', "1000.5"),
        ('number("1.000.000", ".", ",")', "1000000"),
        ('number("x")', "null"),
        ('number("1,5", ",", ",")', "null"),
        ("string(1.50)", '"1.50"'),
        ('string([1, "a", @"2026-01-02"])', '"[1, \\"a\\", 2026-01-02]"'),
        ("string({a: null})", '"{a: null}"'),
        ("string(null)", "null"),
        ('context([{key: "a", value: 1}])', "{a: 1}"),
        ('context([{key: "a", value: 1}, {key: "a", value: 2}])', "null"),
        ('range("[1..3)")', "[1..3)"),
        ('range("[3..1]")', "null"),
        ("not(true)", "false"),
        ('is(@"10:00:00Z", @"10:00:00@Etc/UTC")', "false"),
    ],
    "strings": [
        ('substring("đường phố", 3)', '"ờng phố"'),
        ('substring("foobar", -2, 1)', '"a"'),
        ('substring("foobar", 0)', "null"),
        ('string length("đường")', "5"),
        ('upper case("đường")', '"ĐƯỜNG"'),
        ('lower case("ĐƯỜNG")', '"đường"'),
        ('substring before("a-b", "-")', '"a"'),
        ('substring after("a-b", "-")', '"b"'),
        ('substring before("ab", "-")', '""'),
        ('contains("abc", "b")', "true"),
        ('starts with("abc", "a")', "true"),
        ('ends with("abc", "c")', "true"),
        ('string join(["a", null, "b"], ", ")', '"a, b"'),
        ('string join(["a", "b"])', '"ab"'),
        ("string join([1])", "null"),
        ('split("a;b;;", ";")', '["a", "b", "", ""]'),
        ('split("a1b22c", "[0-9]+")', '["a", "b", "c"]'),
        ('split("abc", "")', "null"),
        ('matches("012345678901", "^\\d{12}$")', "true"),
        ('matches("Nguyễn", "^\\p{Lu}\\p{Ll}+$")', "true"),
        ('matches("a\nb", "a.b")', "false"),
        ('matches("a\nb", "a.b", "s")', "true"),
        ('matches("ABC", "abc", "i")', "true"),
        ('matches("aa", "(a)\\1")', "true"),
        ('matches("b", "[a-z-[aeiou]]")', "true"),
        ('matches("e", "[a-z-[aeiou]]")', "false"),
        ('matches("a", "(")', "null"),
        ('matches("a", "a", "z")', "null"),
        ('replace("abracadabra", "a(.)", "[$1]")', '"[b]r[c][d][b]ra"'),
        ('replace("1.2", ".", "-", "q")', '"1-2"'),
        ('replace("a", "a", "\\$")', '"$"'),
        ('replace("a", "a", "$")', "null"),
        ('replace("abc", "x*", "-")', "null"),
    ],
    "lists": [
        ("list contains([1, null], null)", "true"),
        ("count(1)", "1"),
        ("count([])", "0"),
        ("min(3, 1, 2)", "1"),
        ('max([@"2026-01-01", @"2026-01-02"])', '@"2026-01-02"'),
        ("min([])", "null"),
        ('max(1, "a")', "null"),
        ("sum([1, 2])", "3"),
        ('sum(@"P1D", @"P2D")', '@"P3D"'),
        ("sum([])", "null"),
        ("sum(1, null)", "null"),
        ("product(2, 3, 4)", "24"),
        ("mean(1, 2)", "1.5"),
        ("median(8, 2, 5, 3)", "4"),
        ("median([])", "null"),
        ("stddev(2, 4, 7, 5)", "2.081665999466132735282297706979931"),
        ("mode(6, 3, 9, 6, 6)", "[6]"),
        ("mode(6, 1, 9, 6, 1)", "[1, 6]"),
        ("mode([])", "[]"),
        ("all(true, null)", "null"),
        ("all([false, null])", "false"),
        ("all([])", "true"),
        ("any(true, null)", "true"),
        ("any([])", "false"),
        ("sublist([4, 5, 6], 1, 2)", "[4, 5]"),
        ("sublist([4, 5, 6], -1)", "[6]"),
        ("append([1], 2, [3])", "[1, 2, [3]]"),
        ("concatenate([1], [2, 3])", "[1, 2, 3]"),
        ("insert before([1, 3], 1, 2)", "[2, 1, 3]"),
        ("remove([1, 2, 3], 2)", "[1, 3]"),
        ("reverse([1, 2])", "[2, 1]"),
        ("index of([1, 2, 1], 1)", "[1, 3]"),
        ("union([1, 2], [2, 3])", "[1, 2, 3]"),
        ('distinct values([1, 1.0, "a", [1], [1], null, null])', '[1, "a", [1], null]'),
        ("flatten([[1, [2]], 3])", "[1, 2, 3]"),
        ("list replace([2, 4, 7], 3, 6)", "[2, 4, 6]"),
        ("list replace([2, 4, 7], function(item, newItem) item < newItem, 5)", "[5, 5, 7]"),
        ("sort([3, 1, 2])", "[1, 2, 3]"),
        ("sort([3, 1, 2], function(a, b) a > b)", "[3, 2, 1]"),
        ('sort([1, "a"])', "null"),
    ],
    "numbers": [
        ("decimal(1 / 3, 2)", "0.33"),
        ("decimal(2.5, 0)", "2"),
        ("floor(-1.5)", "-2"),
        ("floor(1.56, 1)", "1.5"),
        ("ceiling(1.5)", "2"),
        ("round up(-5.5, 0)", "-6"),
        ("round down(5.5, 0)", "5"),
        ("round half up(5.5, 0)", "6"),
        ("round half down(5.5, 0)", "5"),
        ("round half up(1250, -2)", "1300"),
        ("abs(-1)", "1"),
        ('abs(@"-P1D")', '@"P1D"'),
        ("modulo(-12, 5)", "3"),
        ("modulo(12, -5)", "-3"),
        ("modulo(10.1, 4.5)", "1.1"),
        ("sqrt(16)", "4"),
        ("decimal(log(10), 8)", "2.30258509"),
        ("decimal(exp(5), 8)", "148.41315910"),
        ("odd(5)", "true"),
        ("even(5)", "false"),
        ("odd(1.5)", "false"),
    ],
    "dates": [
        ("date(2026, 1, 2)", '@"2026-01-02"'),
        ("date(2026, 2, 30)", "null"),
        ('date(@"2026-01-02T10:00:00")', '@"2026-01-02"'),
        ('date and time(@"2026-01-02", @"10:30:00")', '@"2026-01-02T10:30:00"'),
        ("date and time(2026, 1, 2, 10, 30, 0)", '@"2026-01-02T10:30:00"'),
        ('time("10:30:00+07:00").time offset', '@"PT7H"'),
        ('time(10, 30, 0, @"PT7H")', '@"10:30:00+07:00"'),
        ('time("10:30:00@Asia/Ho_Chi_Minh").timezone', '"Asia/Ho_Chi_Minh"'),
        ('@"23:30:00" + @"PT1H"', '@"00:30:00"'),
        ('duration("P1Y2M")', '@"P1Y2M"'),
        ('duration("P1Y2D")', "null"),
        ('years and months duration(@"2026-03-31", @"2026-01-30")', '@"-P2M"'),
        ('day of year(@"2026-09-17")', "260"),
        ('day of week(@"2026-11-20")', '"Friday"'),
        ('month of year(@"2026-11-20")', '"November"'),
        ('week of year(@"2005-01-01")', "53"),
        ("now().hour", "23"),
        ("today()", '@"2026-11-20"'),
        ('(@"P3DT4H5M6.5S").seconds', "6.5"),
        ('@"P1D" / @"PT6H"', "4"),
        ('@"P1Y" * 1.5', '@"P1Y6M"'),
    ],
    "ranges": [
        ("before(1, 10)", "true"),
        ("before([1..10), [10..20])", "true"),
        ("before([1..10], [10..20])", "false"),
        ("after([5..10], 4)", "true"),
        ("meets([1..5], [5..10])", "true"),
        ("meets([1..5), [5..10])", "false"),
        ("met by([5..10], [1..5])", "true"),
        ("overlaps([1..5], [3..8])", "true"),
        ("overlaps([1..3), [3..8])", "false"),
        ("overlaps before([1..5], [3..8])", "true"),
        ("overlaps after([3..8], [1..5])", "true"),
        ("finishes(10, [1..10])", "true"),
        ("finished by([1..10], [5..10])", "true"),
        ("includes([1..10], 5)", "true"),
        ("during((1..10), [1..10])", "true"),
        ("starts(1, [1..10])", "true"),
        ("started by([1..10], [1..5])", "true"),
        ("coincides([1..5], [1..5])", "true"),
        ('before(1, "a")', "null"),
    ],
    "contexts": [
        ('get value({a: 1}, "a")', "1"),
        ('get value({a: {b: 2}}, ["a", "b"])', "2"),
        ("get entries({a: 1})", '[{key: "a", value: 1}]'),
        ('context put({a: 1}, "b", 2)', "{a: 1, b: 2}"),
        ('context put({a: {b: 1}}, ["a", "b"], 2)', "{a: {b: 2}}"),
        ("context merge([{a: 1}, {a: 2, b: 3}])", "{a: 2, b: 3}"),
    ],
}
TABLE = [case for group in CASES.values() for case in group]


@pytest.mark.parametrize(("text", "wanted"), TABLE)
def test_functions(text, wanted):
    source = text.replace("\\", "\\\\") if "matches(" in text or "replace(" in text else text
    found = feel.compile(source).evaluate({}, now=NOW)
    expected = wanted
    assert literal(found) == expected


def test_every_function_is_covered():
    written = " ".join(text for text, _ in TABLE)
    assert [name for name in BUILTINS if f"{name}(" not in written] == []


def test_without_a_clock_there_is_no_today():
    assert feel.compile("[now(), today()]").evaluate({}) == [None, None]


def test_named_arguments():
    assert feel.compile('substring(start position: 2, string: "abc")').evaluate({}) == "bc"
    assert feel.compile("sum(list: [1, 2])").evaluate({}) == 3
    assert feel.compile('substring(text: "abc", start position: 2)').evaluate({}) is None


@settings(deadline=None, max_examples=100)
@given(
    st.from_regex(r"([ab.^$]|\[ab\]|\(a\|b\))[*+?]?([ab]|\(ab?\))[*+?]?\??", fullmatch=True),
    st.text("abc\n", max_size=8),
)
def test_both_matchers_agree(pattern, text):
    """Python's engine and the bounded one find the same, groups included."""
    try:
        compiled = Pattern(pattern, "")
    except ValueError:
        return
    match = None if compiled.native is None else compiled.native.search(text)
    places = None if match is None else tuple(place for span in match.regs for place in span)
    assert compiled.program().search(Run(), text) == places
