"""Vietnamese words for FEEL's operators, properties and functions; `{}` is an argument. Said with `gettext`."""

from __future__ import annotations

from collections.abc import Mapping

from rules.i18n import noted

SIGNS: Mapping[str, str] = {
    "+": noted("{} cộng {}"),
    "-": noted("{} trừ {}"),
    "*": noted("{} nhân {}"),
    "/": noted("{} chia {}"),
    "**": noted("{} lũy thừa {}"),
}

COMPARISONS: Mapping[str, str] = {
    "=": noted("là {}"),
    "!=": noted("khác {}"),
    "<": noted("nhỏ hơn {}"),
    "<=": noted("không quá {}"),
    ">": noted("lớn hơn {}"),
    ">=": noted("không nhỏ hơn {}"),
}

MOMENTS: Mapping[str, str] = {
    "<": noted("trước {}"),
    "<=": noted("không muộn hơn {}"),
    ">": noted("sau {}"),
    ">=": noted("không sớm hơn {}"),
}

PROPERTIES: Mapping[str, str] = {
    "year": noted("năm của {}"),
    "month": noted("tháng của {}"),
    "day": noted("ngày của {}"),
    "weekday": noted("thứ của {}"),
    "hour": noted("giờ của {}"),
    "minute": noted("phút của {}"),
    "second": noted("giây của {}"),
    "years": noted("số năm của {}"),
    "months": noted("số tháng của {}"),
    "days": noted("số ngày của {}"),
    "hours": noted("số giờ của {}"),
    "minutes": noted("số phút của {}"),
    "seconds": noted("số giây của {}"),
    "time offset": noted("độ lệch giờ của {}"),
    "timezone": noted("múi giờ của {}"),
}

CALLS: Mapping[str, tuple[str, ...]] = {
    "count": (noted("số mục của {}"),),
    "sum": (noted("tổng của {}"),),
    "min": (noted("giá trị nhỏ nhất của {}"), noted("số nhỏ hơn trong {} và {}")),
    "max": (noted("giá trị lớn nhất của {}"), noted("số lớn hơn trong {} và {}")),
    "mean": (noted("trung bình của {}"),),
    "abs": (noted("giá trị tuyệt đối của {}"),),
    "floor": (noted("{} làm tròn xuống"),),
    "ceiling": (noted("{} làm tròn lên"),),
    "decimal": (noted("{} làm tròn đến {} chữ số thập phân"),),
    "round up": (noted("{} làm tròn lên đến {} chữ số thập phân"),),
    "round down": (noted("{} làm tròn xuống đến {} chữ số thập phân"),),
    "round half up": (noted("{} làm tròn đến {} chữ số thập phân"),),
    "modulo": (noted("phần dư của {} chia cho {}"),),
    "contains": (noted("{} có chứa {}"),),
    "starts with": (noted("{} bắt đầu bằng {}"),),
    "ends with": (noted("{} kết thúc bằng {}"),),
    "matches": (noted("{} theo đúng mẫu {}"),),
    "string length": (noted("số ký tự của {}"),),
    "upper case": (noted("{} viết hoa"),),
    "lower case": (noted("{} viết thường"),),
    "string": (noted("{} viết thành chữ"),),
    "number": (noted("số đọc từ {}"),),
    "list contains": (noted("{} có mục {}"),),
    "distinct values": (noted("các giá trị khác nhau của {}"),),
    "concatenate": (noted("{} nối với {}"),),
    "string join": (noted("các mục của {} nối liền nhau"), noted("các mục của {} nối bằng {}")),
    "all": (noted("mọi mục của {} đều đúng"),),
    "any": (noted("có mục của {} là đúng"),),
    "today": (noted("ngày hôm nay"),),
    "now": (noted("thời điểm hiện tại"),),
    "date": (noted("ngày của {}"), noted("ngày có năm {}, tháng {}, ngày {}")),
    "time": (noted("giờ của {}"),),
    "date and time": (noted("ngày giờ {}"), noted("{} lúc {}")),
    "day of week": (noted("thứ trong tuần của {}"),),
    "years and months duration": (noted("số năm tháng từ {} đến {}"),),
    "before": (noted("{} trước {}"),),
    "after": (noted("{} sau {}"),),
    "is": (noted("{} chính là {}"),),
}
