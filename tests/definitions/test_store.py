from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest

from definitions import calendars
from definitions.lifecycle import LifecycleError, State
from definitions.shipped import shipped
from definitions.store import DefinitionStore, UnknownDefinitionError
from rules.calendar import TZ

pytestmark = pytest.mark.database

AT = datetime(2026, 11, 19, 10, tzinfo=TZ)
CALENDAR = calendars.shipped()
CODE = "9.000001"


@pytest.fixture
def store(mongo_database):
    store = DefinitionStore(mongo_database)
    store.ensure_indexes()
    return store


def publish(store, text, start, at=AT):
    version = store.save_draft(CODE, text, "soan", at).version
    store.register(CODE, version.id, "soan", at, CALENDAR)
    store.approve(CODE, version.id, "tham_dinh", at)
    return store.publish(CODE, version.id, "cong_bo", at, start=start)


def test_a_draft_becomes_law(store, small):
    version = publish(store, small, date(2026, 12, 1))
    assert version.state is State.PUBLISHED
    assert store.published(CODE, date(2026, 11, 30)) is None
    definition = store.published(CODE, date(2026, 12, 1))
    assert definition.hash == version.hash
    assert definition.name == "Thủ tục mẫu"
    assert [d.procedure for d in store.list_published(date(2026, 12, 1))] == [CODE]
    assert store.list_published(date(2026, 11, 1)) == ()
    assert store.updated_at(version.hash) == AT
    assert store.text(version) == small
    (kept,) = store.versions(CODE)
    assert kept == version
    assert [(act.kind, act.by, act.at) for act in kept.acts] == [
        ("draft", "soan", AT), ("register", "soan", AT), ("approve", "tham_dinh", AT), ("publish", "cong_bo", AT),
    ]  # fmt: skip


def test_a_dossier_keeps_its_version_when_the_law_changes(store, small):
    old = publish(store, small, date(2026, 11, 19))
    new = publish(
        store, small.replace("2000 * copies", "3000 * copies").replace("6000", "9000"), date(2027, 1, 1)
    )
    assert store.published(CODE, date(2026, 12, 31)).hash == old.hash
    assert store.published(CODE, date(2027, 1, 1)).hash == new.hash
    assert store.by_hash(old.hash).fees[0].amount.text == "2000 * copies"
    assert [version.state for version in store.versions(CODE)] == [State.SUPERSEDED, State.PUBLISHED]


def test_what_is_published_is_what_was_checked_at_registration(store, small):
    version = store.save_draft(CODE, small, "soan", AT).version
    fresh = version.hash
    # an older release compiled the same letters to something else, or not at all
    for older in ("", "0" * 64):
        store._procedures.update_one({"_id": CODE}, {"$set": {"versions.0.hash": older}})
        registered = store.register(CODE, version.id, "soan", AT, CALENDAR)
        assert registered.hash == fresh
        store.send_back(CODE, version.id, "tham_dinh", AT, "Sửa", seen=fresh)


def test_a_version_is_not_law_before_the_day_it_says_itself(store, small):
    later = small.replace("effective: {from: 2026-01-01}", "effective: {from: 2026-06-01, to: 2031-12-31}", 1)
    saved = store.save_draft(CODE, later, "soan", AT).version
    assert store.by_hash(saved.hash).effective.start == date(2026, 6, 1)
    with pytest.raises(LifecycleError, match="từ 01/06/2026"):
        publish(store, later, date(2026, 5, 1), at=datetime(2026, 4, 1, 9, tzinfo=TZ))


def test_what_is_abolished_takes_no_new_dossiers_but_is_still_known(store, small):
    version = publish(store, small, date(2026, 11, 19))
    store.abolish(CODE, version.id, "x", AT, last_day=date(2026, 12, 31), decision="Quyết định 5/QĐ-UBND")
    assert store.published(CODE, date(2026, 12, 31)) is not None
    assert store.published(CODE, date(2027, 1, 1)) is None
    assert store.by_hash(version.hash).procedure == CODE


def test_a_broken_draft_is_kept_letter_by_letter_but_not_registered(store, small):
    text = small.replace("2000 * copies", "2000 * copis")
    saved = store.save_draft(CODE, text, "soan", AT)
    assert saved.loaded.definition is None
    assert store.text(saved.version) == text
    with pytest.raises(LifecycleError, match="copis"):
        store.register(CODE, saved.version.id, "soan", AT, CALENDAR)
    mended = store.save_draft(CODE, "# sửa\n" + small, "soan", AT, version_id=saved.version.id)
    assert mended.version.id == saved.version.id
    assert store.text(mended.version).startswith("# sửa")
    again = store.save_draft(CODE, "# sửa nữa\n" + small, "soan", AT, version_id=saved.version.id)
    assert again.version.hash == mended.version.hash
    assert store.text(again.version).startswith("# sửa nữa")
    assert [act.kind for act in again.version.acts] == ["draft", "edit"]
    hour, text = AT + timedelta(hours=1), "# sau một giờ\n" + small
    later = store.save_draft(CODE, text, "soan", hour, version_id=saved.version.id)
    assert [(act.kind, act.at) for act in later.version.acts] == [("draft", AT), ("edit", AT), ("edit", hour)]


