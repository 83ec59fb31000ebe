"""The lives beside the dossiers: as new as the dossiers whenever they are read, whoever dies in between."""

from dataclasses import replace
from datetime import timedelta

import pytest
from dossier_stories import RECEPTION
from people import COMMUNE
from reported import NOW, Told, stories

from tthc.dossiers.commands import Accept
from tthc.dossiers.repository import Dossiers
from tthc.measures.completeness import missing
from tthc.measures.form_06a import form_06a, total
from tthc.measures.life import life_of
from tthc.measures.periods import period
from tthc.reports import kept
from tthc.reports.figures import Figures
from tthc.reports.lives import LIVES, Lives

pytestmark = pytest.mark.database
ACCEPT = Accept(("hop_dong",))
YEAR = (NOW - timedelta(days=365), NOW + timedelta(days=1))


@pytest.fixture
def lives(mongo_database):
    dossiers = Dossiers(mongo_database)
    dossiers.ensure_indexes()
    made = Lives(dossiers, mongo_database)
    made.ensure_indexes()
    return made


def test_every_write_is_told_once_and_what_was_told_waits_no_more(lives):
    told = stories()
    for story in told:
        lives.dossiers.insert(story.dossier)
    assert lives.waiting() == len(told)
    assert lives.sweep(limit=4) == 4 and lives.waiting() == len(told) - 4
    assert lives.sweep() == len(told) - 4 and lives.sweep() == 0
    found = {life.id: life for life in lives.of([COMMUNE], *YEAR)}
    accepted = [story.dossier for story in told if story.dossier.accepted_at is not None]
    assert found == {d.id: life_of(d, missing) for d in accepted}


def test_what_was_written_while_it_was_told_is_told_again(lives, monkeypatch):
    story = Told("dua", "16/11/2026 08:00", 20).online()
    before = lives.dossiers.insert(story.dossier)
    read = Dossiers.get

    def slowly(self, dossier_id):
        found = read(self, dossier_id)
        monkeypatch.setattr(Dossiers, "get", read)
        story.do(RECEPTION, ACCEPT)
        assert self.apply(before, story.dossier) is not None
        return found

    monkeypatch.setattr(Dossiers, "get", slowly)
    assert lives.sweep() == 1 and lives.waiting() == 1, "the mark of the newer write stays"
    assert lives.sweep() == 1 and lives.waiting() == 0
    (life,) = lives.of([COMMUNE], *YEAR)
    assert life.accepted_at == story.dossier.accepted_at


def test_an_older_telling_that_comes_late_does_not_undo_a_newer_one(lives, monkeypatch):
    story = Told("muon", "16/11/2026 08:00", 21).online()
    old = story.dossier
    lives.dossiers.insert(old)
    story.do(RECEPTION, ACCEPT)
    lives.dossiers.apply(old, story.dossier)
    lives.sweep()
    lives.dossiers.collection.update_one({"_id": old.id}, {"$set": {"life_due": True}})
    with monkeypatch.context() as slow:
        # a worker that read the dossier before it was accepted, and writes now
        slow.setattr(Dossiers, "get", lambda *_: old)
        lives.sweep()
    (life,) = lives.of([COMMUNE], *YEAR)
    assert life == life_of(story.dossier, missing)
    assert lives.waiting() == 1, "and the mark is not its to take away"


def test_lives_of_another_shape_are_told_anew(lives, monkeypatch):
    lives.dossiers.insert(stories()[0].dossier)
    lives.sweep()
    lives.ensure_indexes()
    assert lives.waiting() == 0, "nothing to do twice"
    monkeypatch.setattr(kept, "SHAPE", kept.SHAPE + 1)
    lives.ensure_indexes()
    assert lives.waiting() == 1 and lives.sweep() == 1
    assert lives.database[LIVES].find_one({})["shape"] == kept.SHAPE


def test_a_dossier_that_cannot_be_told_keeps_no_other_waiting(lives):
    good, bad = stories()[:2]
    lives.dossiers.insert(good.dossier)
    lives.dossiers.insert(bad.dossier)
    lives.dossiers.collection.update_one({"_id": bad.dossier.id}, {"$set": {"history": []}})
    assert lives.sweep() == 1
    assert [life.id for life in lives.of([COMMUNE], *YEAR)] == [good.dossier.id]
    assert lives.waiting() == 1


def test_d1_2_what_went_over_to_another_agency_counts_where_it_was_at_the_end(lives):
    story = Told("chuyen", "02/11/2026 08:00", 22).accepted()
    lives.dossiers.insert(story.dossier)
    lives.sweep()
    row = lives.database[LIVES].find_one({})
    moved = NOW - timedelta(days=10)
    told = kept.read(row)
    lives.database[LIVES].replace_one(
        {}, {**kept.written(replace(told, agency="xa-moi", moves=((moved, COMMUNE),)), 99), "_id": row["_id"]}
    )
    before, after = (YEAR[0], moved - timedelta(days=1)), (YEAR[0], NOW)
    assert [
        len(list(lives.of([agency], *span))) for agency in (COMMUNE, "xa-moi") for span in (before, after)
    ] == [1, 0, 0, 1]


def test_a_period_that_is_over_is_counted_once_and_one_that_runs_each_time(lives):
    for story in stories():
        lives.dossiers.insert(story.dossier)
    figures, october, november = (
        Figures(lives, lives.database),
        period("thang", 2026, 10),
        period("thang", 2026, 11),
    )
    assert figures.of(october, NOW).rows == (), "nothing is told yet, so nothing is kept"
    lives.sweep()
    counted, running = figures.of(october, NOW), figures.of(november, NOW)
    whole = total(form_06a([s.dossier for s in stories()], october.start, october.end, lambda _: ("a", "A")))
    assert replace(total(counted.rows), sector="a", sector_name="A") == replace(
        whole, sector="a", sector_name="A"
    )
    assert {row.sector for row in counted.rows} == {COMMUNE} and total(running.rows).received == 8
    lives.database[LIVES].drop()
    assert figures.of(october, NOW) == counted
    assert figures.of(november, NOW).rows == ()
    soon = october.end + timedelta(hours=1)
    assert figures.of(period("quy", 2026, 3), soon).rows == () and figures.of(october, soon).rows == ()
