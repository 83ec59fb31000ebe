"""Answers that cannot be: values that no option has, defaults that are no answer, bounds that leave nothing (T037–T039).

Cells of tables are the business of `definitions.lint.tables`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from definitions.lint.truth import Answers
from definitions.model import Definition
from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path
from forms.model import Field
from rules.feel import Expression

_EQUALS: Final = re.compile(r'(?<![\w.])([^\W\d]\w*(?:\.\w+)*)\s*!?=\s*"((?:[^"\\]|\\.)*)"')
_AMONG: Final = re.compile(r"(?<![\w.])([^\W\d]\w*(?:\.\w+)*)\s+in\s*\(([^()]*)\)")
_TEXTS: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_AMOUNTS: Final = frozenset({"integer", "decimal", "money"})

Placed = tuple[Path, Answers, Expression]


def lint_answers(definition: Definition, report: Report) -> None:
    answers = Answers.of(definition)
    for path, known, expression in _expressions(definition, answers):
        for name, value in _compared(expression.text):
            choices = known.choices(name)
            if choices is not None and value not in choices:
                _unknown(path, name, value, choices, report)
    for path, field in _all_fields(definition):
        _default(path, field, report)
        _bounds(path, field, report)


def _compared(text: str) -> Iterator[tuple[str, str]]:
    """(name, text it is compared with)."""
    yield from _EQUALS.findall(text)
    for name, listed in _AMONG.findall(text):
        yield from ((name, value) for value in _TEXTS.findall(listed))


def _unknown(path: Path, name: str, value: str, choices: Sequence[str], report: Report) -> None:
    report.error(
        path,
        "T037",
        f"“{name}” không bao giờ là “{value}”: không có lựa chọn đó.",
        did_you_mean(value, choices),
    )


def _default(path: Path, field: Field, report: Report) -> None:
    values = [option.value for option in field.options]
    given = field.default if isinstance(field.default, (list, tuple)) else [field.default]
    if field.default is None or field.type not in {"choice", "multi_choice"}:
        return
    for value in given:
        if value not in values:
            report.error(
                (*path, "default"),
                "T038",
                f"Giá trị ban đầu “{value}” không phải lựa chọn nào của trường “{field.label}”.",
                did_you_mean(str(value), map(str, values)),
            )


def _bounds(path: Path, field: Field, report: Report) -> None:
    low, high = _number(field.min), _number(field.max)
    if low is not None and high is not None and low > high:
        report.error(
            (*path, "max"),
            "T039",
            f"Trường “{field.label}” phải từ {low} đến {high}: không có giá trị nào như vậy.",
            "Đổi lại “min” và “max” cho đúng thứ tự.",
        )
    default = field.default
    if (
        field.type in _AMOUNTS
        and isinstance(default, (int, float, Decimal))
        and not isinstance(default, bool)
    ):
        value = Decimal(str(default))
        if (low is not None and value < low) or (high is not None and value > high):
            report.error(
                (*path, "default"),
                "T038",
                f"Giá trị ban đầu {value} nằm ngoài khoảng được phép của trường “{field.label}”.",
                "Sửa “default”, hoặc sửa “min” và “max”.",
            )


def _number(expression: Expression | None) -> Decimal | None:
    if expression is None or expression.sources or "(" in expression.text:
        return None
    value = expression.evaluate({})
    return value if isinstance(value, Decimal) else None


def _all_fields(definition: Definition) -> Iterator[tuple[Path, Field]]:
    yield from _nested(("questions",), definition.questions)
    for at, page in enumerate(definition.form.pages):
        yield from _nested(("form", "pages", at, "fields"), page.fields)


def _nested(path: Path, fields: Sequence[Field]) -> Iterator[tuple[Path, Field]]:
    for at, field in enumerate(fields):
        yield (*path, at), field
        yield from _nested((*path, at, "item"), field.item)


def _expressions(definition: Definition, answers: Answers) -> Iterator[Placed]:
    yield from _of_fields(("questions",), answers, definition.questions)
    for at, page in enumerate(definition.form.pages):
        if page.visible is not None:
            yield ("form", "pages", at, "visible"), answers, page.visible
        yield from _of_fields(("form", "pages", at, "fields"), answers, page.fields)
    parts: list[tuple[Path, Expression | bool | None]] = [
        (("cases", at, "when"), case.when) for at, case in enumerate(definition.cases)
    ]
    for at, paper in enumerate(definition.attachments):
        parts += [
            (("attachments", at, "when"), paper.when),
            (("attachments", at, "required"), paper.required),
        ]
    for at, fee in enumerate(definition.fees):
        amount = fee.amount if isinstance(fee.amount, Expression) else None
        parts += [
            (("fees", at, key), value)
            for key, value in (
                ("amount", amount),
                ("when", fee.when),
                ("times", fee.times),
                ("min", fee.min),
                ("max", fee.max),
            )
        ]
        parts += [(("fees", at, "exempt", n, "when"), each.when) for n, each in enumerate(fee.exempt)]
    for at, row in enumerate(definition.deadlines):
        parts.append((("deadline", at, "when"), row.when))
        parts += [(("deadline", at, "more", n, "when"), each.when) for n, each in enumerate(row.more)]
    for at, step in enumerate(definition.workflow.steps):
        parts.append((("workflow", "steps", at, "skip_when"), step.skip_when))
        for number, action in enumerate(step.actions):
            here: Path = ("workflow", "steps", at, "actions", number)
            parts.append(((*here, "when"), action.when))
            parts += [((*here, "to", n, "when"), branch.when) for n, branch in enumerate(action.split)]
    for path, value in parts:
        if isinstance(value, Expression):
            yield path, answers, value


def _of_fields(path: Path, answers: Answers, fields: Sequence[Field]) -> Iterator[Placed]:
    for at, field in enumerate(fields):
        here: Path = (*path, at)
        for key, value in (
            ("visible", field.visible),
            ("required", field.required),
            ("compute", field.compute),
            ("min", field.min),
            ("max", field.max),
        ):
            if isinstance(value, Expression):
                yield (*here, key), answers, value
        for number, check in enumerate(field.checks):
            yield (*here, "checks", number, "rule"), answers, check.rule
        if field.item:
            inside = {**answers.fields, **{item.id: item for item in field.item}}
            yield from _of_fields((*here, "item"), replace(answers, fields=inside), field.item)
