"""What people say comes in by four channels, is answered within three working days, and published after moderation."""

from datetime import datetime, timedelta

import pytest
from people import COMMUNE, OTHER, PASSWORD

from rules.calendar import TZ
from tthc.agencies.data import shipped
from tthc.dossiers.refusals import Refused
from tthc.feedback import deciding
from tthc.feedback.model import Sender, State, new_id, read_id

DESK = f"/motcua/{COMMUNE}/phan-anh"
SENT = {
    "kind": "feedback",
    "agency": COMMUNE,
    "subject": "Chờ lâu ở quầy số 3",
    "text": "Sáng thứ Hai tôi chờ 2 giờ.\nQuầy số 3 không có người.",
    "name": "Lò Văn Inh",
    "phone": "0911222333",
    "email": "inh@example.vn",
}

pytestmark = pytest.mark.database


@pytest.fixture
def sent(province):
    """Sent by a visitor without an account; its code."""
    visitor = province.visitor()
    page = visitor.submit(visitor.get("/phan-anh"), "/phan-anh", SENT)
    assert "Mã phản ánh" in page.text
    (row,) = province.services.database["feedback"].find()
    assert row["_id"] in page.text
    return row["_id"]


def letters(province, template):
    return list(province.services.database["mailbox"].find({"template": template}).sort("channel", 1))


def test_d17_2a_d18_written_on_the_portal_answered_in_time_and_looked_up_by_its_code(province, sent):
    found = province.services.feedback.get(sent)
    # from Monday 08:00 three working days; the 24th of November is a holiday
    assert found.due == datetime(2026, 11, 27, 8, tzinfo=TZ)
    province.sweep()
    assert [(row["channel"], row["to"]) for row in letters(province, "feedback_taken")] == [
        ("email", "inh@example.vn"),
        ("sms", "0911222333"),
    ]
    assert all(
        len(row["body"]) <= 160 for row in letters(province, "feedback_taken") if row["channel"] == "sms"
    )

    desk = province.staff("motcua")
    listed = desk.get(DESK)
    assert "Chờ lâu ở quầy số 3" in listed.text and "0911222333" not in listed.text
    page = desk.get(f"{DESK}/{sent}")
    assert "Quầy số 3 không có người." in page.text and "Lò Văn Inh" in page.text
    assert [act.what for act in province.services.acts.find(target=sent).rows] == ["feedback.read"]
    empty = desk.submit(page, "/tra-loi", {"answer": " "})
    assert empty.status == 409 and "Ghi câu trả lời" in empty.text
    done = desk.submit(page, "/tra-loi", {"answer": "Từ nay quầy số 3 luôn có người trực."})
    assert "Đã ghi nhận: Trả lời người gửi." in done.text
    again = desk.submit(page, "/tra-loi", {"answer": "Lần thứ hai"})
    assert again.status == 409 and "Người khác vừa xử lý" in again.text
    assert province.services.feedback.get(sent).answer == "Từ nay quầy số 3 luôn có người trực."
    province.sweep()
    assert len(letters(province, "feedback_answered")) == 2

    visitor = province.visitor()
    look = visitor.get("/phan-anh/xem")
    shown = visitor.submit(look, "/xem", {"ma": sent.lower().replace("-", " ")})
    assert "Từ nay quầy số 3 luôn có người trực." in shown.text and "Lò Văn Inh" not in shown.text
    wrong = visitor.submit(look, "/xem", {"ma": "PA-AAAA-AAAA-AAAA"})
    assert wrong.status == 404 and "Không có phản ánh nào mang mã này" in wrong.text


