"""The one evaluator of forms: what is visible, what the answers mean, what is wrong with them.

1. Values are found in an order in which whatever a value depends on comes first (`forms.plan`). A field whose own or
   whose page's condition is not true is passed over: not read, not kept, null to every other expression.
2. With all values known, each visible field is judged: required, bounds, options; then the checks across fields. A
   check waits while a field it reads is itself wrong or missing, so that one mistake is told once.

A row of a list in which nothing was answered counts as no row; it is asked to be filled in only where the list has
too few. In the same way an optional group asks for its required parts once one of them is answered; until then it is
null.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from forms.bounds import counted, outside
from forms.collect import collect
from forms.model import Answers, Field, FieldError, Form, Submission
from forms.plan import Group, Node, Plan, plan_of, plan_of_fields
from forms.types.choices import PICK_AGAIN
from forms.types.computed import to_json
from rules.feel import Expression, FeelLimitError
from rules.i18n import gettext, noted

__all__ = ["TOO_MUCH", "collect", "evaluate", "evaluate_fields"]

TOO_MUCH: Final = noted("Viết ngắn lại hoặc bớt số dòng: nội dung quá lớn, hệ thống không tính được phần này")


def evaluate(
    form: Form, answers: Answers, scope: Mapping[str, object], now: datetime, *, page: str | None = None
) -> Submission:
    """What `answers` come to. `scope` holds the names known besides the fields (`channel`, `agency`, …).

    `page`: errors of that page alone; values, visibility and the marks of required fields are those of the whole
    form all the same. A list row's value names every item field, null where it is hidden.
    """
    return _evaluate(plan_of(form), answers, scope, now, page)


def evaluate_fields(
    fields: tuple[Field, ...], answers: Answers, scope: Mapping[str, object], now: datetime
) -> Submission:
    """The same for fields that stand on no page (a definition's questions)."""
    return _evaluate(plan_of_fields(fields), answers, scope, now, None)


def _evaluate(
    plan: Plan, answers: Answers, scope: Mapping[str, object], now: datetime, page: str | None
) -> Submission:
    group = plan.group
    run = _Run(now)
    context = {**scope, **group.blank}
    found = run.fill(group, answers, context, "", plan)
    only = None if page is None else plan.page_ids.index(page) if page in plan.page_ids else -1
    errors = run.judge(group, found, context, "", only) if group.judged or found.errors else []
    errors += [FieldError(path, gettext(TOO_MUCH)) for path in run.exhausted]
    values, clean = found.values, found.clean
    if not group.straight:
        values = {node.id: values[node.id] for node in group.nodes if node.id in values}
        clean = {node.id: clean[node.id] for node in group.nodes if node.id in clean}
    asking = {node.page for node in group.nodes if node.type.asks and node.id in run.visible}
    return Submission(
        values=values,
        clean=clean,
        visible=frozenset(run.visible),
        required=frozenset(run.required),
        pages=tuple(name for at, name in enumerate(plan.page_ids) if at in asking),
        errors=tuple(errors),
    )


class _Found:
    """The values of one scope, and what was wrong with the answers as they were read."""

    __slots__ = ("answered", "begun", "clean", "empty", "errors", "parts", "rows", "values")

    def __init__(self, values: dict[str, object]) -> None:
        self.values = values
        self.clean: dict[str, object] = {}
        self.empty: set[str] = set()
        self.errors: dict[str, str] = {}
        self.rows: dict[str, list[_Found]] = {}
        self.parts: dict[str, _Found] = {}
        self.answered = False
        self.begun = False  # answered, and not with the default alone


class _Run:
    """One evaluation."""

    __slots__ = ("exhausted", "now", "required", "visible")

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.visible: set[str] = set()
        self.required: set[str] = set()
        self.exhausted: dict[str, None] = {}

    def truth(self, rule: Expression, context: Mapping[str, object], path: str) -> bool:
        try:
            return rule.truth(context, now=self.now)
        except FeelLimitError:
            self.exhausted[path] = None
            return False

    def value(self, rule: object, context: Mapping[str, object], path: str) -> object:
        """`rule` evaluated; whatever is no expression is itself."""
        if not isinstance(rule, Expression):
            return rule
        try:
            return rule.evaluate(context, now=self.now)
        except FeelLimitError:
            self.exhausted[path] = None
            return None

    # 1. values

    def fill(
        self,
        group: Group,
        answers: Answers,
        context: dict[str, object],
        prefix: str,
        plan: Plan | None = None,
    ) -> _Found:
        """Values of the scope; `context` gains them as they are found. Rows have no pages: their `plan` is None; a
        row's value names what is hidden too, as null, so that no name of the form shows through in its place.
        """
        found = _Found({} if plan is not None else dict(group.blank))
        values, clean, visible = found.values, found.clean, self.visible
        pages: dict[int, bool] = {}
        answer_of = answers.get
        for node in group.order:
            name = node.id
            path = prefix + name
            if plan is not None:
                shown = pages.get(node.page)
                if shown is None:
                    rule = plan.pages[node.page].visible
                    shown = pages[node.page] = rule is None or self.truth(rule, context, path)
                if not shown:
                    continue
            if node.visible is not None and not self.truth(node.visible, context, path):
                continue
            visible.add(path)
            if not node.stores:
                continue
            if node.compute is not None:
                value = context[name] = values[name] = self.value(node.compute, context, path)
                kept = to_json(value)
                if kept is None:
                    found.empty.add(name)
                else:
                    clean[name] = kept
                continue
            answer = answer_of(name)
            answered = answer is not None
            if not answered:
                answer = node.default
            if node.group is not None and not node.repeats:
                context[name] = values[name] = self._parts(node, answer, context, path, found=found)
                continue
            if node.group is not None:
                context[name] = values[name] = self._rows(node, answer, context, path, found=found)
                continue
            value, kept, error, empty = node.parse(answer)
            if empty:
                context[name] = values[name] = value
                found.empty.add(name)
                if answered and node.default is not None:
                    # emptied on purpose: the default must not come back when this is read again
                    clean[name] = ""
                continue
            found.answered |= answered
            found.begun |= answered and (node.default is None or kept != node.default)
            if error is None and node.gates and self._closed(node, value, context, path):
                error = gettext(PICK_AGAIN)
            if error is not None:
                found.errors[name] = error
                context[name] = values[name] = None
                continue
            context[name] = values[name] = value
            clean[name] = kept
        return found

    def _closed(self, node: Node, value: object, context: Mapping[str, object], path: str) -> bool:
        """Whether an option was picked that is not offered."""
        picked = value if isinstance(value, list) else (value,)
        return any(
            option.value in picked and option.when is not None and not self.truth(option.when, context, path)
            for option in node.gates
        )

    def _rows(
        self, node: Node, answer: object, context: dict[str, object], path: str, *, found: _Found
    ) -> list[object]:
        """Values of the rows in which something was answered; all rows go to `found.rows`."""
        group = node.group
        assert group is not None
        answers, _, error, _ = node.parse(answer)
        if error is not None:
            found.errors[node.id] = error
            found.answered = found.begun = True
            return []
        rows: list[_Found] = []
        for at, row in enumerate(answers or ()):  # type: ignore[arg-type,var-annotated]
            inner = {**context, **group.blank} if group.reads_early else {}
            rows.append(self.fill(group, row, inner, f"{path}.{at}."))
        found.rows[node.id] = rows
        answered = [row for row in rows if row.answered]
        if answered:
            found.answered = found.begun = True
            found.clean[node.id] = [row.clean for row in answered]
        return [row.values for row in answered]

    def _parts(
        self, node: Node, answer: object, context: dict[str, object], path: str, *, found: _Found
    ) -> dict[str, object] | None:
        """Values of a group's parts, those hidden as null; null for a group in which nothing was answered, defaults
        aside.
        """
        group = node.group
        assert group is not None
        answers, _, error, _ = node.parse(answer)
        if error is not None:
            found.errors[node.id] = error
            found.answered = found.begun = True
            return None
        within = {**context, **group.blank} if group.reads_early else {}
        inner = found.parts[node.id] = self.fill(group, answers or {}, within, f"{path}.")  # type: ignore[arg-type]
        if not inner.begun:
            return None
        found.answered = found.begun = True
        if inner.clean:
            found.clean[node.id] = inner.clean
        return inner.values

    # 2. judgement

    def judge(
        self, group: Group, found: _Found, context: Mapping[str, object], prefix: str, page: int | None
    ) -> list[FieldError]:
        """What is wrong in this scope, in page order; `page` limits what is told, -1 tells nothing."""
        told: list[tuple[int, Iterable[FieldError]]] = []
        unready: set[str] = set()
        lists: list[tuple[Node, str, bool]] = []
        checked: list[tuple[Node, str]] = []
        for node in group.nodes:
            path = prefix + node.id
            if path not in self.visible or not node.stores:
                continue
            name = node.id
            telling = page is None or node.page == page
            rule = node.required
            needed = rule is True or (rule is not False and self.truth(rule, context, path))
            if needed:
                self.required.add(path)
            message = found.errors.get(name)
            if message is not None:
                unready.add(name)
            elif node.group is not None:
                lists.append((node, path, needed))
                continue
            elif name in found.empty:
                if not needed:
                    continue
                unready.add(name)
                message = node.type.missing(node.field)
            elif telling:
                if node.bounded:
                    low, high = self.value(node.low, context, path), self.value(node.high, context, path)
                    message = outside(node.field, found.values[name], low, high)
                if node.watches:
                    checked.append((node, path))
            if message is not None and telling:
                told.append((node.place, (FieldError(path, message),)))
        for node, path, needed in lists:
            judge = self._judge_rows if node.repeats else self._judge_parts
            errors, sound = judge(node, found, context, path, needed=needed)
            telling = page is None or node.page == page
            if not sound:
                unready.add(node.id)
            if telling and errors:
                told.append((node.place, errors))
            if telling and sound and node.watches and (node.repeats or node.id in found.clean):
                checked.append((node, path))
        for node, path in checked:
            told.append((node.place, self._check(node, context, path, unready)))
        told.sort(key=_place)
        return [error for _, errors in told for error in errors]

    def _check(
        self, node: Node, context: Mapping[str, object], path: str, unready: set[str]
    ) -> tuple[FieldError, ...]:
        return tuple(
            FieldError(path, check.message, check.severity)
            for check, watched in zip(node.field.checks, node.watches, strict=True)
            if not (unready and watched & unready) and not self.truth(check.rule, context, path)
        )

    def _judge_rows(
        self, node: Node, found: _Found, context: Mapping[str, object], path: str, *, needed: bool
    ) -> tuple[list[FieldError], bool]:
        """Errors of the list and its rows, and whether its value is complete enough to be checked."""
        group = node.group
        assert group is not None
        rows = found.rows[node.id]
        answered = [row for row in rows if row.answered]
        low, high = self.value(node.low, context, path), self.value(node.high, context, path)
        least = max(int(low) if isinstance(low, Decimal) else 0, int(needed))
        lacking = least - len(answered)
        errors: list[FieldError] = []
        name = node.field.item_label or gettext("Dòng")
        asked_for_more = False
        for at, row in enumerate(rows):
            inner = {**context, **row.values} if group.reads_late else row.values
            asking = row.answered or lacking > 0
            mistakes = self.judge(group, row, inner, f"{path}.{at}.", None if asking else -1)
            errors += _within(f"{name} {at + 1}", mistakes)
            if not row.answered and asking:
                lacking -= 1
                asked_for_more |= bool(mistakes)
        sound = not any(error.severity == "error" for error in errors)
        if not answered and least and not asked_for_more and (low is None or least == 1):
            errors.append(FieldError(path, node.type.missing(node.field)))
        elif not asked_for_more and (message := counted(node.field, answered, Decimal(least), high)):
            errors.append(FieldError(path, message))
        return errors, sound and not (least and not answered)

    def _judge_parts(
        self, node: Node, found: _Found, context: Mapping[str, object], path: str, *, needed: bool
    ) -> tuple[list[FieldError], bool]:
        """Errors of the group and its parts, and whether its value is complete enough to be checked."""
        group = node.group
        assert group is not None
        inner = found.parts[node.id]
        if not needed and not inner.begun:
            return [], True
        within = {**context, **inner.values} if group.reads_late else inner.values
        errors = _within(node.field.label, self.judge(group, inner, within, f"{path}.", None))
        if needed and not inner.begun and not errors:
            errors.append(FieldError(path, node.type.missing(node.field)))
        return errors, not any(error.severity == "error" for error in errors)


def _within(label: str, errors: list[FieldError]) -> list[FieldError]:
    return [replace(error, within=(label, *error.within)) for error in errors]


def _place(told: tuple[int, object]) -> int:
    return told[0]
