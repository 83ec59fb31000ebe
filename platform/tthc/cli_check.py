"""`tthc check`: files and folders of definitions, for people or, with `--json`, for programs."""

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from definitions.bundle.account import account
from definitions.bundle.model import TEXTS, BundleError
from tthc.bundles import disk
from tthc.bundles.known import known_here
from tthc.trials.check import Checked, check_text

__all__ = ["Checked", "UnreadableError", "arguments", "as_json", "checked", "found", "read"]

SUFFIXES: Final = (".yaml", ".yml", ".json")


class UnreadableError(ValueError):
    """A file that cannot be read; a sentence."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="TỆP",
        help="tệp YAML hoặc JSON, thư mục có các tệp đó, hoặc gói .zip",
    )
    parser.add_argument("--json", action="store_true", help="in danh sách vấn đề dưới dạng JSON")


def found(paths: Iterable[Path]) -> Iterator[Path]:
    """The files meant: a folder stands for those in it, by name; one laid out for git stays whole, as bundles do."""
    for path in paths:
        if not path.is_dir() or (path / TEXTS).is_dir():
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


def checked(path: Path) -> list[Checked]:
    """One for a file; for a bundle or a folder laid out for git what is worth saying of it, and one for each definition
    in it, as importing would keep it.
    """
    if not disk.is_source(path):
        return [check_text(read(path), str(path))]
    try:
        arrived = disk.found(path, known_here())
    except BundleError as error:
        raise UnreadableError(f"{path}: {error}") from None
    done = [] if arrived.trust is None else [Checked(ok=True, problems=(), summary=f"{path}: {arrived.said}")]
    for told in account(arrived.source, {}):
        shared = [
            Checked(ok=True, problems=(), summary=f"{told.procedure}: {each}") for each in told.sentences
        ]
        if told.imports and told.incoming is not None:
            done += [*shared, check_text(told.text, told.incoming.where)]
        else:
            why = " ".join(told.sentences)
            done.append(Checked(ok=False, problems=(), summary=f"{told.procedure or told.name}: {why}"))
    return done


def as_json(all_checked: Iterable[Checked]) -> str:
    """One list for all files."""
    return json.dumps(
        [problem for each in all_checked for problem in each.data], ensure_ascii=False, indent=2
    )
