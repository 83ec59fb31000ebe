import pytest

from rules.calendar import Calendar


def off(*rows):
    return {"years": {2026: {"off": list(rows)}}}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"rest_days": [0, 8]}, "rest_days: cần danh sách thứ"),
        ({"rest_days": [1, 2, 3, 4, 5, 6, 7]}, "không đủ cả tuần"),
        ({"annual": [{"day": "13-01", "label": "x"}]}, r"annual\[0\].day"),
        ({"annual": [{"day": "01-01"}]}, r"annual\[0\].label"),
        ({"annual": 3}, "cần một danh sách"),
        ({"years": [1]}, "years: cần một bảng"),
        (off({"day": "2026-01-01"}), r"years.2026.off\[0\].label"),
        (off({"day": "hôm nay", "label": "x"}), "cần một ngày dạng"),
        (off({"day": 7, "label": "x"}), "cần một ngày dạng"),
        (off({"from": "2026-01-02", "to": "2026-01-01", "label": "x"}), "trước ngày đầu"),
        (off({"day": "2026-01-01", "label": "x", "kind": "lễ"}), "phải là một trong holiday, in_lieu, swap"),
        (
            off({"day": "2026-01-01", "label": "x"}, {"day": "2026-01-01", "label": "y"}),
            "đã được khai báo là «nghỉ x»",
        ),
        (off({"day": "2026-08-31", "kind": "swap", "with": "2026-08-26"}), "vốn là ngày làm việc"),
        (off({"day": "2026-08-31", "kind": "swap"}), r"off\[0\].with"),
        ({"sessions": [{"hours": []}]}, "ít nhất một buổi"),
        ({"sessions": [{"hours": "07:30-11:30"}]}, "ít nhất một buổi"),
        ({"sessions": [{"hours": ["7h-11h"]}]}, "không đúng dạng"),
        ({"sessions": [{"hours": ["11:30-07:30"]}]}, "không phải là một buổi"),
        ({"sessions": [{"hours": ["07:61-11:30"]}]}, "không phải là một buổi"),
        ({"sessions": [{"hours": ["07:30-11:30", "11:30-17:00"]}]}, "phải sau buổi trước"),
        ({"sessions": [{"hours": ["07:30-11:30"], "weekdays": [8]}]}, "weekdays: cần danh sách"),
        ({"sessions": [{"hours": ["07:30-11:30"], "from": "2026"}]}, "không phải là ngày"),
        (
            {"sessions": [{"hours": ["07:30-11:30"], "season": {"from": "02-30", "to": "03-01"}}]},
            "một ngày trong năm",
        ),
        (
            {"sessions": [{"hours": ["07:30-11:30"], "season": {"from": "tháng 4", "to": "03-01"}}]},
            "dạng tháng-ngày",
        ),
    ],
)
def test_wrong_data_is_refused_with_the_place_and_the_remedy(data, message):
    with pytest.raises(ValueError, match=message):
        Calendar.from_data(data)
