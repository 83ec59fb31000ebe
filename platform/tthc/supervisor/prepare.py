"""`tthc prepare`: what must be in the database before the first page is served. Doing it again changes nothing."""

import importlib
from collections.abc import Callable
from importlib.util import find_spec

from tthc.settings import Settings

DEMO = "tthc.demo"


def prepare(settings: Settings, say: Callable[[str], None]) -> None:
    """Create the indexes; outside production, load the demonstration into an empty database."""
    services = importlib.import_module("tthc.services").build(settings)
    services.ensure_indexes()
    if demonstrates(settings) and importlib.import_module(DEMO).load(settings, services.database):
        say("Đã nạp dữ liệu trình diễn.")


def welcome(settings: Settings) -> tuple[str, ...]:
    """Lines about the demonstration accounts, for the operator's screen; none in production."""
    if not demonstrates(settings):
        return ()
    return tuple(importlib.import_module(DEMO).welcome())


def demonstrates(settings: Settings) -> bool:
    """Never in production, and only where the demonstration is part of the installation."""
    return not settings.production and find_spec(DEMO) is not None
