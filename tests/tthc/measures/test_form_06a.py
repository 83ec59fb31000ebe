"""Biểu II.06a: its equations over whatever happened, and each column by a story of its own."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from dossier_stories import (
    CLERK,
    EXAMINER,
    LEADER,
    MONDAY,
    OWNER,
    RECEPTION,
    Story,
    a_file,
    accepted,
    at,
    examined,
    immediate,
    ready,
    registration,
    submitted,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from test_properties import play, scripts, started

from rules.deadlines import DeadlineRule, Unit
from tthc.dossiers import commands as cmd
from tthc.dossiers.apply import replay
from tthc.dossiers.state import SupplementItem
from tthc.measures.counting import counted
from tthc.measures.form_06a import COLUMNS, Row06a, count_06a, form_06a, identities, total
from tthc.measures.life import life_of
from tthc.measures.meaning import MEASURES

LAW = "khoản 2 Điều 5 01/2020/NĐ-CP"
DRAFT = (a_file("du_thao"),)
JUNE = (at("01/06/2026 00:00"), at("01/07/2026 00:00"))
JULY = (at("01/07/2026 00:00"), at("01/08/2026 00:00"))


def sector_of(_procedure):
    return ("thu", "Thử nghiệm")


def columns(story, period=JUNE):
    """The columns that are not 0, of the one dossier of a story."""
    return {c for c in COLUMNS if getattr(total(form_06a([story.dossier], *period, sector_of)), c)}


minutes = st.integers(0, 60 * 24 * 80)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.booleans(), scripts), min_size=1, max_size=3), minutes, minutes)
def test_d25_1_the_four_equations_hold_for_whatever_happened(stories, one, other):
    start, end = (MONDAY + timedelta(minutes=m) for m in sorted((one, other)))
    dossiers, sectors = [], {}
    for place, (counter, script) in enumerate(stories):
        story = started(counter)
        play(story, script)
        procedure = f"{place % 2}"
        sectors[procedure] = (f"linh-vuc-{procedure}", f"Lĩnh vực {procedure}")
        dossiers.append(replace(story.dossier, procedure=procedure))
    lives = [replace(life_of(d), procedure=d.procedure) for d in dossiers]
    rows = count_06a(lives, start, end, sectors.__getitem__)
    for row in (*rows, total(rows)):
        assert identities(row) == ()
        assert all(getattr(row, column) >= 0 for column in COLUMNS)
    counts = [counted(life, start, end) for life in lives]
    for column in COLUMNS:
        assert getattr(total(rows), column) == sum(column in each for each in counts)


@settings(deadline=None, max_examples=60)
@given(st.booleans(), scripts, minutes, minutes)
def test_d11_2_a_past_period_counts_the_same_whatever_happens_later(counter, script, one, other):
    """A report of a period is told by what had happened by its end, and by nothing else."""
    start, end = (MONDAY + timedelta(minutes=m) for m in sorted((one, other)))
    story = started(counter)
    play(story, script)
    then = tuple(entry for entry in story.dossier.history if entry.at < end)
    known = [replay(then)] if then else []
    assert form_06a([story.dossier], start, end, sector_of) == form_06a(known, start, end, sector_of)


def test_an_equation_that_is_broken_is_named():
    assert identities(Row06a("a", "A", received=3, online=2, direct=1, open=3, in_time=2)) == (
        "11 = 12 + 13",
    )
    assert len(identities(Row06a("a", "A", received=1, solved=2))) == 3


def test_what_was_never_accepted_counts_nowhere():
    assert columns(submitted()) == set()
    refused = submitted()
    refused.do(RECEPTION, cmd.Refuse("Không thuộc thẩm quyền"))
    assert columns(refused) == set()
    withdrawn = submitted()
    withdrawn.do(OWNER, cmd.Withdraw("Thôi"))
    assert columns(withdrawn) == set()


def test_d24_5_dossiers_of_training_count_nowhere():
    story = submitted()
    story.do(RECEPTION, cmd.Accept(("hop_dong",)), code="TH-000.01.14.H52-260601-0001")
    assert life_of(story.dossier).training
    assert form_06a([story.dossier], *JUNE, sector_of) == ()


def test_d11_1_by_the_channel_it_came_by():
    week = (JUNE[0], at("08/06/2026 00:00"))
    assert columns(accepted(), week) == {"received", "online", "open", "in_time"}
    counter = Story()
    counter.do(RECEPTION, registration())
    assert columns(counter, week) == {"received", "direct", "open", "in_time"}


def test_accepted_before_the_period_it_is_carried_until_it_is_solved():
    story = accepted("29/06/2026 08:00")
    assert columns(story) == {"received", "online", "open", "in_time"}
    assert columns(story, JULY) == {"received", "carried", "open", "overdue"}
    done = ready()
    assert columns(done) == {"received", "online", "solved", "early"}
    assert columns(done, JULY) == set()


def test_early_is_a_day_before_and_late_is_an_instant_after():
    """Due at 08:00 on Monday 8/6."""
    for when, column in (
        ("05/06/2026 17:00", "early"),
        ("08/06/2026 08:00", "on_time"),
        ("08/06/2026 08:01", "late"),
    ):
        story = examined()
        story.act(EXAMINER, "trinh", files=(a_file("du_thao"),))
        story.act(OWNER, "dong_y")
        story.act(LEADER, "duyet")
        result = (a_file("ket_qua"),)
        number = {"number": "12/GP-UBND", "issued_on": at(when).date()}
        story.act(CLERK, "phat_hanh", when, files=result, **number)
        assert columns(story) == {"received", "online", "solved", column}


def test_the_end_of_the_period_is_outside_it():
    story = ready()
    solved = story.dossier.solved_at
    counts = total(form_06a([story.dossier], JUNE[0], solved, sector_of))
    assert (counts.open, counts.solved) == (0, 0), "accepted at that very instant, it is of the next period"
    counts = total(form_06a([story.dossier], JUNE[0], solved + timedelta(milliseconds=1), sector_of))
    assert (counts.open, counts.solved) == (0, 1)


def test_d13_3d_waiting_for_the_applicant_is_in_time_and_moves_the_date():
    story = examined()
    item = SupplementItem("hop_dong", "Mờ")
    story.act(EXAMINER, "bo_sung", "03/06/2026 08:00", reason="Thiếu", items=(item,))
    assert columns(story) == {"received", "online", "open", "in_time"}
    found = counted(life_of(story.dossier), *JUNE)
    assert {"waiting", "paused", "supplemented", "overdue_original"} <= found


def test_d15_1c_given_back_is_solved_and_not_late():
    story = examined()
    story.act(EXAMINER, "khong", reason="Không đủ điều kiện")
    story.act(RECEPTION, "tra", "05/06/2026 08:00", reason="Đã gửi thông báo")
    assert columns(story) == {"received", "online", "solved", "on_time"}
    found = counted(life_of(story.dossier), *JUNE)
    assert "given_back" in found and "late_original" not in found


def test_withdrawn_after_acceptance_is_solved_on_time():
    story = examined()
    story.do(OWNER, cmd.Withdraw("Không cần nữa"), "10/06/2026 08:00")
    assert columns(story) == {"received", "online", "solved", "on_time"}
    # the form says on time; that the first date had passed is not hidden
    assert {"given_back", "late_original"} <= counted(life_of(story.dossier), *JUNE)


def test_d12_1d_an_immediate_result_counts_like_any_other():
    story = Story(definition=immediate())
    story.do(
        RECEPTION,
        cmd.CompleteImmediately(
            registration=registration(), result="Đã chứng thực", method="cash", recipient="Hoa"
        ),
    )
    assert columns(story) == {"received", "direct", "solved", "early"}, "this procedure allows five days"


def lengthened(basis: str) -> Story:
    story = examined()
    more = cmd.Extend(DeadlineRule(Decimal(40), Unit.WORKING_DAY), "Khó", "12/ĐN", basis=basis)
    story.do(RECEPTION, more, "05/06/2026 08:00")
    return story


def test_d13_3dd_an_extension_without_a_ground_in_law_moves_the_appointment_alone():
    story = lengthened("")
    assert columns(story) == {"received", "online", "open", "overdue"}
    assert {"extended", "overdue", "overdue_original"} <= counted(life_of(story.dossier), *JUNE)
    life = life_of(story.dossier)
    assert (life.marks[-1].due, life.marks[-1].appointed) == (
        at("08/06/2026 08:00"),
        story.dossier.deadline.due,
    )
    assert (life.extensions[0].basis, life.extensions[0].counts) == ("", at("08/06/2026 08:00"))
    # what was solved after the date of the law and before the new appointment is late
    for action, who in (("trinh", EXAMINER), ("dong_y", OWNER), ("duyet", LEADER)):
        story.act(who, action, "10/06/2026 09:00", files=DRAFT if action == "trinh" else ())
    story.act(CLERK, "phat_hanh", files=DRAFT, number="1/GP", issued_on=date(2026, 6, 10))
    assert columns(story) == {"received", "online", "solved", "late"}


def test_d13_3dd_an_extension_moves_the_date_and_the_first_one_stays_in_sight():
    story = lengthened(LAW)
    assert columns(story) == {"received", "online", "open", "in_time"}
    found = counted(life_of(story.dossier), *JUNE)
    assert {"extended", "overdue_original"} <= found and "overdue" not in found
    (granted,) = life_of(story.dossier).extensions
    assert (granted.basis, granted.counts) == (LAW, granted.after)
    assert (granted.before, granted.source) == (at("08/06/2026 08:00"), "12/ĐN")
    assert granted.after > JUNE[1]


def test_sent_back_to_be_worked_on_it_is_open_again():
    story = ready()
    solved = story.dossier.solved_at
    life = life_of(story.dossier)
    assert life.settled_at == solved
    reopened = replace(
        life,
        marks=(*life.marks, replace(life.marks[0], at=at("02/07/2026 08:00"), stand=1, due=None)),
    )
    assert counted(reopened, *JUNE) == counted(life, *JUNE)
    assert {"carried", "open"} <= counted(reopened, *JULY)


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_says_what_it_counts(name):
    measure = MEASURES[name]
    assert measure.column == COLUMNS.index(name) + 3
    assert measure.counts.endswith(".")


def test_a_row_a_sector_by_name():
    one, two = accepted().dossier, accepted().dossier
    other = replace(life_of(two), procedure="khac")
    names = {"khac": ("a", "An ninh"), one.procedure: ("b", "Bảo trợ")}
    rows = count_06a([life_of(one), other], *JUNE, names.__getitem__)
    assert [(row.sector, row.received) for row in rows] == [("a", 1), ("b", 1)]
    assert total(rows).received == 2 and total(()).received == 0
