"""The review desk's own records: ticks, remarks, what a reviewer wrote instead, reminders, notices to staff (Đ9.3b)."""
