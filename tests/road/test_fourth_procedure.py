"""A procedure nobody programmed: added at run time from YAML alone and taken to its result."""

import pytest
from made_up import publish
from people import Province
from walk import begin, code_on, fill, hand_in, open_dossier, pdf, reference, upload_all

pytestmark = pytest.mark.database


def test_a_made_up_procedure_is_found_filled_and_taken_to_its_result(province: Province):
    citizen = province.citizen()
    assert citizen.get("/thu-tuc/9.000001").status == 404
    publish(province)
    assert "thẻ mượn sách" in citizen.get("/thu-tuc?q=the muon sach").text
    page = fill(citizen, begin(citizen, "9.000001"), {"books": "4"})
    page = citizen.submit(upload_all(citizen, page), "/giay-to")
    assert "4.000 đồng" in page.text
    page = hand_in(citizen, page)
    number, mine = reference(page), page.url
    desk = province.staff("motcua")
    page = desk.submit(open_dossier(desk, "truc-tuyen", number), "/tiep-nhan", {"checked": ["anh_the"]})
    code = code_on(page)
    examiner = province.staff("chuyenvien")
    page = open_dossier(examiner, "cho-toi", code)
    assert examiner.submit(page, "/chuyen_du_thao", {"file": pdf()}).status == 200
    assert citizen.submit(citizen.get(mine), "/dong_y").status == 200
    leader = province.staff("chutich")
    assert leader.submit(open_dossier(leader, "cho-toi", code), "/duyet").status == 200
    clerk = province.staff("vanthu")
    page = open_dossier(clerk, "cho-toi", code)
    assert clerk.submit(page, "/chuyen_ket_qua", {"number": "07/TMS", "file": pdf("the.pdf")}).status == 200
    page = open_dossier(desk, "cho-tra-ket-qua", code)
    desk.submit(page, "/thu-phi", {"method": "cash"})
    page = desk.submit(page, "/tra_ket_qua", {"originals": ["anh_the"]}, drop=("version",))
    assert "Đã trả kết quả" in page.text, page.text
    assert "the.pdf" in citizen.get(mine).text
