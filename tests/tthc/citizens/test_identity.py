"""The counter confirms whose account it is, and what that is good for (Đ10.1a)."""

import pytest
from made_up import CODE, TEXT, publish
from people import COMMUNE, PASSWORD
from walk import begin, fill, upload_all

from tthc.accounts.service import Registration

pytestmark = pytest.mark.database

PLACE = f"/motcua/{COMMUNE}/xac-nhan-danh-tinh"
XUAN = {
    "document": "can_cuoc",
    "number": "014190001234",
    "name": "lò thị  xuân",
    "citizen_number": "014190001234",
    "present": "yes",
}


def test_d10_1a_d24_2_the_counter_confirms_whose_account_it_is(province):
    s, desk = province.services, province.staff("motcua")
    page = desk.get(f"/motcua/{COMMUNE}/tiep-nhan")
    assert PLACE in page.links
    lost = desk.submit(desk.get(PLACE), "/xac-nhan-danh-tinh", {"login": "0999999999"})
    assert (lost.status, "Không có tài khoản" in lost.text) == (422, True)
    page = desk.submit(desk.get(PLACE), "/xac-nhan-danh-tinh", {"login": "0912 345 678"})
    key = page.url.rsplit("/", 1)[1]
    assert "091****678" in page.text
    assert "0912345678" not in page.html
    for change, told in (
        ({"present": ""}, "có mặt"),
        ({"document": "dang_ky_doanh_nghiep"}, "đúng loại"),
        ({"number": ""}, "Ghi số của giấy tờ"),
        ({"number": "014190009999"}, "phải trùng"),
        ({"citizen_number": "123"}, "12 chữ số"),
        ({"citizen_number": "014190009999", "number": "014190009999"}, "Khác với số trong tài khoản"),
        ({"name": "Cầm Thị Mai"}, "khác với tài khoản"),
    ):
        refused = desk.submit(page, key, {**XUAN, **change})
        assert refused.status == 422, change
        assert told in refused.text
    assert s.accounts.get(key).level == "contact"
    page = desk.submit(page, key, XUAN)
    assert "Đã xác thực danh tính" in page.text
    proof = s.accounts.get(key).proof
    assert (proof.by_name, proof.agency, proof.document, proof.number) == (
        "Lò Thị Hạnh",
        COMMUNE,
        "can_cuoc",
        "014******234",
    )
    act = s.acts.find(target=key).rows[0]
    assert (act.what, act.name) == ("account.identity", "Lò Thị Hạnh")
    assert s.database["reads"].find_one({"what": f"tai-khoan:{key}"})
    assert "Ghi lý do" in desk.submit(page, "/huy", {"reason": " "}).text
    page = desk.submit(page, "/huy", {"reason": "Đối chiếu nhầm người"})
    assert s.accounts.get(key).level == "contact"
    assert "Chưa xác thực danh tính" in page.text
    assert province.visitor().get(f"{PLACE}/{key}").url == "/dang-nhap"
    assert province.staff("vanthu").get(f"{PLACE}/{key}").status == 403


def test_d10_1a_one_account_a_person_and_what_was_confirmed_stays(province, clock):
    s, desk = province.services, province.staff("motcua")
    mai, xuan = s.accounts.by_login("0987654321"), s.accounts.by_login("0912345678")  # both wrote one number
    desk.submit(desk.get(f"{PLACE}/{xuan.key}"), xuan.key, XUAN)
    page = desk.submit(desk.get(f"{PLACE}/{mai.key}"), mai.key, {**XUAN, "name": "Cầm Thị Mai"})
    assert "mỗi người, mỗi tổ chức một tài khoản" in page.text
    assert s.accounts.get(mai.key).proof is None
    citizen = province.citizen()
    page = citizen.get("/tai-khoan")
    assert "Đã xác thực danh tính" in page.text
    refused = citizen.submit(page, "/tai-khoan", {"name": "Cầm Thị Mai", "citizen_number": "014195009999"})
    assert refused.status == 422
    assert "chỉ sửa được tại Bộ phận Một cửa" in refused.text
    assert citizen.submit(page, "/tai-khoan", {"address": "Bản Mòng"}).url == "/tai-khoan"
    firm = s.accounts.register(
        Registration(
            "organisation",
            "Hợp tác xã Mận",
            PASSWORD,
            phone="0911000222",
            tax_number="5599999917",
            citizen_number="014190001234",
            representative="Lò Thị Xuân",
            terms_version="2026-01",
        ),
        clock.now(),
    )
    told = {**XUAN, "document": "dang_ky_doanh_nghiep", "number": "2402", "name": firm.name}
    page = desk.submit(desk.get(f"{PLACE}/{firm.key}"), firm.key, {**told, "tax_number": ""})
    assert "mã số thuế" in page.text
    page = desk.submit(page, firm.key, {**told, "tax_number": "5599999917"})
    assert s.accounts.get(firm.key).level == "verified", "who represents one may have an account of their own"


def test_d10_1a_a_procedure_that_asks_for_it_says_so_from_the_start_and_keeps_what_was_typed(province):
    publish(province, f"identity: verified\n{TEXT}")
    s, citizen, desk = province.services, province.citizen(), province.staff("motcua")
    assert "Cần tài khoản đã xác thực danh tính" in citizen.get(f"/thu-tuc/{CODE}").text
    page = upload_all(citizen, fill(citizen, begin(citizen, CODE), {"books": "3"}))
    page = citizen.submit(page, "/giay-to")
    page = citizen.submit(page, "/nhan-ket-qua", {"receive_by": "counter"})
    refused = citizen.submit(page, "/kiem-tra", {"declared": "yes"})
    assert refused.status == 409
    assert "những gì đã khai vẫn được giữ" in refused.text
    key = s.accounts.by_login("0912345678").key
    desk.submit(desk.get(f"{PLACE}/{key}"), key, XUAN)
    page = citizen.get(refused.url)
    assert "Cần tài khoản" not in page.text
    done = citizen.submit(page, "/kiem-tra", {"declared": "yes"})
    assert "Đã nộp hồ sơ" in done.text
    seen = desk.get(f"/motcua/{COMMUNE}/ho-so/{done.url.split('/')[2]}")
    assert "(đã xác thực danh tính)" in seen.text
