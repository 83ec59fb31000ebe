"""One's own papers and results in one place, and one's dossiers a page at a time."""

import re

import pytest

from tthc.portal import own_papers_routes, own_rows

pytestmark = pytest.mark.database


def test_d26_3_papers_handed_in_stand_by_dossier_and_lead_to_their_files(province, kernel):
    dossier = kernel.accept(1)
    citizen = province.citizen()
    page = citizen.get("/giay-to-cua-toi")
    (file,) = dossier.paper("hop_dong").files
    assert dossier.code in page.text and "Hợp đồng thuê" in page.text and file.name in page.text
    assert f"/ho-so/{dossier.id}/tep/{file.sha256}" in page.links
    assert "Kết quả</h3>" not in page.html  # nothing has come of it yet
    stranger = province.citizen("0987654321").get("/giay-to-cua-toi")
    assert "Chưa có giấy tờ nào" in stranger.text and file.sha256 not in stranger.html


def test_d26_3_older_dossiers_are_a_page_further_by_key(province, kernel, monkeypatch):
    monkeypatch.setattr(own_papers_routes, "AT_ONCE", 2)
    monkeypatch.setattr(own_rows.own_rows, "__defaults__", (2,))
    dossiers = [kernel.hand_in(number) for number in (1, 2, 3)]
    citizen = province.citizen()
    for address in ("/giay-to-cua-toi", "/ho-so"):
        first = citizen.get(address)
        (following,) = {link for link in first.links if "sau=" in link}
        rest = citizen.get(following)
        seen = [{one.id for one in dossiers if f"/ho-so/{one.id}" in page.html} for page in (first, rest)]
        assert [len(part) for part in seen] == [2, 1] and seen[0] | seen[1] == {one.id for one in dossiers}
        assert address in rest.links  # the way back to the newest
        broken = citizen.get(f"{address}?sau=khong-phai-khoa")
        assert broken.status == 200 and re.findall("sau=", broken.html)


def test_d17_2c_a_question_about_a_dossier_goes_to_its_agency_with_its_number(province, kernel):
    dossier = kernel.accept(1)
    citizen = province.citizen()
    page = citizen.get(f"/ho-so/{dossier.id}")
    (ask,) = [link for link in page.links if link.startswith("/phan-anh?")]
    form = citizen.get(ask)
    asked = {"subject": "Bao giờ có kết quả", "text": f"Số hồ sơ: {dossier.code}\nBao giờ có?"}
    assert f"Số hồ sơ: {dossier.code}" in form.html
    citizen.submit(form, "/phan-anh", asked)  # kind, agency and sender are as the page filled them in
    (found,) = province.services.feedback.of_account(province.services.accounts.by_login("0912345678").key)
    assert (found.kind, found.agency, found.text) == ("question", dossier.agency, asked["text"])
