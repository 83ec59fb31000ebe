"""A draft as YAML text in the language's order of keys, checked by the product's own loader."""

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any, Final

from ruamel.yaml import YAML

from definitions.importing.ledger import Ledger
from definitions.importing.report import Assumed, Imported
from definitions.loader import load
from definitions.shape import schema

_FILE: Final = "bản nháp"
NO_CODE: Final = "0." + 6 * "0"
"""Stands for the procedure's code until somebody looks it up; no procedure has it."""


def finish(
    kind: str,
    draft: dict[str, Any],
    ledger: Ledger,
    assumed: Sequence[Assumed],
    ids: tuple[tuple[str, str], ...] = (),
) -> Imported:
    """Order, write, check, close the account."""
    _order(draft, "")
    text = written(draft)
    account = ledger.close(draft)
    return Imported(
        kind,
        draft,
        text,
        account.findings,
        tuple(assumed),
        account.carried,
        account.ignored,
        load(text, _FILE).problems,
        ids,
    )


def written(draft: Mapping[str, Any]) -> str:
    yaml = YAML(pure=True)
    yaml.allow_unicode = True
    yaml.width = 1_000_000  # an expression stays on its line, as in the shipped definitions
    yaml.default_flow_style = False
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    yaml.dump(dict(draft), stream)
    return stream.getvalue()


def _order(value: object, part: str) -> None:
    """In place: the account points at these very objects."""
    if isinstance(value, list):
        for child in value:
            _order(child, part)
        return
    if not isinstance(value, dict):
        return
    known = schema()["$defs"].get(part, schema() if part == "" else {}).get("properties", {})
    places = {key: place for place, key in enumerate(known)}
    for key in sorted(value, key=lambda key: places.get(key, len(places))):
        child = value.pop(key)
        value[key] = child
        _order(child, _PARTS.get(key, "-"))


_PARTS: Final = {
    "pages": "page",
    "fields": "field",
    "item": "field",
    "questions": "field",
    "information": "information",
    "form": "-",
    "cases": "case",
    "attachments": "paper",
    "fees": "fee",
    "deadline": "deadline",
}
