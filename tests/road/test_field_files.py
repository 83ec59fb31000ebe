"""Files as answers: kept while anything else is wrong, seen by whoever may read the dossier and by nobody else."""

import io

import pytest
from made_up import CODE, publish, with_fields
from people import COMMUNE, PDF, Province
from pictures import png
from walk import DESK, begin, code_on, hand_in, open_dossier, reference, upload_all

pytestmark = pytest.mark.database

FIELDS = """
- {id: portrait, type: photo, label: Ảnh thẻ, help: Ảnh chụp thẳng, required: true, aspect: "3:4", min_width: 300, capture: user}
- {id: scans, type: file, label: Giấy giới thiệu, help: Nếu có, min: 1, max: 3}
- id: people
  type: list
  label: Người cùng mượn
  help: Nếu có
  item:
    - {id: name, type: text, label: Họ và tên, help: Ghi đủ, required: true}
    - {id: face, type: photo, label: Ảnh, help: Ảnh chụp thẳng}
"""
FILE = "{sha256: " + "0" * 64 + ", size: 9, kind: png, name: a.png, width: 300, height: 400}"
ANSWERS = f"portrait: [{FILE}], scans: [{FILE}], people: [{{name: Lò Văn An, face: [{FILE}]}}]"


@pytest.fixture
def ready(province: Province) -> Province:
    publish(province, with_fields(FIELDS, ANSWERS))
    return province


def picture(name: str = "chan-dung.png", width: int = 300, height: int = 400):
    return io.BytesIO(png(width, height)), name


def send(visitor, page, values):
    return visitor.submit(page, page.url.rsplit("/", 1)[1], values)


def filled(citizen):
    page = send(
        citizen,
        begin(citizen, CODE),
        {
            "books": "2",
            "portrait": picture(),
            "scans": (io.BytesIO(PDF), "gioi-thieu.pdf"),
            "people.0.name": "Lò Văn An",
            "people.0.face": picture("an.png", 400, 300),
        },
    )
    assert page.status == 200 and page.url.endswith("/giay-to"), page.text
    return page


def test_nothing_sent_is_lost_while_something_else_is_wrong(ready: Province):
    citizen = ready.citizen()
    page = begin(citizen, CODE)
    page = send(citizen, page, {"books": "99", "portrait": picture()})
    assert "Nhập số từ 1 đến 5 quyển" in page.text and "chan-dung.png" in page.text
    assert "Tải lên ảnh thẻ" not in page.text
    page = send(citizen, page, {"books": "2"})
    assert page.url.endswith("/giay-to"), page.text


def test_a_picture_of_the_wrong_shape_is_told_at_its_field_and_the_rest_is_kept(ready: Province):
    citizen = ready.citizen()
    page = begin(citizen, CODE)
    page = send(citizen, page, {"books": "3", "portrait": picture("ngang.png", 400, 300)})
    assert page.status == 422
    assert "Xoay ảnh lại cho đúng khổ 3 × 4: “ngang.png”" in page.text
    assert page.text.count("Tải lên ảnh thẻ") == 0
    assert page.form(page.url).values()["books"] == ["3"]
    assert 'href="#f-portrait"' in page.html
    assert ready.services.database["papers.files"].count_documents({}) == 0


def test_buttons_add_and_remove_without_leaving_the_page(ready: Province):
    citizen = ready.citizen()
    page = begin(citizen, CODE)
    page = send(citizen, page, {"scans": (io.BytesIO(PDF), "mot.pdf"), "_files": "scans:add"})
    assert page.status == 200 and "mot.pdf" in page.text and "/trang/" in page.url
    two = (io.BytesIO(PDF + b"% another"), "hai.pdf")
    page = send(citizen, page, {"scans": two, "_files": "scans:add"})
    assert "mot.pdf" in page.text and "hai.pdf" in page.text
    remove = next(v for f in page.forms for _, v, _ in f.buttons if v.startswith("scans:remove:"))
    page = send(citizen, page, {"_files": remove})
    assert "mot.pdf" not in page.text and "hai.pdf" in page.text


def test_a_row_keeps_its_picture_when_it_moves(ready: Province):
    citizen = ready.citizen()
    page = begin(citizen, CODE)
    page = send(
        citizen, page, {"people.0.name": "An", "people.0.face": picture("an.png"), "_rows": "people:add"}
    )
    page = send(citizen, page, {"people.1.name": "Bình", "_rows": "people:down:0"})
    values = page.form(page.url).values()
    assert (values["people.0.name"], values["people.1.name"]) == (["Bình"], ["An"])
    assert page.html.index('id="w-people.1"') < page.html.index("an.png")


