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
from tthc.dossiers.listing import Listing, Order, Wanted
from tthc.dossiers.state import Status

pytestmark = pytest.mark.database


def submit(service, number, **changes):
    service.clock.advance(minutes=1)
    return service.start(definition(), submission(f"hs{number:03}", **changes), OWNER, f"nộp {number}")


def accept(service, dossier):
    return service.execute(dossier.id, cmd.Accept(("hop_dong",)), RECEPTION, f"nhận {dossier.id}")


def ids(page):
    return [row.id for row in page.rows]


def inbox(*functions, at="xa-a", **more):
    """What waits for these functions in an agency; with `holder`, given to that person or to nobody."""
    holder = more.pop("holder", None)
    holders = () if holder is None else (holder, None)
    return Wanted(functions=functions, at=at, holders=holders, **more)


def test_the_inbox_goes_by_pages_nearest_due_first_and_back(service, dossiers):
    for number in range(7):
        submit(service, number)
    lists, wanted = Listing(dossiers), inbox("tiep_nhan")
    pages, after = [], None
    for _ in range(3):
        pages.append(lists.page(wanted, after=after, limit=3))
        after = pages[-1].after
    assert [ids(page) for page in pages] == [
        ["hs000", "hs001", "hs002"],
        ["hs003", "hs004", "hs005"],
        ["hs006"],
    ]
    assert (after, pages[0].before) == (None, None)
    middle = lists.page(wanted, before=pages[2].before, limit=3)
    assert (ids(middle), ids(lists.page(wanted, before=middle.before, limit=3))) == (
        ids(pages[1]),
        ids(pages[0]),
    )
    assert lists.page(wanted, before=middle.before, limit=3).before is None
    assert (lists.count(wanted), lists.count(wanted, limit=5)) == (7, 5)
    assert lists.page(inbox("tiep_nhan", at="xa-b")).rows == ()
    assert lists.page(inbox("tham_dinh")).rows == ()


def test_pages_hold_when_many_are_due_at_once(service, dossiers):
    for number in range(6):
        service.start(definition(), submission(f"hs{number}"), OWNER, f"nộp {number}")
    lists, wanted = Listing(dossiers), inbox("tiep_nhan")
    for order in Order:
        first = lists.page(wanted, order=order, limit=4)
        second = lists.page(wanted, order=order, after=first.after, limit=4)
        every = [f"hs{n}" for n in range(6)]
        assert ids(first) + ids(second) == (every[::-1] if order is Order.NEWEST else every)
        assert ids(lists.page(wanted, order=order, before=second.before, limit=4)) == ids(first)


def test_pages_by_the_day_of_handing_in_go_on_over_weeks_without_any(service, dossiers):
    days = (0, 13, 1, 40, 0, 90)
    for number, apart in enumerate(days):
        service.clock.advance(days=apart)
        submit(service, number)
    lists, wanted = Listing(dossiers), Wanted(("xa-a",))
    every = [f"hs{n:03}" for n in range(len(days))]
    for order, expected in ((Order.NEWEST, every[::-1]), (Order.OLDEST, every)):
        pages = [lists.page(wanted, order=order, limit=2, near=service.clock.now())]
        while pages[-1].after is not None:
            pages.append(lists.page(wanted, order=order, limit=2, after=pages[-1].after))
        assert [i for page in pages for i in ids(page)] == expected
        back = lists.page(wanted, order=order, limit=2, before=pages[2].before)
        assert ids(back) == expected[2:4]
        assert ids(lists.page(wanted, order=order, limit=2, before=back.before)) == expected[:2]
    # long after the last one was handed in, and where the clock says an earlier day than the dossiers
    for at in (service.clock.now() + timedelta(days=400), service.clock.now() - timedelta(days=400)):
        assert ids(lists.page(wanted, order=Order.NEWEST, limit=3, near=at)) == every[:2:-1]


def test_a_page_shows_what_came_in_meanwhile_in_its_place(service, dossiers):
    for number in (1, 2, 4, 5):
        submit(service, number)
    lists, wanted = Listing(dossiers), inbox("tiep_nhan")
    first = lists.page(wanted, order=Order.NEWEST, limit=2)
    submit(service, 9)
    second = lists.page(wanted, order=Order.NEWEST, after=first.after, limit=2)
    assert (ids(first), ids(second)) == (["hs005", "hs004"], ["hs002", "hs001"])
    back = lists.page(wanted, order=Order.NEWEST, before=first.after, limit=2)
    assert ids(back) == ["hs009", "hs005"]


def test_a_row_tells_what_a_list_shows(service, dossiers):
    dossier = accept(service, submit(service, 1))
    (row,) = Listing(dossiers).page(Wanted(("xa-a",), statuses=(Status.SOLVING,))).rows
    assert (row.code, row.applicant, row.status, row.national) == (dossier.code, APPLICANT, Status.SOLVING, 4)
    assert row.open_tasks == dossier.tasks
    assert (row.deadline, row.next_due) == (dossier.deadline, dossier.tasks[0].due)


