"""Groups: fields asked once under one name, as a paper asks for a person or a place."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.answers import RowAction, act, merge
from forms.collect import collect
from forms.cycles import check_cycles
from forms.evaluate import evaluate
from forms.model import Check, Field, Form, Option, Page
from forms.names import feel_names
from forms.prefill import prefill
from forms.types import REGISTRY
from rules.calendar import TZ
from rules.feel import FeelError, T
from rules.feel import compile as feel

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)

HOME = Field(
    "home", "group", "Nơi ở", line=("hamlet", "commune"),
    item=(
        Field("commune", "text", "Xã, phường", required=True, prefill="commune"),
        Field("hamlet", "text", "Thôn, bản"),
    ),
)  # fmt: skip
PERSON = Field(
    "person", "group", "Người yêu cầu",
    item=(
        Field("name", "text", "Họ và tên", required=True, prefill="full_name"),
        Field("nationality", "text", "Quốc tịch", default="Việt Nam"),
        Field("born", "date", "Ngày sinh", max=feel("today()")),
        Field("age", "computed", "Tuổi", compute=feel("2026 - born.year")),
        Field("guardian", "text", "Người giám hộ", visible=feel("age < 18"), required=True),
        HOME,
    ),
)  # fmt: skip


def run(fields, answers, page=None, **scope):
    return evaluate(Form((Page("one", "Một", tuple(fields)),)), answers, scope, NOW, page=page)


def required(field: Field) -> Field:
    return Field(**{name: getattr(field, name) for name in Field.__dataclass_fields__} | {"required": True})


def messages(submission) -> list[tuple[str, str]]:
    return [(error.path, error.message) for error in submission.errors]


def test_parts_are_read_kept_and_computed_with():
    where = Field("where", "computed", "Ở", compute=feel("person.home.commune"))
    answers = {"person": {"name": "Lò Thị Xuân", "born": "2000-01-02", "home": {"commune": " Tô  Hiệu "}}}
    sub = run([where, PERSON], answers)
    assert sub.valid
    assert sub.clean == {
        "where": "Tô Hiệu",
        "person": {
            "name": "Lò Thị Xuân", "nationality": "Việt Nam", "born": "2000-01-02", "age": 26,
            "home": {"commune": "Tô Hiệu"},
        },
    }  # fmt: skip
    assert sub.values["person"]["born"] == date(2000, 1, 2)
    assert "person.home.hamlet" in sub.visible
    assert "person.guardian" not in sub.visible
    assert sub.required == {"person.name", "person.home.commune"}


def test_a_hidden_part_is_absent_and_null_even_if_a_field_of_the_form_has_its_name():
    outer = Field("guardian", "text", "Tên khác")
    told = Field("told", "computed", "Đọc", compute=feel("person.guardian"))
    sub = run([outer, PERSON, told], {"guardian": "ngoài", "person": {"name": "A", "guardian": "trong"}})
    assert sub.values["told"] is None
    assert "guardian" not in sub.clean["person"]


def test_parts_see_their_siblings_before_the_form():
    group = Field(
        "g", "group", "Nhóm",
        item=(Field("a", "text", "A"), Field("copy", "computed", "B", compute=feel("a + b"))),
    )  # fmt: skip
    sub = run(
        [Field("a", "text", "A"), Field("b", "text", "B"), group], {"a": "x", "b": "y", "g": {"a": "z"}}
    )
    assert sub.values["g"]["copy"] == "zy"


def test_an_optional_group_asks_nothing_until_it_is_begun():
    assert messages(run([PERSON], {})) == []
    assert messages(run([PERSON], {"person": {"name": "", "nationality": "Việt Nam"}})) == []
    assert messages(run([PERSON], {"person": {"nationality": "Lào"}})) == [("person.name", "Nhập họ và tên")]
    assert messages(run([PERSON], {"person": {"home": {"hamlet": "Bản Cọ"}}})) == [
        ("person.name", "Nhập họ và tên"),
        ("person.home.commune", "Nhập xã, phường"),
    ]


def test_a_required_group_asks_for_its_required_parts_or_for_itself():
    sub = run([required(PERSON)], {})
    assert messages(sub) == [("person.name", "Nhập họ và tên")]
    assert sub.required == {"person", "person.name"}
    notes = Field("notes", "group", "Ghi chú", required=True, item=(Field("a", "text", "A"),))
    assert messages(run([notes], {})) == [("notes", "Điền ghi chú")]
    assert messages(run([notes], {"notes": {"a": "x"}})) == []


def test_nothing_known_is_null():
    bare = Field("g", "group", "Nhóm", item=(Field("a", "text", "A"),))
    none = Field("none", "computed", "Trống", compute=feel("g = null"))
    sub = run([bare, none], {"g": {"a": " "}})
    assert sub.values["none"] is True
    assert sub.clean == {"none": True}


def test_mistakes_in_parts_hold_up_checks_over_them():
    check = Check(feel("person.born.year > 1990"), "Sinh sau năm 1990")
    group = Field("person", "group", "Người", item=PERSON.item, checks=(check,))
    assert messages(run([group], {"person": {"name": "A", "born": "1980-01-01"}})) == [
        ("person", "Sinh sau năm 1990")
    ]
    assert [path for path, _ in messages(run([group], {"person": {"name": "A", "born": "1980-02-30"}}))] == [
        "person.born"
    ]
    assert messages(run([group], {})) == []


def test_errors_of_one_page_only():
    form = Form((Page("one", "Một", (required(PERSON),)), Page("two", "Hai", (required(HOME),))))
    assert messages(evaluate(form, {}, {}, NOW, page="two")) == [("home.commune", "Nhập xã, phường")]


def test_unreadable_answers_are_told_at_the_group():
    for answer in ("chữ", ["a"], 5, True):
        assert messages(run([HOME], {"home": answer})) == [
            ("home", "Nhập lại phần này: nội dung gửi lên không đọc được")
        ]


def test_collect_reads_parts_by_their_paths():
    posted = {"person.name": ["A"], "person.born.d": ["2"], "person.home.commune": ["Tô Hiệu"]}
    assert collect([PERSON], posted) == {
        "person": {"name": "A", "born": {"d": "2"}, "home": {"commune": "Tô Hiệu"}}
    }
    assert collect([PERSON], {"other": ["x"]}) == {}


def test_merge_keeps_the_parts_the_page_did_not_have():
    stored = {"person": {"name": "A", "guardian": "B", "home": {"hamlet": "Bản Cọ"}}}
    posted = {"person": {"name": "C", "home": {"commune": "Tô Hiệu"}}}
    assert merge([PERSON], stored, posted) == {
        "person": {"name": "C", "guardian": "B", "home": {"hamlet": "Bản Cọ", "commune": "Tô Hiệu"}}
    }
    assert merge([PERSON], {"person": "hỏng"}, posted) == posted


def test_groups_stand_in_the_rows_of_lists():
    rows = Field("people", "list", "Những người", item=(PERSON,), item_label="Người")
    answers = collect([rows], {"people.count": ["2"], "people.1.person.home.hamlet": ["Bản Cọ"]})
    assert answers == {"people": [{}, {"person": {"home": {"hamlet": "Bản Cọ"}}}]}
    sub = run([rows], answers)
    assert [path for path, _ in messages(sub)] == ["people.1.person.name", "people.1.person.home.commune"]
    assert [error.told for error in sub.errors] == [
        "Người 2: Người yêu cầu: Nhập họ và tên",
        "Người 2: Người yêu cầu: Nơi ở: Nhập xã, phường",
    ]
    longer = act([rows], answers, RowAction("people", "add"))
    assert longer["people"][1:] == [{"person": {"home": {"hamlet": "Bản Cọ"}}}, {}]
    assert act([rows], longer, RowAction("people", "remove", 0))["people"] == longer["people"][1:]
    kept = merge([rows], answers, {"people": [{"_row": "1", "person": {"name": "A"}}]})
    assert kept == {"people": [{"person": {"name": "A", "home": {"hamlet": "Bản Cọ"}}}]}


def test_prefill_fills_parts_and_replaces_nothing():
    profile = {"full_name": "Lò Thị Xuân", "commune": "Tô Hiệu"}
    assert prefill([PERSON], {}, profile) == {
        "person": {"name": "Lò Thị Xuân", "home": {"commune": "Tô Hiệu"}}
    }
    typed = {"person": {"name": "", "home": {"commune": "Chiềng An"}}}
    assert prefill([PERSON], typed, profile) == typed
    assert prefill([PERSON], typed, profile, blanks=True)["person"]["name"] == "Lò Thị Xuân"
    assert prefill([PERSON], {}, {}) == {}


PLACE = Field(
    "place", "group", "Địa chỉ", prefill="address", line=("house", "hamlet", "commune", "elsewhere", "province"),
    item=(
        Field("province", "choice", "Tỉnh", default="sl", options=(Option("sl", "tỉnh Sơn La"),)),
        Field("commune", "choice", "Xã", options=(Option("th", "phường Tô Hiệu"), Option("ca", "Chiềng An"))),
        Field("elsewhere", "text", "Xã nơi khác", visible=feel('province != "sl"')),
        Field("hamlet", "text", "Bản"),
        Field("house", "text", "Số nhà"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Phường Tô Hiệu, tỉnh Sơn La", {"province": "sl", "commune": "th"}),
        ("Bản Cọ, Chiềng An, Tỉnh Sơn La", {"province": "sl", "commune": "ca", "hamlet": "Bản Cọ"}),
        (
            "Số 12, ngõ 3, tổ 3,  phường Tô Hiệu,tỉnh Sơn La",
            {"province": "sl", "commune": "th", "hamlet": "tổ 3", "house": "Số 12, ngõ 3"},
        ),
        ("phường Hoàn Kiếm, thành phố Hà Nội", None),
        ("Bản Cọ, xã Chiềng Cọ, tỉnh Sơn La", None),
        ("Sơn La", None),
        ("", None),
    ],
)
def test_an_address_is_read_from_the_line_of_the_profile_or_left_to_the_person(line, parts):
    filled = prefill([PLACE], {}, {"address": line})
    assert filled == ({} if parts is None else {"place": parts})
    if parts:
        assert REGISTRY["group"].display(PLACE, parts).casefold().replace(" ", "") == line.casefold().replace(
            " ", ""
        )


def test_an_address_that_was_begun_is_not_read_from_the_profile():
    line = {"address": "Bản Cọ, Chiềng An, tỉnh Sơn La"}
    begun = {"place": {"hamlet": "Bản Hìn"}}
    assert prefill([PLACE], begun, line) == begun
    emptied = {"place": {"hamlet": ""}}
    assert prefill([PLACE], emptied, line) == emptied
    assert prefill([PLACE], emptied, line, blanks=True)["place"]["hamlet"] == "Bản Cọ"


def test_names_and_types_of_parts():
    names = feel_names([HOME])
    assert names == {"home": T.context({"commune": T.STRING, "hamlet": T.STRING})}
    with pytest.raises(FeelError) as told:
        feel("home.communee", names)
    assert told.value.suggestion == "commune"


def test_circles_are_found_in_and_around_groups():
    inner = Field(
        "g", "group", "Nhóm",
        item=(
            Field("a", "text", "A", visible=feel('b = "x"')),
            Field("b", "text", "B", visible=feel('a = "x"')),
        ),
    )  # fmt: skip
    assert check_cycles([inner]) == (("g.a", "g.b"),)
    around = Field("g", "group", "Nhóm", item=(Field("a", "text", "A", visible=feel('c = "x"')),))
    assert check_cycles([around, Field("c", "text", "C", visible=feel("g != null"))]) == (("g", "c"),)


def test_display_in_a_line_or_by_label():
    kind = REGISTRY["group"]
    assert kind.display(HOME, {"commune": "phường Tô Hiệu", "hamlet": "Bản Cọ"}) == "Bản Cọ, phường Tô Hiệu"
    assert kind.display(PERSON, {"name": "A", "born": "2000-01-02", "home": {"commune": "Tô Hiệu"}}) == (
        "Họ và tên: A; Ngày sinh: 02/01/2000; Nơi ở: Tô Hiệu"
    )
    assert kind.display(PERSON, "hỏng") == ""


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["person", "home", "name", "born", "commune", "d", "people", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(ANYTHING, ANYTHING)
def test_no_answer_raises_and_what_is_kept_reads_the_same_again(person, people):
    fields = [PERSON, Field("people", "list", "Những người", item=(PERSON, HOME))]
    answers = {"person": person, "people": people}
    first = run(fields, answers)
    if first.valid:
        again = run(fields, first.clean)
        assert (again.clean, again.values, again.errors) == (first.clean, first.values, ())
    for known in (answers, first.clean):
        prefill(fields, known, {"full_name": "A"}, blanks=True)
        merge(fields, known, {"person": people, "people": person})
        act(fields, known, RowAction("people", "up", 1))
