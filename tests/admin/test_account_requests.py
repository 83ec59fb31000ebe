"""Đ25.6: the agency's administrator asks for accounts, the centre grants them."""

import pytest

from tthc.accounts.documents import AccountDocument
from tthc.agencies.data import shipped as shipped_agencies

PLACE = "/quan-tri/de-nghi-tai-khoan"
FORM = {
    "name": "Cầm Văn Sơn",
    "login": "cam.son",
    "functions": ["tham_dinh"],
    "unit": "van-phong",
    "reason": "Cán bộ mới",
}


@pytest.fixture
def asker(visit, services):
    services.agencies.add_missing(shipped_agencies()[:8])
    AccountDocument.objects(id="motcua").update_one(set__agency="so-tu-phap", set__roles=["quan_tri_co_quan"])
    one = visit("motcua")
    one.get(f"{PLACE}/them")
    return one


def test_d25_6_asked_for_by_the_agency_and_granted_by_the_centre(asker, visit, services):
    assert "Đề nghị cấp tài khoản cho cán bộ" in asker.get("/quan-tri/").text
    assert "Đã gửi đề nghị" in asker.post(f"{PLACE}/them", **FORM).text
    (waiting,) = services.account_requests.waiting()
    assert services.accounts.by_login("cam.son") is None
    assert asker.client.post(f"{PLACE}/{waiting.id}/cap", data={"csrf_token": asker.token}).status_code == 403
    centre = visit("quantri")
    assert "Cầm Văn Sơn" in centre.get(f"{PLACE}/").text
    page = centre.post(f"{PLACE}/{waiting.id}/cap", reason="")
    assert "Mật khẩu ban đầu" in page.text
    made = services.accounts.by_login("cam.son")
    assert made.functions_at("so-tu-phap") == {"tham_dinh"}
    assert made.must_change_password
    again = centre.post(f"{PLACE}/{waiting.id}/cap", reason="")
    assert again.status_code == 422
    assert "đã được xử lý" in again.text
    assert "Đã cấp" in asker.get(f"{PLACE}/").text
    assert services.acts.find(target=made.key).rows[0].reason == "Theo đề nghị của Cán bộ motcua: Cán bộ mới"


def test_d25_6_refused_with_a_reason_and_what_is_wrong_is_said(asker, visit, services):
    for change, said in (
        ({"login": "quantri"}, "đã có"),
        ({"functions": []}, "ít nhất một chức năng"),
        ({"reason": ""}, "Ghi lý do"),
    ):
        page = asker.post(f"{PLACE}/them", **FORM | change)
        assert page.status_code == 422
        assert said in page.text
    asker.post(f"{PLACE}/them", **FORM)
    (waiting,) = services.account_requests.waiting()
    centre = visit("quantri")
    centre.get(f"{PLACE}/")
    assert centre.post(f"{PLACE}/{waiting.id}/tu-choi", reason="").status_code == 422
    centre.post(f"{PLACE}/{waiting.id}/tu-choi", reason="Chưa có quyết định")
    assert "Chưa có quyết định" in asker.get(f"{PLACE}/").text
    assert services.account_requests.waiting() == ()
    assert services.accounts.by_login("cam.son") is None


def test_others_neither_ask_nor_decide(visit):
    for who in ("soan", "duyet", "motcua"):
        assert visit(who).get(f"{PLACE}/").status_code == 403
    assert visit("quantri").get(f"{PLACE}/them").status_code == 403
