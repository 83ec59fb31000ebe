"""What the law asks of a service at its level (NĐ 43/2011; Đ9.3a, Đ10.1b, Đ10.4) (T030, T041, T042, T070, T089–T092,
T137).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from definitions.model import Definition
from definitions.problems import Report
from forms.types import REGISTRY
from rules.deadlines import Unit
from rules.workflow.model import Need, Outcome, Phase
from rules.workflow.reach import endings

RECEPTION: Final = "tiep_nhan"
CLERK: Final = "van_thu"
ONLINE: Final = 4
"""The level from which results are returned online."""


def level_demands(definition: Definition) -> tuple[tuple[tuple[str | int, ...], str, str], ...]:
    """(path, what is missing, what to do) for the definition's own level; a level has all demands of those below.

    Level 1 is the public information (T001). 2: forms to download, or the word that there are none. 3: a form to
    fill in and hand in online, papers, a workflow. 4: paying online where there is something to pay, and a result
    that need not be fetched.
    """
    level = definition.service_level
    found: list[tuple[tuple[str | int, ...], str, str]] = []
    if level >= 2 and not definition.information.forms:
        found.append(
            (
                ("information", "forms"),
                "Mức độ 2 trở lên phải có mẫu đơn, tờ khai để tải về.",
                "Ghi tên mẫu, hoặc “Không có mẫu”.",
            )
        )
    if level >= 3:
        if not any(REGISTRY[field.type].asks for field in definition.form.fields):
            found.append(
                (
                    ("form",),
                    "Mức độ 3 trở lên phải có biểu mẫu điện tử để điền.",
                    "Thêm trang và trường ở phần biểu mẫu (form.pages).",
                )
            )
        if "online" not in definition.submit_by:
            found.append(
                (
                    ("submit_by",),
                    "Mức độ 3 trở lên phải nộp được trực tuyến.",
                    "Chọn nộp trực tuyến ở cách nộp hồ sơ (online trong submit_by).",
                )
            )
        if definition.workflow.immediate:
            found.append(
                (
                    ("workflow",),
                    "Mức độ 3 trở lên phải có quy trình giải quyết trực tuyến; quy trình trả ngay chỉ làm tại quầy.",
                    "Chọn quy trình khác, hoặc hạ mức độ.",
                )
            )
    if level >= 4:
        if definition.fees and "online" not in definition.pay_by:
            found.append(
                (
                    ("pay_by",),
                    "Mức độ 4 phải thanh toán được trực tuyến (Đ10.4b).",
                    "Chọn thanh toán trực tuyến ở cách nộp phí (online trong pay_by).",
                )
            )
        if not {"online", "post"} & set(definition.receive_by):
            found.append(
                (
                    ("receive_by",),
                    "Mức độ 4 phải trả kết quả trực tuyến hoặc qua bưu chính (Đ10.4b).",
                    "Chọn trực tuyến hoặc bưu chính ở cách nhận kết quả (online hoặc post trong receive_by).",
                )
            )
    return tuple(found)


def lint_law(definition: Definition, raw: Mapping[str, Any], report: Report) -> None:
    _collecting(definition, report)
    _in_force(definition, raw, report)
    _without_coming(definition, report)
    _named_rightly(definition, report)
    _returned_at_the_counter(definition, report)
    _signed_online(definition, report)
    for path, message, remedy in level_demands(definition):
        report.error(path, "T030", message, remedy)
    if "online" in definition.submit_by:
        for at, paper in enumerate(definition.attachments):
            if "có chứng thực" in paper.name.casefold() and not paper.presented_only:
                report.warn(
                    ("attachments", at, "name"),
                    "T070",
                    "Nộp trực tuyến không được đòi bản chứng thực (Đ10.1b).",
                    "Kênh trực tuyến nhận bản chụp hoặc quét từ bản chính; ghi lại tên giấy tờ hoặc để presented_only.",
                )


def _collecting(definition: Definition, report: Report) -> None:
    """Every fee is collected somewhere (Đ10.4a)."""
    paid = any(Need.PAYMENT in action.needs for step in definition.workflow.steps for action in step.actions)
    for at, fee in enumerate(definition.fees):
        if fee.collect == "at_return" and not paid:
            report.error(
                ("fees", at, "collect"),
                "T041",
                f"“{fee.label}” thu khi trả kết quả, nhưng không thao tác nào của quy trình đòi đã nộp tiền.",
                "Thêm “needs: [payment]” vào thao tác trả kết quả, hoặc thu trước khi tiếp nhận.",
            )
        elif (
            fee.collect == "before_acceptance"
            and "online" in definition.submit_by
            and definition.pay_by == ("counter",)
        ):
            report.warn(
                ("fees", at, "collect"),
                "T041",
                f"Nộp hồ sơ trực tuyến nhưng “{fee.label}” phải nộp trước mà chỉ nộp được tại quầy.",
                "Thêm transfer hoặc online vào pay_by, hoặc thu khi trả kết quả.",
            )


def _named_rightly(definition: Definition, report: Report) -> None:
    """Phí and lệ phí are two things in law (Luật Phí và lệ phí 97/2015/QH13 Đ3): name and kind say the same."""
    for at, fee in enumerate(definition.fees):
        words = fee.label.casefold()
        called = "le_phi" if words.startswith("lệ phí") else "phi" if words.startswith("phí") else fee.kind
        if called != fee.kind:
            report.warn(
                ("fees", at, "kind"),
                "T091",
                f"“{fee.label}” được ghi là loại “{fee.kind}”.",
                f"Ghi kind: {called}, hoặc sửa tên khoản thu.",
            )


def _returned_at_the_counter(definition: Definition, report: Report) -> None:
    """Results go out through the one-stop shop (NĐ 61/2018 Đ20): nobody else hands them over."""
    for at, step in enumerate(definition.workflow.steps):
        if step.phase is Phase.RESULT_READY and step.actor != RECEPTION:
            report.error(
                ("workflow", "steps", at, "actor"),
                "T092",
                f"Bước “{step.name}” trả kết quả nhưng không do bộ phận tiếp nhận và trả kết quả làm.",
                f"Ghi actor: {RECEPTION}.",
            )


def _signed_online(definition: Definition, report: Report) -> None:
    """A result that is returned online is signed (Đ10.4b): the clerk's act that issues it asks for that."""
    if definition.service_level < ONLINE or "online" not in definition.receive_by:
        return
    for at, step in enumerate(definition.workflow.steps):
        for number, action in enumerate(step.actions):
            if (
                step.actor == CLERK
                and Need.RESULT in action.needs
                and Need.SIGNATURE not in action.needs
                and Outcome.RETURNED in endings(definition.workflow, action)
            ):
                report.warn(
                    ("workflow", "steps", at, "actions", number),
                    "T137",
                    f"Kết quả trả được trực tuyến mà “{action.label}” không đòi ký số (Đ10.4b).",
                    "Thêm “signature” vào needs; dùng quy trình chung thì ghi thao tác này ở workflow.signed.",
                )


