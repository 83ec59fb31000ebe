import pytest

from rules.events import EventRulesError, read

FIELDS = {"so": "number", "ten": "string", "co": "boolean", "ngay": "date"}


def problems(*conditions, fields=FIELDS):
    with pytest.raises(EventRulesError) as caught:
        read(
            {"fields": fields, "rules": [{"id": f"r{i}", "when": when} for i, when in enumerate(conditions)]}
        )
    return [(problem.path, problem.message) for problem in caught.value.problems]


def ask(field="so", op="=", value=1):
    return {"field": field, "op": op, "value": value}


def nested(depth):
    return ask() if depth == 1 else {"not": nested(depth - 1)}


@pytest.mark.parametrize(
    ("when", "path", "message"),
    [
        (5, "", "Cần một điều kiện"),
        ({"and": []}, ".and", "ít nhất một"),
        ({"or": "x"}, ".or", "ít nhất một"),
        ({"and": [ask(), ask("sô")]}, ".and[1].field", "Không có trường “sô”"),
        ({"not": {"or": [ask(op="matches")]}}, ".not.or[0].op", "phải là một trong"),
        ({**ask(), "and": []}, "", "đúng các khóa"),
        ({"field": "so", "op": "="}, "", "đúng các khóa"),
        ({"field": "so", "op": "is null", "value": 1}, "", "đúng các khóa"),
        (ask("ten", "<", "a"), ".op", "chỉ dùng cho số và ngày"),
        (ask("co", ">=", True), ".op", "chỉ dùng cho số và ngày"),
        (ask(value="7"), ".value", "không phải là số nguyên"),
        (ask(value=True), ".value", "không phải là số nguyên"),
        (ask(value=1.5), ".value", "không phải là số nguyên"),
        (ask(value=2**53), ".value", "không phải là số nguyên"),
        (ask(value=None), ".value", "không phải là số nguyên"),
        (ask("ten", value="x" * 501), ".value", "không phải là chuỗi ký tự"),
        (ask("co", value=1), ".value", "không phải là đúng/sai"),
        (ask("ngay", value="30/2/2026"), ".value", "không phải là ngày"),
        (ask(op="in", value=5), ".value", "danh sách từ 1 đến 40"),
        (ask(op="in", value=[]), ".value", "danh sách từ 1 đến 40"),
        (ask(op="in", value=list(range(41))), ".value", "danh sách từ 1 đến 40"),
        (ask(op="in", value=[1, "2"]), ".value", "không phải là số nguyên"),
        (nested(9), ".not" * 8, "quá 8 tầng"),
        ({"and": [ask()] * 401}, ".and", "tối đa 400"),
        ({"or": [ask(value=i) for i in range(57)]}, "", "quá 56 cách"),
        ({"and": [{"or": [ask(value=2 * i), ask(value=2 * i + 1)]} for i in range(6)]}, "", "có 64 cách"),
        (
            {"and": [{"not": ask(op="in", value=list(range(i, i + 2)))} for i in range(40)]},
            "",
            "có 1099511627776 cách",
        ),
    ],
)
def test_whatever_is_not_of_the_language_is_refused_with_its_place(when, path, message):
    ((where, said), *_) = problems(ask(value=3), when)
    assert where == f"rules[1].when{path}"
    assert message in said


def test_depth_eight_is_allowed():
    assert read({"fields": FIELDS, "rules": [{"id": "a", "when": nested(8)}]})


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"fields": FIELDS}, "rules"),
        ({"fields": FIELDS, "rules": []}, "rules"),
        ({"fields": FIELDS, "rules": "x"}, "rules"),
        ({"fields": FIELDS, "rules": [{"id": "a", "when": ask()}] * 201}, "rules"),
        (
            {"fields": FIELDS, "rules": [{"id": "a", "when": ask()}, {"id": "a", "when": ask()}]},
            "rules[1].id",
        ),
        ({"fields": FIELDS, "rules": [{"id": "", "when": ask()}]}, "rules[0].id"),
        ({"fields": FIELDS, "rules": [{"id": "a"}]}, "rules[0]"),
        ({"fields": FIELDS, "rules": [{"id": "a", "when": ask(), "then": "xóa"}]}, "rules[0]"),
        ({"rules": [{"id": "a", "when": ask()}]}, "fields"),
        ({"fields": {}, "rules": [{"id": "a", "when": ask()}]}, "fields"),
        (
            {"fields": {f"f{i}": "number" for i in range(101)}, "rules": [{"id": "a", "when": ask("f1")}]},
            "fields",
        ),
        ({"fields": {**FIELDS, "x": "float"}, "rules": [{"id": "a", "when": ask()}]}, "fields.x"),
        ({"fields": {**FIELDS, 5: "number"}, "rules": [{"id": "a", "when": ask()}]}, "fields"),
    ],
)
def test_a_set_of_the_wrong_shape_is_refused(data, path):
    with pytest.raises(EventRulesError) as caught:
        read(data)
    assert caught.value.problems[0].path == path


def test_one_field_is_compared_so_often_and_no_more():
    assert any(
        "“so” được so sánh 49 lần" in message for _, message in problems(*(ask(value=i) for i in range(49)))
    )


def test_a_set_compares_so_often_and_no_more():
    fields = {f"f{i}": "number" for i in range(10)}
    conditions = [ask(f"f{i}", "in", list(range(40))) for i in range(10)]
    assert read(
        {"fields": fields, "rules": [{"id": f"r{i}", "when": when} for i, when in enumerate(conditions)]}
    )
    assert problems(*conditions, ask("f1"), fields=fields) == [("rules", "Có 401 phép so sánh, tối đa 400.")]


def test_every_rule_says_what_is_wrong_with_it():
    assert [path for path, _ in problems(ask("a"), ask(), ask("b"))] == [
        "rules[0].when.field",
        "rules[2].when.field",
    ]


def test_the_key_is_that_of_the_content():
    def key(when, **fields):
        return read({"fields": {**FIELDS, **fields}, "rules": [{"id": "a", "when": when}]}).key

    assert key(ask()) == key(dict(reversed(ask().items())))
    assert (
        len(
            {
                key(ask()),
                key(ask(value=2)),
                key(ask(op="!=")),
                key({"not": ask()}),
                key({"and": [ask()]}),
                key({"or": [ask()]}),
                key(ask(), them="date"),
            }
        )
        == 7
    )
