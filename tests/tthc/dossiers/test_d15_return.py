"""Quy chế Điều 15: trả kết quả, thu phí, xin lỗi, kết thúc."""

from dataclasses import replace

import pytest
from dossier_stories import (
    CALENDAR,
    EXAMINER,
    OWNER,
    RECEPTION,
    a_file,
    at,
    examined,
    ready,
    submitted,
)

from renderers.messages.rendering import render
from rules.workflow.model import Need
from tthc.dossiers import commands as cmd
from tthc.dossiers.closing import apologise_by
from tthc.dossiers.context import SYSTEM, Policy
from tthc.dossiers.refusals import Refused
from tthc.dossiers.solving import is_overdue
from tthc.dossiers.state import Status


def refused(code, rule, story, actor, command):
    with pytest.raises(Refused) as caught:
        story.do(actor, command)
    assert (caught.value.code, caught.value.rule) == (code, rule)
    return caught.value


def give_back(story, **needs):
    given = {"originals_checked": ("hop_dong",), "recipient": "Nguyễn Thị Hoa", **needs}
    return cmd.Act(story.dossier.tasks[0].id, "tra", **given)


def test_d15_1a_an_unpaid_fee_blocks_the_return():
    story = ready()
    assert "200.000 đồng" in refused("payment", "Đ15.1a", story, RECEPTION, give_back(story)).message
    story.do(RECEPTION, cmd.RecordPayment(("phi",), "cash", "0001"))
    dossier = story.do(RECEPTION, give_back(story))
    assert (dossier.status, dossier.recipient) == (Status.RETURNED, "Nguyễn Thị Hoa")
    assert story.templates()[-3:] == [f"returned:{c}" for c in ("portal", "email", "sms")]


def test_d15_1a_the_recipient_is_named():
    story = ready()
    story.do(RECEPTION, cmd.RecordPayment())
    refused("recipient", "Đ15.1a", story, RECEPTION, give_back(story, recipient=" "))


def test_d10_4a_originals_are_compared_or_the_reason_is_given():
    story = ready()
    story.do(RECEPTION, cmd.RecordPayment())
    refused("originals", "Đ10.4a", story, RECEPTION, give_back(story, originals_checked=()))
    assert story.do(
        RECEPTION, give_back(story, originals_checked=(), reason="Đã có chứng thực điện tử")
    ).closed


def test_d15_1a_payment_is_recorded_once_by_reception_or_the_gateway():
    story = submitted()
    refused("forbidden", "Đ3.2", story, OWNER, cmd.RecordPayment())
    refused("unknown_fee", "Đ15.1a", story, RECEPTION, cmd.RecordPayment(("khac",)))
    fee = story.do(SYSTEM, cmd.RecordPayment(("phi",), "online", "VCB-1")).fees[0]
    assert (fee.method, fee.receipt, fee.paid_at) == ("online", "VCB-1", story.now)
    refused("already_paid", "Đ15.1a", story, RECEPTION, cmd.RecordPayment(("phi",)))
    refused("nothing_owed", "Đ15.1a", story, RECEPTION, cmd.RecordPayment())


def test_a_fee_named_twice_is_paid_once():
    entry = submitted().do(RECEPTION, cmd.RecordPayment(("phi",))).history[-1]
    story = submitted()
    assert story.do(RECEPTION, cmd.RecordPayment(("phi", "phi"))).history[-1].data == entry.data


def test_d15_1c_a_dossier_not_solved_is_returned_with_its_notice():
    story = examined()
    story.act(EXAMINER, "khong", reason="Không đủ diện tích")
    notice = (a_file("thong_bao"),)
    dossier = story.act(RECEPTION, "tra", reason="Không đủ điều kiện", files=notice)
    assert (dossier.status, dossier.outcome) == (Status.DECLINED, "declined")
    assert [d.kind for d in dossier.documents] == ["notice"]
    assert story.templates()[-3:] == [f"declined:{c}" for c in ("portal", "email", "sms")]
    assert "result_ready:portal" not in story.templates()


def test_d15_1d_apology_promises_a_day_and_moves_no_deadline():
    story = examined("01/06/2026 08:00")
    story.now = at("09/06/2026 08:00")
    refused("reason", "Đ15.1d", story, RECEPTION, cmd.Apologise("", at("12/06/2026 17:30")))
    refused("promised", "Đ15.1d", story, RECEPTION, cmd.Apologise("Quá tải", at("08/06/2026 17:30")))
    dossier = story.do(RECEPTION, cmd.Apologise("Quá tải", at("12/06/2026 17:30"), (a_file("thu_xin_loi"),)))
    deadline = dossier.deadline
    assert (deadline.promised, deadline.due) == (at("12/06/2026 17:30"), at("08/06/2026 08:00"))
    assert [d.kind for d in dossier.documents] == ["apology"]
    assert is_overdue(dossier, story.now)
    assert story.templates()[-1] == "apologised:sms"
    refused("apology_limit", "NĐ 107/2021", story, RECEPTION, cmd.Apologise("Nữa", at("20/06/2026 17:30")))
    story.policy = Policy(apology_max=None)
    assert story.do(RECEPTION, cmd.Apologise("Nữa", at("20/06/2026 17:30"))).apologies == 2


