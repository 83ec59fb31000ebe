"""Problems carry the dossier that shows them."""

import pytest

from definitions.situation import Situation


def situations(problems, code):
    return [Situation.unpacked(each.situation) for each in problems if each.code == code and each.situation]


def test_a_case_that_an_earlier_one_takes(broken):
    found = situations(
        broken(
            "  - {id: xa, label: Ở xã, when: true}",
            "  - {id: nua, label: Nữa, when: 'area = \"phuong\"'}\n  - {id: xa, label: Ở xã, when: true}",
        ),
        "T036",
    )
    assert [each.answers for each in found] == [{"area": "phuong"}]


def test_a_field_that_is_never_shown(broken):
    found = situations(broken("visible: copies > 5", "visible: copies > 50"), "T033")
    assert len(found) == 1
    assert set(found[0].answers) == {"copies"}


def test_a_deadline_that_is_lacking(broken):
    found = situations(
        broken(
            "  - {amount: 5, unit: working_day}", "  - {when: 'area = \"xa\"', amount: 5, unit: working_day}"
        ),
        "T082",
    )
    assert found[0].answers == {"area": "phuong"}
    assert found[0].facts["channel"] == "online"
    assert found[0].day is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "[]",
        "3",
        '{"a": 1}',
        '{"d": "x"}',
        '{"d": 5}',
        "x" * 3000,
        "[" * 1400,
        '{"a": {"x": NaN}}',
        '{"a": {"x": "\\ud800"}}',
    ],
)
def test_what_is_no_situation_is_none(text):
    assert Situation.unpacked(text) is None


def test_packed_and_unpacked_are_the_same():
    one = Situation({"a": {"b": None}, "c": True, "d": "ở xã"}, {"channel": "online"})
    assert Situation.unpacked(one.packed) == one
    assert not Situation({"a": "x" * 2000}).packed
