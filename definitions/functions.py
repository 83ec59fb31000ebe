"""What the steps of a workflow are done by: functions that staff hold per agency, the applicant, other systems."""

from collections.abc import Mapping
from typing import Final

from rules.i18n import noted
from rules.workflow.model import APPLICANT, EXTERNAL

FUNCTIONS: Final[Mapping[str, str]] = {  # what people call whoever does it, within a sentence
    "tiep_nhan": noted("cán bộ tiếp nhận và trả kết quả"),
    "lanh_dao_phong": noted("lãnh đạo phòng"),
    "tham_dinh": noted("chuyên viên thụ lý"),
    "phe_duyet": noted("lãnh đạo cơ quan"),
    "van_thu": noted("văn thư"),
    "phu_trach_mot_cua": noted("người đứng đầu bộ phận một cửa"),
    APPLICANT: noted("người nộp hồ sơ"),
    EXTERNAL: noted("hệ thống khác"),
}
