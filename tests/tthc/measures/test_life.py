"""A life tells what measures need of a history: who solves it, what stood still, who was asked, whose it was."""

from dataclasses import replace
from datetime import timedelta

from dossier_stories import (
    CALENDAR,
    ELSEWHERE,
    EXAMINER,
    HEAD_OF_UNIT,
    LEADER,
    OWNER,
    RECEPTION,
    SECOND_EXAMINER,
    Story,
    a_file,
    accepted,
    at,
    definition,
    examined,
    immediate,
    ready,
    registration,
    submission,
    submitted,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from test_asking import ASKING, ask
from test_properties import play, scripts, started

from tthc.dossiers import commands as cmd
from tthc.dossiers.state import SupplementItem
from tthc.measures.completeness import missing, missing_at
from tthc.measures.counting import due_soon
from tthc.measures.life import Stand, life_of
from tthc.measures.work import by_handler, by_unit, live, standing, total, work
from tthc.reports import kept

END = at("01/07/2026 00:00")


@settings(deadline=None, max_examples=40)
@given(st.booleans(), scripts)
def test_d11_2_a_life_says_of_now_what_the_dossier_says(counter, script):
    story = started(counter)
    play(story, script)
    dossier, life = story.dossier, life_of(story.dossier)
    last = life.marks[-1]
    assert last.solved_at == ((dossier.solved_at or dossier.ended_at) if dossier.accepted_at else None)
    assert last.due == (dossier.deadline.by_law if dossier.deadline and dossier.accepted_at else None)
    assert len(life.apologies) == dossier.apologies
    assert len(life.supplements) == dossier.supplements_in_solving
    assert len(life.extensions) == (len(dossier.deadline.extensions) if dossier.deadline else 0)
    assert [m.at for m in life.marks] == sorted(m.at for m in life.marks)
    told = replace(life, lacking=missing(dossier))
    assert kept.read(kept.written(told, 1)) == told


def test_d13_2_who_solves_it_is_whom_it_was_given_to():
    life = life_of(examined().dossier)
    assert by_handler(life, END) == ("vien", "Cán bộ vien")
    story = examined()
    story.do(HEAD_OF_UNIT, cmd.Reassign(story.dossier.tasks[0].id, "vien2", "Nghỉ phép"), "02/06/2026 08:00")
    life = life_of(story.dossier)
    assert by_handler(life, at("02/06/2026 08:00"))[0] == "vien", "before the instant it was given to another"
    assert by_handler(life, END)[0] == "vien2"
    story.act(SECOND_EXAMINER, "trinh", files=(a_file("du_thao"),))
    story.act(OWNER, "dong_y")
    story.act(LEADER, "duyet")
    assert by_handler(life_of(story.dossier), END)[0] == "vien2", "who approves does not become who solved it"


def test_d13_1_given_to_nobody_it_is_of_whoever_did_the_first_step():
    story = Story(definition=immediate())
    told = {"result": "Đã chứng thực", "method": "cash", "recipient": "Hoa"}
    story.do(RECEPTION, cmd.CompleteImmediately(registration=registration(), **told))
    assert by_handler(life_of(story.dossier), END)[0] == "tiep"
    assert by_handler(life_of(accepted().dossier), END) == ("", "Chưa giao")


def test_of_which_unit_is_said_by_the_act_and_else_by_the_account():
    story = examined()
    unit_of = by_unit({"vien": "van-phong"}.get)
    assert unit_of(life_of(story.dossier), END) == ("van-phong", "van-phong")
    story.act(replace(EXAMINER, unit="tu-phap"), "trinh", files=(a_file("du_thao"),))
    assert unit_of(life_of(story.dossier), END)[0] == "tu-phap"
    assert unit_of(life_of(accepted().dossier), END)[0] == ""


def test_d25_1_working_time_leaves_the_applicants_waits_out():
    story = examined()  # Monday 1/6, 08:00
    item = SupplementItem("hop_dong", "Mờ")
    story.act(EXAMINER, "bo_sung", "01/06/2026 10:00", reason="Thiếu", items=(item,))
    story.act(OWNER, "gui", "03/06/2026 10:00", note="Đã chụp lại")
    story.act(EXAMINER, "khong", reason="Không đủ điều kiện")
    story.act(RECEPTION, "tra", "03/06/2026 11:00", reason="Đã gửi thông báo")
    life = life_of(story.dossier)
    assert life.working_minutes(END, CALENDAR) == 3 * 60
    (row,) = work([life], at("01/06/2026 00:00"), END, by_handler, lambda _: CALENDAR)
    assert (row.minutes, row.average) == (180, 3.0)
    assert total([row, row]).average == 3.0 and total(()).average is None


def test_d13_3c_an_agency_that_was_asked_is_late_from_its_own_date_on():
    story = Story(definition=definition(ASKING))
    story.do(OWNER, submission())
    story.do(RECEPTION, cmd.Accept(("hop_dong",)))
    ask(story, "xa-b")
    (asked,) = life_of(story.dossier).asked
    assert (asked.agency, asked.name, asked.due, asked.over_at) == (
        "xa-b",
        "UBND xã B",
        at("02/06/2026 08:00"),
        None,
    )
    assert not asked.late_at(asked.due) and asked.late_at(asked.due + timedelta(minutes=1))
    story.do(ELSEWHERE, cmd.Act(story.dossier.tasks[0].id, "dong_y"), "03/06/2026 08:00")
    (asked,) = life_of(story.dossier).asked
    assert asked.how == "answered" and asked.late_at(END)
    assert not asked.late_at(at("02/06/2026 08:00")), "at that instant it was not late yet"


def test_d13_3c_nobody_is_late_whose_answer_is_no_longer_wanted():
    story = Story(definition=definition(ASKING))
    story.do(OWNER, submission())
    story.do(RECEPTION, cmd.Accept(("hop_dong",)))
    ask(story, "xa-b")
    story.do(OWNER, cmd.Withdraw("Thôi"), "01/06/2026 10:00")
    (asked,) = life_of(story.dossier).asked
    assert asked.how == "dropped" and not asked.late_at(END)


def test_whose_it_was_before_the_work_went_over():
    life = replace(life_of(accepted().dossier), agency="xa-moi", moves=((at("15/06/2026 00:00"), "xa-a"),))
    assert life.agency_at(at("14/06/2026 08:00")) == life.agency_at(at("15/06/2026 00:00")) == "xa-a"
    assert life.agency_at(END) == "xa-moi"


def test_d25_1_what_a_leader_sees_of_today():
    """Due at 08:00 on Monday 8/6."""
    life, june = life_of(examined().dossier), at("01/06/2026 00:00")
    day = timedelta(days=1)
    for now, expected in (
        ("05/06/2026 08:00", {"open"}),
        ("07/06/2026 09:00", {"open", "due_soon"}),
        ("08/06/2026 08:01", {"open", "overdue"}),
    ):
        assert live(life, june, at(now), at(now) + day) == expected
    (row,) = standing([life, life], june, at("08/06/2026 09:00"), at("09/06/2026 09:00"), by_handler)
    assert row.counts == {"open": 2, "overdue": 2}
    done = life_of(ready().dossier)
    assert live(done, june, END, END + day) == {"done"} and not due_soon(done, END, END + day)


def test_d25_2_each_rule_is_broken_by_what_is_missing():
    now = at("30/06/2026 08:00")
    assert missing_at(replace(life_of(submitted().dossier)), now) == ("intake_late",)
    open_one = examined().dossier
    assert missing_at(life_of(open_one, missing), now) == ("overdue_silent",)
    bare = replace(open_one, applicant=replace(open_one.applicant, address=" ", phone="", citizen_number=""))
    assert missing(bare) == ("address", "phone", "number")
    assert missing(replace(open_one, tasks=())) == ("nobody",)
    assert missing(replace(open_one, channel="counter", papers=())) == ("scan",)
    assert missing(replace(open_one, deadline=None)) == ("date",)
    ended = ready()
    ended.do(RECEPTION, cmd.RecordPayment(method="cash", receipt="BL-1"))
    whole = ended.act(RECEPTION, "tra", recipient="Hoa", originals_checked=("hop_dong",))
    assert missing(whole) == ()
    assert missing(replace(whole, documents=())) == ("result",)
    nameless = tuple(replace(d, number="") for d in whole.documents)
    assert missing(replace(whole, documents=nameless)) == ("result_number",)
    assert missing(replace(whole, recipient="")) == ("recipient",)
    unpaid = tuple(replace(fee, paid_at=None) for fee in whole.fees)
    assert missing(replace(whole, fees=unpaid)) == ("fee",)


def test_a_refused_dossier_is_settled_and_counts_nowhere():
    story = submitted()
    story.do(RECEPTION, cmd.Refuse("Không thuộc thẩm quyền"), "01/06/2026 09:00")
    life = life_of(story.dossier)
    assert life.marks[-1].stand is Stand.REFUSED and life.settled_at == at("01/06/2026 09:00")
