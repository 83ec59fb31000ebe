import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renderers.messages import CHANNELS, DATA_KEYS, SMS_LENGTH, MessageError, render, template_ids
from renderers.messages.rendering import short, without_diacritics
from tthc.dossiers.notices_plan import STAFF_TEMPLATES, TEMPLATES
from tthc.dossiers.reminding import CLOCK_TEMPLATES

WHEN = "2026-11-25T17:30:00+07:00"
LONG = (
    "Ủy ban nhân dân phường Thảo Nguyên, thị xã Mộc Châu, tỉnh Sơn La và các đơn vị trực thuộc có liên quan"
)
USUAL = {
    "dossier": "0123456789abcdef0123456789abcdef",
    "code": "000.33.44.H52-261125-0001",
    "reference": "HS-7K3Q-9F2D",
    "procedure": "2.000815",
    "procedure_name": "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền của Việt Nam; "
    "cơ quan, tổ chức có thẩm quyền của nước ngoài cấp hoặc chứng nhận",
    "applicant": "Lò Thị Lan",
    "due": WHEN,
    "receive_by": "counter",
    "agency": LONG,
    "agency_phone": "0212 3856 1234",
    "agency_address": "Số 1, đường Trường Chinh, tổ 5, phường Tô Hiệu, tỉnh Sơn La",
    "owed": 1_234_567_000,
    "link": "https://dichvucong.sonla.example/ho-so/0123456789abcdef",
    "site": "https://dichvucong.sonla.example",
}
REQUEST = {
    "items": [{"target": "ban_chinh", "name": "Bản chính", "reason": "Ảnh mờ, không đọc được số"}] * 12,
    "note": "Ông/bà chụp lại dưới ánh sáng ban ngày.",
    "asked_at": WHEN,
    "asked_by": "Hà",
    "phone": "0212 3856 1234",
}
EXTRA = {
    "submitted": {"intake_due": WHEN, "owed_before_acceptance": 1_234_567_000},
    "accepted": {"why": "Tiếp nhận trước 15:00 nên trả trong ngày."},
    "supplement_requested": {"request": REQUEST},
    "refused": {"reason": LONG},
    "supplied": {"papers": ["ban_chinh"]},
    "confirm_requested": {"task": LONG, "until": WHEN, "silent": True, "reason": LONG},
    "consent_assumed": {"task": LONG},
    "result_ready": {"early": True},
    "notice_ready": {},
    "returned": {"recipient": "Lò Thị Lan"},
    "declined": {"reason": LONG},
    "withdrawn": {"reason": LONG},
    "apologised": {"reason": LONG, "promised": WHEN},
    "extended": {"reason": LONG, "source": "NĐ 61/2018/NĐ-CP"},
    "recounted": {"previous": WHEN, "why": LONG},
    "version_moved": {"why": LONG, "reason": LONG},
    "succeeded": {"former_agency": LONG, "reason": LONG},
    "intake_overdue": {"since": WHEN, "task": ""},
    "step_overdue": {"since": WHEN, "task": LONG},
    "deadline_overdue": {"since": WHEN, "task": ""},
    "rule_alert": {"rule": LONG, "reason": LONG},
    "rule_refused": {"rule": LONG, "reason": LONG},
    "verification_arranged": {"until": WHEN, "place": LONG, "content": LONG},
    "extension_asked": {"task": LONG, "reason": LONG, "source": "03 ngày làm việc"},
    "extension_answered": {"granted": True, "reason": LONG},
    "payment_received": {"amount": 123_456_789, "transaction": LONG},
    "refund_asked": {"amount": 123_456_789, "reason": LONG, "task": LONG},
    "refund_answered": {"amount": 123_456_789, "granted": False, "reason": LONG},
    "refund_made": {"amount": 123_456_789, "transaction": LONG},
    "consultation_overdue": {"since": WHEN, "task": LONG, "asked": LONG, "silent": False},
    **{
        name: {
            "task": LONG,
            "until": WHEN,
            "since": WHEN,
            "silent": False,
            "stops": True,
            "days": "30",
        }
        for name in CLOCK_TEMPLATES - {"stopped", "stuck", "stuck_applicant"}
    },
    "stopped": {"reason": LONG},
    "malware_found": {"paper": LONG, "again": True, "sent": True},
    "malware_staff": {"paper": LONG, "again": True, "sent": True},
    "stuck": {"task": LONG, "reason": LONG, "why": LONG},
    "stuck_applicant": {"task": LONG, "reason": LONG, "why": LONG},
}
EVERY = [(template, channel) for template in sorted(TEMPLATES) for channel in CHANNELS]


