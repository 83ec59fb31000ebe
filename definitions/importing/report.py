"""What an import comes to: the draft, and the account that people read or programs take."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from definitions.problems import Problem

What = Literal["dropped", "changed", "unknown"]
TITLES: Final[Mapping[What, str]] = {
    "dropped": "Chưa mang sang được",
    "changed": "Mang sang nhưng không y nguyên",
    "unknown": "Bộ nhập chưa biết",
}
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """A property of the source that somebody has to look at. `path`: dotted, as in the source; `was`: its value as
    JSON, shortened; `near`: the label of the component or row it belongs to.
    """

    path: str
    what: What
    was: str
    near: str
    why: str
    remedy: str

    def __str__(self) -> str:
        near = f" (“{self.near}”)" if self.near else ""
        return f"{self.path or 'cả tệp'}{near}: {self.why} {self.remedy}"


@dataclass(frozen=True, slots=True)
class Assumed:
    """Something the language asks for and the source does not say. `path`: dotted, in the draft."""

    path: str
    value: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}: tạm ghi {self.value}. {self.remedy}"


@dataclass(frozen=True, slots=True)
class Imported:
    """`carried`: (path in the source, path in the draft); `ignored`: (path in the source, why it means nothing here);
    `problems`: what the draft's own check still says, the work left; `ids`: (key in the source's data, id here).
    """

    kind: str
    draft: Mapping[str, Any]
    text: str
    findings: tuple[Finding, ...]
    assumed: tuple[Assumed, ...]
    carried: tuple[tuple[str, str], ...]
    ignored: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    ids: tuple[tuple[str, str], ...] = ()

    @property
    def whole(self) -> bool:
        """Everything the source says is in the draft."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing could be drafted; a sentence."""

    reason: str


def shown(value: object) -> str:
    """A value as one line of JSON, shortened."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def as_text(imported: Imported) -> str:
    """The report for people."""
    lines = [
        f"Mang sang: {len(imported.carried)} giá trị; cần xem lại: {len(imported.findings)}; không có nghĩa ở đây: {len(imported.ignored)}."
    ]
    for what, title in TITLES.items():
        found = [finding for finding in imported.findings if finding.what == what]
        if found:
            lines += ["", f"{title} ({len(found)}):"]
            for finding in found:
                lines += [f"- {finding}", f"  Trong tệp gốc: {finding.was}"]
    if imported.assumed:
        lines += ["", f"Bản nháp tạm ghi, tệp gốc không nói ({len(imported.assumed)}):"]
        lines += [f"- {each}" for each in imported.assumed]
    if imported.problems:
        lines += ["", f"Việc còn lại theo “tthc check” ({len(imported.problems)}):"]
        lines += [f"- {problem}" for problem in imported.problems]
    if imported.ids:
        lines += ["", f"Mã cũ → mã trong bản nháp ({len(imported.ids)}):"]
        lines += [f"- {old} → {new}" for old, new in imported.ids]
    return "\n".join(lines) + "\n"


def as_json(imported: Imported) -> str:
    """The report for programs."""
    return json.dumps(
        {
            "kind": imported.kind,
            "whole": imported.whole,
            "findings": [
                {
                    "path": finding.path,
                    "what": finding.what,
                    "was": finding.was,
                    "near": finding.near,
                    "why": finding.why,
                    "remedy": finding.remedy,
                }
                for finding in imported.findings
            ],
            "assumed": [
                {"path": each.path, "value": each.value, "remedy": each.remedy} for each in imported.assumed
            ],
            "ids": [{"old": old, "new": new} for old, new in imported.ids],
            "carried": [{"from": source, "to": target} for source, target in imported.carried],
            "ignored": [{"path": path, "why": why} for path, why in imported.ignored],
            "problems": [
                {
                    "line": problem.line,
                    "column": problem.column,
                    "path": problem.path,
                    "code": problem.code,
                    "severity": problem.severity,
                    "message": problem.message,
                    "remedy": problem.remedy,
                }
                for problem in imported.problems
            ],
        },
        ensure_ascii=False,
        indent=2,
    )
