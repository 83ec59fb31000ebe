"""Đ1.2: two communes are merged while a dossier is under way; the successor goes on with it under the old code."""

from dataclasses import replace

import pytest
from dossier_stories import AGENCY, HEAD_OF_UNIT, OTHER_AGENCY, OWNER, RECEPTION, definition, submission

from tthc.dossiers import commands as cmd
from tthc.dossiers.apply import replay
from tthc.dossiers.chain import verify
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.listing import Listing, Wanted
from tthc.dossiers.permissions import may_act, may_read
from tthc.dossiers.refusals import Refused
from tthc.dossiers.succeeding import Handover, Succeeding
from tthc.dossiers.view import timeline

pytestmark = pytest.mark.database

ACCEPT = cmd.Accept(("hop_dong",))
MERGED = Handover(AGENCY, OTHER_AGENCY, "Nghị quyết 1681/NQ-UBTVQH15")
HEAD_THERE = replace(HEAD_OF_UNIT, id="truong-phong-moi", agency=OTHER_AGENCY.id)


@pytest.fixture
def under_way(service):
    service.start(definition(), submission("hs0"), OWNER, "nộp 0")
    return service.execute("hs0", ACCEPT, RECEPTION, "nhận")


def sweep_of(service):
    return Succeeding(service, service.dossiers, service.clock, lambda: (MERGED,))


def test_d1_2_a_dossier_under_way_goes_on_at_the_successor_with_its_code_and_dates(service, under_way):
    assert [sweep_of(service).sweep(), sweep_of(service).sweep()] == [1, 0]
    after = service.dossiers.get("hs0")
    assert after.agency == OTHER_AGENCY.id
    assert {task.agency for task in after.tasks} == {OTHER_AGENCY.id}
    assert (after.code, after.reference, after.deadline) == (
        under_way.code,
        under_way.reference,
        under_way.deadline,
    )
    assert verify(after) == ()
    assert replace(replay(after.history), outbox=after.outbox) == after
    line = timeline(after, service.calendar_of(AGENCY.id))[-1]
    assert line.title == "Chuyển sang cơ quan kế thừa"
    assert OTHER_AGENCY.name in line.detail
    told = [entry for entry in after.outbox if entry.template == "succeeded"]
    assert told
    assert told[0].data["agency"] == OTHER_AGENCY.name
    assert told[0].data["former_agency"] == AGENCY.name


@pytest.mark.usefixtures("under_way")
def test_d1_2_the_successors_staff_work_on_it_and_the_old_ones_no_longer(service):
    sweep_of(service).sweep()
    after = service.dossiers.get("hs0")
    (task,) = after.tasks
    there = replace(HEAD_THERE, functions=frozenset({task.function}))
    assert may_act(after, task, there)
    assert may_read(after, there)
    old = replace(there, agency=AGENCY.id)
    assert not may_act(after, task, old)
    assert not may_read(after, old)
    lists = Listing(service.dossiers)
    waiting = {
        agency.id: Wanted(functions=(task.function,), at=agency.id) for agency in (AGENCY, OTHER_AGENCY)
    }
    assert [row.id for row in lists.page(waiting[OTHER_AGENCY.id]).rows] == ["hs0"]
    assert lists.page(waiting[AGENCY.id]).rows == ()


def test_d1_2_old_dossiers_stay_where_they_ended_and_the_successor_reads_them(service):
    service.start(definition(), submission("hs0"), OWNER, "nộp 0")
    service.execute("hs0", cmd.Withdraw("Không cần nữa"), OWNER, "rút")
    assert sweep_of(service).sweep() == 0
    closed = service.dossiers.get("hs0")
    assert closed.agency == AGENCY.id
    assert not may_read(closed, HEAD_THERE)
    assert may_read(closed, replace(HEAD_THERE, predecessors=frozenset({AGENCY.id})))
    both = Listing(service.dossiers).page(Wanted((OTHER_AGENCY.id, AGENCY.id), statuses=(closed.status,)))
    assert [row.id for row in both.rows] == ["hs0"]


def test_d11_1_a_dossier_received_after_the_merger_has_the_successors_code(service):
    service.start(definition(), submission("hs0"), OWNER, "nộp 0")
    sweep_of(service).sweep()
    accepted = service.execute("hs0", ACCEPT, replace(RECEPTION, agency=OTHER_AGENCY.id), "nhận")
    assert accepted.code.startswith(OTHER_AGENCY.identifier)


@pytest.mark.usefixtures("under_way")
def test_nobody_but_the_system_hands_dossiers_over(service):
    command = cmd.Succeed(AGENCY.id, AGENCY.name, OTHER_AGENCY.id, OTHER_AGENCY.name)
    with pytest.raises(Refused, match="quản trị hệ thống"):
        service.execute("hs0", command, HEAD_OF_UNIT, "tự chuyển")
    with pytest.raises(Refused, match="khác cơ quan cũ"):
        service.execute("hs0", replace(command, taken_by=AGENCY.id), SYSTEM, "chuyển")
