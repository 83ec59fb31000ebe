"""Limits, patterns, masks and first values of a component → keys of its field."""

import re
from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any, Final

from definitions.importing.formio.component import Component
from definitions.importing.formio.scope import BOOLEANS, NUMBERS
from definitions.importing.source import says_nothing
from definitions.importing.texts import LINE, number
from rules.feel import FeelError, T
from rules.feel import compile as compile_feel
from rules.feel.text import quoted

_TEXTS: Final = frozenset({"text", "textarea"})
_MASK: Final = {"9": "[0-9]", "a": "[A-Za-z]", "*": "[A-Za-z0-9]"}
_MASK_PLAIN: Final = frozenset(" -/,:_")
_FILES: Final[Mapping[str, str]] = {
    "pdf": "pdf",
    "application/pdf": "pdf",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "image/jpeg": "jpeg",
    "png": "png",
    "image/png": "png",
}


def carry_bounds(component: Component, field: dict[str, Any]) -> None:
    kind = field["type"]
    if component.get("validate", "required") is True:
        field["required"] = True
        component.carried(("validate", "required"), field, "required")
    if kind in NUMBERS:
        for key in ("min", "max"):
            _number(component, ("validate", key), field, key)
        if component.get("validate", "integer") is True:
            component.carried(("validate", "integer"), field, "type")
    elif kind in _TEXTS:
        _lengths(component, field)
        _pattern(component, field)
        _mask(component, field)
    elif kind in {"date", "month"}:
        for key, places in (
            ("min", (("datePicker", "minDate"), ("widget", "minDate"), ("minDate",))),
            ("max", (("datePicker", "maxDate"), ("widget", "maxDate"), ("maxDate",))),
        ):
            for place in places:
                _day(component, place, field, key)
    elif kind == "multi_choice":
        _number(component, ("validate", "minSelectedCount"), field, "min")
        _number(component, ("validate", "maxSelectedCount"), field, "max")
    elif kind == "list":
        _number(component, ("validate", "minLength"), field, "min")
        _number(component, ("validate", "maxLength"), field, "max")
    elif kind == "file":
        _files(component, field)


def carry_default(component: Component, field: dict[str, Any], options: Mapping[str, str]) -> None:
    """The first value, where the field's type has one."""
    value, kind = component.get("defaultValue"), field["type"]
    made: object = None
    if says_nothing(value):
        return
    if kind in BOOLEANS and isinstance(value, bool):
        made = value if kind == "yes_no" and value else None
    elif kind in NUMBERS:
        made = number(value)
    elif kind == "choice" and not isinstance(value, dict | list):
        made = options.get(str(value).lower() if isinstance(value, bool) else str(value))
    elif kind == "multi_choice" and isinstance(value, dict):
        ticked = [name for name, on in value.items() if on is True]
        if not ticked:
            component.meaningless("defaultValue", "Không đánh dấu sẵn ô nào.")
            return
        if all(name in options for name in ticked):
            made = [options[name] for name in ticked]
    elif kind == "date" and isinstance(value, str):
        made = _iso(value)
    elif kind in {*_TEXTS, "email", "phone", "time"} and isinstance(value, str) and len(value) <= LINE:
        made = value
    if made is not None:
        field["default"] = made
        component.carried("defaultValue", field, "default", whole=True)


def _number(component: Component, where: tuple[str, ...], field: dict[str, Any], key: str) -> None:
    made = number(component.get(*where))
    if made is None or (field["type"] not in NUMBERS and made < 0):
        return
    field[key] = made
    component.carried(where, field, key)


def _lengths(component: Component, field: dict[str, Any]) -> None:
    longest = number(component.get("validate", "maxLength"))
    if isinstance(longest, int) and 1 <= longest <= 20_000:
        field["max_length"] = longest
        component.carried(("validate", "maxLength"), field, "max_length")
    shortest = number(component.get("validate", "minLength"))
    if isinstance(shortest, int) and shortest > 0:
        _check(
            component,
            field,
            ("validate", "minLength"),
            f"string length({field['id']}) >= {shortest}",
            f"Ghi ít nhất {shortest} ký tự",
        )
    elif shortest == 0:
        component.meaningless(("validate", "minLength"), "Ít nhất 0 ký tự: không giới hạn gì.")


def _pattern(component: Component, field: dict[str, Any]) -> None:
    pattern = component.text("validate", "pattern")
    if not pattern:
        return
    message = component.text("validate", "customMessage")
    asked = message[:LINE] or "Ghi đúng theo mẫu: xem lại cách ghi trong hướng dẫn"
    made = _check(
        component,
        field,
        ("validate", "pattern"),
        f"matches({field['id']}, {quoted(f'^({pattern})$')})",
        asked,
    )
    if made is not None and message and len(message) <= LINE:
        component.carried(("validate", "customMessage"), made, "message")


def _mask(component: Component, field: dict[str, Any]) -> None:
    mask = component.text("inputMask")
    if not mask or not all(letter in _MASK or letter in _MASK_PLAIN or letter in "()." for letter in mask):
        return
    parts = [_repeated(letter, len(list(run))) for letter, run in groupby(mask)]
    rule = f"matches({field['id']}, {quoted('^' + ''.join(parts) + '$')})"
    _check(
        component,
        field,
        ("inputMask",),
        rule,
        f"Ghi đúng theo khuôn {mask} (9 là một chữ số, a là một chữ cái)",
    )


def _repeated(letter: str, times: int) -> str:
    one = _MASK.get(letter) or (f"[{letter}]" if letter in "()." else letter)
    return one if times == 1 else f"{one}{{{times}}}"


def _check(
    component: Component, field: dict[str, Any], where: tuple[str, ...], rule: str, message: str
) -> dict[str, Any] | None:
    """Added where FEEL can read it. An empty answer is not wrong: whether it may be empty is `required`."""
    whole = f"{field['id']} = null or {rule}"
    try:
        compile_feel(whole, {field["id"]: T.STRING})
    except FeelError:
        return None
    made = {"rule": whole, "message": message}
    field.setdefault("checks", []).append(made)
    component.carried(where, made, "rule")
    return made


def _day(component: Component, where: tuple[str, ...], field: dict[str, Any], key: str) -> None:
    value = component.get(*where)
    made = _iso(value) if isinstance(value, str) else None
    if value == "moment()":
        made = "today()"
    if made is not None and key not in field:
        field[key] = made
        component.carried(where, field, key)


def _iso(text: str) -> str | None:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return None


def _files(component: Component, field: dict[str, Any]) -> None:
    if component.get("multiple") is True:
        field["max"] = 10
        component.carried("multiple", field, "max")
    pattern = component.text("filePattern")
    if pattern and pattern != "*":
        parts = [
            part.strip().lower().removeprefix("*").removeprefix(".")
            for part in pattern.replace(";", ",").split(",")
        ]
        if parts and all(part in _FILES for part in parts):
            field["accept"] = list(dict.fromkeys(_FILES[part] for part in parts))
            component.carried("filePattern", field, "accept")
    largest = re.fullmatch(r"([0-9]{1,2})\s*MB", component.text("fileMaxSize"), re.IGNORECASE)
    if largest and 1 <= int(largest[1]) <= 10:
        field["max_size"] = int(largest[1])
        component.carried("fileMaxSize", field, "max_size")
