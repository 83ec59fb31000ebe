"""The registry as pages and commands ask it: the catalogue of a day beside the definitions in force that day, and the
sending of a slip.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from definitions import lifecycle
from definitions.lifecycle import LifecycleError, Version
from definitions.loader import Loaded, load
from definitions.model import Definition
from definitions.store import SYSTEM, DefinitionStore
from rules.calendar import Calendar
from tthc.agencies.directory import Directory
from tthc.registry import gate as against
from tthc.registry import model, slips
from tthc.registry.coverage import Coverage, coverage
from tthc.registry.model import Decision, Entry, Kind, RegistryError
from tthc.registry.publications import Publication, listed
from tthc.registry.roadmap import Goal, Progress, progress
from tthc.registry.slips import Consent, Row, Slip
from tthc.registry.store import RegistryStore
from tthc.trials.gate import gate as examples_gate

DEMO: Decision = Decision("(dữ liệu trình diễn, chưa có số)", None)
Gate = Callable[[Definition, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal of the roadmap with the procedure's name, the level it has today, and how that compares."""

    goal: Goal
    name: str
    level: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class Mismatches:
    """Definitions in force: `ended` in the catalogue by now, and `unknown` to it."""

    ended: tuple[Definition, ...]
    unknown: tuple[Definition, ...]


