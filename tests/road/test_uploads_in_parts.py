"""Đ10.1b: giấy tờ tải lên từng phần, đứt mạng thì tải tiếp; ảnh chụp sắp xếp, xoay, cắt rồi ghép thành một tệp PDF."""

import base64
import hashlib
import io
import re
from datetime import timedelta

import pytest
from made_up import CODE, TEXT, publish, with_fields
from people import PDF, Province
from PIL import Image, ImageDraw
from pypdf import PdfReader
from visitor import Page, Visitor
from walk import DESK, begin, fill, hand_in

from tthc.portal import keeping, transfers

pytestmark = pytest.mark.database

BIG = PDF.replace(b"%%EOF", b"% " + b"x" * 50_000 + b"\n%%EOF")
PAPER = "anh_the"


def at_papers(province: Province, text: str = TEXT, who: str = "0912345678") -> tuple[Visitor, Page]:
    publish(province, text)
    citizen = province.citizen(who)
    return citizen, fill(citizen, begin(citizen, CODE), {"books": "2"})


class Sender:
    """A script that sends one file in parts."""

    def __init__(self, citizen: Visitor, page: Page) -> None:
        self.client = citizen._client
        self.home = page.url.removesuffix("/giay-to")
        fields = dict(page.form("/giay-to").fields)
        self.headers = {"X-CSRFToken": fields["csrf_token"], "Accept": "application/json"}

    def begin(
        self,
        data: bytes,
        name: str = "giay-to.pdf",
        *,
        tray: bool = False,
        told: bytes | None = None,
        paper=PAPER,
    ):
        sha256 = hashlib.sha256(data if told is None else told).hexdigest()
        pairs = {"filename": name, "filetype": "", "sha256": sha256}
        coded = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in pairs.items())
        return self.client.post(
            f"{self.home}/giay-to/{paper}/{'ghep-anh/' if tray else ''}tung-phan",
            headers={**self.headers, "Upload-Length": str(len(data)), "Upload-Metadata": coded},
        )

    def part(self, place: str, offset: int, data: bytes, *, checked: bytes | None = None, **more):
        checksum = base64.b64encode(hashlib.sha256(data if checked is None else checked).digest()).decode()
        headers = {
            **self.headers,
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha256 {checksum}",
            **more,
        }
        return self.client.patch(
            place, data=data, headers=headers, content_type="application/offset+octet-stream"
        )

    def at(self, place: str) -> int:
        return int(self.client.head(place, headers=self.headers).headers["Upload-Offset"])

    def finish(self, place: str):
        return self.client.post(f"{place}/xong", headers=self.headers)

    def whole(self, data: bytes, name: str = "giay-to.pdf", *, tray: bool = False):
        place = self.begin(data, name, tray=tray).headers["Location"]
        assert self.part(place, 0, data).status_code == 204
        return self.finish(place)


def held(province: Province, page: Page, paper: str = PAPER):
    s = province.services
    owner = s.accounts.by_login("0912345678").key
    return s.applications.get(page.url.split("/")[2], owner).files.get(paper, ())


def test_d10_1b_what_was_broken_off_goes_on_and_the_same_answer_comes_however_often_it_is_asked_for(province):
    citizen, page = at_papers(province)
    sender = Sender(citizen, page)
    begun = sender.begin(BIG)
    place = begun.headers["Location"]
    assert (begun.status_code, begun.headers["Upload-Offset"]) == (201, "0")
    assert begun.headers["Tus-Resumable"] == "1.0.0"
    first = BIG[:20_000]
    assert sender.part(place, 0, first, checked=b"khac").status_code == 460, "spoilt on the way"
    assert sender.at(place) == 0
    assert sender.part(place, 0, first).status_code == 204
    again = sender.part(place, 0, first)
    assert (again.status_code, again.headers["Upload-Offset"]) == (409, "20000"), "its answer had been lost"
    assert sender.finish(place).status_code == 409, "not whole yet"

    # the page is loaded again: it tells what is unfinished, and the same file goes on where it was
    page = citizen.get(page.url)
    assert "giay-to.pdf mới lên 20 kB trong" in page.text and "chọn lại đúng tệp này" in page.text
    resumed = Sender(citizen, page).begin(BIG, "ten-khac.pdf")
    assert (resumed.headers["Location"], resumed.headers["Upload-Offset"]) == (place, "20000")
    assert sender.part(place, 20_000, BIG[20_000:]).headers["Upload-Offset"] == str(len(BIG))
    told = sender.finish(place).get_json()
    assert told["sha256"] == hashlib.sha256(BIG).hexdigest()
    assert sender.finish(place).get_json() == told
    assert sender.begin(BIG).headers["Upload-Offset"] == str(len(BIG)), "nothing is sent twice"
    assert [file.size for file in held(province, page)] == [len(BIG)]
    assert province.services.files.read(told["sha256"]) == BIG
    assert province.services.database["transfer_parts"].count_documents({}) == 0
    page = citizen.get(page.url)
    assert "mới lên" not in page.text and told["sha256"] in page.text


