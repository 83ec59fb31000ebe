"""What an amendment changes for dossiers that exist, found by replaying them on both versions."""

from dataclasses import replace
from pathlib import Path

import pytest

from definitions.calendars import shipped as calendar
from definitions.loader import load
from definitions.shipped import shipped
from tthc.impact.compare import impact
from tthc.impact.model import Report, Verdict
from tthc.trials.run import run
from tthc.trials.walk import Walk
from tthc.trials.world import World

CARD = (Path(__file__).parents[2] / "admin" / "thu_muc.yaml").read_text(encoding="utf-8")
LICENCE = dict(shipped())["2.000181.yaml"]


def made(text):
    loaded = load(text, "thu.yaml")
    assert loaded.definition is not None, loaded.problems
    return loaded.definition


def walked(definition, at=0, steps=None):
    """The dossier of an example, gone its whole way or so many of its steps."""
    example = definition.examples[at]
    example = replace(example, steps=example.steps[:steps])
    world = World(definition, example, calendar())
    walk = Walk(world)
    walk.hand_in(run(definition, example, calendar()).assessment)
    walk.take_steps()
    return walk.dossier, world.agency


def changed(text, old, new, *, at=0, steps=None):
    assert old in text
    before = made(text)
    dossier, agency = walked(before, at, steps)
    return impact(made(text), made(text.replace(old, new, 1)), dossier, agency, calendar())


def told(found):
    return [difference.sentence for difference in found.differences]


def test_other_words_touch_no_dossier():
    found = changed(CARD, "label: Phí làm thẻ", "label: Phí làm thẻ bạn đọc", steps=1)
    assert (found.differences, found.verdict) == ((), Verdict.UNTOUCHED)


def test_another_amount_is_told_in_money():
    found = changed(CARD, 'amount: "20000"', 'amount: "30000"', steps=1)
    assert told(found) == ["Phí, lệ phí: Phí làm thẻ: 20.000 đồng → 30.000 đồng."]
    assert found.verdict is Verdict.MOVABLE  # it is collected at the return, so nothing was paid yet


def test_what_was_paid_already_needs_a_person():
    found = changed(
        LICENCE,
        "collect: before_acceptance",
        "effective: {to: 2020-01-01}\n    collect: before_acceptance",
        steps=3,
    )
    assert found.verdict is Verdict.PERSON
    assert any("Đã thu" in reason and "bản mới là" in reason for reason in found.reasons)


def test_a_paper_that_nobody_brought_needs_a_person():
    more = "attachments:\n  - {id: giay_moi, name: Giấy mới, copies: {copy: 1}}\n"
    found = changed(CARD, "attachments:\n", more, steps=1)
    assert told(found) == ["Giấy tờ: Giấy mới: thêm 1 bản sao."]
    assert found.reasons == ("Phải bổ sung “Giấy mới”.",)


def test_a_question_that_was_never_asked_needs_a_person():
    more = "required: true, max_length: 100, prefill: full_name}\n        - {id: card_kind, type: text, label: Loại thẻ, help: Ghi tên loại thẻ, required: true}"
    found = changed(CARD, "required: true, max_length: 100, prefill: full_name}", more, steps=1)
    assert [difference.kind for difference in found.differences] == ["answers"]
    assert found.verdict is Verdict.PERSON
    assert any("Câu trả lời chưa đạt theo bản mới" in reason for reason in found.reasons)


def test_a_later_date_than_promised_needs_a_person_an_earlier_one_does_not():
    later = changed(CARD, "label: Cấp thẻ, amount: 2", "label: Cấp thẻ, amount: 4", steps=1)
    assert [difference.kind for difference in later.differences] == ["due"]
    assert later.reasons == ("Hạn trả muộn hơn ngày đã hẹn với người nộp: 09:00 ngày 26/11/2026 (thứ Năm).",)
    earlier = changed(CARD, "label: Cấp thẻ, amount: 2", "label: Cấp thẻ, amount: 1", steps=1)
    assert (earlier.reasons, earlier.verdict) == ((), Verdict.MOVABLE)


def test_another_way_is_told_with_where_it_stops():
    before = made(LICENCE)
    dossier, agency = walked(before, 0, 2)
    after = replace(before, workflow=made(CARD).workflow)
    result = impact(before, after, dossier, agency, calendar())
    assert [difference.kind for difference in result.differences] == ["route"]
    assert result.verdict is Verdict.PERSON
    assert any("không có bước" in reason for reason in result.reasons)


@pytest.mark.parametrize("text", [CARD, LICENCE], ids=["card", "licence"])
def test_the_same_version_changes_nothing_of_any_walked_example(text):
    definition = made(text)
    for at, example in enumerate(definition.examples):
        if not example.steps:
            continue
        dossier, agency = walked(made(text), at)
        found = impact(definition, made(text), dossier, agency, calendar())
        assert (found.differences, found.reasons) == ((), ())


def test_a_report_counts_dossiers_by_kind_and_verdict():
    one = changed(CARD, 'amount: "20000"', 'amount: "30000"', steps=1)
    none = changed(CARD, "label: Phí làm thẻ", "label: Phí thẻ", steps=1)
    found = Report((one, none))
    assert found.kinds == {"fee": 1}
    assert found.changed == [one]
    assert sum(found.verdicts.values()) == 2
    assert found.verdicts[Verdict.UNTOUCHED] == 1
