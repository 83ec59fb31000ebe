"""Where the embedded server of a running `tthc run` listens, for commands beside it that read the same data.

The supervisor writes it into `var/`, readable by its own user alone, and takes it away when it stops; after a crash the
file may be stale, so it is believed only while somebody answers there.
"""

from dataclasses import replace
from pathlib import Path

from tthc.database import embedded
from tthc.settings import Settings

FILE = "database-port"


def tell(var: Path, port: int) -> None:
    """Written whole or not at all."""
    made = var / f"{FILE}.new"
    made.unlink(missing_ok=True)
    made.touch(mode=0o600)
    made.write_text(f"{port}\n", encoding="ascii")
    made.replace(var / FILE)


def forget(var: Path) -> None:
    (var / FILE).unlink(missing_ok=True)


def found(settings: Settings) -> Settings:
    """The settings with the running server's address where none is given; as they are where nothing runs."""
    if settings.mongodb_uri is not None:
        return settings
    try:
        port = int((settings.var / FILE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return settings
    if not embedded.listens(port):
        return settings
    return replace(settings, mongodb_uri=embedded.uri(port))
