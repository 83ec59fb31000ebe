"""The sweep for dossiers with nobody to act: finds them, keeps a list, tells both sides once, forgets what was mended."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from pymongo import ASCENDING
from pymongo.database import Database

from rules.calendar import TZ
from rules.workflow.model import EXTERNAL
from tthc.accounts.model import Account
from tthc.api.clients import Client
from tthc.dossiers import commands as cmd
from tthc.dossiers.codec import from_data, milliseconds
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.decide_timers import HEAD
from tthc.dossiers.refusals import Refused
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.service import DossierService
from tthc.dossiers.state import CLOSED, Status
from tthc.dossiers.stuck import Standing, Stuck, Watched, stuck

GRACE: Final = timedelta(minutes=15)
"""Before anybody is told: a function that is being handed over, or an agency being succeeded, is no alarm."""

# what only those who run the system can mend
_OF_THE_SYSTEM: Final = frozenset({"agency_closed", "no_task", "no_system", "child_unopened"})
_OPEN: Final = tuple(status.value for status in Status if status not in CLOSED)
_FIELDS: Final = (
    "reference",
    "procedure_name",
    "agency",
    "status",
    "code",
    "owner",
    "tasks",
    "timers",
    "children",
    "outbox_dead",
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reason:
    """One trouble of a listed dossier. `since`: when it was first seen; `told`: whether both sides were told."""

    key: str
    code: str
    sentence: str
    remedy: str
    agency: str
    since: datetime
    told: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """`agency`: of the dossier; a reason may be another's matter."""

    id: str
    number: str
    procedure_name: str
    agency: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Sticking:
    """`staff`: every account of staff; `clients`: the systems with a key; `agencies`: ids of those in force on a day."""

    dossiers: DossierService
    repository: Dossiers
    database: Database[dict[str, Any]]
    staff: Callable[[], Sequence[Account]]
    clients: Callable[[], Sequence[Client]]
    agencies: Callable[[date], Iterable[str]]

    def ensure_indexes(self) -> None:
        self._rows.create_index([("agencies", ASCENDING), ("_id", ASCENDING)])

    @property
    def _rows(self) -> Any:
        return self.database["stuck"]

    def standing(self, now: datetime) -> Standing:
        """Who could act at this moment."""
        people = {
            account.key: frozenset(
                f"{function}@{agency}"
                for agency in account.functions
                for function in account.functions_at(agency)
            )
            for account in self.staff()
            if account.active
        }
        systems = {
            f"{EXTERNAL}@{agency}"
            for client in self.clients()
            if client.revoked_at is None and EXTERNAL in client.functions
            for agency in client.agencies
        }
        held = frozenset().union(*people.values()) | systems
        return Standing(held, people, frozenset(self.agencies(now.astimezone(TZ).date())))

    def sweep(self, now: datetime) -> int:
        """Look at every open dossier; how many alerts went out. One dossier's fault keeps no other waiting."""
        now = milliseconds(now)
        standing, told, listed = self.standing(now), 0, []
        for row in self.repository.collection.find({"status": {"$in": _OPEN}}, dict.fromkeys(_FIELDS, 1)):
            try:
                found = self._look(row, standing, now)
                if found is not None:
                    listed.append(found.id)
                    told += self._tell(found, row, standing, now)
            except (Refused, LookupError, ValueError):
                log.exception("dossier %s could not be looked at", row["_id"])
        self._rows.delete_many({"_id": {"$nin": listed}})
        return told

    def count(self, agency: str | None) -> int:
        """How many an agency has, or all have, as of the last sweep or look."""
        return int(self._rows.count_documents({} if agency is None else {"agencies": agency}))

    def listed(self, agency: str | None, now: datetime, limit: int = 200) -> tuple[Listed, ...]:
        """Those of an agency, or of all, looked at anew: what was mended a moment ago is not shown any more."""
        standing = self.standing(now)
        match = {} if agency is None else {"agencies": agency}
        ids = [row["_id"] for row in self._rows.find(match, {"_id": 1}).sort("_id", ASCENDING).limit(limit)]
        rows = self.repository.collection.find({"_id": {"$in": ids}}, dict.fromkeys(_FIELDS, 1))
        found = [self._look(row, standing, milliseconds(now)) for row in rows]
        shown = [one for one in found if one is not None]
        return tuple(sorted(shown, key=lambda one: (min(r.since for r in one.reasons), one.id)))

    def _look(self, row: Mapping[str, Any], standing: Standing, now: datetime) -> Listed | None:
        """The dossier as it stands now, its line in the list written or taken away."""
        seen = from_data(Watched, {**row, "id": row["_id"], "dead": self._dead(row)})
        kept = self._rows.find_one({"_id": seen.id}) or {"reasons": []}
        known = {old["key"]: from_data(Reason, old) for old in kept["reasons"]}
        reasons = tuple(_reason(each, known.get(each.key), now) for each in stuck(seen, standing, now))
        if not reasons:
            self._rows.delete_one({"_id": seen.id})
            return None
        found = Listed(seen.id, seen.number, seen.procedure_name, seen.agency, reasons)
        self._keep(found)
        return found

    def _keep(self, found: Listed) -> None:
        agencies = sorted({found.agency, *(each.agency for each in found.reasons)})
        reasons = [
            {name: getattr(each, name) for name in each.__dataclass_fields__} for each in found.reasons
        ]
        self._rows.update_one(
            {"_id": found.id}, {"$set": {"agencies": agencies, "reasons": reasons}}, upsert=True
        )

    def _dead(self, row: Mapping[str, Any]) -> int:
        if not row.get("outbox_dead"):
            return 0
        whole = self.repository.collection.find_one({"_id": row["_id"]}, {"outbox.state": 1}) or {
            "outbox": []
        }
        return sum(entry["state"] == "dead" for entry in whole["outbox"])

    def _tell(self, found: Listed, row: Mapping[str, Any], standing: Standing, now: datetime) -> int:
        """The command's id follows from the trouble and its beginning: a sweep that dies between the two tells nothing twice."""
        seen = from_data(Watched, {**row, "id": row["_id"], "dead": self._dead(row)})
        by_key = {each.key: each for each in stuck(seen, standing, now)}
        due = [each for each in found.reasons if not each.told and each.since <= now - GRACE]
        for each in due:
            trouble = by_key[each.key]
            command = cmd.TellStuck(
                trouble.code,
                trouble.sentence,
                trouble.remedy,
                trouble.task,
                self._whom(trouble, standing),
                applicant=trouble.applicant,
            )
            command_id = f"stuck:{found.id}:{each.key}:{each.since.timestamp():.0f}"
            self.dossiers.execute(found.id, command, SYSTEM, command_id)
        if due:
            known = {each.key for each in due}
            told = tuple(
                Reason(r.key, r.code, r.sentence, r.remedy, r.agency, r.since, told=r.told or r.key in known)
                for r in found.reasons
            )
            self._keep(Listed(found.id, found.number, found.procedure_name, found.agency, told))
        return len(due)

    def _whom(self, trouble: Stuck, standing: Standing) -> tuple[str, ...]:
        """The head and the agency's administrators; those of the system where these are missing, or cannot mend it."""
        head = f"{HEAD}@{trouble.agency}"
        near = [head] if head in standing.held else []
        staff = [account for account in self.staff() if account.active]
        near += [a.key for a in staff if "quan_tri_co_quan" in a.roles and a.agency == trouble.agency]
        if near and trouble.code not in _OF_THE_SYSTEM:
            return tuple(near)
        return (*near, *(a.key for a in staff if "quan_tri" in a.roles))


def _reason(found: Stuck, known: Reason | None, now: datetime) -> Reason:
    since, told = (known.since, known.told) if known is not None else (now, False)
    return Reason(found.key, found.code, found.sentence, found.remedy, found.agency, since, told)
