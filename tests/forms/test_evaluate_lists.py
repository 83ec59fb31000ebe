from datetime import datetime
from decimal import Decimal

import pytest

from forms.evaluate import evaluate
from forms.model import Check, Field, Form, Page
from rules.calendar import TZ
from rules.feel import compile as feel

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)

TITLE = Field("title", "text", "Tên giấy tờ", required=True)
PAGES = Field("pages", "integer", "Số trang", required=True, min=feel("1"))
COPIES = Field("copies", "integer", "Số bản", default=1, max=feel("200"))
DOCUMENTS = Field(
    "documents", "list", "Danh sách giấy tờ", item=(TITLE, PAGES, COPIES), min=feel("1"), item_label="Giấy tờ"
)
FEE = Field(
    "fee",
    "computed",
    "Phí",
    compute=feel(
        "sum(for d in documents return"
        " d.copies * min(200000, 2000 * min(d.pages, 2) + 1000 * max(d.pages - 2, 0)))"
    ),
)


def run(fields, answers, **scope):
    return evaluate(Form((Page("one", "Một", tuple(fields)),)), answers, scope, NOW)


def messages(submission) -> list[tuple[str, str]]:
    return [(error.path, error.message) for error in submission.errors]


def test_rows_are_read_and_computed_with():
    sub = run([DOCUMENTS, FEE], {"documents": [{"title": "Bằng tốt nghiệp", "pages": "5", "copies": "3"}]})
    assert sub.valid
    assert sub.clean == {"documents": [{"title": "Bằng tốt nghiệp", "pages": 5, "copies": 3}], "fee": 21000}
    assert sub.values["documents"] == [
        {"title": "Bằng tốt nghiệp", "pages": Decimal(5), "copies": Decimal(3)}
    ]
    assert sub.visible == {"documents", "documents.0.title", "documents.0.pages", "documents.0.copies", "fee"}
    assert sub.required == {"documents.0.title", "documents.0.pages"}
    assert run([DOCUMENTS, FEE], {"documents": [{"title": "x", "pages": 250}]}).values["fee"] == 200000


def test_each_row_tells_its_own_mistakes():
    sub = run([DOCUMENTS], {"documents": [{"title": "a", "pages": "0"}, {"pages": "hai", "copies": "201"}]})
    assert messages(sub) == [
        ("documents.0.pages", "Nhập số từ 1 trở lên"),
        ("documents.1.title", "Nhập tên giấy tờ"),
        ("documents.1.pages", "Nhập số bằng chữ số, ví dụ 12"),
        ("documents.1.copies", "Nhập số không quá 200"),
    ]


def test_too_few_and_too_many_rows():
    assert messages(run([DOCUMENTS], {})) == [("documents", "Thêm ít nhất 1 giấy tờ")]
    two = Field("w", "list", "Nhân chứng", item=(TITLE,), min=feel("2"), max=feel("3"))
    assert messages(run([two], {"w": [{"title": "a"}]})) == [("w", "Thêm ít nhất 2 dòng (đang có 1)")]
    assert messages(run([two], {"w": [{"title": "a"}] * 4})) == [
        ("w", "Bớt còn nhiều nhất 3 dòng (đang có 4)")
    ]
    assert run([two], {"w": [{"title": "a"}] * 3}).valid
    unbounded = Field("w", "list", "x", item=(TITLE,))
    assert messages(run([unbounded], {"w": [{"title": "a"}] * 101})) == [
        ("w", "Bớt còn nhiều nhất 100 dòng (đang có 101)")
    ]
    assert run([unbounded], {}).valid
    assert run([unbounded], {}).values == {"w": []}


def test_a_required_list_needs_a_row():
    needed = Field("w", "list", "Nhân chứng", item=(TITLE,), required=True)
    assert messages(run([needed], {})) == [("w", "Thêm ít nhất 1 dòng")]
    assert run([needed], {}).required == {"w"}


def test_a_row_left_blank_counts_as_no_row():
    sub = run([DOCUMENTS], {"documents": [{}, {"title": "a", "pages": 1}, {"title": " ", "pages": None}]})
    assert sub.valid
    assert sub.clean == {"documents": [{"title": "a", "pages": 1, "copies": 1}]}
    assert "documents.2.title" in sub.visible
    assert "documents.2.title" in sub.required


def test_a_blank_row_is_asked_for_where_one_is_lacking():
    sub = run([DOCUMENTS], {"documents": [{}]})
    assert messages(sub) == [
        ("documents.0.title", "Nhập tên giấy tờ"),
        ("documents.0.pages", "Nhập số trang"),
    ]
    loose = Field("w", "list", "x", item=(Field("t", "text", "t"),), min=feel("1"))
    assert messages(run([loose], {"w": [{}]})) == [("w", "Thêm ít nhất 1 dòng")]


