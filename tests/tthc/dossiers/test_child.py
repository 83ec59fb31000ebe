"""A step that opens a dossier of another procedure and waits for its end, as the kernel decides of it."""

from dataclasses import replace

import pytest
from dossier_stories import (
    AGENCY,
    APPLICANT,
    EXAMINER,
    OWNER,
    RECEPTION,
    Story,
    a_paper,
    definition,
    submission,
)

from tthc.dossiers import commands as cmd
from tthc.dossiers.apply import replay
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.decide_child import child_id
from tthc.dossiers.family import ParentRef
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Status
from tthc.dossiers.view import possible, timeline

WAITING = """
workflow:
  name: Liên thông
  start: tham_tra
  steps:
    - {id: tham_tra, name: Thẩm tra, actor: tham_dinh, duration: {amount: 1, unit: working_hour}, actions: [{id: mo, label: Mở, to: lien_thong, primary: true}]}
    - id: lien_thong
      name: Chờ đăng ký
      actor: tham_dinh
      child:
        procedure: "1.000009"
        agency: '"xa-b"'
        answers: {ten: upper case(shop_name), so: points + 1, ngay: 'date("2026-06-01")', nhieu: points > 1, khong_co: "null"}
        papers: {to_giay: hop_dong}
        on_returned: xong
        on_declined: khong_duoc
      actions:
        - {id: xong, label: Đã đăng ký, to: tra}
        - {id: khong_duoc, label: Không đăng ký được, to: lam_tay}
        - {id: thoi, label: Không chờ nữa, to: lam_tay, needs: [reason]}
    - {id: lam_tay, name: Làm tay, actor: tham_dinh, actions: [{id: xong, label: Xong, to: tra}]}
    - {id: tra, name: Trả, actor: tiep_nhan, phase: result_ready, actions: [{id: tra, label: Trả, to: end, outcome: returned, needs: [payment, recipient]}]}
"""
PARENT = ParentRef("hs-cha", "t3-1", "Thủ tục cha", "000.01")


def waiting() -> Story:
    story = Story(definition=definition(WAITING))
    story.do(OWNER, submission())
    story.do(RECEPTION, cmd.Accept(("hop_dong",)))
    story.act(EXAMINER, "mo")
    return story


def tell(story: Story, standing: str, **told: str):
    return story.do(SYSTEM, cmd.TellChild(story.dossier.children[0].task, standing, **told))


def offered(story: Story) -> list[str]:
    found = possible(story.definition, story.dossier, EXAMINER, AGENCY, story.now)
    return [p.action for p in found if p.command == "act"]


def errands(story: Story) -> list[tuple[str, str]]:
    return [(entry.kind, entry.to) for entry in story.dossier.outbox if entry.channel == "system"]


def test_entering_the_step_says_what_is_to_be_opened():
    story = waiting()
    (child,) = story.dossier.children
    assert (child.procedure, child.agency, child.standing, child.task) == (
        "1.000009", "xa-b", "wanted", story.dossier.tasks[0].id,
    )  # fmt: skip
    assert child.answers == {"ten": "TẠP HÓA HOA", "so": 3, "ngay": "2026-06-01", "nhieu": True}
    assert child.papers == {"to_giay": "hop_dong"}
    assert child.id == child_id("hs1", child.task)
    assert errands(story) == [("child_open", child.id)]
    assert replay(story.dossier.history).children == story.dossier.children


@pytest.mark.parametrize(
    ("standing", "step"), [("returned", "tra"), ("declined", "lam_tay")], ids=["returned", "declined"]
)
def test_its_end_takes_the_action_of_the_step_once(standing, step):
    story = waiting()
    tell(story, "open", name="Đăng ký", reference="HS-1")
    assert offered(story) == ["thoi"], "what its end decides, nobody decides meanwhile"
    with pytest.raises(Refused) as caught:
        story.act(EXAMINER, "xong")
    assert caught.value.code == "child_open"
    dossier = tell(story, standing, reason="Thiếu chỗ ở")
    assert [t.step for t in dossier.tasks] == [step]
    told = timeline(dossier, story.context(SYSTEM).calendar)
    assert "HS-1" in told[-2].title
    assert "Thiếu chỗ ở" in told[-1].detail
    assert tell(story, standing).version == dossier.version, "told again it changes nothing"
    assert tell(story, "open").children[0].standing == standing, "told late neither"