def test_d17_2b_d17_2d_what_came_by_telephone_or_on_paper_is_written_down_and_its_clock_runs_from_then(
    province, clock
):
    desk = province.staff("motcua")
    page = desk.get(DESK)
    typed = {**SENT, "channel": "hotline", "received_at": "2026-11-20T09:00", "email": ""}
    typed.pop("agency")
    tomorrow = desk.submit(page, "/phan-anh", {**typed, "received_at": "2026-11-24T09:00"})
    assert tomorrow.status == 422 and "không được sau lúc này" in tomorrow.text
    assert "Quầy số 3 không có người." in tomorrow.html
    none = desk.submit(page, "/phan-anh", {**typed, "channel": "portal"})
    assert none.status == 422 and "đến bằng đường nào" in none.text
    done = desk.submit(page, "/phan-anh", typed)
    assert "Đọc mã này cho người gửi" in done.text
    (row,) = province.services.database["feedback"].find()
    found = province.services.feedback.get(row["_id"])
    assert (found.channel, found.agency) == ("hotline", COMMUNE)
    assert found.received_at == datetime(2026, 11, 20, 9, tzinfo=TZ)
    assert found.due == datetime(2026, 11, 26, 9, tzinfo=TZ)
    clock.advance(days=4)
    assert "quá hạn" in desk.get(DESK).text
    assert province.services.feedback.overdue(COMMUNE, clock.now()) == 1
    assert province.services.feedback.overdue(OTHER, clock.now()) == 0


def test_d18_another_agency_helps_the_centre_sees_all_and_nobody_else_does(province, sent, clock):
    s = province.services
    s.agencies.add_missing(a for a in shipped() if a.level == "center")
    centre = next(a for a in s.agencies.all() if a.level == "center")
    s.accounts.create_staff(
        login="trungtam", name="Đỗ Thị Vân", password=PASSWORD, now=clock.now(), agency=centre.id,
        functions={centre.id: ["tiep_nhan"]}, must_change_password=False,
    )  # fmt: skip
    elsewhere = province.staff("khac-motcua")
    there = f"/motcua/{OTHER}/phan-anh/{sent}"
    assert elsewhere.get(there).status == 404
    desk = province.staff("motcua")
    page = desk.get(f"{DESK}/{sent}")
    itself = desk.submit(page, "/hoi", {"agency": COMMUNE, "question": "?"})
    assert itself.status == 409 and "Chọn cơ quan khác" in itself.text
    desk.submit(page, "/hoi", {"agency": OTHER, "question": "Quầy chung có ai trực?"})
    asked = elsewhere.get(there)
    assert "Quầy chung có ai trực?" in asked.text and not asked.has_form("/tra-loi")
    assert "Đã ghi nhận" in elsewhere.submit(asked, "/gop-y", {"reply": "Hôm đó nghỉ tập huấn."}).text
    assert "Hôm đó nghỉ tập huấn." in desk.get(f"{DESK}/{sent}").text
    at_centre = province.visitor()
    at_centre.sign_in("trungtam", PASSWORD)
    home = f"/motcua/{centre.slug}/phan-anh"
    assert "Chờ lâu ở quầy số 3" in at_centre.get(home).text
    due = s.feedback.get(sent).due
    at_centre.submit(at_centre.get(f"{home}/{sent}"), "/chuyen", {"agency": OTHER})
    moved = s.feedback.get(sent)
    assert (moved.agency, moved.due) == (OTHER, due)
    assert desk.get(f"{DESK}/{sent}").status == 404
    assert elsewhere.get(there).has_form("/tra-loi")
    assert "/dang-nhap" in province.visitor().get(DESK).url


def test_d17_2c_published_after_an_answer_by_a_leader_and_without_the_sender(province, sent):
    desk, leader, visitor = province.staff("motcua"), province.staff("chutich"), province.visitor()
    desk.submit(desk.get(f"{DESK}/{sent}"), "/tra-loi", {"answer": "Đã sắp xếp người trực."})
    assert not desk.get(f"{DESK}/{sent}").has_form("/cong-khai")
    page = leader.get(f"{DESK}/{sent}")
    shown = {
        "public_subject": "Chờ lâu",
        "public_text": "Chờ lâu ở quầy",
        "public_answer": "Đã sắp xếp người.",
    }
    for personal in (
        {"public_text": "Ông Lò  Văn Inh chờ lâu"},
        {"public_subject": "Lò Văn Inh: chờ lâu ở quầy số 3"},
        {"public_text": "Gọi lại 0911 222.333"},
        {"public_answer": "Gọi +84 911222333"},
    ):
        named = leader.submit(page, "/cong-khai", shown | personal)
        assert named.status == 409 and "còn tên" in named.text, personal
    assert "Chờ lâu" not in visitor.get("/hoi-dap").text
    leader.submit(page, "/cong-khai", shown)
    assert "số 3" not in visitor.get("/hoi-dap").text  # the heading that was sent is moderated too
    for words in ("", "?q=cho+lau", "?q=sap xep"):
        assert "Đã sắp xếp người." in visitor.get(f"/hoi-dap{words}").text
    assert "Đã sắp xếp người." not in visitor.get("/hoi-dap?q=nha+dat").text
    leader.submit(leader.get(f"{DESK}/{sent}"), "/thoi-cong-khai", {"reason": "Trùng"})
    assert "Đã sắp xếp người." not in visitor.get("/hoi-dap").text
    assert province.services.feedback.get(sent).state is State.ANSWERED


