"""`tthc simulate month`: a month of an agency, played in a database of its own."""

import argparse
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

SMALL = "Số hồ sơ ít hơn mức chuẩn nên không đòi mọi tình huống đều xảy ra."


class ArgumentError(ValueError):
    """The message is a sentence for whoever gave the argument."""


def add(commands: Any) -> None:
    """The command's place among the others; `commands`: what argparse gives for sub-commands."""
    about = "Mô phỏng một tháng của một cơ quan, trong cơ sở dữ liệu riêng, rồi đếm và kiểm tra lại tất cả."
    parser = commands.add_parser("simulate", help=about, description=about, allow_abbrev=False)
    what = parser.add_subparsers(dest="what", required=True, metavar="VIỆC")
    month = what.add_parser("month", help=about, description=about, allow_abbrev=False)
    month.add_argument(
        "--agency", required=True, metavar="ĐỊA_CHỈ", help="địa chỉ của cơ quan, như phuong-to-hieu"
    )
    month.add_argument("--seed", type=int, required=True, metavar="SỐ", help="cùng số thì cùng kết quả")
    month.add_argument("--dossiers", type=int, metavar="SỐ", help="số hồ sơ nộp (mặc định 300)")
    month.add_argument(
        "--month", default="2026-11", metavar="NĂM-THÁNG", help="tháng mô phỏng (mặc định 2026-11)"
    )
    month.add_argument(
        "--kill",
        type=int,
        default=0,
        metavar="SỐ",
        help="trang và bộ xử lý nền là tiến trình riêng, bị giết (SIGKILL) trước và sau mỗi loại lần ghi, tối đa SỐ lần mỗi chỗ",
    )
    month.add_argument("--out", type=Path, metavar="THƯ_MỤC", help="ghi tóm tắt và Biểu II.06a vào đây")
    parser.set_defaults(function=run)


def run(arguments: argparse.Namespace) -> int:
    """Play the month, say what came of it; 1 where anything is wrong or an exception did not occur."""
    from tthc.cli import WRONG_ARGUMENTS, complain, say
    from tthc.supervisor.failures import Exit

    try:
        fine = played(arguments, say)
    except (ArgumentError, LookupError) as error:
        complain(str(error))
        return WRONG_ARGUMENTS
    return Exit.OK if fine else Exit.FAILED


def played(arguments: argparse.Namespace, say: Callable[[str], None]) -> bool:
    from tthc.simulation.deck import Deck, Month
    from tthc.simulation.month import Player
    from tthc.simulation.outcome import STANDARD, lines, outcome, write
    from tthc.simulation.place import own_database, prepare
    from tthc.simulation.points import Plan
    from tthc.simulation.points import lines as deaths
    from tthc.simulation.processes import play

    month = Month.of(_first(arguments.month))
    count = STANDARD if arguments.dossiers is None else arguments.dossiers
    if count < 1:
        raise ArgumentError("--dossiers phải từ 1 trở lên.")
    if arguments.kill < 0:
        raise ArgumentError("--kill phải từ 0 trở lên.")
    plan = Plan(arguments.seed, arguments.kill)
    with own_database() as database, tempfile.TemporaryDirectory() as var:
        place = prepare(database, arguments.agency, month.first_arrival, Path(var))
        deck = Deck(place, month, arguments.seed)
        if arguments.kill:
            told = play(place, deck, count, plan).played
        else:
            told = Player(place, month).play(deck, count)
        found = outcome(place, month, told, gaps=bool(arguments.kill))
    for line in lines(found):
        say(line)
    if arguments.kill:
        say("")
        for line in deaths(plan.killed):
            say(line)
    if arguments.out is not None:
        write(found, arguments.out)
    say("")
    fine = not found.wrong and not found.unexpected
    if count < STANDARD:
        say(SMALL)
    elif found.lacking:
        fine = False
        say(f"Chưa xảy ra: {'; '.join(found.lacking)}.")
    say("Tất cả đều đúng." if fine else "CÓ CHỖ SAI, xem trên.")
    return fine


def _first(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ArgumentError(f"--month viết như 2026-11, không phải “{text}”.") from None
