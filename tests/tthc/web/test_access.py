import pytest


def test_nobody_is_sent_to_sign_in_and_comes_back(visit):
    answer = visit().get("/cua-toi?a=1")
    assert answer.status_code == 302
    assert answer.location == "/dang-nhap?next=/cua-toi?a%3D1"


@pytest.mark.parametrize(
    ("who", "path", "code"),
    [
        (None, "/cong-khai", 200),
        ("citizen", "/cua-toi", 200),
        ("at_a", "/cua-toi", 403),
        ("citizen", "/motcua/a/", 403),
        ("at_a", "/motcua/a/", 200),
        ("at_a", "/motcua/b/", 403),
        ("at_a", "/motcua/khong-co/", 404),
        ("granted", "/motcua/a/tiep-nhan", 200),
        ("granted", "/motcua/b/tiep-nhan", 403),
        ("at_a", "/thu-tuc-moi", 403),
        ("admin", "/thu-tuc-moi", 200),
        ("admin", "/motcua/a/", 403),
        ("admin", "/khong-quy-tac", 403),
        (None, "/khong-quy-tac", 403),
        (None, "/static/css/base.css", 200),
        (None, "/khong-co", 404),
    ],
)
def test_each_page_lets_in_whom_its_rule_names(visit, who, path, code):
    assert visit(who).get(path, buffered=True).status_code == code


def test_staff_act_in_the_agency_that_the_address_names(visit):
    assert "phuong-a: ['tiep_nhan']" in visit("granted").get("/motcua/a/").text
    assert "phuong-b: ['tham_dinh']" in visit("granted").get("/motcua/b/").text


def test_before_the_first_password_change_nothing_else_opens(visit):
    browser = visit("new")
    answer = browser.get("/motcua/a/")
    assert answer.status_code == 302
    assert answer.location == "/tai-khoan/mat-khau"
    assert browser.get("/tai-khoan").location == "/tai-khoan/mat-khau"
    assert "Đây là lần đăng nhập đầu tiên" in browser.get("/tai-khoan/mat-khau").text


def test_a_changed_stamp_or_a_closed_account_ends_the_session(visit, people):
    from dataclasses import replace

    browser = visit("citizen")
    assert browser.get("/cua-toi").status_code == 200
    people.all["citizen"] = replace(people.all["citizen"], stamp="khác")
    assert browser.get("/cua-toi").status_code == 302
    people.all["citizen"] = replace(people.all["citizen"], stamp="s", active=False)
    assert visit("citizen").get("/cua-toi").status_code == 302
