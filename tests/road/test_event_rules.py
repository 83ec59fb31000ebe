"""An event rule on the road: sent back twice, the head of the commune is told, on every page where it matters; a step is
given to a unit and says so. What the worker does is done by sweeping, as beat and worker would.
"""

import pytest
from people import COMMUNE, Province
from ruled import LABEL, received, send_back, watch
from walk import open_dossier, pdf

pytestmark = pytest.mark.database


def test_d14_1a_what_is_sent_back_twice_is_told_to_the_head_on_paper_and_screen(province: Province):
    code, mine, citizen = received(province)
    desk, examiner = province.staff("motcua"), province.staff("chuyenvien")
    page = open_dossier(examiner, "cho-toi", code)
    assert "Thẩm tra: Phòng Văn hóa - Xã hội." in page.text
    assert "Quy tắc “Việc của phòng Văn hóa”: giao Phòng Văn hóa - Xã hội" in page.text
    assert "Phòng Văn hóa - Xã hội" in examiner.get(f"/motcua/{COMMUNE}/hop/cho-toi").text

    send_back(province, code, times=2)
    page = open_dossier(examiner, "cho-toi", code)
    assert LABEL not in page.text
    assert "Thẩm tra: Phòng Văn hóa - Xã hội." in page.text  # given once, and still theirs
    assert "không có phòng mang mã “kho-sach”" in page.text.partition("Lịch sử")[2]
    assert "Quy tắc này không thực hiện được." not in page.text  # of a step that is not open
    assert [watch(province), watch(province)] == [1, 0]
    province.sweep()

    head = province.staff("truongphong")
    page = open_dossier(head, "tat-ca", code)
    assert f"{LABEL}</h2><p>Hồ sơ đã bị chuyển lại hai lần.</p>" in page.html, page.html
    assert f"Quy tắc “{LABEL}”: báo lãnh đạo phòng" in page.text
    assert LABEL in head.get(f"/motcua/{COMMUNE}/hop/tat-ca").text
    told = head.get("/thong-bao")
    assert f"{LABEL}: hồ sơ {code}" in told.text
    assert "Hồ sơ đã bị chuyển lại hai lần." in told.text
    assert LABEL not in desk.get("/thong-bao").text

    examiner.submit(open_dossier(examiner, "cho-toi", code), "/trinh", {"file": pdf("du-thao.pdf")})
    page = open_dossier(head, "tat-ca", code)
    assert "Quy tắc này không thực hiện được." in page.text.partition("Lịch sử")[0]

    # the applicant reads nothing of it
    assert LABEL not in citizen.get(mine).text
    assert "Văn hóa - Xã hội" not in citizen.get(mine).text
