"""Which agencies did not answer in time, over all dossiers of an agency that are under way (Đ13.3c)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pymongo import ASCENDING

from tthc.dossiers.codec import from_data
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.state import UNDER_WAY, LateOpinion

MOST = 200


@dataclass(frozen=True, slots=True)
class Late:
    """One agency that was late with one dossier. `waits`: its answer is still waited for."""

    dossier: str
    code: str
    procedure_name: str
    opinion: LateOpinion
    waits: bool


def late_list(dossiers: Dossiers, agency: str) -> tuple[Late, ...]:
    """Those that are still waited for first, then by how long they are late; `MOST` dossiers at the most."""
    query = {
        "agency": agency,
        "status": {"$in": [status.value for status in UNDER_WAY]},
        "late_opinions.0": {"$exists": True},
    }
    wanted = dict.fromkeys(("code", "procedure_name", "late_opinions", "open_tasks"), 1)
    found = dossiers.collection.find(query, wanted).sort("next_due", ASCENDING).limit(MOST)
    rows = [row for document in found for row in _rows(document)]
    return tuple(sorted(rows, key=lambda row: (not row.waits, row.opinion.due)))


def _rows(document: Mapping[str, Any]) -> list[Late]:
    open_tasks = {task["id"] for task in document["open_tasks"]}
    return [
        Late(
            dossier=str(document["_id"]),
            code=document.get("code") or "",
            procedure_name=document["procedure_name"],
            opinion=opinion,
            waits=opinion.task in open_tasks,
        )
        for opinion in (from_data(LateOpinion, raw) for raw in document["late_opinions"])
    ]
