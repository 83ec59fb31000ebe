"""A dossier looked up without signing in: by code, by QR, at the kiosk, by text message (Đ16)."""

import json
import re

import pytest
import segno
from people import COMMUNE

from renderers.pdf import documents
from tthc.dossiers.outbox import FIRST_WAIT, LEASE, MAX_ATTEMPTS
from tthc.notices.channels import DeliveryError
from tthc.notices.inbound import PER_HOUR, Inbound
from tthc.portal.sms_routes import SIGNATURE, signature
from tthc.portal.track_routes import KIOSK_SECONDS

pytestmark = pytest.mark.database

SECRET = "s" * 40
NOBODY = "Không có hồ sơ nào mang số này"


def test_d16_1a_a_code_alone_tells_status_unit_and_dates_and_no_procedure(province, kernel):
    dossier = kernel.examined(1)
    page = province.visitor().get(f"/tra-cuu?ma={dossier.code.lower().replace('-', ' - ')}")
    assert page.status == 200 and page.response.headers["Cache-Control"] == "no-store"
    for told in (dossier.code, "Đang giải quyết", "Ủy ban nhân dân phường Tô Hiệu", "Thẩm tra", "01/12/2026"):
        assert told in page.text
    for hidden in (dossier.reference, "Cấp giấy phép thử nghiệm", "Hoa", "Hoàng Thu Trang", "0912"):
        assert hidden not in page.text


def test_d16_1a_code_and_reference_or_the_reference_alone_tell_the_story_without_names(province, kernel):
    dossier = kernel.examined(1)
    visitor = province.visitor()
    for asked in (f"ma={dossier.code}&so={dossier.reference.lower()}", f"ma={dossier.reference}"):
        page = visitor.get(f"/tra-cuu?{asked}")
        assert "Cấp giấy phép thử nghiệm" in page.text and "Phân công: Giao chuyên viên" in page.text
        for name in ("Nguyễn Thị Hoa", "Lò Thị Xuân", "Hoàng Thu Trang", "Cầm Văn Sơn", "0912"):
            assert name not in page.text


def test_d16_2_the_page_follows_at_once(province, kernel):
    dossier = kernel.hand_in(1)
    visitor, address = province.visitor(), f"/tra-cuu?ma={dossier.reference}"
    assert "Chờ tiếp nhận" in visitor.get(address).text
    accepted = kernel.accept(2)
    assert "Đang giải quyết" in visitor.get(f"/tra-cuu?ma={accepted.code}").text


def test_d16_1a_a_wrong_reference_is_answered_like_a_code_that_is_not_there(province, kernel):
    dossier, visitor = kernel.accept(1), province.visitor()
    absent = visitor.get("/tra-cuu?ma=000.00.14.H52-261123-9999&so=HS-2222-3333")
    wrong = visitor.get(f"/tra-cuu?ma={dossier.code}&so=HS-2222-3333")
    assert absent.status == wrong.status == 404
    assert NOBODY in absent.text and NOBODY in wrong.text
    same = wrong.text.replace(dossier.code, "000.00.14.H52-261123-9999")
    assert same == absent.text


def test_d16_1a_unknown_codes_cost_as_many_look_ups_as_known_ones(province, kernel, monkeypatch):
    dossier, repository = kernel.accept(1), province.services.repository
    counted = []
    one = type(repository)._one
    monkeypatch.setattr(
        type(repository), "_one", lambda self, asked: counted.append(asked) or one(self, asked)
    )
    visitor, seen = province.visitor(), set()
    for asked in (dossier.code, dossier.reference, "000.00.14.H52-261123-9999", "HS-2222-3333", "' || true"):
        visitor.get(f"/tra-cuu?ma={asked}")
        seen.add(len(counted))
        counted.clear()
    assert seen == {4}


def test_d16_1a_guessing_is_stopped_by_the_address_and_by_the_code(province, kernel):
    dossier, visitor = kernel.accept(1), province.visitor()
    for number in range(10):
        assert visitor.get(f"/tra-cuu?ma={dossier.code}&so=HS-2222-333{'234679ACDE'[number]}").status == 404
    # the eleventh reference tried on one code is not looked at, not even the right one; the code alone still tells
    assert visitor.get(f"/tra-cuu?ma={dossier.code}&so={dossier.reference}").status == 429
    assert visitor.get(f"/tra-cuu?ma={dossier.code}").status == 200
    for number in range(18):
        visitor.get(f"/tra-cuu?ma=000.00.14.H52-261123-{number + 500:04}")
    assert visitor.get(f"/tra-cuu?ma={dossier.code}").status == 429


def dark_modules(html):
    """Where the drawn code is dark: `{(row, column)}`, read back from the strokes of the one QR code on a paper."""
    (path,) = re.findall(r'<svg[^>]*class="qr"[^>]*>.*?<path[^>]* d="([^"]+)"', html, re.DOTALL)
    x, y, dark = 0, 0.0, set()
    for letter, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        first, *second = map(float, numbers.split())
        if letter == "h":
            dark |= {(int(y), int(x) + step) for step in range(int(first))}
            x += first
        else:
            x, y = (first, second[0]) if letter == "M" else (x + first, y + second[0])
    return dark


