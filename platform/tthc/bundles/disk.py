"""Definitions on disk: a YAML file, a folder laid out for git, or a bundle."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from definitions.bundle.account import Source, of_texts
from definitions.bundle.archive import MAX_BYTES, MAX_FILES
from definitions.bundle.keys import PublicKey
from definitions.bundle.model import SHARED, TEXTS, BundleError
from definitions.bundle.parts import Parts, parts_used
from definitions.bundle.texts import tree_of
from definitions.bundle.writing import Item
from definitions.reading import MAX_BYTES as MAX_TEXT
from tthc.bundles.importing import Arrived, arrived

BUNDLE: Final = ".zip"
YAML: Final = (".yaml", ".yml")


def is_source(path: Path) -> bool:
    """Whether a path is a folder or a bundle rather than a single definition."""
    return path.is_dir() or path.suffix == BUNDLE


def found(path: Path, known: Mapping[str, PublicKey]) -> Arrived:
    """What lies there. Raises BundleError."""
    if path.is_dir():
        return Arrived(_folder(path))
    if path.suffix == BUNDLE:
        return arrived(_bytes(path, MAX_BYTES), path.name, known)
    return Arrived(of_texts(path.name, {str(path): _text(path)}, {}))


def _folder(path: Path) -> Source:
    """Either laid out for git, or a plain folder of definitions."""
    inner = path / TEXTS if (path / TEXTS).is_dir() else path
    texts = {str(each): _text(each) for each in _yaml(inner)}
    if not texts:
        raise BundleError(f"{inner}: thư mục không có tệp YAML nào.")
    shared = {
        f"{folder}/{each.name}": _text(each)
        for folder in SHARED
        if (path / folder).is_dir()
        for each in _yaml(path / folder)
    }
    return of_texts(path.resolve().name, texts, shared)


def lay_out(path: Path, items: tuple[Item, ...], parts: Parts) -> tuple[Path, ...]:
    """The definitions and the shared files they use as a folder for git; the paths whose content changed. Nothing else
    in the folder is touched. Raises BundleError.
    """
    files = {f"{TEXTS}/{item.procedure}.yaml": item.text for item in items}
    for item in items:
        files |= {used: parts.texts[used] for used in parts_used(tree_of(item.text), parts)}
    changed = []
    for name, text in sorted(files.items()):
        place = path / name
        try:
            if place.exists() and place.read_bytes() == text.encode():
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode())
        except OSError as error:
            raise BundleError(f"{place}: không ghi được ({error.strerror}).") from None
        changed.append(place)
    return tuple(changed)


def write_new(path: Path, data: bytes) -> None:
    """A file that was not there before. Raises BundleError."""
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise BundleError(
            f"{path}: đã có tệp này. Ông/bà chọn tên khác, để tệp cũ không bị ghi đè."
        ) from None
    except OSError as error:
        raise BundleError(f"{path}: không ghi được ({error.strerror}).") from None


def _yaml(folder: Path) -> list[Path]:
    inside = sorted(each for each in folder.iterdir() if each.suffix in YAML and each.is_file())
    if len(inside) > MAX_FILES:
        raise BundleError(f"{folder}: nhiều hơn {MAX_FILES} tệp; chia thành nhiều thư mục.")
    return inside


def _text(path: Path) -> str:
    """As it stands there, letter for letter: line ends and byte order mark are kept."""
    try:
        return _bytes(path, MAX_TEXT).decode()
    except UnicodeDecodeError:
        raise BundleError(f"{path}: tệp không phải chữ UTF-8; lưu lại với mã UTF-8 rồi làm lại.") from None


def _bytes(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise BundleError(f"{path}: không đọc được ({error.strerror}).") from None
    if len(data) > most:
        raise BundleError(f"{path}: lớn quá {most // 1_000_000} MB; xem có chọn nhầm tệp không.")
    return data
