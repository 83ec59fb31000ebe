"""A definition as its English readers see it: the texts that people read, from the list the definition carries itself.

For showing only. What is decided, kept and printed comes from the definition as it is (docs/decisions/0056), and the
version shown bears a hash of its own, so that no cache and no record takes one for the other.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final, overload

from definitions.amounts import AmountTable
from definitions.cache import Lru
from definitions.compiler.against import AGAINST
from definitions.model import (
    QUESTIONS_TITLE,
    Case,
    DeadlineRow,
    Definition,
    FeeLine,
    Information,
    Paper,
    Source,
)
from definitions.problems import Report
from forms.model import Field, Form, Option, Page
from forms.types import REGISTRY
from rules.i18n import gettext, language
from rules.workflow.model import APPLICANT, Step, Workflow

Say = Callable[[str], str]
Raw = Mapping[str, Any]

MARK: Final = "#en"
ID: Final = re.compile(r"[a-z][a-z0-9_]*")
_shown: Final[Lru[Definition]] = Lru(128)


def in_english(definition: Definition) -> Definition:
    """The definition with its texts in English where it has it. The sentences that the language itself adds (how a date
    is written) come from the language being spoken.
    """
    key = f"{definition.hash} {language()}"
    found = _shown.get(key)
    if found is None:
        english = definition.english
        worded = _Rewording(
            say := lambda text: english.get(text) or gettext(text),
            say,
            lambda unit: definition.english_one.get(unit, ""),
        ).definition(definition)
        found = replace(worded, hash=definition.hash + MARK)
        _shown.put(key, found)
    return found


def texts(definition: Definition) -> tuple[str, ...]:
    """Every text that `in_english` would say in English, each once, in the order of reading. What may stay as it is, and
    what the language adds itself, is not among them.
    """
    return tuple(text for text in _noted(definition, names=False) if text not in built_in())


def places(definition: Definition) -> frozenset[str]:
    """Every text at a place that can be said in English: those of `texts`, names and examples of how to write too."""
    return frozenset(_noted(definition, names=True))


def _noted(definition: Definition, *, names: bool) -> tuple[str, ...]:
    found: dict[str, None] = {}

    def note(text: str) -> str:
        if text.strip():
            found[text] = None
        return text

    _Rewording(note, note if names else str).definition(definition)
    return tuple(found)


@cache
def built_in() -> frozenset[str]:
    """Sentences that no definition writes: they come from field types and from the compiler, and are said by the
    platform's own catalogue.
    """
    kinds = (text for kind in REGISTRY.values() for text in (kind.help_text, kind.example))
    return frozenset({QUESTIONS_TITLE, *(message for _, message in AGAINST.values()), *kinds})


def reworded(definition: Definition, say: Say) -> Definition:
    """The definition with `say` of each text for people; ids, values and expressions are the very same."""
    return _Rewording(say, say).definition(definition)


class _Rewording:
    """`name`: for texts that need no other language: names in choice lists, examples of how to write. `one`: of a unit, where
    there is one of them; empty where that is said as of many.
    """

    def __init__(self, say: Say, name: Say, one: Say = lambda _: "") -> None:
        self.say = say
        self.name = name
        self.one = one

    def definition(self, one: Definition) -> Definition:
        say = self.say
        head: dict[str, Any] = {
            key: say(getattr(one, key)) for key in ("name", "summary", "result_name", "declaration")
        }
        pages = self.pages(one.whole_form.pages)
        questions = pages[: len(one.whole_form.pages) - len(one.form.pages)]
        return replace(
            one,
            **head,
            information=self.information(one.information),
            questions=tuple(field for page in questions for field in page.fields),
            form=Form(pages[len(questions) :]),
            whole_form=Form(pages),
            cases=tuple(map(self.case, one.cases)),
            attachments=tuple(map(self.paper, one.attachments)),
            fees=tuple(map(self.fee, one.fees)),
            deadlines=tuple(map(self.deadline, one.deadlines)),
            workflow=self.workflow(one.workflow),
            retention=one.retention and replace(one.retention, source=self.source(one.retention.source)),
        )

    def information(self, one: Information) -> Information:
        lists: dict[str, Any] = {
            key: tuple(map(self.say, getattr(one, key)))
            for key in ("sequence", "ways", "forms", "conditions")
        }
        lines: dict[str, Any] = {
            key: self.say(getattr(one, key))
            for key in ("sets", "applicants", "authority", "result", "time_note", "fee_note")
        }
        return replace(
            one,
            **lists,
            **lines,
            legal_basis=tuple(
                replace(each, title=self.say(each.title), clause=self.say(each.clause))
                for each in one.legal_basis
            ),
            responsibilities={self.say(who): self.say(duty) for who, duty in one.responsibilities.items()},
        )

    def pages(self, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        return tuple(
            replace(
                page,
                title=self.say(page.title),
                help=self.say(page.help),
                fields=tuple(map(self.field, page.fields)),
            )
            for page in pages
        )

    def field(self, one: Field) -> Field:
        worded: dict[str, Any] = {
            key: self.say(getattr(one, key)) for key in ("label", "help", "item_label", "text")
        }
        # the unit itself is read in answers, whatever the language of the page they are typed on
        unit = one.said_unit[0] if one.said_unit else one.unit
        return replace(
            one,
            **worded,
            said_unit=(self.say(unit), self.one(one.unit)) if unit else None,
            example=self.name(one.example),
            options=tuple(map(self.option, one.options)),
            item=tuple(map(self.field, one.item)),
            checks=tuple(replace(check, message=self.say(check.message)) for check in one.checks),
        )

    def option(self, one: Option) -> Option:
        """What is kept as people write it, and not by an id, is a name: of a ward, of a bank."""
        say = self.say if ID.fullmatch(one.value) else self.name
        return replace(one, label=say(one.label), help=self.say(one.help))

    def case(self, one: Case) -> Case:
        ends = one.ends
        return replace(
            one,
            label=self.say(one.label),
            help=self.say(one.help),
            source=self.source(one.source),
            ends=ends and replace(ends, reason=self.say(ends.reason), remedy=self.say(ends.remedy)),
        )

    def paper(self, one: Paper) -> Paper:
        worded: dict[str, Any] = {
            key: self.say(getattr(one, key))
            for key in ("name", "help", "online_note", "replaced_by_data", "row")
        }
        return replace(one, **worded, source=self.source(one.source))

    def fee(self, one: FeeLine) -> FeeLine:
        return replace(
            one,
            label=self.say(one.label),
            note=self.say(one.note),
            unit=self.say(one.unit),
            unit_one=self.one(one.unit),
            source=self.source(one.source),
            amount=self.table(one.amount) if isinstance(one.amount, AmountTable) else one.amount,
            exempt=tuple(
                replace(each, label=self.say(each.label), source=self.source(each.source))
                for each in one.exempt
            ),
        )

    def table(self, one: AmountTable) -> AmountTable:
        """Its rows and columns by other names; what they decide is the same."""
        table = one.table
        rules = tuple(
            replace(rule, row=replace(rule.row, label=self.say(rule.row.label))) for rule in table.rules
        )
        return replace(one, table=replace(table, rules=rules))

    def deadline(self, one: DeadlineRow) -> DeadlineRow:
        return replace(
            one,
            label=self.say(one.label),
            source=self.source(one.source),
            more=tuple(
                replace(
                    each,
                    addition=replace(
                        each.addition,
                        reason=self.say(each.addition.reason),
                        source=self.say(each.addition.source),
                    ),
                    source=self.source(each.source),
                )
                for each in one.more
            ),
        )

    def workflow(self, one: Workflow) -> Workflow:
        return replace(one, steps=tuple(map(self.step, one.steps)))

    def step(self, one: Step) -> Step:
        """Applicants read what the steps are called and what was done there; of those that are theirs, what to do."""
        if one.actor != APPLICANT:
            done = tuple(replace(action, label=self.say(action.label)) for action in one.actions)
            return replace(one, name=self.say(one.name), actions=done)
        return replace(
            one,
            name=self.say(one.name),
            help=self.say(one.help),
            actions=tuple(
                replace(action, label=self.say(action.label), help=self.say(action.help))
                for action in one.actions
            ),
        )

    @overload
    def source(self, one: Source) -> Source: ...
    @overload
    def source(self, one: None) -> None: ...
    def source(self, one: Source | None) -> Source | None:
        return one and replace(one, text=self.say(one.text))


def resolve_english(data: Raw, shared: Iterable[Mapping[str, Raw]], report: Report) -> dict[str, Any]:
    """A definition that says itself in English takes with it the English of the shared parts it uses; what it says itself
    comes first. `shared`: raw workflows, blocks, vocabularies by id.
    """
    if "english" not in data:
        return dict(data)
    found: dict[str, Mapping[str, str]] = {}
    for at, row in enumerate(data["english"]):
        if row["vi"] in found:
            message = f"Câu “{row['vi']}” đã có bản dịch ở trên."
            report.error(("english", at, "vi"), "T002", message, "Giữ một bản dịch cho mỗi câu.")
        found.setdefault(row["vi"], row)
    here = set(_strings({key: value for key, value in data.items() if key not in {"english", "examples"}}))
    for folder in shared:
        for part in sorted(folder):
            for row in folder[part].get("english", ()):
                if row["vi"] in here:
                    found.setdefault(row["vi"], row)
    return {**data, "english": [dict(row) for row in found.values()]}


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [each for pair in value.items() for part in pair for each in _strings(part)]
    if isinstance(value, (list, tuple)):
        return [each for part in value for each in _strings(part)]
    return []