def test_d10_1b_what_is_not_taken_is_told_and_nothing_is_kept(province, monkeypatch):
    citizen, page = at_papers(province)
    sender = Sender(citizen, page)
    word = b"PK\x03\x04" + b"w" * 100
    refused = sender.whole(word, "don.docx")
    assert refused.status_code == 422 and "Word" in refused.get_json()["error"]
    place = sender.begin(BIG, told=PDF).headers["Location"]
    sender.part(place, 0, BIG)
    assert "không lên được nguyên vẹn" in sender.finish(place).get_json()["error"], (
        "other content than was said"
    )
    assert held(province, page) == ()
    assert province.services.database["transfer_parts"].count_documents({}) == 0
    place = sender.begin(BIG).headers["Location"]
    assert sender.part(place, 0, b"vun").status_code == 400, "crumbs"
    assert sender.part(place, 0, BIG + b"thua").status_code == 413
    assert sender.client.patch(place, data=b"x", headers=sender.headers).status_code == 415
    assert sender.client.patch(place, data=BIG).status_code == 400, "no CSRF token"
    assert sender.begin(BIG, paper="khong_co").status_code == 404
    huge = sender.client.post(
        f"{sender.home}/giay-to/{PAPER}/tung-phan",
        headers={**sender.headers, "Upload-Length": str(11 * 1024**2)},
    )
    assert huge.status_code == 422 and "10 MB" in huge.get_json()["error"]

    other = Sender(*at_papers(province, who="0987654321"))
    assert other.client.head(place).status_code == 404, "another's"
    assert (
        other.part(f"{other.home}/{place.rsplit('/', 2)[1]}/{place.rsplit('/', 1)[1]}", 0, BIG).status_code
        == 404
    )

    assert sender.client.delete(place, headers=sender.headers).status_code == 204
    assert sender.client.head(place).status_code == 404
    monkeypatch.setattr(transfers, "MOST_OPEN", 1)
    place = sender.begin(BIG).headers["Location"]
    assert "nhiều tệp tải dở" in sender.begin(PDF).get_json()["error"]
    citizen.submit(citizen.get(page.url), f"{place.rsplit('/', 1)[1]}/bo")
    assert sender.begin(PDF).status_code == 201, "given up without script, there is room again"
    monkeypatch.setattr(keeping, "MOST_BYTES", 100)
    assert "vượt" in sender.begin(BIG).get_json()["error"]


def test_d10_1b_leftovers_are_swept_a_day_later(province):
    citizen, page = at_papers(province)
    sender = Sender(citizen, page)
    place = sender.begin(BIG).headers["Location"]
    sender.part(place, 0, BIG[:20_000])
    s = province.services
    assert s.leftovers.sweep(province.clock.now() + transfers.LASTS - timedelta(minutes=1)) == 0
    assert s.leftovers.sweep(province.clock.now() + transfers.LASTS + timedelta(minutes=1)) == 1
    assert (
        s.database["transfers"].count_documents({}) == s.database["transfer_parts"].count_documents({}) == 0
    )


def photo(letter: str, size=(900, 1200)) -> bytes:
    """A sheet with writing on it, its upper left corner black."""
    made = io.BytesIO()
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, size[0] // 4, size[1] // 4), fill="black")
    for line in range(300, size[1] - 50, 24):
        draw.text((40, line), f"{letter} Cong hoa xa hoi chu nghia Viet Nam " * 3, fill="black")
    picture.save(made, "JPEG", quality=90)
    return made.getvalue()


