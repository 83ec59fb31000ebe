"""What a choice offers: written in place, or the entries of a vocabulary in force on the day and under their parent."""

from collections.abc import Iterator, Mapping
from typing import Any

from definitions.compiler.expressions import compile_feel
from definitions.problems import Report
from definitions.reading.tree import Path
from forms.model import Option
from rules.feel import Expression, FeelType, literal

Vocabularies = Mapping[str, Mapping[str, Any]]


def compile_options(
    raw: Mapping[str, Any],
    path: Path,
    names: Mapping[str, FeelType],
    vocabularies: Vocabularies,
    report: Report,
) -> tuple[Option, ...]:
    """The options of the field `raw`; none where it has none or names a vocabulary there is not (told elsewhere)."""
    told = raw.get("options", ())
    if not isinstance(told, Mapping):
        return tuple(
            Option(
                option["value"],
                option["label"],
                option.get("help", ""),
                None
                if "when" not in option
                else compile_feel(option["when"], (*path, "options", at, "when"), names, report, "boolean"),
            )
            for at, option in enumerate(told)
        )
    vocabulary = vocabularies.get(told["vocabulary"])
    if vocabulary is None:
        return ()
    made: dict[str, Expression] = {}  # entries share their conditions: one parent, one day

    def when(text: str) -> Expression | None:
        if text and text not in made:
            made[text] = compile_feel(text, (*path, "options"), names, report, "boolean")
        return made.get(text)

    return tuple(
        Option(
            entry["value"],
            entry.get("label", entry["value"]),
            entry.get("help", ""),
            when(" and ".join(_conditions(entry, told.get("parent")))),
        )
        for entry in vocabulary["entries"]
    )


def _conditions(entry: Mapping[str, Any], parent: str | None) -> Iterator[str]:
    if parent is not None and "parent" in entry:
        yield f"{parent} = {literal(entry['parent'])}"
    if "from" in entry:
        yield f"date(submitted_at) >= date({literal(entry['from'])})"
    if "to" in entry:
        yield f"date(submitted_at) <= date({literal(entry['to'])})"
