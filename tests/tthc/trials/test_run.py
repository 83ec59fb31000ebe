from pathlib import Path

import pytest

from definitions.calendars import shipped as calendar
from definitions.loader import load
from definitions.shipped import shipped
from tthc.trials.check import check_text
from tthc.trials.gate import gate, untried
from tthc.trials.run import run, run_all

CARD = (Path(__file__).parents[2] / "admin" / "thu_muc.yaml").read_text(encoding="utf-8")
LICENCE = dict(shipped())["2.000181.yaml"]
BIRTH = dict(shipped())["1.001193.yaml"]


def made(text):
    definition = load(text, "thu.yaml").definition
    assert definition is not None
    return definition


def faults(text):
    return gate(made(text), text)


def first(text):
    definition = made(text)
    return run(definition, definition.examples[0], calendar())


@pytest.mark.parametrize("text", [text for _, text in shipped()], ids=[name for name, _ in shipped()])
def test_examples_of_what_is_shipped_come_out_as_they_say(text):
    assert faults(text) == []


@pytest.mark.parametrize(("name", "text"), shipped(), ids=[name for name, _ in shipped()])
def test_what_is_shipped_is_tried_whole(name, text):
    """Every field, case, paper, row of fees and deadlines, step and way of every shipped procedure."""
    checked = check_text(text, name)
    assert checked.ok, checked.lines
    assert {problem.code for problem in checked.problems} <= {"T080"}


def test_a_trial_tells_fees_papers_due_and_the_path():
    result = first(CARD)
    assert result.ok
    assert result.total == 20_000
    assert result.observed.papers == {"anh_the"}
    assert f"{result.observed.due:%d/%m/%Y %H:%M}" == "26/11/2026 09:00"
    assert [(seen.action, seen.step, str(seen.status)) for seen in result.path] == [
        ("accept", "giai_quyet", "solving"),
        ("tra_ket_qua", "end", "returned"),
    ]


def test_d8_2_a_result_that_only_the_post_brings_ends_the_trial_all_the_same():
    text = LICENCE.replace("receive_by: [counter, post]", "receive_by: [post]")
    result = first(text)
    assert text != LICENCE
    assert (result.path[-1].step, str(result.path[-1].status)) == ("end", "returned")


def test_a_long_path_goes_back_and_on_with_everybody_holding_one_function():
    result = first(LICENCE)
    assert [seen.step for seen in result.path][:7] == [
        "phan_cong",
        "tham_dinh",
        "cho_bo_sung",
        "tham_dinh",
        "xem_xet",
        "tham_dinh",
        "xem_xet",
    ]
    assert ("xem_xet", "tra_lai") in result.taken


def test_the_due_date_is_that_of_acceptance_whatever_pauses_follow():
    result = first(BIRTH)
    assert "xac_nhan" in [seen.step for seen in result.path]
    assert f"{result.observed.due:%d/%m/%Y %H:%M}" == "23/11/2026 17:30"


def test_silence_is_consent_when_an_example_waits_long_enough():
    waits = BIRTH.replace(
        "      - {do: de_nghi_sua, at: 2026-11-23T11:00, expect: {step: tham_tra}}\n", ""
    ).replace("      - {do: chuyen_du_thao, at: 2026-11-23T13:30, expect: {step: xac_nhan}}\n", "")
    waits = waits.replace("      - {do: dong_y, at: 2026-11-23T14:00, expect: {step: phe_duyet}}\n", "")
    for before, after in (("T15:00", "T15:00"), ("T15:30", "T15:30"), ("T16:30", "T16:30")):
        waits = waits.replace(f"at: 2026-11-23{before}", f"at: 2026-11-26{after}")
    result = first(waits)
    assert ("xac_nhan", "dong_y") in result.taken
    assert result.path[-1].step == "end"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("{phi_lam_the: 20000}", "{phi_lam_the: 30000}", "mong đợi 30.000, thực tế 20.000"),
        ("papers: [anh_the], due", "papers: [], due", "thừa anh_the"),
        ("due: 2026-11-26T09:00", "due: 2026-11-25T09:00", "thực tế 2026-11-26T09:00"),
        ("outcome: returned", "outcome: declined", "Thao tác thứ 2 (tra_ket_qua): kết cục"),
        ("{step: giai_quyet}", "{step: end}", "đang ở bước: mong đợi end, thực tế giai_quyet"),
        (
            "{step: giai_quyet}",
            "{actors: {giai_quyet: van_thu}}",
            "mong đợi giai_quyet: van_thu, thực tế giai_quyet: tiep_nhan",
        ),
        (
            "do: tra_ket_qua,",
            "do: tra_ket_qua, reason: Vội,",
            "Thao tác thứ 2 (tra_ket_qua): ví dụ ghi reason, nhưng thao tác không đòi",
        ),
        ('reader_phone: "0912345678"', 'reader_phone: "12"', "Không làm tiếp được: Đ26.2"),
    ],
)
def test_what_does_not_come_out_is_said_in_a_sentence_that_names_the_example(old, new, sentence):
    assert old in CARD
    told = faults(CARD.replace(old, new, 1))
    assert any("Mượn sách về nhà" in fault and sentence in fault for fault in told)


