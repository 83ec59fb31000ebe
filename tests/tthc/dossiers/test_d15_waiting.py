"""Đ15.2: results that nobody has collected, by age, with what was told of them."""

from dataclasses import replace

import pytest
from dossier_stories import at, ready

from tthc.dossiers.waiting_results import told, waiting, waiting_results


def test_d15_2_what_was_told_and_what_failed_is_counted():
    dossier = ready().dossier
    assert told(dossier.outbox).pending == 3
    states = iter(("done", "dead", "done"))
    outbox = tuple(
        replace(entry, state=next(states), done_at=at("01/06/2026 08:05"))
        if entry.template == "result_ready"
        else entry
        for entry in dossier.outbox
    )
    seen = told(outbox)
    assert (seen.count, seen.failed, seen.pending, seen.at) == (2, 1, 0, at("01/06/2026 08:05"))


def test_d15_1dd_a_result_before_its_day_is_marked_early_in_the_list():
    early, late = ready().dossier, ready("09/06/2026 08:00").dossier
    assert waiting(early, at("03/06/2026 07:00")).early
    assert waiting(early, at("03/06/2026 07:00")).days == 2
    assert not waiting(late, at("09/06/2026 09:00")).early


@pytest.mark.database
def test_d15_2_the_oldest_comes_first_page_by_page(dossiers):
    for number, day in enumerate((4, 2, 8, 3, 5)):
        story = ready(f"{day:02}/06/2026 08:00")
        dossiers.insert(
            replace(
                story.dossier,
                id=f"hs{number}",
                reference=f"HS-{number}",
                code=f"000.01.14.H52-260601-{number:04}",
            )
        )
    closed = ready().dossier
    dossiers.insert(
        replace(closed, id="xong", reference="HS-9", code="000.01.14.H52-260601-0099", status="returned")
    )
    now, seen, after = at("10/06/2026 09:00"), [], None
    for _ in range(3):
        rows, after = waiting_results(dossiers, "xa-a", now, after=after, limit=2)
        seen += [(row.dossier.id, row.days) for row in rows]
    assert seen == [("hs1", 8), ("hs3", 7), ("hs0", 6), ("hs4", 5), ("hs2", 2)]
    assert after is None
    assert waiting_results(dossiers, "xa-b", now) == ([], None)
