"""The builder: each element on a page made from the language, saved at once, taken back, brought together with others'."""

import re

from building import PROCEDURE, Desk

from definitions.reading import read


def test_every_part_has_a_page_that_saves_what_it_shows(desk):
    one = desk()
    before = one.text
    found = re.findall(r'href="soan\?o=([^&"]+)&amp;xem=', one.open())
    seen = set()
    while found:
        place = found.pop()
        if place in seen or len(seen) > 45:
            continue
        seen.add(place)
        html = one.open(place.replace("%20", " ").replace("%2F", "/"))
        found += re.findall(r'href="soan\?o=([^&"]+)&amp;xem=', html)
        if any(name.startswith("b-form-") for name in one.forms):
            assert one.save().status_code == 200
            assert one.text == before, place
    assert len(seen) > 40


def test_a_changed_control_changes_its_place_alone(desk):
    one = desk()
    before = one.text
    one.open("form.pages.thuong_nhan.fields.business_name")
    page = one.save(label="Tên hộ kinh doanh hoặc doanh nghiệp", max_length="150")
    assert "Đã lưu lúc" in page.text
    assert (
        one.value("form.pages.thuong_nhan.fields.business_name.label")
        == "Tên hộ kinh doanh hoặc doanh nghiệp"
    )
    assert one.value("form.pages.thuong_nhan.fields.business_name.max_length") == 150
    changed = set(before.splitlines()) ^ set(one.text.splitlines())
    assert len(changed) == 2
    assert one.text.endswith("# cuối tệp\n")


def test_elements_are_added_copied_moved_and_removed(desk):
    one = desk()
    fields = "form.pages.thuong_nhan.fields"
    names = [field["id"] for field in one.value(fields)]
    one.open(fields.removesuffix(".fields"))
    page = one.reshape("them", vao=fields, ten="Số nhà", kieu="choice", mo="1")
    assert "so_nha" in page.text
    made = one.value(fields)[-1]
    assert (made["id"], made["type"], len(made["options"])) == ("so_nha", "choice", 2)
    one.open(f"{fields}.so_nha")
    one.reshape("nhan-doi", muc=f"{fields}.so_nha")
    assert [field["id"] for field in one.value(fields)] == [*names, "so_nha", "so_nha_2"]
    one.open(f"{fields}.so_nha_2")
    one.reshape("chuyen", muc=f"{fields}.so_nha_2", vao=fields, truoc=f"{fields}.{names[0]}")
    one.open()
    one.reshape("xoa", muc=f"{fields}.so_nha")
    assert [field["id"] for field in one.value(fields)] == ["so_nha_2", *names]


def test_changes_are_taken_back_and_done_again_letter_by_letter(desk):
    one = desk()
    before = one.text
    one.open()
    one.save(summary="Tóm tắt khác")
    after = one.text
    one.open("fees")
    one.reshape("xoa", muc=f"fees.{one.value('fees')[0]['id']}", dong_y="1")
    undo = {"": [f"{one.here}/hoan-tac"], **{k: v for k, v in one.some.items() if k}}
    redo = {**undo, "": [f"{one.here}/lam-lai"]}
    assert "Đã hoàn tác" in one.post(undo).text
    assert one.text == after
    one.post(undo)
    assert one.text == before
    assert "Không còn thay đổi nào" in one.post(undo).text
    one.post(redo)
    assert one.text == after


def test_two_officers_on_one_draft_overwrite_nothing(desk):
    one, other = desk(), desk("cahai", fresh=False)
    place = "form.pages.thuong_nhan.fields.business_name"
    one.open(place)
    other.open(place)
    one.save(label="Nhãn của người thứ nhất")
    other.save(help="Lời dẫn của người thứ hai")
    assert one.value(place)["label"] == "Nhãn của người thứ nhất"
    assert one.value(place)["help"] == "Lời dẫn của người thứ hai"
    one.open(place)
    other.open(place)
    one.save(label="Một")
    refused = other.save(label="Hai")
    assert refused.status_code == 409
    assert "Cán bộ soan" in refused.text
    assert 'value="Hai"' in refused.text
    assert one.value(f"{place}.label") == "Một"
    beat = other.visitor.client.get(f"{one.here}/nhip?o={place}").json
    one.visitor.client.get(f"{one.here}/nhip?o={place}")
    beat = other.visitor.client.get(f"{one.here}/nhip?o={place}").json
    assert beat["people"] == [{"name": "Cán bộ soan", "place": place}]
    assert beat["text"] == one.services.definitions.version(PROCEDURE, one.version).text


def test_only_writers_build_and_only_drafts(desk, visit, services):
    one = desk()
    for who in ("duyet", "quantri"):
        assert visit(who).client.get(one.here).status_code == 403
    published = services.definitions.versions(PROCEDURE)[0]
    assert (
        one.visitor.client.get(f"/quan-tri/ban-cau-hinh/{PROCEDURE}/{published.id}/soan").status_code == 404
    )


