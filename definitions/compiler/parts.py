"""Information, cases, papers and deadlines."""

from collections.abc import Mapping, Sequence
from typing import Any

from definitions.compiler.expressions import compile_feel, date_source
from definitions.compiler.fields import condition
from definitions.compiler.values import deadline_rule, source_of
from definitions.model import (
    Case,
    CaseEnd,
    DeadlineRow,
    Information,
    LegalBasis,
    MoreTime,
    Paper,
    Validity,
)
from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path
from rules.deadlines import Addition
from rules.feel import FeelType, T
from rules.feel import compile as compile_expression


def information(raw: Mapping[str, Any]) -> Information:
    return Information(
        sequence=tuple(raw.get("sequence", ())),
        ways=tuple(raw.get("ways", ())),
        sets=raw.get("sets", ""),
        applicants=raw.get("applicants", ""),
        authority=raw.get("authority", ""),
        result=raw.get("result", ""),
        forms=tuple(raw.get("forms", ())),
        conditions=tuple(raw.get("conditions", ())),
        legal_basis=tuple(
            LegalBasis(b["number"], b.get("title", ""), b.get("clause", ""), b.get("verified", True))
            for b in raw.get("legal_basis", ())
        ),
        responsibilities=dict(raw.get("responsibilities", {})),
        time_note=raw.get("time_note", ""),
        fee_note=raw.get("fee_note", ""),
    )


def cases(
    raws: Sequence[Mapping[str, Any]],
    names: Mapping[str, FeelType],
    form_fields: frozenset[str],
    report: Report,
) -> tuple[Case, ...]:
    """`form_fields`: names a condition must not read, because the form itself reads the case."""
    found = []
    for at, raw in enumerate(raws):
        path: Path = ("cases", at, "when")
        when = compile_feel(
            raw["when"], path, {**names, **dict.fromkeys(form_fields, T.ANY)}, report, "boolean"
        )
        for name in sorted(when.sources & form_fields):
            report.error(
                path,
                "T055",
                f"Trường hợp không thể đọc trường “{name}” của biểu mẫu.",
                "Biểu mẫu hiện ra theo trường hợp; chuyển trường này lên “questions” (câu hỏi mở đầu).",
            )
        found.append(
            Case(
                raw["id"], raw["label"], when, source_of(raw), raw.get("help", ""), case_end(raw.get("ends"))
            )
        )
    return tuple(found)


def reuse_key(raw: Mapping[str, Any]) -> str:
    told = raw.get("reuse", False)
    if isinstance(told, bool):
        return str(raw["id"]) if told else ""
    return str(told)


def case_end(raw: Mapping[str, Any] | None) -> CaseEnd | None:
    return None if raw is None else CaseEnd(raw["kind"], raw["reason"], raw["remedy"], raw.get("url", ""))


def papers(
    raws: Sequence[Mapping[str, Any]],
    names: Mapping[str, FeelType],
    lists: Mapping[str, str],
    report: Report,
) -> tuple[Paper, ...]:
    """`lists`: what a row of each field that is a list is called."""
    found = []
    for at, raw in enumerate(raws):
        path: Path = ("attachments", at)
        required = raw.get("required", True)
        copies = raw.get("copies", {})
        each = raw.get("each", "")
        if each and each not in lists:
            report.error(
                (*path, "each"),
                "T079",
                f"Không có trường danh sách “{each}” để tính mỗi dòng một bộ.",
                did_you_mean(each, lists),
            )
        found.append(
            Paper(
                id=raw["id"],
                name=raw["name"],
                original=copies.get("original", 0),
                copy=copies.get("copy", 0),
                required=required
                if isinstance(required, bool)
                else compile_feel(required, (*path, "required"), names, report, "boolean"),
                when=condition(raw, "when", path, names, report),
                presented_only=raw.get("presented_only", False),
                form_generated=raw.get("form_generated", False),
                multiple=raw.get("multiple", True),
                help=raw.get("help", ""),
                source=source_of(raw),
                kind=raw.get("kind", "paper"),
                online_note=raw.get("online_note", ""),
                replaced_by_data=raw.get("replaced_by_data", ""),
                valid_for=validity(raw.get("valid_for"), (*path, "valid_for"), names, report),
                channels=tuple(raw.get("channels", ())),
                accept=tuple(raw.get("accept", ())),
                max_files=raw.get("max_files", 0) if raw.get("multiple", True) else 1,
                reuse=reuse_key(raw),
                sensitive=raw.get("sensitive", False),
                each=each,
                row=lists.get(each, ""),
            )
        )
    return tuple(found)


def validity(
    raw: Mapping[str, Any] | None, path: Path, names: Mapping[str, FeelType], report: Report
) -> Validity | None:
    if raw is None:
        return None
    issued = compile_feel(date_source(raw["from"]), (*path, "from"), names, report, "date")
    period = f"P{raw['amount']}{raw['unit'][0].upper()}"
    until = compile_expression(f'({issued.text}) + duration("{period}")', names)
    return Validity(raw["amount"], raw["unit"], issued, until)


def deadlines(
    raws: Sequence[Mapping[str, Any]], names: Mapping[str, FeelType], report: Report
) -> tuple[DeadlineRow, ...]:
    return tuple(
        DeadlineRow(
            rule=deadline_rule(raw, ("deadline", at), report),
            when=condition(raw, "when", ("deadline", at), names, report),
            label=raw.get("label", ""),
            source=source_of(raw),
            more=tuple(
                more_time(added, raw["unit"], ("deadline", at, "more", place), names, report)
                for place, added in enumerate(raw.get("more", ()))
            ),
        )
        for at, raw in enumerate(raws)
    )


def more_time(
    raw: Mapping[str, Any], unit: str, path: Path, names: Mapping[str, FeelType], report: Report
) -> MoreTime:
    source = source_of(raw)
    amount = deadline_rule({"amount": raw["amount"], "unit": unit}, path, report).amount
    return MoreTime(
        Addition(amount, raw["reason"], source.text if source else ""),
        condition(raw, "when", path, names, report),
        source,
    )
