from dataclasses import replace

import pytest

from tthc.accounts.model import FUNCTIONS, Account
from tthc.web.rules import Verdict, check, judge

CITIZEN = Account(key="c", kind="person", name="Lan", login="0912345678")
STAFF = Account(
    key="s",
    kind="staff",
    name="Hà",
    login="ha",
    agency="a",
    functions={"a": frozenset({"tiep_nhan"}), "b": frozenset({"van_thu"})},
)
ADMIN = Account(key="q", kind="staff", name="Trị", login="tri", roles=frozenset({"quan_tri"}))
DRAFTER = Account(key="k", kind="staff", name="Lan", login="lan", agency="a", roles=frozenset({"kiem_soat"}))

OK, IN, NO = Verdict.ALLOWED, Verdict.SIGN_IN, Verdict.FORBIDDEN


@pytest.mark.parametrize(
    ("rule", "account", "agency", "expected"),
    [
        ("public", None, None, OK),
        ("citizen", None, None, IN),
        ("signed_in", CITIZEN, None, OK),
        ("signed_in", STAFF, None, OK),
        ("citizen", CITIZEN, None, OK),
        ("citizen", STAFF, None, NO),
        ("staff", CITIZEN, "a", NO),
        ("staff", STAFF, "a", OK),
        ("staff", STAFF, "b", OK),
        ("staff", STAFF, "c", NO),
        ("staff", STAFF, None, OK),
        ("staff", DRAFTER, "a", NO),
        ("staff", DRAFTER, None, OK),
        ("staff:tiep_nhan", STAFF, "a", OK),
        ("staff:tiep_nhan", STAFF, "b", NO),
        ("staff:van_thu", STAFF, "b", OK),
        ("staff:van_thu", STAFF, None, OK),
        ("staff:phe_duyet", STAFF, None, NO),
        ("admin", STAFF, None, NO),
        ("admin", ADMIN, None, OK),
        ("staff", ADMIN, "a", NO),
        ("kiem_soat", ADMIN, None, NO),
        ("client", ADMIN, None, NO),
        ("client", STAFF, "a", NO),
        ("client", None, None, IN),
    ],
)
def test_who_is_let_in(rule, account, agency, expected):
    assert judge((rule,), account, agency) is expected


def test_any_one_of_several_rules_is_enough():
    assert judge(("kiem_soat", "admin"), ADMIN, None) is OK


def test_a_closed_account_is_nobody():
    assert judge(("citizen",), replace(CITIZEN, active=False), None) is IN


def test_a_citizen_with_roles_by_mistake_holds_none():
    assert judge(("admin",), replace(CITIZEN, roles=frozenset({"quan_tri"})), None) is NO


@pytest.mark.parametrize("word", ["", "staf", "staff:", "staff:vua", "quan_tri", "citizen:tiep_nhan"])
def test_an_unknown_rule_stops_the_program(word):
    with pytest.raises(ValueError, match="unknown access rule"):
        check(word)


def test_every_function_makes_a_rule():
    assert [check(f"staff:{f}") for f in FUNCTIONS]
