from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from definitions import calendars, lifecycle
from definitions.lifecycle import Content, LifecycleError, State
from rules.calendar import TZ

AT = datetime(2026, 11, 19, 10, tzinfo=TZ)
CALENDAR = calendars.shipped()


def drafted(version_id="v1", by="soan"):
    return lifecycle.draft(version_id, "9.000001", Content("h1", "t1"), by, AT)


def registered(at=AT):
    return lifecycle.register(drafted(), "soan", at, CALENDAR, lambda: ())


def approved(version_id="v1"):
    return lifecycle.approve(
        lifecycle.register(drafted(version_id), "soan", AT, CALENDAR, lambda: ()), "tham_dinh", AT
    )


def test_the_whole_life():
    version = approved()
    (version,) = lifecycle.publish([version], "v1", "cong_bo", AT, date(2026, 12, 1))
    assert version.state is State.PUBLISHED
    assert not version.in_force(date(2026, 11, 30))
    assert version.in_force(date(2026, 12, 1))
    (version,) = lifecycle.abolish(
        [version], "v1", "cong_bo", AT, last_day=date(2027, 3, 31), decision="Quyết định số 12/QĐ-UBND"
    )
    assert version.state is State.ABOLISHED
    assert version.in_force(date(2027, 3, 31))
    assert not version.in_force(date(2027, 4, 1))
    assert [act.kind for act in version.acts] == ["draft", "register", "approve", "publish", "abolish"]
    assert version.acts[-1].text == "Quyết định số 12/QĐ-UBND"
    assert {act.hash for act in version.acts} == {"h1"}


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (datetime(2019, 8, 29, 10), datetime(2019, 9, 4, 10)),
        (datetime(2026, 11, 19, 10), datetime(2026, 11, 25, 10)),
        (datetime(2026, 2, 13, 14), datetime(2026, 2, 25, 14)),
    ],
)
def test_d9_3b_review_is_due_in_three_working_days(at, due):
    assert registered(at.replace(tzinfo=TZ)).due == due.replace(tzinfo=TZ)


def test_d9_3a_the_gate_keeps_faults_out():
    with pytest.raises(LifecycleError, match=r"Thiếu phí\. \(và 1 lỗi khác\)") as caught:
        lifecycle.register(drafted(), "soan", AT, CALENDAR, lambda: ["Thiếu phí.", "Thiếu tên."])
    assert caught.value.rule == "Đ4.1"


def _send_back(version, by):
    return lifecycle.send_back(version, by, AT, "Sửa lại")


def _approve(version, by):
    return lifecycle.approve(version, by, AT)


@pytest.mark.parametrize("review", [_approve, _send_back])
def test_d9_3b_nobody_reviews_their_own_work(review):
    edited = lifecycle.edit(drafted(), Content("h2", "t2"), "giup", AT)
    edited = lifecycle.register(edited, "soan", AT, CALENDAR, lambda: ())
    for subject, who in ((registered(), "soan"), (edited, "giup"), (edited, "soan")):
        with pytest.raises(LifecycleError, match="không được tự thẩm định"):
            review(subject, who)


def test_d9_3b_sending_back_wants_reasons_and_allows_another_round():
    with pytest.raises(LifecycleError, match="lý do"):
        lifecycle.send_back(registered(), "tham_dinh", AT, "  ")
    returned = lifecycle.send_back(registered(), "tham_dinh", AT, "Thiếu căn cứ pháp lý")
    assert returned.state is State.RETURNED
    assert returned.acts[-1].text == "Thiếu căn cứ pháp lý"
    again = lifecycle.edit(returned, Content("h2", "t2"), "soan", AT)
    assert (again.state, again.hash, again.due, again.reviewer) == (State.DRAFT, "h2", None, None)
    assert lifecycle.register(again, "soan", AT, CALENDAR, lambda: ()).state is State.REGISTERED
    assert lifecycle.register(returned, "soan", AT, CALENDAR, lambda: ()).state is State.REGISTERED


def test_d24_3_only_what_was_approved_is_published():
    for version in (drafted(), registered(), lifecycle.send_back(registered(), "x", AT, "Sửa")):
        with pytest.raises(LifecycleError, match="đã duyệt"):
            lifecycle.publish([version], "v1", "cong_bo", AT, date(2026, 12, 1))


def test_what_is_registered_is_not_edited():
    for version in (registered(), approved()):
        with pytest.raises(LifecycleError, match="Không sửa được"):
            lifecycle.edit(version, Content("h2", "t2"), "soan", AT)


