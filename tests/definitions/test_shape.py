import pytest
from jsonschema import Draft202012Validator

from definitions.shape import schema
from forms.types import REGISTRY


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"].endswith("2020-12/schema")


def _objects(node, path=()):
    if isinstance(node, dict):
        kinds = node.get("type")
        if "properties" in node or kinds == "object" or (isinstance(kinds, list) and "object" in kinds):
            yield path, node
        for key, value in node.items():
            yield from _objects(value, (*path, key))
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from _objects(value, (*path, at))


def test_no_group_takes_unknown_keys():
    free = {"answers", "values"}  # keyed by field ids, which the linter knows
    for path, node in _objects(dict(schema())):
        if path and (path[-1] in free or path[-1] == "if"):
            continue
        assert "additionalProperties" in node, path
        assert node["additionalProperties"] is not True, path


def test_every_key_is_explained_to_editors():
    for path, node in _objects(dict(schema())):
        for key, part in node.get("properties", {}).items():
            explained = (
                part.get("title")
                or part.get("description")
                or "$ref" in part
                or key in {"level", "area"}
                or "enum" in part
            )
            assert explained, (*path, key)


def test_the_schema_offers_field_types_that_exist():
    assert set(schema()["$defs"]["field"]["properties"]["type"]["examples"]) <= set(REGISTRY)


@pytest.mark.parametrize(
    ("old", "new", "code", "path", "says"),
    [
        ('"9.000001"', "‸9.000001", "S003", "procedure", 'Đặt trong ngoặc kép: "9.000001"'),
        ('"9.000001"', '‸"khai sinh"', "S004", "procedure", "1.001193"),
        ("service_level: 3", "service_level: ‸5", "S004", "service_level", "1, 2, 3, 4"),
        ("offered_by: {level", "offered_by: {‸levle", "S001", "offered_by.levle", "“level”"),
        ('procedure: "9.000001"\nname: Thủ tục mẫu\n', '‸procedure: "9.000001"\n', "S002", "", "name"),
        ("required: true, min: 1", "required: ‸[1], min: 1", "S003", "form.pages.0.fields.1.required", "true hoặc false"),
        ("kind: phi\n", "kind: ‸phii\n", "S004", "fees.0.kind", "“phi”"),
        ("amount: 2000 * copies", "amount: ‸-5", "S004", "fees.0.amount", "-5"),
        ("unit: working_day", "unit: ‸ngay", "S004", "deadline.0.unit", "working_day"),
        ("collect: before_acceptance", "‸colect: before_acceptance", "S001", "fees.0.colect", "“collect”"),
        ("submitted_at: 2026-11-20T09:00", "submitted_at: ‸20/11/2026", "S004", "examples.0.submitted_at", "2026-11-20T14:50"),
        ("workflow: day-du", "workflow: ‸[day-du]", "S003", "workflow", "nhóm khóa"),
        ("workflow: day-du", "workflow: ‸{name: a}", "S002", "workflow", "start"),
        ("from: 2026-01-01", "from: ‸2026-13-01", "S005", "effective.from", "2026-13-01"),
        ("from: 2026-01-01", "from: 2026-03-01, to: ‸2026-01-01", "T086", "effective.to", "thứ tự"),
        ("T09:00\n", "T09:00\n    accepted_at: ‸2026-02-30T10:00\n", "S005", "examples.0.accepted_at", "ngày giờ"),
        ("amount: 5, unit: working_day", "amount: ‸2.5, unit: day", "S005", "deadline.0.amount", "số nguyên"),
        ("amount: 5, unit: working_day", 'amount: 5, unit: working_day, cutoff: ‸"29:00"', "S005", "deadline.0.cutoff", "29:00"),
        ("{amount: 5, unit", "‸{unit", "S002", "deadline.0", "amount"),
        ("type: integer", "type: ‸interger", "S006", "form.pages.0.fields.1.type", "“integer”"),
    ],
)  # fmt: skip
def test_a_wrong_shape_says_where_and_what_to_do(broken, place, old, new, code, path, says):
    problem = next(p for p in broken(old, new) if p.code == code)
    assert (problem.file, problem.path) == ("mau.yaml", path)
    assert (problem.line, problem.column) == place(old, new)
    assert says in problem.message + problem.remedy
    assert problem.remedy
    assert problem.severity == "error"


def test_every_wrong_key_is_told_at_once(broken):
    problems = broken("    label: Phí cấp bản sao\n    kind: phi\n", "    lable: Phí\n    kindd: phi\n")
    assert [p.path for p in problems if p.code == "S001"] == ["fees.0.lable", "fees.0.kindd"]
    assert {p.message for p in problems if p.code == "S002"} == {
        "Thiếu khóa “label” (Tên khoản thu).",
        "Thiếu khóa “kind” (Loại).",
    }


@pytest.mark.parametrize("value", ["yes", "no", "có"])
def test_yes_is_not_a_truth_value(broken, value):
    problems = broken("form_generated: true", f"form_generated: {value}")
    assert any("true hoặc false, không có ngoặc kép" in p.remedy for p in problems)
