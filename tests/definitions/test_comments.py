"""Remarks pinned to elements (Đ9.1a)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from definitions import comments
from definitions.comments import WHOLE, CommentError
from definitions.elements import Element
from definitions.lifecycle import Act, State, Version
from rules.calendar import TZ

AT = datetime(2026, 11, 23, 9, tzinfo=TZ)
PHI = Element("fees.phi", "khoản thu “Phí”")
TEN = Element("form.pages.a.fields.ten", "trường “Họ tên”")
VERSION = Version(
    "v1", "9.000001", "h1", "t1", State.REGISTERED, "soan", (Act("register", "soan", AT, "h1"),), due=AT
)


def remark(element=PHI, text="Mức phí chưa đúng.", by="duyet", number="c1", at=AT):
    return comments.write(VERSION, element, text, by=by, at=at, comment_id=number)


def test_d9_1a_a_remark_says_whose_of_what_and_when():
    made = remark()
    assert (made.place, made.label, made.hash, made.registration) == ("fees.phi", PHI.label, "h1", 1)
    assert (made.procedure, made.version, made.by, made.at, made.open) == (
        "9.000001",
        "v1",
        "duyet",
        AT,
        True,
    )


def test_answers_are_threaded_and_whoever_asked_or_a_reviewer_settles():
    made = comments.answer(remark(), "Đã sửa theo nghị quyết.", "soan", AT + timedelta(hours=1))
    assert [(a.by, a.text) for a in made.answers] == [("soan", "Đã sửa theo nghị quyết.")]
    with pytest.raises(CommentError, match="Người nêu góp ý hoặc người thẩm định"):
        comments.settle(made, "soan", AT, reviewer=False)
    settled = comments.settle(made, "duyet2", AT, reviewer=True)
    assert (settled.open, settled.settled_by, settled.settled_at) == (False, "duyet2", AT)
    with pytest.raises(CommentError, match="đã được giải quyết"):
        comments.settle(settled, "duyet", AT, reviewer=True)
    with pytest.raises(CommentError, match="mở lại"):
        comments.answer(settled, "Còn nữa", "soan", AT)
    with pytest.raises(CommentError):
        comments.reopen(settled, "soan", reviewer=False)
    assert comments.reopen(settled, "duyet", reviewer=False).open


@pytest.mark.parametrize(("text", "words"), [("  \n", "viết góp ý"), ("a" * 4001, "4.000 ký tự")])
def test_an_empty_or_endless_remark_is_refused(text, words):
    with pytest.raises(CommentError, match=words):
        remark(text=text)


def test_places_are_taken_to_their_element_and_unknown_ones_refused():
    assert comments.place_of([PHI], "fees.phi.amount") == PHI
    assert comments.place_of([PHI], WHOLE).label == comments.WHOLE_LABEL
    with pytest.raises(CommentError, match="không có phần này"):
        comments.place_of([PHI], "cases.x")
    with pytest.raises(CommentError, match="còn lỗi"):
        comments.place_of([], PHI.place)


def test_an_element_that_went_away_keeps_its_remark_and_is_marked():
    made = [
        remark(PHI, number="c1"),
        remark(TEN, number="c2", at=AT + timedelta(minutes=1)),
        remark(Element(WHOLE, comments.WHOLE_LABEL), number="c3", at=AT + timedelta(minutes=2)),
        replace(comments.settle(remark(TEN, number="c4"), "duyet", AT, reviewer=True)),
    ]
    now = (TEN, Element("fees.khac", "khoản thu “Khác”"))
    found = comments.pinned(made, now)
    assert [(p.place, p.gone, p.open) for p in found] == [
        (WHOLE, False, 1),
        (TEN.place, False, 1),
        (PHI.place, True, 1),
    ]
    assert [c.id for c in found[1].comments] == ["c4", "c2"]
    assert found[2].label == PHI.label
    assert not any(group.gone for group in comments.pinned(made, ()))
    assert comments.open_at(made) == {PHI.place: 1, TEN.place: 1, WHOLE: 1}
