"""The shape of a definition: `language.schema.json`, its errors told in Vietnamese at the right line."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.validators import extend

from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path
from rules.feel.errors import nearest

_KINDS = {
    "string": "chữ",
    "integer": "số nguyên",
    "number": "số",
    "boolean": "true hoặc false",
    "object": "nhóm khóa",
    "array": "danh sách",
    "null": "để trống (null)",
}
_WRITTEN = {
    "array": "Viết danh sách: mỗi phần tử một dòng bắt đầu bằng “- ”, hoặc [phần tử, phần tử].",
    "object": "Viết nhóm khóa: mỗi dòng một “khóa: giá trị”, thụt đầu dòng như nhau.",
    "boolean": "Viết true hoặc false, không có ngoặc kép.",
}


@cache
def schema() -> Mapping[str, Any]:
    """The language's JSON Schema, for editors and for the check below."""
    text = files("definitions").joinpath("language.schema.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = json.loads(text)
    return loaded


@cache
def _referred(reference: str) -> Any:
    found: Any = schema()
    for key in reference.removeprefix("#/").split("/"):
        found = found[key]
    return found


def _ref(validator: Any, reference: str, instance: object, _schema: object) -> Iterator[Any]:
    """`$ref`, which in this schema is always a place in the schema itself: found once, where the library's registry
    takes a third of the whole check by finding it each time.
    """
    yield from validator.descend(instance, _referred(reference))


_Validator: Any = extend(Draft202012Validator, {"$ref": _ref})  # type: ignore[no-untyped-call]  # the library's


@cache
def _target(reference: str) -> Mapping[str, Any]:
    """What a reference within the schema points at."""
    found: Any = schema()
    for name in reference.removeprefix("#/").split("/"):
        found = found[name]
    target: Mapping[str, Any] = found
    return target


@cache
def _validator(part: str) -> Any:
    whole = schema()
    if part == "definition":
        return _Validator(whole)
    found = whole["properties"].get(part) or whole["$defs"][part]
    return _Validator({**found, "$defs": whole["$defs"]})


def check_shape(data: object, report: Report, part: str = "definition", base: Path = ()) -> bool:
    """Whether the data has the language's shape; every error goes to the report.

    `part`: `definition`, or the name of one top-level key whose value `data` is, or of a part of the schema (`block`).
    """
    sound = True
    for error in _validator(part).iter_errors(data):
        sound = False
        for leaf in _leaves(error):
            _tell(leaf, report, (*base, *leaf.absolute_path))
    return sound


def _leaves(error: Any) -> Iterable[Any]:
    """`jsonschema.ValidationError`, whose attributes its own types hold to be possibly unset: hence Any."""
    return [leaf for inner in error.context or () for leaf in _leaves(inner)] or [error]


def _tell(error: Any, report: Report, path: Path) -> None:
    rule = str(error.validator)
    if rule == "additionalProperties":
        _tell_unknown(error, report, path)
    elif rule == "required":
        _tell_missing(error, report, path)
    elif rule == "type":
        _tell_kind(error, report, path)
    else:
        message, remedy = _told(rule, error)
        report.error(path, "S004", f"{_name(path)}: {message}", remedy)


def _tell_unknown(error: Any, report: Report, path: Path) -> None:
    known = error.schema.get("properties", {}) if isinstance(error.schema, Mapping) else {}
    unknown = [key for key in error.instance if key not in known]
    for key in unknown:
        remedy = did_you_mean(str(key), known)
        report.error((*path, key), "S001", f"Không có khóa “{key}” ở đây.", remedy, on_key=True)


def _tell_missing(error: Any, report: Report, path: Path) -> None:
    known = error.schema.get("properties", {}) if isinstance(error.schema, Mapping) else {}
    required = error.validator_value
    # one error a missing key, of which jsonschema names only one in its sentence
    missing = [key for key in required if key not in error.instance and f"'{key}'" in error.message]
    for key in missing:
        title = _title(known.get(key, {}))
        named = f" ({title})" if title else ""
        report.error(path, "S002", f"Thiếu khóa “{key}”{named}.", f"Thêm dòng “{key}: …” vào nhóm này.")


def _tell_kind(error: Any, report: Report, path: Path) -> None:
    wanted = error.validator_value
    kinds = [wanted] if isinstance(wanted, str) else list(wanted)
    expected = " hoặc ".join(_KINDS[kind] for kind in kinds)
    remedy = " Hoặc: ".join(_WRITTEN.get(kind, f"Viết {_KINDS[kind]}.") for kind in kinds)
    if "string" in kinds and _is_number(error.instance):
        remedy = f'Đặt trong ngoặc kép: "{error.instance}".'
    elif "boolean" in kinds and error.instance in ["yes", "no", "có", "không"]:
        remedy = "Viết true hoặc false, không có ngoặc kép."
    report.error(
        path, "S003", f"{_name(path)} phải là {expected}, không phải {_kind_of(error.instance)}.", remedy
    )


def _told(rule: str, error: Any) -> tuple[str, str]:
    limit = error.validator_value
    schema_here = error.schema if isinstance(error.schema, Mapping) else {}
    note = str(schema_here.get("description", ""))
    match rule:
        case "enum":
            choices = [str(choice) for choice in limit]
            meant = nearest(str(error.instance), choices)
            remedy = f"Có phải ông/bà muốn viết “{meant}”? " if meant else ""
            return f"không có giá trị “{error.instance}”.", f"{remedy}Các giá trị: {', '.join(choices)}."
        case "pattern":
            return (
                f"“{error.instance}” viết chưa đúng mẫu.",
                note or "Xem lại cách viết của khóa này trong tài liệu.",
            )
        case "minLength":
            return "không được để trống.", note or "Viết nội dung, hoặc bỏ hẳn khóa này."
        case "maxLength":
            return f"dài quá {limit} ký tự.", "Viết ngắn lại."
        case "minItems":
            return f"cần ít nhất {limit} phần tử.", "Thêm phần tử, hoặc bỏ hẳn khóa này."
        case "maxItems":
            return f"có quá {limit} phần tử.", "Bớt phần tử."
        case "minProperties":
            return f"cần ít nhất {limit} khóa.", note or "Thêm khóa cần thiết."
        case "uniqueItems":
            return "có phần tử lặp lại.", "Giữ mỗi phần tử một lần."
        case "minimum":
            return f"phải từ {limit} trở lên.", f"Đang ghi {error.instance}; ghi một số từ {limit} trở lên."
        case "maximum":
            return f"phải không quá {limit}.", f"Đang ghi {error.instance}; ghi một số không quá {limit}."
        case _:
            return (
                "viết chưa đúng với ngôn ngữ cấu hình.",
                note or "Xem lại cách viết của khóa này trong tài liệu.",
            )


def _name(path: Path) -> str:
    key = next((part for part in reversed(path) if isinstance(part, str)), None)
    if key is None:
        return "Bản cấu hình"
    number = f" thứ {path[-1] + 1}" if path and isinstance(path[-1], int) else ""
    return f"“{key}”{number}"


def _title(part: Any) -> str:
    if not isinstance(part, Mapping):
        return ""
    if "title" in part:
        return str(part["title"])
    reference = str(part.get("$ref", "")).rpartition("/")[2]
    return str(schema()["$defs"].get(reference, {}).get("title", ""))


def _is_number(value: object) -> bool:
    return bool(Draft202012Validator.TYPE_CHECKER.is_type(value, "number"))


def _kind_of(value: object) -> str:
    for kind in ("null", "boolean", "integer", "number", "string", "array", "object"):
        if Draft202012Validator.TYPE_CHECKER.is_type(value, kind):
            return {"null": "để trống", "boolean": "true/false"}.get(kind, _KINDS[kind])
    return "giá trị này"
