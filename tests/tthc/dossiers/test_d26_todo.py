"""Đ26.3, Đ26.4: what the applicant has to do now; what follows; how the date was counted."""

from dataclasses import replace

import pytest
from dossier_stories import (
    AGENCY,
    CALENDAR,
    EXAMINER,
    OWNER,
    RECEPTION,
    Story,
    a_file,
    a_paper,
    accepted,
    at,
    confirmed,
    definition,
    examined,
    ready,
    registration,
    submitted,
)

from tthc.dossiers import commands as cmd
from tthc.dossiers.state import SupplementItem
from tthc.portal.ahead import coming, counted
from tthc.portal.todo import todos, urgency
from tthc.web.story import applicant_story, public_story

MISSING = (SupplementItem("hop_dong", "Chụp mờ"), SupplementItem("shop_name", "Thiếu dấu"))


def kinds(story):
    return [one.kind for one in todos(story.dossier, 3, AGENCY, story.now)]


def test_d26_3_nothing_is_asked_of_the_applicant_while_others_have_it():
    for story in (submitted(), accepted(), examined(), confirmed()):
        assert kinds(story) == []


def test_d26_4_what_is_asked_for_is_named_with_who_asked():
    story = submitted()
    story.do(RECEPTION, cmd.RequestSupplement(MISSING))
    (one,) = todos(story.dossier, 3, AGENCY, story.now)
    assert one.kind == "supplement"
    assert one.title == "Bổ sung hồ sơ: Hợp đồng thuê, Tên cửa hàng"
    assert one.text == "Cán bộ Cán bộ tiep đề nghị lúc 08:00 ngày 01/06/2026 (thứ Hai)."
    story.do(OWNER, cmd.Supply(papers=(a_paper("hop_dong", "moi"),)))
    assert kinds(story) == []


def test_d26_4_a_draft_to_confirm_tells_the_day_after_which_silence_counts():
    story = examined()
    story.act(EXAMINER, "trinh", files=(a_file("du_thao"),))
    (one,) = todos(story.dossier, 3, AGENCY, story.now)
    assert (one.kind, one.until) == ("answer", at("02/06/2026 08:00"))
    assert "08:00 ngày 02/06/2026 (thứ Ba) mà chưa trả lời thì hệ thống coi như ông/bà đồng ý" in one.text


def test_d26_4_a_fee_that_comes_first_is_to_be_paid_before_acceptance():
    many = {"shop_name": "Tạp hóa Hoa", "points": "6"}
    story = submitted(answers=many, papers=(a_paper(), a_paper("ban_ve")))
    assert [(t.kind, t.title) for t in todos(story.dossier, 3, AGENCY, story.now)] == [
        ("pay", "Nộp 20.000 đồng")
    ]


def test_d26_4_a_result_at_the_counter_says_where_what_to_bring_and_what_to_pay():
    story = ready()
    (one,) = todos(story.dossier, 3, AGENCY, story.now)
    assert one.kind == "collect"
    for told in ("UBND xã A, Bản A", "giấy hẹn", "bản chính", "nộp 200.000 đồng"):
        assert told in one.text


def test_d8_2_a_result_by_post_asks_for_money_alone_and_then_for_nothing():
    story = ready()
    by_post = replace(story.dossier, receive_by="post", postal_address="Bản B")
    assert [t.title for t in todos(by_post, 3, AGENCY, story.now)] == ["Nộp 200.000 đồng"]
    paid = replace(by_post, fees=tuple(replace(f, paid_at=story.now) for f in by_post.fees))
    assert todos(paid, 3, AGENCY, story.now) == ()


def test_d26_3_those_that_need_me_come_first_the_soonest_before_the_later():
    waits, asked, works = examined(), submitted(), accepted()
    waits.act(EXAMINER, "trinh", files=(a_file("du_thao"),))
    asked.do(RECEPTION, cmd.RequestSupplement(MISSING))
    done = submitted()
    done.do(OWNER, cmd.Withdraw("Thôi"))
    stories = {"done": done, "works": works, "asked": asked, "waits": waits}
    now = at("01/06/2026 09:00")

    def key(name):
        dossier = stories[name].dossier
        return urgency(todos(dossier, 3, AGENCY, now), dossier, now)

    assert sorted(stories, key=key) == ["waits", "asked", "works", "done"]


def test_d26_3_the_steps_that_usually_follow_are_told_without_those_that_may_not_come():
    assert coming(definition(), submitted().dossier) == (
        "Phân công",
        "Thẩm tra",
        "Phê duyệt",
        "Phát hành",
        "Trả kết quả",
    )
    assert coming(definition(), examined().dossier) == ("Phê duyệt", "Phát hành", "Trả kết quả")
    assert coming(definition(), ready().dossier) == ()


def test_d26_3_the_date_is_unfolded_into_the_days_counted():
    lines = [line.text for line in counted(accepted("01/06/2026 08:00").dossier, CALENDAR)]
    assert lines[-1] == "Hết hạn lúc 08:00 Thứ Hai 08/06/2026"
    assert sum("ngày thứ" in line for line in lines) == 5
    assert any("06/06/2026" in line and "nghỉ" in line for line in lines)
    assert counted(submitted().dossier, CALENDAR) == ()


def test_d26_3_the_owner_reads_who_has_it_since_when_and_until_when():
    dossier = examined().dossier
    here = next(
        line for line in applicant_story(dossier, CALENDAR, AGENCY, ["Phê duyệt"]) if line.state == "now"
    )
    assert here.text == (
        "Cán bộ vien, UBND xã A đang giữ từ 08:00 ngày 01/06/2026 (thứ Hai), hạn 08:00 ngày 02/06/2026 (thứ Ba)."
    )
    assert applicant_story(dossier, CALENDAR, AGENCY, ["Phê duyệt"])[-1].title == "Tiếp theo: Phê duyệt"


def test_d16_3_whoever_knows_the_number_reads_no_name():
    story = examined()
    told = " ".join(f"{line.title} {line.text}" for line in public_story(story.dossier, CALENDAR, AGENCY))
    assert "UBND xã A đang giữ" in told
    for name in ("Cán bộ", "Hoa", "vien"):
        assert name not in told


@pytest.mark.parametrize("taken", ["counter", "post"])
def test_d26_4_a_dossier_of_the_counter_has_its_things_to_do_too(taken):
    story = Story(now=at("01/06/2026 08:00"))
    story.do(RECEPTION, registration(receive_by=taken, postal_address="Bản B"))
    assert kinds(story) == []
