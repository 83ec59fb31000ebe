"""What came of a month, and the summary that the command prints."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tthc.measures.form_06a import Row06a, total
from tthc.registry.sectors import sector_id, sector_name
from tthc.simulation import checks
from tthc.simulation.acting import Played
from tthc.simulation.checks import Check
from tthc.simulation.comparing import compared, identities_of, rows_of
from tthc.simulation.deck import Month
from tthc.simulation.kinds import EXCEPTIONS
from tthc.simulation.observed import observed
from tthc.simulation.place import Place
from tthc.simulation.second_count import COLUMNS

STANDARD: Final = 300
"""So many applications make a month in which every exception must occur."""

_WIDTH: Final = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """`dossiers`: how many there are in the end, those opened by others among them; `lacking`: exceptions that did not
    occur; `checks`: the two counts among them.
    """

    place: str
    month: Month
    applications: int
    procedures: Mapping[str, int]
    without: tuple[str, ...]
    dossiers: int
    exceptions: Mapping[str, int]
    rows: tuple[Row06a, ...]
    checks: tuple[Check, ...]
    unexpected: Mapping[str, int]

    @property
    def lacking(self) -> tuple[str, ...]:
        return tuple(name for kind, name in EXCEPTIONS.items() if not self.exceptions.get(kind))

    @property
    def wrong(self) -> tuple[str, ...]:
        return tuple(f"{check.name}: {sentence}" for check in self.checks for sentence in check.wrong)


def outcome(place: Place, month: Month, played: Played, *, gaps: bool = False) -> Outcome:
    """Look at everything that the month left in the database. `gaps`: see `checks.codes`."""
    database = place.services.database
    documents = sorted(
        place.services.repository.collection.find({}),
        key=lambda each: (str(each.get("code")), str(each["_id"])),
    )
    sectors = {d.procedure: (sector_id(d.sector), sector_name(d.sector)) for d in place.definitions}
    rows = rows_of(documents, month.start, month.end, sectors)
    seen = observed(documents, month.start, month.end, place.services.calendar(place.agency.id))
    seen.update({str(kind): times for kind, times in played.wrongs.items()})
    tests = checks.all_of(
        documents,
        acknowledged=[(each.dossier, each.command) for each in played.acknowledged],
        calendar_of=place.services.calendar,
        delivered=[
            str(row["_id"]) for name in ("inbox", "mailbox") for row in database[name].find({}, {"_id": 1})
        ],
        held=lambda agency, function: bool(place.services.accounts.staff_with(agency, function)),
        now=place.clock.now(),
        gaps=gaps,
    )
    held_off = Check(
        "Mọi việc sai đều bị từ chối, không để lại gì", sum(played.wrongs.values()), tuple(played.faults)
    )
    return Outcome(
        place=place.agency.name,
        month=month,
        applications=len(played.applications),
        procedures=Counter(str(d["procedure"]) for d in documents),
        without=played.without,
        dossiers=len(documents),
        exceptions=seen,
        rows=rows,
        checks=(
            identities_of((*rows, total(rows))),
            compared(rows, documents, month.start, month.end, sectors),
            *tests,
            held_off,
        ),
        unexpected=dict(sorted(played.unexpected.items())),
    )


def lines(found: Outcome) -> Iterator[str]:
    """The summary, the same for the same seed."""
    month = found.month
    yield f"{found.place}, tháng {month.start:%m/%Y}: {found.applications} hồ sơ nộp, {found.dossiers} hồ sơ tất cả."
    yield (
        "Theo thủ tục: "
        + ", ".join(f"{code} {times}" for code, times in sorted(found.procedures.items()))
        + "."
    )
    if found.without:
        yield f"Không lập hồ sơ tại cơ quan này: {', '.join(found.without)}."
    yield ""
    yield "Tình huống đã xảy ra:"
    for kind, name in EXCEPTIONS.items():
        yield f"  {found.exceptions.get(kind, 0):>{_WIDTH}}  {name}"
    yield ""
    yield from _form(found.rows)
    yield ""
    yield "Kiểm tra:"
    for check in found.checks:
        state = f"đúng ({check.looked})" if not check.wrong else f"SAI {len(check.wrong)} chỗ"
        yield f"  {check.name}: {state}."
        yield from (f"    {sentence}" for sentence in check.wrong)
    if found.unexpected:
        yield ""
        yield "Từ chối ngoài dự kiến:"
        yield from (f"  {times:>{_WIDTH}}  {told}" for told, times in found.unexpected.items())


def _form(rows: Sequence[Row06a]) -> Iterator[str]:
    yield "Biểu số II.06a/VPCP/KSTT"
    yield " ".join(f"{f'({number})':>{_WIDTH}}" for number in range(3, 14)) + "  Lĩnh vực"
    for row in (*rows, total(rows)):
        yield " ".join(f"{getattr(row, column):>{_WIDTH}}" for column in COLUMNS) + f"  {row.sector_name}"


def write(found: Outcome, folder: Path) -> None:
    """The summary and the form as files, beside one another."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tom-tat.txt").write_text("\n".join(lines(found)) + "\n", encoding="utf-8")
    head = ",".join(("linh_vuc", *COLUMNS))
    body = [",".join((row.sector, *(str(getattr(row, c)) for c in COLUMNS))) for row in found.rows]
    (folder / "bieu-ii-06a.csv").write_text("\n".join([head, *body]) + "\n", encoding="utf-8")
