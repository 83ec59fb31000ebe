"""Ids in the builder: where an element is used, renamed with all that speak of it, removed only when that was agreed to."""

import re

FIELD = "form.pages.thuong_nhan.fields.business_name"


def test_an_element_tells_where_it_is_used(desk):
    page = desk().open(FIELD)
    told = page[page.index("Nơi dùng") :]
    assert "Ví dụ" in told
    assert "o=documents." in told
    assert re.search(r"Mã <code>business_name</code> · dùng ở \d+ chỗ", page)
    assert "chưa chỗ nào dùng" in desk(fresh=False).open("form.pages.thuong_nhan")


def test_renaming_asks_then_follows_everywhere_and_is_one_change(desk):
    one = desk()
    before = one.text
    one.open(FIELD)
    form = one.forms[f"b-rename-{FIELD}"]
    asked = one.post(form, ma="ten_thuong_nhan")
    assert one.text == before
    assert "Đổi mã “business_name” thành “ten_thuong_nhan”" in asked.text
    assert "o=documents." in asked.text
    agree = one.read(asked)["b-agree"]
    done = one.post(agree)
    assert "Đổi mã “Tên thương nhân” thành ten_thuong_nhan" in done.text
    assert one.text == before.replace("business_name", "ten_thuong_nhan")
    assert 'id="b-rename-form.pages.thuong_nhan.fields.ten_thuong_nhan"' in done.text
    assert "Không có lỗi" in done.text or "chỗ cần xem" in done.text
    undo = {"": [f"{one.here}/hoan-tac"], **{k: v for k, v in one.read(done)["b-undo"].items() if k}}
    one.post(undo)
    assert one.text == before


def test_an_action_of_two_steps_is_followed_by_what_the_examples_did(desk):
    one = desk()
    one.open("workflow")
    form = {"": [f"{one.here}/buoc"], **{name: value for name, value in one.some.items() if name}}
    one.post(form, viec="rieng")
    steps = one.value("workflow.steps")
    step, action = next(
        (step["id"], action["id"])
        for step in steps
        for action in step["actions"]
        if any(
            each["do"] == action["id"]
            for example in one.value("examples")
            for each in example.get("steps", ())
        )
    )
    place = f"workflow.steps.{step}.actions.{action}"
    one.open(place)
    asked = one.post(one.forms[f"b-rename-{place}"], ma="viec_khac")
    assert "Chưa biết chắc" not in asked.text
    one.post(one.read(asked)["b-agree"])
    acts = [each["do"] for example in one.value("examples") for each in example.get("steps", ())]
    assert "viec_khac" in acts
    assert "ví dụ đều đạt" in one.visitor.client.get(f"{one.here}/vi-du").text


def test_a_name_that_cannot_be_is_refused_with_what_to_do(desk):
    one = desk()
    before = one.text
    for new, why in (
        ("Tên có dấu", "viết chưa đúng"),
        ("tax_number", "đã có một mục cùng loại"),
        ("case", "từ có sẵn"),
    ):
        one.open(FIELD)
        refused = one.post(one.forms[f"b-rename-{FIELD}"], ma=new)
        assert refused.status_code == 422
        assert why in refused.text
        assert f'value="{new}"' in refused.text
    assert one.text == before


def test_what_others_use_goes_only_when_agreed_to(desk):
    one = desk()
    before = one.text
    one.open(FIELD)
    asked = one.reshape("xoa", muc=FIELD)
    assert one.text == before
    assert "chỗ đang dùng" in asked.text
    assert "o=documents." in asked.text
    one.post(one.read(asked)["b-agree"], viec="xoa")
    ids = [field["id"] for field in one.value("form.pages.thuong_nhan.fields")]
    assert "business_name" not in ids


def test_the_id_is_no_control_that_is_saved_with_the_others(desk):
    one = desk()
    one.open(FIELD)
    assert "id" not in one.forms[f"b-form-{FIELD}"]
    one.save(id="khac")
    assert one.value(FIELD)["id"] == "business_name"
