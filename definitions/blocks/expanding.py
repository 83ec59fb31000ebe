"""A field that asks for a block becomes the group the block describes.

Done before anything is compiled, and kept so in the canonical data: a version's content hash is taken of the group, so
that a later change of a shared block never reaches a published version.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path
from rules.feel import FeelError
from rules.feel import compile as compile_expression

USE_KEYS: Final = ("only", "required_parts", "optional_parts", "parts")
"""Keys that say how a block is used; a plain field has none of them."""

APPLICANT: Final = "applicant"
_CONDITIONS: Final = ("visible", "required", "min", "max")

Raw = Mapping[str, Any]


def expand(data: Raw, blocks: Mapping[str, Raw], report: Report) -> dict[str, Any]:
    """The definition with every block in place. Unknown types stay: the compiler tells them."""
    expander = _Expander(blocks, report)
    found = dict(data)
    if "questions" in data:
        found["questions"] = expander.fields(data["questions"], ("questions",))
    found["form"] = {
        **data["form"],
        "pages": [
            {**page, "fields": expander.fields(page["fields"], ("form", "pages", at, "fields"))}
            for at, page in enumerate(data["form"]["pages"])
        ],
    }
    return found


def opened(raw: Raw, blocks: Mapping[str, Raw], report: Report) -> Raw:
    """The group that a field asking for a block stands for; blocks inside it stay blocks, under the same ids."""
    return _Expander(blocks, report, deep=False).group(raw, ())


class _Expander:
    """`deep`: whether the blocks inside a block are put in place too."""

    def __init__(self, blocks: Mapping[str, Raw], report: Report, *, deep: bool = True) -> None:
        self.blocks = blocks
        self.report = report
        self.deep = deep

    def fields(self, raws: Sequence[Raw], path: Path, within: tuple[str, ...] = ()) -> list[Raw]:
        return [self.field(raw, (*path, at), within) for at, raw in enumerate(raws)]

    def field(self, raw: Raw, path: Path, within: tuple[str, ...]) -> Raw:
        if raw["type"] in self.blocks and raw["type"] not in within:
            return self.group(raw, path, within)
        for key in USE_KEYS:
            if key in raw:
                message = f"Khóa “{key}” chỉ dùng cho khối dùng chung, không dùng cho kiểu {raw['type']}."
                self.report.error((*path, key), "T004", message, "Bỏ khóa này.", on_key=True)
        if "item" in raw:
            return {**raw, "item": self.fields(raw["item"], (*path, "item"), within)}
        return raw

    def group(self, raw: Raw, path: Path, within: tuple[str, ...] = ()) -> Raw:
        block = self.blocks[raw["type"]]
        for key in ("item", "line"):
            if key in raw:
                message = f"Khối “{block['id']}” đã có các trường của nó, không viết thêm khóa “{key}”."
                self.report.error((*path, key), "T004", message, "Dùng kiểu group để tự viết.", on_key=True)
        if raw.get("prefill", APPLICANT) != APPLICANT:
            message = f"Khối chỉ điền sẵn được từ người nộp: prefill: {APPLICANT}."
            self.report.error((*path, "prefill"), "T004", message, f"Viết prefill: {APPLICANT}.")
        known = [part["id"] for part in block["parts"]]
        named = {key: self._known(raw.get(key, ()), known, block, (*path, key)) for key in USE_KEYS}
        kept = named["only"] or known
        left_out = set(known) - set(kept)
        parts: list[Raw] = []
        for part in block["parts"]:
            name = part["id"]
            if name in kept:
                found = _without(part, left_out)
                _change(found, raw.get("parts", {}).get(name, {}))
                if name in named["required_parts"]:
                    found["required"] = True
                if name in named["optional_parts"]:
                    found.pop("required", None)
                if "prefill" not in raw:
                    _ask_plainly(found)
                inner = (*path, "item", len(parts))
                parts.append(self.field(found, inner, (*within, block["id"])) if self.deep else found)
        group = {
            key: value for key, value in raw.items() if key not in {*USE_KEYS, "prefill", "item", "line"}
        }
        group |= {"type": "group", "item": parts}
        line = [name for name in block.get("line", ()) if name in kept]
        if line:
            group["line"] = line
        if "prefill" in raw and "prefill" in block:
            group["prefill"] = block["prefill"]
        if "help" in block:
            group.setdefault("help", block["help"])
        return group

    def _known(self, names: Collection[str], known: Sequence[str], block: Raw, path: Path) -> list[str]:
        """Names of parts the block has; the others are told."""
        for at, name in enumerate(names):
            if name not in known:
                keyed = isinstance(names, Mapping)
                self.report.error(
                    (*path, name if keyed else at),
                    "T004",
                    f"Khối “{block['id']}” không có trường “{name}”.",
                    did_you_mean(name, known),
                    on_key=keyed,
                )
        return [name for name in names if name in known]


def _without(part: Raw, left_out: Collection[str]) -> dict[str, Any]:
    """The part without the rules that read parts left out, which would have nothing to go by."""
    found = dict(part)
    for key in _CONDITIONS:
        if _reads(found.get(key), left_out):
            del found[key]
    if "checks" in found:
        found["checks"] = [check for check in found["checks"] if not _reads(check["rule"], left_out)]
    if "check_against" in found:
        found["check_against"] = {
            what: other for what, other in found["check_against"].items() if other not in left_out
        }
        if not found["check_against"]:
            del found["check_against"]
    if "options" in found and isinstance(found["options"], list):
        found["options"] = [
            {key: value for key, value in option.items() if key != "when" or not _reads(value, left_out)}
            for option in found["options"]
        ]
    if isinstance(found.get("options"), Mapping) and found["options"].get("parent") in left_out:
        found["options"] = {key: value for key, value in found["options"].items() if key != "parent"}
    return found


def _reads(rule: object, names: Collection[str]) -> bool:
    if not isinstance(rule, str) or not names:
        return False
    try:
        return not compile_expression(rule).sources.isdisjoint(names)
    except FeelError:
        return False  # told where it is compiled


def _change(part: dict[str, Any], change: Raw) -> None:
    """The part as this use of the block wants it; checks are added to those it has."""
    checks = [*part.get("checks", ()), *change.get("checks", ())]
    part |= change
    if checks:
        part["checks"] = checks


def _ask_plainly(part: dict[str, Any]) -> None:
    """The block is about somebody else than the applicant: neither the profile nor the browser knows them."""
    if part.pop("prefill", None) is not None:
        part["autocomplete"] = "off"
