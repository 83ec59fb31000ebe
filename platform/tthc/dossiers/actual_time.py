"""What happens, happens now: a return is never dated back (Đ15.3)."""

from datetime import datetime, timedelta
from typing import Final

from rules.calendar import instant_text
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.refusals import Refused

_SLACK: Final = timedelta(minutes=5)
"""How far the clock of whoever fills in a form may be off."""


def require_actual_time(deciding: Deciding, told: datetime | None) -> None:
    """Đ15.3: a dossier ends when the result is handed over, whatever time somebody writes."""
    if told is not None and abs(told - deciding.now) > _SLACK:
        raise Refused(
            "backdated",
            f"Thời điểm trả kết quả là lúc bấm nút, bây giờ là {instant_text(deciding.now)}; không ghi thời điểm khác."
            " Ghi nhầm thì lãnh đạo cơ quan đính chính, có lý do.",
            "Đ15.3",
        )
