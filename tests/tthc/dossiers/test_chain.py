from dataclasses import replace

import pytest
from dossier_stories import MONDAY, OWNER, ready

from tthc.dossiers.apply import record, replay
from tthc.dossiers.chain import digest, verify


def test_a_sound_dossier_has_nothing_wrong():
    dossier = ready().dossier
    assert verify(dossier) == ()
    assert replace(replay(dossier.history), outbox=dossier.outbox) == dossier


def test_every_entry_is_linked_to_the_one_before():
    history = ready().dossier.history
    assert [e.seq for e in history] == list(range(1, len(history) + 1))
    assert [e.previous for e in history] == ["", *(e.hash for e in history[:-1])]


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
