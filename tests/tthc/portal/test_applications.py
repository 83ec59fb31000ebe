from dataclasses import replace

import pytest

from tthc.portal.applications import Applications

pytestmark = pytest.mark.database


@pytest.fixture
def applications(mongo_database):
    made = Applications(mongo_database)
    made.ensure_indexes()
    return made


@pytest.fixture
def begun(applications, now):
    return applications.start(
        owner="lan", procedure="9.1", definition="h", agency="a", answers={"ten": "Lan", "cu": "1"}, now=now
    )


def answered(application, **answers):
    return replace(application, answers={**application.answers, **answers})


def test_two_windows_on_two_pages_do_not_undo_each_other(applications, begun, now):
    one = applications.get(begun.id, "lan")
    two = applications.get(begun.id, "lan")
    applications.save(one, answered(one, tuoi="30"), now, page_done="trang1")
    applications.save(two, answered(two, noi_o="Mai Sơn"), now, page_done="trang2")
    applications.save(two, replace(two, receive_by="post", postal_address="Bản Sẳng"), now)
    kept = applications.get(begun.id, "lan")
    assert kept.answers == {"ten": "Lan", "cu": "1", "tuoi": "30", "noi_o": "Mai Sơn"}
    assert kept.done == ("trang1", "trang2")
    assert (kept.receive_by, kept.postal_address) == ("post", "Bản Sẳng")


def test_an_answer_taken_back_is_gone(applications, begun, now):
    applications.save(begun, replace(begun, answers={"ten": ""}), now)
    assert applications.get(begun.id, "lan").answers == {"ten": ""}


def test_who_hands_in_and_what_was_ticked_at_the_desk_is_kept(applications, begun, now):
    changed = replace(begun, applicant={"kind": "person", "name": "Hoa"}, checked=("giay",))
    applications.save(begun, changed, now)
    kept = applications.get(begun.id, "lan")
    assert (kept.applicant["name"], kept.checked) == ("Hoa", ("giay",))


def test_what_was_handed_in_stays_as_it_was(applications, begun, now):
    applications.mark_submitted(begun.id, now)
    applications.save(begun, answered(begun, ten="Khác"), now)
    applications.move(begun, "khac", now)
    kept = applications.get(begun.id, "lan")
    assert (kept.answers["ten"], kept.definition) == ("Lan", "h")
    assert applications.get(begun.id, "nguoi-khac") is None
