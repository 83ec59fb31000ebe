"""`tthc client`: keys of other systems that answer through `/api/v1`: made, listed, revoked."""

import argparse
import sys
from typing import Any, Final

from tthc.api.functions import ANSWERING, FUNCTIONS
from tthc.supervisor.failures import Exit

_HELP: Final = "Khóa cho hệ thống khác trả lời các bước chờ nó: cấp, liệt kê, thu hồi."


def add(commands: Any) -> None:
    """Join the command line; `commands`: argparse's sub-parsers."""
    parser = commands.add_parser("client", help=_HELP, description=_HELP, allow_abbrev=False)
    actions = parser.add_subparsers(dest="action", required=True, metavar="VIỆC")
    made = actions.add_parser(
        "add", help="cấp khóa cho một hệ thống; khóa chỉ hiện một lần", allow_abbrev=False
    )
    made.add_argument("--name", required=True, metavar="TÊN", help="tên hệ thống, như người đọc lịch sử thấy")
    made.add_argument(
        "--agency", required=True, action="append", metavar="CƠ_QUAN", help="mã cơ quan; viết được nhiều lần"
    )
    made.add_argument(
        "--function",
        dest="functions",  # `function` is what the command runs
        action="append",
        choices=FUNCTIONS,
        help=f"chức năng của bước được trả lời; bỏ trống là {ANSWERING}",
    )
    made.add_argument(
        "--procedure",
        action="append",
        default=[],
        metavar="MÃ",
        help="chỉ thủ tục này; bỏ trống là mọi thủ tục",
    )
    made.add_argument(
        "--step", action="append", default=[], metavar="BƯỚC", help="chỉ bước này; bỏ trống là mọi bước"
    )
    actions.add_parser("list", help="liệt kê các hệ thống đã cấp khóa", allow_abbrev=False)
    gone = actions.add_parser("revoke", help="thu hồi khóa ngay", allow_abbrev=False)
    gone.add_argument("client", metavar="MÃ", help="mã hệ thống, như lệnh list in ra")
    parser.set_defaults(function=run)


def run(arguments: argparse.Namespace) -> int:
    """0: done; 1: no such agency or client; 7: no database named."""
    from tthc.database.running import found
    from tthc.services import build
    from tthc.settings import Settings

    settings = found(Settings.load())
    if settings.mongodb_uri is None:
        return _wrong(
            "Không có hệ thống nào đang chạy trên thư mục này (TTHC_VAR): khởi động bằng “tthc run”, hoặc đặt "
            "MONGODB_URI là địa chỉ máy chủ dữ liệu của hệ thống.",
            Exit.DATABASE,
        )
    services = build(settings)
    now = services.clock.now()
    if arguments.action == "list":
        for one in services.clients.all():
            last = services.clients.calls(one.id, limit=1)
            said = [one.id, one.name, ",".join(one.agencies), ",".join(one.functions)]
            said += [",".join(one.procedures) or "mọi thủ tục", ",".join(one.steps) or "mọi bước"]
            said.append(f"gọi lần cuối {last[0]['at']:%Y-%m-%d %H:%M} UTC" if last else "chưa gọi lần nào")
            said.append("đã thu hồi" if one.revoked_at else "đang dùng")
            sys.stdout.write("\t".join(said) + "\n")
        return Exit.OK
    if arguments.action == "revoke":
        if not services.clients.revoke(arguments.client, now):
            return _wrong(f"Không có hệ thống “{arguments.client}” đang dùng; xem lệnh tthc client list.")
        sys.stdout.write("Đã thu hồi khóa; từ giờ khóa này không mở được gì.\n")
        return Exit.OK
    known = {agency.id for agency in services.agencies.active(now.date())}
    if unknown := [agency for agency in arguments.agency if agency not in known]:
        return _wrong(f"Không có cơ quan “{unknown[0]}” đang hoạt động.")
    services.ensure_indexes()
    client, key = services.clients.add(
        arguments.name,
        arguments.agency,
        arguments.functions or [ANSWERING],
        now,
        procedures=arguments.procedure,
        steps=arguments.step,
    )
    sys.stdout.write(f"Mã hệ thống: {client.id}\nKhóa (chỉ hiện lần này, hãy cất ngay): {key}\n")
    return Exit.OK


def _wrong(sentence: str, code: int = Exit.FAILED) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code
