"""What the steps of a workflow are done by: functions that staff hold per agency, the applicant, other systems."""

from collections.abc import Mapping
from typing import Final

from rules.workflow.model import APPLICANT, EXTERNAL

FUNCTIONS: Final[Mapping[str, str]] = {
    "tiep_nhan": "tiếp nhận và trả kết quả",
    "lanh_dao_phong": "lãnh đạo phòng",
    "tham_dinh": "thẩm định",
    "phe_duyet": "phê duyệt",
    "van_thu": "văn thư",
    APPLICANT: "người nộp",
    EXTERNAL: "hệ thống khác",
}
