"""What changed between two versions: every kind of change has its type, its place and its sentence."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.diff import compare
from definitions.loader import load
from definitions.shipped import loaded, shipped

CARD = json.loads(
    load(
        (Path(__file__).parents[1] / "admin" / "thu_muc.yaml").read_text(encoding="utf-8"), "the.yaml"
    ).canonical
)


def changed(change):
    after = copy.deepcopy(CARD)
    change(after)
    return compare(CARD, after)


def fields(raw):
    return raw["form"]["pages"][0]["fields"]


def second_page(raw):
    raw["form"]["pages"].append({"id": "them", "title": "Trang thêm", "fields": [fields(raw).pop()]})


@pytest.mark.parametrize(
    ("change", "types", "sentence"),
    [
        (
            lambda raw: raw.update(name="Cấp thẻ"),
            ["procedure_changed"],
            "Tên thủ tục: đổi từ “Cấp thẻ bạn đọc thư viện xã” thành “Cấp thẻ”.",
        ),
        (
            lambda raw: fields(raw).reverse(),
            ["field_moved"],
            "Đổi thứ tự trường “Số điện thoại” (reader_phone): từ vị trí 2 sang vị trí 1.",
        ),
        (
            lambda raw: fields(raw)[0].update(required=False),
            ["field_changed"],
            "Trường “Họ và tên” (reader_name): Bắt buộc: đổi từ có thành không.",
        ),
        (
            lambda raw: fields(raw)[0].pop("max_length"),
            ["field_removed"],
            "Trường “Họ và tên” (reader_name): Số ký tự nhiều nhất: bỏ (trước là 100).",
        ),
        (lambda raw: fields(raw).pop(), ["field_removed"], "Bỏ trường “Số điện thoại” (reader_phone)."),
        (
            second_page,
            ["page_added", "field_moved"],
            "Chuyển trường “Số điện thoại” (reader_phone) từ trang “Bạn đọc” sang trang “Trang thêm”.",
        ),
        (lambda raw: raw.pop("fees"), ["fee_removed"], "Bỏ khoản thu “Phí làm thẻ” (phi_lam_the)."),
        (
            lambda raw: raw["fees"][0].update(amount="30000"),
            ["fee_changed"],
            "Khoản thu “Phí làm thẻ” (phi_lam_the): Số tiền (đồng): đổi từ “20000” thành “30000”.",
        ),
        (
            lambda raw: raw["attachments"].append({"id": "don", "name": "Đơn"}),
            ["paper_added"],
            "Thêm giấy tờ “Đơn” (don).",
        ),
        (
            lambda raw: raw["deadline"][0].update(amount=3),
            ["deadline_changed"],
            "Dòng thời hạn thứ 1 của “Cấp thẻ”: Số lượng: đổi từ 2 thành 3.",
        ),
        (
            lambda raw: raw["deadline"].append({"label": "Khác", "amount": 5, "unit": "day"}),
            ["deadline_added"],
            "Thêm dòng thời hạn thứ 2 của “Khác”.",
        ),
        (
            lambda raw: raw["workflow"]["steps"][0]["actions"][0].update(label="Trả"),
            ["action_changed"],
            "Thao tác “Trả” (giai_quyet.tra_ket_qua): Chữ trên nút: đổi từ “Trả kết quả” thành “Trả”.",
        ),
        (
            lambda raw: raw["cases"][1].update(label="Đọc"),
            ["case_changed"],
            "Trường hợp “Đọc” (doc_tai_cho): Tên trường hợp: đổi từ “Đọc tại chỗ” thành “Đọc”.",
        ),
        (
            lambda raw: raw["information"]["conditions"].append("Có ảnh"),
            ["procedure_changed"],
            "Thông tin công khai – Yêu cầu, điều kiện: đổi từ “Cư trú tại xã” thành “Cư trú tại xã”, “Có ảnh”.",
        ),
        (
            lambda raw: raw["examples"].pop(),
            ["example_removed"],
            "Bỏ ví dụ “Đọc tại chỗ thì không thu phí” (Đọc tại chỗ thì không thu phí).",
        ),
    ],
)
def test_each_change_is_typed_and_told(change, types, sentence):
    found = changed(change)
    assert [each.type for each in found] == types
    assert sentence in [each.sentence for each in found]


def test_a_field_taken_to_another_page_and_changed_there_is_one_field():
    def change(raw):
        second_page(raw)
        raw["form"]["pages"][1]["fields"][0]["label"] = "Điện thoại"

    found = changed(change)
    assert {(each.type, each.key) for each in found if each.part == "field"} == {
        ("field_moved", ""),
        ("field_changed", "label"),
    }


@pytest.mark.parametrize(("name", "text"), shipped())
def test_a_definition_does_not_differ_from_itself(name, text):
    data = json.loads(loaded(text, name).canonical)
    assert compare(data, copy.deepcopy(data)) == ()


PLACES = [
    ("name",),
    ("information", "sets"),
    ("form", "pages", 0, "title"),
    ("form", "pages", 0, "fields", 0, "label"),
    ("cases", 0, "label"),
    ("attachments", 0, "name"),
    ("fees", 0, "label"),
    ("deadline", 0, "label"),
    ("workflow", "steps", 0, "name"),
    ("workflow", "steps", 0, "actions", 1, "label"),
    ("examples", 0, "submitted_at"),
]


@given(st.lists(st.sampled_from(PLACES), unique=True, min_size=1))
def test_as_many_changes_are_told_as_were_made_each_with_its_values(places):
    after = copy.deepcopy(CARD)
    for place in places:
        holder = after
        for key in place[:-1]:
            holder = holder[key]
        holder[place[-1]] = f"mới {place}"
    found = compare(CARD, after)
    assert len(found) == len(places)
    assert {each.after for each in found} == {f"mới {place}" for place in places}
    assert all(each.before != each.after and each.sentence.endswith(".") for each in found)


RULE = {
    "id": "tra_lai",
    "label": "Trả lại nhiều lần",
    "when": "returned >= 2",
    "alert": {"to": "phe_duyet", "message": "Cần chỉ đạo."},
}


def test_event_rules_are_told_by_their_names_and_what_examples_expect_of_them_is_not_taken_for_one():
    before = {**CARD, "events": [RULE]}
    (came,) = compare(CARD, before)
    assert (came.type, came.sentence) == (
        "event_rule_added",
        "Thêm quy tắc sự kiện “Trả lại nhiều lần” (tra_lai).",
    )
    after = {
        **before,
        "events": [{**RULE, "when": "returned >= 3", "alert": {**RULE["alert"], "to": "van_thu"}}],
    }
    assert [change.sentence for change in compare(before, after)] == [
        "Quy tắc sự kiện “Trả lại nhiều lần” (tra_lai): Khi: đổi từ “returned >= 2” thành “returned >= 3”.",
        "Quy tắc sự kiện “Trả lại nhiều lần” (tra_lai): Báo cho – Chức năng được báo: đổi từ “phe_duyet” thành “van_thu”.",
    ]
    (gone,) = compare(before, CARD)
    assert gone.sentence == "Bỏ quy tắc sự kiện “Trả lại nhiều lần” (tra_lai)."
    told = copy.deepcopy(before)
    told["examples"][0]["steps"] = [{"do": "accept", "expect": {"step": "tham_tra"}}]
    expected = copy.deepcopy(told)
    expected["examples"][0]["steps"][0]["expect"]["events"] = ["tra_lai"]
    (change,) = compare(told, expected)
    assert change.type == "step_added"
    assert "Quy tắc sự kiện được thực hiện" in change.sentence
    more = copy.deepcopy(expected)
    more["examples"][0]["steps"][0]["expect"]["events"] = []
    (change,) = compare(expected, more)
    assert change.type == "step_changed"


def test_what_changes_of_a_dossier_that_a_step_opens_is_told_by_its_own_names():
    told = {
        "procedure": "1.000009",
        "answers": {"ten": "reader_name"},
        "papers": {"anh": "anh_the"},
        "on_returned": "xong",
        "on_declined": "xong",
    }
    before, after = copy.deepcopy(CARD), copy.deepcopy(CARD)
    step = before["workflow"]["steps"][0]
    step["child"] = told
    after["workflow"]["steps"][0]["child"] = {
        **told, "answers": {"ten": "reader_phone"}, "papers": {"anh": "chan_dung"}, "on_declined": "khac",
    }  # fmt: skip
    start = f"Bước “{step['name']}” ({step['id']}): Hồ sơ liên thông"
    assert [each.sentence for each in compare(before, after)] == [
        f"{start} – Câu trả lời – “ten”: đổi từ “reader_name” thành “reader_phone”.",
        f"{start} – Giấy tờ chuyển theo – “anh”: đổi từ “anh_the” thành “chan_dung”.",
        f"{start} – Không được giải quyết thì: đổi từ “xong” thành “khac”.",
    ]