def _in_force(definition: Definition, raw: Mapping[str, Any], report: Report) -> None:
    """The law that a procedure stands on is in force as long as the procedure is."""
    for at, basis in enumerate(raw["information"].get("legal_basis", ())):
        last = basis.get("effective", {}).get("to")
        if last is None:
            continue
        ended, path = date.fromisoformat(last), ("information", "legal_basis", at, "effective", "to")
        instead = basis.get("replaced_by")
        remedy = (
            f"Thay bằng {instead} và xem lại nội dung."
            if instead
            else "Ghi văn bản thay thế, hoặc bỏ căn cứ này."
        )
        start, end = definition.effective.start, definition.effective.end
        if start is not None and ended < start:
            report.error(
                path,
                "T042",
                f"Căn cứ {basis['number']} đã hết hiệu lực trước khi thủ tục bắt đầu áp dụng.",
                remedy,
            )
        elif end is None or ended < end:
            report.warn(
                path,
                "T042",
                f"Căn cứ {basis['number']} chỉ có hiệu lực đến hết {ended:%d/%m/%Y}, còn thủ tục áp dụng sau ngày đó.",
                remedy,
            )


def _without_coming(definition: Definition, report: Report) -> None:
    """Toàn trình: nothing makes the applicant come; and a period that is not specified is explained."""
    for at, paper in enumerate(definition.attachments):
        everywhere = not paper.channels or "online" in paper.channels
        if definition.service_level >= 4 and paper.presented_only and everywhere:
            report.warn(
                ("attachments", at, "presented_only"),
                "T089",
                f"Dịch vụ toàn trình nhưng “{paper.name}” phải mang tới xuất trình.",
                "Tra cứu giấy tờ này từ dữ liệu (replaced_by_data), chỉ đòi ở kênh khác (channels), hoặc hạ mức độ.",
            )
    for at, row in enumerate(definition.deadlines):
        if row.rule.unit is Unit.UNSPECIFIED and not definition.information.time_note:
            report.warn(
                ("deadline", at),
                "T090",
                "Thời hạn không quy định mà không có lời giải thích cho người nộp.",
                "Thêm information.time_note: khi nào thì có kết quả, hỏi ở đâu.",
            )
