"""A version beside another: which one it is held against, the changes in words, whose dossiers are replayed."""

import json

from definitions.diff import Change, Group, beside, compare
from definitions.lifecycle import Version, in_force
from definitions.loader import Loaded
from tthc.dossiers.context import AgencyFacts
from tthc.services import services


def facts(agency_id: str) -> AgencyFacts | None:
    found = services().agencies.get(agency_id)
    return None if found is None else found.facts()


def other_of(version: Version) -> Version | None:
    """What a version is held against: the one in force now, or that before this one."""
    s = services()
    versions = s.definitions.versions(version.procedure)
    current = in_force(versions, s.clock.now().date())
    at = versions.index(version)
    return current if current not in {None, version} else versions[at - 1] if at else None


def told(before: Loaded, after: Loaded) -> tuple[Change, ...]:
    """The changes in words; none to tell where one of the two cannot be read as a definition."""
    if not before.canonical or not after.canonical:
        return ()
    return compare(json.loads(before.canonical), json.loads(after.canonical))


def side_by_side(before: Loaded, after: Loaded) -> tuple[Group, ...]:
    """The same in two columns, grouped by part."""
    if not before.canonical or not after.canonical:
        return ()
    return beside(json.loads(before.canonical), json.loads(after.canonical))


def chosen_other(version: Version, wanted: str) -> Version | None:
    """The version with the id `wanted`, of the same procedure; else what it is held against anyway."""
    s = services()
    found = s.definitions.version(version.procedure, wanted) if wanted else None
    return found if found is not None and found != version else other_of(version)
