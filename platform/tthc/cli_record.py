"""`tthc record`: a dossier of the running system as an example for its definition."""

from tthc.services import build
from tthc.settings import Settings
from tthc.trials.recording import Recorded, record_example


class UnknownDossierError(LookupError):
    """There is no such dossier; a sentence."""


def recorded(settings: Settings, code: str, name: str = "") -> Recorded:
    """`code`: mã số hồ sơ, or the reference that the applicant was given."""
    services = build(settings)
    dossier = services.repository.by_code(code) or services.repository.by_reference(code)
    if dossier is None:
        raise UnknownDossierError(f"Không có hồ sơ “{code}”. Ông/bà xem lại mã số hồ sơ hoặc mã tra cứu.")
    definition = services.definitions.by_hash(dossier.definition)
    made_up = f"Ghi từ một hồ sơ nộp tháng {dossier.submitted_at:%m/%Y}"
    calendar = services.calendar(dossier.agency)
    facts = services.agencies.facts(dossier.agency)
    return record_example(dossier, definition, calendar, name or made_up, facts)