def test_an_action_that_the_step_does_not_have_is_told_with_the_step():
    again = CARD.replace(
        "outcome: returned}}", "outcome: returned}}\n      - {do: tra_ho_so, at: 2026-11-23T11:00}"
    )
    assert "Hồ sơ đang ở chỗ đã kết thúc" in faults(again)[0]


def test_papers_that_are_not_handed_in_keep_an_example_out():
    none = CARD.replace("    answers: {borrow_home: true", "    papers: []\n    answers: {borrow_home: true")
    assert any("Còn thiếu 1 giấy tờ" in fault for fault in faults(none))


def test_an_agency_that_does_not_offer_the_procedure_is_refused():
    other = CARD.replace(
        "    answers: {borrow_home: true",
        "    agency: {level: tinh, name: Sở Thử}\n    answers: {borrow_home: true",
    )
    assert any("Sở Thử không giải quyết" in fault for fault in faults(other))


def test_d9_3a_what_no_example_comes_by_keeps_a_definition_out():
    without = CARD[: CARD.index("  - name: ", CARD.index("  - name: ", CARD.index("examples:")) + 1)]
    assert made(without).examples
    told = faults(without)
    assert told
    assert all(fault.startswith("Chưa ví dụ nào thử ") for fault in told)


def test_what_no_example_comes_by_is_named():
    definition = made(CARD)
    results = run_all(definition, calendar())
    assert untried(definition, results, CARD) == ()
    assert untried(definition, results[1:], CARD) == (
        "trường “Số điện thoại”",
        "trường hợp “Mượn sách về nhà”",
        "giấy tờ “Ảnh chân dung 3 x 4 cm”",
        "khoản thu “Phí làm thẻ”",
        "thao tác “Trả kết quả” ở bước “Giải quyết và trả kết quả”",
    )


def test_check_says_how_many_examples_pass():
    checked = check_text(CARD, "the.yaml")
    assert checked.ok
    assert checked.lines == ("the.yaml: Cấp thẻ bạn đọc thư viện xã: 2/2 ví dụ đạt.",)


def test_check_names_line_and_column_of_what_cannot_be_read():
    checked = check_text(CARD.replace("name: Cấp", "  name: Cấp"), "the.yaml")
    assert not checked.ok
    assert checked.lines[0].startswith("the.yaml:2:")


def test_check_fails_on_an_example_that_does_not_pass():
    checked = check_text(CARD.replace("{phi_lam_the: 20000}", "{phi_lam_the: 1}"), "the.yaml")
    assert not checked.ok
    assert checked.lines[-1].endswith("1/2 ví dụ đạt.")


BRANCHES = """workflow:
  name: Hỏi hai nơi cùng lúc
  start: tham_tra
  steps:
    - id: tham_tra
      name: Thẩm tra
      actor: tham_dinh
      actions: [{id: hoi, label: Hỏi hai nơi, to: [kho, ban_doc]}]
    - id: kho
      name: Kho sách
      actor: lanh_dao_phong
      actions: [{id: kho_dong_y, label: Đồng ý, to: cap}, {id: kho_bo, label: Cấp ngay, to: cap, cancels: [ban_doc]}]
    - id: ban_doc
      name: Phòng bạn đọc
      actor: tham_dinh
      actions: [{id: doc_dong_y, label: Đồng ý, to: cap}]
    - id: cap
      name: Cấp thẻ
      actor: tiep_nhan
      phase: result_ready
      join: all
      actions: [{id: cap_the, label: Cấp thẻ, to: end, outcome: returned, needs: [payment, recipient]}]
"""


def branching(*steps):
    kept, _, _ = CARD.partition("workflow: tra-ngay")
    told = "".join(f"      - {step}\n" for step in steps)
    return f"""{kept}{BRANCHES}
examples:
  - name: Hai nơi
    submitted_at: 2026-11-23T09:00
    channel: online
    answers: {{borrow_home: true, reader_name: Lò Thị Xuân, reader_phone: "0912345678"}}
    expect: {{case: muon_ve}}
    steps:
{told}"""


def test_two_branches_of_a_dossier_wait_for_each_other():
    result = first(
        branching(
            "{do: accept, expect: {step: tham_tra}}",
            "{do: hoi, expect: {step: kho}}",
            "{do: doc_dong_y, expect: {step: kho}}",
            "{do: kho_dong_y, expect: {step: cap}}",
            "{do: cap_the, expect: {step: end, outcome: returned}}",
        )
    )
    assert result.sentences == ()
    assert [seen.step for seen in result.path] == ["tham_tra", "kho", "kho", "cap", "end"]
    assert str(result.path[1].status) == "solving"


def test_a_branch_of_a_dossier_is_withdrawn_by_another():
    result = first(
        branching(
            "{do: accept}",
            "{do: hoi}",
            "{do: kho_bo, expect: {step: cap}}",
            "{do: cap_the, expect: {step: end, outcome: returned}}",
        )
    )
    assert result.sentences == ()
    late = first(branching("{do: accept}", "{do: hoi}", "{do: kho_bo}", "{do: doc_dong_y}"))
    assert "không có thao tác “doc_dong_y”" in " ".join(late.sentences)
