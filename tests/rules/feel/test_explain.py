"""Expressions told to people."""

import pytest

from definitions.explain import said_yes_or_no
from renderers.catalogue import translations
from rules import feel
from rules.i18n import speaking

LABELS = {
    "documents": "Danh sách giấy tờ",
    "documents.pages": "Số trang",
    "documents.copies": "Số bản",
    "born": "Ngày sinh",
    "channel": "Hình thức nộp",
    "reason": "Lý do",
    "mother.name": "Họ tên mẹ",
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("true", "Đúng"),
        ("reason = null", "“Lý do” để trống"),
        ("mother.name != null", "“Họ tên mẹ” có giá trị"),
        (
            'if channel = "online" then 115000 else 135000',
            "Nếu “Hình thức nộp” là “online” thì 115.000, nếu không thì 135.000",
        ),
        ("born <= today()", "“Ngày sinh” không muộn hơn ngày hôm nay"),
        ('born > date("2020-01-02")', "“Ngày sinh” sau 02/01/2020"),
        ('born in [@"2020-01-01"..@"2021-01-01")', "“Ngày sinh” từ 01/01/2020 đến dưới 01/01/2021"),
        ('channel in ["online", "post"]', "“Hình thức nộp” là một trong: “online”, “post”"),
        ("documents[1].pages > 2.5", "“Số trang” của (mục thứ 1 của “Danh sách giấy tờ”) lớn hơn 2,5"),
        (
            "count(documents[pages > 3]) <= 5",
            "Số mục của (các mục của “Danh sách giấy tờ” mà “Số trang” lớn hơn 3) không quá 5",
        ),
        (
            "sum(for d in documents return d.copies * 2000)",
            "Tổng của “Số bản” nhân 2.000, tính cho mỗi mục “d” của “Danh sách giấy tờ”",
        ),
        (
            "every d in documents satisfies d.pages >= 1",
            "Với mỗi mục “d” của “Danh sách giấy tờ”: “Số trang” không nhỏ hơn 1",
        ),
        ("reason = null and (born = null or true)", "“Lý do” để trống và (“Ngày sinh” để trống hoặc đúng)"),
        ("unknown(1)", "unknown(1)"),
        ('born + @"P1Y2M"', "“Ngày sinh” cộng 1 năm 2 tháng"),
    ],
)
def test_sentences(text, said):
    assert feel.compile(text).explain(LABELS) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-", "Số trang: bất kỳ"),
        ("< 5", "“Số trang” nhỏ hơn 5"),
        ("[1..5)", "“Số trang” từ 1 đến dưới 5"),
        ("1, 2", "“Số trang” là một trong: 1, 2"),
        ("not(1, 2)", "không phải: “Số trang” là một trong: 1, 2"),
        ("? > 3 and ? < 5", "“Số trang” lớn hơn 3 và “Số trang” nhỏ hơn 5"),
        ("null", "“Số trang” là trống"),
    ],
)
def test_cells_of_tables(text, said):
    assert feel.compile_unary(text).explain("Số trang") == said


@pytest.mark.parametrize(
    "text",
    [
        "-a * (b - 1) ** 2 / 3",
        "{a: 1, b: [1, 2]}.b[-1]",
        "for i in 1..3, j in [1..2] return i + j",
        "some x in a satisfies x instance of list<number>",
        "sort(a, function(x, y) x < y)",
        "a between 1 and 2",
        "a in (< 5, [7..8], (9), b)",
        "(> 5)",
        'substring(string: "a", start position: 1)',
        '[@"10:30:00", @"2026-01-01T10:30:00", @"-P1DT2H", @"PT0S", []]',
        "if a then 1 else if b then 2 else 3",
        'min(1, 2, 3) + time("10:00:00").hour',
        "(function(x) x)(1)",
        "a = true or b != false",
    ],
)
def test_everything_can_be_told(text):
    said = feel.compile(text).explain()
    assert said
    assert "biểu thức" not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("true", "True"),
        ("reason = null", "“Lý do” is left blank"),
        (
            'mother.name != null and channel != "online"',
            "“Họ tên mẹ” is given and “Hình thức nộp” is not “online”",
        ),
        ('born > date("2020-01-02")', "“Ngày sinh” is after 2 Jan 2020"),
        ('born + duration("P1Y2M") <= today()', "“Ngày sinh” plus 1 year 2 months is not later than today"),
        ("count(documents) in [2..5)", "The number of items of “Danh sách giấy tờ” is from 2 to less than 5"),
        (
            "min(2000 * count(documents), 1234567.5)",
            "The smaller of (2,000 times the number of items of “Danh sách giấy tờ”) and 1,234,567.5",
        ),
        (
            "sum(for d in documents return d.copies * 2000)",
            "The sum of “Số bản” times 2,000, worked out for each item “d” of “Danh sách giấy tờ”",
        ),
        (
            "some d in documents satisfies d.pages > 3",
            "There is at least one item (item “d” of “Danh sách giấy tờ”) for which “Số trang” is more than 3",
        ),
        ('if channel = "online" then 1 else 2', "If “Hình thức nộp” is “online” then 1, otherwise 2"),
        (
            "documents[-1].pages in (1, >= 4)",
            "“Số trang” of (the last item of “Danh sách giấy tờ”) is 1 or “Số trang” of (the last item of “Danh sách giấy tờ”) is at least 4",
        ),
    ],
)
def test_readers_of_english_are_told_in_english(text, said):
    with speaking(translations("en")):
        assert feel.compile(text).explain(LABELS) == said


@pytest.mark.parametrize(
    ("text", "vietnamese", "english"),
    [
        ("reason = true", "trả lời Có cho “Lý do”", "you answer Yes to “Lý do”"),
        ("reason != true", "không trả lời Có cho “Lý do”", "you do not answer Yes to “Lý do”"),
        ("reason = false", "trả lời Không cho “Lý do”", "you answer No to “Lý do”"),
        ("reason != false", "không trả lời Không cho “Lý do”", "you do not answer No to “Lý do”"),
        ("reason = null", "chưa trả lời “Lý do”", "you have not answered “Lý do”"),
        ("reason != null", "đã trả lời “Lý do”", "you have answered “Lý do”"),
        ("born != null", "“Ngày sinh” có giá trị", "“Ngày sinh” is given"),
    ],
)
def test_what_is_answered_yes_or_no_is_told_so_in_both_languages(text, vietnamese, english):
    expression, asked = feel.compile(text), frozenset({"Lý do"})
    assert said_yes_or_no(expression.explain(LABELS), asked) == vietnamese
    with speaking(translations("en")):
        assert said_yes_or_no(expression.explain(LABELS), asked) == english
