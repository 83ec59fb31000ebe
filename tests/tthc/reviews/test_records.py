"""What a review keeps: remarks under their revision, ticks of one registration, notices to whoever is concerned."""

from dataclasses import replace
from datetime import timedelta

import pytest

from definitions import comments
from definitions.checklist import Tick
from definitions.comments import CommentError
from definitions.elements import Element
from definitions.lifecycle import Act, State, Version
from definitions.review_time import Stage
from tthc.accounts.model import Account
from tthc.notices.reading import Notes
from tthc.reviews.remarks import Remarks
from tthc.reviews.store import Reviews
from tthc.reviews.telling import Telling

pytestmark = pytest.mark.database


@pytest.fixture
def version(now):
    acts = (Act("draft", "soan", now, "h1"), Act("register", "soan", now, "h1"))
    return Version("v1", "9.000001", "h1", "t1", State.REGISTERED, "soan", acts, due=now + timedelta(days=3))


class People:
    def staff_in_role(self, role):
        return {
            "tham_dinh_cau_hinh": (Account(key="duyet", kind="staff", name="D", login="d"),),
            "cong_bo_ky_thuat": (Account(key="congbo", kind="staff", name="C", login="c"),),
        }[role]


def test_two_answers_at_once_are_both_kept(mongo_database, version, now):
    remarks = Remarks(mongo_database)
    remarks.ensure_indexes()
    made = comments.write(
        version, Element("fees.phi", "khoản thu “Phí”"), "Sai.", by="duyet", at=now, comment_id="c1"
    )
    remarks.add(made)
    assert remarks.of("9.000001", "v1") == (made,)

    def answered(words):
        return lambda comment: comments.answer(comment, words, "soan", now)

    def late(comment):
        if not comment.answers:  # somebody else's answer comes between reading and writing
            remarks.change("9.000001", "v1", "c1", answered("Một"))
        return answered("Hai")(comment)

    after = remarks.change("9.000001", "v1", "c1", late)
    assert [answer.text for answer in after.answers] == ["Một", "Hai"]
    assert remarks.of("9.000001", "v1") == (after,)
    assert remarks.open_counts(["v1", "v2"]) == {"v1": 1}
    with pytest.raises(CommentError, match="Không tìm thấy"):
        remarks.change("9.000001", "v2", "c1", answered("Ba"))


def test_a_new_registration_begins_a_new_review(mongo_database, version, now):
    reviews = Reviews(mongo_database)
    reviews.tick(version, Tick("dung_van_ban", "duyet", now, "QĐ 12"))
    reviews.reminded(version, (Stage.HALF,), now)
    found = reviews.of(version)
    assert found.ticks["dung_van_ban"] == Tick("dung_van_ban", "duyet", now, "QĐ 12")
    assert found.reminded == {Stage.HALF}
    again = replace(version, acts=(*version.acts, Act("register", "soan", now, "h2")))
    assert (reviews.of(again).ticks, reviews.of(again).reminded) == ({}, frozenset())
    reviews.untick(version, "dung_van_ban")
    assert reviews.of(version).ticks == {}


def test_those_concerned_are_told_of_an_act_once_and_not_whoever_did_it(mongo_database, version, now):
    telling, notes = Telling(mongo_database, People()), Notes(mongo_database)
    telling.act(version, "Thủ tục mẫu", now)
    telling.act(version, "Thủ tục mẫu", now)
    assert [note.to for note in notes.of(["duyet", "soan", "congbo"])] == ["duyet"]
    approved = replace(version, acts=(*version.acts, Act("approve", "duyet", now, "h1", "Đúng.")))
    telling.act(approved, "Thủ tục mẫu", now)
    (told,) = notes.of(["soan"])
    assert told.body == "“Thủ tục mẫu” (9.000001).\nĐúng."
    assert told.link.endswith("/9.000001/v1/tham-dinh")
    assert "/" not in told.id
    assert len(notes.of(["congbo"])) == 1 and len(notes.of(["duyet"])) == 1
