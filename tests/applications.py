"""The web application over a test's own database. Making one costs more than most tests: its addresses and its templates
are compiled. So a process makes one and each test gets services of its own behind it; nothing of a test stays in it but
what every start makes alike.
"""

from pathlib import Path
from typing import Any

from flask import Flask
from hashing import cheap_hasher
from pymongo.database import Database

from definitions.shipped import shipped
from tthc.app import create_app
from tthc.clock import ManualClock
from tthc.services import EXTENSION, Services, build
from tthc.settings import Settings
from tthc.web.limits import limiter

WRITTEN = ("definition_versions", "definition_contents", "definition_texts")
_made: list[Flask] = []
# by the instant: collection → documents
_seeded: dict[str, dict[str, list[dict[str, Any]]]] = {}


def application(mongo_uri: str, database: Database, clock: ManualClock, var: Path) -> Flask:
    """With indexes and the shipped definitions, as after a first start with no other settings; one with others is made
    by `create_app`.
    """
    settings = Settings.load({"MONGODB_URI": mongo_uri, "TTHC_VAR": str(var)})
    if not _made:
        _made.append(create_app(settings, database, clock, cheap_hasher()))
    app = _made[0]
    app.config["SECRET_KEY"] = settings.secret_key
    s = app.extensions[EXTENSION] = build(settings, database, clock, cheap_hasher())
    limiter.reset()
    s.ensure_indexes()
    _seed(s)
    return app


def _seed(s: Services) -> None:
    """What `DefinitionStore.seed` writes; done before in this process, the same documents are put there at once."""
    at = s.clock.now().isoformat()
    if at not in _seeded:
        s.definitions.seed(shipped(), s.clock.now())
        _seeded[at] = {name: list(s.database[name].find()) for name in WRITTEN}
        return
    for name, documents in _seeded[at].items():
        s.database[name].insert_many(documents)
