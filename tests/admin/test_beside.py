"""Beside the builder: shared blocks added and taken apart, a shared workflow tuned, what is looked up, who uses what."""

import pytest
from building import PROCEDURE

from definitions.reading import read
from tthc.agencies.data import shipped

FIELDS = "form.pages.thuong_nhan.fields"
LOOKUP = "soan/tra-cuu"
SHARED = "/quan-tri/dung-chung/"


@pytest.fixture
def agencies(services):
    services.agencies.add_missing(shipped()[:5])
    return services.agencies.all()


def look(one, fragment=True, **asked):
    headers = {"X-Panes": "1"} if fragment else {}
    return one.visitor.client.get(f"{one.here}/tra-cuu", query_string=asked, headers=headers)


def test_a_block_is_offered_with_what_it_brings_and_added(desk):
    one = desk()
    page = one.open("form.pages.thuong_nhan")
    assert "Khối dùng chung" in page
    assert "Số định danh cá nhân, Giấy tờ khác" in page  # of a person
    page = one.reshape("them", vao=FIELDS, kieu="bank_account", mo="1").text
    made = one.value(FIELDS)[-1]
    assert made == {
        "id": "tai_khoan_nhan_tien",
        "type": "bank_account",
        "label": "Tài khoản nhận tiền",
    }
    assert "Khối «Tài khoản nhận tiền» hỏi ở đây" in page
    assert "Chủ tài khoản" in page


def test_parts_of_a_block_are_ticked(desk):
    one = desk()
    one.open("form.pages.thuong_nhan")
    one.reshape("them", vao=FIELDS, ten="Người quản lý", kieu="person", mo="1")
    page = one.open(f"{FIELDS}.nguoi_quan_ly")
    assert 'type="checkbox" name="only" value="full_name"' in page
    page = one.save(only=["", "full_name", "phone"], required_parts=["", "phone"]).text
    made = one.value(f"{FIELDS}.nguoi_quan_ly")
    assert (made["only"], made["required_parts"]) == (["full_name", "phone"], ["phone"])
    assert page.count("· không hỏi") == 11
    one.open(f"{FIELDS}.nguoi_quan_ly")
    one.save(only=[""], required_parts=[""])
    assert not {"only", "required_parts"} & one.value(f"{FIELDS}.nguoi_quan_ly").keys()


def test_a_block_taken_apart_is_one_change_that_can_be_taken_back(desk):
    one = desk()
    one.open("form.pages.thuong_nhan")
    one.reshape("them", vao=FIELDS, ten="Người quản lý", kieu="person", mo="1")
    place, before = f"{FIELDS}.nguoi_quan_ly", one.text
    page = one.open(place)
    assert "Tách thành trường riêng" in page
    page = one.post(one.forms[f"v-tach-{place}"], viec="tach").text
    made = one.value(place)
    assert (made["type"], made["id"]) == ("group", "nguoi_quan_ly")
    assert [part["id"] for part in made["item"]][:2] == ["full_name", "birth_date"]
    assert next(part for part in made["item"] if part["id"] == "residence")["type"] == "address"
    assert "Tách thành trường riêng" not in page
    undo = {"": [f"{one.here}/hoan-tac"], **{k: v for k, v in one.some.items() if k}}
    assert "Đã hoàn tác: Tách khối" in one.post(undo).text
    assert one.text == before


def test_choices_are_taken_from_a_vocabulary_that_is_chosen(desk):
    one = desk()
    one.open("form.pages.thuong_nhan")
    one.reshape("them", vao=FIELDS, ten="Quan hệ", kieu="choice", mo="1")
    place = f"{FIELDS}.quan_he"
    one.open(place)
    one.post(one.forms[f"v-danh-muc-{place}"], danh_muc="quan-he")
    assert one.value(f"{place}.options") == {"vocabulary": "quan-he"}
    page = one.open(place)
    assert '<select class="input" id="c-options.vocabulary"' in page
    assert "Xem các mục của danh mục" in page
    one.save(options__vocabulary="dan-toc")
    assert one.value(f"{place}.options") == {"vocabulary": "dan-toc"}
    one.open(place)
    one.save(options__vocabulary="quan-he")
    one.open(place)
    one.post(one.forms[f"v-tai-cho-{place}"])
    assert [option["value"] for option in one.value(f"{place}.options")][:2] == ["me", "cha"]


def test_agencies_are_chosen(desk, agencies):
    one = desk()
    agency = agencies[0]
    page = one.open()
    assert f'name="offered_by.agencies" value="{agency.id}"' in page
    assert agency.name in page
    one.save(offered_by__agencies=["", agency.id])
    assert one.value("offered_by.agencies") == [agency.id]


