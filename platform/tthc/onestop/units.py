"""In what an extension may be given."""

from typing import Final

from rules.deadlines import Unit

UNITS: Final = {Unit.WORKING_DAY: "ngày làm việc", Unit.DAY: "ngày", Unit.WORKING_HOUR: "giờ làm việc"}
