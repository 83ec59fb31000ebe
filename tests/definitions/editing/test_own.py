"""Nothing of a definition needs YAML: what refers to something is chosen, what may be short stays short, answers are
filled in by the form's own questions.
"""

from decimal import Decimal

import pytest

from definitions.editing import EditError, applied, edited_all
from definitions.editing.collecting import EMPTY, NAME, collect
from definitions.editing.controls import controls, part_at
from definitions.editing.offers import offers
from definitions.editing.own import own
from definitions.editing.plain import closed, opened
from definitions.editing.reshaping import added, removed, turned
from definitions.reading import read
from definitions.shipped import shipped

DEFINITIONS = {name: text for name, text in shipped()}
TEXT = DEFINITIONS["2.000181.yaml"]


@pytest.fixture(scope="module")
def whole():
    return read(TEXT).data


def yaml_in(part, value, path=()):
    """Places at and below one that would be typed as YAML."""
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from yaml_in(part.child(number), each, (*path, number))
        return
    for shown in walk(controls(part, opened(part, value))):
        if shown.kind == "yaml":
            yield (*path, shown.name)
        elif shown.kind == "parts" and shown.there:
            yield from yaml_in(shown.part, shown.value, (*path, shown.name))


def walk(shown):
    for each in shown:
        yield each
        yield from walk(each.inner)
        for row in each.rows:
            yield from walk(row)


@pytest.mark.parametrize("name", DEFINITIONS)
def test_d9_3b_nothing_of_a_shipped_definition_is_typed_as_yaml(name):
    data = read(DEFINITIONS[name]).data
    assert list(yaml_in(own(data), data)) == []


def test_what_refers_to_something_is_a_choice_of_what_there_is(whole):
    top = own(whole)
    document = {one.key: one for one in controls(part_at(("documents", 0), top), {})}
    assert document["at"].kind == "choices"
    assert ("tham_dinh", "Chuyên viên thẩm định hồ sơ") in document["at"].options
    expect = {one.key: one for one in controls(part_at(("examples", 0, "expect"), top), {})}
    assert [one.title for one in expect["fees"].inner] == ["Phí thẩm định cấp giấy phép"]
    assert expect["copies"].listed
    assert dict(expect["case"].options)
    gone = controls(part_at(("documents", 0), top), {"at": ["tham_dinh", "khong_con"]})
    assert ("khong_con", "Khong_con") in next(one for one in gone if one.key == "at").options
    found = collect(gone, {"at": ["", "khong_con", "phe_duyet"]}, {"at": ["tham_dinh", "khong_con"]})
    assert found.value["at"] == ["khong_con", "phe_duyet"]


def test_what_may_be_short_stays_short_until_it_has_more():
    part = part_at(("documents", 0, "body", 0))
    shown = controls(part, opened(part, "Một đoạn."))

    def saved(**typed):
        return closed(
            part, "Một đoạn.", collect(shown, {k: [v] for k, v in typed.items()}, {"text": "Một đoạn."}).value
        )

    assert saved(text="Một đoạn.") == "Một đoạn."
    assert saved(text="Đoạn khác.") == "Đoạn khác."
    assert saved(when="a = 1") == {"text": "Một đoạn.", "when": "a = 1"}
    assert saved(text="", centre="QUYẾT ĐỊNH") == {"centre": "QUYẾT ĐỊNH"}
    assert closed(part, {"text": "Viết dài."}, {"text": "Viết dài."}) == {"text": "Viết dài."}


def test_names_that_an_author_gives_are_rows():
    part = part_at(("information",))
    before = {"responsibilities": {"Người dân": "Khai đúng.", "Cơ quan": "Trả đúng hẹn."}}
    shown = controls(part, before)

    def saved(**typed):
        return collect(
            shown,
            {k.replace("_", "responsibilities.").replace("T", NAME): [v] for k, v in typed.items()},
            before,
        )

    assert saved().value == before
    assert list(saved(_0T="Tổ chức", _2T="Bưu chính", _2="Chuyển hồ sơ.").value["responsibilities"]) == [
        "Tổ chức",
        "Cơ quan",
        "Bưu chính",
    ]
    assert saved(_1T="").value == {"responsibilities": {"Người dân": "Khai đúng."}}
    twice = saved(_1T="Người dân")
    assert "tên khác" in twice.errors[f"responsibilities.1{NAME}"]
    assert twice.value == before
    nameless = saved(_2="Chưa có tên")
    assert f"responsibilities.2{NAME}" in nameless.errors
    assert nameless.value == before


