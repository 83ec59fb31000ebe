"""The register of everything the checks can say: `rules/<CODE>.yaml`, one file a rule.

A rule says what is wrong (`title`), why it matters (`why`), what to do (`remedy`), and shows it: `bad` is caught with
this very code, `good` has no problem at all (a test holds both). From it come the pages of `docs/lint`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from jsonschema import Draft202012Validator

from definitions.lint.patching import BASE, FOLDER, Patch, Replacement
from definitions.problems import Severity
from definitions.sharing import parsed, texts

_SENTENCE: Final = {"type": "string", "minLength": 10}
_PLACES: Final = {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string"}}
_PATCH: Final = {
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "properties": {
        "put": {"type": "object", "minProperties": 1},
        "drop": _PLACES,
        "show": _PLACES,
        "replace": {
            "type": "object",
            "additionalProperties": False,
            "required": ["old", "new"],
            "properties": {
                "old": {"type": "string", "minLength": 1},
                "new": {"type": "string"},
                "times": {"type": "integer", "minimum": 2},
            },
        },
    },
}
_SHAPE: Final = Draft202012Validator(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["code", "severity", "title", "why", "remedy", "bad", "good"],
        "properties": {
            "code": {"type": "string", "pattern": "^[A-Z][0-9]{3}$"},
            "severity": {"enum": ["error", "warning"]},
            "title": _SENTENCE,
            "why": _SENTENCE,
            "remedy": _SENTENCE,
            "otherwise": _SENTENCE,
            "also": {"type": "array", "uniqueItems": True, "items": {"type": "string"}},
            "bad": _PATCH,
            "good": _PATCH,
        },
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """`title`: what is wrong, as one sentence. `severity`: that of the bad example; `otherwise`: when this code comes
    with the other one. `also`: codes that the bad example cannot avoid beside its own.
    """

    code: str
    severity: Severity
    title: str
    why: str
    remedy: str
    bad: Patch
    good: Patch
    otherwise: str = ""
    also: frozenset[str] = frozenset()


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its code, in the order of the codes; raises `ValueError` where a file is not as it should be."""
    found = {}
    for filename, text in texts(FOLDER):
        if filename != BASE:
            read = load_rule(text, filename)
            found[read.code] = read
    return MappingProxyType(found)


def rule(code: str) -> Rule | None:
    """The rule of that code; None where there is none."""
    return rules().get(code)


def load_rule(text: str, filename: str) -> Rule:
    """One rule from its file, which bears its code as name."""
    tree, problems = parsed(text, filename)
    if tree is None:
        raise ValueError(str(problems[0]))
    raw: Any = tree.data
    for error in _SHAPE.iter_errors(raw):
        raise ValueError(f"{filename}: {error.json_path}: {error.message}")
    if filename != f"{raw['code']}.yaml":
        raise ValueError(f"{filename}: tệp phải mang tên mã của quy tắc, {raw['code']}.yaml")
    told = {key: raw[key] for key in ("code", "severity", "title", "why", "remedy")}
    return Rule(
        **told,
        bad=_patch(raw["bad"]),
        good=_patch(raw["good"]),
        otherwise=raw.get("otherwise", ""),
        also=frozenset(raw.get("also", ())),
    )


def _patch(raw: Mapping[str, Any]) -> Patch:
    replace = raw.get("replace")
    return Patch(
        put=raw.get("put", {}),
        drop=tuple(raw.get("drop", ())),
        replace=None if replace is None else Replacement(**replace),
        show=tuple(raw.get("show", ())),
    )
