"""Coverage, roadmap and slips, decided from values alone."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from definitions.lifecycle import Content, State, draft
from definitions.loader import load
from definitions.model import OfferedBy
from tthc.agencies.data import shipped
from tthc.clock import TZ
from tthc.registry import gate, slips
from tthc.registry.coverage import coverage
from tthc.registry.model import Decision, Entry, Kind, RegistryError
from tthc.registry.publications import listed
from tthc.registry.roadmap import Goal, Progress, progress
from tthc.registry.sectors import sector_id, sector_name
from tthc.registry.slips import Consent, Row, Slip

AT = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)
ON = AT.date()
TEXT = (Path(__file__).parents[2] / "admin" / "thu_muc.yaml").read_text(encoding="utf-8")
CODE = "9.000001"
DECISION = Decision("12/QĐ-UBND", date(2026, 11, 20))
AGENCIES = tuple(
    a for a in shipped() if a.id in {"phuong-to-hieu", "phuong-chieng-coi", "so-y-te"} and a.exists(ON)
)


@pytest.fixture(scope="module")
def library():
    return load(TEXT, "thu_muc.yaml").definition


def entry(code=CODE, name="Cấp thẻ bạn đọc thư viện xã", **parts):
    given = {
        "sector": "Thư viện",
        "levels": ("xa",),
        "agencies": (),
        "decision": DECISION,
        "start": date(2026, 1, 1),
        "end": None,
        "kind": Kind.NEW,
        "by": "soan",
        "at": AT,
    }
    return Entry(code=code, name=name, **{**given, **parts})


def test_d9_3a_coverage_counts_per_agency_and_sector_and_says_what_is_missing(library):
    level_1 = replace(library, procedure="9.000003", service_level=1)
    only_one = replace(library, procedure="9.000004", offered_by=OfferedBy(None, ("phuong-to-hieu",)))
    catalogue = [
        entry(),
        entry("9.000002"),
        entry("9.000003", sector="thu-vien"),
        entry("9.000004", sector="Y tế"),
        entry("9.000005", levels=(), agencies=("so-y-te",), sector="Y tế"),
    ]
    found = coverage(catalogue, [library, level_1, only_one], AGENCIES, lambda sector: sector)
    level = library.service_level
    by_agency = {g.id: {line.entry.code: line.level for line in g.lines} for g in found.agencies}
    assert by_agency["phuong-to-hieu"] == {CODE: level, "9.000002": 0, "9.000003": 1, "9.000004": level}
    assert by_agency["phuong-chieng-coi"]["9.000004"] == 0
    assert by_agency["so-y-te"] == {"9.000005": 0}
    assert {g.id: g.total for g in found.sectors} == {"thu-vien": 3, "y-te": 2}
    assert [line.entry.code for line in found.whole.short] == ["9.000002", "9.000003", "9.000004", "9.000005"]
    assert found.whole.share == 20
    assert sum(found.whole.counts) == found.whole.total == 5
    assert coverage([], [], AGENCIES, str).whole.share is None


def test_d7_2a_counts_agree_however_the_sector_is_written():
    assert sector_id("Hộ tịch") == sector_id("ho-tich") == "ho-tich"
    assert sector_id("–") == "khac"
    assert sector_id("Lưu thông hàng hóa trong nước") == "luu-thong-hang-hoa"
    assert sector_name("ho-tich") == sector_name("Hộ tịch") == "Hộ tịch"
    assert sector_name("Thư viện") == "Thư viện"


def test_100_percent_is_said_only_of_all():
    lines = coverage([entry(f"9.{n:06}") for n in range(300)], [], (), str).whole
    assert lines.share == 0
    almost = replace(lines, lines=(*(replace(line, level=2) for line in lines.lines[1:]), lines.lines[0]))
    assert almost.share == 99


@pytest.mark.parametrize(
    ("level", "day", "said"),
    [
        (3, date(2020, 1, 1), Progress.REACHED),
        (2, date(2026, 11, 22), Progress.LATE),
        (2, date(2026, 11, 23), Progress.NEAR),
        (2, date(2026, 12, 23), Progress.NEAR),
        (2, date(2026, 12, 24), Progress.ON_TRACK),
    ],
)
def test_d21_3_a_goal_is_reached_near_late_or_on_track(level, day, said):
    assert progress(Goal("1", CODE, 3, day, "", "", "soan", AT), level, ON) is said


def slip(*rows):
    return Slip("p", DECISION, "", "", rows, "soan", AT)


def test_d9_3a_level_3_needs_a_definition_and_level_2_may_go_without():
    with pytest.raises(RegistryError, match="phải kèm bản cấu hình"):
        slips.put(slip(), Row(CODE, 3))
    one = slips.put(slip(), Row(CODE, 2))
    assert slips.put(one, Row(CODE, 1)).rows == (Row(CODE, 1),)
    assert slips.drop(one, CODE).rows == ()
    for wrong in (Row("x", 2), Row(CODE, 5), Row(CODE, 0)):
        with pytest.raises(RegistryError):
            slips.put(slip(), wrong)


def version(state=State.DRAFT):
    made = draft("v1", CODE, Content("h", "t"), "soan", AT)
    return replace(made, state=state)


def test_d9_3a_what_stands_against_a_row_is_said_all_at_once(library):
    row = Row(CODE, 4, "v1")
    said = " ".join(slips.row_faults(row, version(State.REGISTERED), library, consent_wanted=True))
    for words in ("(Đ5.3)", "chỉ gửi được bản nháp", f"ghi mức độ {library.service_level}"):
        assert words in said
    bare = replace(library, service_level=3, submit_by=("counter",))
    said = " ".join(slips.row_faults(Row(CODE, 3, "v1"), version(), bare, consent_wanted=False))
    assert "phải nộp được trực tuyến" in said
    assert "còn lỗi" in " ".join(slips.row_faults(row, version(), None, consent_wanted=False))
    assert "Không tìm thấy" in " ".join(slips.row_faults(row, None, None, consent_wanted=False))
    assert slips.row_faults(Row(CODE, 2), None, None, consent_wanted=True) == ()


def test_a_sent_slip_is_told_by_its_versions():
    sent = slips.sent(slip(Row("9.000002", 2), Row(CODE, 3, "v1")), AT)
    assert sent.state == "Đã gửi một phần" and [row.code for row in sent.unsent] == [CODE]
    failed = slips.marked(sent, CODE, at=None, error="Không được.")
    assert slips.standing(failed.rows[1], version(), ON).error == "Không được."
    done = slips.marked(failed, CODE, at=AT)
    assert done.state == "Đã gửi" and done.rows[1].error == ""
    told = {
        state: slips.standing(done.rows[1], version(state), ON).label
        for state in (State.REGISTERED, State.APPROVED, State.RETURNED, State.PUBLISHED)
    }
    assert list(told.values()) == ["Chờ thẩm định", "Đạt", "Trả lại", "Đã công bố"]
    assert slips.standing(done.rows[0], None, ON).label == "Đã ghi nhận"
    with pytest.raises(RegistryError, match="lập phiếu mới"):
        slips.put(done, Row("9.000003", 2))
    with pytest.raises(RegistryError, match="chưa có thủ tục nào"):
        slips.sent(slip(), AT)


def test_d5_3_the_consent_given_last_counts(library):
    first, second = Consent("1/UBND", ON), Consent("2/UBND", ON)
    kept = [slip(Row(CODE, 3, "v1", first)), slip(Row(CODE, 3, "v1", second), Row("9.000002", 3, "v2"))]
    assert slips.consent_of(kept, "v1") == second
    assert slips.consent_of(kept, "v2") is None
    three = replace(library, service_level=3)
    assert gate.consent_fault(three, None, wanted=False) == ()
    assert gate.consent_fault(three, first, wanted=True) == ()
    assert gate.consent_fault(replace(library, service_level=2), None, wanted=True) == ()
    assert "Đ5.3" in gate.consent_fault(three, None, wanted=True)[0]


def test_d7_3_a_name_unlike_the_catalogues_is_refused_with_the_official_one(library):
    assert gate.faults(library, None, [], AGENCIES) == ()
    assert gate.faults(library, entry(name=library.name), [], AGENCIES) == ()
    (said,) = gate.faults(library, entry(name="Cấp thẻ thư viện"), [], AGENCIES)
    assert "“Cấp thẻ thư viện” (Quyết định 12/QĐ-UBND ngày 20/11/2026) (Đ7.3)" in said
    (said,) = gate.faults(library, entry(kind=Kind.ABOLISHED), [], AGENCIES)
    assert "bãi bỏ" in said


def test_d9_1b_one_definition_in_force_for_a_procedure_at_an_agency(library):
    local = replace(library, procedure=f"{CODE}.000.00.00.H52")
    (said,) = gate.faults(local, None, [library], AGENCIES)
    assert CODE in said and "Đ9.1b" in said
    assert gate.faults(library, None, [library], AGENCIES) == ()
    elsewhere = replace(library, offered_by=OfferedBy(None, ("so-y-te",)))
    assert gate.faults(local, None, [elsewhere], AGENCIES) == ()
    variant = replace(library, procedure=f"{CODE}.02")
    assert gate.faults(variant, None, [library], AGENCIES) == ()


def test_d21_5_the_list_holds_what_the_portal_receives(library):
    at_desk = replace(library, procedure="9.000002", submit_by=("counter",))
    (row,) = listed([library, at_desk], AGENCIES, ON)
    assert (row.code, row.level, row.agencies) == (CODE, library.service_level, "Cấp xã")
    named = replace(library, offered_by=OfferedBy(None, ("so-y-te",)))
    assert listed([named], AGENCIES, ON)[0].agencies == "Sở Y tế"
