"""Bad input on the road: each gets its clear answer, and nothing is written."""

import io
from dataclasses import replace

import pytest
from people import COMMUNE, OTHER, PDF, Province
from walk import (
    DESK,
    TOBACCO_FORM,
    TOBACCO_QUESTIONS,
    begin,
    fill,
    hand_in,
    open_dossier,
    reference,
    upload_all,
)

from tthc.portal.applications import MAX_FILES

pytestmark = pytest.mark.database


@pytest.fixture
def handed_in(province: Province):
    """A dossier waiting for the desk: `(number, its page for the citizen, its id)`."""
    citizen = province.citizen()
    page = fill(citizen, begin(citizen, "2.000181"), TOBACCO_QUESTIONS | TOBACCO_FORM)
    page = hand_in(citizen, citizen.submit(upload_all(citizen, page), "/giay-to"))
    return reference(page), page.url, page.url.rsplit("/", 1)[1]


def snapshot(province: Province, dossier_id: str):
    found = province.services.repository.get(dossier_id)
    return found.version, len(found.history), found.status


def test_an_upload_that_lies_about_its_type_is_refused_and_not_kept(province: Province):
    citizen = province.citizen()
    page = fill(citizen, begin(citizen, "2.000181"), TOBACCO_QUESTIONS | TOBACCO_FORM)
    form = next(f for f in page.forms if "/giay-to/" in f.action)
    for data, name in (
        (b"MZ\x90\x00 program", "anh.jpg"),
        (b"<html><script>", "giay.pdf"),
        (b"", "rong.pdf"),
    ):
        refused = citizen.submit(page, form.action, {"file": (io.BytesIO(data), name)})
        assert refused.status == 422, refused.text
        assert "tệp" in refused.text.lower()
    assert province.services.database["papers.files"].count_documents({}) == 0


def test_a_file_too_large_is_refused_in_words(province: Province):
    citizen = province.citizen()
    page = fill(citizen, begin(citizen, "2.000181"), TOBACCO_QUESTIONS | TOBACCO_FORM)
    form = next(f for f in page.forms if "/giay-to/" in f.action)
    refused = citizen.submit(
        page, form.action, {"file": (io.BytesIO(b"%PDF-1.4" + b"0" * 11_000_000), "to.pdf")}
    )
    assert refused.status == 422
    assert "MB" in refused.text


@pytest.mark.usefixtures("handed_in")
def test_a_code_that_does_not_exist_says_nothing_of_others(province: Province):
    visitor = province.visitor()
    for asked in ("000.00.14.H52-261123-9999", "HS-2222-3333", "' || true", '{"$ne": null}', "x" * 5000):
        page = visitor.get(f"/tra-cuu?ma={asked}")
        assert page.status == 404
        assert "Không có hồ sơ nào" in page.text
    assert visitor.get("/tra-cuu?ma[$ne]=1").status == 200


@pytest.mark.branch("trang-cu")
def test_a_stale_form_is_told_so_and_changes_nothing(province: Province, handed_in):
    number, _, dossier_id = handed_in
    desk = province.staff("motcua")
    old = open_dossier(desk, "truc-tuyen", number)
    assert desk.submit(old, "/thu-phi", {"method": "cash"}).status == 200
    before = snapshot(province, dossier_id)
    refused = desk.submit(old, "/tu-choi", {"reason": "Không đúng thẩm quyền"})
    assert refused.status == 409
    assert "Không đúng thẩm quyền" in refused.html
    assert snapshot(province, dossier_id) == before


@pytest.mark.branch("bam-hai-lan")
def test_the_same_press_twice_is_done_once(province: Province, handed_in):
    number, _, dossier_id = handed_in
    desk = province.staff("motcua")
    page = open_dossier(desk, "truc-tuyen", number)
    desk.submit(page, "/thu-phi", {"method": "cash"})
    before = snapshot(province, dossier_id)
    assert desk.submit(page, "/thu-phi", {"method": "cash"}).status == 200
    assert snapshot(province, dossier_id) == before


def test_a_forged_step_is_refused(province: Province, handed_in):
    number, _, dossier_id = handed_in
    desk = province.staff("motcua")
    page = open_dossier(desk, "truc-tuyen", number)
    csrf = {"csrf_token": page.form("/tiep-nhan").values()["csrf_token"][0], "command_id": "a" * 32}
    before = snapshot(province, dossier_id)
    for path in ("buoc/khong-co/duyet", "buoc/intake/tra_ket_qua", "tra-ngay"):
        answer = desk._client.post(f"{DESK}/ho-so/{dossier_id}/{path}", data=csrf | {"recipient": "x"})
        assert answer.status_code == 409, (path, answer.status_code)
    for nothing in ({}, {"csrf_token": csrf["csrf_token"]}):
        assert desk._client.post(f"{DESK}/ho-so/{dossier_id}/tiep-nhan", data=nothing).status_code == 400
    assert snapshot(province, dossier_id) == before


