"""Fees: a number, a formula, or a table of dated rows; bounds and exemptions."""

from collections.abc import Mapping, Sequence
from typing import Any

from definitions.compiler.amounts import amount
from definitions.compiler.expressions import compile_feel
from definitions.compiler.fields import condition
from definitions.compiler.values import effective, source_of
from definitions.model import Exemption, FeeLine
from definitions.problems import Report
from definitions.reading.tree import Path
from rules.feel import Expression, FeelType


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
            times=_number(raw, "times", ("fees", at), names, report),
            unit=raw.get("unit", ""),
            min=_number(raw, "min", ("fees", at), names, report),
            max=_number(raw, "max", ("fees", at), names, report),
            exempt=tuple(
                _exemption(each, ("fees", at, "exempt", place), names, report)
                for place, each in enumerate(raw.get("exempt", ()))
            ),
        )
        for at, raw in enumerate(raws)
    )


def _number(
    raw: Mapping[str, Any], key: str, path: Path, names: Mapping[str, FeelType], report: Report
) -> Expression | None:
    return compile_feel(raw[key], (*path, key), names, report, "number") if key in raw else None


def _exemption(
    raw: Mapping[str, Any], path: Path, names: Mapping[str, FeelType], report: Report
) -> Exemption:
    return Exemption(
        label=raw["label"],
        when=compile_feel(raw["when"], (*path, "when"), names, report, "boolean"),
        percent=raw.get("percent", 100),
        source=source_of(raw),
        proof=raw.get("proof", ""),
    )