def test_what_cannot_be_opened_is_told_and_left_to_the_people_of_the_step():
    story = waiting()
    dossier = tell(story, "failed", reason="Thủ tục 1.000009 không có bản nào đang có hiệu lực.")
    assert [t.step for t in dossier.tasks] == ["lien_thong"]
    line = timeline(dossier, story.context(SYSTEM).calendar)[-1]
    assert line.title == "Không mở được hồ sơ liên thông"
    assert line.detail == (
        "Thủ tục 1.000009 không có bản nào đang có hiệu lực. Người thực hiện bước “Chờ đăng ký” xử lý tiếp."
    )
    assert not line.public
    assert offered(story) == ["xong", "khong_duoc", "thoi"]
    assert [t.step for t in story.act(EXAMINER, "xong").tasks] == ["tra"]


def test_people_who_went_another_way_are_not_called_back():
    story = waiting()
    tell(story, "open", reference="HS-1")
    story.act(EXAMINER, "thoi", reason="Chờ quá lâu")
    dossier = tell(story, "returned")
    assert [t.step for t in dossier.tasks] == ["lam_tay"]
    assert dossier.children[0].standing == "returned"
    assert [t.step for t in story.act(EXAMINER, "xong").tasks] == ["tra"]


def test_nobody_but_the_system_tells_of_it():
    story = waiting()
    with pytest.raises(Refused) as caught:
        story.do(EXAMINER, cmd.TellChild(story.dossier.children[0].task, "returned"))
    assert caught.value.code == "forbidden"
    with pytest.raises(Refused) as caught:
        story.do(SYSTEM, cmd.TellChild("t9-9", "returned"))
    assert caught.value.code == "no_child"


def child_command(**changes: object) -> cmd.OpenChild:
    base = cmd.OpenChild(
        dossier_id="con",
        agency=AGENCY.id,
        applicant=APPLICANT,
        answers={"shop_name": "Tạp hóa Hoa", "points": 2},
        papers=(a_paper(),),
        receive_by="counter",
        postal_address="",
        owner=OWNER.id,
        parent=PARENT,
    )
    return replace(base, **changes)


def test_the_system_hands_a_child_in_for_the_applicant_and_its_end_is_an_errand():
    story = Story()
    dossier = story.do(SYSTEM, child_command())
    assert (dossier.status, dossier.channel, dossier.owner, dossier.parent) == (
        Status.SUBMITTED, "online", OWNER.id, PARENT,
    )  # fmt: skip
    assert dossier.intake_due is not None
    assert replay(dossier.history).parent == PARENT
    story.do(RECEPTION, cmd.Refuse("Không thuộc thẩm quyền"))
    (entry,) = [e for e in story.dossier.outbox if e.channel == "system"]
    assert (entry.kind, entry.to) == ("child_ended", "hs-cha")
    assert entry.data == {"task": "t3-1", "standing": "declined", "reason": "Không thuộc thẩm quyền"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"answers": {}}, "invalid"),
        ({"papers": ()}, "paper_missing"),
        (
            {"answers": {"shop_name": "A", "points": 9}, "papers": (a_paper(), a_paper("ban_ve"))},
            "fee_before",
        ),
    ],
)
def test_a_child_that_is_not_right_or_must_be_paid_first_is_not_opened(changes, code):
    with pytest.raises(Refused) as caught:
        Story().do(SYSTEM, child_command(**changes))
    assert caught.value.code == code


def test_only_the_system_opens_children_and_a_withdrawal_is_a_refusal_to_the_parent():
    with pytest.raises(Refused) as caught:
        Story().do(OWNER, child_command())
    assert caught.value.code == "forbidden"
    story = Story()
    story.do(SYSTEM, child_command())
    story.do(OWNER, cmd.Withdraw("Tự làm"))
    assert story.dossier.outbox[-1].data["standing"] == "declined"
    assert "đã rút" in story.dossier.outbox[-1].data["reason"]


def test_a_dossier_without_a_parent_has_no_errands():
    story = Story()
    story.do(OWNER, submission())
    story.do(RECEPTION, cmd.Refuse("Không nhận"))
    assert errands(story) == []
