"""What examples can do beside the actions of steps: time, payment, supplements, withdrawal, extension, apology."""

from pathlib import Path

import pytest

from definitions.calendars import shipped as calendar
from definitions.loader import load
from definitions.shipped import shipped
from tthc.trials.run import run

CARD = (
    (Path(__file__).parents[2] / "admin" / "thu_muc.yaml")
    .read_text(encoding="utf-8")
    .replace(", due: 2026-11-26T09:00", "")
)
LICENCE = dict(shipped())["2.000181.yaml"]


def told(text, *steps):
    """The first example of the text with these steps instead of its own."""
    loaded = load(text, "thu.yaml")
    head, _, rest = text.partition("\n    steps:\n")
    lines = rest.splitlines(keepends=True)
    after = next((at for at, line in enumerate(lines) if not line.startswith("      ")), len(lines))
    said = "".join(f"      - {step}\n" for step in steps)
    loaded = load(f"{head}\n    steps:\n{said}{''.join(lines[after:])}", "thu.yaml")
    assert loaded.definition is not None, loaded.problems
    return run(loaded.definition, loaded.definition.examples[0], calendar())


def test_a_supplement_is_asked_for_before_acceptance_and_handed_in():
    result = told(
        CARD,
        "{do: request_supplement, items: [anh_the], reason: Ảnh mờ, at: 2026-11-23T10:00,"
        " expect: {status: supplement_at_intake, notices: [supplement_requested]}}",
        "{do: supply, papers: [anh_the], at: 2026-11-23T14:00, expect: {status: submitted, notices: [supplied]}}",
        "{do: accept, at: 2026-11-23T15:00, expect: {step: giai_quyet, status: solving}}",
    )
    assert result.sentences == ()
    assert result.passages[0].entered == ("giai_quyet",)


def test_a_refusal_and_a_withdrawal_end_an_example():
    refused = told(
        CARD, "{do: refuse, reason: Không thuộc thẩm quyền, expect: {status: refused, notices: [refused]}}"
    )
    assert refused.sentences == ()
    withdrawn = told(CARD, "{do: accept}", "{do: withdraw, expect: {status: withdrawn}}")
    assert withdrawn.sentences == ()


def test_documents_and_several_people_of_one_function():
    result = told(
        LICENCE,
        "{do: accept, at: 2026-11-23T09:00, expect: {tasks: [phan_cong]}}",
        "{do: giao_viec, assignee: Chuyên viên Hà, at: 2026-11-23T10:00, expect: {documents: []}}",
        "{do: trinh, by: Chuyên viên Hà, at: 2026-11-24T10:00, expect: {step: xem_xet, documents: [draft]}}",
    )
    assert result.sentences == ()
    other = told(
        LICENCE,
        "{do: accept, at: 2026-11-23T09:00}",
        "{do: giao_viec, assignee: Chuyên viên Hà, at: 2026-11-23T10:00}",
        "{do: trinh, by: Chuyên viên Lan, at: 2026-11-24T10:00}",
    )
    assert any("đã giao cho Chuyên viên Hà" in sentence for sentence in other.sentences)


def test_an_extension_and_an_apology_are_told_and_only_the_extension_moves_the_day():
    result = told(
        LICENCE,
        "{do: accept, at: 2026-11-23T09:00, expect: {deadline: 2026-12-15T09:00}}",
        "{do: apologise, promised: 2026-12-20T09:00, at: 2026-12-01T09:00,"
        " expect: {deadline: 2026-12-15T09:00, notices: [apologised, step_overdue], documents: [apology]}}",
        "{do: extend, amount: 5, unit: working_day, at: 2026-12-02T09:00,"
        " expect: {deadline: 2026-12-22T09:00, notices: [extended]}}",
    )
    assert result.sentences == ()


def test_waiting_lets_timers_fire_and_their_notices_are_seen():
    result = told(
        LICENCE,
        "{do: accept, at: 2026-11-23T09:00}",
        "{do: wait, at: 2026-12-16T09:00, expect: {step: phan_cong, notices: [step_overdue, deadline_overdue, rule_alert]}}",
    )
    assert result.sentences == ()


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (
            "{do: accept, expect: {notices: []}}",
            "thông báo gửi đi: mong đợi không có, thực tế submitted",
        ),
        ("{do: accept, expect: {status: returned}}", "trạng thái: mong đợi returned, thực tế solving"),
        ("{do: accept, expect: {tasks: [giai_quyet, giai_quyet]}}", "các bước đang mở"),
        (
            "{do: accept, expect: {deadline: 2027-01-01T08:00}}",
            "hạn trả của hồ sơ: mong đợi 2027-01-01T08:00",
        ),
    ],
)
def test_what_does_not_come_out_is_said(step, sentence):
    assert any(sentence in said for said in told(CARD, step).sentences)


