"""Who signs in the tests beside this file."""

from datetime import datetime

from rules.calendar import TZ
from tthc.signing.model import Party

AGENCY_NAME = "Ủy ban nhân dân phường Tô Hiệu"
LEADER = Party("person", "chutich", "Nguyễn Đức Minh", AGENCY_NAME)
AGENCY = Party("agency", "phuong-to-hieu", AGENCY_NAME)
AT = datetime(2026, 6, 1, 9, 5, 7, tzinfo=TZ)
