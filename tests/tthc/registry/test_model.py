"""The catalogue's dated rows, and the tables they are read from."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tthc.agencies.data import shipped
from tthc.clock import TZ
from tthc.registry import model, tables
from tthc.registry.levels import label, told
from tthc.registry.model import Decision, Entry, Kind, RegistryError

AT = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)
DECISION = Decision("12/QĐ-UBND", date(2026, 11, 20), "Chủ tịch UBND tỉnh")
AGENCIES = shipped()
ENTRY = Entry(
    code="9.000001",
    name="Cấp thẻ bạn đọc thư viện xã",
    sector="Thư viện",
    levels=("xa",),
    agencies=(),
    decision=DECISION,
    start=date(2026, 1, 1),
    end=None,
    kind=Kind.NEW,
    by="soan",
    at=AT,
)


def changed(**parts):
    return replace(ENTRY, **{"kind": Kind.AMENDED, **parts})


def test_a_change_is_a_new_row_and_the_day_picks():
    renamed = changed(name="Cấp thẻ bạn đọc", start=date(2026, 7, 1))
    gone = changed(kind=Kind.ABOLISHED, start=date(2027, 1, 1))
    rows = [gone, ENTRY, renamed]
    assert model.in_force(rows, date(2025, 12, 31)) is None
    assert model.in_force(rows, date(2026, 6, 30)) is ENTRY
    assert model.in_force(rows, date(2026, 7, 1)) is renamed
    assert model.in_force(rows, date(2026, 12, 31)) is renamed
    assert model.in_force(rows, date(2027, 1, 1)) is None
    assert model.row_of_day(rows, date(2027, 1, 1)) is gone
    assert model.catalogue([*rows, replace(ENTRY, code="9.000000")], date(2027, 1, 1)) == (
        replace(ENTRY, code="9.000000"),
    )


def test_a_row_with_a_last_day_ends_on_it():
    row = replace(ENTRY, end=date(2026, 6, 30))
    assert model.in_force([row], date(2026, 6, 30)) is row
    assert model.in_force([row], date(2026, 7, 1)) is None


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"code": "2.81"}, "code"),
        ({"name": ""}, "name"),
        ({"sector": ""}, "sector"),
        ({"levels": ()}, "levels"),
        ({"levels": ("thon",)}, "levels"),
        ({"agencies": ("so-khong-co",)}, "agencies"),
        ({"decision": Decision("", None)}, "decision_number"),
        ({"end": date(2025, 1, 1)}, "end"),
        ({"kind": Kind.AMENDED}, "kind"),
    ],
)
def test_a_row_that_cannot_be_says_which_field(parts, field):
    with pytest.raises(RegistryError) as refused:
        model.check(replace(ENTRY, **parts), (), AGENCIES)
    assert refused.value.field == field


def test_what_is_there_is_amended_and_never_entered_anew_or_twice_on_a_day():
    with pytest.raises(RegistryError, match="đang có trong danh mục"):
        model.check(replace(ENTRY, start=date(2026, 2, 1)), [ENTRY], AGENCIES)
    with pytest.raises(RegistryError, match="đã có một dòng bắt đầu từ 01/01/2026"):
        model.check(changed(), [ENTRY], AGENCIES)
    model.check(changed(start=date(2026, 2, 1)), [ENTRY], AGENCIES)


def test_an_abolition_need_not_repeat_what_it_ends():
    gone = model.abolishing(
        changed(kind=Kind.ABOLISHED, name="", sector="", levels=(), start=date(2026, 2, 1)), [ENTRY]
    )
    assert (gone.name, gone.sector, gone.levels) == (ENTRY.name, ENTRY.sector, ENTRY.levels)


def test_names_are_compared_letter_by_letter_however_they_are_stored():
    assert model.same_name("Cấp  thẻ", "Ca\u0302\u0301p the\u0309")
    assert not model.same_name("Cấp thẻ", "Cấp Thẻ")


def test_the_provinces_ending_of_a_code_names_the_same_procedure():
    assert {model.bare(f"9.000001{end}") for end in ("", ".H52", ".000.00.00.H52")} == {"9.000001"}
    assert model.bare("9.000001.02") == "9.000001.02"


def given(start=date(2027, 1, 1)):
    return tables.Given(DECISION, start, "soan", AT)


def read(text, known=(), start=date(2027, 1, 1)):
    return tables.read(text, given(start), model.by_code(known), AGENCIES)


def test_a_table_from_a_spreadsheet_is_read_by_its_headings_in_any_order():
    (line,) = read(
        "Tên thủ tục\tMã TTHC\tLĩnh vực\tCấp thực hiện\tHiệu lực từ\n"
        "Cấp thẻ\t9.000001\tThư viện\tTỉnh/xã\t05/03/2027\n\n"
    )
    entry = line.entry
    assert (entry.code, entry.name, entry.levels) == ("9.000001", "Cấp thẻ", ("tinh", "xa"))
    assert (entry.start, entry.kind, entry.decision) == (date(2027, 3, 5), Kind.NEW, DECISION)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_without_headings_has_its_columns_in_order(separator):
    row = separator.join(
        ["9.000001", '"Cấp thẻ, đổi thẻ; cấp lại"', "Thư viện", "", '"Sở Văn hóa, Thể thao và Du lịch"']
    )
    known = {agency.name: agency.id for agency in AGENCIES}
    (line,) = read(row)
    assert line.error == ""
    assert line.entry.name == "Cấp thẻ, đổi thẻ; cấp lại"
    assert line.entry.agencies == (known["Sở Văn hóa, Thể thao và Du lịch"],)
    assert line.entry.start == date(2027, 1, 1)


def test_every_line_that_is_wrong_says_why_and_the_others_are_read():
    lines = read(
        "9.000001\tCấp thẻ\tThư viện\txã\n"
        "9.1\tĐổi thẻ\tThư viện\txã\n"
        "9.000002\tĐổi thẻ\tThư viện\tthôn\n"
        "9.000003\tĐổi thẻ\tThư viện\txã\t\tgì đó\n"
        "9.000004\tĐổi thẻ\tThư viện\txã\t\tmới\t31/02/2027\n"
        "9.000001\tCấp thẻ\tThư viện\txã\n"
        "9.000005\tĐổi thẻ\tThư viện\txã\t\tsửa đổi\n"
        "9.000006\tĐổi thẻ\tThư viện\txã\t\tmới\t\t\tthừa\n"
    )
    assert [line.number for line in lines] == list(range(1, 9))
    assert lines[0].error == ""
    found = [line.error for line in lines[1:]]
    for said, error in zip(
        (
            "Mã thủ tục có dạng",
            "“thôn”",
            "“gì đó”",
            "“31/02/2027”",
            "đã có một dòng",
            "chưa có trong danh mục",
            "9 ô",
        ),
        found,
        strict=True,
    ):
        assert said in error


def test_an_abolition_in_a_table_needs_only_the_code():
    (line,) = read("mã\tloại\n9.000001\tbãi bỏ", [ENTRY])
    assert line.entry.name == ENTRY.name
    assert line.entry.kind is Kind.ABOLISHED


def test_a_table_of_nothing_is_refused_and_a_day_is_asked_for():
    for text in ("", "  \n\n", "mã\ttên\n"):
        with pytest.raises(RegistryError, match="Dán bảng"):
            read(text)
    (line,) = read("9.000001\tCấp thẻ\tThư viện\txã", start=None)
    assert "Thiếu ngày có hiệu lực" in line.error


def test_the_law_of_the_day_names_the_levels():
    assert label(3, date(2019, 8, 29)) == "Mức độ 3"
    assert label(3, date(2022, 8, 15)) == "Một phần"
    assert told(4, date(2026, 11, 23)) == "Mức độ 4 (toàn trình)"
    assert told(4, date(2022, 8, 14)) == "Mức độ 4"
    assert told(0, date(2026, 11, 23)) == "Chưa cung cấp"
