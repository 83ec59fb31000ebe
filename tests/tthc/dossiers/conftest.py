"""The tests of dossiers share `dossier_stories`, a module beside them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import pytest
from dossier_stories import AGENCY, CALENDAR, MONDAY, OTHER_AGENCY, STAFF, definition, immediate

from tthc.clock import ManualClock
from tthc.dossiers.codes import Codes
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.service import DossierService


@pytest.fixture
def dossiers(mongo_database):
    """The dossiers of a fresh database, with their indexes."""
    collection = Dossiers(mongo_database)
    collection.ensure_indexes()
    return collection


@pytest.fixture
def service(mongo_database, dossiers):
    """A service whose clock stands at 08:00 on Monday 1/6/2026."""
    known = {d.hash: d for d in (definition(), immediate())}
    agencies = {a.id: a for a in (AGENCY, OTHER_AGENCY)}
    return DossierService(
        dossiers=dossiers,
        codes=Codes(mongo_database),
        clock=ManualClock(MONDAY),
        definition_of=known.__getitem__,
        agency_of=agencies.get,
        staff_of=lambda key, _agency: STAFF.get(key),
        calendar_of=dict.fromkeys(agencies, CALENDAR).__getitem__,
    )
