"""The command line, `tthc`: run the system, prepare its data, and try definitions, expressions and deadlines.

Every command imports only what it needs, so that `tthc feel` does not wait for a web framework.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tthc.supervisor.failures import Exit, StartError

WRONG_ARGUMENTS = 2  # argparse's own exit code
UNITS = ("working_hour", "working_day", "hour", "day", "month")


def say(line: str) -> None:
    """Print a line at once: whoever started the system may read it through a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def complain(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def run(_arguments: argparse.Namespace) -> int:
    """Chạy toàn bộ hệ thống cho đến khi bị dừng."""
    from tthc.settings import Settings
    from tthc.supervisor.prepare import welcome
    from tthc.supervisor.supervisor import Supervisor

    settings = Settings.load()
    return Supervisor(settings, say, lambda: welcome(settings)).run()


def prepare(_arguments: argparse.Namespace) -> int:
    """Chuẩn bị dữ liệu: chỉ mục, và dữ liệu trình diễn ở lần chạy đầu."""
    from tthc.settings import Settings
    from tthc.supervisor import checks
    from tthc.supervisor.prepare import prepare as do

    settings = Settings.load()
    if settings.mongodb_uri is None:
        complain("Chưa có MONGODB_URI; lệnh “tthc run” tự khởi động máy chủ dữ liệu kèm theo và tự chuẩn bị.")
        return Exit.DATABASE
    checks.database(settings)
    do(settings, say)
    return Exit.OK


def check(arguments: argparse.Namespace) -> int:
    """Kiểm tra bản cấu hình thủ tục: cú pháp, ý nghĩa, các ví dụ kèm theo và phần chưa được thử."""
    from tthc import cli_check

    done: list[cli_check.Checked] = []
    unreadable = []
    try:
        paths = list(cli_check.found(arguments.files))
    except cli_check.UnreadableError as error:
        complain(str(error))
        return WRONG_ARGUMENTS
    for path in paths:
        try:
            checked = cli_check.checked(path)
        except cli_check.UnreadableError as error:
            unreadable.append(path)
            complain(str(error))
            continue
        done += checked
        if not arguments.json:
            for line in (line for each in checked for line in each.lines):
                say(line)
    if arguments.json:
        say(cli_check.as_json(done))
    if unreadable:
        return WRONG_ARGUMENTS
    return Exit.OK if all(each.ok for each in done) else Exit.FAILED


def diff(arguments: argparse.Namespace) -> int:
    """So sánh hai bản cấu hình: thêm, bỏ, đổi gì, theo từng trường, giấy tờ, khoản thu, bước."""
    from tthc import cli_texts
    from tthc.cli_check import UnreadableError

    if cli_texts.of_many(arguments.before, arguments.after):
        return _diff_many(arguments)
    try:
        found = cli_texts.changes(arguments.before, arguments.after)
    except (UnreadableError, cli_texts.NotComparableError) as error:
        complain(str(error))
        return WRONG_ARGUMENTS
    if arguments.json:
        say(cli_texts.as_json(found))
    else:
        for change in found:
            say(change.sentence)
        if not found:
            say("Hai bản giống nhau.")
    return Exit.FAILED if found else Exit.OK


def _diff_many(arguments: argparse.Namespace) -> int:
    """Folders and bundles, procedure by procedure."""
    from tthc import cli_texts
    from tthc.cli_check import UnreadableError

    try:
        found = cli_texts.many_changes(arguments.before, arguments.after)
    except UnreadableError as error:
        complain(str(error))
        return WRONG_ARGUMENTS
    if arguments.json:
        say(cli_texts.many_as_json(found))
    else:
        for each in found:
            say(each.head)
            for change in each.changes:
                say(f"  - {change.sentence}")
    if any(each.wrong for each in found):
        return WRONG_ARGUMENTS
    return Exit.FAILED if any(each.verb for each in found) else Exit.OK


def fmt(arguments: argparse.Namespace) -> int:
    """Sắp xếp bản cấu hình theo một thứ tự khóa chung, giữ nguyên chú thích."""
    from tthc import cli_texts
    from tthc.cli_check import UnreadableError, found

    unordered = unreadable = False
    try:
        for path in found(arguments.files):
            try:
                changed = cli_texts.format_file(path, write=not arguments.check)
            except UnreadableError as error:
                complain(str(error))
                unreadable = True
                continue
            if changed:
                unordered = True
                say(f"{path}: {'chưa đúng thứ tự' if arguments.check else 'đã sắp xếp lại'}.")
    except UnreadableError as error:
        complain(str(error))
        return WRONG_ARGUMENTS
    if unreadable:
        return WRONG_ARGUMENTS
    return Exit.FAILED if arguments.check and unordered else Exit.OK


def record(arguments: argparse.Namespace) -> int:
    """Ghi một hồ sơ đã có thành ví dụ của thủ tục, bỏ hết thông tin riêng của người nộp."""
    from tthc import cli_record
    from tthc.database.running import found
    from tthc.settings import Settings

    settings = found(Settings.load())
    if settings.mongodb_uri is None:
        complain(
            "Không có hệ thống nào đang chạy trên thư mục này (TTHC_VAR): khởi động bằng “tthc run”, hoặc đặt "
            "MONGODB_URI là địa chỉ máy chủ dữ liệu có hồ sơ này."
        )
        return Exit.DATABASE
    try:
        recorded = cli_record.recorded(settings, arguments.dossier, arguments.name)
    except cli_record.UnknownDossierError as error:
        complain(str(error))
        return Exit.FAILED
    say(recorded.text.rstrip("\n"))
    for remark in recorded.remarks:
        complain(f"Lưu ý: {remark}")
    return Exit.OK


def schema(_arguments: argparse.Namespace) -> int:
    """In lược đồ JSON của ngôn ngữ cấu hình, để trình soạn thảo gợi ý và gạch chân chỗ sai."""
    import json

    from definitions.shape import schema as found

    say(json.dumps(found(), ensure_ascii=False, indent=2))
    return Exit.OK


def feel(arguments: argparse.Namespace) -> int:
    """Tính một biểu thức FEEL và in giá trị dưới dạng JSON."""
    import json
    from decimal import Decimal

    from rules import feel as language
    from rules.feel.jsonform import declared, json_text
    from tthc.clock import Clock

    given = arguments.context
    try:
        text = sys.stdin.read() if arguments.expression == "-" else arguments.expression
        written = given.read_text(encoding="utf-8-sig") if given else arguments.names
        data = json.loads(written, parse_float=Decimal)
    except OSError as error:
        complain(f"Không đọc được “{given}”: {error.strerror}.")
        return WRONG_ARGUMENTS
    except (ValueError, RecursionError) as error:
        complain(f'{given or "--names"} phải là JSON, ví dụ {{"pages": 3}}: {error}.')
        return WRONG_ARGUMENTS
    if not isinstance(data, dict):
        complain(f'{given or "--names"} phải là một nhóm tên và giá trị, ví dụ {{"pages": 3}}.')
        return WRONG_ARGUMENTS
    try:
        names = {name: declared(value) for name, value in data.items()}
        expression = language.compile(text, names)
        say(json_text(expression.evaluate(data, now=Clock().now())))
    except language.FeelError as error:
        complain(str(error))
        return Exit.FAILED
    if arguments.explain:
        say(f"Nghĩa: {expression.explain()}")
    return Exit.OK


def due(arguments: argparse.Namespace) -> int:
    """Tính hạn trả kết quả và cho biết vì sao."""
    from rules.calendar import CalendarRangeError
    from tthc import cli_due

    try:
        found = cli_due.answer(arguments)
    except cli_due.ArgumentError as error:
        complain(str(error))
        return WRONG_ARGUMENTS
    except (CalendarRangeError, ValueError) as error:
        complain(str(error))
        return Exit.FAILED
    say(found.json() if arguments.json else found.text)
    return Exit.OK


def table(arguments: argparse.Namespace) -> int:
    """Bảng tính phí: xuất ra và nhập từ DMN, xét đủ dòng và trùng dòng."""
    from tthc import cli_table

    path, fee = arguments.definition, arguments.fee
    try:
        if arguments.action == "export":
            sys.stdout.write(cli_table.export(path, fee))
            return Exit.OK
        if arguments.action == "import":
            fine, lines = True, cli_table.take(path, fee, arguments.dmn)
        else:
            fine, lines = cli_table.check(path, fee)
    except cli_table.TableCommandError as error:
        complain(str(error))
        return Exit.FAILED
    for line in lines:
        say(line)
    return Exit.OK if fine else Exit.FAILED


def _parser() -> argparse.ArgumentParser:
    from tthc import cli_bundle, cli_check, cli_client, cli_import, cli_simulate, cli_texts

    parser = argparse.ArgumentParser(prog="tthc", description="Nền tảng giải quyết thủ tục hành chính.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")

    def command(function: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = commands.add_parser(
            function.__name__, help=function.__doc__, description=function.__doc__, allow_abbrev=False
        )
        made.set_defaults(function=function)
        return made

    command(run)
    command(prepare)
    cli_check.arguments(command(check))
    cli_texts.diff_arguments(command(diff))
    cli_texts.fmt_arguments(command(fmt))
    recording = command(record)
    recording.add_argument("dossier", metavar="HỒ_SƠ", help="mã số hồ sơ hoặc mã tra cứu")
    recording.add_argument("--name", default="", metavar="TÊN", help="tên ví dụ")
    command(schema)
    expression = command(feel)
    expression.add_argument("expression", metavar="BIỂU_THỨC", help="“-” để đọc từ đầu vào chuẩn")
    expression.add_argument(
        "--context", type=Path, metavar="TỆP", help="tệp JSON: tên và giá trị biểu thức đọc"
    )
    expression.add_argument("--explain", action="store_true", help="giải thích biểu thức bằng tiếng Việt")
    expression.add_argument("--names", default="{}", metavar="JSON", help="tên và giá trị mà biểu thức đọc")
    _deadline_arguments(command(due))
    _table_arguments(command(table))
    cli_import.add(commands)
    cli_bundle.add(commands)
    cli_client.add(commands)
    cli_simulate.add(commands)
    return parser


def _table_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="VIỆC")
    for name, said in (
        ("export", "in bảng của một khoản thu dưới dạng DMN XML"),
        ("import", "ghi bảng trong tệp DMN vào bản cấu hình"),
        ("check", "xét bảng: có tình huống nào không dòng nào nhận, hay hai dòng cùng nhận"),
    ):
        action = actions.add_parser(name, help=said, description=said, allow_abbrev=False)
        action.add_argument("definition", type=Path, metavar="BẢN_CẤU_HÌNH", help="tệp YAML của thủ tục")
        few = "?" if name == "check" else None
        action.add_argument("fee", nargs=few, metavar="KHOẢN_THU", help="mã khoản thu")
        if name == "import":
            action.add_argument("dmn", type=Path, metavar="TỆP_DMN")


def _deadline_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--start", metavar="THỜI_ĐIỂM", help="như 2026-11-23T08:00; bỏ trống là bây giờ")
    parser.add_argument("--amount", required=True, metavar="SỐ", help="bao nhiêu, ví dụ 8 hoặc 0.5")
    parser.add_argument("--unit", required=True, choices=UNITS, help="tính theo đơn vị nào")
    parser.add_argument(
        "--pause",
        action="append",
        default=[],
        metavar="TỪ/ĐẾN:LÝ_DO",
        help="khoảng đồng hồ dừng, viết được nhiều lần; bỏ trống ĐẾN là còn đang dừng",
    )
    parser.add_argument("--cutoff", metavar="GIỜ", help="nhận sau giờ này thì tính từ ngày làm việc sau")
    parser.add_argument(
        "--return-at", choices=("same_clock", "end_of_day"), help="trả cùng giờ nhận, hay cuối buổi"
    )
    parser.add_argument("--agency", metavar="CƠ_QUAN", help="mã cơ quan có giờ làm việc riêng")
    parser.add_argument("--json", action="store_true", help="in dữ liệu cho chương trình đọc")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. What goes wrong at the start is one sentence on standard error."""
    from tthc.settings import SettingsError, StorageError

    parsed = _parser().parse_args(arguments)
    try:
        return int(parsed.function(parsed))
    except SettingsError as error:
        complain(str(error))
        return Exit.STORAGE if isinstance(error, StorageError) else Exit.SETTINGS
    except StartError as error:
        complain(error.message)
        return error.code
    except BrokenPipeError:
        # whoever read along has seen enough (`tthc diff A B | head`); nothing may be flushed to them at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK


if __name__ == "__main__":
    sys.exit(main())
