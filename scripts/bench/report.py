"""What was measured: printed, kept in `var/bench.json`, and as a table of Markdown for `docs/benchmarks.md`.

python -m scripts.bench.report      prints the Markdown of the last run
"""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from scripts.bench.duel import Row

REPORT = Path("var/bench.json")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def line(row: Row) -> str:
    """One measured row for people."""
    ours = f"  {row.work:<66} {row.ours_ms:>10.4f} ms"
    if row.peer is None:
        return f"{ours}  {1000 / row.ours_ms:>12,.0f} lần/giây"
    if row.peer_ms is None or row.ratio is None:
        return f"{ours}  {row.peer}: không đo ({row.missing})"
    return f"{ours}  {row.peer} {row.peer_version}: {row.peer_ms:.4f} ms, gấp {row.ratio:,.1f} lần"


def keep(rows: Iterable[Row]) -> None:
    """The rows with a figure for each side they name; peers that were not measured are told in print only."""
    kept = [row.data() for row in rows if not row.missing]
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def markdown(rows: Iterable[Mapping[str, Any]]) -> str:
    lines = ["| work | ours, ms | peer | its version | peer, ms | ratio |", "|---|---:|---|---|---:|---:|"]
    for row in rows:
        theirs = [row["peer"] or "–", row["peer_version"] or "–"]
        figures = [
            f"{row[key]:.3g}" if row[key] is not None else "–" for key in ("ours_ms", "peer_ms", "ratio")
        ]
        lines.append(f"| {row['work']} | {figures[0]} | {' | '.join(theirs)} | {figures[1]} | {figures[2]} |")
    return "\n".join(lines)


if __name__ == "__main__":
    say(markdown(json.loads(REPORT.read_text(encoding="utf-8"))))
