"""Which options of a choice are offered, for showing it."""

from collections.abc import Mapping
from datetime import datetime

from forms.model import Field, Option
from rules.feel import FeelLimitError


def offered(field: Field, context: Mapping[str, object], now: datetime) -> tuple[Option, ...]:
    """Options in their order. `context`: the scope, over it a submission's values, over them the row's if in one."""
    return tuple(option for option in field.options if _holds(option, context, now))


def _holds(option: Option, context: Mapping[str, object], now: datetime) -> bool:
    if option.when is None:
        return True
    try:
        return option.when.truth(context, now=now)
    except FeelLimitError:
        return False
