"""Expressions of a definition in words: every name by its label."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from definitions.amounts import AmountTable
from definitions.model import Definition, FeeLine
from forms.model import Field
from forms.types import REGISTRY
from rules.feel import Expression
from rules.i18n import gettext, language, noted

_ANSWERED: Final = {  # as `rules.feel.explain` says it
    "vi": re.compile(
        "“(?P<label>[^”]*)”(?: (?P<negated>không phải )?là (?:đúng|(?P<no>sai))"  # vi: read, not shown
        "| (?:(?P<blank>để trống)|(?P<given>có giá trị)))?"  # vi: read, not shown
    ),
    "en": re.compile(
        "“(?P<label>[^”]*)”(?: is (?P<negated>not )?(?:true|(?P<no>false))"
        "| (?:(?P<blank>is left blank)|(?P<given>is given)))?"
    ),
}

SCOPE_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "case": noted("trường hợp"),
        "channel": noted("kênh nộp hồ sơ"),
        "agency": noted("cơ quan giải quyết"),
        "agency.id": noted("mã cơ quan"),
        "agency.name": noted("tên cơ quan"),
        "agency.level": noted("cấp của cơ quan"),
        "agency.area": noted("khu vực của cơ quan"),
        "agency.identifier": noted("mã định danh cơ quan"),
        "submitted_at": noted("thời điểm nộp hồ sơ"),
        "applicant": noted("người nộp"),
        "applicant.kind": noted("loại người nộp"),
        "applicant.name": noted("tên người nộp"),
        "applicant.citizen_number": noted("số định danh của người nộp"),
        "applicant.tax_number": noted("mã số thuế của người nộp"),
        "applicant.address": noted("địa chỉ của người nộp"),
        "applicant.phone": noted("điện thoại của người nộp"),
        "applicant.email": noted("thư điện tử của người nộp"),
        "agency.phone": noted("điện thoại cơ quan"),
        "agency.address": noted("địa chỉ cơ quan"),
        "dossier": noted("hồ sơ"),
        "dossier.code": noted("mã hồ sơ"),
        "dossier.procedure": noted("tên thủ tục"),
        "dossier.procedure_code": noted("mã thủ tục"),
        "dossier.submitted_at": noted("ngày nộp hồ sơ"),
        "dossier.accepted_at": noted("ngày tiếp nhận"),
        "dossier.due": noted("ngày hẹn trả"),
        "dossier.fees": noted("tổng phí, lệ phí"),
        "dossier.reason": noted("lý do"),
    }
)


def labels(definition: Definition) -> Mapping[str, str]:
    """Labels of all names, those of rows by path (`documents.pages`)."""
    found = {name: gettext(label) for name, label in SCOPE_LABELS.items()}
    _collect(definition.fields, "", found)
    return found


def _collect(fields: Iterable[Field], prefix: str, found: dict[str, str]) -> None:
    for field in fields:
        found[prefix + field.id] = field.label
        _collect(field.item, f"{prefix}{field.id}.", found)


def yes_no_labels(definition: Definition) -> frozenset[str]:
    """What the questions are called that are answered with Có or Không."""
    return frozenset(_yes_no(definition.fields))


def _yes_no(fields: Iterable[Field]) -> Iterator[str]:
    for field in fields:
        if field.type == "yes_no":
            yield field.label
        yield from _yes_no(field.item)


def said_yes_or_no(words: str, asked: frozenset[str]) -> str:
    """An explained condition with «“…?” là đúng» as «trả lời Có cho “…?”»; `asked`: the labels of such questions."""

    def say(found: re.Match[str]) -> str:
        label = found["label"]
        if label not in asked:
            return found[0]
        if found["blank"]:
            said = gettext("chưa trả lời “{question}”")
        elif found["given"]:
            said = gettext("đã trả lời “{question}”")
        elif found["negated"]:
            said = (
                gettext("không trả lời Không cho “{question}”")
                if found["no"]
                else gettext("không trả lời Có cho “{question}”")
            )
        elif found["no"]:
            said = gettext("trả lời Không cho “{question}”")
        else:
            said = gettext("trả lời Có cho “{question}”")
        return said.format(question=label)

    return _ANSWERED[language()].sub(say, words)


def explain_fee(
    definition: Definition, fee: FeeLine, formula: Expression, clean: Mapping[str, object]
) -> str:
    """Why this much: the answers a table's row was picked by, and the officer's note; without one, the formula."""
    picked = picked_by(definition, fee, clean)
    said = fee.note or _Formula(definition.hash, formula, definition).words()
    return f"{picked}: {said}" if picked and said else said or picked


def picked_by(definition: Definition, fee: FeeLine, clean: Mapping[str, object]) -> str:
    """The answers a table's row was picked by; empty for a formula."""
    picked = []
    if isinstance(fee.amount, AmountTable):
        fields = {field.id: field for field in definition.fields}
        for column in fee.amount.table.columns:
            field = fields.get(column.expression.text.strip())
            if field is not None and field.id in clean:
                picked.append(REGISTRY[field.type].display(field, clean[field.id]))
    return "; ".join(picked)


class _Formula:
    """A formula of a version, as a key for the cache: what it says in a language never changes."""

    __slots__ = ("definition", "formula", "key")

    def __init__(self, content_hash: str, formula: Expression, definition: Definition) -> None:
        self.key = (content_hash, formula.text, language())
        self.formula = formula
        self.definition = definition

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Formula) and other.key == self.key

    def words(self) -> str:
        return said_yes_or_no(_words(self), yes_no_labels(self.definition))


@lru_cache(maxsize=1024)
def _words(formula: _Formula) -> str:
    return formula.formula.explain(labels(formula.definition))
