import pytest
from dossier_stories import (
    AGENCY,
    CALENDAR,
    ELSEWHERE,
    EXAMINER,
    HEAD_OF_UNIT,
    LEADER,
    OWNER,
    RECEPTION,
    STRANGER,
    a_file,
    accepted,
    at,
    confirmed,
    examined,
    ready,
    submitted,
)

from rules.workflow.model import Need
from tthc.dossiers import commands as cmd
from tthc.dossiers.permissions import may_read
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import SupplementItem
from tthc.dossiers.status import next_actor
from tthc.dossiers.view import possible, timeline

MISSING = (SupplementItem("hop_dong", "Mờ"),)


def offers(story, actor):
    return possible(story.definition, story.dossier, actor, AGENCY, story.now)


def names(story, actor):
    return [f"{p.command}:{p.action}" if p.action else p.command for p in offers(story, actor)]


def test_d11_2_the_timeline_tells_every_step_in_plain_words():
    story = examined("01/06/2026 08:00")
    story.act(EXAMINER, "bo_sung", "02/06/2026 10:00", reason="Thiếu trang", items=MISSING)
    lines = timeline(story.dossier, CALENDAR)
    assert [line.title for line in lines] == [
        "Nộp hồ sơ, mã tra cứu HS-7K3Q-9F2D",
        "Tiếp nhận hồ sơ, mã số 000.01.14.H52-260601-0001",
        "Chuyển hồ sơ vào quy trình giải quyết",
        "Phân công: Giao chuyên viên",
        "Thẩm tra: Yêu cầu bổ sung",
    ]
    last = lines[-1]
    assert (last.who, last.at, last.worked) == (EXAMINER.name, at("02/06/2026 10:00"), 10 * 60)
    assert last.detail == "Thiếu trang. Hợp đồng thuê: Mờ. Bước tiếp theo: Người nộp bổ sung."
    assert last.told == "Hợp đồng thuê: Mờ."


def test_directions_of_staff_stay_inside():
    story = confirmed()
    story.act(LEADER, "chuyen_lai", reason="Viết lại, cẩu thả quá")
    last = timeline(story.dossier, CALENDAR)[-1]
    assert "cẩu thả" in last.detail
    assert "cẩu thả" not in last.told


def test_every_kind_of_event_has_words():
    story = submitted()
    story.do(RECEPTION, cmd.LogCall("0912", "Hướng dẫn"))
    story.do(RECEPTION, cmd.RecordPayment(receipt="7"))
    story.do(RECEPTION, cmd.RequestSupplement(MISSING, "Gọi lại"))
    story.do(OWNER, cmd.Supply(note="Đã nộp đủ"))
    story.fire("05/06/2026 08:00")
    story.do(RECEPTION, cmd.Refuse("Không đúng nơi"))
    lines = timeline(story.dossier, CALENDAR)
    assert [line.title for line in lines[1:]] == [
        "Hướng dẫn qua điện thoại",
        "Thu 200.000 đồng",
        "Yêu cầu bổ sung hồ sơ",
        "Bổ sung hồ sơ",
        "Quá hạn tiếp nhận",
        "Không tiếp nhận hồ sơ",
    ]
    assert [line.public for line in lines] == [True, True, True, True, True, False, True]
    assert lines[2].detail == "Bằng tiền mặt, biên lai số 7."


def test_endings_apologies_and_reassignments_have_words():
    story = examined("01/06/2026 08:00")
    token = story.dossier.tasks[0].id
    story.do(HEAD_OF_UNIT, cmd.Reassign(token, "vien2", "Nghỉ"))
    story.do(RECEPTION, cmd.Apologise("Quá tải", at("12/06/2026 17:30")))
    titles = [line.title for line in timeline(story.dossier, CALENDAR)][-2:]
    assert titles == ["Giao lại cho Cán bộ vien2", "Xin lỗi vì chậm trả kết quả"]
    story = ready()
    story.do(RECEPTION, cmd.RecordPayment())
    story.act(RECEPTION, "tra", originals_checked=("hop_dong",), recipient="Hoa")
    last = timeline(story.dossier, CALENDAR)[-1]
    assert (last.title, last.detail) == ("Trả kết quả, kết thúc hồ sơ", "Người nhận: Hoa.")
    assert offers(story, RECEPTION) == ()


def test_each_actor_is_offered_what_they_may_do():
    story = submitted()
    assert names(story, RECEPTION) == [
        "accept",
        "request_supplement",
        "refuse",
        "record_payment",
        "log_call",
        "claim",
        "withdraw",
    ]
    assert names(story, OWNER) == ["withdraw"]
    for nobody in (STRANGER, ELSEWHERE, EXAMINER):
        assert names(story, nobody) == []
    story.do(RECEPTION, cmd.RequestSupplement(MISSING))
    assert names(story, OWNER) == ["supply", "withdraw"]
    assert names(story, RECEPTION)[:2] == ["supply", "refuse"]


def test_only_allowed_actions_with_what_each_needs():
    story = examined()
    assert names(story, EXAMINER) == [
        "act:trinh",
        "act:bo_sung",
        "act:khong",
        "reassign",
        "arrange_verification",
        "record_verification",
        "ask_extension",
    ]
    first, second = offers(story, EXAMINER)[:2]
    assert [(n.need, n.rule) for n in first.needs] == [(Need.DRAFT, "Đ13.2")]
    assert (first.primary, second.asks_items) == (True, True)
    assert names(story, HEAD_OF_UNIT) == ["reassign"]
    (give, *_) = offers(accepted(), HEAD_OF_UNIT)
    assert (give.function, [n.need for n in give.needs]) == ("tham_dinh", [Need.ASSIGNEE])


def test_the_applicant_is_offered_their_answer():
    story = examined()
    story.act(EXAMINER, "trinh", files=(a_file(),))
    assert names(story, OWNER) == ["act:dong_y", "act:sua", "supply", "withdraw"]
    assert names(ready(), OWNER) == []
    assert names(ready(), RECEPTION) == ["act:tra", "record_payment", "log_call", "claim"]


def test_who_may_read():
    dossier = submitted().dossier
    assert [may_read(dossier, a) for a in (OWNER, RECEPTION, EXAMINER)] == [True] * 3
    assert [may_read(dossier, a) for a in (STRANGER, ELSEWHERE)] == [False] * 2


def test_working_papers_of_the_agency_are_not_the_applicants():
    story = confirmed()
    story.act(LEADER, "duyet", files=(a_file("to-trinh.pdf"),), note="Nội bộ: xem kỹ lý lịch")
    added = next(line for line in timeline(story.dossier, CALENDAR) if "tài liệu" in line.title)
    assert not added.public


def test_whoever_only_knows_the_number_reads_no_officials_name():
    story = examined()
    assert EXAMINER.name in next_actor(story.dossier, AGENCY).sentence
    assert EXAMINER.name not in next_actor(story.dossier, AGENCY, named=False).sentence


def test_a_text_that_would_fill_the_dossier_is_refused():
    story = submitted()
    for command in (
        cmd.Refuse("x" * 5001),
        cmd.LogCall("0912", "x" * 5001),
        cmd.RequestSupplement((SupplementItem("hop_dong", "x" * 5001),)),
    ):
        with pytest.raises(Refused, match=r"5\.000 ký tự"):
            story.do(RECEPTION, command)
    story.do(RECEPTION, cmd.Refuse("x" * 5000))
