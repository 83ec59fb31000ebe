"""Đ10.4b, page by page: what may go wrong between payer, bank and portal, each ending right."""

import io
from urllib.parse import urlencode

import pytest
from pay_walk import OWED, path_of, payer, step
from people import COMMUNE, OTHER, Province
from pypdf import PdfReader
from result_walk import opened

from tthc.dossiers.service import DossierService
from tthc.payments.local_bank import LocalBank
from tthc.payments.model import State
from tthc.payments.provider import GatewayError
from tthc.payments.service import PaymentService
from tthc.payments.store import Payments

pytestmark = pytest.mark.database


class KilledError(Exception):
    """The process ends here."""


def paid_once(one) -> None:
    assert [entry["amount"] for entry in one.recorded()] == [OWED]
    assert one.dossier.owed() == ()


def test_d10_4b_the_four_accidents_of_a_payment_each_end_right(province: Province):
    # the window is closed before the return: the notice alone is enough
    one = payer(province)
    assert "Cửa sổ đã đóng" in one.pay("dong").text
    paid_once(one)
    assert "Đã nhận được tiền" in one.look().text

    # … and where the notice is lost too, the bank is asked
    one = one.another()
    one.pay("dong-im")
    assert one.last.state is State.MADE and one.recorded() == []
    one.sweep(minutes=3)
    paid_once(one)

    # … or whoever knows nothing of it goes there once more: they are told, and cannot pay twice
    one = one.another()
    one.pay("dong-im")
    waiting = one.citizen.get(one.url)
    assert "lần nộp chưa xong" in waiting.text and "đừng nộp lần nữa" in waiting.text
    assert step(one.citizen, f"{one.url}{one.last.id}/ngan-hang") == f"{one.url}{one.last.id}"
    assert "Đã nhận được tiền" in one.look().text
    paid_once(one)

    # the notice comes twice, then the browser returns
    one = one.another()
    page = one.pay("hai-lan")
    assert "Đã nhận được tiền" in page.text and one.last.money == OWED
    paid_once(one)

    # the browser returns before the notice, and again after it
    one = one.another()
    page = one.pay("cham")
    assert "Đang chờ ngân hàng xác nhận" in page.text and one.last.state is State.PENDING
    again = one.citizen.submit(one.citizen.get(one.url), one.url, {"gateway": "bank"})
    assert "Đã nhận được tiền" in again.text  # the bank was asked before a second was made
    assert len(one.store.of_dossier(one.dossier_id)) == 1
    one.sweep(minutes=2)  # the late notice, of what is known by then
    paid_once(one)

    # another amount than was asked for: nothing is written, somebody looks
    one = one.another()
    page = one.pay("thieu")
    assert "Số tiền đã nộp không khớp" in page.text and "50.000 đồng" in page.text
    assert (one.last.state, one.last.left, one.recorded()) == (State.DOUBTFUL, OWED // 2, [])

    # the amount changed in the address: the bank refuses, and so do we
    one = one.another()
    there = step(one.citizen, f"{one.choose().url}/ngan-hang")
    assert "chữ ký không đúng" in one.citizen.get(there.replace(f"{OWED}00", "100")).text
    forged = one.pick(one.citizen.get(there), "gia")
    assert forged.status == 400 and "không do ngân hàng ký" in forged.text
    assert one.store.last_wrong()["reference"] == one.last.reference
    assert one.recorded() == [] and one.last.state is State.MADE


def test_d10_4b_a_notice_is_answered_as_the_bank_asks(province: Province):
    one = payer(province)
    s, now = province.services, province.clock.now()
    one.bank()
    told = []
    s.local_bank.act(one.last.reference, "tra", now, lambda words, _at: told.append(words))
    url = f"/thanh-toan/bao/bank?{urlencode(told[0])}"
    bank = province.visitor()
    assert bank.get(url.replace(f"{OWED}00", "100")).response.json["RspCode"] == "97"
    assert bank.get(url).response.json == {"RspCode": "00", "Message": "Confirm Success"}
    assert bank.get(url).response.json["RspCode"] == "02"
    assert bank.get("/thanh-toan/bao/khac?vnp_TxnRef=1").response.json["RspCode"] == "99"
    for name in ("%00", "a%00b", "$where", "a.b", ""):  # anybody may send anything
        assert bank.get(f"/thanh-toan/bao/bank?{name}=1").response.json["RspCode"] == "97", name
        assert bank.get(f"/thanh-toan/ve/bank?{name}=1").status == 400, name
    s.database["payments"].delete_one({"_id": one.last.id})
    assert bank.get(url).response.json["RspCode"] == "01"
    assert {row["verdict"] for row in s.database["payment_words"].find()} >= {
        "taken",
        "again",
        "signature",
        "unknown",
    }
    assert not [row for row in s.database["payment_words"].find() if "Hash" in str(row["told"])]
    province.clock.advance(days=31)
    bank.get("/thanh-toan/bao/bank?vnp_TxnRef=1")
    kept = {row["verdict"]: row["reference"] for row in s.database["payment_words"].find()}
    assert kept["signature"] == "1" and {"taken", "again"} <= set(
        kept
    )  # of what was forged the last month alone
    paid_once(one)


def test_d10_4b_paid_twice_late_or_for_a_fee_that_changed_nothing_is_lost(province: Province):
    # two tabs, two ways: the second is the payer's to have back
    one = payer(province)
    first = one.bank()
    second = one.choose("transfer")
    transfer = one.last
    bank = next(p for p in one.store.of_dossier(one.dossier_id) if p.gateway == "bank")
    assert one.citizen.get(f"{second.url}/ma-qr.svg").response.mimetype == "image/svg+xml"
    page = one.citizen.get(f"/_ngan-hang-thu/chuyen-khoan?nd=ck {transfer.reference.lower()}&st={OWED}")
    assert "đã báo tiền vào" in one.citizen.submit(page, "/chuyen-khoan").text
    paid_once(one)
    one.citizen.submit(first, f"/{bank.reference}", {"how": "tra"}, follow=False)
    paid_once(one)
    double = one.store.get(bank.id)
    assert (double.state, double.took, double.left) == (State.PAID, 0, OWED)
    assert "Nộp thừa 100.000 đồng" in one.citizen.get(f"{one.url}{bank.id}").text

    # twice for one order at the bank
    one = one.another()
    one.pay("tra-hai")
    paid_once(one)
    assert one.last.left == OWED

    # after it expired: the money still counts
    one = one.another()
    at_bank = one.bank()
    one.sweep(minutes=20)
    assert one.last.state is State.MADE  # the bank knows the order, so it is waited for
    one.sweep(hours=25)
    assert one.last.state is State.EXPIRED
    one.pick(at_bank, "tra")
    paid_once(one)

    # cancelled, then paid anew
    one = one.another()
    assert "Ông/bà đã hủy giao dịch" in one.pay("huy").text
    one.pay()
    paid_once(one)

    # taken at the counter meanwhile: the notice that follows is left over
    one = one.another()
    at_bank = one.bank()
    desk = province.staff("motcua")
    page = desk.get(f"/motcua/phuong-to-hieu/ho-so/{one.dossier_id}")
    assert desk.submit(page, "/thu-phi", {"method": "cash"}).status == 200
    one.pick(at_bank, "tra")
    assert len(one.recorded()) == 1 and one.last.left == OWED


def test_d10_4b_pressed_twice_is_one_payment_and_strangers_see_none(province: Province, monkeypatch):
    one = payer(province)
    with monkeypatch.context() as patched:  # no bank has been joined here: nothing is promised
        patched.setattr(PaymentService, "offered", lambda *_given: [])
        mine = one.citizen.get(f"/ho-so/{one.dossier_id}")
        assert "Nộp tại Bộ phận Một cửa" in mine.text and one.url not in mine.links
    assert one.url in one.citizen.get(f"/ho-so/{one.dossier_id}").links
    page = one.citizen.get(one.url)
    for said in ("Phí thẩm định", "100.000 đồng", "Thẻ ngân hàng", "mã QR"):
        assert said in page.text, page.text
    made = one.citizen.submit(page, one.url, {"gateway": "bank"})
    assert one.citizen.submit(page, one.url, {"gateway": "bank"}).url == made.url
    # another tab finds the one that lives
    assert one.citizen.submit(one.citizen.get(one.url), one.url, {"gateway": "bank"}).url == made.url
    assert len(one.store.of_dossier(one.dossier_id)) == 1
    wrong = one.citizen.submit(one.citizen.get(one.url), one.url, {"gateway": "khac"})
    assert wrong.status == 409 and "chọn cách nộp khác" in wrong.text
    stranger = province.citizen("0987654321")
    for url in (one.url, made.url, f"{made.url}/ngan-hang", f"{made.url}/ma-qr.svg"):
        assert stranger.get(url).status == 404
    assert "Sang trang ngân hàng" in made.text


def test_d10_4b_money_of_a_bank_is_receipted_from_the_book_and_goes_on_to_acceptance(province: Province):
    opened(province, "bien-lai", "Sổ biên lai", "TH{so}")
    one = payer(province)
    assert "Nộp trực tuyến" in one.citizen.get(f"/ho-so/{one.dossier_id}").text
    assert "Ông/bà cần làm" in one.citizen.get("/ho-so").text
    page = one.pay()
    assert one.recorded()[0]["receipt"] == "TH01" and one.recorded()[0]["transaction"]
    link = next(url for url in page.links if "/bien-lai/" in url)
    words = " ".join(PdfReader(io.BytesIO(one.citizen.get(link).data)).pages[0].extract_text().split())
    for said in (
        "BIÊN LAI THU PHÍ, LỆ PHÍ",
        "TH01",
        "100.000 đồng",
        "thanh toán trực tuyến, mã giao dịch",
        "qua ngân hàng",
    ):
        assert said in words
    desk = province.staff("motcua")
    page = desk.get(f"/motcua/phuong-to-hieu/ho-so/{one.dossier_id}")
    assert "Thu 100.000 đồng" in page.text and not page.has_form("/thu-phi")
    page = desk.submit(
        page, "/tiep-nhan", {"checked": ["dang_ky_kinh_doanh", "van_ban_gioi_thieu", "don_de_nghi"]}
    )
    assert page.status == 200 and one.dossier.accepted_at is not None, page.text
    assert path_of("https://x.example.vn/a?b=1") == "/a?b=1"


DESK = "/motcua/phuong-to-hieu"
CHECKED = ["dang_ky_kinh_doanh", "van_ban_gioi_thieu", "don_de_nghi"]


def statement(*rows) -> tuple[io.BytesIO, str]:
    lines = [f"23/11/2026 09:00;{no};{amount};{words}" for no, amount, words in rows]
    return io.BytesIO("\n".join(["Ngày;Mã giao dịch;Số tiền;Nội dung", *lines]).encode()), "sao-ke.csv"


def local(province: Province, reference: str) -> list[dict]:
    """The money that the bank of demonstrations has for an order."""
    return province.services.database["local_bank"].find_one({"_id": reference})["money"]


def test_d10_4b_the_days_statement_is_compared_and_what_is_missing_here_is_taken(province: Province):
    one = payer(province)
    one.choose("transfer")
    transfer = one.last
    other = one.another()
    other.pay("dong-im")
    third = one.another()
    third.pay("thieu")
    desk = province.staff("motcua")
    page = desk.get(f"{DESK}/thanh-toan?ngay=2026-11-23")
    assert "Thanh toán, hoàn tiền" in page.text and transfer.reference in page.text
    assert "Chọn tệp sao kê" in desk.submit(page, "/doi-soat").text
    wrong = desk.submit(page, "/doi-soat", {"file": (io.BytesIO(b"a;b"), "x.csv")})
    assert wrong.status == 422 and "thiếu cột" in wrong.text
    rows = (
        ("FT01", OWED, f"CK {transfer.reference}"),
        (local(province, other.last.reference)[0]["no"], OWED, other.last.reference),
        ("FT99", 5_000, "tien dien"),
    )
    page = desk.submit(page, "/doi-soat", {"file": statement(*rows), "day": "2026-11-23"})
    assert page.status == 200, page.text
    for said in (
        "2 giao dịch khớp",
        "Vừa ghi nhận thêm 2 giao dịch",
        "Hệ thống có, sao kê không có (1)",
        "Không nhận ra (1)",
    ):
        assert said in page.text, page.text
    paid_once(one)
    paid_once(other)
    assert "1 thiếu ở sao kê" in desk.get(f"{DESK}/thanh-toan").text
    # another agency's desk sees nothing of it, and a citizen has no such page
    stranger = province.staff("khac-motcua")
    theirs = stranger.get("/motcua/phuong-chieng-coi/thanh-toan?ngay=2026-11-23")
    assert theirs.status == 200 and transfer.reference not in theirs.text
    assert stranger.get(f"{DESK}/thanh-toan").status == 403 == one.citizen.get(f"{DESK}/thanh-toan").status

    # the half that was paid: it does not suffice, so it is given back, once somebody else approves
    doubt = third.last
    page = desk.submit(desk.get(f"{DESK}/thanh-toan"), f"/{doubt.id}/ghi-nhan")
    assert page.status == 409 and "nhiều hơn số đã nộp" in page.text
    page = desk.submit(page, f"/{doubt.id}/hoan-lai")
    assert "Đã lập đề nghị hoàn tiền" in page.text
    assert desk.submit(page, f"/{doubt.id}/ghi-nhan").status == 409, "it is on its way back"
    leader = province.staff("chutich")
    page = leader.get(f"{DESK}/ho-so/{third.dossier_id}")
    page = leader.submit(page, "/quyet-dinh", {"granted": "yes"})
    assert "Đã hoàn" in page.text, page.text
    assert third.last.left == 0 and third.dossier.refunds[0].transaction
    assert [m["back"] for m in local(province, doubt.reference)] == [OWED // 2]
    assert "Cần xử lý (0)" in desk.get(f"{DESK}/thanh-toan").text


def test_d10_4c_fees_go_back_where_the_agency_did_not_complete_and_only_there(province: Province):
    one = payer(province)
    one.pay()
    assert not one.citizen.get(f"/ho-so/{one.dossier_id}").has_form("/hoan-phi")
    desk = province.staff("motcua")
    page = desk.get(f"{DESK}/ho-so/{one.dossier_id}")
    assert desk.submit(page, "/tu-choi", {"reason": "Không thuộc thẩm quyền"}).status == 200
    page = one.citizen.get(f"/ho-so/{one.dossier_id}")
    assert "Hồ sơ không được tiếp nhận" in page.text
    page = one.citizen.submit(page, "/hoan-phi", {"note": "Xin hoàn lại"})
    assert "Đang chờ cơ quan quyết định" in page.text and not page.has_form("/hoan-phi"), page.text
    assert province.staff("chuyenvien").get(f"{DESK}/thanh-toan").status == 403
    leader = province.staff("chutich")
    page = leader.get(f"{DESK}/ho-so/{one.dossier_id}")
    silent = leader.submit(page, "/quyet-dinh", {"granted": "no"})
    assert silent.status == 409 and "Ghi lý do không hoàn" in silent.text
    leader.submit(page, "/quyet-dinh", {"granted": "yes"})
    (refund,) = one.dossier.refunds
    assert refund.granted and refund.paid_at is not None and refund.amount == OWED
    assert "Đã hoàn 100.000 đồng" in one.citizen.get(f"/ho-so/{one.dossier_id}").text
    province.sweep()
    inbox = province.services.database["inbox"].find({"dossier": one.dossier_id})
    told = {row["template"] for row in inbox}
    assert {"payment_received", "refund_asked", "refund_answered", "refund_made"} <= told

    # the applicant took it back while it was being solved: no button, and the reason
    other = one.another()
    other.pay()
    page = desk.get(f"{DESK}/ho-so/{other.dossier_id}")
    desk.submit(page, "/tiep-nhan", {"checked": CHECKED})
    page = one.citizen.get(f"/ho-so/{other.dossier_id}")
    page = one.citizen.submit(page, "/rut", {"reason": "Không kinh doanh nữa"})
    assert not page.has_form("/hoan-phi") and "rút theo đề nghị của ông/bà" in page.text, page.text

    # paid at the counter: by hand, with the number of the paper
    third = one.another()
    page = desk.get(f"{DESK}/ho-so/{third.dossier_id}")
    page = desk.submit(page, "/thu-phi", {"method": "cash"})
    desk.submit(page, "/tu-choi", {"reason": "Không thuộc thẩm quyền"})
    page = desk.get(f"{DESK}/ho-so/{third.dossier_id}")
    bare = desk.submit(page, "/hoan-phi", {"note": ""})
    assert bare.status == 409 and "làm thay người nộp" in bare.text
    desk.submit(page, "/hoan-phi", {"note": "Đề nghị tại quầy"})
    leader.submit(leader.get(f"{DESK}/ho-so/{third.dossier_id}"), "/quyet-dinh", {"granted": "yes"})
    assert third.dossier.refunds[0].paid_at is None
    assert third.dossier.reference in desk.get(f"{DESK}/thanh-toan").text
    page = desk.get(f"{DESK}/ho-so/{third.dossier_id}")
    assert desk.submit(page, "/da-hoan", {"transaction": " "}).status == 409
    page = desk.submit(page, "/da-hoan", {"transaction": "PC-01"})
    assert "PC-01" in page.text and third.dossier.refunds[0].transaction == "PC-01"


def test_d10_4c_a_refund_of_which_the_bank_did_not_answer_goes_back_once(province: Province, monkeypatch):
    one = payer(province)
    one.pay()
    desk, leader, place = (
        province.staff("motcua"),
        province.staff("chutich"),
        f"{DESK}/ho-so/{one.dossier_id}",
    )
    desk.submit(desk.get(place), "/tu-choi", {"reason": "Không thuộc thẩm quyền"})
    one.citizen.submit(one.citizen.get(f"/ho-so/{one.dossier_id}"), "/hoan-phi")
    send = LocalBank.send

    def lost(*given):
        """The bank does as it was told; its answer does not arrive."""
        send(*given)
        raise GatewayError("Cổng thanh toán không trả lời.")

    with monkeypatch.context() as patched:
        patched.setattr(LocalBank, "send", lost)
        leader.submit(leader.get(place), "/quyet-dinh", {"granted": "yes"})
    page = desk.get(place)
    assert "đừng trả bằng tay" in page.text and one.dossier.refunds[0].paid_at is None
    by_hand = desk.submit(page, "/da-hoan", {"by": "", "transaction": "PC-09"})
    assert by_hand.status == 409 and "chưa biết ngân hàng đã hoàn hay chưa" in by_hand.text
    assert "Ngân hàng đã hoàn tiền" in desk.submit(page, "/da-hoan", {"by": "bank"}).text
    assert [money["back"] for money in local(province, one.last.reference)] == [OWED]
    again = desk.submit(page, "/da-hoan", {"by": "", "transaction": "PC-09", "sure": "yes"})
    assert again.status == 409 and one.dossier.refunds[0].transaction != "PC-09"

    # whoever died before the list was put right leaves nothing on it
    s = province.services
    s.database["refund_list"].insert_one({"_id": one.dossier_id, "agency": COMMUNE, "at": s.clock.now()})
    assert "Đề nghị hoàn tiền (0)" in desk.get(f"{DESK}/thanh-toan").text
    assert s.database["refund_list"].count_documents({}) == 0


def test_d10_4b_a_bank_tells_of_a_transfer_by_its_key_and_the_money_counts_once(province: Province):
    one = payer(province)
    one.choose("transfer")
    s, now = province.services, province.clock.now()
    http = province.app.test_client()

    def tell(key: str, *, functions=("ngan_hang",), agency=COMMUNE, **told: str):
        _, secret = s.clients.add("Ngân hàng", [agency], list(functions), now)
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
        return http.post("/api/v1/bank/transfers", headers=headers, json=told)

    told = {"transaction": "FT1", "amount": str(OWED), "words": f"QR {one.last.reference} LO THI XUAN"}
    assert tell("chuyen-khoan-1", functions=("tiep_nhan",), **told).status_code == 403
    assert tell("chuyen-khoan-2", agency=OTHER, **told).json["code"] == "no_payment"
    assert tell("chuyen-khoan-3", **{**told, "words": "tien dien"}).status_code == 404
    for wrong in ({"amount": "1.5"}, {"amount": "0"}, {"amount": ""}, {"transaction": " "}, {"khac": "1"}):
        assert tell("chuyen-khoan-4", **{**told, **wrong}).status_code == 422, wrong
    assert one.recorded() == []
    first = tell("chuyen-khoan-5", **told)
    assert first.json == {"reference": one.last.reference, "verdict": "taken", "state": "paid"}
    assert tell("chuyen-khoan-6", **told).json["verdict"] == "again"
    paid_once(one)


def test_d10_4b_whoever_dies_between_bank_and_dossier_loses_and_doubles_nothing(
    province: Province, monkeypatch
):
    one = payer(province)
    s, now = province.services, province.clock.now()
    one.bank()
    told: list = []
    s.local_bank.act(one.last.reference, "tra", now, lambda words, _at: told.append(words))
    execute, change = DossierService.execute, Payments.change

    def killed_after(*given, **more):
        execute(*given, **more)
        raise KilledError

    with monkeypatch.context() as patched:  # the dossier is written, the payment does not know
        patched.setattr(DossierService, "execute", killed_after)
        with pytest.raises(KilledError):
            s.payments.hear_notice("bank", told[0], now)
    paid_once(one)
    assert one.last.state is State.PAID and not one.last.settled
    one.sweep()
    paid_once(one)
    assert one.last.settled and one.last.left == 0

    other = one.another()
    other.bank()
    s.local_bank.act(other.last.reference, "tra", now, lambda words, _at: told.append(words))
    lost = []

    def slow(store, before, after):
        if not lost:  # meanwhile the same notice is heard by another process
            lost.append(before.id)
            s.payments.hear_notice("bank", told[1], now)
        return change(store, before, after)

    with monkeypatch.context() as patched:
        patched.setattr(Payments, "change", slow)
        assert s.payments.hear_notice("bank", told[1], now) == "02"
    paid_once(other)
    assert other.last.money == OWED and lost

    # a bank that does not answer is asked again, later each time, and the payer may pay anew meanwhile
    third = other.another()
    third.bank()

    def away(*_given):
        raise GatewayError("Cổng thanh toán không trả lời.")

    with monkeypatch.context() as patched:
        patched.setattr(LocalBank, "send", away)
        third.sweep(minutes=3)
        third.sweep(minutes=1)
    assert (third.last.asked, third.last.state) == (2, State.MADE)
    assert third.last.next_at > province.clock.now()
    assert s.trail.of()["pay:bank"].failed_at == province.clock.now()
