"""Waiting for a day, for money, for another system; and stopping by itself when a wait has lasted too long (design of
workflows): each is a word of a definition, tried through a dossier.
"""

from pathlib import Path

import pytest

from definitions.calendars import shipped as calendar
from definitions.loader import load
from tthc.trials.run import run

CARD = (
    (Path(__file__).parents[2] / "admin" / "thu_muc.yaml")
    .read_text(encoding="utf-8")
    .replace(", due: 2026-11-26T09:00", "")
)
FLOW = """workflow:
  name: Chờ
  start: cho
  steps:
    - {step}
    - id: cap
      name: Cấp thẻ
      actor: tiep_nhan
      phase: result_ready
      actions: [{{id: cap_the, label: Cấp thẻ, to: end, outcome: returned, needs: [payment, recipient]}}]
examples:
  - name: Chờ
    submitted_at: 2026-11-23T09:00
    channel: online
    answers: {{borrow_home: true, reader_name: Lò Thị Xuân, reader_phone: "0912345678"}}
    expect: {{case: muon_ve}}
    steps:
"""


def loaded(step, *steps):
    kept, _, _ = CARD.partition("workflow: tra-ngay")
    return load(kept + FLOW.format(step=step) + "".join(f"      - {each}\n" for each in steps), "thu.yaml")


def told(step, *steps):
    found = loaded(step, *steps)
    assert found.definition is not None, found.problems
    assert found.errors == ()
    return run(found.definition, found.definition.examples[0], calendar())


DAY = "{{id: cho, name: Chờ đến ngày, actor: tham_dinh, until: {until}, on_timeout: den_ngay, actions: [{{id: den_ngay, label: Đến ngày, to: cap}}]}}"
DAY = DAY.replace("{{", "{").replace("}}", "}")
PAID = "{id: cho, name: Nộp phí, actor: nguoi_nop, phase: waiting_applicant, on_payment: da_nop, actions: [{id: da_nop, label: Tôi đã nộp, to: cap, needs: [payment]}]}"
SYSTEM = "{id: cho, name: Tra cứu dân cư, actor: he_thong_khac, duration: {amount: 4, unit: working_hour}, actions: [{id: co_tra_loi, label: Đã có trả lời, to: cap}]}"
STOP = "{id: cho, name: Chờ bổ sung, actor: nguoi_nop, phase: waiting_applicant, duration: {amount: 30, unit: day}, on_timeout: dung, actions: [{id: bo_sung, label: Đã bổ sung, to: cap}, {id: dung, label: Tự dừng vì quá 30 ngày, to: end, outcome: declined}]}"


def test_a_step_waits_for_a_day_and_goes_on_by_itself():
    step = DAY.replace("{until}", 'date(submitted_at) + duration("P5D")')
    result = told(
        step,
        "{do: accept, expect: {step: cho, due: 2026-11-28T00:00}}",
        "{do: wait, at: 2026-11-27T23:00, expect: {step: cho}}",
        "{do: wait, at: 2026-11-28T01:00, expect: {step: cap}}",
    )
    assert result.sentences == ()


def test_a_day_that_has_gone_by_is_over_at_once():
    result = told(
        DAY.replace("{until}", 'date("2026-11-01")'),
        "{do: accept, expect: {step: cho, due: 2026-11-23T09:00}}",
        "{do: wait, at: 2026-11-23T09:01, expect: {step: cap}}",
    )
    assert result.sentences == ()


def test_a_step_waits_for_the_money_and_goes_on_when_all_is_paid():
    result = told(
        PAID,
        "{do: accept, expect: {step: cho, status: waiting_applicant}}",
        "{do: pay, at: 2026-11-24T09:00, expect: {step: cap, status: result_ready}}",
    )
    assert result.sentences == ()
    assert ("cho", "da_nop") in result.taken


def test_a_step_waits_for_another_system_and_nobody_answers_in_its_place():
    result = told(
        SYSTEM,
        "{do: accept, expect: {step: cho, due: 2026-11-23T15:00}}",
        "{do: co_tra_loi, at: 2026-11-23T10:00, expect: {step: cap}}",
    )
    assert result.sentences == ()


def test_a_wait_that_lasts_too_long_stops_the_dossier():
    result = told(
        STOP,
        "{do: accept, expect: {step: cho}}",
        "{do: wait, at: 2026-12-25T09:00, expect: {step: end, outcome: declined, status: declined}}",
    )
    assert result.sentences == ()


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (DAY.replace("{until}", "borrow_home"), "F006"),
        (PAID.replace("on_payment: da_nop", "on_payment: nop"), "T015"),
        (
            DAY.replace("{until}", "submitted_at").replace(
                "until:", "duration: {amount: 1, unit: day}, until:"
            ),
            "T015",
        ),
        (DAY.replace("until: {until}, ", ""), "T015"),
    ],
)
def test_a_wait_that_is_written_wrongly_is_told(step, code):
    assert code in {problem.code for problem in loaded(step, "{do: accept}").errors}