def test_a_row_sees_itself_and_the_form_and_itself_first():
    reason = Field("reason", "text", "Lý do", required=True, visible=feel("copies > limit"))
    copies = Field("copies", "integer", "Số bản")
    rows = Field("rows", "list", "Dòng", item=(reason, copies))
    limit = Field("limit", "integer", "Mức")
    sub = run(
        [rows, limit, Field("copies", "integer", "x")],
        {"rows": [{"copies": 3}, {"copies": 1}], "limit": 2, "copies": 9},
    )
    assert messages(sub) == [("rows.0.reason", "Nhập lý do")]
    assert "rows.1.reason" not in sub.visible
    assert sub.values["rows"][1] == {"reason": None, "copies": Decimal(1)}


def test_a_hidden_field_of_a_row_hides_the_forms_own_of_that_name():
    inner = Field("kind", "text", "k", visible=feel("false"))
    seen = Field("seen", "text", "s", visible=feel("kind = null"))
    rows = Field("rows", "list", "Dòng", item=(inner, seen))
    sub = run([Field("kind", "text", "k"), rows], {"kind": "a", "rows": [{"kind": "b", "seen": "x"}]})
    assert sub.values["rows"] == [{"kind": None, "seen": "x"}]
    assert sub.clean["rows"] == [{"seen": "x"}]


def test_rows_compute_and_check():
    over = Check(feel("copies <= total"), "Số bản không quá tổng số")
    rows = Field(
        "rows",
        "list",
        "Dòng",
        item=(
            Field("double", "computed", "d", compute=feel("copies * 2")),
            Field("copies", "integer", "Số bản", checks=(over,)),
        ),
        checks=(Check(feel("sum(rows.copies) <= total"), "Cộng các dòng không quá tổng số"),),
    )
    total = Field("total", "integer", "Tổng")
    assert messages(run([rows, total], {"rows": [{"copies": 3}, {"copies": 9}], "total": 5})) == [
        ("rows.1.copies", "Số bản không quá tổng số")
    ]
    assert messages(run([rows, total], {"rows": [{"copies": 3}, {"copies": 4}], "total": 5})) == [
        ("rows", "Cộng các dòng không quá tổng số")
    ]
    assert run([rows, total], {"rows": [{"copies": 3}], "total": 5}).clean["rows"] == [
        {"double": 6, "copies": 3}
    ]


def test_the_number_of_rows_may_depend_on_an_answer():
    rows = Field(
        "children", "list", "Con", item=(Field("n", "text", "Tên"),), min=feel("count_"), max=feel("count_")
    )
    count = Field("count_", "integer", "Số con")
    assert messages(run([rows, count], {"count_": 2, "children": [{"n": "a"}]})) == [
        ("children", "Thêm ít nhất 2 dòng (đang có 1)")
    ]
    assert run([rows, count], {"count_": 1, "children": [{"n": "a"}]}).valid


def test_a_hidden_list_is_absent():
    rows = Field("rows", "list", "Dòng", item=(TITLE,), min=feel("1"), visible=feel("more"))
    sub = run([Field("more", "yes_no", "m"), rows], {"more": False, "rows": [{"title": "\x00"}]})
    assert sub.valid
    assert sub.visible == {"more"}
    assert sub.values == {"more": False}


def test_lists_within_lists():
    papers = Field("papers", "list", "Giấy tờ", item=(TITLE,), min=feel("1"))
    people = Field("people", "list", "Người", item=(Field("who", "text", "Tên"), papers))
    sub = run([people], {"people": [{"who": "Ân", "papers": [{"title": "a"}]}, {"who": "Páo"}]})
    assert messages(sub) == [("people.1.papers", "Thêm ít nhất 1 dòng")]
    assert "people.0.papers.0.title" in sub.visible
    assert sub.values["people"][0]["papers"] == [{"title": "a"}]


@pytest.mark.parametrize(
    "junk",
    [
        pytest.param([{}] * 1_000_000, id="million-rows"),
        pytest.param([{"title": "a", "pages": 1}] * 501, id="many"),
        [1],
        ["a"],
        [None],
        [[]],
        "abc",
        5,
        True,
        {"0": {}},
    ],
)
def test_what_is_no_list_of_rows_is_refused_at_the_list(junk):
    sub = run([DOCUMENTS, FEE], {"documents": junk})
    assert [path for path, _ in messages(sub)] == ["documents"]
    assert sub.values["documents"] == []


@pytest.mark.parametrize("junk", [None, 1, True, [], {}, "\x00", ["a"], {"d": {"m": 1}}])
def test_rows_with_other_things_in_them_never_crash(junk):
    rows = Field("rows", "list", "Dòng", item=(TITLE, PAGES, Field("on", "date", "Ngày"), DOCUMENTS))
    sub = run(
        [rows],
        {
            "rows": [
                {"title": junk, "pages": junk, "on": junk, "documents": junk, "strange": junk, "_row": junk}
            ]
        },
    )
    assert set(sub.visible) >= {"rows"}
