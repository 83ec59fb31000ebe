"""Đ1.2: a ward is merged into another while a dossier is under way; the whole application goes on with it."""

from datetime import timedelta

import pytest
from people import COMMUNE, OTHER, Province
from walk import licence_at_the_examiner

from tthc.agencies import succession

pytestmark = pytest.mark.database


def test_d1_2_a_dossier_under_way_is_worked_by_the_successors_staff(province: Province):
    s = province.services
    number = licence_at_the_examiner(province)
    (row,) = s.database["dossiers"].find({}, {"_id": 1})
    before = s.repository.get(row["_id"])
    assert before.agency == COMMUNE
    on = province.clock.now().date() + timedelta(days=1)
    plan = succession.plan(
        "merge", (s.agencies.get(COMMUNE),), (s.agencies.get(OTHER),), on, "Nghị quyết thử"
    )
    s.agencies.succeed(plan)
    assert s.succeeding.sweep() == 0, "the day has not come"
    province.clock.advance(days=1)
    assert s.succeeding.sweep() == 1
    after = s.repository.get(before.id)
    assert (after.agency, after.code, after.reference) == (OTHER, before.code, before.reference)
    assert after.deadline == before.deadline
    there = province.staff("khac-chuyenvien")
    new, old = (s.agencies.get(a).slug for a in (OTHER, COMMUNE))
    assert number in there.get(f"/motcua/{new}/hop/cho-toi").text
    page = there.get(f"/motcua/{new}/ho-so/{before.id}")
    assert page.status == 200
    assert "Chuyển sang cơ quan kế thừa" in page.text
    here = province.staff("chuyenvien")
    assert number not in here.get(f"/motcua/{old}/hop/cho-toi").text
    assert here.get(f"/motcua/{old}/ho-so/{before.id}").status == 404
