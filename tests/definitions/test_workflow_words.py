"""Steps and actions in Vietnamese sentences."""

import pytest

from definitions.shipped import loaded, shipped
from definitions.workflow_words import Words, actor_words

SHIPPED = {
    definition.procedure: definition
    for definition in (loaded(text, name).definition for name, text in shipped())
}


def words_of(code):
    return Words.of(SHIPPED[code]), SHIPPED[code].workflow


@pytest.mark.parametrize("code", SHIPPED)
def test_every_step_and_action_of_the_catalogue_is_a_sentence(code):
    words, workflow = words_of(code)
    for step in workflow.steps:
        told = [words.step(step), *(words.action(step, action) for action in step.actions)]
        assert all(sentence.endswith(".") for sentence in told)
        assert all("  " not in sentence and ".." not in sentence for sentence in told)
        assert step.name in told[0]
        # people read names, never ids of steps
        ids = {other.id for other in workflow.steps if "_" in other.id}
        assert not [name for name in ids for sentence in told if name in sentence]


def test_a_tacit_consent_is_told():
    words, workflow = words_of("1.001193")
    step = workflow.step("xac_nhan")
    assert words.step(step) == (
        "Bước “Người nộp xác nhận bản dự thảo” do người nộp hồ sơ làm, trong 1 ngày làm việc. Hồ sơ chờ người nộp. "
        "Hồ sơ ở giai đoạn chờ người nộp, không tính vào thời hạn giải quyết. "
        "Bỏ qua bước này khi “kênh nộp hồ sơ” khác “trực tuyến”. "
        "Hết thời gian thì hệ thống tự chọn “Tôi đồng ý với bản dự thảo”."
    )
    assert words.action(step, step.actions[0]).endswith("; hệ thống tự chọn khi hết thời gian.")
    assert "Người nộp được báo khi hệ thống tự chuyển bước vì hết thời gian." in list(words.notices(step))


def test_a_split_names_its_branches_and_when_they_are_taken():
    words, workflow = words_of("3.000333")
    step = workflow.step("tiep_tra_cuu")
    assert words.action(step, step.actions[0]) == (
        "“Gửi tra cứu” chuyển sang “Tra cứu hồ sơ nghiệp vụ” và “Xác minh với Tòa án” "
        "(khi trả lời Có cho “Đã từng bị kết án?”): các nhánh làm song song."
    )


def test_an_end_says_its_outcome_and_what_it_needs():
    words, workflow = words_of("1.002809")
    step = workflow.step("tra_ket_qua")
    assert words.action(step, step.actions[0]) == (
        "“Trả kết quả” kết thúc hồ sơ: đã trả kết quả; phải thu đủ phí và lệ phí, đối chiếu bản chính "
        "(hoặc ghi lý do không đối chiếu) và ghi người nhận kết quả."
    )


def test_whoever_does_a_step_is_called_by_their_office():
    _, workflow = words_of("1.002809")
    assert [actor_words(step) for step in workflow.steps[:4]] == [
        "lãnh đạo phòng",
        "chuyên viên thụ lý",
        "người nộp hồ sơ",
        "lãnh đạo phòng",
    ]
