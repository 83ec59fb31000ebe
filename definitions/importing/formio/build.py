"""A whole form → pages of fields: layout containers opened, lists and groups nested, notes kept in their places."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from definitions.importing.drafting import NO_CODE, finish
from definitions.importing.formio.bounds import carry_bounds
from definitions.importing.formio.choices import Options
from definitions.importing.formio.component import Component, settled
from definitions.importing.formio.deciding import Asked, Decider
from definitions.importing.formio.fields import asks, carry_label, carry_words, field_of, label_of
from definitions.importing.formio.scope import Chain, Placed, Scope
from definitions.importing.ledger import Ledger
from definitions.importing.naming import Names
from definitions.importing.report import Assumed, Imported
from definitions.importing.source import MAX_COMPONENTS, ImportRefusedError
from definitions.importing.texts import LINE, TEXT
from definitions.reading.tree import Path

_FRAMES: Final = frozenset({"panel", "fieldset", "well", "columns", "table", "tabs"})
_LISTS: Final = frozenset({"datagrid", "editgrid"})
_GENERIC: Final = frozenset(
    {"html", "content", "html element", "panel", "field set", "fieldset", "well", "columns", "table", "tabs"}
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NO_WORD: Final = "Ngôn ngữ chưa có kiểu trường tương ứng với “{type}”."
_OUR_BUTTON: Final = "Nút gửi, chuyển trang, làm lại: nền tảng có nút riêng."
_FRAME: Final = "Khung chỉ để sắp xếp trên màn hình; các trường bên trong được mang sang."
_REMEDIES: Final = {
    "hidden": "Trường do phần mềm đặt giá trị; dùng computed hoặc prefill nếu cần giá trị này.",
    "signature": "Người nộp ký số hoặc cam đoan; thêm trường declaration.",
    "form": "Nhập riêng biểu mẫu được nhúng rồi ghép các trang.",
    "resource": "Hỏi bằng các trường của bản nháp, hoặc dùng prefill.",
    "password": "Nền tảng không hỏi mật khẩu trong biểu mẫu; tài khoản đăng nhập riêng.",
    "datamap": "Đổi thành list có hai trường tên và giá trị.",
    "tree": "Tách thành các danh sách.",
}
_ELSE: Final = "Chọn một kiểu trường trong docs/field-types.md rồi ghi tay."
_ASSUMED: Final = (
    ("procedure", NO_CODE, "Ghi mã thủ tục trên Cơ sở dữ liệu quốc gia."),
    ("sector", "chua-ro", "Ghi mã lĩnh vực."),
    ("service_level", 3, "Ghi mức độ dịch vụ công được công bố."),
    ("workflow", "day-du", "Chọn quy trình của thủ tục."),
)


def import_form(data: Any) -> Imported:
    """A draft of a Form.io form: `data` as exported, or a list of its components."""
    if isinstance(data, list):
        data = {"components": data}
    if not isinstance(data, dict) or not isinstance(data.get("components"), list):
        raise ImportRefusedError(
            "Tệp không phải biểu mẫu Form.io: không có danh sách “components”. Ông/bà xuất lại biểu mẫu dạng JSON."
        )
    ledger = Ledger(data)
    whole = Component(data, (), ledger)
    draft: dict[str, Any] = {key: value for key, value, _ in _ASSUMED} | {
        "offered_by": {"level": "xa"},
        "information": {},
    }
    assumed = [Assumed(key, str(value), remedy) for key, value, remedy in _ASSUMED]
    assumed.append(Assumed("offered_by.level", "xa", "Ghi cấp hoặc cơ quan thực hiện."))
    if not whole.carry_text("title", draft, "name"):
        draft["name"] = "Thủ tục chưa có tên"
        assumed.append(Assumed("name", draft["name"], "Ghi đúng tên trong quyết định công bố (Đ7.3)."))
    for key in ("description", "summary"):
        whole.carry_text(key, draft, "summary", TEXT)
    builder = Builder(ledger, data["components"])
    draft["form"] = {"pages": builder.pages(data["components"], ("components",))}
    top = [field for page in draft["form"]["pages"] for field in page["fields"]]
    Decider(top, builder.scope).decide(builder.asked)
    ledger.settle(settled(builder.seen))
    if not draft["form"]["pages"]:
        assumed.append(
            Assumed(
                "form.pages",
                "không có trang nào",
                "Tệp gốc không có trường nào mang sang được; ghi tay các trang.",
            )
        )
    return finish("formio", draft, ledger, assumed, builder.scope.ids())


@dataclass(frozen=True)
class Place:
    """Where a component stands: lists and groups of the draft, keys of the source's data, frames whose conditions
    hold for it too.
    """

    chain: Chain = ()
    data: tuple[str, ...] = ()
    around: tuple[Component, ...] = ()


class Builder:
    """`seen`: every component by its path; `asked`: fields and pages whose conditions are still to be decided."""

    def __init__(self, ledger: Ledger, raws: Sequence[object]) -> None:
        self.ledger = ledger
        self.scope = Scope()
        self.seen: dict[Path, Component] = {}
        self.asked: list[Asked] = []
        self._names = Names(_labels(raws))
        self._pages = Names()

    def pages(self, raws: Sequence[object], path: Path) -> list[dict[str, Any]]:
        made: list[dict[str, Any]] = []
        loose: list[dict[str, Any]] = []
        for component in self._components(raws, path):
            if component.type not in {"panel", "tabs"}:
                loose += self._part(component, Place())
                continue
            if loose:
                made.append(self._loose(loose))
                loose = []
            self._frame(component)
            for inner, where, title in _inside(component):
                page: dict[str, Any] = {"id": "", "title": "Thông tin"}
                if title:
                    self._title(component, title, page, "title")
                component.carry_text("tooltip", page, "help", TEXT)
                component.carry_text("description", page, "help", TEXT)
                page["fields"] = self._parts(inner, where, Place())
                if not page["fields"]:
                    continue
                page["id"] = self._pages.take(page["title"], component.key, fallback="trang")
                self.asked.append(Asked(page, (), (component,), is_field=False))
                made.append(page)
        if loose:
            made.append(self._loose(loose))
        return made

    def _loose(self, fields: list[dict[str, Any]]) -> dict[str, Any]:
        name = self._pages.take("Thông tin chung", fallback="trang")
        return {"id": name, "title": "Thông tin chung", "fields": fields}

    def _parts(self, raws: object, path: Path, place: Place) -> list[dict[str, Any]]:
        listed = raws if isinstance(raws, list) else []
        return [
            field for component in self._components(listed, path) for field in self._part(component, place)
        ]

    def _components(self, raws: Sequence[object], path: Path) -> Iterator[Component]:
        for index, raw in enumerate(raws):
            where = (*path, index)
            if not isinstance(raw, dict):
                self.ledger.told(
                    where, "Chỗ này không phải một thành phần của biểu mẫu.", "Xuất lại biểu mẫu.", "unknown"
                )
                continue
            component = Component(raw, where, self.ledger)
            self.seen[where] = component
            if len(self.seen) > MAX_COMPONENTS:
                raise ImportRefusedError(
                    f"Biểu mẫu có hơn {MAX_COMPONENTS} thành phần. Ông/bà tách biểu mẫu rồi nhập từng phần."
                )
            shown = next(
                (text for key in ("label", "title", "legend", "key") if (text := component.text(key))), ""
            )
            self.ledger.label(where, shown)
            yield component

    def _part(self, component: Component, place: Place) -> list[dict[str, Any]]:
        kind = component.type
        if kind in _FRAMES:
            return self._framed(component, place)
        if kind in _LISTS or kind == "container":
            return self._nested(component, place)
        if kind in {"content", "htmlelement"}:
            return self._note(component, place)
        if asks(component):
            return self._field(component, place)
        if kind == "button" and _ours(component):
            self.ledger.meaningless(component.path, _OUR_BUTTON)
        else:
            self.ledger.told(component.path, _NO_WORD.format(type=kind), _REMEDIES.get(kind, _ELSE))
        return []

    def _field(self, component: Component, place: Place) -> list[dict[str, Any]]:
        made = field_of(component, self._names, label_of(component))
        if made is None:
            self.ledger.told(component.path, "Không có câu hỏi nào để hỏi.", "Xem lại tệp gốc.")
            return []
        field, options = made
        carry_label(component, field)
        self._place(component, field, place, options)
        inner = (*place.chain, (field["id"], field["type"]))
        for value, part, answers in options.parts:
            self.scope.add((*place.data, component.key, value), Placed(part, inner, answers.ids))
        return [field]

    def _place(
        self,
        component: Component,
        field: dict[str, Any],
        place: Place,
        options: Options,
    ) -> None:
        if component.key:
            self.scope.add((*place.data, component.key), Placed(field, place.chain, options.ids))
        self.asked.append(Asked(field, place.chain, (component, *place.around)))

    def _nested(self, component: Component, place: Place) -> list[dict[str, Any]]:
        kind = "list" if component.type in _LISTS else "group"
        label = label_of(component)
        field: dict[str, Any] = {
            "id": self._names.take(label, component.key, fallback="danh_sach" if kind == "list" else "nhom"),
            "type": kind,
            "label": label,
        }
        inner = Place((*place.chain, (field["id"], kind)), (*place.data, component.key))
        field["item"] = self._parts(component.get("components"), (*component.path, "components"), inner)
        if not field["item"]:
            self.ledger.told(
                component.path, "Bên trong không có trường nào mang sang được.", "Ghi tay các trường cần hỏi."
            )
            return []
        carry_label(component, field)
        component.carried("key", field, "id")
        component.carried("type", field, "type")
        if kind == "list" and place.chain:
            component.told(
                "type",
                "Danh sách nằm trong danh sách hoặc trong nhóm: ngôn ngữ không nhận.",
                "Đưa danh sách ra ngoài.",
                "changed",
            )
        elif kind == "group" and sum(each == "group" for _, each in place.chain) >= 2:
            component.told(
                "type",
                "Nhóm lồng quá hai tầng: ngôn ngữ không nhận.",
                "Đưa các trường ra nhóm bên ngoài.",
                "changed",
            )
        carry_words(component, field)
        carry_bounds(component, field)
        if component.get("defaultValue") in ([{}], [{}, {}]):
            component.meaningless("defaultValue", "Mở sẵn dòng trống.")
        self._place(component, field, place, Options())
        return [field]

    def _framed(self, component: Component, place: Place) -> list[dict[str, Any]]:
        self._frame(component)
        inside = replace(place, around=(component, *place.around))
        made = []
        for inner, where, title in _inside(component):
            shown = self._heading(component, title, place) if title else []
            fields = self._parts(inner, where, inside)
            if fields:
                made += [*shown, *fields]
            elif shown:
                self.asked.pop()
        return made

    def _heading(self, component: Component, title: Path, place: Place) -> list[dict[str, Any]]:
        field: dict[str, Any] = {"id": "", "type": "heading", "label": ""}
        if not self._title(component, title, field, "label"):
            return []
        field["id"] = self._names.take(f"muc {field['label']}", f"muc {component.key}", fallback="muc")
        for key in ("tooltip", "description"):
            component.carry_text(key, field, "text", TEXT)
        self.asked.append(Asked(field, place.chain, (component, *place.around)))
        return [field]

    def _title(self, component: Component, where: Path, target: dict[str, Any], key: str) -> str:
        scratch: dict[str, Any] = {}
        text = component.carry_text(where, scratch, key)
        if text:
            target[key] = text[:LINE]
            component.carried(where, target, key)
        return text

    def _frame(self, component: Component) -> None:
        for key in ("type", "key"):
            component.meaningless(key, _FRAME)
        titled = component.type in {"panel", "fieldset"} and (
            component.text("title") or component.text("legend")
        )
        if titled or component.text("label").casefold() in _GENERIC or component.get("hideLabel") is True:
            component.meaningless("label", "Tên khung chỉ hiện khi soạn biểu mẫu.")
        if component.type in {"columns", "table", "tabs"}:
            for inner, where, _ in _inside(component):
                if isinstance(inner, list):
                    own = where[len(component.path) : -1]
                    for key in ("key", "type"):
                        component.meaningless((*own, key), _FRAME)

    def _note(self, component: Component, place: Place) -> list[dict[str, Any]]:
        where = "html" if component.type == "content" else "content"
        heading = component.type == "htmlelement" and component.text("tag").lower() in _HEADINGS
        field: dict[str, Any] = {"id": "", "type": "heading" if heading else "note", "label": "Lưu ý"}
        text = component.carry_text(where, field, "text", LINE if heading else TEXT)
        if not text:
            if component.text(where):
                self.ledger.told(
                    component.path,
                    "Nội dung chỉ có hình hoặc mã, không có chữ.",
                    "Xem lại trong tệp gốc; đính hình vào trang thủ tục nếu cần.",
                )
            else:
                self.ledger.meaningless(component.path, "Khung chữ trống.")
            return []
        label = component.text("label")
        if heading:
            field["label"] = field.pop("text")
            component.carried(where, field, "label")
        elif label and label.casefold() not in _GENERIC:
            self._title(component, ("label",), field, "label")
        component.meaningless("label", "Tên khung chỉ hiện khi soạn biểu mẫu.")
        field["id"] = self._names.take(f"luu y {component.key}", fallback="luu_y")
        component.carried("key", field, "id")
        component.carried("type", field, "type")
        component.meaningless("refreshOnChange", "Nội dung không đổi theo câu trả lời.")
        self.asked.append(Asked(field, place.chain, (component, *place.around)))
        return [field]


Inside = tuple[object, Path, Path]
"""Components, their path in the source, and where in the frame their title stands (empty: none)."""


def _inside(component: Component) -> list[Inside]:
    kind, path = component.type, component.path
    if kind in {"panel", "fieldset", "well"}:
        title = next((key for key in ("title", "legend") if component.text(key)), "")
        if (
            not title
            and component.text("label").casefold() not in {*_GENERIC, ""}
            and component.get("hideLabel") is not True
        ):
            title = "label"
        return [(component.get("components"), (*path, "components"), (title,) if title else ())]
    if kind == "tabs":
        tabs = _listed(component.get("components"))
        return [
            (tab.get("components"), (*path, "components", at, "components"), ("components", at, "label"))
            for at, tab in tabs
        ]
    if kind == "columns":
        return [
            (column.get("components"), (*path, "columns", at, "components"), ())
            for at, column in _listed(component.get("columns"))
        ]
    rows = component.get("rows")
    return [
        (cell.get("components"), (*path, "rows", at, place, "components"), ())
        for at, row in enumerate(rows if isinstance(rows, list) else [])
        for place, cell in _listed(row)
    ]


def _listed(raw: object) -> list[tuple[int, dict[str, Any]]]:
    return [
        (at, each) for at, each in enumerate(raw if isinstance(raw, list) else []) if isinstance(each, dict)
    ]


def _ours(component: Component) -> bool:
    """A button that does what the platform's own buttons do, and nothing of its own."""
    action = component.text("action") or "submit"
    special = any(component.get(key) for key in ("custom", "customConditional", "logic", "calculateValue"))
    return action in {"submit", "reset", "saveState", "saveStateAndRefresh"} and not special


def _labels(raws: Iterable[object]) -> Iterator[str]:
    """Labels of every component that asks, wherever it stands."""
    waiting = list(raws)
    while waiting:
        raw = waiting.pop()
        if isinstance(raw, list):
            waiting += raw
        elif isinstance(raw, dict):
            if (
                isinstance(raw.get("type"), str)
                and isinstance(raw.get("label"), str)
                and raw["type"] not in _FRAMES
            ):
                yield raw["label"]
            waiting += [
                raw[key] for key in ("components", "columns", "rows") if isinstance(raw.get(key), list)
            ]