def test_the_shared_workflow_is_tuned_by_controls(desk):
    one = desk()
    page = one.open("workflow")
    assert "<textarea" not in page.partition('id="b-tune"')[2].partition("</form>")[0]
    form, before = one.forms["b-tune"], one.value("workflow")
    assert one.post(form).status_code == 200
    assert one.value("workflow") == before
    changed = {"so.tham_dinh": "1,5", "dv.tham_dinh": "working_day", "vt.ky": "lanh_dao_phong"}
    one.open("workflow")
    one.post(one.forms["b-tune"], **changed)
    after = one.value("workflow")
    assert after["roles"] == {"ky": "lanh_dao_phong"}
    assert str(after["durations"]["tham_dinh"]["amount"]) == "1.5"
    assert "signed" not in after
    one.open("workflow")
    one.post(one.forms["b-tune"], **{"ks.chuyen_ket_qua": "1"})
    assert one.value("workflow")["signed"] == ["chuyen_ket_qua"]
    page = one.open("workflow")
    assert 'value="1,5"' in page
    wrong = one.post(one.forms["b-tune"], **{"so.tham_dinh": "mai", "vt.ky": ""})
    assert wrong.status_code == 422
    assert 'value="mai"' in wrong.text
    assert "Ghi một số" in wrong.text
    one.open("workflow")
    one.forms["b-tune"].pop("ks.chuyen_ket_qua")
    emptied = {name: "" for name in one.forms["b-tune"] if name.startswith(("so.", "vt."))}
    one.post(one.forms["b-tune"], **emptied)
    assert one.value("workflow") == "day-du"


def test_lists_are_looked_up_by_words_and_codes(desk):
    one = desk()
    found = look(one, tra="danh-muc").text
    assert "<html" not in found
    assert "Dân tộc" in found
    assert "Xã, phường từ 01/07/2025" in found
    found = look(one, tra="danh-muc", ma="xa-phuong", q="to hieu").text
    assert "phường Tô Hiệu" in found
    assert "03646" in found
    assert "từ 01/07/2025" in found
    assert "Mường Chiên" not in found
    assert "Quan hệ với người được khai" in look(one, tra="danh-muc", q="giám hộ").text
    assert "Không có mục nào khớp" in look(one, tra="danh-muc", q="xyzxyz").text
    assert look(one, tra="khac").status_code == 404


def test_agencies_functions_and_days_are_looked_up(desk, agencies):
    one = desk()
    agency = agencies[0]
    found = look(one, tra="co-quan", q=agency.name).text
    assert agency.id in found
    assert "Cấp" in found
    found = look(one, tra="lich", q="02/09/2026").text
    assert "02/09/2026 (thứ Tư): ngày nghỉ" in found
    assert found.count("ngày làm việc</span>") == 12
    assert "Quốc khánh" in found
    assert "ngày làm việc, 07:30–11:30, 13:30–17:30" in look(one, tra="lich", q="20/11/2026").text
    assert "Ghi ngày như" in look(one, tra="lich", q="mai").text
    assert "Năm 2027" in look(one, tra="lich", ma="2026").text
    found = look(one, tra="chuc-nang").text
    assert "Lãnh đạo phòng phân công" in found
    assert "vai trò, do chuyên viên thụ lý làm" in found


def test_without_script_the_page_holds_what_is_looked_up(desk):
    one = desk()
    page = look(one, fragment=False, tra="lich", o=f"{FIELDS}.business_name").text
    assert '<details class="beside" id="b-beside" open>' in page
    assert 'id="c-label"' in page  # what was being edited is still there
    assert "Tháng 12/2026: 23 ngày làm việc" in page
    assert '<details class="beside" id="b-beside">' in one.open()


def test_only_writers_look_up(desk, visit):
    one = desk()
    for who in ("duyet", "motcua"):
        assert visit(who).client.get(f"{one.here}/tra-cuu?tra=lich").status_code == 403


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", ["Cá nhân", "Quy trình đầy đủ", "Dân tộc", "Thông báo không giải quyết hồ sơ"]),
        ("khoi/person/", ["Số định danh cá nhân", "Kéo theo", "Địa chỉ", "trực tiếp", PROCEDURE]),
        ("khoi/address/", ["qua khối Cá nhân", "blocks/address.yaml"]),
        ("quy-trinh/day-du/", ["Lãnh đạo phòng phân công", "0,5 ngày làm việc", PROCEDURE]),
        ("danh-muc/quan-he/?q=giam", ["Người giám hộ", "Luật Hôn nhân"]),
        ("van-ban/khong_giai_quyet/", ["THÔNG BÁO", "Nghị định số 30/2020", PROCEDURE]),
    ],
)
def test_what_is_shared_is_listed_with_its_users(visit, address, told):
    page = visit("soan").get(SHARED + address)
    assert page.status_code == 200
    for words in told:
        assert words in page.text, words


def test_a_draft_counts_as_a_user(desk):
    one = desk()
    one.open("form.pages.thuong_nhan")
    one.reshape("them", vao=FIELDS, kieu="land_parcel", mo="1")
    page = one.visitor.get(f"{SHARED}khoi/land_parcel/").text
    assert f"/quan-tri/ban-cau-hinh/{PROCEDURE}/{one.version}" in page
    assert read(one.text).data["procedure"] == PROCEDURE


def test_writers_and_reviewers_see_what_is_shared(visit):
    assert visit("duyet").get(SHARED).status_code == 200
    assert visit("motcua").get(SHARED).status_code == 403
    assert visit("soan").get(f"{SHARED}khoi/khong-co/").status_code == 404
    assert visit("soan").get(f"{SHARED}la/person/").status_code == 404
