"""The whole definition."""

from collections.abc import Iterable, Mapping
from typing import Any

from definitions.compiler import parts
from definitions.compiler.documents import DocumentCompiler
from definitions.compiler.events import compile_events
from definitions.compiler.examples import examples
from definitions.compiler.fees import fees
from definitions.compiler.fields import FieldCompiler, outlines
from definitions.compiler.names import QUESTION_SCOPE, SCOPE, names_of
from definitions.compiler.values import effective, source_of
from definitions.compiler.workflow import compile_workflow
from definitions.facts import readable
from definitions.model import QUESTIONS_PAGE, QUESTIONS_TITLE, Definition, OfferedBy, Retention
from definitions.problems import Report
from forms.model import Field, Form, Page


def compile_definition(raw: Mapping[str, Any], content_hash: str, report: Report) -> Definition | None:
    """`raw` has the language's shape and its workflow in place (`definitions.compiler.workflow.resolve`).

    Every mistake goes to the report; the answer is None where there was one.
    """
    question_raws, page_raws = raw.get("questions", []), raw["form"]["pages"]
    form_outlines = tuple(field for page in page_raws for field in outlines(page["fields"]))
    question_names = names_of(outlines(question_raws), QUESTION_SCOPE)
    names = names_of((*outlines(question_raws), *form_outlines), SCOPE)

    lists = raw.get("vocabularies", {})
    questions = FieldCompiler(question_names, report, lists).fields(question_raws, ("questions",))
    form = Form(FieldCompiler(names, report, lists).pages(page_raws, ("form", "pages")))
    # computed fields know their types now
    names = names_of((*questions, *form.fields), SCOPE)
    asked = (Page(QUESTIONS_PAGE, QUESTIONS_TITLE, questions),) if questions else ()
    form_ids = frozenset(field.id for field in form_outlines) - question_names.keys()

    cases = parts.cases(raw.get("cases", ()), question_names, form_ids, report)
    workflow = compile_workflow(raw["workflow"], ("workflow",), names, report)
    whole_form = Form((*asked, *form.pages))
    event_rules, ruleset = compile_events(
        raw.get("events", ()), readable(whole_form.fields, cases, workflow), whole_form.fields, report
    )
    definition = Definition(
        hash=content_hash,
        procedure=raw["procedure"],
        name=raw["name"],
        sector=raw["sector"],
        offered_by=OfferedBy(raw["offered_by"].get("level"), tuple(raw["offered_by"].get("agencies", ()))),
        service_level=raw["service_level"],
        effective=effective(raw.get("effective"), ("effective",), report),
        information=parts.information(raw["information"]),
        questions=questions,
        form=form,
        cases=cases,
        attachments=parts.papers(
            raw.get("attachments", ()), names, _rows((*questions, *form.fields)), report
        ),
        fees=fees(raw.get("fees", ()), names, report),
        deadlines=parts.deadlines(raw.get("deadline", ()), names, report),
        workflow=workflow,
        whole_form=whole_form,
        keywords=tuple(raw.get("keywords", ())),
        applicant_kinds=tuple(raw.get("applicant_kinds", ("person", "organisation"))),
        life_events=tuple(raw.get("life_events", ())),
        replaces=tuple(raw.get("replaces", ())),
        submit_by=tuple(raw.get("submit_by", ("online", "counter"))),
        receive_by=tuple(raw.get("receive_by", ("counter",))),
        pay_by=tuple(raw.get("pay_by", ("counter",))),
        catalogue_name=raw.get("catalogue", {}).get("name", ""),
        declaration=raw.get("declaration", ""),
        result_name=raw.get("result_name", ""),
        summary=raw.get("summary", ""),
        verified=_verified(raw),
        examples=examples(raw.get("examples", ()), report),
        documents=DocumentCompiler((*questions, *form.fields), names, report).documents(
            raw.get("documents", ())
        ),
        event_rules=event_rules,
        ruleset=ruleset,
        identity=raw.get("identity", ""),
        retention=_retention(raw.get("retention")),
        english={row["vi"]: row["en"] for row in raw.get("english", ())},
        english_one={row["vi"]: row["one"] for row in raw.get("english", ()) if "one" in row},
    )
    return None if report.has_errors else definition


def _retention(raw: Mapping[str, Any] | None) -> Retention | None:
    if raw is None:
        return None
    told = source_of(raw)
    assert told is not None  # the schema asks for it
    return Retention(told, raw.get("years"))


def _rows(fields: Iterable[Field]) -> Mapping[str, str]:
    """What a row of each list is called."""
    return {field.id: field.item_label or field.label for field in fields if field.type == "list"}


def _verified(raw: Mapping[str, Any]) -> bool:
    sourced = [
        *raw.get("cases", ()),
        *raw.get("attachments", ()),
        *raw.get("fees", ()),
        *raw.get("deadline", ()),
        *raw.get("documents", ()),
        *(each for fee in raw.get("fees", ()) for each in fee.get("exempt", ())),
        *(more for row in raw.get("deadline", ()) for more in row.get("more", ())),
        *raw.get("events", ()),
        raw.get("retention", {}),
    ]
    return all(part.get("source", {}).get("verified", True) for part in sourced) and all(
        basis.get("verified", True) for basis in raw["information"].get("legal_basis", ())
    )
