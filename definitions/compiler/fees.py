"""Fees: a number, a formula, or a table of dated rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from definitions.compiler.amounts import amount
from definitions.compiler.fields import condition
from definitions.compiler.values import effective, source_of
from definitions.model import FeeLine
from definitions.problems import Report
from rules.feel import FeelType


def fees(
    raws: Sequence[Mapping[str, Any]], names: Mapping[str, FeelType], report: Report
) -> tuple[FeeLine, ...]:
    return tuple(
        FeeLine(
            id=raw["id"],
            label=raw["label"],
            kind=raw["kind"],
            amount=amount(raw["amount"], ("fees", at, "amount"), names, report),
            collect=raw["collect"],
            effective=effective(raw.get("effective"), ("fees", at, "effective"), report),
            when=condition(raw, "when", ("fees", at), names, report),
            note=raw.get("note", ""),
            source=source_of(raw),
        )
        for at, raw in enumerate(raws)
    )
