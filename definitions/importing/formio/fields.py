"""A component that asks something → a field of the draft; what type it becomes and what that loses."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from definitions.importing.formio.bounds import carry_bounds, carry_default
from definitions.importing.formio.choices import Options, options, options_of_json, survey
from definitions.importing.formio.component import Component
from definitions.importing.formio.scope import NUMBERS
from definitions.importing.naming import Names
from definitions.importing.texts import LINE, TEXT, without_markup
from forms.autofill import valid

Kinds = Callable[[Component], str]


def _number(component: Component) -> str:
    whole = component.get("validate", "integer") is True or component.get("decimalLimit") == 0
    if component.get("decimalLimit") == 0:
        component.meaningless("decimalLimit", "Không có chữ số lẻ: trường là số nguyên.")
    return "integer" if whole else "decimal"


def _currency(component: Component) -> str:
    if component.text("currency").upper() != "VND":
        return "decimal"
    return "money"


def _checkbox(component: Component) -> str:
    return "declaration" if component.get("validate", "required") is True else "yes_no"


def _day(component: Component) -> str:
    if component.get("fields", "day", "hide") is True:
        component.meaningless(("fields", "day", "hide"), "Không hỏi ngày: trường có kiểu month.")
        return "month"
    return "date"


def _datetime(component: Component) -> str:
    if component.get("enableDate") is False:
        component.meaningless("enableDate", "Chỉ hỏi giờ: trường có kiểu time.")
        return "time"
    if component.get("enableTime") is not False:
        component.told(
            "enableTime",
            "Hỏi cả giờ, bản nháp chỉ hỏi ngày.",
            "Thêm một trường kiểu time nếu cần giờ.",
            "changed",
        )
    return "date"


def _select(component: Component) -> str:
    return "multi_choice" if component.get("multiple") is True else "choice"


_KINDS: Final[Mapping[str, str | Kinds]] = {
    "textfield": "text",
    "textarea": "textarea",
    "number": _number,
    "currency": _currency,
    "email": "email",
    "phoneNumber": "phone",
    "checkbox": _checkbox,
    "radio": "choice",
    "select": _select,
    "selectboxes": "multi_choice",
    "day": _day,
    "datetime": _datetime,
    "time": "time",
    "file": "file",
    "url": "text",
    "tags": "text",
    "address": "textarea",
    "survey": "group",
}
_CHANGED: Final[Mapping[str, tuple[str, str]]] = {
    "url": (
        "Địa chỉ trang mạng được hỏi như một dòng chữ thường.",
        "Thêm checks nếu phải bắt đầu bằng https://.",
    ),
    "tags": ("Nhiều từ khóa được hỏi trong một dòng chữ.", "Đổi thành list nếu cần từng từ riêng."),
    "address": (
        "Ô tìm địa chỉ trên bản đồ được hỏi như nhiều dòng chữ.",
        "Đổi kiểu trường thành khối address.",
    ),
    "survey": (
        "Bảng khảo sát thành một nhóm, mỗi câu hỏi một trường chọn.",
        "Xem lại các câu hỏi trong nhóm.",
    ),
}
_HELPED: Final = ("description", "tooltip")


def asks(component: Component) -> bool:
    return component.type in _KINDS


def field_of(component: Component, names: Names, label: str) -> tuple[dict[str, Any], Options] | None:
    """The field and its options; None where nothing can be asked. `label`: what people call it."""
    told = _KINDS[component.type]
    kind = told if isinstance(told, str) else told(component)
    made: dict[str, Any] = {
        "id": names.take(label, component.key, fallback="truong"),
        "type": kind,
        "label": label,
    }
    component.carried("key", made, "id")
    component.carried("type", made, "type")
    if component.type in _CHANGED:
        component.told("type", *_CHANGED[component.type], "changed")
    found = Options()
    if kind in {"choice", "multi_choice"}:
        found = _options(component)
        if found.raws:
            made["options"] = found.raws
            _looks(component, made)
        else:
            made["type"] = kind = "text"
            why = "Không có danh sách lựa chọn trong tệp, nên bản nháp hỏi một dòng chữ."
            component.told(
                "type", why, "Đổi kiểu thành choice và ghi options, hoặc dùng danh mục.", "changed"
            )
    if component.type == "survey":
        found = survey(component, names)
        made["item"] = [part for _, part, _ in found.parts]
        if not made["item"]:
            return None
    carry_words(component, made)
    carry_bounds(component, made)
    _boolean_required(component, made)
    carry_default(component, made, found.ids)
    _unit(component, made)
    return made, found


def carry_words(component: Component, made: dict[str, Any]) -> None:
    """Guidance, example, sensitivity: what fields of every type may have."""
    for key in _HELPED:
        component.carry_text(key, made, "help", TEXT)
    if made["type"] not in {"list", "group", "multi_choice", "choice", "declaration"}:
        component.carry_text("placeholder", made, "example")
    for key in ("protected", "encrypted"):
        if component.get(key) is True:
            made["sensitive"] = True
            component.carried(key, made, "sensitive")
    token = component.text("autocomplete")
    if token and token not in {"on", "off"} and valid(token):
        made["autocomplete"] = token
        component.carried("autocomplete", made, "autocomplete")


def label_of(component: Component) -> str:
    """What people call the component; its key where it has no label."""
    for key in ("label", "title", "legend"):
        raw = component.get(key)
        shown, lost = without_markup(raw if isinstance(raw, str) else "")
        shown = " ".join(shown.split())
        if not shown:
            continue
        if lost or len(shown) > LINE:
            component.told(
                key,
                f"Chỉ mang sang phần chữ; mất {', '.join(lost) or f'phần quá {LINE} ký tự'}.",
                "Đọc lại nhãn trong bản nháp.",
                "changed",
            )
        return shown[:LINE]
    component.told(
        "label", "Trường không có nhãn; bản nháp lấy mã làm nhãn.", "Đặt nhãn cho người điền đọc.", "changed"
    )
    return component.key or component.type or "Trường"


def carry_label(component: Component, made: dict[str, Any]) -> None:
    for key in ("label", "title", "legend"):
        if component.text(key):
            component.carried(key, made, "label")
            return


def _options(component: Component) -> Options:
    if component.type != "select":
        return options(component, "values")
    source = component.text("dataSrc") or "values"
    if source == "values":
        return options(component, "data", "values")
    if source == "json":
        return _json_options(component)
    return Options()


def _json_options(component: Component) -> Options:
    found = options_of_json(component)
    for option in found.raws[:1]:
        component.carried(("data", "json"), option, "label", whole=True)
    return found


def _looks(component: Component, made: dict[str, Any]) -> None:
    if made["type"] == "choice" and component.type in {"radio", "select"}:
        made["appearance"] = component.type
    if component.get("multiple") is True and made["type"] == "multi_choice":
        if component.type == "select":
            component.carried("multiple", made, "type")
        else:
            component.meaningless("multiple", "Các ô đánh dấu luôn chọn được nhiều.")


def _boolean_required(component: Component, made: dict[str, Any]) -> None:
    if made["type"] == "declaration":
        component.carried(("validate", "required"), made, "type")


def _unit(component: Component, made: dict[str, Any]) -> None:
    if made["type"] == "money":
        component.carried("currency", made, "type")
        return
    if made["type"] not in NUMBERS:
        return
    suffix = component.text("suffix")
    if suffix and "<" not in suffix and len(suffix) <= LINE:
        made["unit"] = suffix
        component.carried("suffix", made, "unit")
    currency = component.text("currency")
    if currency and "unit" not in made:
        made["unit"] = currency
        why = "Số tiền không phải đồng Việt Nam, nên trường là số có đơn vị."
        component.carried("currency", made, "unit")
        component.told("currency", why, "Đổi kiểu thành money nếu thu bằng đồng.", "changed")
