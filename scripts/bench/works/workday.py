"""The fifteenth working day after a date."""

from datetime import date

from definitions.calendars import shipped
from scripts.bench.duel import Peer, Ready, Work, loop, python_peer

START, COUNT = date(2026, 6, 2), 15


def work() -> Work:
    calendar = shipped()
    return Work(
        f"ngày làm việc thứ {COUNT}",
        "Cả hai đã nạp sẵn các năm; lịch của chúng tôi còn biết ngày nghỉ hoán đổi và làm bù.",
        Ready(loop(lambda: calendar.add_working_days(START, COUNT)), calendar.add_working_days(START, COUNT)),
        [Peer("holidays", _holidays)],
    )


def _holidays() -> Ready:
    import holidays

    known = holidays.country_holidays("VN", years=range(START.year - 1, START.year + 2))
    return python_peer(
        "holidays",
        lambda: known.get_nth_working_day(START, COUNT),
        known.get_nth_working_day(START, COUNT),
    )
