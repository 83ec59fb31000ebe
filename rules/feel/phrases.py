"""Vietnamese words for FEEL's operators, properties and functions; `{}` is an argument."""

from __future__ import annotations

from collections.abc import Mapping

SIGNS: Mapping[str, str] = {"+": "cộng", "-": "trừ", "*": "nhân", "/": "chia", "**": "lũy thừa"}

COMPARISONS: Mapping[str, str] = {
    "=": "là",
    "!=": "khác",
    "<": "nhỏ hơn",
    "<=": "không quá",
    ">": "lớn hơn",
    ">=": "không nhỏ hơn",
}

MOMENTS: Mapping[str, str] = {"<": "trước", "<=": "không muộn hơn", ">": "sau", ">=": "không sớm hơn"}

PROPERTIES: Mapping[str, str] = {
    "year": "năm",
    "month": "tháng",
    "day": "ngày",
    "weekday": "thứ",
    "hour": "giờ",
    "minute": "phút",
    "second": "giây",
    "years": "số năm",
    "months": "số tháng",
    "days": "số ngày",
    "hours": "số giờ",
    "minutes": "số phút",
    "seconds": "số giây",
    "time offset": "độ lệch giờ",
    "timezone": "múi giờ",
}

CALLS: Mapping[str, tuple[str, ...]] = {
    "count": ("số mục của {}",),
    "sum": ("tổng của {}",),
    "min": ("giá trị nhỏ nhất của {}", "số nhỏ hơn trong {} và {}"),
    "max": ("giá trị lớn nhất của {}", "số lớn hơn trong {} và {}"),
    "mean": ("trung bình của {}",),
    "abs": ("giá trị tuyệt đối của {}",),
    "floor": ("{} làm tròn xuống",),
    "ceiling": ("{} làm tròn lên",),
    "decimal": ("{} làm tròn đến {} chữ số thập phân",),
    "round up": ("{} làm tròn lên đến {} chữ số thập phân",),
    "round down": ("{} làm tròn xuống đến {} chữ số thập phân",),
    "round half up": ("{} làm tròn đến {} chữ số thập phân",),
    "modulo": ("phần dư của {} chia cho {}",),
    "contains": ("{} có chứa {}",),
    "starts with": ("{} bắt đầu bằng {}",),
    "ends with": ("{} kết thúc bằng {}",),
    "matches": ("{} theo đúng mẫu {}",),
    "string length": ("số ký tự của {}",),
    "upper case": ("{} viết hoa",),
    "lower case": ("{} viết thường",),
    "string": ("{} viết thành chữ",),
    "number": ("số đọc từ {}",),
    "list contains": ("{} có mục {}",),
    "distinct values": ("các giá trị khác nhau của {}",),
    "concatenate": ("{} nối với {}",),
    "string join": ("các mục của {} nối liền nhau", "các mục của {} nối bằng {}"),
    "all": ("mọi mục của {} đều đúng",),
    "any": ("có mục của {} là đúng",),
    "today": ("ngày hôm nay",),
    "now": ("thời điểm hiện tại",),
    "date": ("ngày của {}", "ngày có năm {}, tháng {}, ngày {}"),
    "time": ("giờ của {}",),
    "date and time": ("ngày giờ {}", "{} lúc {}"),
    "day of week": ("thứ trong tuần của {}",),
    "years and months duration": ("số năm tháng từ {} đến {}",),
    "before": ("{} trước {}",),
    "after": ("{} sau {}",),
    "is": ("{} chính là {}",),
}