def test_publishing_does_not_reach_into_the_past():
    with pytest.raises(LifecycleError, match="lùi ngày"):
        lifecycle.publish([approved()], "v1", "cong_bo", AT, date(2026, 11, 18))
    (version,) = lifecycle.publish([approved()], "v1", "x", AT, date(2026, 11, 19))
    with pytest.raises(LifecycleError, match="lùi ngày"):
        lifecycle.abolish([version], "v1", "x", AT, last_day=date(2026, 11, 1), decision="QĐ 1")


def test_d24_3_abolishing_wants_a_decision():
    (version,) = lifecycle.publish([approved()], "v1", "x", AT, date(2026, 11, 19))
    with pytest.raises(LifecycleError, match="quyết định"):
        lifecycle.abolish([version], "v1", "x", AT, last_day=date(2026, 12, 1), decision="")


def test_an_unknown_version_is_told():
    with pytest.raises(LifecycleError, match="Không tìm thấy"):
        lifecycle.publish([], "v9", "x", AT, date(2026, 12, 1))


def test_a_new_version_ends_the_old_one_on_the_eve():
    first = lifecycle.publish([approved("v1")], "v1", "x", AT, date(2026, 11, 20))
    after = lifecycle.publish((*first, approved("v2")), "v2", "x", AT, date(2027, 1, 1))
    old, new = after
    assert (old.state, old.end) == (State.SUPERSEDED, date(2026, 12, 31))
    assert (new.state, new.start, new.end) == (State.PUBLISHED, date(2027, 1, 1), None)
    assert lifecycle.in_force(after, date(2026, 12, 31)).id == "v1"
    assert lifecycle.in_force(after, date(2027, 1, 1)).id == "v2"


def test_abolishing_a_version_to_come_ends_the_one_in_force_too():
    first = lifecycle.publish([approved("v1")], "v1", "x", AT, date(2026, 11, 20))
    both = lifecycle.publish((*first, approved("v2")), "v2", "x", AT, date(2027, 1, 1))
    after = lifecycle.abolish(both, "v2", "x", AT, last_day=date(2026, 11, 30), decision="QĐ 1")
    assert lifecycle.in_force(after, date(2026, 11, 30)).id == "v1"
    assert [lifecycle.in_force(after, date(2026, 12, 1) + timedelta(days=n)) for n in (0, 30, 31, 60)] == [
        None
    ] * 4


def test_a_successor_takes_over_from_a_version_abolished_for_later():
    first = lifecycle.publish([approved("v1")], "v1", "x", AT, date(2026, 11, 20))
    abolished = lifecycle.abolish(first, "v1", "x", AT, last_day=date(2027, 3, 31), decision="QĐ 1")
    after = lifecycle.publish((*abolished, approved("v2")), "v2", "x", AT, date(2027, 1, 1))
    assert lifecycle.in_force(after, date(2026, 12, 31)).id == "v1"
    assert lifecycle.in_force(after, date(2027, 1, 1)).id == "v2"
    assert lifecycle.find(after, "v1").state is State.ABOLISHED


def test_no_version_is_law_before_the_day_it_says_itself():
    with pytest.raises(LifecycleError, match="từ 01/01/2027"):
        lifecycle.publish([approved()], "v1", "x", AT, date(2026, 12, 31), earliest=date(2027, 1, 1))


@pytest.mark.parametrize("seen", ["h0", ""])
def test_what_changed_since_the_reviewer_read_it_is_not_decided_on(seen):
    with pytest.raises(LifecycleError, match="đã thay đổi sau khi"):
        lifecycle.approve(registered(), "tham_dinh", AT, seen=seen)
    with pytest.raises(LifecycleError, match="đã thay đổi sau khi"):
        lifecycle.send_back(registered(), "tham_dinh", AT, "Sửa", seen=seen)
    assert lifecycle.approve(registered(), "tham_dinh", AT, seen="h1").state is State.APPROVED


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=6))
def test_no_day_has_two_versions_in_force(publications):
    """Whatever is published from whatever day, in whatever order: at most one is law, the last published wins."""
    versions = ()
    for number, (when, ahead) in enumerate(publications):
        at = AT + timedelta(days=when)
        start = at.date() + timedelta(days=ahead)
        versions = lifecycle.publish((*versions, approved(f"v{number}")), f"v{number}", "x", at, start)
        for day in range(100):
            standing = [v.id for v in versions if v.in_force(AT.date() + timedelta(days=day))]
            assert len(standing) <= 1
        assert lifecycle.in_force(versions, start).id == f"v{number}"


def test_every_state_has_a_name_for_people():
    assert all(state.label for state in State)


