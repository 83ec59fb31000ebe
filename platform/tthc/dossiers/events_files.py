"""Events of the files themselves; part of `events`."""

from dataclasses import dataclass

from tthc.dossiers.blocked import BlockedPlace


@dataclass(frozen=True, slots=True)
class MalwareFound:
    """In a file that the dossier has had for some time; nobody can open it any more. `file`: its own name; `malware`: the
    scanner's name for what is in it; `to`: staff inboxes; `applicant`: whether the applicant is told; `again`: whether the
    dossier still waits for the paper itself.
    """

    sha256: str
    file: str
    malware: str
    places: tuple[BlockedPlace, ...]
    to: tuple[str, ...] = ()
    applicant: bool = False
    again: bool = False