def test_a_checksum_is_no_file(ready: Province):
    """Whoever knows the checksum of another's file cannot make it theirs."""
    secret = PDF + b"% of another"
    theirs = ready.services.files.put(
        secret, name="a.pdf", kind="pdf", now=ready.clock.now(), by="other"
    ).sha256
    citizen = ready.citizen()
    page = begin(citizen, CODE)
    forged = {
        "portrait": theirs,
        "portrait.0.sha256": theirs,
        "scans": [theirs],
        "scans.count": "1",
        "scans.0.sha256": theirs,
        "scans.0.name": "a.pdf",
        "_kept_files": theirs,
    }
    page = send(citizen, page, forged)
    assert "Tải lên ảnh thẻ" in page.text and "a.pdf" not in page.text
    application = page.url.split("/")[2]
    assert citizen.get(f"/nop-ho-so/{application}/tep/{theirs}").status == 404
    # even if it got into the answers some other way
    page = hand_in_page(citizen, citizen.submit(upload_all(citizen, filled(citizen)), "/giay-to"))
    application = page.url.split("/")[2]
    ready.services.database["applications"].update_one(
        {"_id": application}, {"$set": {"answers.scans.0.sha256": theirs}}
    )
    page = citizen.get(page.url)  # only what the page shows is handed in, so it is shown
    assert citizen.submit(page, "/kiem-tra", {"declared": "yes"}).status == 403
    assert ready.services.repository.collection.count_documents({}) == 0


def hand_in_page(citizen, page):
    return citizen.submit(page, "/nhan-ket-qua", {"receive_by": "counter"})


def test_files_of_the_dossier_are_seen_by_those_who_may_read_it(ready: Province):
    citizen = ready.citizen()
    page = citizen.submit(upload_all(citizen, filled(citizen)), "/giay-to")
    page = hand_in(citizen, page)
    number, mine = reference(page), page.url
    shown = citizen.get(mine)
    links = [link for link in shown.links if "/tep/" in link and link.startswith(mine)]
    assert {"chan-dung.png", "gioi-thieu.pdf", "an.png"} <= set(shown.text.split())
    for link in links:
        assert citizen.get(link).status == 200
    portrait = ready.services.repository.by_reference(number).answers["portrait"][0]["sha256"]
    assert citizen.get(f"{mine}/tep/{portrait}").data == png(300, 400)
    assert ready.citizen("0987654321").get(f"{mine}/tep/{portrait}").status in {403, 404}
    assert ready.visitor().get(f"{mine}/tep/{portrait}").data != png(300, 400)
    desk = ready.staff("motcua")
    page = open_dossier(desk, "truc-tuyen", number)
    link = next(link for link in page.links if link.endswith(f"/tep/{portrait}"))
    assert desk.get(link).data == png(300, 400)
    assert ready.services.database["reads"].count_documents({"what": f"tep:{portrait}"}) == 1
    assert ready.staff("khac-motcua").get(link).status in {403, 404}
    assert citizen.get(f"{mine}/ban-in.pdf").data.startswith(b"%PDF")


def test_a_supplement_asks_for_a_picture_and_keeps_it_through_a_mistake(ready: Province):
    citizen = ready.citizen()
    page = hand_in(citizen, citizen.submit(upload_all(citizen, filled(citizen)), "/giay-to"))
    number, mine = reference(page), page.url
    desk = ready.staff("motcua")
    page = open_dossier(desk, "truc-tuyen", number)
    reasons = {"reason.portrait": "Ảnh mờ", "reason.books": "Ghi lại"}
    assert desk.submit(page, "/bo-sung", reasons).status == 200
    page = citizen.get(f"{mine}/bo-sung")
    page = citizen.submit(page, "/bo-sung", {"books": "99", "portrait": picture("moi.png", 600, 800)})
    assert page.status == 409 and "moi.png" in page.text, page.text
    page = citizen.submit(page, "/bo-sung", {"books": "4"})
    assert "Đã gửi phần bổ sung" in page.text, page.text
    answers = ready.services.repository.by_reference(number).answers
    assert [file["name"] for file in answers["portrait"]] == ["moi.png"]
    assert answers["books"] == 4


def test_the_counter_takes_files_too(ready: Province):
    desk = ready.staff("motcua")
    page = desk.submit(desk.get(f"{DESK}/tiep-nhan"), "/them-moi", {"procedure": CODE})
    page = desk.submit(page, page.url, {"portrait": picture("ngang.png", 400, 300), "books": "2"})
    assert page.status == 422 and "Xoay ảnh lại" in page.text, page.text
    who = {"applicant.name": "Lò Thị Xuân", "applicant.phone": "0912345678", "reader_name": "Lò Thị Xuân"}
    page = desk.submit(page, page.url, {**who, "portrait": picture(), "_action": "save"})
    assert page.status == 200 and "chan-dung.png" in page.text
    link = next(link for link in page.links if "/tep/" in link)
    assert desk.get(link).data == png(300, 400)
    page = desk.submit(page, page.url, {"checked": ["anh_the"], "receive_by": "counter", "_action": "accept"})
    assert page.status == 200, page.text
    found = ready.services.repository.collection.find_one({})
    assert found["answers"]["portrait"][0]["name"] == "chan-dung.png"
    assert code_on(page)
    assert COMMUNE in page.url
