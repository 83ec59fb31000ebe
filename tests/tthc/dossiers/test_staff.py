"""Who can be given a step, and who can take one: accounts that are open, by the grants they hold there."""

from dataclasses import replace

import pytest
from dossier_stories import ELSEWHERE, HEAD_OF_UNIT, OWNER, RECEPTION, a_file, definition, submission
from hashing import cheap_hasher

from tthc.dossiers import commands as cmd
from tthc.dossiers.refusals import Refused
from tthc.services import build
from tthc.settings import Settings

pytestmark = pytest.mark.database

HERE, THERE = RECEPTION.agency, ELSEWHERE.agency


@pytest.fixture
def services(mongo_database, mongo_uri, clock, tmp_path):
    settings = Settings.load({"MONGODB_URI": mongo_uri, "TTHC_VAR": str(tmp_path)})
    return build(settings, mongo_database, clock, cheap_hasher())


@pytest.fixture
def desk(service, services):
    """The service of the stories, with the accounts of the platform as its staff."""
    return replace(service, staff_of=services.dossiers.staff_of)


@pytest.fixture
def hired(services, now):
    def hire(agency, functions):
        return services.accounts.create_staff(
            login=f"vien.{agency}",
            name="Hoàng Thu Trang",
            password="hoa ban nở trắng",
            now=now,
            agency=agency,
            functions=functions,
        )

    return hire


def waiting(desk):
    """A dossier that waits to be given to somebody; what gives it."""
    desk.start(definition(), submission("hs1"), OWNER, "nộp")
    dossier = desk.execute("hs1", cmd.Accept(("hop_dong",)), RECEPTION, "nhận")

    def give(account):
        act = cmd.Act(dossier.tasks[0].id, "giao", assignee=account.key)
        return desk.execute("hs1", act, HEAD_OF_UNIT, "giao")

    return give


def test_a_colleague_is_given_a_step_and_takes_it(desk, hired):
    examiner = hired(HERE, {HERE: ["tham_dinh"]})
    dossier = waiting(desk)(examiner)
    assert dossier.tasks[0].assignee == examiner.key
    act = cmd.Act(dossier.tasks[0].id, "trinh", files=(a_file(),))
    assert desk.execute("hs1", act, examiner.actor(), "trình").version == dossier.version + 1


def test_d2_7_a_grant_elsewhere_is_enough_to_be_given_a_step_there(desk, hired):
    examiner = hired(THERE, {THERE: ["tiep_nhan"], HERE: ["tham_dinh"]})
    assert waiting(desk)(examiner).tasks[0].assignee == examiner.key


def test_whoever_holds_nothing_here_is_given_nothing(desk, hired):
    with pytest.raises(Refused, match="không giữ chức năng"):
        waiting(desk)(hired(THERE, {THERE: ["tham_dinh"]}))


def test_a_closed_account_is_given_nothing(desk, hired, services):
    examiner = hired(HERE, {HERE: ["tham_dinh"]})
    give = waiting(desk)
    services.accounts.lock(examiner.key, "Nghỉ việc")
    assert services.dossiers.staff_of(examiner.key, HERE) is None
    with pytest.raises(Refused, match="không giữ chức năng"):
        give(examiner)


def test_a_closed_account_does_nothing_with_what_it_was_given(desk, hired, services):
    examiner = hired(HERE, {HERE: ["tham_dinh"]})
    dossier = waiting(desk)(examiner)
    closed = services.accounts.lock(examiner.key, "Nghỉ việc")
    assert closed.functions == {HERE: {"tham_dinh"}}
    act = cmd.Act(dossier.tasks[0].id, "trinh", files=(a_file(),))
    with pytest.raises(Refused, match="chưa được giao chức năng"):
        desk.execute("hs1", act, closed.actor(), "trình")
    assert desk.read("hs1", closed.actor()) is None