def test_what_it_comes_to_is_seen_beside(desk):
    one = desk()
    assert "Tên thương nhân" in one.open("form.pages.thuong_nhan", "to-khai")
    assert "Ông/bà nhận được" in one.open("", "trang")
    assert "Tiếp nhận hồ sơ" in one.open("examples", "tien-trinh") or "timeline" in one.page.text
    assert one.open("documents", "van-ban")
    told = one.visitor.client.get(f"{one.here}/vi-du").text
    assert "ví dụ đều đạt" in told
    assert "đã thử hết" in told


def test_wrong_input_is_kept_and_told(desk):
    one = desk()
    one.open()
    wrong = one.save(service_level="9", sector="Không Phải Mã")
    assert one.value("sector") == "Không Phải Mã"
    assert "chỗ cần xem" in wrong.text
    assert "S0" in wrong.text


def test_a_new_procedure_begins_without_yaml(visit, services):
    officer = visit("soan")
    page = officer.get("/quan-tri/ban-cau-hinh/soan-moi")
    refused = officer.post(
        "/quan-tri/ban-cau-hinh/soan-moi",
        procedure="12",
        name="",
        sector="Hộ tịch",
        level="xa",
        service_level="3",
    )
    assert refused.status_code == 422
    assert "dấu chấm và sáu chữ số" in refused.text
    assert 'value="Hộ tịch"' in refused.text
    asked = {
        "procedure": "9.000077",
        "name": "Cấp giấy “mới”: thử",
        "sector": "ho-tich",
        "level": "xa",
        "service_level": "3",
    }
    page = officer.post("/quan-tri/ban-cau-hinh/soan-moi", **asked)
    assert "Cấp giấy “mới”: thử" in page.text
    one = Desk(officer, services, "9.000077")
    assert 'name="vao" value="form.pages"' in one.open("form")
    one.reshape("them", vao="form.pages", ten="Người đề nghị", mo="1")
    assert one.value("form.pages.nguoi_de_nghi.title") == "Người đề nghị"
    one.open("form.pages.nguoi_de_nghi")
    one.reshape("them", vao="form.pages.nguoi_de_nghi.fields", ten="Họ và tên", kieu="text")
    assert one.value("form.pages.nguoi_de_nghi.fields.ho_va_ten.type") == "text"


def test_the_workflow_is_changed_as_a_drawing(desk):
    one = desk()
    assert "Chép thành quy trình của riêng" in one.open("workflow")
    form = {"": [f"{one.here}/buoc"], **{k: v for k, v in one.some.items() if k}}
    one.post(form, viec="rieng")
    steps = [step["id"] for step in one.value("workflow.steps")]
    page = one.open(f"workflow.steps.{steps[1]}")
    assert "<svg" in page
    form["upon"] = one.some["upon"]
    one.post(form, viec="sau", buoc=steps[1], ten="Lấy ý kiến", nguoi="tham_dinh")
    assert [step["id"] for step in one.value("workflow.steps")][2] == "lay_y_kien"
    one.open("workflow")
    form["upon"] = one.some["upon"]
    refused = one.post(form, viec="gio", buoc="lay_y_kien", so="0", don_vi="working_day", ten="Hết hạn")
    assert refused.status_code == 422
    assert "lớn hơn 0" in refused.text
    one.post(form, viec="bo", buoc="lay_y_kien")
    assert [step["id"] for step in one.value("workflow.steps")] == steps


def test_conditions_are_chosen_or_typed(desk):
    one = desk()
    place = "form.pages.thuong_nhan.fields.business_phone"
    one.open(place)
    one.save(**{"visible:cach": "khi", "visible": 'applicant_kind = "doanh_nghiep"'})
    assert one.value(f"{place}.visible") == 'applicant_kind = "doanh_nghiep"'
    one.open(place)
    one.save(**{"visible:cach": "", "required:cach": "true"})
    assert "visible" not in one.value(place)
    assert one.value(f"{place}.required") is True


def test_an_element_is_copied_into_another_procedure(desk, visit, services):
    one = desk()
    place = "form.pages.thuong_nhan.fields.business_phone"
    one.open(place)
    assert "Đã chép" in one.reshape("chep", muc=place).text
    officer = visit("soan")
    asked = {
        "procedure": "9.000078",
        "name": "Thử chép",
        "sector": "thu",
        "level": "xa",
        "service_level": "3",
    }
    officer.get("/quan-tri/ban-cau-hinh/soan-moi")
    officer.post("/quan-tri/ban-cau-hinh/soan-moi", **asked)
    other = Desk(officer, services, "9.000078")
    other.open("form")
    other.reshape("them", vao="form.pages", ten="Trang", mo="1")
    assert "Dán “" in other.open("form.pages.trang")
    other.reshape("dan", vao="form.pages.trang.fields")
    other.open("form.pages.trang")
    other.reshape("dan", vao="form.pages.trang.fields")
    pasted = other.value("form.pages.trang.fields")
    assert [field["id"] for field in pasted] == ["business_phone", "business_phone_2"]
    assert pasted[0] == one.value(place)


