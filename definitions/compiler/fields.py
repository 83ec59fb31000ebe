"""Fields and pages. Two passes: the names and types of all fields first, then their expressions, which read them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from definitions.blocks import shared
from definitions.compiler.against import checks_against
from definitions.compiler.expressions import Wanted, compile_feel, date_source
from definitions.compiler.names import names_of
from definitions.compiler.options import Vocabularies, compile_options
from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path
from forms.model import Check, Field, Page
from forms.types import REGISTRY
from rules.feel import Expression, FeelType

_DATES: Final = frozenset({"date", "month"})
_NUMBERS: Final = frozenset({"integer", "decimal", "money", "list", "multi_choice", "file", "photo"})


def outline(raw: Mapping[str, Any]) -> Field:
    """A field with its name and kind only, enough to know its type in expressions."""
    items = tuple(outline(item) for item in raw.get("item", ()) if item["type"] in REGISTRY)
    return Field(raw["id"], raw["type"], raw["label"], item=items)


def outlines(raws: Sequence[Mapping[str, Any]]) -> tuple[Field, ...]:
    return tuple(outline(raw) for raw in raws if raw["type"] in REGISTRY)


class FieldCompiler:
    """Compiles fields against `names`; `compile_feel`'s stand-ins keep it going after a mistake."""

    def __init__(
        self, names: Mapping[str, FeelType], report: Report, vocabularies: Vocabularies | None = None
    ) -> None:
        self.names = names
        self.report = report
        self.vocabularies = vocabularies or {}

    def pages(self, raws: Sequence[Mapping[str, Any]], path: Path) -> tuple[Page, ...]:
        return tuple(
            Page(
                id=raw["id"],
                title=raw["title"],
                fields=self.fields(raw["fields"], (*path, at, "fields")),
                help=raw.get("help", ""),
                visible=self._condition(raw, "visible", (*path, at)),
            )
            for at, raw in enumerate(raws)
        )

    def fields(self, raws: Sequence[Mapping[str, Any]], path: Path) -> tuple[Field, ...]:
        return tuple(
            self._field(raw, (*path, at)) for at, raw in enumerate(raws) if self._known_type(raw, (*path, at))
        )

    def _known_type(self, raw: Mapping[str, Any], path: Path) -> bool:
        if raw["type"] in REGISTRY:
            return True
        self.report.error(
            (*path, "type"),
            "S006",
            f"Không có kiểu trường “{raw['type']}”.",
            did_you_mean(raw["type"], {*REGISTRY, *shared()}),
        )
        return False

    def _field(self, raw: Mapping[str, Any], path: Path) -> Field:
        inner = FieldCompiler(
            names_of(outlines(raw.get("item", ())), self.names), self.report, self.vocabularies
        )
        compute = raw.get("compute")
        kind, guided = REGISTRY[raw["type"]], raw.get("help") or raw.get("example")
        return Field(
            id=raw["id"],
            type=raw["type"],
            label=raw["label"],
            help=raw.get("help", "" if guided else kind.help_text),
            example=raw.get("example", "" if guided else kind.example),
            required=self._required(raw, path),
            visible=self._condition(raw, "visible", path),
            options=compile_options(raw, path, self.names, self.vocabularies, self.report),
            min=self._bound(raw, "min", path),
            max=self._bound(raw, "max", path),
            max_length=raw.get("max_length"),
            item=inner.fields(raw.get("item", ()), (*path, "item")),
            item_label=raw.get("item_label", ""),
            line=tuple(raw.get("line", ())),
            compute=None
            if compute is None
            else compile_feel(compute, (*path, "compute"), self.names, self.report),
            default=raw.get("default"),
            checks=(
                *(
                    Check(
                        compile_feel(
                            check["rule"], (*path, "checks", at, "rule"), self.names, self.report, "boolean"
                        ),
                        check["message"],
                        check.get("severity", "error"),
                    )
                    for at, check in enumerate(raw.get("checks", ()))
                ),
                *checks_against(raw, path, self.names, self.report),
            ),
            autocomplete=raw.get("autocomplete", ""),
            prefill=raw.get("prefill", ""),
            remember=raw.get("remember"),
            unit=raw.get("unit", ""),
            in_words=raw.get("in_words", False),
            total=raw.get("total", ""),
            appearance=raw.get("appearance", ""),
            accept=tuple(raw.get("accept", ())),
            max_size=raw.get("max_size", 0),
            aspect=raw.get("aspect", ""),
            min_width=raw.get("min_width", 0),
            min_height=raw.get("min_height", 0),
            capture=raw.get("capture", ""),
            sensitive=raw.get("sensitive", False),
            text=raw.get("text", ""),
        )

    def _required(self, raw: Mapping[str, Any], path: Path) -> Expression | bool:
        told = raw.get("required", False)
        if isinstance(told, bool):
            return told
        return compile_feel(told, (*path, "required"), self.names, self.report, "boolean")

    def _condition(self, raw: Mapping[str, Any], key: str, path: Path) -> Expression | None:
        return condition(raw, key, path, self.names, self.report)

    def _bound(self, raw: Mapping[str, Any], key: str, path: Path) -> Expression | None:
        if key not in raw:
            return None
        kind = raw["type"]
        wanted: Wanted = "date" if kind in _DATES else "number" if kind in _NUMBERS else "any"
        told = date_source(raw[key]) if kind in _DATES else raw[key]
        return compile_feel(told, (*path, key), self.names, self.report, wanted)


def condition(
    raw: Mapping[str, Any], key: str, path: Path, names: Mapping[str, FeelType], report: Report
) -> Expression | None:
    """The condition under `key`; None where it is not said or always holds."""
    told = raw.get(key)
    if told is None or told is True:
        return None
    return compile_feel(told, (*path, key), names, report, "boolean")
