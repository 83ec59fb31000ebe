"""The language as it is for one definition: what a place refers to becomes a choice of what the definition has. Pure.

The schema says what refers to what: `refers` of an id (`steps`, `papers`), `keys` of a group whose keys are such ids, and
`answers` of a group whose keys are the fields of the form (`asked`; `all` with those that are computed).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from definitions.documents import shared as shared_documents
from definitions.editing.questions import Questions, pages_of
from definitions.functions import FUNCTIONS
from definitions.outline import Part, root
from definitions.raw import Raw, groups, mapping
from definitions.vocabularies import shared as shared_vocabularies
from definitions.workflows import shared as shared_workflows
from rules.workflow.model import END

Choices = Mapping[str, str]

_CALLED: Final = ("label", "name", "title", "id")
_DOINGS: Final[Choices] = {
    "accept": "Tiếp nhận",
    "wait": "Để thời gian trôi",
    "begin": "Nhận làm bước chờ lượt",
    "child": "Hồ sơ liên thông kết thúc",
    "verify": "Xác minh thực tế",
    "pay": "Nộp phí, lệ phí",
    "request_supplement": "Yêu cầu bổ sung",
    "supply": "Bổ sung hồ sơ",
    "refuse": "Từ chối tiếp nhận",
    "withdraw": "Rút hồ sơ",
    "extend": "Gia hạn",
    "apologise": "Xin lỗi và hẹn lại",
}


@dataclass(frozen=True)
class Names:
    """What a definition has, by id, as people call it. `data`: raw, whatever stands there."""

    data: Any

    def choices(self, name: str) -> Choices:
        """Of one kind of thing; empty where the definition has none or the kind is not known."""
        return self._all.get(name, {})

    @cached_property
    def _all(self) -> Mapping[str, Choices]:
        steps = self.steps
        names = {str(each["id"]): _called(each) for each in steps if "id" in each}
        roles = {key: _called(each, key) for key, each in mapping(self._workflow.get("roles")).items()}
        actions = {
            str(each["id"]): _called(each)
            for step in steps
            for each in groups(step.get("actions"))
            if "id" in each
        }
        return {
            "steps": names,
            "goals": {**names, END: "Kết thúc hồ sơ"},
            "functions": FUNCTIONS,
            "actors": {**FUNCTIONS, **roles},
            "roles": roles if self.uses else {},
            "actions": actions,
            "doings": {**_DOINGS, **actions},
            "papers": _of(self._top.get("attachments")),
            "fees": _of(self._top.get("fees")),
            "cases": _of(self._top.get("cases")),
            "events": _of(self._top.get("events")),
            "documents": _of(_document(each) for each in groups(self._top.get("documents"))),
            "shared_documents": {name: _called(each, name) for name, each in shared_documents().items()},
            "lists": self.questions.lists,
            "vocabularies": {
                name: _called(each, name)
                for name, each in {
                    **mapping(self._top.get("vocabularies")),
                    **{
                        name: each
                        for name, each in shared_vocabularies().items()
                        if name not in mapping(self._top.get("vocabularies"))
                    },
                }.items()
            },
        }

    @cached_property
    def questions(self) -> Questions:
        return Questions(pages_of(self._top), mapping(self._top.get("vocabularies")))

    @property
    def steps(self) -> tuple[Raw, ...]:
        return tuple(groups(self._workflow.get("steps")))

    @property
    def uses(self) -> str:
        """The shared workflow that is used; empty where the definition has steps of its own."""
        told = self._top.get("workflow")
        name = told if isinstance(told, str) else mapping(told).get("use")
        return name if isinstance(name, str) else ""

    @cached_property
    def _workflow(self) -> Raw:
        return shared_workflows().get(self.uses, {}) if self.uses else mapping(self._top.get("workflow"))

    @property
    def _top(self) -> Raw:
        return mapping(self.data)


@dataclass(frozen=True)
class Own(Part):
    """A place of the language with what this definition has put in."""

    names: Names

    def child(self, key: str | int) -> Part:
        return Own(self._told(super().child(key).raw), self.names)

    def _told(self, raw: Raw) -> Raw:
        if "answers" in raw:
            return {**raw, "properties": self.names.questions.parts(computed=raw["answers"] == "all")}
        found = self.names.choices(str(raw.get("refers") or raw.get("keys") or ""))
        if not found:
            return raw
        if "refers" in raw:
            return {**raw, "enum": list(found), "words": found}
        inner = Part(raw).child("").raw
        return {
            **raw,
            "properties": {key: {**inner, "title": called} for key, called in found.items()},
        }


def own(data: Any) -> Part:
    """The whole, for a definition's raw data."""
    return Own(root().raw, Names(data))


def _of(items: Any) -> Choices:
    found = groups(items if isinstance(items, list) or items is None else list(items))
    return {str(each["id"]): _called(each) for each in found if isinstance(each.get("id"), str)}


def _document(told: Raw) -> Raw:
    """With what a shared document says of itself."""
    return {**shared_documents().get(str(told.get("use", "")), {}), **told}


def _called(each: Any, otherwise: str = "") -> str:
    raw = mapping(each)
    return next((str(raw[key]) for key in _CALLED if isinstance(raw.get(key), str)), otherwise)