def test_d10_1b_photographs_are_put_in_order_turned_cut_and_joined_to_one_pdf(province):
    citizen, page = at_papers(province)
    papers = page.url
    sender = Sender(citizen, page)
    one, two = photo("A"), photo("B")
    told = sender.whole(one, "trang-1.jpg", tray=True).get_json()
    assert told["hints"] == [] and held(province, page) == (), "no half paper"
    page = citizen.get(f"{papers}/{PAPER}/ghep-anh")
    dim = io.BytesIO()
    Image.new("RGB", (300, 400), (20, 20, 20)).save(dim, "JPEG")
    page = citizen.submit(
        page,
        "/ghep-anh",
        {"file": [(io.BytesIO(two), "trang-2.jpg"), (io.BytesIO(dim.getvalue()), "toi.jpg")]},
    )
    assert "Ảnh tối" in page.text and "Ảnh nhỏ" in page.text and "Trang 3" in page.text
    refused = citizen.submit(page, "/ghep-anh", {"file": (io.BytesIO(PDF), "a.pdf")})
    assert refused.status == 422 and "chỉ nhận" in refused.text
    first, second, third = (hashlib.sha256(data).hexdigest() for data in (one, two, dim.getvalue()))
    page = citizen.submit(page, f"/{third}/xoa")
    page = citizen.submit(page, f"/{second}/sua", {"_do": "up"})
    page = citizen.submit(page, f"/{second}/sua", {"_do": "right"})
    page = citizen.submit(page, f"/{first}/sua", {"_do": "cut", "top": "25", "left": "25"})
    small = citizen._client.get(f"{papers}/{PAPER}/ghep-anh/{second}/nho")
    with Image.open(io.BytesIO(small.data)) as seen:
        assert seen.width > seen.height, "it lies now"
        assert seen.getpixel((seen.width - 10, 10))[0] < 60, "the black corner is at the upper right"
    assert citizen.get(papers).text.count("2 ảnh đang chờ ghép") == 1
    review = citizen.get(papers.replace("giay-to", "kiem-tra"))
    assert "Ảnh chân dung: những tệp ấy chưa có trong hồ sơ và sẽ không được nộp" in review.text
    page = citizen.submit(page, "/xong")
    assert page.url == papers and "Đã ghép 2 trang thành một tệp PDF" in page.text
    (file,) = held(province, page)
    pages = PdfReader(io.BytesIO(province.services.files.read(file.sha256))).pages
    assert [p.mediabox.width > p.mediabox.height for p in pages] == [True, False]
    with pages[1].images[0].image as cut:
        assert cut.size == (675, 900) and cut.convert("L").getpixel((5, 5)) > 200, "the corner is cut away"
    assert citizen._client.get(f"{papers}/{PAPER}/ghep-anh/{second}").status_code == 404, "the tray is empty"
    done = hand_in(citizen, citizen.submit(page, "/giay-to"))
    dossier = province.services.repository.get(done.url.rsplit("/", 1)[1])
    assert [each.kind for each in dossier.paper(PAPER).files] == ["pdf"]


def test_d10_1b_pictures_uploaded_as_they_are_can_still_be_joined(province):
    citizen, page = at_papers(province)
    papers = page.url
    for letter in "AB":
        page = citizen.submit(
            page, f"/giay-to/{PAPER}", {"file": (io.BytesIO(photo(letter)), f"{letter}.jpg")}
        )
    assert [file.kind for file in held(province, page)] == ["jpeg", "jpeg"]
    page = citizen.submit(citizen.get(f"{papers}/{PAPER}/ghep-anh"), "/lay")
    assert held(province, page) == () and "Trang 2" in page.text
    page = citizen.submit(page, "/xong")
    assert [file.kind for file in held(province, page)] == ["pdf"]
    empty = citizen.get(f"{papers}/{PAPER}/ghep-anh")
    fields = dict(empty.form("/ghep-anh").fields)
    twice = citizen._client.post(f"{papers}/{PAPER}/ghep-anh/xong", data=fields)
    assert twice.status_code == 302 and len(held(province, page)) == 1, "pressed twice, joined once"


def test_d10_1b_a_place_that_is_full_says_so_and_what_is_there_needs_no_more_room(province):
    citizen, page = at_papers(
        province, TEXT.replace("copies: {original: 1}, help", "copies: {original: 1}, max_files: 1, help", 1)
    )
    sender = Sender(citizen, page)
    assert sender.whole(PDF).status_code == 200
    assert "đã đủ tệp" in sender.begin(BIG).get_json()["error"]
    assert sender.begin(PDF).status_code == 201, "the answer had been lost: it is there"


def test_d10_1b_a_paper_that_takes_pictures_alone_is_not_joined_to_a_pdf(province):
    text = TEXT.replace("copies: {original: 1}, help", "copies: {original: 1}, accept: [jpeg, png], help", 1)
    citizen, page = at_papers(province, text)
    assert "Nhiều trang?" not in page.text
    assert citizen.get(f"{page.url}/{PAPER}/ghep-anh").status == 404


