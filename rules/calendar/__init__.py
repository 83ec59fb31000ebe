"""The working calendar: which instants are working time, and arithmetic on it (BLLĐ 2019 Đ105, Đ111, Đ112)."""

from zoneinfo import ZoneInfo

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
