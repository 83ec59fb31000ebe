"""One search over all logs: administrative acts, sign-ins, acts on definitions, readings of personal data (Đ24.2)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pymongo.database import Database

from definitions.lifecycle import State
from definitions.store import DefinitionStore
from renderers.csv_text import csv_text
from renderers.text import mask_number
from rules.calendar import TZ
from tthc.audit import words
from tthc.audit.acts import Act, ActLog, between, page_key, paged, written_key

KINDS: Final[Mapping[str, str]] = {
    "quan-tri": "Thao tác quản trị",
    "dang-nhap": "Đăng nhập",
    "cau-hinh": "Bản cấu hình",
    "doc": "Đọc dữ liệu cá nhân",
}
PAGE: Final = 50
EXPORT: Final = 5_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """`by`: an account's key; `target`: id of the thing (an agency, an account, a dossier, a procedure's code);
    from `since` on, before `until`.
    """

    kind: str = "quan-tri"
    by: str = ""
    target: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What is shown of an entry, whatever log it is of."""

    at: datetime
    who: str
    what: str
    target: str
    detail: str = ""


class AuditSearch:
    """Reads only."""

    def __init__(
        self,
        database: Database[dict[str, Any]],
        acts: ActLog,
        definitions: DefinitionStore,
        name_of: Callable[[str], str],
    ) -> None:
        self._database = database
        self._acts = acts
        self._definitions = definitions
        self._name_of = name_of

    def find(
        self, wanted: Wanted, after: str | None = None, limit: int = PAGE
    ) -> tuple[tuple[Line, ...], str | None]:
        """The latest first, and the key of the next page. Raises ValueError for a page key that is none."""
        match wanted.kind:
            case "dang-nhap":
                return self._of(("sign_ins", "account"), wanted, (after, limit), self._sign_in)
            case "doc":
                return self._of(("reads", "by"), wanted, (after, limit), _reading)
            case "cau-hinh":
                return self._definition_acts(wanted, after, limit)
            case _:
                found = self._acts.find(
                    by=wanted.by,
                    target=wanted.target,
                    since=wanted.since,
                    until=wanted.until,
                    after=after,
                    limit=limit,
                )
                return tuple(map(_act, found.rows)), found.after

    def every(self, wanted: Wanted) -> tuple[Line, ...]:
        """For a file: the latest `EXPORT` entries."""
        return self.find(wanted, limit=EXPORT)[0]

    def _of(
        self,
        log: tuple[str, str],
        wanted: Wanted,
        page: tuple[str | None, int],
        read: Callable[[Mapping[str, Any]], Line],
    ) -> tuple[tuple[Line, ...], str | None]:
        """`log`: the collection, and the field of it that names the person."""
        collection, person = log
        query: dict[str, Any] = between(wanted.since, wanted.until)
        if wanted.by:
            query[person] = wanted.by
        if wanted.target:
            query["account" if collection == "sign_ins" else "dossier"] = wanted.target
        return paged(self._database[collection], query, *page, read)

    def _sign_in(self, row: Mapping[str, Any]) -> Line:
        key = row.get("account") or ""
        login = str(row.get("login") or "")
        # a number that somebody signs in with is personal; the names of staff are not
        shown = mask_number(login) if any(c.isdigit() for c in login[:1]) or "@" in login else login
        return Line(
            row["at"].astimezone(TZ),
            self._name_of(key) if key else shown,
            words.SIGN_INS.get(row["result"], row["result"]),
            shown,
            f"{row.get('address') or ''} {str(row.get('browser') or '')[:60]}".strip(),
        )

    def _definition_acts(
        self, wanted: Wanted, after: str | None, limit: int
    ) -> tuple[tuple[Line, ...], str | None]:
        """Versions are few and carry their own acts: all are read, then put in order."""
        found = sorted(
            (
                (act.at.astimezone(TZ), f"{version.id}:{index}", version.procedure, act)
                for version in self._definitions.in_state(*State)
                for index, act in enumerate(version.acts)
                if (not wanted.by or act.by == wanted.by)
                and (not wanted.target or version.procedure == wanted.target)
                and (wanted.since is None or act.at >= wanted.since)
                and (wanted.until is None or act.at < wanted.until)
            ),
            key=lambda one: (one[0], one[1]),
            reverse=True,
        )
        if after:
            at, last = page_key(after)
            found = [one for one in found if (one[0], one[1]) < (at, str(last))]
        cut = found[:limit]
        lines = tuple(
            Line(at, self._name_of(act.by), words.definition_act(act.kind), procedure, act.text)
            for at, _, procedure, act in cut
        )
        return lines, written_key(cut[-1][0], cut[-1][1]) if len(found) > limit else None


def as_csv(lines: Iterable[Line]) -> str:
    """The lines as a table."""
    head = ("Thời điểm", "Người", "Việc", "Đối tượng", "Chi tiết")
    rows = (
        (line.at.isoformat(timespec="seconds"), line.who, line.what, line.target, line.detail)
        for line in lines
    )
    return csv_text(head, rows)


def _act(act: Act) -> Line:
    changed = []
    for key in {**act.before, **act.after}:
        old, new = act.before.get(key), act.after.get(key)
        changed.append(
            f"{key}: {_shown(old)} → {_shown(new)}" if key in act.before else f"{key}: {_shown(new)}"
        )
    detail = "\n".join([*([f"Lý do: {act.reason}"] if act.reason else []), *changed])
    return Line(act.at, act.name, words.act(act.what), act.label or act.target, detail)


def _shown(value: object) -> str:
    if value is None or value in ("", []):
        return "(trống)"
    if isinstance(value, list):
        return ", ".join(map(str, value))[:300]
    if isinstance(value, Mapping):
        return "; ".join(f"{k} {v}" for k, v in value.items() if v)[:300]
    return str(value)[:300]


def _reading(row: Mapping[str, Any]) -> Line:
    where = f"tại {row['agency']}" if row.get("agency") else ""
    return Line(row["at"].astimezone(TZ), row["name"], words.reading(row["what"]), row["dossier"], where)
