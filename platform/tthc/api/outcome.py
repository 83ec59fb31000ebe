"""What another system is told of a dossier after it acted."""

from tthc.dossiers.state import Dossier


def outcome_of(dossier: Dossier) -> dict[str, object]:
    return {
        "dossier": dossier.id,
        "code": dossier.code,
        "status": dossier.status.value,
        "version": dossier.version,
    }