def test_d9_3b_what_the_review_has_not_settled_keeps_it_from_being_approved():
    with pytest.raises(LifecycleError, match="chưa duyệt được: Đ2: Đúng văn bản"):
        lifecycle.approve(registered(), "tham_dinh", AT, gate=lambda: ["Đ2: Đúng văn bản."])


def test_d9_3b_a_reviewer_approves_with_edits_and_the_act_says_so():
    mended = Content("h2", "t2")
    with pytest.raises(LifecycleError, match="đã thay đổi sau khi"):
        lifecycle.approve(registered(), "tham_dinh", AT, seen="h1", mended=mended)
    with pytest.raises(LifecycleError, match="không được tự thẩm định"):
        lifecycle.approve(registered(), "soan", AT, seen="h2", mended=mended)
    version = lifecycle.approve(registered(), "tham_dinh", AT, "Sửa phí.", seen="h2", mended=mended)
    assert (version.state, version.hash, version.text) == (State.APPROVED, "h2", "t2")
    assert [(act.kind, act.by, act.hash) for act in version.acts[-2:]] == [
        ("register", "soan", "h1"),
        ("approve_with_edits", "tham_dinh", "h2"),
    ]


def restored(versions, by="kiem_soat", fresh="v3", **changed):
    asked = {
        "calendar": CALENDAR,
        "reason": "Sai",
        "start": date(2026, 12, 20),
        "gate": lambda: (),
        **changed,
    }
    return lifecycle.roll_back(versions, "v1", fresh, by, AT, **asked)


def two_published():
    first, second = approved("v1"), lifecycle.draft("v2", "9.000001", Content("h2", "t2"), "soan", AT)
    second = lifecycle.approve(lifecycle.register(second, "soan", AT, CALENDAR, lambda: ()), "tham_dinh", AT)
    versions = lifecycle.publish([first, second], "v1", "cong_bo", AT, date(2026, 12, 1))
    with pytest.raises(LifecycleError, match="chỉ khôi phục được khi"):
        restored(versions)
    return lifecycle.publish(versions, "v2", "cong_bo", AT, date(2026, 12, 10))


def test_d24_3_an_earlier_version_comes_back_through_the_gate_with_a_reason():
    versions = two_published()
    with pytest.raises(LifecycleError, match="ghi rõ lý do"):
        restored(versions, reason=" ")
    with pytest.raises(LifecycleError, match="Không khôi phục lùi ngày"):
        restored(versions, start=date(2020, 1, 1))
    with pytest.raises(LifecycleError, match=r"chưa khôi phục được: Thiếu phí\."):
        restored(versions, gate=lambda: ["Thiếu phí."])
    versions = restored(versions, reason="Bản mới tính sai phí.")
    again = lifecycle.find(versions, "v3")
    assert (again.state, again.hash, again.text, again.restores) == (State.REGISTERED, "h1", "t1", "v1")
    assert [(act.kind, act.text) for act in again.acts] == [
        ("roll_back", "Bản mới tính sai phí."),
        ("register", ""),
    ]
    with pytest.raises(LifecycleError, match="đang chờ thẩm định"):
        restored(versions, fresh="v4")


def test_d9_3b_whoever_asks_for_an_earlier_version_does_not_approve_it():
    versions = restored(two_published())
    again = lifecycle.find(versions, "v3")
    assert again.due == lifecycle.find(versions, "v1").due  # registered at the same time
    with pytest.raises(LifecycleError, match="không được tự thẩm định"):
        lifecycle.approve(again, "kiem_soat", AT)
    agreed = lifecycle.approve(again, "tham_dinh", AT)
    versions = [agreed if version.id == "v3" else version for version in versions]
    with pytest.raises(LifecycleError, match="đang chờ công bố"):
        restored(versions, fresh="v4")
    versions = lifecycle.publish(versions, "v3", "cong_bo", AT, date(2026, 12, 20))
    assert lifecycle.in_force(versions, date(2026, 12, 20)).id == "v3"
    assert lifecycle.in_force(versions, date(2026, 12, 19)).id == "v2"
    assert lifecycle.origin(versions, lifecycle.find(versions, "v3")).id == "v1"


def test_a_restored_text_that_is_changed_is_no_longer_called_restored():
    again = lifecycle.find(restored(two_published()), "v3")
    mended = lifecycle.approve(again, "tham_dinh", AT, mended=Content("h3", "t3"))
    assert (mended.restores, lifecycle.restored_because(mended)) == ("", "Sai")
    returned = lifecycle.send_back(again, "tham_dinh", AT, "Thiếu căn cứ.")
    assert returned.restores == "v1"
    assert lifecycle.edit(returned, Content("h3", "t3"), "kiem_soat", AT).restores == ""
