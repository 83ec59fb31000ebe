"""Rows in a form: what is posted is kept as typed, and what is wrong with a row is said at it."""

from datetime import date
from decimal import Decimal

from condition_rows import CONDITIONS, KNOWN
from hypothesis import given

from definitions.conditions import Comparison, Row, rows
from definitions.conditions.posting import (
    Draft,
    GroupDraft,
    RowDraft,
    act,
    collect,
    condition_of,
    draft_of,
    settled,
)


def form_of(draft, prefix="d"):
    """As a browser would send it."""
    form = {f"{prefix}.mode": [draft.mode], f"{prefix}.count": [str(len(draft.items))]}

    def put(name, row):
        form[f"{name}.path"], form[f"{name}.comparison"] = [row.path], [row.comparison]
        form[f"{name}.value"] = list(row.values)

    for at, item in enumerate(draft.items):
        if isinstance(item, GroupDraft):
            form[f"{prefix}.{at}.count"] = [str(len(item.rows))]
            for inner, row in enumerate(item.rows):
                put(f"{prefix}.{at}.{inner}", row)
        else:
            put(f"{prefix}.{at}", item)
    return form


@given(CONDITIONS)
def test_what_is_posted_is_what_was_shown(condition):
    draft = draft_of(condition)
    again = collect(form_of(draft), "d")
    assert again.mode == draft.mode
    assert [row.path for _, row in again.placed] == [row.path for _, row in draft.placed]


def test_typed_values_become_values():
    draft = Draft(
        "all",
        (
            RowDraft("copies", "between", ("1,5", "1.000")),
            RowDraft("born", "less", ("1/9/2008",)),
            RowDraft("owner.name", "one_of", ("Lò Thị Hoa; Vì Văn An",)),
        ),
    )
    found, told = condition_of(draft, KNOWN)
    assert not told.errors
    assert found == rows(
        "all",
        [
            Row("copies", Comparison.BETWEEN, (Decimal("1.5"), Decimal(1000))),
            Row("born", Comparison.LESS, (date(2008, 9, 1),)),
            Row("owner.name", Comparison.ONE_OF, ("Lò Thị Hoa", "Vì Văn An")),
        ],
    )


def test_each_wrong_row_says_what_to_do():
    draft = Draft(
        "any",
        (
            RowDraft(),
            RowDraft("kind", "is", ("khac",)),
            GroupDraft(
                (RowDraft("copies", "more", ("ba",)), RowDraft("born", "between", ("2/1/2020", "1/1/2020")))
            ),
            RowDraft("gone", "is", ("x",)),
        ),
    )
    found, told = condition_of(draft, KNOWN)
    assert found is None
    assert dict(told.errors) == {
        "0": "Chọn điều cần hỏi.",
        "1": "“khac” chưa đúng. Chọn một giá trị của “Loại”.",
        "2.0": "“ba” chưa đúng. Nhập một số, ví dụ 12 hoặc 1,5.",
        "2.1": "Giá trị “từ” phải không lớn hơn giá trị “đến”.",
        "3": "Không còn “gone”; chọn điều cần hỏi khác.",
    }


def test_buttons_add_and_remove():
    one = act(Draft(), "d:add", "d")
    two = act(one, "d:group", "d")
    more = act(two, "d.1:add", "d")
    assert [len(item.rows) if isinstance(item, GroupDraft) else 1 for item in more.items] == [1, 3]
    assert act(act(more, "d.1:remove:0", "d"), "d:remove:0", "d").items == (GroupDraft(),)
    for other in ("e:add", "d.0:add", "d.9:add", "d:remove:9", "d:x", "d.1.1:add", ""):
        assert act(more, other, "d") == more


def test_another_field_gets_its_own_comparisons():
    draft = settled(Draft("all", (RowDraft("born", "has"), RowDraft("kind", "is_not"))), KNOWN)
    assert [row.comparison for _, row in draft.placed] == ["less", "is_not"]
