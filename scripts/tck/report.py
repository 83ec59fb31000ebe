"""What a run of the kit came to: counts for people, one row a result for machines."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.tck.results import ASIDE, FAILED, PASSED, Result

COLUMNS = ("folder", "test", "case", "node", "result", "reason")


def write(results: Sequence[Result], path: Path) -> None:
    """One row for each node a test case expects something of."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        rows.writerows((r.folder, r.test, r.case, r.node, r.outcome, r.reason) for r in results)


def lines(results: Sequence[Result]) -> Iterator[str]:
    """Counts by level and in all, each twice, for an engine that fails yields the null that many cases expect.

    The last line is the count of all.
    """
    for result in results:
        if result.outcome == FAILED:
            yield f"{result.folder} {result.test} {result.case} {result.node}: {result.reason}"
    for level in sorted({result.level for result in results}):
        here = [result for result in results if result.level == level]
        yield f"{level}, mọi trường hợp: {count(here)}"
        yield f"{level}, trường hợp mong đợi giá trị khác null: {count(valued(here))}"
    aside = sum(result.outcome == ASIDE for result in results)
    if aside:
        yield f"Để riêng, vì gọi hàm viết bằng Java hay ngôn ngữ khác: {aside}"
    yield f"Tất cả, trường hợp mong đợi giá trị khác null: {count(valued(results))}"
    yield "Tất cả, mọi trường hợp:"
    yield count(results)


def valued(results: Sequence[Result]) -> list[Result]:
    return [result for result in results if not result.null]


def count(results: Sequence[Result]) -> str:
    """`N passed, N failed`; what was set aside is in neither."""
    passed = sum(result.outcome == PASSED for result in results)
    failed = sum(result.outcome == FAILED for result in results)
    return f"{passed} passed, {failed} failed"
