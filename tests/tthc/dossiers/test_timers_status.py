from dataclasses import replace
from decimal import Decimal

import pytest
from dossier_stories import (
    AGENCY,
    EXAMINER,
    RECEPTION,
    a_file,
    accepted,
    at,
    examined,
    ready,
    submitted,
)

from rules.deadlines import DeadlineRule, Unit
from rules.feel import compile as feel
from tthc.dossiers import commands as cmd
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Status
from tthc.dossiers.status import LABELS, NATIONAL, NATIONAL_LABELS, national, next_actor, open_tasks


def kinds(story):
    return [t.kind for t in story.dossier.timers]


def test_d11_3_every_status_has_exactly_one_national_status():
    assert set(NATIONAL) == set(LABELS) == set(Status)
    assert set(NATIONAL.values()) <= set(NATIONAL_LABELS) == set(range(1, 11))
    assert [national(s().dossier) for s in (submitted, accepted, ready)] == [1, 4, 9]


def test_intake_overdue_reminds_reception_once():
    story = submitted("01/06/2026 08:00")
    assert kinds(story) == ["intake"]
    dossier = story.fire("02/06/2026 08:00")
    assert (kinds(story), story.templates()[-1]) == ([], "intake_overdue:portal")
    assert dossier.outbox[-1].to == "tiep_nhan@xa-a"
    assert dossier.status is Status.SUBMITTED
    version = dossier.version
    assert story.fire("03/06/2026 08:00").version == version


def test_a_timer_does_not_fire_early_or_for_anybody():
    story = submitted()
    timer = cmd.FireTimer(story.dossier.timers[0].id)
    with pytest.raises(Refused, match="Chưa đến giờ"):
        story.do(SYSTEM, timer)
    with pytest.raises(Refused, match="Chỉ hệ thống"):
        story.do(RECEPTION, timer)


def test_a_timer_overtaken_by_an_act_does_nothing():
    story = submitted()
    timer = story.dossier.timers[0].id
    story.do(RECEPTION, cmd.Accept(("hop_dong",)))
    before = story.dossier
    story.now = at("02/06/2026 09:00")
    assert story.do(SYSTEM, cmd.FireTimer(timer)) is before


def test_step_and_deadline_overdue_remind_who_has_it():
    story = examined("01/06/2026 08:00")
    assert kinds(story) == ["step", "deadline"]
    dossier = story.fire("02/06/2026 08:00")
    assert (dossier.outbox[-1].template, dossier.outbox[-1].to) == ("step_overdue", "vien")
    dossier = story.fire("08/06/2026 08:00")
    assert (dossier.outbox[-1].template, dossier.outbox[-1].to) == ("deadline_overdue", "vien")
    assert (kinds(story), story.step) == ([], "tham_tra")


def test_a_due_date_that_moves_is_a_new_timer():
    story = examined("01/06/2026 08:00")
    story.fire("08/06/2026 08:00")
    assert kinds(story) == []
    story.do(RECEPTION, cmd.Extend(DeadlineRule(Decimal(2), Unit.WORKING_DAY), "Phức tạp", "12/ĐN"))
    assert kinds(story) == ["deadline"]


def test_silence_whose_action_does_not_apply_becomes_a_reminder():
    story = examined("01/06/2026 08:00")
    story.act(EXAMINER, "trinh", files=(a_file(),))
    workflow = story.definition.workflow
    steps = tuple(
        replace(s, actions=tuple(replace(a, when=feel("false")) for a in s.actions))
        if s.id == "xac_nhan"
        else s
        for s in workflow.steps
    )
    story.definition = replace(story.definition, workflow=replace(workflow, steps=steps))
    story.fire("02/06/2026 08:00")
    assert (story.step, story.templates()[-1]) == ("xac_nhan", "step_overdue:portal")


def test_next_actor_tells_who_where_and_until():
    story = examined("01/06/2026 08:00")
    told = next_actor(story.dossier, AGENCY)
    assert told.sentence == "Thẩm tra (Cán bộ vien) — UBND xã A, hạn 08:00 ngày 02/06/2026."
    assert (told.function, told.agency, told.until) == ("tham_dinh", "xa-a", at("02/06/2026 08:00"))
    story.act(EXAMINER, "trinh", files=(a_file(),))
    told = next_actor(story.dossier)
    assert told.function == "nguoi_nop"
    assert told.sentence == (
        "Đang chờ ông/bà: Xác nhận bản dự thảo, hạn 08:00 ngày 02/06/2026. "
        "Quá hạn mà không trả lời thì coi như ông/bà đồng ý."
    )


def test_a_closed_dossier_waits_for_nobody():
    story = submitted()
    story.do(RECEPTION, cmd.Refuse("Sai thẩm quyền"))
    assert open_tasks(story.dossier) == ()
    assert next_actor(story.dossier).sentence == "Hồ sơ đã kết thúc: không được tiếp nhận."
