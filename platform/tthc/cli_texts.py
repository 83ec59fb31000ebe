"""`tthc diff` and `tthc fmt`: what changed between two definitions, and one order of keys for all of them."""

import argparse
import json
from pathlib import Path
from typing import Any

from definitions.diff import Change, compare
from definitions.formatting import FormattingError, formatted
from definitions.loader import load
from definitions.reading import ReadingError
from tthc.cli_check import UnreadableError, read


class NotComparableError(ValueError):
    """A file that is no definition; sentences, one a line."""


def diff_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", type=Path, metavar="A", help="tệp YAML của bản trước")
    parser.add_argument("after", type=Path, metavar="B", help="tệp YAML của bản sau")
    parser.add_argument("--json", action="store_true", help="in dữ liệu cho chương trình đọc")


def fmt_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="TỆP", help="tệp YAML hoặc JSON, hoặc thư mục")
    parser.add_argument(
        "--check", action="store_true", help="chỉ cho biết tệp nào chưa đúng thứ tự, không ghi"
    )


def changes(before: Path, after: Path) -> tuple[Change, ...]:
    return compare(_data(before), _data(after))


def as_json(found: tuple[Change, ...]) -> str:
    told = [
        {
            "type": change.type,
            "part": change.part,
            "id": change.id,
            "key": change.key,
            "before": change.before,
            "after": change.after,
            "sentence": change.sentence,
        }
        for change in found
    ]
    return json.dumps(told, ensure_ascii=False, indent=2)


def format_file(path: Path, *, write: bool) -> bool:
    """Whether the file was not in order; it is then written anew unless only asked."""
    text = read(path)
    try:
        made = formatted(text)
    except ReadingError as error:
        raise UnreadableError(f"{path}:{error.mark.line}: {error.message} {error.remedy}".rstrip()) from None
    except FormattingError as error:
        raise UnreadableError(f"{path}: {error}") from None
    if made == text:
        return False
    if write:
        try:
            path.write_text(made, encoding="utf-8", newline="")
        except OSError as error:
            raise UnreadableError(f"{path}: không ghi được ({error.strerror}).") from None
    return True


def _data(path: Path) -> Any:
    """With shared workflows, blocks and vocabularies in place: what a version is."""
    loaded = load(read(path), str(path))
    if not loaded.canonical:
        wrong = [str(problem) for problem in loaded.errors]
        raise NotComparableError("\n".join([*wrong, f"{path}: có lỗi nên chưa so sánh được."]))
    return json.loads(loaded.canonical)
