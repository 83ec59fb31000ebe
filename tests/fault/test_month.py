"""A month whose site and workers die by SIGKILL after each kind of write: nothing lost, nothing doubled, all clocks right."""

import copy
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tthc.measures.form_06a import count_06a
from tthc.registry.sectors import sector_id, sector_name
from tthc.simulation import checks
from tthc.simulation.deck import Deck, Month
from tthc.simulation.kinds import Course
from tthc.simulation.outcome import outcome
from tthc.simulation.place import prepare
from tthc.simulation.points import Plan, Point
from tthc.simulation.processes import SITE, WORKER, WORKERS, play

pytestmark = [pytest.mark.fault, pytest.mark.database]

MONTH = Month.of(date(2026, 11, 1))
PROCEDURES = {"1.001612", "9.900001", "9.900002"}
"""Event rules, consultation and silence, dossiers that open others, fees, results at once."""

BEFALL = (Course.OVERDUE, Course.SUPPLEMENT_IN_APPRAISAL, Course.SILENT)

DIED = {
    SITE: {
        "dossier_counters/findAndModify",  # the number is drawn, the dossier has none yet
        "dossiers/insert",
        "dossiers/command",  # carried out, and nobody was answered
    },
    WORKER: {
        "dossiers/outbox leased",  # claimed, not sent
        "inbox/insert",
        "mailbox/insert",  # sent, not recorded
        "dossiers/outbox done",
        "dossiers/command",  # a timer, a proposal, word of a child
        "dossiers/insert",  # a child, of which its parent does not know yet
        "dossiers/rules asked",
        "dossier_lives/update",
        "dossiers/life told",
    },
}


@pytest.fixture(scope="module")
def month(mongo_client, tmp_path_factory):
    name, folder = "simulation_killed", tmp_path_factory.mktemp("killed")
    mongo_client.drop_database(name)
    place = prepare(mongo_client[name], "phuong-to-hieu", MONTH.first_arrival, folder)
    place = replace(place, definitions=tuple(d for d in place.definitions if d.procedure in PROCEDURES))
    killed = play(place, Deck(place, MONTH, 8, BEFALL), 6, Plan(8, 1, before=False))
    documents = list(place.services.repository.collection.find({}))
    yield place, killed, documents
    mongo_client.drop_database(name)


def acknowledged(killed):
    return [(each.dossier, each.command) for each in killed.played.acknowledged]


def delivered(place):
    rows = (place.services.database[name].find({}, {"_id": 1}) for name in ("inbox", "mailbox"))
    return [row["_id"] for each in rows for row in each]


def test_d25_1_killed_after_each_kind_of_write_the_month_comes_out_right(month):
    place, killed, _ = month
    assert {Point(who, what, after=True) for who, whats in DIED.items() for what in whats} <= set(
        killed.points
    )
    assert len(killed.lives) == 1 + WORKERS
    assert sum(killed.lives) - len(killed.lives) == sum(killed.points.values())
    found = outcome(place, MONTH, killed.played, gaps=True)
    assert found.wrong == ()
    assert found.unexpected == {}
    assert all(check.looked for check in found.checks if "không ai làm" not in check.name)
    # what reports count from was told by workers that died over it
    lives, names = place.services.lives, {d.procedure: d.sector for d in place.definitions}
    assert lives.waiting() == 0
    told = lives.of(None, MONTH.start, MONTH.end)
    counted = count_06a(
        told, MONTH.start, MONTH.end, lambda code: (sector_id(names[code]), sector_name(names[code]))
    )
    assert counted == found.rows != ()


def test_d11_2_an_event_or_a_command_that_was_lost_or_doubled_is_found(month):
    _, killed, documents = month
    assert checks.commands(documents, acknowledged(killed)).wrong == ()
    lost, doubled = copy.deepcopy(documents), copy.deepcopy(documents)
    name = checks.name_of(lost[0])
    gone = lost[0]["history"].pop(0)
    assert f"{name}: mất lệnh {gone['command_id']}." in checks.commands(lost, acknowledged(killed)).wrong
    assert checks.chains(lost).wrong
    again = doubled[0]["history"][0]
    doubled[0]["history"].append(again)
    assert (
        checks.commands(doubled, acknowledged(killed)).wrong[0]
        == f"{name}: lệnh {again['command_id']} được làm 2 lần."
    )
    assert checks.chains(doubled).wrong
    assert checks.commands(documents[1:], acknowledged(killed)).wrong == (
        f"Mất hồ sơ {documents[0]['_id']}.",
    )


def test_d11_2_a_notice_that_was_lost_doubled_or_left_behind_is_found(month):
    place, _, documents = month
    sent = delivered(place)
    assert checks.notices(documents, sent).wrong == ()
    assert checks.notices(documents, sent[1:]).wrong[0].endswith(f"{sent[0]} giao 0 lần.")
    assert checks.notices(documents, [*sent, sent[0]]).wrong[0].endswith(f"{sent[0]} giao 2 lần.")
    left = copy.deepcopy(documents)
    entry = next(e for d in left for e in d["outbox"])
    entry["state"] = "leased"
    assert any(
        sentence.endswith(f"{entry['id']} còn leased.") for sentence in checks.notices(left, sent).wrong
    )


def test_d10_3b_a_clock_that_was_forgotten_rang_twice_or_was_moved_is_found(month):
    place, _, documents = month
    now = place.clock.now()
    assert checks.timers(documents, now).wrong == ()
    rang = copy.deepcopy(documents)
    history, event = next((d["history"], e) for d in rang for e in d["history"] if e["type"] == "reminded")
    history.append(event)
    assert any("kêu 2 lần" in sentence for sentence in checks.timers(rang, now).wrong)
    forgotten = copy.deepcopy(documents)
    forgotten[0]["timers"] = [{"id": "deadline@1", "due": now - timedelta(minutes=1)}]
    assert any("chưa kêu" in sentence for sentence in checks.timers(forgotten, now).wrong)
    moved = copy.deepcopy(documents)
    next(d for d in moved if d.get("deadline") and d["deadline"]["due"])["deadline"]["due"] += timedelta(
        minutes=1
    )
    assert len(checks.due_dates(moved, place.services.calendar).wrong) == 1


def test_d11_2_a_number_given_twice_is_found(month):
    _, _, documents = month
    codes = Counter(d["code"] for d in documents if d.get("code"))
    assert set(codes.values()) == {1}
    coded = next(d for d in documents if d.get("code"))
    assert "cấp hai lần" in checks.codes([*documents, coded], gaps=True).wrong[0]
