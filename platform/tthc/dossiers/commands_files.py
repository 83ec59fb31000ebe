"""Commands about the files themselves; part of `commands`."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TellMalware:
    """The system found malware in a file that the dossier refers to. Nothing happens where it refers to it no more, or where
    that was told before.
    """

    sha256: str
    malware: str
    expected_version: int | None = field(default=None)
