"""`tthc diff` and `tthc fmt`: what changed between two definitions, and one order of keys for all of them."""

import argparse
import json
from pathlib import Path
from typing import Any

from definitions.bundle.comparing import Compared, compare_sources
from definitions.bundle.model import BundleError
from definitions.diff import Change, compare
from definitions.formatting import FormattingError, formatted
from definitions.loader import load
from definitions.reading import ReadingError
from tthc.bundles import disk
from tthc.bundles.known import known_here
from tthc.cli_check import UnreadableError, read


class NotComparableError(ValueError):
    """A file that is no definition; sentences, one a line."""


def diff_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", type=Path, metavar="A", help="bản trước: tệp YAML, thư mục hoặc gói .zip")
    parser.add_argument("after", type=Path, metavar="B", help="bản sau: tệp YAML, thư mục hoặc gói .zip")
    parser.add_argument("--json", action="store_true", help="in dữ liệu cho chương trình đọc")


def fmt_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="TỆP", help="tệp YAML hoặc JSON, hoặc thư mục")
    parser.add_argument(
        "--check", action="store_true", help="chỉ cho biết tệp nào chưa đúng thứ tự, không ghi"
    )


def changes(before: Path, after: Path) -> tuple[Change, ...]:
    return compare(_data(before), _data(after))


def of_many(before: Path, after: Path) -> bool:
    """Whether a folder or a bundle is meant rather than two definitions."""
    return disk.is_source(before) or disk.is_source(after)


def many_changes(before: Path, after: Path) -> tuple[Compared, ...]:
    sources = []
    for path in (before, after):
        try:
            source = disk.found(path, known_here()).source
        except BundleError as error:
            raise UnreadableError(f"{path}: {error}") from None
        if source.refused:
            raise UnreadableError(source.refused[0].sentences[0])
        sources.append(source)
    return compare_sources(*sources)


def many_as_json(found: tuple[Compared, ...]) -> str:
    told = [
        {
            "procedure": each.procedure,
            "name": each.name,
            "verb": each.verb or "same",
            "wrong": each.wrong,
            "changes": _told(each.changes),
        }
        for each in found
    ]
    return json.dumps(told, ensure_ascii=False, indent=2)


def as_json(found: tuple[Change, ...]) -> str:
    return json.dumps(_told(found), ensure_ascii=False, indent=2)


def _told(found: tuple[Change, ...]) -> list[dict[str, Any]]:
    return [
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
