"""What a citizen number says of its holder, held against other fields: warnings, for cards were printed with errors
(NĐ 137/2015 Đ13: the fourth digit is century and sex, the next two the year of birth).
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from definitions.compiler.expressions import compile_feel
from definitions.problems import Report
from definitions.reading.tree import Path
from forms.model import Check
from rules.feel import FeelType
from rules.i18n import noted

_YEAR: Final = (
    "{other} = null or {other}.year"
    " = 1900 + 100 * floor(number(substring({id}, 4, 1)) / 2) + number(substring({id}, 5, 2))"
)
_SEX: Final = (
    '{other} = null or not(list contains(["nam", "male", "nu", "female"], {other}))'
    ' or list contains(["nu", "female"], {other}) = odd(number(substring({id}, 4, 1)))'
)
AGAINST: Final[Mapping[str, tuple[str, str]]] = {
    "birth_date": (
        _YEAR,
        noted(
            "Năm sinh trong số định danh khác năm sinh đã khai. Ông/bà xem lại cả hai ô; nếu đúng như trên thẻ thì cứ giữ nguyên."
        ),
    ),
    "sex": (
        _SEX,
        noted(
            "Giới tính trong số định danh khác giới tính đã khai. Ông/bà xem lại cả hai ô; nếu đúng như trên thẻ thì cứ giữ nguyên."
        ),
    ),
}


def checks_against(
    raw: Mapping[str, Any], path: Path, names: Mapping[str, FeelType], report: Report
) -> Iterator[Check]:
    """The checks that `check_against: {birth_date: FIELD, sex: FIELD}` of a citizen number stands for."""
    for what, other in raw.get("check_against", {}).items():
        rule, message = AGAINST[what]
        at = (*path, "check_against", what)
        named = compile_feel(other, at, names, report, "date" if what == "birth_date" else "any")
        if named.text == other:
            expression = compile_feel(rule.format(id=raw["id"], other=other), at, names, report, "boolean")
            yield Check(expression, message, "warning")
