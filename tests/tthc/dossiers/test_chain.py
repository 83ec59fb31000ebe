from dataclasses import replace
from datetime import datetime

import pytest
from dossier_stories import MONDAY, OWNER, ready

from rules.calendar import TZ
from rules.workflow.model import Outcome
from tthc.dossiers.apply import record, replay
from tthc.dossiers.chain import digest, link, verify
from tthc.dossiers.events import Ended, Reassigned
from tthc.dossiers.state import Who


def test_a_sound_dossier_has_nothing_wrong():
    dossier = ready().dossier
    assert verify(dossier) == ()
    assert replace(replay(dossier.history), outbox=dossier.outbox) == dossier


def test_every_entry_is_linked_to_the_one_before():
    history = ready().dossier.history
    assert [e.seq for e in history] == list(range(1, len(history) + 1))
    assert [e.previous for e in history] == ["", *(e.hash for e in history[:-1])]


def test_hashes_stay_what_they_were_so_that_stored_dossiers_verify():
    at, who = datetime(2026, 6, 1, 8, 0, 1, 234567, tzinfo=TZ), Who("hoa", "Hoa", "staff", "xa-a")
    first = link((), Reassigned("t1-1", "vien", "Lò Văn Ban", "Nghỉ phép"), at, who, "c1")
    second = link((first,), Ended(Outcome.RETURNED, "Cà Thị Ín"), at, who, "c2")
    assert first.hash == "fcd4c978570748cd04d3111369283f80a790fea63eb27f4c87855f15c843653d"
    assert second.hash == "9292e16c003221cfdfe990bc78ae716e7bc8cf96fb8d3b88a5fef4345771335a"


def test_a_changed_entry_is_found():
    dossier = ready().dossier
    entry = dossier.history[3]
    forged = replace(entry, data={**entry.data, "reason": "khác"})
    history = (*dossier.history[:3], forged, *dossier.history[4:])
    assert verify(replace(dossier, history=history)) == ("Mục 4 của lịch sử đã bị sửa.",)


def test_an_entry_forged_with_its_own_hash_breaks_the_chain():
    dossier = ready().dossier
    entry = replace(dossier.history[3], command_id="khác")
    entry = replace(entry, hash=digest(entry))
    history = (*dossier.history[:3], entry, *dossier.history[4:])
    assert verify(replace(dossier, history=history)) == ("Lịch sử bị đứt đoạn ở mục 5.",)


def test_a_removed_entry_is_found():
    dossier = ready().dossier
    history = (*dossier.history[:2], *dossier.history[3:])
    assert verify(replace(dossier, history=history)) == ("Lịch sử bị đứt đoạn ở mục 3.",)
    assert verify(replace(dossier, history=())) == ("Hồ sơ không có lịch sử.",)


def test_a_field_changed_beside_its_history_is_found():
    dossier = ready().dossier
    assert verify(replace(dossier, recipient="Kẻ khác", ended_at=MONDAY)) == (
        "Dữ liệu “ended_at” của hồ sơ khác với lịch sử.",
        "Dữ liệu “recipient” của hồ sơ khác với lịch sử.",
    )


def test_nothing_happening_changes_nothing():
    story = ready()
    assert record(story.dossier, (), story.context(OWNER)) is story.dossier
    with pytest.raises(ValueError, match="nothing"):
        record(None, (), story.context(OWNER))
    with pytest.raises(ValueError, match="without history"):
        replay(())
