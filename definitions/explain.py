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

_ANSWERED: Final = re.compile(
    "“(?P<label>[^”]*)”(?: (?P<negated>không phải )?là (?P<value>đúng|sai)| (?P<blank>để trống|có giá trị))?"
)

SCOPE_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "case": "trường hợp",
        "channel": "kênh nộp hồ sơ",
        "agency": "cơ quan giải quyết",
        "agency.id": "mã cơ quan",
        "agency.name": "tên cơ quan",
        "agency.level": "cấp của cơ quan",
        "agency.area": "khu vực của cơ quan",
        "agency.identifier": "mã định danh cơ quan",
        "submitted_at": "thời điểm nộp hồ sơ",
        "applicant": "người nộp",
        "applicant.kind": "loại người nộp",
        "applicant.name": "tên người nộp",
        "applicant.citizen_number": "số định danh của người nộp",
        "applicant.tax_number": "mã số thuế của người nộp",
        "applicant.address": "địa chỉ của người nộp",
        "applicant.phone": "điện thoại của người nộp",
        "applicant.email": "thư điện tử của người nộp",
        "agency.phone": "điện thoại cơ quan",
        "agency.address": "địa chỉ cơ quan",
        "dossier": "hồ sơ",
        "dossier.code": "mã hồ sơ",
        "dossier.procedure": "tên thủ tục",
        "dossier.procedure_code": "mã thủ tục",
        "dossier.submitted_at": "ngày nộp hồ sơ",
        "dossier.accepted_at": "ngày tiếp nhận",
        "dossier.due": "ngày hẹn trả",
        "dossier.fees": "tổng phí, lệ phí",
        "dossier.reason": "lý do",
    }
)


def labels(definition: Definition) -> Mapping[str, str]:
    """Labels of all names, those of rows by path (`documents.pages`)."""
    found = dict(SCOPE_LABELS)
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
            return f"{'chưa' if found['blank'] == 'để trống' else 'đã'} trả lời “{label}”"
        answer = "Không" if found["value"] == "sai" else "Có"
        return f"{'không ' if found['negated'] else ''}trả lời {answer} cho “{label}”"

    return _ANSWERED.sub(say, words)


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
    """A formula of a version, as a key for the cache: what it says never changes."""

    __slots__ = ("definition", "formula", "key")

    def __init__(self, content_hash: str, formula: Expression, definition: Definition) -> None:
        self.key = (content_hash, formula.text)
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
