"""Where a notice goes whose address the applicant gave up meanwhile: a number that was let go is somebody else's soon.

A dossier keeps the contact that was written in it; the account of whoever handed it in knows what became of that contact.
Looked at when a notice is sent.
"""

from typing import Any

from pymongo.database import Database

from tthc.accounts.logins import normal_login


class Forwarding:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._dossiers = database["dossiers"]
        self._accounts = database["accounts"]

    def now(self, dossier: str, channel: str, to: str) -> str:
        """`to`, or what the account has in its place; empty where it has none."""
        if channel not in {"email", "sms"}:
            return to
        row = self._dossiers.find_one({"_id": dossier}, {"owner": 1}) or {}
        owner = self._accounts.find_one({"_id": row["owner"]}) if row.get("owner") else None
        if owner is None or normal_login(to) not in (owner.get("former") or ()):
            return to
        return str(owner.get("email" if channel == "email" else "phone") or "")
