"""What the law asks of a service at its level (NĐ 43/2011; Đ9.3a, Đ10.1b, Đ10.4) (T030, T070)."""

from definitions.model import Definition
from definitions.problems import Report
from forms.types import REGISTRY


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
                    "Thêm trường vào form.pages.",
                )
            )
        if "online" not in definition.submit_by:
            found.append(
                (("submit_by",), "Mức độ 3 trở lên phải nộp được trực tuyến.", "Thêm online vào submit_by.")
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
                (("pay_by",), "Mức độ 4 phải thanh toán được trực tuyến (Đ10.4b).", "Thêm online vào pay_by.")
            )
        if not {"online", "post"} & set(definition.receive_by):
            found.append(
                (
                    ("receive_by",),
                    "Mức độ 4 phải trả kết quả trực tuyến hoặc qua bưu chính (Đ10.4b).",
                    "Thêm online hoặc post vào receive_by.",
                )
            )
    return tuple(found)


def lint_law(definition: Definition, report: Report) -> None:
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