@pytest.mark.parametrize(
    ("due", "days", "latest"),
    [
        ("10/06/2026 10:00", 1, "09/06/2026 10:00"),
        ("08/06/2026 10:00", 1, "05/06/2026 10:00"),  # a Monday: over the weekend
        ("08/06/2026 10:00", 2, "04/06/2026 10:00"),
        ("10/06/2026 10:00", 0, "10/06/2026 10:00"),
    ],
)
def test_d15_1d_an_apology_is_in_time_one_working_day_before(due, days, latest):
    assert apologise_by(at(due), days, CALENDAR) == at(latest)


def test_d15_1d_to_end_an_overdue_dossier_by_its_name_is_refused():
    story = examined("01/06/2026 08:00")
    refused("not_ready", "Đ15.1a", story, RECEPTION, cmd.Close("Hoa"))
    refused("no_function", "Đ2.7", story, EXAMINER, cmd.Close("Hoa"))
    story.now = at("09/06/2026 08:00")
    assert "“Xin lỗi”" in refused("overdue", "Đ15.1d", story, RECEPTION, cmd.Close("Hoa")).message
    story = ready()
    refused("payment", "Đ15.1a", story, RECEPTION, cmd.Close("Hoa", "Không cần bản chính"))
    story.do(RECEPTION, cmd.RecordPayment())
    assert story.do(RECEPTION, cmd.Close("Hoa", "Không cần bản chính")).status is Status.RETURNED


def test_d15_1d_nothing_to_apologise_for_once_the_result_is_there():
    refused("no_deadline", "Đ15.1d", ready(), RECEPTION, cmd.Apologise("x", at("20/06/2026 17:30")))


def test_d15_1d_an_overdue_dossier_without_result_is_not_ended():
    story = returning_without_result()
    refused("no_result", "Đ14.2", story, RECEPTION, give_back(story))
    story.now = at("09/06/2026 08:00")
    refusal = refused("overdue", "Đ15.1d", story, RECEPTION, give_back(story))
    assert (
        refusal.sentence()
        == "Đ15.1d: Hồ sơ quá hạn và chưa có kết quả: phải dùng chức năng “Xin lỗi”, không được kết thúc."
    )


def returning_without_result():
    """A workflow in which the examiner sends a dossier to reception before anybody has issued a result."""
    story = examined("01/06/2026 08:00")
    workflow = story.definition.workflow
    steps = tuple(
        replace(s, actions=tuple(replace(a, to="tra") if a.id == "khong" else a for a in s.actions))
        if s.id == "tham_tra"
        else replace(s, actions=tuple(replace(a, needs=frozenset({Need.RECIPIENT})) for a in s.actions))
        if s.id == "tra"
        else replace(s, phase="solving")
        for s in workflow.steps
    )
    story.definition = replace(story.definition, workflow=replace(workflow, steps=steps))
    story.act(EXAMINER, "khong", reason="x")
    story.dossier = replace(story.dossier, solved_at=None)
    return story


def test_d15_2_a_result_not_collected_waits_and_is_not_overdue():
    story = ready()
    assert (story.dossier.solved_at, story.dossier.timers) == (story.now, ())
    assert not is_overdue(story.dossier, at("01/12/2026 08:00"))
    refused("has_result", "Đ15.2", story, OWNER, cmd.Withdraw())


def test_d15_3_the_end_is_the_actual_instant():
    story = ready()
    story.do(RECEPTION, cmd.RecordPayment())
    story.now = at("15/07/2026 09:12")
    assert story.do(RECEPTION, give_back(story)).ended_at == at("15/07/2026 09:12")
    assert story.dossier.solved_at < story.dossier.ended_at


def test_d15_1dd_early_results_are_told_at_once_and_as_early():
    told = ready().dossier.outbox[-3:]
    assert [f"{e.template}:{e.channel}" for e in told] == [
        f"result_ready:{c}" for c in ("portal", "email", "sms")
    ]
    assert all(entry.data["early"] is True for entry in told)
    assert "truoc han" in render("result_ready", "sms", told[-1].data).body
    assert "không phải chờ đến" in render("result_ready", "email", {**told[1].data, "link": ""}).body


def test_d15_1dd_a_result_on_its_day_or_later_is_not_called_early():
    late = ready("09/06/2026 08:00").dossier.outbox[-1]
    assert late.data["early"] is False
    assert "truoc" not in render("result_ready", "sms", late.data).body


def test_an_ended_dossier_accepts_nothing():
    story = ready()
    story.do(RECEPTION, cmd.RecordPayment())
    story.do(RECEPTION, give_back(story))
    for actor, command in (
        (OWNER, cmd.Withdraw()),
        (OWNER, cmd.Supply(note="Đã nộp đủ")),
        (RECEPTION, cmd.LogCall("", "x")),
        (RECEPTION, cmd.Apologise("x", at("20/07/2026 09:00"))),
        (EXAMINER, cmd.Act("t1-1", "trinh")),
    ):
        refused("closed", "Đ15.3", story, actor, command)
    before = story.dossier
    assert story.do(SYSTEM, cmd.FireTimer("deadline@1")) is before