def test_d9_3b_a_document_is_written_without_yaml(desk):
    one = desk()
    body = f"documents.{one.value('documents')[0]['id']}.body"
    count = len(one.value(body))
    page = one.open(body)
    assert "Nội dung" in page
    one.reshape("them", vao=body, ten="Điện thoại: {{ business_phone }}.", kieu="text", mo="1")
    page = one.open(f"{body}.{count}", "van-ban")
    assert one.value(body)[count] == "Điện thoại: {{ business_phone }}."
    assert 'class="here"' in page
    assert "0912 345 678" in page
    assert "{{ representative.full_name }}" in page
    assert "{{ dossier.due | long }}" in page
    one.save(when='applicant_kind = "doanh_nghiep"', **{"when:cach": "khi"})
    assert one.value(body)[count] == {
        "text": "Điện thoại: {{ business_phone }}.",
        "when": 'applicant_kind = "doanh_nghiep"',
    }
    one.open(body)
    one.reshape("len", muc=f"{body}.{count}")
    assert one.value(body)[count - 1]["text"].startswith("Điện thoại")
    one.open(f"{body}.0")
    told = one.save(centre="{{ khong_co }}").text
    assert "khong_co" in told.partition('id="b-effect"')[2]
    pdf = f"/quan-tri/ban-cau-hinh/{PROCEDURE}/{one.version}/van-ban-in/giay_phep.pdf"
    one.open(f"{body}.0")
    one.save(centre="CHỦ TỊCH")
    assert one.visitor.client.get(pdf).data.startswith(b"%PDF")


def test_d9_3b_an_example_is_corrected_without_yaml(desk):
    one = desk()
    page = one.open("examples.0.answers")
    assert "Tên thương nhân" in page
    assert '<option value="ho_kinh_doanh" selected>' in page
    one.save(business_phone="0987654321", representative__full_name="Cầm Thị Pánh")
    assert one.value("examples.0.answers.business_phone") == "0987654321"
    assert one.value("examples.0.answers.representative.full_name") == "Cầm Thị Pánh"
    fee = one.value("fees")[0]["id"]
    one.open("examples.0.expect")
    one.save(**{f"fees.{fee}": "150.000"})
    assert one.value("examples.0.expect.fees") == {fee: 150_000}
    one.open("examples.0.expect")
    one.save(**{f"fees.{fee}": "", "fees:rong": ["", "1"]})
    assert one.value("examples.0.expect.fees") == {}
    one.open("examples.0")
    one.reshape("them", vao="examples.0.steps", ten="wait", mo="1")
    assert one.value("examples.0.steps")[-1] == {"do": "wait"}


def test_a_place_changes_its_shape_and_named_elements_are_added(desk):
    one = desk()
    fee = f"fees.{one.value('fees')[0]['id']}"
    page = one.open(fee)
    assert "đổi sang một số tiền hay biểu thức" in page
    one.reshape("dang", muc=f"{fee}.amount", kieu="number")
    assert one.value(f"{fee}.amount") == 0
    assert "Đặt số tiền theo bảng" in one.open(fee)
    field = "form.pages.thuong_nhan.fields"
    one.reshape("them", vao=field, ten="Dân tộc", kieu="choice")
    page = one.open(f"{field}.dan_toc")
    assert "Lấy lựa chọn từ danh mục" in page and "đổi sang" not in page
    one.reshape("danh-muc", muc=f"{field}.dan_toc", danh_muc="dan-toc")
    assert one.value(f"{field}.dan_toc.options") == {"vocabulary": "dan-toc"}
    assert "Quan hệ" in one.open(f"{field}.dan_toc")
    one.open("vocabularies")
    one.reshape("them", vao="vocabularies", ten="Loại thuốc", mo="1")
    assert one.value("vocabularies.loai-thuoc")["label"] == "Loại thuốc"
    assert "Giá trị lưu" in one.open("vocabularies.loai-thuoc")
    one.save(**{"entries.0.value": "dieu"})
    assert one.value("vocabularies.loai-thuoc.entries") == [{"value": "dieu"}]
    one.open("vocabularies.loai-thuoc")
    one.reshape("xoa", muc="vocabularies.loai-thuoc")
    assert "vocabularies" not in read(one.text).data


def test_the_screen_of_the_official_at_a_step_is_seen_beside_it(desk):
    one = desk()
    page = one.visitor.get(f"{one.here}?o=workflow&xem=can-bo").text
    seen = page[page.index('id="b-desk"') :]
    assert "Lãnh đạo phòng phân công" in seen and "Giao chuyên viên thụ lý" in seen
    assert "Giao cho: " in seen and "Theo ví dụ “" in seen
    assert '<button class="button" type="button" disabled>' in seen
    one.open("workflow")
    one.post(one.forms["g-rieng-"])
    page = one.visitor.get(f"{one.here}?o=workflow.steps.phe_duyet&xem=can-bo").text
    seen = page[page.index('id="b-desk"') :]
    assert "Lãnh đạo cơ quan phê duyệt" in seen and ">Duyệt</button>" in seen and "Lý do, ý kiến" in seen
