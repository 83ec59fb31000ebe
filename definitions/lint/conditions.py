"""Conditions that decide nothing, and what is therefore never shown, asked for, owed or met (T031–T036)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Final

from definitions.lint.truth import ALWAYS, MOST, NEVER, Answers, contexts, outcomes
from definitions.model import Definition
from definitions.problems import Report
from definitions.reading.tree import Path
from definitions.situation import Situation, plain
from forms.model import Field
from rules.feel import Expression

_REMEDY: Final = "Sửa điều kiện, hoặc bỏ phần này nếu không còn dùng."


@dataclass(frozen=True, slots=True)
class _Placed:
    """A condition where it stands. `never`: code and sentence for one that cannot hold; `only_true`: not looked at for
    being always true (the last of a list is allowed to be).
    """

    path: Path
    answers: Answers
    conditions: tuple[Expression, ...]
    never: tuple[str, str]


def lint_conditions(definition: Definition, report: Report) -> None:
    answers = Answers.of(definition)
    for placed in _all(definition, answers):
        own = placed.conditions[-1]
        if own.text.strip() == "true":
            continue
        found = outcomes(placed.answers, placed.conditions)
        if found == NEVER:
            code, sentence = placed.never
            report.error(placed.path, code, sentence, _REMEDY, situation=_shown(placed))
        elif (found if len(placed.conditions) == 1 else outcomes(placed.answers, (own,))) == ALWAYS:
            report.warn(
                placed.path,
                "T031",
                f"Điều kiện “{own.text}” lúc nào cũng đúng với mọi câu trả lời có thể.",
                "Bỏ điều kiện này, hoặc sửa lại nếu ông/bà muốn nói điều khác.",
                situation=_shown(placed),
            )
    _cases(definition, answers, report)


def _shown(placed: _Placed) -> str:
    """A dossier to see it by: the first of all that were tried, as none of them differs; nothing for rows and groups."""
    tried = contexts(placed.answers, placed.conditions)
    context = None if tried is None else next(tried, None)
    return "" if context is None else _packed(placed.answers, context)


def _packed(answers: Answers, context: Mapping[str, object]) -> str:
    """Nothing where a name leads to what a form cannot be filled in with."""
    own = {field.id for field in answers.definition.fields}
    told = {name: plain(value) for name, value in context.items()}
    if not told.keys() <= own | {"channel", "case"}:
        return ""
    facts = {"channel": told["channel"]} if "channel" in told and "channel" not in own else {}
    return Situation({name: value for name, value in told.items() if name in own}, facts).packed


def _all(definition: Definition, answers: Answers) -> Iterator[_Placed]:
    yield from _fields(("questions",), answers, definition.questions, None)
    for at, page in enumerate(definition.form.pages):
        path: Path = ("form", "pages", at)
        if page.visible is not None:
            never = ("T033", f"Trang “{page.title}” không bao giờ hiện ra.")
            yield _Placed((*path, "visible"), answers, (page.visible,), never)
        yield from _fields((*path, "fields"), answers, page.fields, page.visible)
    for at, paper in enumerate(definition.attachments):
        if paper.when is not None:
            never = ("T034", f"Không ai có thể bị yêu cầu nộp “{paper.name}”: điều kiện không bao giờ đúng.")
            yield _Placed(("attachments", at, "when"), answers, (paper.when,), never)
        if isinstance(paper.required, Expression):
            yield _dead(("attachments", at, "required"), answers, paper.required)
    for at, fee in enumerate(definition.fees):
        if fee.when is not None:
            never = ("T035", f"Không ai phải nộp “{fee.label}”: điều kiện không bao giờ đúng.")
            yield _Placed(("fees", at, "when"), answers, (fee.when,), never)
        for place, exemption in enumerate(fee.exempt):
            yield _dead(("fees", at, "exempt", place, "when"), answers, exemption.when)
    for at, row in enumerate(definition.deadlines):
        if row.when is not None:
            yield _dead(("deadline", at, "when"), answers, row.when)
        for place, more in enumerate(row.more):
            if more.when is not None:
                yield _dead(("deadline", at, "more", place, "when"), answers, more.when)
    yield from _documents(definition, answers)
    yield from _workflow(definition, answers)


def _documents(definition: Definition, answers: Answers) -> Iterator[_Placed]:
    for at, document in enumerate(definition.documents):
        path: Path = ("documents", at)
        around = () if document.when is None else (document.when,)
        if document.when is not None:
            yield _dead((*path, "when"), answers, document.when)
        for place, block in enumerate(document.body):
            if block.when is not None:
                never = ("T032", f"Điều kiện “{block.when.text}” không bao giờ đúng trong văn bản này.")
                yield _Placed((*path, "body", place, "when"), answers, (*around, block.when), never)


def _workflow(definition: Definition, answers: Answers) -> Iterator[_Placed]:
    for at, step in enumerate(definition.workflow.steps):
        path: Path = ("workflow", "steps", at)
        if step.skip_when is not None:
            yield _dead((*path, "skip_when"), answers, step.skip_when)
        for number, action in enumerate(step.actions):
            here: Path = (*path, "actions", number)
            if action.when is not None:
                yield _dead((*here, "when"), answers, action.when)
            for place, branch in enumerate(action.split):
                if branch.when is not None:
                    yield _dead((*here, "to", place, "when"), answers, branch.when)


def _fields(
    path: Path, answers: Answers, fields: Sequence[Field], around: Expression | None
) -> Iterator[_Placed]:
    """`around`: the condition of the page, which must hold as well."""
    for at, field in enumerate(fields):
        here: Path = (*path, at)
        if field.visible is not None:
            never = ("T033", f"Trường “{field.label}” không bao giờ hiện ra.")
            shown = (field.visible,) if around is None else (around, field.visible)
            yield _Placed((*here, "visible"), answers, shown, never)
        if isinstance(field.required, Expression):
            yield _dead((*here, "required"), answers, field.required)
        for number, check in enumerate(field.checks):
            sentence = f"Không câu trả lời nào qua được phép kiểm tra “{check.rule.text}”."
            yield _Placed((*here, "checks", number, "rule"), answers, (check.rule,), ("T032", sentence))
        if field.item:
            inside = {item.id: item for item in field.item}
            # parts of rows and groups may be left out with what holds them
            below = replace(
                answers,
                fields={**answers.fields, **inside},
                hidden_sometimes=answers.hidden_sometimes | inside.keys(),
            )
            yield from _fields((*here, "item"), below, field.item, None)


def _dead(path: Path, answers: Answers, condition: Expression) -> _Placed:
    return _Placed(path, answers, (condition,), ("T032", f"Điều kiện “{condition.text}” không bao giờ đúng."))


def _cases(definition: Definition, answers: Answers, report: Report) -> None:
    """Cases that an earlier one always takes first: every answer to the questions is tried."""
    text = " ".join(case.when.text for case in definition.cases)
    names = sorted(frozenset[str]().union(*(case.when.sources for case in definition.cases)))
    # whether they can be listed at all is asked of every condition by itself
    decided = all(
        case.when.text.strip() == "true" or outcomes(answers, (case.when,)) is not None
        for case in definition.cases
    )
    domains = [answers.domain(name, text) or () for name in names]
    if not decided or not definition.cases or prod(map(len, domains)) > MOST:
        return
    met: set[str] = set()
    masked: dict[str, Mapping[str, object]] = {}
    for values in product(*domains):
        context = dict(zip(names, values, strict=True))
        holding = [case.id for case in definition.cases if case.when.evaluate(context) is True]
        met.update(holding[:1])
        for case_id in holding[1:]:
            masked.setdefault(case_id, context)
    for at, case in enumerate(definition.cases):
        if case.id not in met:
            report.error(
                ("cases", at, "when"),
                "T036",
                f"Không ai thuộc trường hợp “{case.label}”: các trường hợp đứng trước đã nhận hết.",
                "Đưa trường hợp này lên trước, hoặc sửa điều kiện.",
                situation=_packed(answers, masked[case.id]) if case.id in masked else "",
            )
