"""Another id for an element, everywhere it is spoken of, as one change.

That nothing else comes to mean something else is proven: the changed definition is read again, and each place must
speak of the very element that it spoke of before.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from definitions.compiler.names import SCOPE_NAMES
from definitions.editing.edits import EditError, Rename, Spot, applied
from definitions.functions import FUNCTIONS
from definitions.lint.ids import KEYWORDS
from definitions.model import QUESTIONS_PAGE
from definitions.reading.tree import Path
from definitions.references.index import index
from definitions.references.model import Acted, Index, Symbol, Use
from definitions.references.using import inside
from rules.feel.builtins import BUILTINS
from rules.workflow.model import APPLICANT, END, EXTERNAL

_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
_SLUG: Final = re.compile(r"[a-z][a-z0-9-]{0,59}")
_READ_OTHERWISE: Final = frozenset({"null", "true", "false"})


@dataclass(frozen=True, slots=True)
class Renaming:
    """`uses`: the places that follow; `unsure`: of those that may speak of it nobody can say, so they stay; `edit`: all in
    one.
    """

    symbol: Symbol
    new: str
    uses: tuple[Use, ...]
    unsure: tuple[Path, ...]
    edit: Rename

    @property
    def path(self) -> Path:
        """The element's path afterwards."""
        return self.symbol.path if self.symbol.key else (*self.symbol.path[:-1], self.new)


def renaming(data: Any, found: Index, path: Path, new: str, acted: Acted) -> Renaming:
    """`found`: the index of the data with the same `acted`. Raises `EditError` with what to do instead."""
    symbol = found.at(path)
    if symbol is None:
        raise EditError("Phần này không có mã để đổi; có thể vừa bị xóa hay đổi ở nơi khác.")
    _sound(symbol, new, found)
    uses = inside(found, path)
    edit = Rename(spots(symbol, uses, new))
    left = frozenset(place for place, _ in found.unsure)
    if _spoken(index(applied(data, edit), acted), left) != _spoken(found, left):
        raise EditError(
            f"Ở chỗ đang dùng “{symbol.id}” đã có một tên “{new}” khác, nên đổi sang mã này thì nghĩa thay đổi. "
            "Ông/bà chọn mã khác."
        )
    unsure = tuple(place for place, name in found.unsure if symbol.kind == "action" and name == symbol.id)
    return Renaming(symbol, new, uses, unsure, edit)


def spots(symbol: Symbol, uses: Iterable[Use], new: str) -> tuple[Spot, ...]:
    """The id itself and the places that name it."""
    path = symbol.path
    own = Spot((*path, symbol.key), new, 0, len(symbol.id)) if symbol.key else Spot(path, new, key=True)
    return (own, *(Spot(use.path, new, use.start, use.end, use.key) for use in uses))


def _spoken(found: Index, left: frozenset[Path]) -> list[tuple[int, bool]]:
    """Of which element each place speaks, in order, bar those nobody is sure of; elements by their number, which renaming
    leaves as it is.
    """
    numbers = {id(symbol): at for at, symbol in enumerate(found.symbols)}
    return [(numbers[id(use.symbol)], use.key) for use in found.uses if use.path not in left]


def _sound(symbol: Symbol, new: str, found: Index) -> None:
    slug = symbol.kind == "vocabulary"
    if not (_SLUG if slug else _ID).fullmatch(new):
        raise EditError(
            f"Mã “{new}” viết chưa đúng: bắt đầu bằng chữ thường không dấu, sau đó là chữ thường không dấu, chữ số, dấu "
            f"{'gạch ngang' if slug else 'gạch dưới'}, không quá 60 ký tự, ví dụ {'loai-giay-to' if slug else 'ho_va_ten'}."
        )
    if new == symbol.id:
        raise EditError(f"Mã hiện nay đã là “{new}”; ông/bà gõ mã mới.")
    if new in _READ_OTHERWISE or new in _reserved(symbol):
        raise EditError(f"“{new}” là từ có sẵn của hệ thống; ông/bà chọn mã khác.")
    other = next((each for each in found.symbols if each.id == new and _beside(symbol, each)), None)
    if other is not None:
        raise EditError(f"Mã “{new}” đã có một mục cùng loại dùng; ông/bà chọn mã khác.")


def _reserved(symbol: Symbol) -> frozenset[str]:
    match symbol.kind:
        case "field":
            return SCOPE_NAMES | KEYWORDS | frozenset(BUILTINS)
        case "step":
            return frozenset({END})
        case "page":
            return frozenset({QUESTIONS_PAGE})
        case "role":
            return frozenset({*FUNCTIONS, APPLICANT, EXTERNAL})
        case _:
            return frozenset()


def _beside(symbol: Symbol, other: Symbol) -> bool:
    """Whether two elements must have different ids: fields of the form whatever their page, else those of one list."""
    if symbol.kind != other.kind or symbol.path == other.path:
        return False
    if symbol.kind == "field" and "item" not in symbol.path and "item" not in other.path:
        return True
    return symbol.path[:-1] == other.path[:-1]
