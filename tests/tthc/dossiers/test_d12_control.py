"""Quy chế Đ12.2, Đ12.3: the control sheet of a dossier on paper is filled when people give and take."""

from dossier_stories import AGENCY, HEAD_OF_UNIT, RECEPTION, Story, at, registration, submitted

from tthc.dossiers import commands as cmd
from tthc.web.handovers import handovers

DESK = "Bộ phận Tiếp nhận và Trả kết quả"


def test_d12_2_the_sheet_is_there_with_acceptance_and_not_before():
    story = submitted()
    assert handovers(story.dossier, AGENCY, DESK) == ()
    story.do(RECEPTION, cmd.Accept(("hop_dong",)))
    (row,) = handovers(story.dossier, AGENCY, DESK)
    assert (row.from_agency, row.giver) == (DESK, RECEPTION.name)
    assert row.given_at == row.taken_at == story.dossier.accepted_at, "an electronic dossier is there at once"


def test_d12_2_paper_is_given_and_taken_when_people_say_so():
    story = Story()
    story.do(RECEPTION, registration(), "01/06/2026 08:00")
    (row,) = handovers(story.dossier, AGENCY, DESK)
    assert (row.given_at, row.taken_at) == (at("01/06/2026 08:00"), None)
    story.do(RECEPTION, cmd.HandOver(), "01/06/2026 16:00")
    story.do(HEAD_OF_UNIT, cmd.TakeOver(), "01/06/2026 16:20")
    (row,) = handovers(story.dossier, AGENCY, DESK)
    assert (row.given_at, row.taken_at) == (at("01/06/2026 16:00"), at("01/06/2026 16:20"))
    assert (row.giver, row.taker) == (RECEPTION.name, HEAD_OF_UNIT.name)
