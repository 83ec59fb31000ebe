"""A small month of a commune and of a department: every check right, and a wrong figure found out."""

import copy
from datetime import date, datetime, timedelta

import pytest

from tthc import cli
from tthc.clock import TZ
from tthc.simulation import checks
from tthc.simulation.comparing import compared, rows_of
from tthc.simulation.deck import Deck, Month
from tthc.simulation.kinds import EXCEPTIONS
from tthc.simulation.month import Player
from tthc.simulation.outcome import lines, outcome
from tthc.simulation.place import NotItsOwnError, prepare, require_own

pytestmark = pytest.mark.database

MONTH = Month.of(date(2026, 11, 1))
COMMUNE, DEPARTMENT = "phuong-to-hieu", "sotuphap"
DOSSIERS, FEW = 18, 4


def played(client, name, slug, seed, dossiers, var):
    client.drop_database(name)
    place = prepare(client[name], slug, MONTH.first_arrival, var)
    told = Player(place, MONTH).play(Deck(place, MONTH, seed), dossiers)
    documents = list(place.services.repository.collection.find({}))
    found = outcome(place, MONTH, told)
    return place, documents, found


@pytest.fixture(scope="module")
def commune(mongo_client, tmp_path_factory):
    yield played(
        mongo_client, "simulation_commune", COMMUNE, 11, DOSSIERS, tmp_path_factory.mktemp("commune")
    )
    mongo_client.drop_database("simulation_commune")


def test_d25_1_a_month_of_a_commune_comes_out_right(commune):
    place, documents, found = commune
    assert found.wrong == ()
    assert found.unexpected == {}
    offered = {d.procedure for d in place.definitions}
    assert {d["procedure"] for d in documents} == offered - set(found.without)
    assert found.applications == DOSSIERS
    assert sum(1 for kind in EXCEPTIONS if found.exceptions.get(kind)) > len(EXCEPTIONS) / 2
    assert all(check.looked for check in found.checks)


def test_d25_1_a_month_of_a_department_comes_out_right(mongo_client, tmp_path):
    place, documents, found = played(mongo_client, "simulation_department", DEPARTMENT, 5, 8, tmp_path)
    mongo_client.drop_database("simulation_department")
    assert found.wrong == ()
    assert found.unexpected == {}
    assert {d["procedure"] for d in documents} == {d.procedure for d in place.definitions}


def test_the_same_seed_plays_the_same_month(mongo_client, tmp_path):
    first, second = (
        list(lines(played(mongo_client, "simulation_again", DEPARTMENT, 3, FEW, tmp_path / str(at))[2]))
        for at in range(2)
    )
    mongo_client.drop_database("simulation_again")
    assert first == second


def test_another_seed_deals_another_deck(commune):
    place, *_ = commune

    def dealt(seed):
        return [(a.id, a.arrives, a.channel, a.course) for a in Deck(place, MONTH, seed).deal(DOSSIERS)]

    assert dealt(3) == dealt(3)
    assert dealt(3) != dealt(4)


def test_d25_1_a_figure_that_is_wrong_is_found_with_its_dossier(commune):
    place, documents, _ = commune
    sectors = {d.procedure: (d.sector, d.sector) for d in place.definitions}
    rows = rows_of(documents, MONTH.start, MONTH.end, sectors)
    assert compared(rows, documents, MONTH.start, MONTH.end, sectors).wrong == ()
    # the form is counted of all, the second count of all but one that was solved
    solved = next(d for d in documents if d["status"] == "returned" and d["accepted_at"] >= MONTH.start)
    rest = [d for d in documents if d is not solved]
    wrong = compared(rows, rest, MONTH.start, MONTH.end, sectors).wrong
    assert any("solved" in sentence for sentence in wrong)
    # one history whose end is told a year late: late in the second count, and the chain broken
    later = copy.deepcopy(documents)
    tampered = next(d for d in later if d["_id"] == solved["_id"])
    for entry in tampered["history"]:
        if entry["type"] == "accepted" and entry["data"]["deadline"]:
            entry["data"]["deadline"]["due"] = "2020-01-01T00:00:00Z"
    assert checks.chains(later).wrong


def test_d10_3b_a_moved_due_date_is_found(commune):
    place, documents, _ = commune
    later = copy.deepcopy(documents)
    moved = next(d for d in later if d.get("deadline") and d["deadline"]["due"])
    moved["deadline"]["due"] += timedelta(minutes=1)
    assert checks.due_dates(documents, place.services.calendar).wrong == ()
    (wrong,) = checks.due_dates(later, place.services.calendar).wrong
    assert wrong.startswith(checks.name_of(moved))


def test_d11_2_what_is_lost_or_doubled_is_found(commune):
    _, documents, _ = commune
    acknowledged = [(str(d["_id"]), e["command_id"]) for d in documents for e in d["history"]]
    assert checks.commands(documents, acknowledged).wrong == ()
    assert "mất lệnh" in checks.commands(documents, [*acknowledged, (documents[0]["_id"], "x")]).wrong[0]
    assert checks.commands(documents, [*acknowledged, ("gone", "x")]).wrong == ("Mất hồ sơ gone.",)
    delivered = [e["id"] for d in documents for e in d["outbox"] if e["channel"] != "system"]
    assert checks.notices(documents, delivered).wrong == ()
    assert len(checks.notices(documents, delivered[1:]).wrong) == 1
    assert len(checks.notices(documents, [*delivered, delivered[0]]).wrong) == 1
    coded = [d for d in documents if d.get("code")]
    assert checks.codes(documents).wrong == ()
    assert "cấp hai lần" in checks.codes([*documents, coded[0]]).wrong[0]


def test_d15_1d_a_dossier_nobody_can_act_on_is_found(commune):
    _, documents, _ = commune
    assert checks.nobody_waits(documents, lambda *_: True).wrong == ()
    assert checks.nobody_waits(documents, lambda *_: False).wrong
    later = datetime(2027, 6, 1, tzinfo=TZ)
    assert any(checks.timers(documents, later).wrong)


def test_it_plays_in_no_database_but_its_own(mongo_client):
    with pytest.raises(NotItsOwnError, match="cơ sở dữ liệu riêng"):
        require_own(mongo_client["tthc"])
    mongo_client["simulation_used"]["dossiers"].insert_one({})
    with pytest.raises(NotItsOwnError, match="đã có dữ liệu"):
        require_own(mongo_client["simulation_used"])
    mongo_client.drop_database("simulation_used")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--agency", COMMUNE, "--month", "11/2026"], "--month viết như 2026-11"),
        (["--agency", COMMUNE, "--dossiers", "0"], "--dossiers phải từ 1 trở lên"),
    ],
)
def test_what_cannot_be_played_is_one_sentence(capsys, given, said):
    assert cli.main(["simulate", "month", "--seed", "1", *given]) == cli.WRONG_ARGUMENTS
    assert said in capsys.readouterr().err


def test_an_agency_that_is_not_there_is_said(mongo_client, tmp_path):
    with pytest.raises(LookupError, match="không-có"):
        prepare(mongo_client["simulation_nobody"], "không-có", MONTH.first_arrival, tmp_path)
    mongo_client.drop_database("simulation_nobody")