def in_parts(visitor: Visitor, csrf: str, home: str, data: bytes, name: str = "giay-to.pdf"):
    """What a script does: all parts to a place, and the answer to “that is all”."""
    sender = object.__new__(Sender)
    sender.client, sender.home = visitor._client, home
    sender.headers = {"X-CSRFToken": csrf, "Accept": "application/json"}
    pairs = {"filename": name, "filetype": "", "sha256": hashlib.sha256(data).hexdigest()}
    coded = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in pairs.items())
    begun = sender.client.post(
        f"{home}/tung-phan",
        headers={**sender.headers, "Upload-Length": str(len(data)), "Upload-Metadata": coded},
    )
    place = begun.headers["Location"]
    at = int(begun.headers["Upload-Offset"])
    if at < len(data):
        assert sender.part(place, at, data[at:]).status_code == 204
    return sender.finish(place)


def token(page: Page) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', page.html)[1]


def test_d10_1b_a_form_names_what_came_in_parts_once_and_the_same_twice_and_never_anothers(province):
    publish(
        province,
        with_fields(
            "- {id: scans, type: file, label: Giấy giới thiệu, help: Nếu có, max: 3}",
            "scans: [{sha256: " + "0" * 64 + ", size: 9, kind: pdf, name: a.pdf}]",
        ),
    )
    citizen = province.citizen()
    page = begin(citizen, CODE)
    data_parts = re.search(r'data-into="scans" data-parts="([^"]+)/tung-phan"', page.html)[1]
    told = in_parts(citizen, token(page), data_parts, BIG).get_json()
    assert told["sha256"] == hashlib.sha256(BIG).hexdigest()
    assert in_parts(citizen, token(page), data_parts, BIG).get_json() == told, "nothing is sent twice"
    files = province.services.database["papers.files"]
    assert files.count_documents({}) == 0, "nothing is stored before a form names it"
    here = page.url.rsplit("/", 1)[1]
    other = province.citizen("0987654321")
    theirs = begin(other, CODE)
    taken = other.submit(theirs, theirs.url.rsplit("/", 1)[1], {"books": "99", "_up.scans": told["id"]})
    assert "giay-to.pdf" not in taken.text, "another's"
    page = citizen.submit(page, here, {"books": "99", "_up.scans": told["id"]})
    assert "Nhập số từ 1 đến 5 quyển" in page.text and "giay-to.pdf" in page.text
    page = citizen.submit(page, here, {"books": "2", "_up.scans": told["id"]})
    assert page.url.endswith("/giay-to"), page.text
    (application,) = province.services.database["applications"].find({"answers.books": "2"})
    assert [file["sha256"] for file in application["answers"]["scans"]] == [told["sha256"]]
    assert province.services.database["transfer_parts"].count_documents({}) == 0
    word = in_parts(citizen, token(page), data_parts, b"PK\x03\x04" + b"w" * 100, "don.docx")
    assert word.status_code == 422 and "Word" in word.get_json()["error"]
    assert citizen._client.post("/tai-len/a%2Fb/tung-phan").status_code in {400, 404}


def test_d12_1b_scans_at_the_counter_go_up_in_parts_and_are_there_once(province):
    publish(province)
    desk = province.staff("motcua")
    entry = desk.submit(desk.get(f"{DESK}/tiep-nhan"), "/them-moi", {"procedure": CODE})
    home = re.search(r'data-parts="([^"]+)/tung-phan"', entry.html)[1]
    told = in_parts(desk, token(entry), home, BIG).get_json()
    assert in_parts(desk, token(entry), home, BIG).get_json() == told
    assert desk.get(told["view"]).status == 200
    entry = desk.get(entry.url)
    assert entry.html.count(told["sha256"]) >= 1
    (application,) = province.services.database["applications"].find({})
    assert [file["size"] for files in application["files"].values() for file in files] == [len(BIG)]
    half = object.__new__(Sender)
    half.client, half.home = desk._client, home
    half.headers = {"X-CSRFToken": token(entry), "Accept": "application/json"}
    begun = half.client.post(f"{home}/tung-phan", headers={**half.headers, "Upload-Length": "90000"})
    entry = desk.get(entry.url)
    assert "Tệp tải dở" in entry.text
    entry = desk.submit(entry, f"{begun.headers['Location'].rsplit('/', 1)[1]}/bo")
    assert "Tệp tải dở" not in entry.text
