"""A calendar that changes moves the days promised by it: once, written down, and told to the applicant."""

from dataclasses import replace

import pytest
from dossier_stories import AGENCY, CALENDAR, HEAD_OF_UNIT, OWNER, RECEPTION, at, definition, submission

from definitions.calendars import layers
from rules.calendar import Calendar
from tthc.dossiers import commands as cmd
from tthc.dossiers.chain import verify
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.following import Following
from tthc.dossiers.refusals import Refused
from tthc.dossiers.view import timeline

pytestmark = pytest.mark.database

ACCEPT = cmd.Accept(("hop_dong",))
# 2/6/2026, a Tuesday, turns out to be off; a Saturday weeks later is worked for it
SWAP = {
    "years": {2026: {"confirmed": True, "off": [{"day": "2026-06-02", "kind": "swap", "with": "2026-06-27"}]}}
}
CHANGED = Calendar.from_data(*layers(), SWAP)


@pytest.fixture
def accepted(service):
    for number in range(2):
        service.start(definition(), submission(f"hs{number}"), OWNER, f"nộp {number}")
    return service.execute("hs0", ACCEPT, RECEPTION, "nhận")


def following(service, fingerprint="mới", **changes):
    moved = replace(service, calendar_of={AGENCY.id: CHANGED}.__getitem__)
    database = service.dossiers.collection.database
    return Following(moved, service.dossiers, database, service.clock, lambda: fingerprint, **changes)


def test_what_the_change_moves_is_counted_again_once_and_told(service, accepted):
    before = accepted.deadline
    sweeps = following(service)
    assert [sweeps.sweep(), sweeps.sweep(), following(service).sweep()] == [1, 0, 0]
    after = service.dossiers.get("hs0")
    assert after.deadline.due != before.due
    assert after.deadline.original_due == before.original_due
    assert after.deadline.due == CHANGED.add_days(accepted.accepted_at, 5)
    assert "nghỉ hoán đổi" in after.deadline.explanation
    assert verify(after) == ()
    line = timeline(after, CHANGED)[-1]
    assert line.title == "Tính lại ngày trả do lịch làm việc thay đổi"
    told = [entry for entry in after.outbox if entry.template == "recounted"]
    assert {entry.channel for entry in told} >= {"portal"}
    assert told[0].data["why"] == after.deadline.explanation
    assert service.dossiers.get("hs1").version == 1  # handed in, not yet received: nothing was promised


def test_nothing_happens_where_the_date_stays_or_the_policy_says_so(service, accepted):
    database = service.dossiers.collection.database
    same = Following(service, service.dossiers, database, service.clock, lambda: "như cũ")
    assert same.sweep() == 0
    assert service.dossiers.get("hs0") == accepted
    assert following(service, follow=False).sweep() == 0
    assert service.dossiers.get("hs0") == accepted


@pytest.mark.usefixtures("accepted")
def test_a_dossier_that_cannot_be_decided_keeps_no_other_waiting(service, caplog):
    service.execute("hs1", ACCEPT, RECEPTION, "nhận 1")
    service.dossiers.collection.update_one({"_id": "hs0"}, {"$set": {"definition": "đã mất"}})
    assert following(service).sweep() == 1
    assert "due date of dossier hs0 was not counted again" in caplog.text


@pytest.mark.usefixtures("accepted")
def test_only_the_system_counts_again_and_a_dossier_that_has_ended_stays(service):
    with pytest.raises(Refused, match="Chỉ hệ thống"):
        service.execute("hs0", cmd.FollowCalendar(), HEAD_OF_UNIT, "tự tính")
    ended = service.execute("hs0", cmd.Withdraw("thôi"), OWNER, "rút")
    moved = following(service).dossiers
    assert moved.execute("hs0", cmd.FollowCalendar(), SYSTEM, "x") == ended
    assert ended.closed
    assert at("01/06/2026 08:00") == CALENDAR.next_working_instant(ended.submitted_at)