class Registry:
    """`consent_wanted`: whether levels 3 and 4 need the number and day of a consent (Đ5.3)."""

    def __init__(
        self,
        store: RegistryStore,
        definitions: DefinitionStore,
        agencies: Directory,
        *,
        consent_wanted: bool = False,
    ) -> None:
        self.store = store
        self.consent_wanted = consent_wanted
        self._definitions = definitions
        self._agencies = agencies

    def ensure_indexes(self) -> None:
        self.store.ensure_indexes()

    # the catalogue

    def catalogue(self, on: date) -> tuple[Entry, ...]:
        return model.catalogue(self.store.entries(), on)

    def official(self, code: str, on: date) -> Entry | None:
        """The row that speaks for the procedure on that day, an abolishing one too."""
        return model.row_of_day(self.store.entries(code), on)

    def name_against(self, definition: Definition, on: date) -> Entry | None:
        """The row of the catalogue whose name the definition does not bear (Đ7.3); none where all is well."""
        entry = model.in_force(self.store.entries(definition.procedure), on)
        return None if entry is None or model.same_name(definition.name, entry.name) else entry

    def add_demonstration(self, at: datetime) -> int:
        """A row for each definition in force that the catalogue does not know, from the definition's own words; and one
        for each whose name the product has changed since, where nobody but the system entered anything.
        """
        known = model.by_code(self.store.entries())
        today = at.date()

        def kind_of(definition: Definition) -> Kind | None:
            rows = known.get(definition.procedure, [])
            if not rows:
                return Kind.NEW
            if any(row.by != SYSTEM or row.start >= today for row in rows):
                return None
            return None if model.same_name(rows[-1].name, _official_name(definition)) else Kind.AMENDED

        rows = [
            Entry(
                code=definition.procedure,
                name=_official_name(definition),
                sector=definition.sector,
                levels=(definition.offered_by.level,) if definition.offered_by.level else (),
                agencies=definition.offered_by.agencies,
                decision=DEMO,
                start=today if kind is Kind.AMENDED else definition.effective.start or today,
                end=None,
                kind=kind,
                by=SYSTEM,
                at=at,
            )
            for definition in self._definitions.list_published(today)
            if (kind := kind_of(definition)) is not None
        ]
        if rows:
            self.store.enter(DEMO, rows, SYSTEM, at)
        return len(rows)

    def mismatches(self, on: date) -> Mismatches:
        """Where what is offered and what is in the catalogue part (Đ7.3, Đ24.3)."""
        rows = model.by_code(self.store.entries())
        gone, unknown = [], []
        for definition in self._definitions.list_published(on):
            row = model.row_of_day(rows.get(definition.procedure, ()), on)
            if row is None:
                unknown.append(definition)
            elif model.in_force(rows[definition.procedure], on) is None:
                gone.append(definition)
        return Mismatches(tuple(gone), tuple(unknown))

    # what is offered

    def coverage(self, on: date, sector_name: Callable[[str], str]) -> Coverage:
        return coverage(
            self.catalogue(on), self._definitions.list_published(on), self._agencies.active(on), sector_name
        )

    def aims(self, on: date) -> tuple[Aim, ...]:
        """The goals that stand, the nearest first."""
        levels = {d.procedure: d.service_level for d in self._definitions.list_published(on)}
        names = {entry.code: entry.name for entry in self.catalogue(on)}
        names |= {
            d.procedure: d.name for d in self._definitions.list_published(on) if d.procedure not in names
        }
        return tuple(
            Aim(
                goal,
                names.get(goal.code, ""),
                levels.get(goal.code, 0),
                progress(goal, levels.get(goal.code, 0), on),
            )
            for goal in self.store.goals()
            if not goal.withdrawn
        )

    def add_goal(self, goal: Goal) -> None:
        """Raises RegistryError where the roadmap has it already."""
        if any(
            (one.code, one.level) == (goal.code, goal.level) and not one.withdrawn
            for one in self.store.goals()
        ):
            raise RegistryError(
                "Lộ trình đã có thủ tục này với mức độ đó; rút dòng cũ trước khi ghi thời hạn khác.",
                "code",
                "Đ21.3",
            )
        self.store.add_goal(goal)

    def publish_list(self, decision: Decision, title: str, on: date, by: str, at: datetime) -> Publication:
        """Freeze what the portal receives on that day under a decision (Đ21.5)."""
        if on > at.date():
            raise RegistryError("Ngày lấy danh mục chưa tới; chọn hôm nay hoặc ngày trước đó.", "day")
        rows = listed(self._definitions.list_published(on), self._agencies.all(), on)
        if not rows:
            raise RegistryError(
                "Ngày này chưa có thủ tục nào tiếp nhận qua Cổng; chọn ngày khác.", "day", "Đ21.5"
            )
        if any(one.decision == decision for one in self.store.publications()):
            raise RegistryError(
                f"Đã có danh mục theo Quyết định {decision}; mỗi quyết định một danh mục.",
                "decision_number",
                "Đ21.5",
            )
        publication = Publication(uuid4().hex, decision, on, title, rows, by, at)
        self.store.add_publication(publication)
        return publication

    # registering

    def gate(self, version_id: str, on: date, slip: Slip | None = None) -> Gate:
        """What stands against registering a version: catalogue, twins, consent; then its own examples.

        `slip`: the slip that is being sent, whose consent counts though nothing of it has been registered.
        """

        def ask(definition: Definition, text: str) -> Sequence[str]:
            return (*self.against(definition, on), *self.without_consent(definition, version_id, slip)) or (
                examples_gate(definition, text)
            )

        return ask

    def against(self, definition: Definition, on: date) -> tuple[str, ...]:
        return against.faults(
            definition,
            self.official(definition.procedure, on),
            self._definitions.list_published(on),
            self._agencies.active(on),
        )

    def without_consent(
        self, definition: Definition, version_id: str, slip: Slip | None = None
    ) -> tuple[str, ...]:
        known = [*self.store.slips_with(version_id), *((slip,) if slip else ())]
        return against.consent_fault(
            definition, slips.consent_of(known, version_id), wanted=self.consent_wanted
        )

    def consent(self, version_id: str) -> Consent | None:
        """The document that consents to this version (Đ5.3), as its slip says."""
        return slips.consent_of(self.store.slips_with(version_id), version_id)

    def require_consent(self, versions: Sequence[Version], version_id: str) -> None:
        """Before a version is published; raises LifecycleError (Đ5.3)."""
        version = lifecycle.find(versions, version_id)
        if not version.hash:
            return
        # what was consented to is the text: bringing it back unchanged needs no second consent
        first = lifecycle.origin(versions, version)
        for fault in self.without_consent(self._definitions.by_hash(version.hash), first.id):
            raise LifecycleError(fault, "Đ5.3")

    def slip_faults(self, slip: Slip, on: date) -> dict[str, tuple[str, ...]]:
        """Why rows not handed in yet cannot be, by code; empty where all can."""
        found = {}
        for row in slip.rows:
            if row.sent_at is not None or self._handed_in(slip, row):
                continue
            faults = self._row_faults(slip, row, on)
            if faults:
                found[row.code] = faults
        return found

    def _row_faults(self, slip: Slip, row: Row, on: date) -> tuple[str, ...]:
        official = self.official(row.code, on)
        if not row.version:
            gone = official is not None and official.kind is Kind.ABOLISHED
            own = slips.row_faults(row, None, None, consent_wanted=self.consent_wanted)
            return (
                (*own, "Thủ tục đã bãi bỏ trong danh mục; bỏ dòng này khỏi phiếu (Đ24.3).") if gone else own
            )
        version = self._definitions.version(row.code, row.version)
        loaded, text = self._loaded(version)
        definition = None if loaded is None or loaded.errors else loaded.definition
        own = slips.row_faults(row, version, definition, consent_wanted=self.consent_wanted)
        if own or definition is None:
            return own
        return tuple(self.gate(row.version, on, slip)(definition, text))

    def _handed_in(self, slip: Slip, row: Row) -> bool:
        """Whether a row of a slip that was sent before needs nothing more, whatever it says itself."""
        version = self._definitions.version(row.code, row.version) if row.version and not slip.draft else None
        return version is not None and version.state not in slips.OPEN

    def _loaded(self, version: Version | None) -> tuple[Loaded | None, str]:
        if version is None:
            return None, ""
        text = self._definitions.text(version)
        return load(text, f"{version.procedure}.yaml"), text

    def send(self, slip: Slip, by: str, at: datetime, calendar: Calendar) -> Slip:
        """Hand in every row that has not been: all are looked at first, and nothing is begun while one would fail.

        From then on the slip counts as sent; each version is registered by itself, and a row whose version is
        refused after all says so and can be sent again.

        Raises:
            SlipRefusedError: what stands against which rows.
            RegistryError: an empty slip, or one that was changed meanwhile.
        """
        found = self.slip_faults(slip, at.date())
        if found:
            raise SlipRefusedError(found)
        slip = self.store.save_slip(slips.sent(slip, at))
        for row in slip.unsent:
            if self._handed_in(slip, row):  # somebody was faster, or the last time ended between two writes
                slip = self.store.save_slip(slips.marked(slip, row.code, at=at))
                continue
            try:
                gate = self.gate(row.version, at.date(), slip)
                self._definitions.register(row.code, row.version, by, at, calendar, gate=gate)
            except LifecycleError as error:
                slip = self.store.save_slip(slips.marked(slip, row.code, at=None, error=error.message))
            else:
                slip = self.store.save_slip(slips.marked(slip, row.code, at=at))
        return slip


def _official_name(definition: Definition) -> str:
    return definition.catalogue_name or definition.name


class SlipRefusedError(RegistryError):
    """Nothing was sent. `faults`: sentences by code of the procedure."""

    def __init__(self, faults: dict[str, tuple[str, ...]]) -> None:
        self.faults = faults
        super().__init__(
            f"Chưa gửi phiếu: {len(faults)} thủ tục chưa đủ điều kiện, lý do ghi ở từng dòng.", rule="Đ9.3a"
        )
