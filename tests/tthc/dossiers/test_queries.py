from dataclasses import replace
from datetime import timedelta

import pytest
from dossier_stories import (
    APPLICANT,
    EXAMINER,
    HEAD_OF_UNIT,
    MONDAY,
    OWNER,
    RECEPTION,
    SECOND_EXAMINER,
    definition,
    registration,
    submission,
)

from tthc.dossiers import commands as cmd
from tthc.dossiers.queries import Lists
from tthc.dossiers.state import Status

pytestmark = pytest.mark.database


def submit(service, number, **changes):
    service.clock.advance(minutes=1)
    return service.start(definition(), submission(f"hs{number:03}", **changes), OWNER, f"nộp {number}")


def accept(service, dossier):
    return service.execute(dossier.id, cmd.Accept(("hop_dong",)), RECEPTION, f"nhận {dossier.id}")


def ids(page):
    return [row.id for row in page.rows]


def test_the_inbox_goes_by_pages_nearest_due_first(service, dossiers):
    for number in range(7):
        submit(service, number)
    lists = Lists(dossiers)
    found, after = [], None
    for _ in range(3):
        page = lists.inbox(("tiep_nhan",), "xa-a", after=after, limit=3)
        found += ids(page)
        after = page.after
    assert found == [f"hs{n:03}" for n in range(7)]
    assert after is None
    assert lists.inbox_count(("tiep_nhan",), "xa-a") == 7
    assert lists.inbox(("tiep_nhan",), "xa-b").rows == ()
    assert lists.inbox(("tham_dinh",), "xa-a").rows == ()


def test_pages_hold_when_many_are_due_at_once(service, dossiers):
    for number in range(6):
        service.start(definition(), submission(f"hs{number}"), OWNER, f"nộp {number}")
    lists = Lists(dossiers)
    first = lists.inbox(("tiep_nhan",), "xa-a", limit=4)
    second = lists.inbox(("tiep_nhan",), "xa-a", after=first.after, limit=4)
    assert ids(first) + ids(second) == [f"hs{n}" for n in range(6)]


def test_a_row_tells_what_a_list_shows(service, dossiers):
    dossier = accept(service, submit(service, 1))
    (row,) = Lists(dossiers).in_agency("xa-a", (Status.SOLVING,)).rows
    assert (row.code, row.applicant, row.status, row.national) == (dossier.code, APPLICANT, Status.SOLVING, 4)
    assert row.open_tasks == dossier.tasks
    assert (row.deadline, row.next_due) == (dossier.deadline, dossier.tasks[0].due)


def test_an_examiner_sees_their_own_and_what_nobody_has(service, dossiers):
    for number, who in ((1, "vien"), (2, "vien2")):
        dossier = accept(service, submit(service, number))
        give = cmd.Act(dossier.tasks[0].id, "giao", assignee=who)
        service.execute(dossier.id, give, HEAD_OF_UNIT, f"giao {number}")
    lists = Lists(dossiers)
    assert ids(lists.inbox(("tham_dinh",), "xa-a")) == ["hs001", "hs002"]
    assert ids(lists.inbox(("tham_dinh",), "xa-a", assignee=EXAMINER.id)) == ["hs001"]
    assert lists.inbox_count(("tham_dinh",), "xa-a", assignee=SECOND_EXAMINER.id) == 1
    assert ids(lists.inbox(("tham_dinh", "phe_duyet"), "xa-a", assignee=EXAMINER.id)) == ["hs001"]
    accept(service, submit(service, 3))
    assert ids(lists.inbox(("lanh_dao_phong",), "xa-a", assignee=HEAD_OF_UNIT.id)) == ["hs003"]


def test_lists_by_status_and_due(service, dossiers):
    submit(service, 1)
    accept(service, submit(service, 2))
    lists = Lists(dossiers)
    assert ids(lists.inbox(("tiep_nhan",), "xa-a", statuses=(Status.SUBMITTED,))) == ["hs001"]
    assert ids(lists.in_agency("xa-a", (Status.SOLVING, Status.SUBMITTED))) == ["hs002", "hs001"]
    assert lists.in_agency("xa-a", (Status.SOLVING,), due_before=MONDAY).rows == ()
    assert lists.inbox_count(("tiep_nhan",), "xa-a", due_before=MONDAY + timedelta(days=2)) == 1
    assert lists.count_in_agency("xa-a", (Status.SOLVING,)) == 1
    soon = {"due_from": MONDAY, "due_before": MONDAY + timedelta(hours=7)}
    assert ids(lists.in_agency("xa-a", tuple(Status), **soon)) == ["hs002"]
    assert lists.count_in_agency("xa-a", tuple(Status), **soon) == 1
    counts = lists.counts("xa-a")
    assert (counts[Status.SUBMITTED], counts[Status.SOLVING], counts[Status.RESULT_READY]) == (1, 1, 0)


def test_the_applicants_own_newest_first(service, dossiers):
    for number in range(5):
        submit(service, number)
    service.start(definition(), registration("quay"), RECEPTION, "quầy")
    lists = Lists(dossiers)
    first = lists.owned("hoa", limit=3)
    assert ids(first) == ["hs004", "hs003", "hs002"]
    assert ids(lists.owned("hoa", after=first.after)) == ["hs001", "hs000"]
    assert lists.owned("la").rows == ()


def test_search_needs_no_diacritics_and_finds_the_beginnings_of_words(service, dossiers):
    submit(service, 1)
    other = replace(APPLICANT, name="Lò Văn Đức", citizen_number="014088001234", phone="0988000111")
    dossier = accept(service, submit(service, 2, applicant=other))
    lists = Lists(dossiers)
    for text in ("duc", "Đức lò", "0140880", "0988", dossier.code, dossier.reference, dossier.reference[3:7]):
        assert [r.id for r in lists.search(text, "xa-a")] == ["hs002"], text
    assert [r.id for r in lists.search("giấy phép", None)] == ["hs002", "hs001"]
    assert lists.search("duc", "xa-b") == ()
    assert lists.search(" -- ", None) == ()


@pytest.mark.parametrize("after", ["", "không phải", "W10", "WzEsMl0", "eyJhIjogMX0"])
def test_a_page_key_from_elsewhere_is_refused(dossiers, after):
    with pytest.raises(ValueError):
        Lists(dossiers).inbox(("tiep_nhan",), "xa-a", after=after)
