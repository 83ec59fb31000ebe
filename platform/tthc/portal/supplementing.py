"""What a supplement request asks for, as pages and papers: only that is shown and only that is sent. Pure.

A new answer may make a question apply that did not before, or a paper: those are shown and taken too, and nothing else.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from definitions.assess import Assessment
from definitions.model import Definition, Paper
from forms.answers import merge
from forms.collect import collect
from forms.model import Answers, Field, FieldError, Page
from forms.types import Source
from rules.i18n import gettext, noted
from tthc.dossiers.decide_malware import SENDS_AGAIN, to_send_again
from tthc.dossiers.state import Dossier, FeeState, SupplementItem, SupplementRequest
from tthc.portal.todo import WAITS_FOR_PAPERS

MOST_ROUNDS = 6


BLOCKED = noted("Tệp đã nộp bị chặn vì có mã độc, không ai mở được; gửi tệp mới thay cho tệp ấy.")


def wanted(dossier: Dossier) -> SupplementRequest | None:
    """What the applicant can send now: what an official asked for, and each paper or answer with a file in which malware was
    found, though nobody asked. Those come last, and say so in an item of their own.
    """
    asks = dossier.supplement is not None and dossier.status in WAITS_FOR_PAPERS
    asked = dossier.supplement if asks else None
    blocked = tuple(SupplementItem(target, gettext(BLOCKED)) for target in sorted(to_send_again(dossier)))
    if asked is None:
        return (
            SupplementRequest(blocked, "", dossier.updated_at, "")
            if blocked and dossier.status in SENDS_AGAIN
            else None
        )
    if not asked.items:  # whatever can be handed in is shown
        return asked
    return replace(asked, items=(*asked.items, *blocked))


def only_blocked(request: SupplementRequest, target: str) -> bool:
    """Whether nothing but its blocked file is wrong with a paper: what else is there stays."""
    items = about(request, target)
    return bool(items) and all(item.reason == gettext(BLOCKED) for item in items)


def asked_papers(
    definition: Definition, request: SupplementRequest, also: AbstractSet[str] = frozenset()
) -> tuple[Paper, ...]:
    """Those asked about, and `also` those wanted besides; all that can be handed in where what is missing was only said in
    words.
    """
    if not request.items:
        return tuple(p for p in definition.attachments if p.kind == "paper" and not p.form_generated)
    targets = {item.target for item in request.items} | also
    return tuple(paper for paper in definition.attachments if paper.id in targets)


def asked_pages(
    definition: Definition, request: SupplementRequest, also: AbstractSet[str] = frozenset()
) -> tuple[Page, ...]:
    """The pages of the form, each with the fields asked about alone, and `also` those that are wanted besides."""
    return _pages(definition, {item.target.split(".", 1)[0] for item in request.items} | also)


def _pages(definition: Definition, targets: AbstractSet[str]) -> tuple[Page, ...]:
    found: list[Page] = []
    for page in definition.whole_form.pages:
        fields: tuple[Field, ...] = tuple(field for field in page.fields if field.id in targets)
        if fields:
            found.append(replace(page, fields=fields))
    return tuple(found)


def gather(
    definition: Definition,
    request: SupplementRequest,
    answers: Answers,
    source: Source,
    errors_of: Callable[[Answers], Iterable[FieldError]],
) -> tuple[tuple[Page, ...], dict[str, object]]:
    """The pages that are wanted and the answers with what was posted on them.

    A field that nobody asked about is taken only while it stands in the way of the new answers (`errors_of`): what was
    right stays as it was handed in, whatever is posted.
    """
    merged = dict(answers)
    new: AbstractSet[str] = {item.target.split(".", 1)[0] for item in request.items}
    wanted: AbstractSet[str] = frozenset()
    for _ in range(MOST_ROUNDS):
        if not new:
            break
        wanted = wanted | new
        for page in _pages(definition, new):
            merged = merge(page.fields, merged, collect(page.fields, source))
        new = wrong_besides(errors_of(merged), wanted)
    return _pages(definition, wanted | new), merged


def wrong_besides(errors: Iterable[FieldError], wanted: AbstractSet[str]) -> frozenset[str]:
    """Ids of fields with a mistake that are not among those already wanted."""
    tops = (error.path.partition(".")[0] for error in errors if error.severity == "error")
    return frozenset(tops) - wanted


def lacking_papers(assessment: Assessment, handed: Mapping[str, object]) -> frozenset[str]:
    """Ids of papers that the answers ask for now and nobody has handed in."""
    return frozenset(
        paper.id
        for paper in assessment.papers
        if paper.required and not paper.presented_only and not paper.form_generated and paper.id not in handed
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is wanted, with what the official wrote of it: a field, or a fee. Without a word of an official it is
    wanted because other answers have changed.
    """

    items: tuple[SupplementItem, ...]
    field: Field | None = None
    fee: FeeState | None = None


def about(request: SupplementRequest, target: str) -> tuple[SupplementItem, ...]:
    """What the official wrote of a paper, of a field (or a part of it), or of a fee."""
    return tuple(i for i in request.items if i.target == target or i.target.startswith(f"{target}."))


def asked_fields(pages: Iterable[Page], request: SupplementRequest) -> tuple[Asked, ...]:
    """The fields of these pages, each with the reasons, in the order of the form."""
    fields = (field for page in pages for field in page.fields)
    return tuple(Asked(about(request, field.id), field=field) for field in fields)


def asked_fees(request: SupplementRequest, fees: Sequence[FeeState]) -> tuple[Asked, ...]:
    return tuple(Asked(found, fee=fee) for fee in fees if (found := about(request, fee.id)))