def test_d17_2a_what_is_wrong_is_told_and_nothing_typed_is_lost(province):
    visitor = province.visitor()
    page = visitor.get("/phan-anh")
    for wrong, told in (
        ({"agency": "khong-co"}, "chọn cơ quan nhận"),
        ({"subject": " "}, '<a href="#subject">Ghi tiêu đề'),
        ({"text": ""}, "Ghi nội dung"),
        ({"name": ""}, "Ghi họ tên"),
        ({"phone": "", "email": ""}, '<a href="#phone">Ghi số'),
        ({"phone": "091122233"}, "số điện thoại gồm 10 chữ số"),
        ({"email": "inh@example"}, "địa chỉ thư điện tử đầy đủ"),
        ({"website": "http://quang-cao"}, "để trống ô dành cho máy"),
    ):
        again = visitor.submit(page, "/phan-anh", SENT | wrong)
        assert again.status == 422 and told in (again.html if "<" in told else again.text), wrong
        kept = SENT["text"] if "text" not in wrong else SENT["subject"]
        assert kept.splitlines()[0] in again.html
    assert province.services.database["feedback"].count_documents({}) == 0


def test_d18_sent_again_is_one_and_nobody_is_flooded_with_letters(province):
    visitor = province.visitor()
    page = visitor.get("/phan-anh")
    first, again = (visitor.submit(page, "/phan-anh", SENT) for _ in range(2))
    rows = province.services.database["feedback"]
    (row,) = rows.find()
    assert row["_id"] in first.text and row["_id"] in again.text
    visitor.submit(page, "/phan-anh", SENT | {"text": "Sửa rồi gửi: nay chờ 3 giờ."})  # other words, another
    assert rows.count_documents({}) == 2
    for number in range(3):
        visitor.submit(visitor.get("/phan-anh"), "/phan-anh", SENT | {"subject": f"Lần {number}"})
    province.sweep()
    assert rows.count_documents({}) == 5 and len(letters(province, "feedback_taken")) == 2 * 3


def test_d18_ones_own_are_listed_for_who_was_signed_in(province):
    citizen = province.citizen()
    page = citizen.get("/phan-anh")
    assert "Lò Thị Xuân" in page.html
    citizen.submit(page, "/phan-anh", SENT | {"subject": "Hỏi giờ làm việc", "kind": "question"})
    assert "Hỏi giờ làm việc" in citizen.get("/phan-anh/cua-toi").text
    assert "Hỏi giờ làm việc" not in province.citizen("0987654321").get("/phan-anh/cua-toi").text


def test_d18_what_is_decided_twice_or_out_of_turn_is_refused(province, clock):
    now = clock.now()
    made = deciding.take(
        new_id(), "feedback", "paper", "Việc", "Nội dung", sender=Sender("Lan"), agency="xa",
        calendar=province.services.calendar(COMMUNE), now=now, by="Hạnh",
    )  # fmt: skip
    by = {"now": now + timedelta(hours=1), "by": "Hạnh"}
    for refused in (
        lambda: deciding.publish(made, "v", "a", "b", **by),
        lambda: deciding.withdraw(made, "a", **by),
        lambda: deciding.reply(made, "so", "Sở", "ý", **by),
        lambda: deciding.assign(made, "xa", "Xã", "", **by),
        lambda: deciding.answer(deciding.answer(made, "a", **by), "b", **by),
    ):
        with pytest.raises(Refused):
            refused()
    asked = deciding.ask(made, "so", "Sở", "Sao?", **by)
    with pytest.raises(Refused, match="đang được hỏi"):
        deciding.ask(asked, "so", "Sở", "Sao nữa?", **by)
    assert [act.what for act in asked.history] == ["Tiếp nhận", "Đề nghị Sở phối hợp"]
    assert read_id(made.id.lower().replace("-", "")) == made.id