def test_another_agencys_official_sees_and_does_nothing(province: Province, handed_in):
    number, _, dossier_id = handed_in
    before = snapshot(province, dossier_id)
    stranger = province.staff("khac-motcua")
    assert stranger.get(f"{DESK}/ho-so/{dossier_id}").status == 403
    assert stranger.get(f"/motcua/{OTHER}/ho-so/{dossier_id}").status == 404
    assert number not in stranger.get(f"/motcua/{OTHER}/hop/tat-ca").text
    token = stranger.get(f"/motcua/{OTHER}/tiep-nhan").form("/dang-xuat").values()["csrf_token"][0]
    for slug in (COMMUNE, OTHER):
        answer = stranger._client.post(
            f"/motcua/{slug}/ho-so/{dossier_id}/tiep-nhan", data={"csrf_token": token, "command_id": "b" * 32}
        )
        assert answer.status_code in {403, 404}
    assert snapshot(province, dossier_id) == before


def test_another_citizen_and_nobody_reach_a_dossier(province: Province, handed_in):
    _, mine, dossier_id = handed_in
    neighbour = province.citizen("0987654321")
    for path in ("", "/bo-sung", "/ban-in.pdf", "/tep/" + "0" * 64):
        assert neighbour.get(mine + path).status == 404
    assert "Đăng nhập" in province.visitor().get(mine).text
    assert province.visitor().get(f"{DESK}/ho-so/{dossier_id}").url == "/dang-nhap"


def test_a_function_somebody_does_not_hold_opens_no_door(province: Province, handed_in):
    clerk = province.staff("vanthu")
    assert clerk.get(f"{DESK}/tiep-nhan").status == 403
    _, _, dossier_id = handed_in
    page = clerk.get(f"{DESK}/ho-so/{dossier_id}")
    assert page.status == 200
    assert not page.has_form("/tiep-nhan")


def test_a_page_of_another_definition_and_unknown_addresses_are_plain_404(province: Province):
    citizen = province.citizen()
    for url in (
        "/nop-ho-so/khong-co",
        "/thu-tuc/../../etc/passwd",
        "/motcua/khong-co",
        "/ho-so/%00",
        "/thu-tuc/9.999999",
    ):
        page = citizen.get(url)
        assert page.status == 404, url
        assert "Không tìm thấy" in page.text


def test_a_damaged_file_is_told_in_words_and_in_the_log(province: Province, handed_in, caplog):
    _, mine, dossier_id = handed_in
    found = province.services.repository.get(dossier_id)
    sha256 = found.papers[0].files[0].sha256
    province.services.database["papers.chunks"].update_many({}, {"$set": {"data": b"hong"}})
    page = province.citizen().get(f"{mine}/tep/{sha256}")
    assert page.status == 500
    assert "không còn nguyên vẹn" in page.text
    assert sha256 in caplog.text


def test_a_paper_takes_only_so_many_files(province: Province):
    citizen = province.citizen()
    page = fill(citizen, begin(citizen, "2.000181"), TOBACCO_QUESTIONS | TOBACCO_FORM)
    action = next(f for f in page.forms if "/giay-to/" in f.action).action
    paper = action.rsplit("/", 1)[1]
    for number in range(MAX_FILES):
        page = citizen.submit(page, action, {"file": (io.BytesIO(PDF + b"%d\n%%%%EOF" % number), "to.pdf")})
        assert page.status == 200, page.text
    stored = province.services.database["papers.files"].count_documents({})
    refused = citizen.submit(page, action, {"file": (io.BytesIO(PDF + b"them\n%%EOF"), "to.pdf")})
    assert refused.status == 422 and "gộp các trang" in refused.text
    assert province.services.database["papers.files"].count_documents({}) == stored
    applications = province.services.applications
    row = province.services.database["applications"].find_one({})
    application = applications.get(row["_id"], row["owner"])
    one_more = replace(application.files[paper][0], sha256="f" * 64)
    after = applications.add_file(application, paper, one_more, province.clock.now())
    assert len(after.files[paper]) == MAX_FILES


def test_removing_a_file_of_a_paper_there_is_not_is_plain_404(province: Province):
    citizen = province.citizen()
    page = upload_all(citizen, fill(citizen, begin(citizen, "2.000181"), TOBACCO_QUESTIONS | TOBACCO_FORM))
    form = next(f for f in page.forms if f.action.endswith("/xoa"))
    application, paper = form.action.split("/")[2], form.action.split("/")[4]
    csrf = {"csrf_token": form.values()["csrf_token"][0]}
    for forged in (f"{paper}.0.name", "khong-co", "$x"):
        answer = citizen._client.post(f"/nop-ho-so/{application}/giay-to/{forged}/{'0' * 64}/xoa", data=csrf)
        assert answer.status_code == 404
