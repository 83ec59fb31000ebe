"""Nothing of a source is dropped in silence: made-up forms and records, walked key by key."""

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from import_account import accounted, ends, felt, form, imported

from definitions.importing.formio import keys
from definitions.importing.formio.keys import FORM, NO_MEANING, SAYS_NOTHING, UNSUPPORTED

WORDS = st.sampled_from(
    [
        "Họ và tên",
        "Ngày sinh",
        "Số bản",
        "Địa chỉ",
        "Họ và tên",
        "<b>Đậm</b> và <a href='x'>nối</a>",
        "12",
        "if",
    ]
)
KEYS = st.sampled_from(["hoVaTen", "ngaySinh", "soBan", "a", "b", "c"])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 99),
    st.floats(0, 9, width=16),
    WORDS,
    st.just(""),
    st.just([]),
    st.just({}),
)
LEAVES = st.sampled_from(
    [
        "textfield",
        "textarea",
        "number",
        "currency",
        "email",
        "phoneNumber",
        "checkbox",
        "radio",
        "select",
        "selectboxes",
        "day",
        "datetime",
        "time",
        "file",
        "url",
        "tags",
        "address",
        "survey",
        "content",
        "htmlelement",
        "button",
        "hidden",
        "password",
        "signature",
        "khongBiet",
    ]
)
FRAMES = st.sampled_from(
    ["panel", "fieldset", "well", "container", "datagrid", "editgrid", "columns", "table", "tabs"]
)
KNOWN = st.sampled_from(
    sorted(
        {name.partition(".")[0] for name in {**NO_MEANING, **SAYS_NOTHING, **UNSUPPORTED}}
        - {"rows", "columns", "components"}
    )
)
UNKNOWN = st.text(string.ascii_lowercase, min_size=9, max_size=12)
OPTIONS = st.lists(
    st.fixed_dictionaries({"value": WORDS, "label": WORDS}, optional={"shortcut": SCALARS}), max_size=3
)
LOGIC = st.recursive(
    st.one_of(st.integers(0, 9), WORDS, st.builds(lambda key: {"var": f"data.{key}"}, KEYS)),
    lambda inner: st.builds(
        lambda name, given: {name: given},
        st.sampled_from(["==", "!=", ">", "<=", "and", "or", "!", "+", "*", "if", "in", "max", "missing"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)
CONDITION = st.one_of(
    st.fixed_dictionaries(
        {"show": st.sampled_from([True, False, "true", None, ""]), "when": KEYS, "eq": SCALARS}
    ),
    st.fixed_dictionaries(
        {
            "show": st.booleans(),
            "conjunction": st.sampled_from(["all", "any", "none"]),
            "conditions": st.lists(
                st.fixed_dictionaries(
                    {
                        "component": KEYS,
                        "operator": st.sampled_from(["isEqual", "isNotEmpty", "greaterThan", "la"]),
                        "value": SCALARS,
                    }
                ),
                max_size=2,
            ),
        }
    ),
    st.fixed_dictionaries({"json": LOGIC}),
)
VALIDATE = st.fixed_dictionaries(
    {},
    optional={
        "required": st.booleans(),
        "min": SCALARS,
        "max": SCALARS,
        "minLength": SCALARS,
        "maxLength": SCALARS,
        "pattern": st.sampled_from(["[0-9]+", "(", "^a$", ""]),
        "custom": st.sampled_from(["", "valid = true"]),
        "customMessage": WORDS,
        "json": st.builds(lambda rule: {"if": [rule, True, "Xem lại"]}, LOGIC),
        "moi": SCALARS,
    },
)
EXTRAS = st.dictionaries(st.one_of(KNOWN, UNKNOWN), SCALARS, max_size=4)
DATA = st.fixed_dictionaries({}, optional={"values": OPTIONS, "json": SCALARS, "url": WORDS})
LEAF = st.builds(
    lambda kind, key, extras, told: {**extras, "type": kind, "key": key, **told},
    LEAVES,
    KEYS,
    EXTRAS,
    st.fixed_dictionaries(
        {},
        optional={
            "label": WORDS,
            "values": OPTIONS,
            "questions": OPTIONS,
            "data": DATA,
            "validate": VALIDATE,
            "conditional": CONDITION,
            "calculateValue": st.one_of(LOGIC, st.just("value = 1")),
            "html": WORDS,
            "content": WORDS,
            "tooltip": WORDS,
            "defaultValue": SCALARS,
            "multiple": st.booleans(),
            "hidden": st.booleans(),
            "currency": st.sampled_from(["VND", "USD", ""]),
            "inputMask": st.sampled_from(["999-99", "aa*", "9{2}", ""]),
        },
    ),
)


def _framed(kind, key, label, children, extras):
    inside = {"components": children}
    if kind == "columns":
        inside = {"columns": [{"components": children, "width": 6}, {"components": [], "la": 1}]}
    elif kind == "table":
        inside = {"rows": [[{"components": children}, {"components": []}]]}
    elif kind == "tabs":
        inside = {
            "components": [
                {"label": label, "key": "the", "components": children},
                {"label": "Trống", "components": []},
            ]
        }
    return {**extras, "type": kind, "key": key, "title": label, **inside}


COMPONENT = st.recursive(
    LEAF,
    lambda inner: st.builds(_framed, FRAMES, KEYS, WORDS, st.lists(inner, max_size=3), EXTRAS),
    max_leaves=8,
)
FORMS = st.builds(
    lambda components, extras: form(*components, **extras),
    st.lists(COMPONENT, max_size=4),
    st.dictionaries(
        st.one_of(st.sampled_from(sorted({name for name in FORM if "." not in name})), UNKNOWN),
        SCALARS,
        max_size=3,
    ),
)
QUICK = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@QUICK
@given(FORMS)
def test_every_key_of_a_form_is_accounted_for(data):
    accounted(data, imported(data))


@QUICK
@given(FORMS, st.data())
def test_what_a_form_is_said_to_carry_makes_a_difference(data, draw):
    result = imported(data)
    carried = dict(result.carried)
    places = [path for path, _ in ends(data) if ".".join(map(str, path)) in carried]
    if places:
        felt(data, result, draw.draw(st.sampled_from(places)))


@QUICK
@given(FORMS, UNKNOWN, st.one_of(st.integers(1, 9), WORDS))
def test_a_key_nobody_knows_is_told(data, name, value):
    told = imported({**data, name: value}).findings
    assert [finding for finding in told if finding.path == name and finding.what == "unknown"]


ROW = st.fixed_dictionaries(
    {
        "Tên giấy tờ": st.sampled_from(
            ["Tờ khai", "Lưu ý: đọc kỹ", "Giấy tờ tùy thân (xuất trình)", "- Bản sao <b>bằng</b>", "", "Khác"]
        )
    },
    optional={
        "Bản chính": st.integers(0, 120),
        "Bản sao": st.one_of(st.integers(0, 3), WORDS),
        "Mẫu đơn": WORDS,
        "Số lượng": st.sampled_from(["Bản chính: 1 Bản sao: 0", "2", ""]),
        "Lạ": SCALARS,
    },
)
PAPERS = st.one_of(
    st.lists(ROW, max_size=4),
    st.lists(st.builds(lambda case, row: {"Trường hợp": case, **row}, WORDS, ROW), max_size=4),
    st.lists(st.fixed_dictionaries({"Trường hợp": WORDS, "Giấy tờ": st.lists(ROW, max_size=3)}), max_size=3),
    st.dictionaries(WORDS, st.lists(ROW, max_size=3), max_size=3),
    SCALARS,
)
WAYS = st.one_of(
    SCALARS,
    st.lists(
        st.fixed_dictionaries(
            {"Hình thức nộp": st.sampled_from(["Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính", "Khác", ""])},
            optional={
                "Thời hạn": st.sampled_from(
                    ["02 Giờ", "1 Ngày làm việc", "30 Ngày", "Không quy định", "3 hoặc 5 ngày", ""]
                ),
                "Phí, lệ phí": st.sampled_from(
                    ["Phí : 8.000 Đồng", "Lệ phí: 10000 đồng", "Không", "Theo nghị quyết", ""]
                ),
                "Mô tả": WORDS,
                "Lạ": SCALARS,
            },
        ),
        max_size=4,
    ),
)
RECORDS = st.fixed_dictionaries(
    {"Mã thủ tục": st.sampled_from(["1.001193", "x"]), "Tên thủ tục": WORDS},
    optional={
        "so_quyet_dinh": SCALARS,
        "capThucHien": st.sampled_from(["Cấp Xã", "Cấp Tỉnh; Cấp Xã", "Cấp Bộ"]),
        "Loại thủ tục": SCALARS,
        "Lĩnh vực": SCALARS,
        "Trình tự thực hiện": st.one_of(SCALARS, st.lists(WORDS, max_size=2)),
        "Cách thức thực hiện": WAYS,
        "Thành phần hồ sơ": PAPERS,
        "Đối tượng thực hiện": SCALARS,
        "Cơ quan thực hiện": SCALARS,
        "Cơ quan phối hợp": SCALARS,
        "Địa chỉ tiếp nhận": SCALARS,
        "Kết quả thực hiện": SCALARS,
        "Căn cứ pháp lý": st.lists(
            st.one_of(
                WORDS,
                st.fixed_dictionaries(
                    {"Số ký hiệu": SCALARS, "Trích yếu": SCALARS},
                    optional={"Ngày ban hành": SCALARS, "Lạ": SCALARS},
                ),
            ),
            max_size=2,
        ),
        "Yêu cầu, điều kiện thực hiện": SCALARS,
        "Từ khóa": SCALARS,
        "Lạ": SCALARS,
    },
)


@QUICK
@given(RECORDS)
def test_every_key_of_a_record_is_accounted_for(data):
    accounted(data, imported(data))


@QUICK
@given(RECORDS, st.data())
def test_what_a_record_is_said_to_carry_makes_a_difference(data, draw):
    result = imported(data, "record")
    carried = dict(result.carried)
    places = [path for path, _ in ends(data) if ".".join(map(str, path)) in carried]
    if places:
        felt(data, result, draw.draw(st.sampled_from(places)), "record")


@pytest.mark.parametrize("table", [NO_MEANING, FORM])
def test_what_means_nothing_has_a_reason(table):
    assert all(reason.endswith(".") for reason in table.values())


def test_what_is_told_of_a_property_says_why_and_what_to_do():
    assert all(why.endswith(".") and remedy.endswith(".") for why, remedy in UNSUPPORTED.values())
    assert not set(UNSUPPORTED) & set(keys.NO_MEANING)
