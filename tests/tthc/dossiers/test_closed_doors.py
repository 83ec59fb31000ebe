"""Doors that close, and what is told at them: supplements asked for again (NĐ 107/2021), why a dossier ended, with what
words a step was given on.
"""

import pytest
from dossier_stories import (
    EXAMINER,
    HEAD_OF_UNIT,
    LEADER,
    OWNER,
    RECEPTION,
    accepted,
    confirmed,
    examined,
    submitted,
)

from tthc.dossiers import commands as cmd
from tthc.dossiers.closing import asked_enough
from tthc.dossiers.ending import ending
from tthc.dossiers.given import given_with
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import SupplementItem


def test_d13_3d_words_alone_ask_for_a_supplement_once_like_items_do():
    story = examined()
    story.act(EXAMINER, "bo_sung", reason="Thiếu trang ký")
    assert (story.dossier.supplement.note, story.dossier.supplements_in_solving) == ("Thiếu trang ký", 1)
    story.act(OWNER, "gui")
    again = (SupplementItem("hop_dong", "Mờ"),)
    for more in ({}, {"items": again}):
        with pytest.raises(Refused) as told:
            story.act(EXAMINER, "bo_sung", reason="Thiếu nữa", **more)
        assert (told.value.code, told.value.rule) == ("supplement_limit", "NĐ 107/2021")
    assert asked_enough(story.dossier, "cho_bo_sung", None) is None
    assert asked_enough(story.dossier, "buoc_cho_khac", 1) is None, "a step of its own is a round of its own"


def test_d14_1a_whoever_gets_a_dossier_back_reads_the_direction_at_the_step():
    story = confirmed()
    story.act(LEADER, "chuyen_lai", reason="Xem lại căn cứ")
    told = given_with(story.dossier, story.dossier.tasks[0])
    assert (told.title, told.words, told.who) == ("Chuyển lại", "Xem lại căn cứ", LEADER.name)
    fresh = accepted()
    assert given_with(fresh.dossier, fresh.dossier.tasks[0]) is None
    fresh.act(HEAD_OF_UNIT, "giao", assignee="vien")
    assert given_with(fresh.dossier, fresh.dossier.tasks[0]) is None, "nothing was said"


def test_d12_1a_d15_1c_d26_1_an_end_without_a_result_says_why_and_no_direction_of_staff():
    story = submitted()
    assert ending(story.dossier) is None
    story.do(RECEPTION, cmd.Refuse("Không thuộc thẩm quyền"))
    assert (ending(story.dossier).title, ending(story.dossier).reason) == (
        "Hồ sơ không được tiếp nhận",
        "Không thuộc thẩm quyền",
    )
    story = submitted()
    story.do(OWNER, cmd.Withdraw("Tôi đổi ý"))
    assert ending(story.dossier).reason == "Tôi đổi ý"
    story = examined()
    story.act(EXAMINER, "khong", reason="Chỉ đạo nội bộ")
    story.act(RECEPTION, "tra", reason="Nguồn hàng không có hợp đồng")
    assert ending(story.dossier).reason == "Nguồn hàng không có hợp đồng"
