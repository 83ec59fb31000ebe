"""Options of radio, select, selectboxes and survey components."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from definitions.importing.formio.component import Component
from definitions.importing.ledger import ALL
from definitions.importing.naming import Names, slug
from definitions.importing.source import at
from definitions.importing.texts import LINE, without_markup
from definitions.reading.tree import Path

_ITEM: Final = re.compile(r"\{\{\s*item(?:\.([\w.]+))?\s*\}\}")
_RENAMED: Final = "Giá trị lưu đổi thành mã chữ thường không dấu: {pairs}."


@dataclass
class Options:
    """`ids`: id in the draft by value in the source; `parts`: (value, field, its options) of a survey's questions."""

    raws: list[dict[str, Any]] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    parts: list[tuple[str, dict[str, Any], "Options"]] = field(default_factory=list)


def options(component: Component, *where: str) -> Options:
    """The options listed at the place (`values`, `data.values`), marked in the account."""
    listed = component.get(*where)
    made, names = Options(), Names()
    for index, raw in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(raw, dict):
            _add(component, (*where, index), raw, made, names)
    renamed = [f"“{value}” → {name}" for value, name in made.ids.items() if value != name]
    if renamed:
        # one for all of them; the single values stay carried, each in its id
        component.told(
            (*where, ALL),
            _RENAMED.format(pairs=", ".join(renamed[:20]) + ("…" if len(renamed) > 20 else "")),
            "Đối chiếu khi chuyển dữ liệu hoặc kết nối với hệ thống cũ.",
            "changed",
        )
    return made


def _add(component: Component, where: Path, raw: Mapping[str, Any], made: Options, names: Names) -> None:
    value = _word(raw.get("value"))
    shown, lost = without_markup(_word(raw.get("label")))
    shown = " ".join(shown.split())
    if not value and not shown:
        return
    if value in made.ids or len(shown) > LINE:
        why = "Giá trị này đã có ở một lựa chọn phía trên." if value in made.ids else "Chữ quá dài."
        component.told(where, why, "Xem lại các lựa chọn trong tệp gốc.")
        return
    option = {"value": names.take(value, shown, fallback=_numbered(value)), "label": shown or value}
    made.raws.append(option)
    made.ids[value] = option["value"]
    component.carried((*where, "value"), option, "value")
    component.carried((*where, "label"), option, "label")
    if lost:
        component.told(
            (*where, "label"),
            f"Chỉ mang sang phần chữ; mất {', '.join(lost)}.",
            "Đọc lại lựa chọn trong bản nháp.",
            "changed",
        )


def options_of_json(component: Component) -> Options:
    """The options of a select whose list stands in the form as JSON; none where it does not say which of their
    properties is the value and which the label.
    """
    made, names = Options(), Names()
    listed = component.get("data", "json")
    if isinstance(listed, str):
        try:
            listed = json.loads(listed, parse_float=Decimal)
        except (ValueError, RecursionError):
            return made
    shown = _ITEM.findall(component.text("template")) or ["label"]
    if not isinstance(listed, list) or len(shown) != 1:
        return made
    label, value = shown[0], component.text("valueProperty") or shown[0]
    extra: dict[str, None] = {}
    for raw in listed:
        pair = (
            (_word(at(raw, tuple(value.split(".")))), _word(at(raw, tuple(label.split(".")))))
            if isinstance(raw, dict)
            else (_word(raw), _word(raw))
        )
        if not all(pair) or pair[0] in made.ids or len(pair[1]) > LINE:
            return Options()
        made.raws.append({"value": names.take(*pair, fallback=_numbered(pair[0])), "label": pair[1]})
        made.ids[pair[0]] = made.raws[-1]["value"]
        extra |= dict.fromkeys(set(raw) - {value, label} if isinstance(raw, dict) else ())
    if made.raws:
        renamed = [f"“{value}” → {name}" for value, name in made.ids.items() if value != name]
        if extra:
            why = f"Chỉ mang sang {value} và {label}; bỏ {', '.join(sorted(extra))[:200]}."
            component.told(("data", "json"), why, "Xem có cần các thuộc tính còn lại không.", "changed")
        elif renamed:
            component.told(
                ("data", "json"),
                _RENAMED.format(pairs=", ".join(renamed[:20]) + ("…" if len(renamed) > 20 else "")),
                "Đối chiếu khi chuyển dữ liệu hoặc kết nối với hệ thống cũ.",
                "changed",
            )
    return made


def survey(component: Component, names: Names) -> Options:
    """One choice for each question, all with the same options."""
    asked = component.get("questions")
    made = Options()
    for index, question in enumerate(asked if isinstance(asked, list) else []):
        if not isinstance(question, dict):
            continue
        found = options(component, "values")
        label = " ".join(without_markup(_word(question.get("label")))[0].split())
        if not label or not found.raws:
            continue
        part = {
            "id": names.take(label, _word(question.get("value")), fallback="cau_hoi"),
            "type": "choice",
            "label": label[:LINE],
            "options": found.raws,
        }
        component.carried(("questions", index, "label"), part, "label")
        component.carried(("questions", index, "value"), part, "id")
        made.parts.append((_word(question.get("value")), part, found))
    return made


def _numbered(value: str) -> str:
    """For values and labels that are figures only: `01` → `muc_01`."""
    return slug(f"muc {value}")


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip() if isinstance(value, str | int | Decimal) else ""
