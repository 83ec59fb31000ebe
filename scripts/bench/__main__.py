"""Measurements of this machine, run by `make bench`. They judge nothing and are no part of the suite."""

from scripts.bench import road
from scripts.bench.duel import Row, rows
from scripts.bench.measure import ROUNDS, machine
from scripts.bench.report import keep, line, say
from scripts.bench.works import all_works


def main() -> None:
    say(f"Máy: {machine()}.")
    say(
        f"Cách đo: một luồng; trung vị của {ROUNDS} lượt sau một lượt làm nóng; với thư viện khác thì đo xen kẽ từng lượt,"
    )
    say("sau khi đã so hai bên cho cùng kết quả. “Gấp” là thời gian của thư viện kia chia cho của chúng tôi.")
    found: list[Row] = []
    for work in all_works():
        say(f"{work.name}: {work.note}")
        for row in rows(work):
            say(line(row))
            found.append(row)
    say("Đường đi của hồ sơ (máy chủ dữ liệu kèm theo, mỗi lệnh được trả lời khi đã nằm trên đĩa):")
    for figure in road.figures():
        row = Row.alone(figure)
        say(line(row))
        found.append(row)
    keep(found)


main()