def data(template, **changes):
    return {**USUAL, **EXTRA[template], **changes}


def test_every_notice_of_the_plan_has_words_and_no_words_are_left_over():
    assert template_ids() == TEMPLATES == set(EXTRA)
    assert {key for extra in EXTRA.values() for key in extra} | set(USUAL) == DATA_KEYS


@pytest.mark.parametrize(("template", "channel"), EVERY)
def test_every_channel_says_something_complete(template, channel):
    message = render(template, channel, data(template))
    assert message.body
    for hole in ("{{", "{%", "None", "Undefined"):
        assert hole not in message.body + message.subject
    assert (message.subject == "") == (channel == "sms")
    assert "\n" not in message.subject
    if channel == "email":
        assert USUAL["link"] in message.body
    if channel == "email" and template not in STAFF_TEMPLATES:
        assert message.body.startswith("Kính gửi ông/bà Lò Thị Lan,")


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_the_longest_text_message_fits_uncut_without_diacritics(template):
    body = render(template, "sms", data(template)).body
    assert len(body) <= SMS_LENGTH
    assert body.isascii()
    assert "\n" not in body
    assert "?" not in body
    assert body.endswith(".")
    assert not body.endswith("..")


@pytest.mark.parametrize(("template", "channel"), EVERY)
def test_what_was_not_given_leaves_no_gap(template, channel):
    empty = {key: value for key, value in EXTRA[template].items() if key in {"request", "silent", "papers"}}
    blank = dict.fromkeys(EXTRA[template], None) | empty
    message = render(
        template,
        channel,
        {**USUAL, **blank, "code": None, "due": None, "owed": 0, "agency_phone": "", "agency_address": ""},
    )
    assert "None" not in message.body + message.subject
    assert "\n\n\n" not in message.body
    assert "Điện thoại:" not in message.body
    if template != "submitted":
        assert "HS-7K3Q-9F2D" in message.body


def test_a_supplement_says_what_and_why():
    body = render("supplement_requested", "portal", data("supplement_requested")).body
    assert "- Bản chính: Ảnh mờ, không đọc được số\n- Bản chính" in body
    assert "0212 3856 1234" in body


@pytest.mark.parametrize(
    ("way", "words"), [("counter", "để nhận kết quả"), ("post", "bưu chính"), ("online", "tải kết quả")]
)
def test_a_result_says_how_it_is_received(way, words):
    assert words in render("result_ready", "email", data("result_ready", receive_by=way)).body


def test_silence_counts_as_consent_only_where_the_step_says_so():
    assert "coi là ông/bà đồng ý" in render("confirm_requested", "portal", data("confirm_requested")).body
    without = render("confirm_requested", "portal", data("confirm_requested", silent=False)).body
    assert "đồng ý" not in without


def test_unknown_words_data_and_channels_are_errors():
    with pytest.raises(MessageError, match="unknown data: lạ"):
        render("accepted", "sms", data("accepted", lạ=1))
    with pytest.raises(MessageError, match="no words"):
        render("khong_co", "sms", USUAL)
    with pytest.raises(MessageError, match="no channel"):
        render("accepted", "fax", USUAL)
    missing = data("apologised")
    del missing["promised"]
    with pytest.raises(MessageError, match="promised"):
        render("apologised", "portal", missing)


@settings(deadline=None, max_examples=100)
@given(
    st.fixed_dictionaries(
        {key: st.text(max_size=300) for key in ("agency", "agency_phone", "reason", "task")}
    )
)
def test_no_text_message_is_ever_longer_or_holds_other_letters(texts):
    for template in TEMPLATES:
        body = render(
            template, "sms", data(template) | {k: v for k, v in texts.items() if k in data(template)}
        ).body
        assert len(body) <= SMS_LENGTH
        assert body.isascii()


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200), st.integers(min_value=5, max_value=60))
def test_shortened_text_is_never_longer(text, length):
    assert len(short(text, length)) <= length


def test_letters_lose_their_signs_and_nothing_else():
    assert without_diacritics("“Đơn đã được tiếp nhận” – Ủy ban…") == '"Don da duoc tiep nhan" - Uy ban...'
    assert short("Ủy ban nhân dân phường", 12) == "Ủy ban.."
    assert short("ngắn", 12) == "ngắn"
