"""Which papers a dossier needs, in the order of the definition. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from definitions.holding import Judge
from definitions.model import Definition, Paper, PaperDue
from rules.feel import Expression, FeelLimitError, Together


def papers_due(
    definition: Definition,
    context: Mapping[str, object],
    *,
    judge: Judge,
    on: date,
    proofs: Collection[str] = (),
) -> tuple[PaperDue, ...]:
    """Papers and the notes among them. `on`: the day of submission, on which papers have to be in date; `proofs`: those
    that show an exemption this dossier has: asked for and required. A paper that is a proof and names no `when` of its
    own is asked for then only.
    """
    held = _held(definition, context, judge)
    shows = {each.proof for fee in definition.fees for each in fee.exempt if each.proof}
    found = []
    for paper in definition.attachments:
        if paper.id in proofs:
            found.append(replace(_due(paper, held, context, judge.now, on), required=True))
        elif _asked(paper, held, context) and (paper.when is not None or paper.id not in shows):
            found.append(_due(paper, held, context, judge.now, on))
    return tuple(found)


_KEPT: Final = 256
_kept: dict[str, Together] = {}


def _conditions(definition: Definition) -> Together:
    """All conditions of a version's papers, by its hash: what it says never changes."""
    kept = _kept.get(definition.hash)
    if kept is None:
        said = [rule for paper in definition.attachments for rule in (paper.when, paper.required)]
        kept = Together(rule for rule in said if isinstance(rule, Expression))
        if len(_kept) >= _KEPT:
            _kept.clear()
        _kept[definition.hash] = kept
    return kept


def _held(definition: Definition, context: Mapping[str, object], judge: Judge) -> Mapping[str, bool]:
    """Which conditions of papers hold, by their text."""
    together = _conditions(definition)
    truths = judge.all_of(together, context)
    return {rule.text: truth for rule, truth in zip(together.expressions, truths, strict=True)}


def _asked(paper: Paper, held: Mapping[str, bool], context: Mapping[str, object]) -> bool:
    if paper.channels and context.get("channel") not in paper.channels:
        return False
    if paper.each and not _times(paper, context):
        return False
    return paper.when is None or held[paper.when.text]


def _due(
    paper: Paper, held: Mapping[str, bool], context: Mapping[str, object], now: datetime, on: date
) -> PaperDue:
    validity, times = paper.valid_for, _times(paper, context)
    until = None if validity is None else _day(validity.until, context, now)
    return PaperDue(
        id=paper.id,
        name=paper.name,
        original=paper.original * times,
        copy=paper.copy * times,
        required=paper.required if isinstance(paper.required, bool) else held[paper.required.text],
        presented_only=paper.presented_only,
        form_generated=paper.form_generated,
        help=paper.help,
        kind=paper.kind,
        online_note=paper.online_note if context.get("channel") == "online" else "",
        replaced_by_data=paper.replaced_by_data,
        validity=validity.words if validity else "",
        until=until,
        expired=until is not None and until < on,
        accept=paper.accept,
        max_files=paper.max_files,
        reuse=paper.reuse,
        sensitive=paper.sensitive,
    )


def _times(paper: Paper, context: Mapping[str, object]) -> int:
    """How many rows want their own copies; one where it is no matter of rows."""
    if not paper.each:
        return 1
    rows = context.get(paper.each)
    return len(rows) if isinstance(rows, (list, tuple)) else 0


def _day(expression: Expression, context: Mapping[str, object], now: datetime) -> date | None:
    try:
        value = expression.evaluate(context, now=now)
    except FeelLimitError:
        return None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
