"""Following one's application in English: the page speaks it, what is kept and sent stays Vietnamese (Đ16, Đ8.3)."""

import re
from dataclasses import replace

import pytest
from people import COMMUNE

from renderers.catalogue import translations
from rules.i18n import also_saying, gettext, in_vietnamese, language, speaking
from tthc.dossiers import commands as cmd
from tthc.dossiers.state import SupplementItem

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