def test_d16_3_the_code_on_the_receipt_opens_the_page(province, kernel, monkeypatch):
    dossier, pages = kernel.accept(1), []
    monkeypatch.setattr(documents, "pdf", lambda *html, **_: pages.extend(html) or b"%PDF-")
    desk = province.staff("motcua")
    assert desk.get(f"/motcua/{COMMUNE}/ho-so/{dossier.id}/giay-tiep-nhan.pdf").status == 200
    base = province.services.settings.base_url
    opens = f"{base}/tra-cuu?ma={dossier.code}&so={dossier.reference}"
    # behind # stands what TT 01/2023 asks for: read by who scans, sent to nobody
    said = segno.make(
        f"{opens}#tthc=9.000001&dinhdanh={dossier.applicant.citizen_number}", error="m", micro=False
    )
    rows = enumerate(said.matrix_iter(scale=1, border=2))
    assert dark_modules(pages[0]) == {(y, x) for y, row in rows for x, dark in enumerate(row) if dark}
    assert dossier.reference in pages[0]
    page = province.visitor().get(opens.removeprefix(base))
    assert page.status == 200 and dossier.code in page.text and "Cấp giấy phép thử nghiệm" in page.text


def test_d16_1c_the_kiosk_shows_no_personal_data_keeps_nothing_and_clears_itself(province, kernel):
    dossier, hall = kernel.examined(1), province.visitor()
    start = hall.get("/tra-cuu/tai-quay")
    assert "Refresh" not in start.response.headers and "autofocus" in start.html
    scanned = f"http://may-chu/tra-cuu?ma={dossier.code}&so={dossier.reference}#dinhdanh=014190001234"
    page = hall.submit(start, "/tra-cuu/tai-quay", {"ma": scanned}, follow=False)
    assert page.status == 200 and "Cấp giấy phép thử nghiệm" in page.text
    assert page.response.headers["Refresh"] == f"{KIOSK_SECONDS}; url=/tra-cuu/tai-quay"
    assert page.response.headers["Cache-Control"] == "no-store"
    for hidden in ("Nguyễn Thị Hoa", "Hoàng Thu Trang", "014190001234", "/ho-so/"):
        assert hidden not in page.html
    longer = hall.submit(page, "/tra-cuu/tai-quay")
    assert longer.status == 200 and dossier.code in longer.text
    assert dossier.code not in hall.get("/tra-cuu/tai-quay").html
    wrong = hall.submit(hall.get("/tra-cuu/tai-quay"), "/tra-cuu/tai-quay", {"ma": "HS-2222-3333"})
    assert wrong.status == 404 and NOBODY in wrong.text and "HS-2222-3333" not in wrong.html
    assert wrong.response.headers["Refresh"]


def test_d16_1c_staff_find_a_dossier_by_code_reference_telephone_name_or_the_receipt_under_a_reader(
    province, kernel
):
    dossier = kernel.accept(1, name="Quàng Thị Ín", phone="0988000111")
    kernel.accept(2, name="Lò Văn Đức", phone="0977000222")
    desk, base = province.staff("motcua"), province.services.settings.base_url
    scanned = f"{base}/tra-cuu?ma={dossier.code}%26so={dossier.reference}"
    for asked in (dossier.code, dossier.reference, "0988000111", "quang thi in", scanned):
        page = desk.get(f"/motcua/{COMMUNE}/hop/tat-ca?q={asked}")
        assert f"/ho-so/{dossier.id}" in page.html and "Lò Văn Đức" not in page.text, asked
    assert province.visitor().get(f"/motcua/{COMMUNE}/hop/tat-ca?q={dossier.code}").url == "/dang-nhap"


@pytest.fixture
def gateway(province):
    """Hands in a text message as the gateway does: `(status, its answer)`."""
    object.__setattr__(province.services.settings, "sms_inbound_secret", SECRET)

    def send(text, message_id="m1", sender="+84 912 345 678", secret=SECRET, body=None):
        raw = json.dumps({"id": message_id, "from": sender, "text": text}).encode() if body is None else body
        client = province.app.test_client()
        answer = client.post("/tin-nhan-den", data=raw, headers={SIGNATURE: signature(secret, raw)})
        return answer.status_code, answer.get_json()

    return send


def sent(province):
    province.sweep()
    rows = province.services.database["mailbox"].find({"template": "sms_status"}).sort("_id", 1)
    return [(row["to"], row["body"]) for row in rows]


def test_d16_1b_a_text_message_is_answered_once_through_the_outbox(province, kernel, gateway):
    dossier = kernel.accept(1)
    assert gateway(f"tchs {dossier.code.lower()}") == (202, {"id": "m1", "state": "pending"})
    assert gateway(f"tchs {dossier.code.lower()}")[0] == 200
    ((to, body),) = sent(province)
    assert to == "0912345678"
    assert body.startswith(f"{dossier.code}: dang giai quyet, hen tra ") and "UBND phuong To Hieu" in body
    assert len(body) <= 160 and body.isascii()
    assert gateway(f"tchs {dossier.code}") == (200, {"id": "m1", "state": "done"})
    assert len(sent(province)) == 1


