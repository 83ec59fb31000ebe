"""`tthc import`: a form or a record of another system → a draft, and a report of every property of the source.

Definitions of this system, as files or bundles, are `tthc.cli_bundle`'s.
"""

import argparse
import sys
from pathlib import Path
from typing import Any, Final

from definitions.importing import KINDS, Imported, ImportRefusedError, import_bytes
from definitions.importing.report import as_json, as_text
from definitions.importing.source import MAX_BYTES
from tthc import cli_bundle

_OK: Final = 0
_TO_SETTLE: Final = 1
_USAGE: Final = 2
_HELP: Final = (
    "Nhập biểu mẫu Form.io hoặc bản ghi thủ tục của hệ thống khác thành bản nháp, kèm báo cáo; với --as-draft thì nhập "
    "bản cấu hình (.yaml, thư mục, gói .zip) vào hệ thống."
)


def add(commands: Any) -> None:
    """Join the command line; `commands`: argparse's sub-parsers."""
    parser = commands.add_parser("import", help=_HELP, description=_HELP, allow_abbrev=False)
    parser.add_argument(
        "file", type=Path, metavar="TỆP", help="tệp JSON xuất từ hệ thống khác; hoặc bản cấu hình"
    )
    parser.add_argument(
        "--as",
        dest="kind",
        choices=KINDS,
        help="loại tệp: biểu mẫu Form.io hay bản ghi thủ tục; bỏ trống thì tự nhận",
    )
    parser.add_argument(
        "--out", type=Path, metavar="TỆP", help="ghi bản nháp vào tệp này; bỏ trống thì in ra"
    )
    parser.add_argument(
        "--report", type=Path, metavar="TỆP", help="ghi báo cáo vào tệp này; đuôi .json cho chương trình đọc"
    )
    cli_bundle.import_arguments(parser)
    parser.set_defaults(function=run)


def run(arguments: argparse.Namespace) -> int:
    """0: everything is carried over; 1: there is something to settle, or nothing could be drafted; 2: usage."""
    if cli_bundle.wanted(arguments):
        return cli_bundle.take(arguments)
    out: Path | None = arguments.out
    if out is not None and out.exists():
        return _wrong(f"{out}: đã có tệp này. Ông/bà chọn tên khác, để bản đã sửa tay không bị ghi đè.")
    try:
        with arguments.file.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        return _wrong(f"{arguments.file}: không đọc được ({error.strerror}).")
    try:
        imported = import_bytes(content, arguments.kind)
    except ImportRefusedError as error:
        sys.stderr.write(f"{arguments.file}: {error}\n")
        return _TO_SETTLE
    try:
        _write(imported, out, arguments.report)
    except OSError as error:
        return _wrong(f"{error.filename}: không ghi được ({error.strerror}).")
    return _OK if imported.whole else _TO_SETTLE


def _write(imported: Imported, out: Path | None, report: Path | None) -> None:
    if report is not None:
        told = as_json(imported) + "\n" if report.suffix == ".json" else as_text(imported)
        report.write_text(told, encoding="utf-8", newline="")
    if out is None:
        sys.stdout.write(imported.text)
    else:
        out.write_text(imported.text, encoding="utf-8", newline="")
    if report is None:
        # beside a draft that is printed the report goes the other way, so that each can be kept alone
        (sys.stderr if out is None else sys.stdout).write(as_text(imported))


def _wrong(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return _USAGE
