"""Quy chế Đ12.2: phiếu kiểm soát tự điền theo từng lần giao, nhận."""

from datetime import date

from dossier_stories import (
    AGENCY,
    CLERK,
    EXAMINER,
    HEAD_OF_UNIT,
    LEADER,
    OWNER,
    RECEPTION,
    Story,
    a_file,
    accepted,
    at,
    registration,
    submitted,
)

from tthc.dossiers import commands as cmd
from tthc.dossiers.control_rows import control_rows


def told(story):
    return [
        (row.giver_place, row.taker_place, row.giver, row.taker, row.result)
        for row in control_rows(story.dossier, AGENCY.name)
    ]


def place(function):
    return f"{AGENCY.name}, {function}"


def test_d12_2_the_sheet_is_there_with_acceptance_and_not_before():
    story = submitted()
    assert told(story) == []
    story.do(RECEPTION, cmd.Accept(("hop_dong",)))
    assert told(story) == [("Bộ phận TN&TKQ", place("lãnh đạo phòng"), RECEPTION.name, "", "")]
    (row,) = control_rows(story.dossier, AGENCY.name)
    assert row.given_at == row.taken_at == story.dossier.accepted_at, "an electronic dossier is there at once"


def test_d12_2_each_hand_over_fills_a_row_from_reception_to_reception():
    story = accepted("01/06/2026 08:00")
    story.act(HEAD_OF_UNIT, "giao", "01/06/2026 09:00", assignee="vien")
    story.act(EXAMINER, "trinh", "03/06/2026 16:00", files=(a_file("du_thao"),))
    story.act(OWNER, "dong_y", "03/06/2026 16:30")
    story.act(LEADER, "duyet", "03/06/2026 17:00", reason="Nhất trí")
    issued = {"files": (a_file("ket_qua"),), "number": "1", "issued_on": date(2026, 6, 3)}
    story.act(CLERK, "phat_hanh", "04/06/2026 08:30", **issued)
    assert told(story) == [
        ("Bộ phận TN&TKQ", place("lãnh đạo phòng"), RECEPTION.name, HEAD_OF_UNIT.name, ""),
        (place("lãnh đạo phòng"), place("chuyên viên thụ lý"), HEAD_OF_UNIT.name, EXAMINER.name, "on_time"),
        (place("chuyên viên thụ lý"), "Người nộp hồ sơ", EXAMINER.name, OWNER.name, "late"),
        ("Người nộp hồ sơ", place("lãnh đạo cơ quan"), OWNER.name, LEADER.name, ""),
        (place("lãnh đạo cơ quan"), place("văn thư"), LEADER.name, CLERK.name, "early"),
        (place("văn thư"), "Bộ phận TN&TKQ", CLERK.name, "", "on_time"),
    ]
    assert control_rows(story.dossier, AGENCY.name)[4].note == "Nhất trí"


def test_d12_2_paper_is_given_and_taken_when_people_say_so():
    story = Story()
    story.do(RECEPTION, registration(), "01/06/2026 08:00")
    (row,) = control_rows(story.dossier, AGENCY.name)
    assert (row.given_at, row.taken_at) == (at("01/06/2026 08:00"), None)
    story.do(RECEPTION, cmd.HandOver(), "01/06/2026 16:00")
    story.do(HEAD_OF_UNIT, cmd.TakeOver(), "01/06/2026 16:20")
    (row,) = control_rows(story.dossier, AGENCY.name)
    assert (row.given_at, row.taken_at, row.taker) == (
        at("01/06/2026 16:00"),
        at("01/06/2026 16:20"),
        HEAD_OF_UNIT.name,
    )
