"""The facts of a version that items of the checklist ask for by name (`definitions.checklist`). Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from definitions.checklist import Fact, fails, holds
from definitions.lint.time import ways
from definitions.model import Definition
from forms.types import REGISTRY


def facts_of(
    definition: Definition, *, failing: Sequence[str], untried: Sequence[str], open_comments: int
) -> Mapping[str, Fact]:
    """`failing`: sentences of examples that do not come out as they say; `untried`: what no example comes by."""
    return {
        "named": _named(definition),
        "form_and_workflow": _form_and_workflow(definition),
        "time": _time(definition),
        "returned_from_afar": _returned(definition),
        "paid_from_afar": _paid(definition),
        "forms_named": _forms(definition),
        "prefilled": _prefilled(definition),
        "examples": fails(f"{len(failing)} chỗ chưa đạt: {failing[0]}")
        if failing
        else holds(f"{len(definition.examples)} ví dụ đều đạt."),
        "coverage": fails(f"Chưa ví dụ nào thử {untried[0]} (còn {len(untried)} chỗ như vậy).")
        if untried
        else holds("Không còn chỗ nào chưa được thử."),
        "comments": fails(f"Còn {open_comments} góp ý chưa giải quyết.")
        if open_comments
        else holds("Không còn góp ý nào để ngỏ."),
    }


def _named(definition: Definition) -> Fact:
    if not definition.catalogue_name:
        return fails("Bản cấu hình chưa ghi tên trong quyết định công bố danh mục (catalogue_name).")
    return holds(f"Tên giống tên trong danh mục: “{definition.catalogue_name}”.")


def _form_and_workflow(definition: Definition) -> Fact:
    asked = sum(REGISTRY[field.type].asks for field in definition.form.fields)
    steps = len(definition.workflow.steps)
    if not asked or definition.workflow.immediate:
        lacking = "biểu mẫu điện tử" if not asked else "quy trình giải quyết trực tuyến"
        return fails(f"Chưa có {lacking}.")
    return holds(f"Biểu mẫu có {asked} trường, quy trình “{definition.workflow.name}” có {steps} bước.")


def _time(definition: Definition) -> Fact:
    found = ways(definition.workflow)
    if not found:
        return holds("Quy trình không tính giờ ở bước nào.")
    longest = found[0]
    parts = [
        f"{_number(amount)} {unit}"
        for amount, unit in ((longest.days, "ngày"), (longest.hours, "giờ làm việc"))
        if amount
    ]
    return holds(f"Đường dài nhất của quy trình: {' và '.join(parts) or 'không tính giờ'}.")


def _returned(definition: Definition) -> Fact:
    ways_of = {"online": "trực tuyến", "post": "qua bưu chính"}
    found = [word for way, word in ways_of.items() if way in definition.receive_by]
    if not found:
        return fails("Bản cấu hình không cho nhận kết quả trực tuyến hay qua bưu chính.")
    return holds(f"Nhận kết quả được: {', '.join(found)}.")


def _paid(definition: Definition) -> Fact:
    if not definition.fees:
        return holds("Thủ tục không thu tiền.")
    if "online" in definition.pay_by:
        return holds("Thanh toán được trực tuyến.")
    return fails("Có khoản thu mà không thanh toán được trực tuyến.")


def _forms(definition: Definition) -> Fact:
    names = definition.information.forms
    return holds(f"{len(names)} mẫu: {names[0]}.") if names else fails("Chưa ghi tên mẫu nào.")


def _prefilled(definition: Definition) -> Fact:
    found = [field.label for field in definition.fields if field.prefill]
    if not found:
        return fails("Không trường nào được điền sẵn từ tài khoản.")
    return holds(f"{len(found)} trường được điền sẵn, như “{found[0]}”.")


def _number(amount: Decimal) -> str:
    return f"{amount.normalize():f}".replace(".", ",")
