"""What no example of a definition comes by: the half that its tests leave untried (C001–C015).

A condition is tried when the examples have seen both of its outcomes; a row, an exemption, a case, an action when at
least one example decided by it. Where every case is handled elsewhere no dossier is made, so that only questions and
cases are asked for.
"""

from collections.abc import Container, Iterator, Sequence

from definitions.amounts import AmountTable
from definitions.assess import legal_day
from definitions.model import DeadlineRow, Definition, FeeLine
from definitions.problems import Report
from definitions.reading.tree import Path
from forms.model import Field
from tthc.trials.run import TrialResult
from tthc.trials.untried import Untried, documents

REMEDY = "Thêm một ví dụ đi qua chỗ này, hoặc bỏ phần không bao giờ dùng tới."


def untried(
    definition: Definition, results: Sequence[TrialResult], written: Container[Path] | None = None
) -> tuple[Untried, ...]:
    """In the order of a definition: form, cases, papers, fees, deadline, workflow, documents, event rules.

    `written`: the paths of the definition's own text; what a shared block brings along is tried by the tests of the
    block, not anew by everyone who uses it.
    """
    fields = [each for each in _fields(definition, results) if written is None or each.path in written]
    checks = [each for each in _checks(definition, results) if _own(each.path, written)]
    found = [*fields, *checks, *_cases(definition, results)]
    if not definition.cases or any(case.ends is None for case in definition.cases):
        taken = [result for result in results if not result.assessment.ended]
        found += _papers(definition, taken)
        for at, fee in enumerate(definition.fees):
            found += _fee(("fees", at), fee, taken)
        found += _deadlines(definition.deadlines, taken)
        found += _workflow(definition, taken)
        found += [each for each in documents(definition, results) if _own(each.path, written)]
        found += _events(definition, taken)
    return tuple(found)


def _own(path: Path, written: Container[Path] | None) -> bool:
    return written is None or path in written


def lint_coverage(definition: Definition, results: Sequence[TrialResult], report: Report) -> None:
    """Each as an error where it stands: a definition is published when its tests have seen all of it."""
    for each in untried(definition, results, report.tree.values):
        report.error(each.path, each.code, sentence(each.what), REMEDY)


def sentence(what: str) -> str:
    """`what`: the phrase of an `Untried`."""
    return f"Chưa ví dụ nào thử {what}."


def _fields(definition: Definition, results: Sequence[TrialResult]) -> Iterator[Untried]:
    shown = [result.observed.visible for result in results]
    named = {frozenset(plain(path) for path in paths) for paths in shown}
    for path, names, field in placed(definition):
        name = ".".join(names)
        if not any(name in paths for paths in named):
            yield Untried(path, "C001", f"trường “{field.label}”")
        elif field.visible is not None and not any(hidden(names, paths) for paths in shown):
            yield Untried(path, "C002", f"lúc trường “{field.label}” không hiện")


def _checks(definition: Definition, results: Sequence[TrialResult]) -> Iterator[Untried]:
    """A check is tried when an example has been refused by it; that it lets answers through, every other one shows."""
    told = {
        (plain(error.path), error.message)
        for result in results
        for error in result.assessment.submission.errors
    }
    for path, names, field in placed(definition):
        for at, check in enumerate(field.checks):
            if (".".join(names), check.message) not in told:
                yield Untried(
                    (*path, "checks", at), "C015", f"lúc trường “{field.label}” bị báo “{check.message}”"
                )


def plain(path: str) -> str:
    """Without the numbers of rows: `shops.0.shop_name` → `shops.shop_name`."""
    return ".".join(part for part in path.split(".") if not part.isdecimal())


def hidden(names: Sequence[str], paths: frozenset[str]) -> bool:
    """Whether the field was absent where what holds it was there (a row of its list, its group, or the form)."""
    name = ".".join(names)
    if len(names) == 1:
        return name not in paths
    around = ".".join(names[:-1])
    holders = {path.rpartition(".")[0] for path in paths if plain(path.rpartition(".")[0]) == around}
    return any(f"{holder}.{names[-1]}" not in paths for holder in holders)


def placed(definition: Definition) -> Iterator[tuple[Path, tuple[str, ...], Field]]:
    yield from _nested(("questions",), (), definition.questions)
    for at, page in enumerate(definition.form.pages):
        yield from _nested(("form", "pages", at, "fields"), (), page.fields)


def _nested(
    path: Path, around: tuple[str, ...], fields: Sequence[Field]
) -> Iterator[tuple[Path, tuple[str, ...], Field]]:
    for at, field in enumerate(fields):
        yield (*path, at), (*around, field.id), field
        yield from _nested((*path, at, "item"), (*around, field.id), field.item)


def _cases(definition: Definition, results: Sequence[TrialResult]) -> Iterator[Untried]:
    met = {result.observed.case for result in results}
    for at, case in enumerate(definition.cases):
        if case.id not in met:
            yield Untried(("cases", at), "C003", f"trường hợp “{case.label}”")