def test_d16_1b_what_cannot_be_found_is_answered_with_how_to_ask(province, kernel, gateway):
    dossier = kernel.hand_in(1)
    for number, text in enumerate(
        ("TCHS 000.00.14.H52-261123-9999", "TCHS bản sao", "alo", "TCHS", f"TCHS {dossier.reference}")
    ):
        assert gateway(text, f"m{number}")[0] == 202
    absent, misspelt, strange, bare, known = [body for _, body in sent(province)]
    assert absent.startswith("Khong co ho so 000.00.14.H52-261123-9999.") and "TCHS" in absent
    assert misspelt.startswith('"ban sao" chua dung ma ho so.') and strange.startswith('"alo"')
    assert bare.startswith("Soan TCHS <ma ho so>")
    assert known.startswith(f"{dossier.reference}: cho tiep nhan, han ")


def test_d16_1b_a_stranger_without_the_secret_is_not_heard(province, kernel, gateway):
    code = kernel.accept(1).code
    assert gateway(f"TCHS {code}", secret="x" * 40)[0] == 401
    bare = province.app.test_client().post(
        "/tin-nhan-den", json={"id": "m", "from": "0912345678", "text": code}
    )
    assert bare.status_code == 401
    for body in (b"", b"[]", b'{"id": "m"}', b'{"id": 1, "from": "0912345678", "text": "a"}', b"\xff"):
        assert gateway("", body=body)[0] == 422
    assert gateway("a", sender="VIETTEL")[0] == 422
    assert gateway("a", message_id="có dấu")[0] == 422
    assert province.services.database["sms_inbound"].count_documents({}) == 0
    object.__setattr__(province.services.settings, "sms_inbound_secret", "")
    assert gateway(f"TCHS {code}")[0] == 404


def test_d16_1b_one_number_is_answered_so_often_told_once_and_then_nothing(province, kernel, gateway):
    code = kernel.accept(1).code
    for number in range(PER_HOUR + 3):
        gateway(f"TCHS {code}", f"m{number:02}")
    bodies = [body for _, body in sent(province)]
    assert len(bodies) == PER_HOUR + 1 and bodies[-1].startswith("Ong/ba da hoi qua nhieu lan")
    gateway(f"TCHS {code}", "khac", sender="0987654321")
    assert len(sent(province)) == PER_HOUR + 2
    province.clock.advance(hours=1, minutes=1)
    gateway(f"TCHS {code}", "sau")
    assert sent(province)[-1][1].startswith(code) and len(sent(province)) == PER_HOUR + 3


def test_d16_1b_an_answer_that_could_not_go_is_tried_again_and_given_up_at_last(mongo_database, clock):
    inbound, gone = Inbound(mongo_database), []

    def fails(parcel):
        gone.append(parcel.id)
        raise DeliveryError("Cổng tin nhắn không nhận")

    inbound.take("m1", "0912345678", "TCHS", clock.now(), answer=lambda: "Soan TCHS", enough="")
    for _ in range(MAX_ATTEMPTS + 2):
        assert inbound.run_once(fails, "w", clock.now(), 10) == 0
        clock.advance(seconds=LEASE.total_seconds() + FIRST_WAIT.total_seconds() * 2**MAX_ATTEMPTS)
    assert gone == ["sms-in:m1"] * MAX_ATTEMPTS
    assert inbound.get("m1").state == "dead"


def test_d16_1b_a_worker_that_died_is_followed_by_another_with_the_same_id(mongo_database, clock):
    inbound, gone = Inbound(mongo_database), []

    def dies(parcel):
        gone.append(parcel.id)
        raise SystemExit

    inbound.take("m1", "0912345678", "TCHS", clock.now(), answer=lambda: "Soan TCHS", enough="")
    with pytest.raises(SystemExit):
        inbound.run_once(dies, "w1", clock.now(), 10)
    assert inbound.run_once(lambda p: gone.append(p.id), "w2", clock.now(), 10) == 0  # leased by the dead one
    clock.advance(seconds=LEASE.total_seconds() + 1)
    assert inbound.run_once(lambda p: gone.append(p.id), "w2", clock.now(), 10) == 1
    assert gone == ["sms-in:m1", "sms-in:m1"] and inbound.get("m1").state == "done"


def test_d16_1b_the_trial_page_stands_for_a_telephone_and_is_not_there_in_production(province, kernel):
    code, anybody = kernel.accept(1).code, province.visitor()
    page = anybody.get("/hop-thu-thu/tin-nhan")
    empty = anybody.submit(page, "/tin-nhan", {"phone": "12", "text": "TCHS"})
    assert empty.status == 422 and "số điện thoại" in empty.text
    answered = anybody.submit(page, "/tin-nhan", {"phone": "0912345678", "text": f"TCHS {code}"})
    assert f"{code}: dang giai quyet" in answered.text and "đang chờ gửi" in answered.text
    assert len(sent(province)) == 1
    object.__setattr__(province.services.settings, "environment", "production")
    assert anybody.get("/hop-thu-thu/tin-nhan").status == 404
