from dataclasses import replace

import pytest
from hashing import cheap_hasher

from definitions.store import DefinitionStore
from tthc import demo
from tthc.accounts.model import FUNCTIONS
from tthc.accounts.passwords import weakness
from tthc.accounts.service import AccountError, Accounts
from tthc.agencies.directory import Directory
from tthc.agencies.model import missing_contacts
from tthc.registry.store import RegistryStore
from tthc.settings import Settings


@pytest.fixture
def plain_settings(tmp_path):
    return Settings.load({"TTHC_VAR": str(tmp_path)})


@pytest.mark.database
def test_everybody_of_the_banner_can_sign_in_and_lands_at_work(mongo_database, plain_settings, now):
    assert demo.load(plain_settings, mongo_database, hasher=cheap_hasher(), now=now)
    accounts = Accounts(cheap_hasher())
    directory = Directory()
    for one in demo.accounts():
        account = accounts.sign_in(one.login, demo.password(), now)
        assert account.name == one.name
        assert not account.must_change_password
        assert account.titles()
        if account.staff:
            assert directory.get(account.agency).exists(now.date())
            assert directory.get(account.agency).unit(account.unit) is not None or account.unit is None


@pytest.mark.database
def test_loading_twice_adds_nothing_and_keeps_changes(mongo_database, plain_settings, now):
    assert demo.load(plain_settings, mongo_database, hasher=cheap_hasher(), now=now)
    accounts = Accounts(cheap_hasher())
    key = accounts.by_login("tohieu.tiepnhan").key
    accounts.change_password(key, demo.password(), "mật khẩu riêng của tôi")
    assert not demo.load(plain_settings, mongo_database, hasher=cheap_hasher(), now=now)
    assert accounts.sign_in("tohieu.tiepnhan", "mật khẩu riêng của tôi", now).key == key


@pytest.mark.database
def test_each_commune_has_every_function_once_and_never_anothers(mongo_database, plain_settings, now):
    demo.load(plain_settings, mongo_database, hasher=cheap_hasher(), now=now)
    accounts = Accounts(cheap_hasher())
    for agency in ("phuong-to-hieu", "phuong-chieng-coi", "xa-mai-son"):
        for function in FUNCTIONS:
            (holder,) = accounts.staff_with(agency, function)
            assert set(holder.functions) == {agency}
        assert missing_contacts(Directory().get(agency)) == ()


@pytest.mark.database
def test_citizens_come_with_what_fills_forms_and_procedures_are_published(
    mongo_database, plain_settings, now
):
    demo.load(plain_settings, mongo_database, hasher=cheap_hasher(), now=now)
    firm = Accounts(cheap_hasher()).by_login("0900000003")
    assert {"organisation_name", "tax_number", "full_name", "citizen_number", "birth_date", "address"} <= set(
        firm.profile_values()
    )
    published = DefinitionStore(mongo_database).list_published(now.date())
    assert published
    entries = RegistryStore(mongo_database).entries()
    assert {e.code: e.name for e in entries} == {d.procedure: d.catalogue_name or d.name for d in published}


@pytest.mark.database
def test_never_in_production(mongo_database, plain_settings):
    with pytest.raises(RuntimeError, match="production"):
        demo.load(replace(plain_settings, environment="production"), mongo_database)
    assert mongo_database.list_collection_names() == []


@pytest.mark.database
def test_a_wrong_password_is_wrong_here_too(mongo_database, plain_settings, now):
    demo.load(plain_settings, mongo_database, hasher=cheap_hasher(), now=now)
    with pytest.raises(AccountError):
        Accounts(cheap_hasher()).sign_in("quantri", "đoán mò đoán mò", now)


def test_the_password_is_the_operators_or_a_printed_one():
    assert demo.password({}) == demo.password({"TTHC_DEMO_PASSWORD": " "})
    assert weakness(demo.password({})) is None
    assert demo.password({"TTHC_DEMO_PASSWORD": "của riêng tôi"}) == "của riêng tôi"


def test_the_welcome_names_every_account_and_the_password():
    text = "\n".join(demo.welcome())
    assert demo.password() in text
    assert all(one.login in text and one.role in text for one in demo.accounts())
    assert "Cán bộ thẩm định bản cấu hình" in text
