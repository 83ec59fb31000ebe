"""Quy chế Đ10.2: tám giờ làm việc để tiếp nhận, khoản phải nộp trước."""

import pytest
from dossier_stories import CALENDAR, OWNER, RECEPTION, Story, a_paper, at, submission

from tthc.dossiers import commands as cmd
from tthc.dossiers.context import Policy
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Status, SupplementItem
from tthc.onestop.intake_clock import intake_left

MANY = {"shop_name": "Chuỗi", "points": "6"}


def chain():
    """An application of which a charge is to be paid before it is received."""
    story = Story(now=at("01/06/2026 08:00"))
    story.do(OWNER, submission(answers=MANY, papers=(a_paper(), a_paper("ban_ve"))))
    return story


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("01/06/2026 08:00", "còn 8 giờ trong 8 giờ làm việc"),
        ("01/06/2026 09:30", "còn 6 giờ 30 phút trong 8 giờ làm việc"),
        ("01/06/2026 20:00", "còn 30 phút trong 8 giờ làm việc"),  # the night does not count
        ("02/06/2026 09:00", "quá 1 giờ làm việc"),
    ],
)
def test_d10_2a_what_is_left_of_eight_working_hours(now, told):
    story = chain()
    assert intake_left(story.dossier.intake_due, at(now), CALENDAR, Policy().intake) == told
    assert intake_left(None, at(now), CALENDAR, Policy().intake) == ""


def test_d10_2c_what_must_be_paid_first_is_asked_for_by_name_and_paying_it_is_the_supplement():
    story = chain()
    with pytest.raises(Refused, match="Lệ phí") as caught:
        story.do(RECEPTION, cmd.Accept(("hop_dong", "ban_ve")))
    assert caught.value.rule == "Đ10.2c"
    story.do(RECEPTION, cmd.RequestSupplement((SupplementItem("le_phi", "Nộp trước khi tiếp nhận"),)))
    assert story.dossier.supplement.items[0].name == "Lệ phí"
    story.do(RECEPTION, cmd.RecordPayment(("le_phi",), receipt="8"), "02/06/2026 08:00")
    dossier = story.dossier
    assert (dossier.status, dossier.supplement) == (Status.SUBMITTED, None)
    assert dossier.intake_due == at("03/06/2026 08:00")
    assert story.do(RECEPTION, cmd.Accept(("hop_dong", "ban_ve"))).status is Status.SOLVING


def test_d10_2c_paying_does_not_answer_what_else_was_asked():
    story = chain()
    asked = (SupplementItem("le_phi", "Nộp trước"), SupplementItem("hop_dong", "Mờ"))
    story.do(RECEPTION, cmd.RequestSupplement(asked))
    assert story.do(RECEPTION, cmd.RecordPayment(("le_phi",))).status is Status.SUPPLEMENT_AT_INTAKE
