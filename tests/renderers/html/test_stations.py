"""Who does what by when, for every shipped procedure."""

from decimal import Decimal

import pytest

from definitions.shipped import loaded, shipped
from renderers.html.stations import stations
from rules.deadlines import DeadlineRule, Unit

INTAKE = DeadlineRule(Decimal(8), Unit.WORKING_HOUR)
DEFINITIONS = {name.removesuffix(".yaml"): loaded(text, name).definition for name, text in shipped()}


@pytest.mark.parametrize("code", DEFINITIONS)
def test_d7_2b_the_way_begins_with_the_applicant_and_ends_with_the_result(code):
    found = stations(DEFINITIONS[code], INTAKE)
    assert found.way[0].yours and found.way[0].what == "Nộp hồ sơ"
    names = {step.name for step in DEFINITIONS[code].workflow.steps}
    assert {station.what for station in found.way} - names <= {
        "Nộp hồ sơ",
        "Kiểm tra, tiếp nhận, hẹn ngày trả kết quả",
    }
    assert found.way[-1].what in names and all(station.who for station in found.way)
    assert not any("từ chối" in station.what or "không giải quyết" in station.what for station in found.way)
    assert found.asides


def test_d7_2b_what_is_answered_at_once_is_not_said_to_wait_for_acceptance():
    found = stations(DEFINITIONS["2.000815"], INTAKE)
    assert [station.what for station in found.way] == ["Nộp hồ sơ", "Giải quyết và trả kết quả"]


def test_d10_2a_the_time_to_accept_is_the_policys():
    found = stations(DEFINITIONS["2.000181"], DeadlineRule(Decimal(4), Unit.WORKING_HOUR))
    assert "4 giờ làm việc" in found.way[1].long