def _papers(definition: Definition, results: Sequence[TrialResult]) -> Iterator[Untried]:
    rows = [{row.id for row in result.assessment.paper_rows} for result in results]
    for at, paper in enumerate(definition.attachments):
        kind = "giấy tờ" if paper.kind == "paper" else "ghi chú"
        if not any(paper.id in asked for asked in rows):
            yield Untried(("attachments", at), "C004", f"{kind} “{paper.name}”")
        elif paper.when is not None and all(paper.id in asked for asked in rows):
            yield Untried(("attachments", at, "when"), "C005", f"lúc không cần {kind} “{paper.name}”")


def _fee(path: Path, fee: FeeLine, results: Sequence[TrialResult]) -> Iterator[Untried]:
    owing = [result for result in results if fee.id in result.observed.fees]
    if not owing:
        yield Untried(path, "C006", f"khoản thu “{fee.label}”")
        return
    if fee.when is not None and len(owing) == len(results):
        yield Untried((*path, "when"), "C012", f"lúc không thu “{fee.label}”")
    if isinstance(fee.amount, AmountTable):
        used = [_rows(fee.amount, result) for result in owing]
        for number, rule in enumerate(fee.amount.table.rules, 1):
            if not any(number in rows for rows in used):
                told = f"dòng “{rule.row.label}”" if rule.row.label else f"dòng {number}"
                yield Untried((*path, "amount", "rows", number - 1), "C007", f"{told} của bảng “{fee.label}”")
        if any(answer.default is not None for answer in fee.amount.table.answers) and all(used):
            yield Untried((*path, "amount", "default"), "C007", f"lúc không dòng nào của “{fee.label}” đúng")
    granted = {due.exemption for result in owing for due in result.assessment.fees if due.id == fee.id}
    for at, exemption in enumerate(fee.exempt):
        if exemption.label not in granted:
            yield Untried((*path, "exempt", at), "C008", f"miễn, giảm “{exemption.label}” của “{fee.label}”")


def _rows(amount: AmountTable, result: TrialResult) -> frozenset[int]:
    """Numbers of the rows that decided, from 1; none is the default."""
    at = result.submitted_at
    decision = amount.table.decide(result.assessment.context, now=at, on=legal_day(at))
    return frozenset(decision.rows)


def _deadlines(rows: Sequence[DeadlineRow], results: Sequence[TrialResult]) -> Iterator[Untried]:
    for at, row in enumerate(rows):
        used = [r.assessment.deadline for r in results if _same(r.assessment.deadline, row)]
        told = f"thời hạn “{row.label}”" if row.label else f"dòng thời hạn thứ {at + 1}"
        if not used:
            yield Untried(("deadline", at), "C009", told)
            continue
        for place, more in enumerate(row.more):
            given = [more.addition in found.rule.additions for found in used if found is not None]
            here: Path = ("deadline", at, "more", place)
            if not any(given):
                yield Untried(here, "C009", f"thời gian cộng thêm “{more.addition.reason}” của {told}")
            elif more.when is not None and all(given):
                yield Untried(here, "C009", f"lúc không cộng thêm “{more.addition.reason}” vào {told}")


def _same(found: DeadlineRow | None, row: DeadlineRow) -> bool:
    """A row keeps its condition and its words when the time that it gains is worked out."""
    return found is not None and found.when is row.when and found.label == row.label


def _workflow(definition: Definition, results: Sequence[TrialResult]) -> Iterator[Untried]:
    passages = [passage for result in results for passage in result.passages]
    taken = {(passage.step, passage.action) for passage in passages}
    entered = {(p.step, p.action, to) for p in passages for to in (*p.entered, *p.skipped)}
    skipped = {step for passage in passages for step in passage.skipped}
    names = {step.id: step.name for step in definition.workflow.steps}
    for at, step in enumerate(definition.workflow.steps):
        path: Path = ("workflow", "steps", at)
        if step.skip_when is not None and step.id not in skipped:
            yield Untried((*path, "skip_when"), "C011", f"lúc bỏ qua bước “{step.name}”")
        for number, action in enumerate(step.actions):
            here: Path = (*path, "actions", number)
            if (step.id, action.id) not in taken:
                if not step.automatic:
                    yield Untried(here, "C010", f"thao tác “{action.label}” ở bước “{step.name}”")
                continue
            for branch in action.split:
                if branch.when is not None and (step.id, action.id, branch.to) not in entered:
                    told = f"nhánh sang “{names.get(branch.to, branch.to)}” của thao tác “{action.label}”"
                    yield Untried(here, "C011", told)
                elif branch.when is not None and all(
                    branch.to in (*p.entered, *p.skipped)
                    for p in passages
                    if (p.step, p.action) == (step.id, action.id)
                ):
                    told = f"lúc không mở nhánh sang “{names.get(branch.to, branch.to)}” của thao tác “{action.label}”"
                    yield Untried(here, "C011", told)


def _events(definition: Definition, results: Sequence[TrialResult]) -> Iterator[Untried]:
    done = {each.rule for result in results for each in result.proposals if each.accepted}
    for at, rule in enumerate(definition.event_rules):
        if rule.id not in done:
            yield Untried(("events", at), "C013", f"quy tắc sự kiện “{rule.label}”")
