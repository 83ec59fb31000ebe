"""Groups in a definition: names, mistakes, nesting."""

import pytest

from definitions.loader import load

COPIES = "        - {id: copies, type: integer, label: Số bản, help: Số bản cần cấp, required: true, min: 1, max: 20}\n"
HOME = """\
        - id: home
          type: group
          label: Nơi ở
          line: [hamlet, commune]
          item:
            - {id: commune, type: text, label: Xã, help: Ghi đủ tên, required: true}
            - {id: hamlet, type: text, label: Bản, help: Nếu có, visible: commune != null}
"""


def problems(small: str, group: str, old: str = "", new: str = "") -> list[tuple[str, str, str]]:
    text = (
        small.replace(COPIES, COPIES + group).replace(old, new)
        if old
        else small.replace(COPIES, COPIES + group)
    )
    return [(p.code, p.message, p.remedy) for p in load(text, "mau.yaml").problems]


def test_a_group_is_a_field_whose_parts_expressions_read(small):
    assert problems(small, HOME, "visible: copies > 5", 'visible: home.commune = "Tô Hiệu"') == []


def test_a_misspelt_part_is_told_with_the_nearest(small):
    found = problems(small, HOME, "visible: copies > 5", 'visible: home.communee = "Tô Hiệu"')
    assert [(code, remedy) for code, _, remedy in found] == [("F003", "Có phải ông/bà muốn viết “commune”?")]


def test_examples_may_speak_of_parts_and_are_told_of_those_that_are_not_there(small):
    answers = "answers: {area: xa, full_name: Lò Văn Ban, copies: 3"
    right = f"{answers}, home: {{commune: Tô Hiệu}}}}\n    expect: {{visible: [home.hamlet], case: xa"
    old = answers + "}\n    expect: {case: xa"
    assert problems(small, HOME, old, right) == []
    wrong = right.replace("commune:", "comune:").replace("home.hamlet", "home.hamlets")
    assert [(code, remedy) for code, _, remedy in problems(small, HOME, old, wrong)] == [
        ("T061", "Có phải ông/bà muốn viết “commune”?"),
        ("T061", "Có phải ông/bà muốn viết “hamlet”?"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "message"),
    [
        ("line: [hamlet, commune]", "line: [hamlet, comune]", "T004", "Nhóm không có trường “comune”."),
        ("id: hamlet, type: text", "id: commune, type: text", "T002", "Mã trường trong nhóm “commune” đã dùng"),
        ("id: hamlet, type: text", "id: function, type: text", "T003", "“function” là từ hoặc hàm"),
        ("type: group", "type: text", "T004", "Khóa “item” không dùng cho trường kiểu text."),
        ("id: hamlet, type: text", "id: hamlet, type: list", "T004", "Danh sách không thể nằm trong nhóm."),
    ],
)  # fmt: skip
def test_what_a_group_cannot_be(small, old, new, code, message):
    found = problems(small, HOME.replace(old, new))
    assert any(at == code and told.startswith(message) for at, told, _ in found), found


def test_groups_nest_two_deep_and_no_deeper(small):
    field = "{id: deep, type: text, label: Sâu, help: Có}"
    for _ in range(2):
        field = f"{{id: deep, type: group, label: Sâu, item: [{field}]}}"
    assert problems(small, f"        - {field}\n") == []
    deeper = f"{{id: deep, type: group, label: Sâu, item: [{field}]}}"
    assert [(code, message) for code, message, _ in problems(small, f"        - {deeper}\n")] == [
        ("T004", "Nhóm chỉ lồng nhau 2 tầng.")
    ]
