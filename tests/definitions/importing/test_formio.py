"""What each kind of component becomes, conditions in FEEL, and what is told instead of guessed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from import_account import accounted, fields, form, imported, text

from definitions.importing.naming import Names, slug
from rules.feel import compile as compile_feel

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SEX = {
    "type": "radio",
    "label": "Giới tính",
    "key": "gioiTinh",
    "values": [
        {"label": "Nam", "value": "1", "shortcut": ""},
        {"label": "Nữ", "value": "nu", "shortcut": ""},
    ],
}
AGREES = {"type": "checkbox", "label": "Có con", "key": "coCon"}
COUNT = {"type": "number", "label": "Số con", "key": "soCon"}
WAYS = {
    "type": "selectboxes",
    "label": "Báo qua",
    "key": "baoQua",
    "values": [{"label": "Thư", "value": "thu"}, {"label": "Tin nhắn", "value": "tin"}],
}


def only(component):
    (field,) = fields(imported(form(component)))
    return field


def shown_when(condition, *others):
    result = imported(form(*others, text("Lý do", "lyDo", conditional=condition)))
    accounted_field = next(field for field in fields(result) if field["id"] == "ly_do")
    return accounted_field.get("visible"), [
        finding for finding in result.findings if finding.path.endswith(("conditional", "json"))
    ]


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        ({"type": "textarea"}, {"type": "textarea"}),
        ({"type": "number"}, {"type": "decimal"}),
        ({"type": "number", "decimalLimit": 0}, {"type": "integer"}),
        ({"type": "number", "validate": {"integer": True, "min": 1, "max": "20"}}, {"type": "integer", "min": 1, "max": 20}),
        ({"type": "number", "suffix": "bản"}, {"type": "decimal", "unit": "bản"}),
        ({"type": "currency", "currency": "VND"}, {"type": "money"}),
        ({"type": "currency", "currency": "USD"}, {"type": "decimal", "unit": "USD"}),
        ({"type": "email", "placeholder": "a@b.vn"}, {"type": "email", "example": "a@b.vn"}),
        ({"type": "phoneNumber"}, {"type": "phone"}),
        ({"type": "checkbox", "defaultValue": True}, {"type": "yes_no", "default": True}),
        ({"type": "checkbox", "validate": {"required": True}}, {"type": "declaration", "required": True}),
        ({"type": "day"}, {"type": "date"}),
        ({"type": "day", "fields": {"day": {"hide": True}}}, {"type": "month"}),
        ({"type": "datetime", "enableTime": False, "datePicker": {"maxDate": "moment()"}}, {"type": "date", "max": "today()"}),
        ({"type": "datetime", "enableDate": False}, {"type": "time"}),
        ({"type": "file", "multiple": True, "filePattern": ".pdf,.jpg", "fileMaxSize": "5MB"}, {"type": "file", "max": 10, "accept": ["pdf", "jpeg"], "max_size": 5}),
        ({"type": "textfield", "validate": {"required": True, "maxLength": 50}}, {"required": True, "max_length": 50}),
        ({"type": "textfield", "tooltip": "<b>Như trên thẻ</b>", "protected": True}, {"help": "Như trên thẻ", "sensitive": True}),
        ({"type": "textfield", "hidden": True}, {"visible": False}),
    ],
)  # fmt: skip
def test_a_component_becomes_a_field(component, expected):
    field = only({"label": "Ô này", "key": "oNay", **component})
    assert field["id"] == "o_nay"
    assert {key: field.get(key) for key in expected} == expected


def test_options_keep_their_labels_and_tell_new_values():
    result = imported(form({**SEX, "defaultValue": "1"}))
    (field,) = fields(result)
    assert field["options"] == [{"value": "nam", "label": "Nam"}, {"value": "nu", "label": "Nữ"}]
    assert (field["appearance"], field["default"]) == ("radio", "nam")
    assert "“1” → nam" in result.findings[0].why


def test_checks_hold_what_the_source_asked():
    field = only(
        text(
            "Mã",
            "ma",
            validate={"pattern": "[A-Z]{2}[0-9]+", "minLength": 4, "customMessage": "Ghi mã in hoa"},
        )
    )
    rules = [compile_feel(check["rule"], {"ma": compile_feel('""').type}) for check in field["checks"]]
    assert [
        [rule.evaluate({"ma": value}, now=NOW) for rule in rules] for value in ("AB12", "ab12", "AB1", None)
    ] == [
        [True, True],
        [True, False],
        [False, True],
        [True, True],
    ]
    assert "Ghi mã in hoa" in [check["message"] for check in field["checks"]]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"show": True, "when": "gioiTinh", "eq": "1"}, 'gioi_tinh = "nam"'),
        ({"show": "false", "when": "coCon", "eq": "true"}, "co_con != true"),
        ({"show": True, "when": "soCon", "eq": "2"}, "so_con = 2"),
        ({"show": True, "when": "baoQua", "eq": "tin"}, 'list contains(bao_qua, "tin") = true'),
        ({"show": True, "conjunction": "any", "conditions": [
            {"component": "baoQua.thu", "operator": "isEqual", "value": True},
            {"component": "soCon", "operator": "greaterThan", "value": 3},
        ]}, '(list contains(bao_qua, "thu") = true) or (so_con > 3)'),
        ({"json": {"and": [{"==": [{"var": "data.gioiTinh"}, "nu"]}, {"!": [{"var": "data.coCon"}]}]}}, '(gioi_tinh = "nu") and (co_con != true)'),
        ({"json": {"in": [{"var": "data.gioiTinh"}, ["1", "nu"]]}}, '(gioi_tinh = "nam" or gioi_tinh = "nu")'),
        ({"json": {"<": [1, {"var": "data.soCon"}, 5]}}, "so_con > 1 and so_con < 5"),
    ],
)  # fmt: skip
def test_a_condition_is_written_in_feel(condition, expected):
    assert shown_when(condition, SEX, AGREES, COUNT, WAYS) == (expected, [])


@pytest.mark.parametrize(
    "condition",
    [
        {"show": True, "when": "khongCo", "eq": "1"},
        {"show": True, "when": "gioiTinh", "eq": "khac"},
        {"show": True, "when": "soCon", "eq": "hai"},
        {"json": {"==": [{"var": "form.title"}, "a"]}},
        {"json": {"regex": [{"var": "data.lyDo"}]}},
        {"json": {"var": ["data.gioiTinh", "1"]}},
    ],
)
def test_what_cannot_be_written_is_told(condition):
    visible, told = shown_when(condition, SEX, AGREES, COUNT, WAYS)
    assert visible is None
    assert len(told) == 1


@given(st.one_of(st.none(), st.booleans()), st.one_of(st.none(), st.integers(-3, 9)))
def test_a_condition_decides_as_the_source_did(ticked, count):
    rule = {"or": [{">=": [{"var": "data.soCon"}, 3]}, {"!": [{"var": "data.coCon"}]}]}
    text_of, _ = shown_when({"json": rule}, AGREES, COUNT)
    kinds = {"co_con": compile_feel("true").type, "so_con": compile_feel("1").type}
    said = compile_feel(text_of, kinds).evaluate({"co_con": ticked, "so_con": count}, now=NOW)
    assert (said is True) == ((count is not None and count >= 3) or not ticked)


def test_javascript_is_never_translated():
    data = form(
        text("A", "a", customConditional="show = data.b === 1", calculateValue="value = 1", customDefaultValue="value = 2",
             validate={"custom": "valid = true"}),
    )  # fmt: skip
    result = imported(data)
    assert {finding.path.partition("0.")[2] for finding in result.findings} == {
        "customConditional",
        "calculateValue",
        "customDefaultValue",
        "validate.custom",
    }
    accounted(data, result)


def test_jsonlogic_sums_become_computed_fields():
    total = {
        "type": "number",
        "label": "Tổng",
        "key": "tong",
        "calculateValue": {"+": [{"var": "data.soCon"}, 1]},
    }
    assert fields(imported(form(COUNT, total)))[1] == {
        "id": "tong",
        "type": "computed",
        "label": "Tổng",
        "compute": "so_con + 1",
    }


def test_frames_open_into_pages_headings_and_their_conditions():
    inner = {
        "type": "fieldset",
        "legend": "Nơi ở",
        "key": "fs",
        "components": [text("Xã", "xa")],
        "conditional": {"show": True, "when": "coCon", "eq": "true"},
    }
    wizard = form(
        {"type": "panel", "title": "Người khai", "key": "p1", "components": [AGREES, {"type": "columns", "key": "c", "columns": [{"components": [inner]}]}]},
        {"type": "panel", "title": "Con", "key": "p2", "components": [COUNT], "conditional": {"show": True, "when": "coCon", "eq": "true"}},
        {"type": "button", "key": "submit", "action": "submit", "label": "Gửi"},
        display="wizard",
    )  # fmt: skip
    result = imported(wizard)
    first, second = result.draft["form"]["pages"]
    assert (first["title"], second["title"], second["visible"]) == ("Người khai", "Con", "co_con = true")
    assert [(field["type"], field.get("visible")) for field in first["fields"]] == [
        ("yes_no", None),
        ("heading", "co_con = true"),
        ("text", "co_con = true"),
    ]
    assert result.whole
    accounted(wizard, result)


def test_rows_are_lists_and_see_their_own_row():
    other = text("Lý do", "lyDo", conditional={"show": True, "when": "con.dacBiet", "eq": "true"})
    special = {"type": "checkbox", "label": "Đặc biệt", "key": "dacBiet"}
    outside = text("Chú thích", "chuThich", conditional={"show": True, "when": "con.dacBiet", "eq": "true"})
    grid = {
        "type": "datagrid",
        "label": "Các con",
        "key": "con",
        "components": [special, other],
        "validate": {"minLength": 1, "maxLength": 5},
    }
    result = imported(form(grid, outside))
    rows, note = fields(result)
    assert (rows["type"], rows["min"], rows["max"]) == ("list", 1, 5)
    assert rows["item"][1]["visible"] == "dac_biet = true"
    assert "visible" not in note
    assert ["trong một danh sách" in finding.why for finding in result.findings] == [True]


def test_a_row_added_in_between_changes_no_other_id():
    people = [text("Họ và tên", "hoTenCha"), text("Họ và tên", "hoTenMe"), text("Quê quán", "que")]
    before = {old: new for old, new in imported(form(*people)).ids}
    after = {old: new for old, new in imported(form(text("Họ và tên", "hoTenCon"), *people)).ids}
    assert before == {"hoTenCha": "ho_ten_cha", "hoTenMe": "ho_ten_me", "que": "que_quan"}
    assert before.items() <= after.items()


@given(st.lists(st.text(max_size=60), max_size=12))
def test_ids_are_unique_and_well_formed(labels):
    names = Names(labels)
    made = [names.take(label, fallback="truong") for label in labels]
    assert len(set(made)) == len(made)
    assert all(
        name.isascii() and name == name.lower() and name[0].isalpha() and len(name) <= 60 for name in made
    )


def test_ids_have_no_diacritics():
    assert slug("1. Họ, chữ đệm, tên Đầy đủ") == "ho_chu_dem_ten_day_du"
    assert slug("soDienThoai") == "so_dien_thoai"


def test_a_hidden_field_tells_the_condition_it_no_longer_has():
    hidden = text("Lý do", "lyDo", hidden=True, conditional={"show": True, "when": "coCon", "eq": "true"})
    result = imported(form(AGREES, hidden))
    assert fields(result)[1]["visible"] is False
    assert {finding.path for finding in result.findings} == {
        "components.1.conditional.when",
        "components.1.conditional.eq",
    }


def test_what_a_computed_field_cannot_say_any_more_is_told():
    total = {
        "type": "currency",
        "currency": "VND",
        "label": "Tổng",
        "key": "tong",
        "validate": {"required": True},
        "calculateValue": {"*": [{"var": "data.soCon"}, 1000]},
    }
    result = imported(form(COUNT, total))
    assert fields(result)[1]["compute"] == "so_con * 1000"
    assert {finding.path for finding in result.findings} == {
        "components.1.currency",
        "components.1.validate.required",
    }
