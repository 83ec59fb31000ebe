"""Đ10.1b, Đ26.2: nộp đúng một lần dù bấm hay gửi lại thế nào; cam đoan điều đã thấy; nộp thay theo giấy ủy quyền."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from made_up import CODE, publish
from people import COMMUNE, Province
from pypdf import PdfReader
from visitor import Page, Visitor
from walk import begin, fill, open_dossier, pdf, reference, upload_all

pytestmark = pytest.mark.database


def at_review(province: Province, citizen: Visitor | None = None) -> tuple[Visitor, Page]:
    publish(province)
    citizen = citizen or province.citizen()
    page = fill(citizen, begin(citizen, CODE), {"books": "4"})
    page = citizen.submit(upload_all(citizen, page), "/giay-to")
    return citizen, citizen.submit(page, "/nhan-ket-qua", {"receive_by": "counter"})


def count(province: Province) -> int:
    return province.services.repository.collection.count_documents({})


def words(answer) -> str:
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_d10_1b_however_it_is_clicked_or_resent_one_dossier_comes_of_it(province):
    citizen, page = at_review(province)
    form = dict(page.form("/kiem-tra").fields) | {"declared": "yes"}
    cookie = citizen._client.get_cookie("tthc").value

    def click(_) -> tuple[int, str]:
        tab = province.app.test_client()
        tab.set_cookie("tthc", cookie)
        answer = tab.post(page.url, data=form)
        return answer.status_code, answer.headers.get("Location", "")

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(click, range(3)))
    place = f"/ho-so/{page.url.split('/')[2]}?moi=1"
    assert answers == [(302, place)] * 3, "each press is told the same"
    assert count(province) == 1
    assert click(None) == (302, place), "resent after its answer was lost"
    assert count(province) == 1
    done = citizen.get(place)
    assert (
        done.text.count(reference(done)) >= 1 and citizen.get(page.url).url == place.split("?", maxsplit=1)[0]
    )
    assert "Kê khai tiếp" not in citizen.get("/ho-so").text


def test_d10_1b_begun_on_one_device_and_gone_on_with_on_another(province):
    publish(province)
    phone, computer = province.citizen(), province.citizen()
    page = begin(phone, CODE)
    form = dict(page.form("/trang/nguoi_muon").fields) | {"books": "3"}
    saved = phone._client.post(page.url.replace("/trang/", "/luu/"), data=form)
    assert saved.get_json() == {"saved": "Đã lưu lúc 08:00"}
    listed = computer.get("/ho-so")
    assert "Kê khai tiếp" in listed.text
    there = computer.get(next(link for link in listed.links if link.startswith("/nop-ho-so/")))
    assert there.url == page.url and 'value="3"' in there.html and "Bước 1/4" in there.text


def test_d10_1b_handed_in_but_not_noted_before_the_process_died(province):
    citizen, page = at_review(province)
    citizen.submit(page, "/kiem-tra", {"declared": "yes"})
    s = province.services
    s.database["applications"].update_one({}, {"$set": {"submitted_at": None}})
    assert "Kê khai tiếp" in citizen.get("/ho-so").text
    assert citizen.get(page.url.replace("/kiem-tra", "")).url.startswith("/ho-so/"), (
        "nothing more is typed in vain"
    )
    assert "Kê khai tiếp" not in citizen.get("/ho-so").text and count(province) == 1


def test_d26_2_what_is_declared_is_what_was_seen(province):
    citizen, page = at_review(province)
    unticked = citizen.submit(page, "/kiem-tra", {})
    assert unticked.status == 422 and '<a href="#f-declared">Đánh dấu vào ô cam đoan' in unticked.html
    assert 'aria-invalid="true" aria-describedby="declared-error"' in unticked.html
    other = citizen.get(page.url.replace("kiem-tra", "trang/nguoi_muon"))
    assert other.status == 200
    form = next(f for f in other.forms if "/trang/" in f.action)
    citizen.submit(other, form.action, {"books": "5"})
    stopped = citizen.submit(page, "/kiem-tra", {"declared": "yes"})
    assert stopped.status == 422 and "vừa được sửa ở một cửa sổ hoặc máy khác" in stopped.text
    assert "declared-error" not in stopped.html and 'id="error-summary"' in stopped.html
    assert count(province) == 0
    done = citizen.submit(stopped, "/kiem-tra", {"declared": "yes"})
    dossier = province.services.repository.get(done.url.rsplit("/", 1)[1])
    assert dossier.answers["books"] == 5 and dossier.declaration
    copy = words(citizen.get(f"{done.url}/ban-in.pdf").response)
    assert "đánh dấu cam đoan khi nộp" in copy and dossier.declaration[:40] in copy
    assert "SHA-256" in copy or dossier.papers[0].files[0].sha256[:20] in copy.replace(" ", "")


def test_d10_1b_the_page_after_handing_in_shows_the_code_and_what_happens_when(province):
    citizen, page = at_review(province)
    done = citizen.submit(page, "/kiem-tra", {"declared": "yes"})
    found = province.services.repository.get(done.url.rsplit("/", 1)[1])
    assert f"trước {found.intake_due:%H:%M} ngày {found.intake_due:%d/%m/%Y}" in done.text
    assert "ngày hẹn không muộn hơn" in done.text and "Nhận kết quả: " in done.text
    code = citizen._client.get(f"{done.url}/ma-qr.svg")
    assert code.mimetype == "image/svg+xml" and code.headers["Cache-Control"] == "private, no-store"
    assert province.citizen("0987654321").get(f"{done.url}/ma-qr.svg").status == 404, "another's"


def test_d23_1_online_for_somebody_else_both_are_named_on_the_receipt(province):
    publish(province)
    citizen = province.citizen()
    page = citizen.submit(
        citizen.get(f"/thu-tuc/{CODE}"), f"/thu-tuc/{CODE}/nop", {"agency": COMMUNE, "behalf": "yes"}
    )
    assert page.url.endswith("/nguoi-nop") and "Bước 1/" in page.text and "Lò Thị Xuân" in page.text
    short = citizen.submit(page, "/nguoi-nop", {"applicant.name": "Quàng Văn Pâng", "applicant.phone": "091"})
    assert short.status == 422 and 'value="Quàng Văn Pâng"' in short.html
    for told in ("số định danh hoặc mã số thuế", "Ghi số (nếu có), ngày của giấy ủy quyền"):
        assert told in short.text, told
    who = {
        "applicant.name": "Quàng Văn Pâng",
        "applicant.citizen_number": "014090004321",
        "applicant.phone": "0987654321",
        "authorisation": "Giấy ủy quyền ngày 20/11/2026",
    }
    page = fill(citizen, citizen.submit(short, "/nguoi-nop", who), {"books": "4"})
    assert "Giấy ủy quyền (hoặc giấy giới thiệu) cho ông/bà nộp thay" in page.text
    stopped = citizen.submit(page, "/giay-to")
    assert stopped.status == 422 and "Giấy ủy quyền" in stopped.text
    page = citizen.submit(stopped, "/giay-to/_uy_quyen", {"file": pdf("uy-quyen.pdf")})
    page = citizen.submit(page, "/giay-to/anh_the", {"file": pdf("anh.pdf")})
    page = citizen.submit(citizen.submit(page, "/giay-to"), "/nhan-ket-qua", {"receive_by": "counter"})
    assert "Hồ sơ của Quàng Văn Pâng (014090004321)" in page.text
    assert "Lò Thị Xuân, theo Giấy ủy quyền ngày 20/11/2026" in page.text
    done = citizen.submit(page, "/kiem-tra", {"declared": "yes"})
    assert done.status == 200, done.text
    found = province.services.repository.get(done.url.rsplit("/", 1)[1])
    assert (found.applicant.name, found.delivery.bearer) == ("Quàng Văn Pâng", "Lò Thị Xuân")
    scan = found.documents[0].file
    assert citizen.get(f"{done.url}/tep/{scan.sha256}").status == 200
    assert "Lò Thị Xuân" in words(citizen.get(f"{done.url}/ban-in.pdf").response)

    desk = province.staff("motcua")
    at_desk = open_dossier(desk, "truc-tuyen", reference(done))
    assert "nộp thay, theo Giấy ủy quyền" in at_desk.text and "uy-quyen.pdf" in at_desk.text
    at_desk = desk.submit(at_desk, "/tiep-nhan", {"checked": ["anh_the"]})
    receipt = words(desk.get(f"{at_desk.url}/giay-tiep-nhan.pdf").response)
    assert "Tiếp nhận hồ sơ của: Quàng Văn Pâng" in receipt and "Người nộp thay: Lò Thị Xuân" in receipt


def test_d23_1_for_oneself_after_all(province):
    citizen, page = at_review(province)
    step = citizen.get(page.url.replace("kiem-tra", "nguoi-nop"))
    assert step.status == 200 and "Ông/bà nộp thay ai?" in step.text
    back = citizen.submit(step, "/nguoi-nop", {"_action": "self"})
    assert "/trang/" in back.url
    done = citizen.submit(citizen.get(page.url), "/kiem-tra", {"declared": "yes"})
    found = province.services.repository.get(done.url.rsplit("/", 1)[1])
    assert found.applicant.name == "Lò Thị Xuân" and found.delivery is None and found.documents == ()
