"""What the steps of a workflow are done by: functions that staff hold per agency, the applicant, other systems."""

from collections.abc import Mapping
from typing import Final

from rules.workflow.model import APPLICANT, EXTERNAL

FUNCTIONS: Final[Mapping[str, str]] = {  # what people call whoever does it, within a sentence
    "tiep_nhan": "cán bộ tiếp nhận và trả kết quả",
    "lanh_dao_phong": "lãnh đạo phòng",
    "tham_dinh": "chuyên viên thụ lý",
    "phe_duyet": "lãnh đạo cơ quan",
    "van_thu": "văn thư",
    "phu_trach_mot_cua": "người đứng đầu bộ phận một cửa",
    APPLICANT: "người nộp hồ sơ",
    EXTERNAL: "hệ thống khác",
}
