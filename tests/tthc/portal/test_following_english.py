"""Following one's application in English: the page speaks it, what is kept and sent stays Vietnamese (Đ16, Đ8.3)."""

import re
from copy import deepcopy
from dataclasses import replace

import pytest
from people import COMMUNE

from renderers.catalogue import translations
from rules.feel import compile as feel
from rules.i18n import (
    also_saying,
    gettext,
    in_vietnamese,
    language,
    noted,
    ntelling,
    one_after_another,
    speaking,
)
from tthc.dossiers import commands as cmd
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import SupplementItem
from tthc.portal.why import fee_name

pytestmark = pytest.mark.database


def test_words_of_a_definition_come_first_and_never_into_what_is_kept():
    with speaking(translations("en")), also_saying({"Thẩm tra": "Examination", "Tìm": "Look for"}):
        assert [gettext(text) for text in ("Thẩm tra", "Tìm", "Đăng xuất", "Bản Mòng")] == [
            "Examination",
            "Look for",
            "Sign out",
            "Bản Mòng",
        ]
        assert language() == "en"
        with in_vietnamese():
            assert gettext("Thẩm tra") == "Thẩm tra" and language() == "vi"


def test_d26_4_the_story_and_what_to_do_are_said_in_english(province, kernel):
    missing = (SupplementItem("hop_dong", "Trang 2 chụp mờ"),)
    asked = kernel.do("motcua", kernel.hand_in(1), cmd.RequestSupplement(missing))
    citizen = province.citizen()
    citizen.get("/?lang=en")
    mine = citizen.get("/ho-so")
    assert "You need to act" in mine.text and "Send what is missing: Hợp đồng thuê" in mine.text
    page = citizen.get(f"/ho-so/{asked.id}")
    for told in ("Waiting for what is missing", "Asked for what is missing", "Submitted, look-up code"):
        assert told in page.text
    refused = citizen.submit(citizen.get(f"/ho-so/{asked.id}/bo-sung"), "/bo-sung", {})
    assert refused.status == 409 and "You have not changed anything" in refused.text
    gone = citizen.submit(page, "/rut", {"reason": "Tôi nộp nhầm"})
    assert "The application has been withdrawn" in gone.text and "Tôi nộp nhầm" in gone.text
    kept = province.services.repository.get(asked.id)
    assert not re.search("withdrawn|missing|submitted", repr([entry.data for entry in kept.history]))
    province.sweep()
    notices = citizen.get("/thong-bao")
    assert "unread notices" in notices.text and "đã được rút theo yêu cầu của ông/bà" in notices.text
    anybody = province.visitor().get(f"/tra-cuu?ma={asked.reference}&lang=en")
    assert "Application withdrawn" in anybody.text and "Rút hồ sơ" not in anybody.text


def test_a_sentence_with_data_keeps_what_it_was_made_of():
    with in_vietnamese():
        why = ntelling(
            "Còn thiếu {n} giấy tờ: {first}.", "Còn thiếu {n} giấy tờ: {first}.", 2, first="Đơn {x}"
        )
    refusal = Refused("paper_missing", why, "Đ10.1b")
    assert (str(why), refusal.sentence()) == (
        "Còn thiếu 2 giấy tờ: Đơn {x}.",
        "Đ10.1b: Còn thiếu 2 giấy tờ: Đơn {x}.",
    )
    with speaking(translations("en")), also_saying({"Đơn {x}": "Form"}):
        assert refusal.sentence() == "Đ10.1b: 2 papers are missing. The first: Form."
        assert gettext(one_after_another(noted("Có"), "Bản Mòng", noted("Không"))) == "Yes Bản Mòng No"
        with in_vietnamese():
            assert gettext(why) == "Còn thiếu 2 giấy tờ: Đơn {x}."
        assert gettext(deepcopy(why)) == "Còn thiếu 2 giấy tờ: Đơn {x}."


def test_d26_4_the_fee_and_the_date_that_a_dossier_keeps_are_explained_in_english(
    province, kernel, monkeypatch
):
    english = {"Thẩm định cơ sở": "Appraisal of the shop", "Phí thẩm định": "Appraisal fee", "điểm": "shops"}
    by_hash = province.services.definitions.by_hash

    def translated(_, name):
        found = by_hash(name)
        fee = replace(found.fees[0], times=feel("points"), unit="điểm", label="Phí thẩm định")
        return replace(found, fees=(fee,), english=english, english_one={"điểm": "shop"}, hash=f"{name}+")

    given = kernel.accept(1)
    kept = province.services.repository.collection
    monkeypatch.setattr(type(province.services.definitions), "by_hash", translated)
    words = f"2 điểm × {200_000:,} đồng = {400_000:,} đồng".replace(",", ".")
    for told, shown in ((words, "2 shops × 200,000 VND = 400,000 VND"), ("Điều khác", "Điều khác")):
        kept.update_one({"_id": given.id}, {"$set": {"fees.0.explanation": told}})
        page = province.citizen().get(f"/ho-so/{given.id}?lang=en")
        assert "Appraisal fee" in page.text and f">{shown}</small>" in page.html
        assert ('<small lang="vi">' in page.html) == (shown == "Điều khác")
        assert "5 working days from 08:01" in page.text and "day off for Vietnam Culture Day" in page.text
    assert words not in page.html
    monkeypatch.undo()
    citizen = province.citizen()
    told = citizen.submit(citizen.get(f"/ho-so/{given.id}?lang=en"), "/rut", {"reason": "x" * 5_001})
    assert told.status == 409 and "longer than 5,000 characters" in told.text


