"""Somebody else's JSON, distrusted: bounded in size, depth and number of values, and each key said once."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from definitions.reading.tree import Path

MAX_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 60
MAX_VALUES: Final = 100_000
MAX_COMPONENTS: Final = 1_000
_TOO_DEEP: Final = (
    f"Tệp lồng nhau quá {MAX_DEPTH} tầng. Ông/bà tách bớt khung trong biểu mẫu rồi xuất lại tệp."
)


class ImportRefusedError(ValueError):
    """The source cannot be imported; a sentence that says why and what to do."""


def parse(content: bytes) -> Any:
    """JSON data, numbers as `int` or `Decimal`. Raises `ImportRefusedError`."""
    if len(content) > MAX_BYTES:
        most = f"{MAX_BYTES:,}".replace(",", ".")
        raise ImportRefusedError(
            f"Tệp nặng hơn {most} byte. Ông/bà xuất riêng từng biểu mẫu rồi nhập từng tệp."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportRefusedError("Tệp không phải chữ UTF-8. Ông/bà lưu lại tệp với mã UTF-8.") from None
    try:
        data = json.loads(
            text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_said_once
        )
    except json.JSONDecodeError as error:
        raise ImportRefusedError(
            f"Dòng {error.lineno}, cột {error.colno}: tệp không phải JSON đúng cách viết. Ông/bà xuất lại tệp từ hệ thống cũ."
        ) from None
    except RecursionError:
        raise ImportRefusedError(_TOO_DEEP) from None
    except ImportRefusedError:
        raise
    except ValueError:
        raise ImportRefusedError("Tệp có một số quá dài. Ông/bà kiểm tra lại các con số trong tệp.") from None
    _bounded(data)
    return data


def leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every end of the tree with its path: single values, and groups and lists with nothing in them."""
    children: Iterator[tuple[str | int, object]]
    if isinstance(value, dict) and value:
        children = iter(value.items())
    elif isinstance(value, list) and value:
        children = iter(enumerate(value))
    else:
        yield path, value
        return
    for key, child in children:
        yield from leaves(child, (*path, key))


def says_nothing(value: object) -> bool:
    """Empty, whatever its kind; nought and no are something."""
    return value is None or value in ("", [], {})


def at(value: Any, path: Path) -> Any:
    """What stands at the path; None where nothing does."""
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _said_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ImportRefusedError(
            f"Khóa “{twice[:100]}” được viết hai lần trong cùng một nhóm, không rõ lấy lần nào. Ông/bà bỏ bớt một."
        )
    return made


def _no_constant(name: str) -> object:
    raise ImportRefusedError(f"Tệp có giá trị {name}, không phải một con số. Ông/bà sửa lại giá trị đó.")


def _bounded(data: object) -> None:
    count, waiting = 0, [(data, 1)]
    while waiting:
        value, depth = waiting.pop()
        count += 1
        if depth > MAX_DEPTH:
            raise ImportRefusedError(_TOO_DEEP)
        if count > MAX_VALUES:
            raise ImportRefusedError(
                f"Tệp có hơn {MAX_VALUES:,} giá trị. Ông/bà xuất riêng từng biểu mẫu rồi nhập từng tệp.".replace(
                    ",", "."
                )
            )
        if isinstance(value, dict):
            waiting += [(child, depth + 1) for child in value.values()]
        elif isinstance(value, list):
            waiting += [(child, depth + 1) for child in value]