def test_unreadable_drafts_are_kept_too(store):
    saved = store.save_draft(CODE, "a: [\ud800", "soan", AT)
    assert saved.version.hash == ""
    assert saved.loaded.problems
    with pytest.raises(LifecycleError, match="1 MB"):
        store.save_draft(CODE, "[" * 20_000_000, "soan", AT)


def test_examples_are_a_gate(store, small):
    version = store.save_draft(CODE, small, "soan", AT).version
    with pytest.raises(LifecycleError, match="Ví dụ 2 không đạt"):
        store.register(
            CODE,
            version.id,
            "soan",
            AT,
            CALENDAR,
            gate=lambda d, _: [f"Ví dụ {len(d.examples)} không đạt."],
        )
    assert store.version(CODE, version.id).state is State.DRAFT
    assert (
        store.register(CODE, version.id, "soan", AT, CALENDAR, gate=lambda _, __: ()).state
        is State.REGISTERED
    )


def test_a_draft_belongs_to_its_procedure(store, small):
    with pytest.raises(LifecycleError, match=r"9\.000001"):
        store.save_draft("9.000002", small, "soan", AT)


def test_the_review_queue_is_by_time_left(store, small):
    for number, hours in (("9.000001", 5), ("9.000002", 1), ("9.000003", 3)):
        at = AT + timedelta(hours=hours)
        version = store.save_draft(number, small.replace(CODE, number), "soan", at).version
        store.register(number, version.id, "soan", at, CALENDAR)
    assert [v.procedure for v in store.in_state(State.REGISTERED)] == ["9.000002", "9.000003", "9.000001"]
    assert store.procedures() == ("9.000001", "9.000002", "9.000003")
    (first, *_) = store.in_state(State.REGISTERED)
    returned = store.send_back(first.procedure, first.id, "tham_dinh", AT, "Thiếu căn cứ")
    assert returned.state is State.RETURNED
    assert len(store.in_state(State.REGISTERED)) == 2


def test_an_unknown_hash_is_told(store):
    with pytest.raises(UnknownDefinitionError, match="abc"):
        store.by_hash("abc")
    assert store.updated_at("abc") is None
    assert store.versions("9.999999") == ()


def test_compiled_versions_are_kept_but_not_without_end(mongo_database, small):
    store = DefinitionStore(mongo_database, cache_size=2)
    hashes = []
    for copies in (20, 21, 22):
        saved = store.save_draft(CODE, small.replace("max: 20", f"max: {copies}"), "soan", AT)
        hashes.append(saved.version.hash)
    first = store.by_hash(hashes[0])
    assert store.by_hash(hashes[0]) is first
    store.by_hash(hashes[1])
    store.by_hash(hashes[2])
    assert len(store._compiled) == 2
    assert store.by_hash(hashes[0]) is not first
    assert store.by_hash(hashes[0]).hash == first.hash


def test_seeding_publishes_once(store):
    published = store.seed(shipped(), AT)
    assert set(published) >= {"1.001193", "2.000815", "2.000181"}
    assert store.seed(shipped(), AT) == ()
    assert {d.procedure for d in store.list_published(date(2026, 11, 19))} == set(published)
    assert store.published("2.000815", date(2020, 1, 1)) is not None


def test_seeding_follows_the_product_but_leaves_peoples_work_alone(store, small):
    store.seed([("a.yaml", small)], AT)
    changed = small.replace("2000 * copies", "3000 * copies").replace("6000", "9000")
    later = AT + timedelta(days=3)
    assert store.seed([("a.yaml", changed)], later) == (CODE,)
    assert store.published(CODE, later.date()).fees[0].amount.text == "3000 * copies"
    assert store.published(CODE, AT.date()).fees[0].amount.text == "2000 * copies"
    store.save_draft(CODE, small, "can_bo", later)
    assert store.seed([("a.yaml", changed.replace("max: 20", "max: 30"))], later) == ()
    with pytest.raises(ValueError, match="F002"):
        store.seed([("a.yaml", small.replace("2000 * copies", "copis"))], later)


def test_two_people_publishing_at_once_leave_one_law(store, small):
    ids = []
    for copies in (20, 21, 22, 23):
        version = store.save_draft(CODE, small.replace("max: 20", f"max: {copies}"), "soan", AT).version
        store.register(CODE, version.id, "soan", AT, CALENDAR)
        store.approve(CODE, version.id, "tham_dinh", AT)
        ids.append(version.id)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda v: store.publish(CODE, v, "x", AT, start=date(2026, 12, 1)), ids))
    versions = store.versions(CODE)
    assert sum(version.in_force(date(2026, 12, 1)) for version in versions) == 1
    assert sum(version.state is State.PUBLISHED for version in versions) == 1
    assert all([act.kind for act in version.acts].count("publish") == 1 for version in versions)