def test_an_examiner_sees_their_own_and_what_nobody_has(service, dossiers):
    for number, who in ((1, "vien"), (2, "vien2")):
        dossier = accept(service, submit(service, number))
        give = cmd.Act(dossier.tasks[0].id, "giao", assignee=who)
        service.execute(dossier.id, give, HEAD_OF_UNIT, f"giao {number}")
    lists = Listing(dossiers)
    assert ids(lists.page(inbox("tham_dinh"))) == ["hs001", "hs002"]
    assert ids(lists.page(inbox("tham_dinh", holder=EXAMINER.id))) == ["hs001"]
    assert lists.count(inbox("tham_dinh", holder=SECOND_EXAMINER.id)) == 1
    assert ids(lists.page(inbox("tham_dinh", "phe_duyet", holder=EXAMINER.id))) == ["hs001"]
    accept(service, submit(service, 3))
    assert ids(lists.page(inbox("lanh_dao_phong", holder=HEAD_OF_UNIT.id))) == ["hs003"]
    here = Wanted(("xa-a",))
    assert ids(lists.page(here, Wanted(assignee="vien2"))) == ["hs002"]
    assert ids(lists.page(inbox("tham_dinh", "phe_duyet"), Wanted(assignee="vien2"))) == ["hs002"]
    nobodys = Wanted(unclaimed=("tham_dinh", "lanh_dao_phong"), unclaimed_at="xa-a")
    assert ids(lists.page(here, nobodys)) == ["hs003"]
    assert ids(lists.page(here, Wanted(step="Thẩm tra"))) == ["hs001", "hs002"]


def test_lists_by_status_and_due(service, dossiers):
    submit(service, 1)
    accept(service, submit(service, 2))
    lists, here = Listing(dossiers), Wanted(("xa-a",))
    solving = Wanted(("xa-a",), statuses=(Status.SOLVING,))
    assert ids(lists.page(inbox("tiep_nhan", statuses=(Status.SUBMITTED,)))) == ["hs001"]
    assert ids(lists.page(here)) == ["hs002", "hs001"]
    assert lists.page(solving, Wanted(due_before=MONDAY)).rows == ()
    assert lists.count(inbox("tiep_nhan", due_before=MONDAY + timedelta(days=2))) == 1
    assert lists.count(solving) == 1
    soon = Wanted(due_from=MONDAY, due_before=MONDAY + timedelta(hours=7))
    assert ids(lists.page(here, soon)) == ["hs002"]
    assert lists.count(here, soon) == 1
    assert ids(lists.page(here, Wanted(channel="online", procedures=("9.000001",)))) == ["hs002", "hs001"]
    assert lists.page(here, Wanted(procedures=())).rows == ()
    assert lists.page(solving, Wanted(statuses=(Status.SUBMITTED,))).rows == ()  # both hold, not the last one
    assert lists.by_agency(Wanted(statuses=(Status.SOLVING, Status.SUBMITTED))) == {"xa-a": 2}


def test_the_applicants_own_newest_first(service, dossiers):
    for number in range(5):
        submit(service, number)
    service.start(definition(), registration("quay"), RECEPTION, "quầy")
    lists = Listing(dossiers)
    first = lists.owned("hoa", limit=3)
    assert ids(first) == ["hs004", "hs003", "hs002"]
    assert ids(lists.owned("hoa", after=first.after)) == ["hs001", "hs000"]
    assert lists.owned("la").rows == ()


def test_search_needs_no_diacritics_and_finds_the_beginnings_of_words(service, dossiers):
    submit(service, 1)
    other = replace(APPLICANT, name="Lò Văn Đức", citizen_number="014088001234", phone="0988000111")
    dossier = accept(service, submit(service, 2, applicant=other))
    lists = Listing(dossiers)
    for text in ("duc", "Đức lò", "0140880", "0988", dossier.code, dossier.reference, dossier.reference[3:7]):
        assert ids(lists.page(Wanted(("xa-a",), text=text))) == ["hs002"], text
    assert ids(lists.page(Wanted(text="giấy phép"), order=Order.NEWEST)) == ["hs002", "hs001"]
    assert lists.page(Wanted(("xa-b",), text="duc")).rows == ()
    assert lists.page(Wanted(text=" -- ")).rows == ()


@pytest.mark.parametrize("key", ["không phải", "W10", "WzEsMl0", "eyJhIjogMX0"])
def test_a_page_key_from_elsewhere_is_refused(dossiers, key):
    lists = Listing(dossiers)
    for asked in ({"after": key}, {"before": key}):
        with pytest.raises(ValueError):
            lists.page(inbox("tiep_nhan"), **asked)
    with pytest.raises(ValueError):
        lists.owned("hoa", after=key)
