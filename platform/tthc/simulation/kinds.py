"""What may befall a dossier, and which of it a month must have seen."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Course(StrEnum):
    """What is to befall a dossier; most have nothing befall them."""

    PLAIN = "plain"
    SUPPLEMENT_AT_INTAKE = "supplement_at_intake"
    SUPPLEMENT_IN_APPRAISAL = "supplement_in_appraisal"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    SENT_BACK = "sent_back"
    EXTENDED = "extended"
    OVERDUE = "overdue"
    SILENT = "silent"
    LATE_CONSULTATION = "late_consultation"
    REASSIGNED = "reassigned"
    UNCOLLECTED = "uncollected"
    CALLED = "called"
    CHILD_DECLINED = "child_declined"


class Wrong(StrEnum):
    """Acts that must be refused, or do nothing a second time."""

    DOUBLE_CLICK = "double_click"
    REPLAYED = "replayed"
    STALE = "stale"
    OUT_OF_TURN = "out_of_turn"
    OTHER_AGENCY = "other_agency"
    OTHER_APPLICANT = "other_applicant"
    EMPTY_REASON = "empty_reason"
    WRONG_FILE = "wrong_file"
    LATER_DATE = "later_date"
    UNPAID = "unpaid"
    CLOSED_DOOR = "closed_door"
    SECOND_SUPPLEMENT = "second_supplement"


EXCEPTIONS: Final[Mapping[str, str]] = {
    "night": "Nộp ngoài giờ làm việc",
    "weekend": "Nộp ngày nghỉ",
    "by_online": "Nộp trực tuyến",
    "by_counter": "Nộp tại quầy",
    "by_post": "Nộp qua bưu chính",
    "carried": "Nộp từ trước kỳ",
    "supplement_at_intake": "Yêu cầu bổ sung trước khi tiếp nhận",
    "supplement_in_appraisal": "Yêu cầu bổ sung khi thẩm định",
    "supplied": "Người nộp bổ sung",
    "refused": "Không tiếp nhận",
    "withdrawn": "Rút hồ sơ",
    "declined": "Trả lại, không giải quyết",
    "sent_back": "Chuyển lại bước trước",
    "extended": "Gia hạn",
    "apologised": "Xin lỗi, hẹn lại",
    "overdue": "Quá hạn trả kết quả",
    "intake_overdue": "Quá hạn tiếp nhận",
    "consent": "Im lặng coi như đồng ý",
    "late_consultation": "Cơ quan, người được hỏi trả lời muộn",
    "reassigned": "Giao lại",
    "child": "Mở hồ sơ liên thông",
    "child_returned": "Hồ sơ liên thông có kết quả",
    "child_declined": "Hồ sơ liên thông không được giải quyết",
    "uncollected": "Kết quả chưa ai đến nhận",
    "immediate": "Trả kết quả ngay",
    "paid_first": "Thu trước khi tiếp nhận",
    "called": "Gọi điện hướng dẫn",
    Wrong.DOUBLE_CLICK: "Bấm hai lần",
    Wrong.REPLAYED: "Gửi lại yêu cầu cũ",
    Wrong.STALE: "Trang cũ",
    Wrong.OUT_OF_TURN: "Làm việc của người khác",
    Wrong.OTHER_AGENCY: "Hồ sơ của cơ quan khác",
    Wrong.OTHER_APPLICANT: "Hồ sơ của người khác",
    Wrong.EMPTY_REASON: "Lý do bỏ trống",
    Wrong.WRONG_FILE: "Kết quả không phải .pdf",
    Wrong.LATER_DATE: "Kết quả ghi ngày mai",
    Wrong.UNPAID: "Tiếp nhận khi chưa thu",
    Wrong.CLOSED_DOOR: "Trả lại khi đã quá hạn mà chưa xin lỗi",
    Wrong.SECOND_SUPPLEMENT: "Yêu cầu bổ sung lần thứ hai",
}
"""Each must occur in a month of the standard size, or the month has not shown what it is there to show."""
