from dataclasses import replace
from datetime import date

from tthc.accounts.logins import is_staff_login, normal_login
from tthc.accounts.model import Account

STAFF = Account(
    key="1",
    kind="staff",
    name="Hà",
    login="ha",
    agency="a",
    unit="kinh-te",
    functions={"a": frozenset({"tham_dinh"}), "b": frozenset({"tiep_nhan"})},
    roles=frozenset({"kiem_soat"}),
)
FIRM = Account(
    key="2",
    kind="organisation",
    name="Công ty A",
    login="0912345678",
    tax_number="5500154060",
    representative="Hà Văn B",
    birth_date=date(1990, 1, 2),
)


def test_staff_act_in_one_agency_at_a_time():
    assert STAFF.actor().agency == "a"
    assert STAFF.actor().functions == {"tham_dinh"}
    assert STAFF.actor("b").functions == {"tiep_nhan"}
    assert STAFF.actor("c").functions == frozenset()
    assert STAFF.works_at("b")
    assert not STAFF.works_at("c")


def test_a_closed_account_keeps_its_grants_and_none_is_in_force():
    closed = replace(STAFF, active=False)
    assert closed.functions == STAFF.functions
    assert closed.functions_at("a") == closed.actor("b").functions == frozenset()
    assert not closed.works_at("a")


def test_citizens_act_for_themselves():
    actor = FIRM.actor("a")
    assert (actor.kind, actor.agency, actor.functions) == ("citizen", None, frozenset())
    assert not FIRM.works_at("a")
    assert FIRM.functions_at("a") == frozenset()


def test_an_organisation_hands_in_under_its_name_and_forms_know_its_representative():
    assert FIRM.applicant().kind == "organisation"
    assert FIRM.applicant().name == "Công ty A"
    assert FIRM.profile_values()["full_name"] == "Hà Văn B"
    assert FIRM.profile_values()["organisation_name"] == "Công ty A"
    assert FIRM.profile_values()["birth_date"] == "1990-01-02"


def test_titles_are_read_by_people():
    assert FIRM.titles() == ("Tổ chức",)
    assert STAFF.titles() == (
        "Cán bộ tiếp nhận và trả kết quả",
        "Chuyên viên thụ lý",
        "Cán bộ kiểm soát thủ tục hành chính",
    )


def test_logins_have_one_form():
    assert normal_login(" +84 912.345.678") == "0912345678"
    assert normal_login("Ten@Example.VN") == "ten@example.vn"
    assert is_staff_login("tohieu.tiepnhan")
    assert not is_staff_login("tô hiệu")
    assert not is_staff_login("0912345678")