def test_d16_the_words_of_the_definition_reach_the_story(province, kernel, monkeypatch):
    given = kernel.accept(1)
    by_hash = province.services.definitions.by_hash
    english = {"Phân công": "Assignment", "Cấp giấy phép thử nghiệm": "Trial licence"}
    monkeypatch.setattr(
        type(province.services.definitions),
        "by_hash",
        lambda _, name: replace(by_hash(name), english=english),
    )
    page = province.visitor().get(f"/tra-cuu?ma={given.reference}&lang=en")
    assert "Trial licence" in page.text and "Now: Assignment" in page.text
    assert "Phân công" in province.visitor().get(f"/tra-cuu?ma={given.reference}").text


def test_d8_3_the_rating_slip_asks_in_english_and_keeps_the_same_answers(province, kernel):
    gone = kernel.do("motcua", kernel.hand_in(1), cmd.Refuse(reason="Không thuộc thẩm quyền"))
    citizen = province.citizen()
    page = citizen.get(f"/ho-so/{gone.id}/danh-gia?lang=en")
    assert "How did the officials treat you?" in page.text and "Politely and properly" in page.text
    lacking = citizen.submit(page, "/danh-gia", {})
    assert lacking.status == 409 and "Choose an answer to “How many agencies" in lacking.text
    answers = {"so_noi_lien_he": "mot", "thai_do": "tot", "huong_dan": "du", "giai_trinh": "khong_co"}
    answers |= {"dung_quy_dinh": "khong"}
    thanked = citizen.submit(lacking, "/danh-gia", {f"c.{name}": answer for name, answer in answers.items()})
    assert "Thank you" in thanked.text
    assert province.services.ratings.of(gone).answers == answers


def test_d18_feedback_is_taken_in_english_and_its_trail_stays_vietnamese(province):
    visitor = province.visitor()
    page = visitor.get("/phan-anh?lang=en")
    typed = {"agency": COMMUNE, "subject": "Late", "text": "It came late.", "name": "Ann"}
    refused = visitor.submit(page, "/phan-anh", typed)
    assert refused.status == 422 and "Give a telephone number or an email address" in refused.text
    sent = visitor.submit(refused, "/phan-anh", {**typed, "email": "ann@example.vn"})
    code = re.search(r"PA-[\w-]{14}", sent.text)[0]
    assert province.services.feedback.get(code).history[0].what == "Tiếp nhận"
    seen = visitor.submit(visitor.get("/phan-anh/xem"), "/xem", {"ma": code})
    assert "Being dealt with" in seen.text


def test_d16_a_line_left_to_pay_is_called_after_its_fee(province, kernel):
    kept = province.services.definitions.by_hash(kernel.accept(1).definition)
    (fee, *_) = kept.fees
    shown = replace(kept, fees=(replace(fee, label="Appraisal fee"),))
    with speaking(translations("en")):
        assert fee_name(shown, fee.id, fee.label) == "Appraisal fee"
        assert fee_name(shown, f"{fee.id}+1", f"{fee.label} (phần còn thiếu)") == "Appraisal fee (the rest)"
        assert fee_name(shown, "khac", "Khoản khác") == "Khoản khác"
    assert fee_name(shown, f"{fee.id}+1", f"{fee.label} (phần còn thiếu)") == f"{fee.label} (phần còn thiếu)"


def test_d16_words_of_officials_are_said_to_be_vietnamese(province, kernel):
    asked = kernel.do(
        "motcua", kernel.hand_in(1), cmd.RequestSupplement((SupplementItem("hop_dong", "Trang 2 chụp mờ"),))
    )
    page = province.citizen().get(f"/ho-so/{asked.id}?lang=en")
    entries = re.findall(
        r"<li[^>]*>(?:(?!</li>).)*chụp mờ.*?</li>", page.html.split('<ol class="timeline">')[1], re.DOTALL
    )
    assert entries and all('<p lang="vi">' in entry for entry in entries)
    assert (
        '<p lang="vi">'
        not in province.citizen()
        .get(f"/ho-so/{asked.id}?lang=vi")
        .html.split('<ol class="timeline">')[1]
        .split("</ol>")[0]
    )
