"""`tthc check`: files and folders of definitions, for people or, with `--json`, for programs."""

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from tthc.trials.check import Checked, check_text

SUFFIXES: Final = (".yaml", ".yml", ".json")


class UnreadableError(ValueError):
    """A file that cannot be read; a sentence."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="TỆP", help="tệp YAML hoặc JSON, hoặc thư mục có các tệp đó"
    )
    parser.add_argument("--json", action="store_true", help="in danh sách vấn đề dưới dạng JSON")


def found(paths: Iterable[Path]) -> Iterator[Path]:
    """The files meant: a folder stands for those in it, by name."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = sorted(each for each in path.iterdir() if each.suffix in SUFFIXES and each.is_file())
        if not inside:
            raise UnreadableError(f"{path}: thư mục không có tệp YAML hay JSON nào.")
        yield from inside


def read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "tệp không phải chữ UTF-8"
        raise UnreadableError(f"{path}: không đọc được ({why}).") from None


def checked(path: Path) -> Checked:
    return check_text(read(path), str(path))


def as_json(all_checked: Iterable[Checked]) -> str:
    """One list for all files."""
    return json.dumps(
        [problem for each in all_checked for problem in each.data], ensure_ascii=False, indent=2
    )
