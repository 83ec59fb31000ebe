"""Every measure: its Vietnamese name, what it counts and where that is said. What it does stands in
`tthc.measures.form_06a` and `tthc.measures.counting`; pages, files and their foot-notes take their words from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rules.i18n import noted

_FORM: Final = "Biểu II.06a/VPCP/KSTT"


@dataclass(frozen=True, slots=True)
class Measure:
    """`name`: the head of its column; `counts`: one sentence; `source`: of the rule; `column`: of Biểu II.06a."""

    name: str
    counts: str
    source: str
    column: int = 0


MEASURES: Final[Mapping[str, Measure]] = {
    "received": Measure(
        "Tổng số",
        "Hồ sơ được tiếp nhận trước khi hết kỳ mà đầu kỳ chưa giải quyết xong, cùng hồ sơ tiếp nhận trong kỳ.",
        _FORM,
        3,
    ),
    "online": Measure(noted("Trực tuyến"), noted("Tiếp nhận trong kỳ, nộp trực tuyến."), _FORM, 4),
    "direct": Measure(
        "Trực tiếp, bưu chính", "Tiếp nhận trong kỳ, nộp tại quầy hoặc qua bưu chính.", _FORM, 5
    ),
    "carried": Measure(
        "Từ kỳ trước",
        "Tiếp nhận trước kỳ, đầu kỳ chưa giải quyết xong hoặc được mở lại để giải quyết tiếp trong kỳ.",
        _FORM,
        6,
    ),
    "solved": Measure(
        noted("Đã giải quyết"),
        noted("Đến hết kỳ đã có kết quả, hoặc đã trả lại, dừng, rút theo yêu cầu."),
        _FORM,
        7,
    ),
    "early": Measure("Trước hạn", "Có kết quả vào một ngày trước hạn.", _FORM, 8),
    "on_time": Measure(
        "Đúng hạn",
        "Có kết quả trong ngày của hạn, không quá giờ; hoặc không quy định thời hạn; hoặc hồ sơ trả lại, xin rút.",
        _FORM,
        9,
    ),
    "late": Measure(
        "Quá hạn",
        noted(
            "Có kết quả sau hạn của pháp luật: kể cả thời gian chờ người nộp và gia hạn có căn cứ trong luật, không kể hẹn lại."
        ),
        _FORM,
        10,
    ),
    "open": Measure(noted("Đang giải quyết"), noted("Đến hết kỳ chưa có kết quả."), _FORM, 11),
    "in_time": Measure(
        "Trong hạn",
        "Chưa có kết quả và chưa đến hạn, hoặc đang chờ người nộp bổ sung, trả lời.",
        _FORM,
        12,
    ),
    "overdue": Measure(
        "Quá hạn", noted("Chưa có kết quả mà đã qua hạn của pháp luật, không chờ người nộp."), _FORM, 13
    ),
    "accepted": Measure(
        noted("Tiếp nhận trong kỳ"), noted("Hồ sơ được tiếp nhận (có mã) trong kỳ."), "Đ25.1"
    ),
    "solved_in_time": Measure(
        "Giải quyết đúng hạn",
        noted("Trước hạn và đúng hạn, theo hạn của pháp luật đang có hiệu lực."),
        "Đ25.1",
    ),
    "late_original": Measure(
        "Quá hẹn ban đầu",
        "Đã giải quyết, sau ngày hẹn đầu tiên ghi trên giấy tiếp nhận, dù có dừng, gia hạn hay xin lỗi.",
        "Đ13.3đ",
    ),
    "overdue_original": Measure(
        "Đang quá hẹn ban đầu", "Chưa giải quyết xong mà đã qua ngày hẹn đầu tiên.", "Đ13.3đ"
    ),
    "paused": Measure("Có thời gian dừng", "Có lúc trong kỳ dừng tính thời gian để chờ người nộp.", "Đ13.3d"),
    "supplemented": Measure(
        "Yêu cầu bổ sung", "Trong kỳ có yêu cầu bổ sung trong quá trình giải quyết.", "Đ13.3d"
    ),
    "extended": Measure("Gia hạn", "Trong kỳ được gia hạn thời gian giải quyết.", "Đ13.3đ"),
    "apologised": Measure("Xin lỗi", "Trong kỳ có phiếu xin lỗi và hẹn lại ngày trả.", "Đ15.1d"),
    "given_back": Measure("Trả lại, rút", "Đã trả lại kèm thông báo, dừng, hoặc rút theo yêu cầu.", "Đ15.1c"),
    "waiting": Measure("Chờ người nộp", "Đến hết kỳ đang chờ người nộp bổ sung, trả lời.", "Đ13.3d"),
    "due_soon": Measure("Sắp đến hạn", "Chưa có kết quả, đến hẹn trả trong một ngày tới.", "Đ25.1"),
    "done": Measure("Xong trong tháng", "Có kết quả, trả lại hoặc rút từ đầu tháng đến nay.", "Đ25.1"),
    "uncollected": Measure("Chờ trả kết quả", "Đến hết kỳ có kết quả mà chưa ai nhận.", "Đ15.2"),
}
