"""Which papers a history calls for, of which day, and what the control sheet says of every hand-over."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

from dossier_stories import (
    AGENCY,
    CLERK,
    EXAMINER,
    HEAD_OF_UNIT,
    LEADER,
    OWNER,
    RECEPTION,
    a_file,
    accepted,
    at,
    examined,
    ready,
    submitted,
)
from pypdf import PdfReader

from renderers.pdf.data import Office
from renderers.pdf.documents import register_pdf
from renderers.pdf.sets import desk_name, document_form
from rules.calendar import TZ
from rules.deadlines import DeadlineRule, Unit
from tthc.dossiers import commands as cmd
from tthc.dossiers.state import SupplementItem
from tthc.web.handovers import handovers, partners, step_result
from tthc.web.issued import after, before, issued, one_of
from tthc.web.register_rows import register_data

DESK = "Bộ phận Tiếp nhận và Trả kết quả"


def kinds(dossier):
    return [(paper.kind, paper.nth) for paper in issued(dossier)]


def numbers(dossier):
    """Each paper with the number and the law of its form."""
    forms = {paper.kind: document_form(paper.kind, paper.day) for paper in issued(dossier)}
    return {kind: (form.number, form.legal_basis.split("/")[1]) for kind, form in forms.items()}


def test_d12_1b_acceptance_calls_for_receipt_control_sheet_and_rating_slip():
    assert kinds(submitted().dossier) == []
    assert kinds(accepted().dossier) == [("receipt", 1), ("control", 1), ("rating", 1)]


def test_d12_1a_each_request_and_the_refusal_are_papers_of_their_own():
    story = submitted()
    story.do(RECEPTION, cmd.RequestSupplement((SupplementItem("hop_dong", "Mờ"),)))
    story.do(OWNER, cmd.Supply({"shop_name": "Tạp hóa Hoa", "points": "3"}))
    story.do(RECEPTION, cmd.RequestSupplement((SupplementItem("hop_dong", "Vẫn mờ"),)))
    dossier = story.do(RECEPTION, cmd.Refuse("Không đọc được"))
    assert kinds(dossier) == [("supplement", 1), ("supplement", 2), ("refusal", 1)]
    first, last = one_of(dossier, "supplement", 1), one_of(dossier, "supplement")
    assert first.event.request.items[0].reason == "Mờ"
    assert last.event.request.items[0].reason == "Vẫn mờ"
    assert one_of(dossier, "supplement", 3) is None
    assert one_of(dossier, "receipt") is None


def test_d13_3d_a_request_in_appraisal_is_the_same_form():
    story = examined()
    story.act(EXAMINER, "bo_sung", reason="Thiếu", items=(SupplementItem("hop_dong", "Thiếu trang 2"),))
    assert kinds(story.dossier)[-1] == ("supplement", 1)


def test_d15_1d_the_set_is_that_of_each_papers_own_day():
    """Accepted under the old circular, late under the new one."""
    story = accepted("12/09/2025 08:00")
    story.now = at("22/09/2025 08:00")
    story.do(RECEPTION, cmd.Apologise("Quá tải", at("25/09/2025 17:00")))
    dossier = story.do(RECEPTION, cmd.Withdraw("Tôi nộp lại sau"))
    assert numbers(dossier) == {
        "receipt": ("01", "2018"),
        "control": ("05", "2018"),
        "rating": ("", "2018"),
        "apology": ("04", "2025"),
        "stop": ("05", "2025"),
    }
    assert document_form("apology", one_of(dossier, "apology").day).title.startswith("Văn bản xin lỗi")


def test_d13_3dd_each_proposal_of_more_time_is_a_paper_of_its_own_of_its_day():
    for when, number in (("08/09/2025 08:00", ("", "2018")), ("22/09/2025 08:00", ("04", "2025"))):
        story = examined(when)
        two = DeadlineRule(Decimal(2), Unit.WORKING_DAY)
        story.do(EXAMINER, cmd.AskExtension(two, "Phải đo đạc lại"))
        story.do(RECEPTION, cmd.AnswerExtension("g1", granted=False, answer="Chưa có căn cứ"))
        dossier = story.do(EXAMINER, cmd.AskExtension(two, "Phải lấy ý kiến"))
        assert numbers(dossier)["extension"] == number
        assert [nth for kind, nth in kinds(dossier) if kind == "extension"] == [1, 2]
        assert one_of(dossier, "extension", 2).event.request.reason == "Phải lấy ý kiến"


def test_before_the_circular_that_knows_it_there_is_no_notice_of_stopping():
    for when, there in (("12/09/2025 08:00", False), ("15/09/2025 08:00", True)):
        story = accepted(when)
        dossier = story.do(RECEPTION, cmd.Withdraw("Tôi nộp lại sau"))
        assert (one_of(dossier, "stop") is not None) is there
    untouched = submitted()
    assert one_of(untouched.do(OWNER, cmd.Withdraw("Thôi")), "stop") is None


def test_d15_1d_a_second_print_says_what_the_first_said():
    story = accepted("01/06/2026 08:00")
    paper = one_of(story.dossier, "receipt")
    first = after(story.dossier, paper)
    story.act(HEAD_OF_UNIT, "giao", assignee="vien")
    story.act(EXAMINER, "bo_sung", reason="Thiếu", items=(SupplementItem("hop_dong", "Mờ"),))
    story.do(RECEPTION, cmd.RecordPayment(("phi",), "cash", "1"))
    story.do(
        OWNER,
        cmd.Supply({"shop_name": "Tạp hóa Hoa", "points": "3"}, note="Đã bổ sung"),
        "05/06/2026 08:00",
    )
    again = after(story.dossier, one_of(story.dossier, "receipt"))
    assert again.deadline == first.deadline
    assert again.fees == first.fees
    assert again.answers == first.answers
    assert story.dossier.deadline.due != first.deadline.due
    story.now = at("20/07/2026 08:00")
    dossier = story.do(RECEPTION, cmd.Apologise("Quá tải", at("25/07/2026 17:30")))
    then = before(dossier, one_of(dossier, "apology"))
    assert then.deadline.promised is None
    assert then.deadline.due == dossier.deadline.due


def test_d12_2_each_row_is_given_by_one_side_and_taken_by_the_other():
    story = ready()
    rows = handovers(story.dossier, AGENCY, DESK)
    assert [(row.from_agency, row.agency) for row in rows] == [
        (DESK, "Lãnh đạo phòng"),
        ("Lãnh đạo phòng", "Chuyên viên thụ lý"),
        ("Chuyên viên thụ lý", "Người nộp hồ sơ"),
        ("Người nộp hồ sơ", "Lãnh đạo cơ quan"),
        ("Lãnh đạo cơ quan", "Văn thư"),
        ("Văn thư", DESK),
    ]
    assert rows[0].giver == RECEPTION.name
    assert [row.taker for row in rows[:2]] == [HEAD_OF_UNIT.name, EXAMINER.name]
    assert rows[-1].giver == CLERK.name
    assert rows[4].giver == LEADER.name
    assert [row.giver for row in rows[1:]] == [row.taker for row in rows[:-1]]
    assert all(row.given_at == row.taken_at and row.given_at.tzinfo is TZ for row in rows)
    assert partners(story.dossier) == ()


def test_d12_2_a_unit_is_named_where_the_official_has_one():
    agency = replace(AGENCY, units=(("kt", "Phòng Kinh tế"),))
    story = accepted()
    story.act(replace(HEAD_OF_UNIT, unit="kt"), "giao", assignee="vien")
    rows = handovers(story.dossier, agency, DESK)
    assert rows[0].agency == rows[1].from_agency == "Phòng Kinh tế"
    assert rows[1].taker == EXAMINER.name


def test_d12_2_the_result_is_the_time_used_against_the_time_allotted():
    story = submitted("01/06/2026 08:00")
    story.do(RECEPTION, cmd.Accept(("hop_dong",)), "03/06/2026 09:00")
    story.act(HEAD_OF_UNIT, "giao", assignee="vien")
    story.act(EXAMINER, "trinh", "04/06/2026 09:00", files=(a_file("du_thao"),))
    story.act(OWNER, "dong_y")
    story.act(LEADER, "duyet", "04/06/2026 09:30")
    rows = handovers(story.dossier, AGENCY, DESK)
    # taken over after the 8 working hours of intake; assigned the same morning; drafted to the minute; signed a day early
    assert [row.result for row in rows] == ["late", "on_time", "on_time", "", "early"]
    assert [row.result_words for row in rows] == ["Quá hạn", "Đúng hạn", "Đúng hạn", "", "Trước hạn"]


def test_d12_2_early_is_a_day_before_and_late_a_minute_after():
    due = at("08/06/2026 11:30")
    assert step_result(due, at("07/06/2026 23:59")) == "early"
    assert step_result(due, at("08/06/2026 00:00")) == "on_time"
    assert step_result(due, at("08/06/2026 11:30")) == "on_time"
    assert step_result(due, at("08/06/2026 11:31")) == "late"
    assert step_result(None, due) == ""


def test_d12_2_a_return_with_directions_is_a_row_with_its_note_and_the_end_is_none():
    story = examined()
    story.act(EXAMINER, "khong", reason="Không đủ diện tích")
    rows = handovers(story.dossier, AGENCY, DESK)
    assert rows[-1].agency == DESK
    assert rows[-1].note == "Thẩm tra: Không đủ diện tích"
    story.act(RECEPTION, "tra", reason="Không đủ điều kiện", files=(a_file("thong_bao"),))
    assert handovers(story.dossier, AGENCY, DESK)[-1].agency == DESK
    assert len(handovers(story.dossier, AGENCY, DESK)) == len(rows)


def test_the_one_stop_unit_is_called_as_on_its_day():
    assert desk_name("xa", date(2025, 6, 30)) == DESK
    assert desk_name("xa", date(2025, 7, 1)) == "Trung tâm Phục vụ hành chính công"
    assert desk_name("tinh", date(2026, 1, 1)) == DESK
    assert desk_name("center", date(2019, 1, 1)) == "Trung tâm Phục vụ hành chính công"
    assert desk_name("xa", date(2010, 1, 1)) == DESK


def test_d15_1a_the_register_has_who_got_what_when_and_how():
    story = ready()
    story.do(RECEPTION, cmd.RecordPayment(("phi",), "cash", "0001"))
    token = story.dossier.tasks[0].id
    done = cmd.Act(token, "tra", originals_checked=("hop_dong",), recipient="Nguyễn Thị Hoa")
    returned = story.do(RECEPTION, done, "03/06/2026 14:00")
    late = accepted("02/06/2026 08:00")
    late.now = at("15/06/2026 08:00")
    late.do(RECEPTION, cmd.Apologise("Quá tải", at("18/06/2026 17:30")))
    office = Office("", AGENCY.name, DESK, "A")
    sectors = {returned.id: "Hộ tịch"}
    made = register_data(
        office,
        (replace(late.dossier, id="hs2"), returned, submitted().dossier),
        lambda found: sectors.get(found.id, "Chứng thực"),
        "Tháng 6 năm 2026",
        date(2026, 6, 30),
    )
    assert [(book.sector, book.count, book.returned, book.left) for book in made.books] == [
        ("Chứng thực", 1, 0, 1),
        ("Hộ tịch", 1, 1, 0),
    ]
    row = made.books[1].rows[0]
    assert (row.code, row.sets, row.person) == (returned.code, 1, "Nguyễn Thị Hoa")
    assert row.contact == "Bản A; 0912\xa0345\xa0678"
    assert (row.received_at, row.sent_at, row.solved_at) == (at("01/06/2026 08:00"),) * 3
    assert (row.returned_at, row.method, row.recipient) == (
        at("03/06/2026 14:00"),
        "Trực tiếp",
        "Nguyễn Thị Hoa",
    )
    assert row.due == returned.deadline.original_due
    waiting = made.books[0].rows[0]
    assert (waiting.returned_at, waiting.method, waiting.recipient) == (None, "", "")
    assert waiting.note == "Xin lỗi, hẹn lại 18/06/2026"
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(register_pdf(made))).pages).split()
    )
    assert "Mẫu số 07 –" in text
    assert "Cộng: 01 hồ sơ, 01 bộ; đã trả kết quả 01 hồ sơ, chưa trả 00 hồ sơ." in text