TURNS = """workflow:
  name: Lần lượt
  start: mo
  steps:
    - {id: mo, name: Mở, actor: tham_dinh, duration: {amount: 1, unit: working_hour}, actions: [{id: mo_hai_viec, label: Mở hai việc, to: [kho, phong_doc], together: turns}]}
    - {id: kho, name: Kho, actor: tham_dinh, actions: [{id: kho_xong, label: Kho xong, to: tra}]}
    - {id: phong_doc, name: Phòng đọc, actor: tham_dinh, actions: [{id: doc_xong, label: Phòng đọc xong, to: tra}]}
    - {id: tra, name: Trả, actor: tiep_nhan, join: all, phase: result_ready, actions: [{id: tra_the, label: Trả, to: end, outcome: returned, needs: [payment, recipient]}]}
"""


def test_an_example_takes_a_step_up_and_the_other_waits_for_its_turn():
    road = (Path(__file__).parents[2] / "road" / "made_up.yaml").read_text(encoding="utf-8")
    text = road.replace("workflow: xa-xac-nhan\n", TURNS).replace(
        "    expect: {valid: true", "    steps:\n      - {do: accept}\n    expect: {valid: true"
    )
    steps = (
        "{do: accept}",
        "{do: mo_hai_viec}",
        "{do: begin, for: phong_doc, expect: {tasks: [kho, phong_doc]}}",
    )
    right = told(text, *steps, "{do: doc_xong}", "{do: kho_xong, expect: {step: tra}}")
    assert right.sentences == ()
    early = told(text, *steps, "{do: kho_xong}")
    assert any("Đang làm bước “Phòng đọc”" in sentence for sentence in early.sentences)
    nowhere = told(text, *steps[:2], "{do: begin, for: nha_bep}")
    assert any("Không có bước “nha_bep” đang mở" in sentence for sentence in nowhere.sentences)


LINKED = """workflow:
  name: Liên thông
  start: cho_the
  steps:
    - id: cho_the
      name: Chờ thẻ bạn đọc
      actor: tham_dinh
      duration: {amount: 1, unit: working_day}
      child: {procedure: "9.000002", answers: {reader_name: reader_name, books: 2}, on_returned: da_co, on_declined: khong_duoc}
      actions:
        - {id: da_co, label: Đã có, to: tra}
        - {id: khong_duoc, label: Không được, to: lam_tay}
    - {id: lam_tay, name: Làm tay, actor: tham_dinh, actions: [{id: xong, label: Xong, to: tra}]}
    - {id: tra, name: Trả, actor: tiep_nhan, phase: result_ready, actions: [{id: tra_the, label: Trả, to: end, outcome: returned, needs: [payment, recipient]}]}
"""


@pytest.mark.parametrize(
    ("steps", "at"),
    [
        (["{do: child, for: cho_the, outcome: returned}"], "tra"),
        (["{do: child, for: cho_the, outcome: declined, reason: Thiếu ảnh}"], "lam_tay"),
        (
            [
                "{do: child, outcome: failed, expect: {step: cho_the, actor: tham_dinh, notices: []}}",
                "{do: da_co}",
            ],
            "tra",
        ),
    ],
    ids=["returned", "declined", "failed"],
)
def test_an_example_says_how_the_other_dossier_ends(steps, at):
    road = (Path(__file__).parents[2] / "road" / "made_up.yaml").read_text(encoding="utf-8")
    text = road.replace("workflow: xa-xac-nhan\n", LINKED).replace(
        "    expect: {valid: true", "    steps:\n      - {do: accept}\n    expect: {valid: true"
    )
    last = steps[-1][:-1] + f", at: 2026-11-23T08:00, expect: {{step: {at}}}}}"
    first = "{do: accept, at: 2026-11-20T09:00, expect: {step: cho_the, notices: [accepted, submitted]}}"
    result = told(text, first, *steps[:-1], last)
    assert result.sentences == ()
    nowhere = told(text, "{do: accept}", "{do: child, for: tra, outcome: returned}")
    assert any("Không có bước “tra” nào đang chờ hồ sơ liên thông" in said for said in nowhere.sentences)
