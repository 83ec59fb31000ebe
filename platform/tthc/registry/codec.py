"""What the registry keeps as MongoDB documents. Days are ISO text; instants are stored in UTC, read in Việt Nam time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rules.calendar import local
from tthc.registry.model import Decision, Entry, Kind
from tthc.registry.publications import Listed, Publication
from tthc.registry.roadmap import Goal
from tthc.registry.slips import Consent, Row, Slip, Told

Document = dict[str, Any]


def decision_out(decision: Decision) -> Document:
    return {"number": decision.number, "day": _iso(decision.day), "issuer": decision.issuer}


def decision_in(document: Mapping[str, Any]) -> Decision:
    return Decision(document["number"], _day(document["day"]), document["issuer"])


def entry_out(entry: Entry) -> Document:
    """Without what the document of its decision says."""
    return {
        "id": entry.id,
        "key": f"{entry.code}|{entry.start.isoformat()}",
        "code": entry.code,
        "name": entry.name,
        "sector": entry.sector,
        "levels": list(entry.levels),
        "agencies": list(entry.agencies),
        "start": entry.start.isoformat(),
        "end": _iso(entry.end),
        "kind": str(entry.kind),
    }


def entry_in(row: Mapping[str, Any], batch: Mapping[str, Any]) -> Entry:
    return Entry(
        code=row["code"],
        name=row["name"],
        sector=row["sector"],
        levels=tuple(row["levels"]),
        agencies=tuple(row["agencies"]),
        decision=decision_in(batch["decision"]),
        start=date.fromisoformat(row["start"]),
        end=_day(row["end"]),
        kind=Kind(row["kind"]),
        by=batch["by"],
        at=local(batch["at"]),
        id=row["id"],
    )


def slip_out(slip: Slip) -> Document:
    return {
        "_id": slip.id,
        "decision": decision_out(slip.decision),
        "agency": slip.agency,
        "note": slip.note,
        "rows": [
            {
                "code": row.code,
                "level": row.level,
                "version": row.version,
                "consent": None
                if row.consent is None
                else {"number": row.consent.number, "day": row.consent.day.isoformat()},
                "sent_at": row.sent_at,
                "error": row.error,
            }
            for row in slip.rows
        ],
        "by": slip.by,
        "at": slip.at,
        "sent_at": slip.sent_at,
        "rev": slip.rev,
        "told": [told_out(told) for told in slip.told],
    }


def told_out(told: Told) -> Document:
    return {"at": told.at, "to": list(told.to), "title": told.title, "body": told.body}


def slip_in(document: Mapping[str, Any]) -> Slip:
    return Slip(
        id=document["_id"],
        decision=decision_in(document["decision"]),
        agency=document["agency"],
        note=document["note"],
        rows=tuple(_row_in(row) for row in document["rows"]),
        by=document["by"],
        at=local(document["at"]),
        sent_at=None if document["sent_at"] is None else local(document["sent_at"]),
        rev=document["rev"],
        told=tuple(
            Told(local(told["at"]), tuple(told["to"]), told["title"], told["body"])
            for told in document.get("told", ())  # slips of before notices were kept have none
        ),
    )


def _row_in(row: Mapping[str, Any]) -> Row:
    given = row["consent"]
    return Row(
        code=row["code"],
        level=row["level"],
        version=row["version"],
        consent=None if given is None else Consent(given["number"], date.fromisoformat(given["day"])),
        sent_at=None if row["sent_at"] is None else local(row["sent_at"]),
        error=row["error"],
    )


def goal_out(goal: Goal) -> Document:
    return {
        "_id": goal.id,
        "code": goal.code,
        "level": goal.level,
        "day": goal.day.isoformat(),
        "agency": goal.agency,
        "note": goal.note,
        "by": goal.by,
        "at": goal.at,
        "withdrawn": goal.withdrawn,
    }


def goal_in(document: Mapping[str, Any]) -> Goal:
    return Goal(
        id=document["_id"],
        code=document["code"],
        level=document["level"],
        day=date.fromisoformat(document["day"]),
        agency=document["agency"],
        note=document["note"],
        by=document["by"],
        at=local(document["at"]),
        withdrawn=document["withdrawn"],
    )


def publication_out(publication: Publication) -> Document:
    return {
        "_id": publication.id,
        "decision": decision_out(publication.decision),
        "day": publication.day.isoformat(),
        "title": publication.title,
        "rows": [
            {
                "code": row.code,
                "name": row.name,
                "sector": row.sector,
                "level": row.level,
                "agencies": row.agencies,
                "hash": row.hash,
            }
            for row in publication.rows
        ],
        "by": publication.by,
        "at": publication.at,
    }


def publication_in(document: Mapping[str, Any]) -> Publication:
    return Publication(
        id=document["_id"],
        decision=decision_in(document["decision"]),
        day=date.fromisoformat(document["day"]),
        title=document["title"],
        rows=tuple(Listed(**row) for row in document["rows"]),
        by=document["by"],
        at=local(document["at"]),
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
