"""The full check of a submission of sixty fields, each told to the peers in their own language.

Every side is handed the same submissions and must call the same ones right and wrong before it is timed on the first,
which is right. What the peers do not do is told in the note: ours also knows papers, fees and the due date.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from definitions.assess import assess
from rules.calendar import TZ
from scripts.bench import sixty
from scripts.bench.duel import Peer, Ready, Work, loop, python_peer
from scripts.bench.node_side import node_peer

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=TZ)
NUMBERS = range(1, sixty.BLOCKS + 1)
AGENCY = {"id": "xa-thu", "name": "UBND xã thử", "level": "xa", "area": "", "identifier": "000.00.14.H52"}
APPLICANT = {"kind": "person", "name": "Lò Thị Lan"}

Told = dict[str, object]


def submissions() -> list[Told]:
    """In typed values: the first is right; then one mistake each, the last none (what is hidden is not asked)."""
    right: Told = {}
    for n in NUMBERS:
        right |= {f"ten_{n}": f"Lò Thị Xuân {n}", f"so_{n}": 7, f"ngay_{n}": "2024-03-12"}
        right |= {f"loai_{n}": "cu" if n % 2 else "moi"}
        if n % 2:
            right[f"tien_{n}"] = 150_000
    return [
        right,
        _without(right, "ten_1"),
        right | {"so_2": 51},
        _without(right, "ngay_3"),
        _without(right, "loai_4"),
        right | {"tien_5": 500},
        right | {"ten_6": "x" * 101},
        _without(right, "tien_7"),
        _without(right, "loai_8") | {"so_8": 2},
    ]


def _without(told: Told, name: str) -> Told:
    return {key: value for key, value in told.items() if key != name}


def work() -> Work:
    made = sixty.definition()
    posted = [{key: str(value) for key, value in told.items()} for told in submissions()]

    def judge(told: Mapping[str, object]) -> bool:
        found = assess(made, told, now=NOW, channel="online", agency=AGENCY, applicant=APPLICANT)
        return found.submission.valid

    return Work(
        "kiểm tra toàn bộ một bộ hồ sơ 60 ô",
        "Của chúng tôi: chữ đã gửi lên được đọc thành giá trị, kiểm tra kiểu, ẩn hiện, bắt buộc, điều kiện, rồi tính giấy "
        "tờ, phí và thời hạn. @formio/core, survey-core: kiểu, ẩn hiện, bắt buộc. Các thư viện JSON Schema: giá trị đã có "
        "kiểu, bắt buộc có điều kiện; không ẩn hiện, không tính gì.",
        Ready(loop(lambda: judge(posted[0])), [judge(told) for told in posted]),
        [
            Peer("@formio/core", lambda: node_peer("formio", "@formio/core", _formio())),
            Peer("survey-core", lambda: node_peer("survey", "survey-core", _survey())),
            Peer("jsonschema", _jsonschema),
            Peer("fastjsonschema", _fastjsonschema),
            Peer("jsonschema-rs", _jsonschema_rs),
        ],
    )


def _formio() -> Mapping[str, object]:
    components: list[object] = []
    for n in NUMBERS:
        needed = f"valid = data.so_{n} > 2 && !input ? 'cần chọn' : true;"
        components += [
            _component("textfield", f"ten_{n}", {"required": True, "maxLength": 100}),
            _component("number", f"so_{n}", {"required": True, "min": 1, "max": 50}),
            _component("textfield", f"ngay_{n}", {"required": True, "pattern": r"\d{4}-\d{2}-\d{2}"}),
            _component("textfield", f"loai_{n}", {"pattern": "moi|cu", "custom": needed}),
            _component("number", f"tien_{n}", {"required": True, "min": 1000})
            | {"conditional": {"show": True, "when": f"loai_{n}", "eq": "cu"}},
        ]
    return {"components": components, "submissions": submissions()}


def _component(kind: str, key: str, validate: Mapping[str, object]) -> dict[str, object]:
    return {"type": kind, "key": key, "label": key, "input": True, "validate": validate}


def _survey() -> Mapping[str, object]:
    return {"model": survey_model(), "submissions": submissions()}


def survey_model() -> Mapping[str, object]:
    """The sixty questions in survey-core's language."""
    elements: list[object] = []
    for n in NUMBERS:
        elements += [
            {"type": "text", "name": f"ten_{n}", "isRequired": True, "validators": [{"type": "text", "maxLength": 100}]},
            {"type": "text", "inputType": "number", "name": f"so_{n}", "isRequired": True, "min": 1, "max": 50},
            {"type": "text", "inputType": "date", "name": f"ngay_{n}", "isRequired": True},
            {"type": "dropdown", "name": f"loai_{n}", "choices": ["moi", "cu"], "requiredIf": f"{{so_{n}}} > 2"},
            {
                "type": "text",
                "inputType": "number",
                "name": f"tien_{n}",
                "isRequired": True,
                "min": 1000,
                "visibleIf": f"{{loai_{n}}} = 'cu'",
            },
        ]  # fmt: skip
    return {"elements": elements}


def schema() -> dict[str, object]:
    """The same as JSON Schema (draft 7)."""
    properties: dict[str, object] = {}
    rules: list[object] = []
    for n in NUMBERS:
        properties |= {
            f"ten_{n}": {"type": "string", "minLength": 1, "maxLength": 100},
            f"so_{n}": {"type": "integer", "minimum": 1, "maximum": 50},
            f"ngay_{n}": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
            f"loai_{n}": {"enum": ["moi", "cu"]},
            f"tien_{n}": {"type": "integer", "minimum": 1000},
        }
        rules += [
            _if(f"so_{n}", {"exclusiveMinimum": 2}, f"loai_{n}"),
            _if(f"loai_{n}", {"const": "cu"}, f"tien_{n}"),
        ]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": properties,
        "required": [f"{name}_{n}" for n in NUMBERS for name in ("ten", "so", "ngay")],
        "allOf": rules,
    }


def _if(name: str, holds: Mapping[str, object], needs: str) -> Mapping[str, object]:
    return {"if": {"properties": {name: holds}, "required": [name]}, "then": {"required": [needs]}}


def _jsonschema() -> Ready:
    from jsonschema import Draft7Validator

    return _by_schema("jsonschema", Draft7Validator(schema()).is_valid)


def _fastjsonschema() -> Ready:
    import fastjsonschema

    validate = fastjsonschema.compile(schema())

    def valid(told: object) -> bool:
        try:
            validate(told)
        except fastjsonschema.JsonSchemaValueException:
            return False
        return True

    return _by_schema("fastjsonschema", valid)


def _jsonschema_rs() -> Ready:
    import jsonschema_rs

    return _by_schema("jsonschema-rs", jsonschema_rs.Draft7Validator(schema()).is_valid)


def _by_schema(package: str, valid: Callable[[object], bool]) -> Ready:
    told = submissions()
    return python_peer(package, lambda: valid(told[0]), [valid(each) for each in told])
