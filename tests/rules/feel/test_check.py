"""What is refused before anything is evaluated, and the types that are found."""

import pytest

from rules import feel
from rules.feel import FeelError, T

NAMES = {
    "n": T.NUMBER,
    "s": T.STRING,
    "yes": T.BOOLEAN,
    "day": T.DATE,
    "at": T.DATE_TIME,
    "rows": T.list_of(T.context({"name": T.STRING, "size": T.NUMBER})),
    "who": T.context({"name": T.STRING, "born": T.DATE}),
    "any": T.ANY,
    "họ tên": T.STRING,
}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("n + 1", "number"),
        ("s + s", "string"),
        ('day + @"P1D"', "date"),
        ("at - at", "days and time duration"),
        ("n > 1 and yes", "boolean"),
        ("if yes then n else null", "number"),
        ("if yes then n else s", "any"),
        ("rows[1].size", "number"),
        ("rows.size", "list"),
        ("rows[size > 1]", "list"),
        ("sum(rows.size)", "number"),
        ("max(1, 2)", "number"),
        ("for r in rows return r.name", "list"),
        ("who.born.year", "number"),
        ("{a: n}.a", "number"),
        ("string(n)", "string"),
        ("họ tên", "string"),
        ("any + 1", "number"),
        ("any * 1", "any"),
        ("any * 2 > 3", "boolean"),
        ("[n..10]", "range"),
        ("function(x) x", "function"),
        ("(function(x: number) x + 1)(2)", "number"),
        ("today()", "date"),
        ("some r in rows satisfies r.size > 1", "boolean"),
        ("null", "null"),
    ],
)
def test_types(text, kind):
    assert feel.compile(text, NAMES).type.kind == kind


@pytest.mark.parametrize(
    ("text", "code", "part", "suggestion"),
    [
        ("m + 1", "name", "Không có trường “m”", None),
        ("ho_ten", "name", "“ho_ten”", "họ tên"),
        ("whoo.name", "name", "“whoo”", "who"),
        ("who.nam", "field", "Có phải ông/bà muốn viết “name”?", "name"),
        ("rows.sise", "field", "“sise”", "size"),
        ("rows[sise > 1]", "name", "“sise”", "size"),
        ("for r in rows return r.nme", "field", "“nme”", "name"),
        ("n.year", "type", "không có trường nào", None),
        ("day.yaer", "field", "“yaer”", "year"),
        ("cout(rows)", "function", "Không có hàm “cout”", "count"),
        ("n(1)", "function", "không gọi như hàm", None),
        ("substring(s)", "argument", "substring(string, start position, [length])", None),
        ("substring(s, s)", "argument", "“start position”", None),
        ("sum(a: 1)", "argument", "không nhận", None),
        ("s + n", "type", "string(…)", None),
        ("n - s", "type", "Không trừ số với chuỗi ký tự", None),
        ("-s", "type", "Dấu trừ", None),
        ("n = s", "type", "Không so sánh số với chuỗi ký tự", None),
        ("day < at", "type", "date(…)", None),
        ("day - at", "type", "date(…)", None),
        ("yes < yes", "type", "“<”", None),
        ("n and yes", "type", "Mỗi vế của “and”", None),
        ("if n then 1 else 2", "type", "Điều kiện của “if”", None),
        ('n in ["a", "b"]', "type", "Không so sánh", None),
        ("n between day and day", "type", "Không so sánh", None),
        ("rows[s]", "type", "Điều kiện lọc", None),
        ("every r in rows satisfies r.size", "type", "satisfies", None),
        ("n instance of nunber", "type", "kiểu dữ liệu “nunber”", "number"),
        ("[1..s]", "type", "Không so sánh", None),
        ("(function(x) x)(1, 2)", "argument", "cần 1 đối số", None),
    ],
)
def test_refusals(text, code, part, suggestion):
    with pytest.raises(FeelError) as caught:
        feel.compile(text, NAMES)
    assert caught.value.code == code
    assert part in caught.value.message
    assert caught.value.suggestion == suggestion


@pytest.mark.parametrize(
    "text",
    [
        "any.whatever[item > 1]",
        "any[x = 1]",
        "count(n)",
        "n = null",
        "day in [day..day]",
        "n in rows.size",
        's in (s, "x")',
    ],
)
def test_what_may_be_right_is_accepted(text):
    assert feel.compile(text, NAMES).text == text


def test_without_check_names_are_only_recognised():
    assert feel.compile("họ tên + 1", NAMES, check=False).evaluate({"họ tên": "a"}) is None
