"""Versions as MongoDB documents. Days are ISO text; instants are stored in UTC and read in Việt Nam time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from definitions.lifecycle import Act, State, Version
from rules.calendar import local


def encode(version: Version) -> dict[str, Any]:
    return {
        "id": version.id,
        "procedure": version.procedure,
        "hash": version.hash,
        "text": version.text,
        "state": str(version.state),
        "author": version.author,
        "due": version.due,
        "reviewer": version.reviewer,
        "start": None if version.start is None else version.start.isoformat(),
        "end": None if version.end is None else version.end.isoformat(),
        "restores": version.restores,
        "wanted": None if version.wanted is None else version.wanted.isoformat(),
        "acts": [
            {"kind": act.kind, "by": act.by, "at": act.at, "hash": act.hash, "text": act.text}
            for act in version.acts
        ],
    }


def decode(document: Mapping[str, Any]) -> Version:
    due = document["due"]
    return Version(
        id=document["id"],
        procedure=document["procedure"],
        hash=document["hash"],
        text=document["text"],
        state=State(document["state"]),
        author=document["author"],
        acts=tuple(
            Act(act["kind"], act["by"], local(act["at"]), act["hash"], act["text"])
            for act in document["acts"]
        ),
        due=None if due is None else local(due),
        reviewer=document["reviewer"],
        start=_day(document["start"]),
        end=_day(document["end"]),
        restores=document.get("restores", ""),
        wanted=_day(document.get("wanted")),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