def test_that_nothing_is_expected_is_said_apart_from_expecting_nothing_of_it(whole):
    part = part_at(("examples", 0, "expect"), own(whole))
    shown = controls(part, {"papers": [], "due": None})
    kept = {"papers" + EMPTY: ["", "1"], "due" + EMPTY: ["", "1"]}
    assert collect(shown, kept, {}).value == {"papers": [], "due": None}
    assert collect(shown, {"papers" + EMPTY: [""], "due" + EMPTY: [""]}, {}).value == {}
    fresh = controls(part, {})
    assert collect(fresh, {"fees" + EMPTY: ["", "1"], "case" + EMPTY: ["", "1"]}, {}).value == {
        "case": None,
        "fees": {},
    }


def test_answers_are_filled_in_by_their_questions(whole):
    part = part_at(("examples", 0, "answers"), own(whole))
    shown = {one.key: one for one in controls(part, {})}
    assert shown["business_name"].title == "Tên thương nhân"
    assert shown["applicant_kind"].kind == "choice"
    assert shown["representative"].kind == "group"
    assert shown["shops"].kind == "table"
    typed = {
        "applicant_kind": ["doanh_nghiep"],
        "business_phone": ["0912345678"],
        "registration_date": ["12/03/2024"],
        "representative.citizen_number": ["014187001234"],
        "shops.0.shop_name": ["Tạp hóa"],
        "shops.0.shop_area": ["12,5"],
    }
    value = collect(tuple(shown.values()), typed, {}).value
    assert value["business_phone"] == "0912345678"
    assert value["representative"] == {"citizen_number": "014187001234"}
    assert value["shops"] == [{"shop_name": "Tạp hóa", "shop_area": Decimal("12.5")}]
    assert value["registration_date"] == "2024-03-12"


def test_a_definition_with_errors_keeps_its_controls():
    broken = {
        "form": {
            "pages": [
                {"title": "Trang", "fields": [{"id": "a", "type": "person"}, 7, {"type": "text"}]},
                None,
            ]
        }
    }
    (one,) = controls(part_at(("examples", 0, "answers"), own(broken)), {})
    assert one.kind in {"group", "parts"}
    for data in (None, [], {"form": None, "workflow": {"steps": {}}, "fees": {"a": 1}, "examples": 3}):
        assert controls(part_at(("examples", 0, "expect"), own(data)), {})


def test_cells_of_a_row_keep_their_kind():
    part = part_at(("fees", 0, "amount", "rows", 0))
    before = {"when": ['"xa"', 5, True], "amount": 1000}
    shown = controls(part, before)
    found = collect(shown, {"when": ['"xa"\r\n7\r\ntrue\r\n-']}, before)
    assert found.value["when"] == ['"xa"', 7, True, "-"]


def test_what_texts_may_name_is_offered_by_page(whole):
    groups = {group.title: {one.name: one for one in group.offers} for group in offers(whole, "slots")}
    fields = {name: one for group in groups.values() for name, one in group.items()}
    assert fields["business_phone"].label == "Điện thoại"
    assert (
        fields["representative.full_name"].label
        == "Người đại diện theo pháp luật hoặc chủ hộ: Họ, chữ đệm, tên"
    )
    assert "shops" not in fields
    assert "dossier.code" in groups["Hồ sơ"]
    assert groups["Hồ sơ"]["dossier.due"].written("long") == "{{ dossier.due | long }}"
    names = {one.name for group in offers(whole, "names") for one in group.offers}
    assert "shops" in names
    assert "dossier.code" not in names


def test_blocks_and_steps_are_added_as_what_they_are(whole):
    body = f"documents.{whole['documents'][0]['id']}.body"

    def last(into, label, **given):
        edits, _ = added(whole, into, label, **given)
        after = whole
        for edit in edits:
            after = applied(after, edit)
        assert edited_all(TEXT, edits)
        return edits[-1].value

    assert last(body, "Chữ của đoạn") == "Chữ của đoạn"
    assert last(body, "QUYẾT ĐỊNH:", begins="centre") == {"centre": "QUYẾT ĐỊNH:"}
    assert last(body, "", begins="table") == {"table": "shops"}
    assert last("examples.0.steps", "wait") == {"do": "wait"}


def test_a_place_is_begun_in_another_shape(whole):
    fee = f"fees.{whole['fees'][0]['id']}"
    (edit,) = turned(whole, f"{fee}.amount", "number")
    assert edit.value == 0
    with pytest.raises(EditError):
        turned(whole, f"{fee}.label", "object")


def test_named_elements_come_and_go(whole):
    edits, name = added(whole, "vocabularies", "Loại thuốc lá")
    after = whole
    for edit in edits:
        after = applied(after, edit)
    assert name == "loai-thuoc-la"
    assert after["vocabularies"][name]["label"] == "Loại thuốc lá"
    with pytest.raises(EditError):
        added(after, "vocabularies", "loai-thuoc-la")
    for edit in removed(after, f"vocabularies.{name}"):
        after = applied(after, edit)
    assert "vocabularies" not in after
