"""What rules and printed documents may read of an agency; the kernel's own type, for those who ask the directory."""

from tthc.dossiers.context import AgencyFacts

__all__ = ["AgencyFacts"]
