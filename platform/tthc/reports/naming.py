"""What figures are called by: sectors and procedures, as the definitions and the catalogue name them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from definitions.store import UnknownDefinitionError
from rules.i18n import gettext, noted
from tthc.registry.sectors import sector_id, sector_name
from tthc.services import Services

UNKNOWN = ("khac", noted("Lĩnh vực khác"))


@dataclass(slots=True)
class Names:
    """Of one request: what was looked up is kept. `on`: the day whose definitions speak first."""

    services: Services
    on: date
    _known: dict[str, tuple[str, str]] = field(default_factory=dict)
    _filled: bool = False

    @property
    def sector_of(self) -> Callable[[str], tuple[str, str]]:
        """Procedure code → id and name of its sector; a procedure abolished since keeps its own."""

        def told(procedure: str) -> tuple[str, str]:
            sector = self._of(procedure)[1]
            return (sector_id(sector), sector_name(sector)) if sector else (UNKNOWN[0], gettext(UNKNOWN[1]))

        return told

    def procedure(self, code: str) -> str:
        return self._of(code)[0]

    def _of(self, procedure: str) -> tuple[str, str]:
        """Name and sector, as written."""
        if not self._filled:
            self._known = {
                d.procedure: (d.name, d.sector) for d in self.services.definitions.list_published(self.on)
            }
            self._filled = True
        if procedure not in self._known:
            self._known[procedure] = self._earlier(procedure)
        return self._known[procedure]

    def _earlier(self, procedure: str) -> tuple[str, str]:
        for version in reversed(self.services.definitions.versions(procedure)):
            if version.hash:
                try:
                    definition = self.services.definitions.by_hash(version.hash)
                except UnknownDefinitionError:
                    continue
                return definition.name, definition.sector
        row = self.services.registry.official(procedure, self.on)
        return (row.name, row.sector) if row is not None else (procedure, "")
