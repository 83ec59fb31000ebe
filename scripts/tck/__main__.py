"""`python -m scripts.tck FOLDER [WORD…]`: results of the kit in FOLDER, of the cases whose path has a WORD."""

import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.tck import report
from scripts.tck.results import results

TABLE = Path(__file__).resolve().parents[2] / "var" / "tck.csv"
USAGE = "Xin cho biết thư mục chứa bộ kiểm thử DMN (bản sao kho dmn-tck/tck): make tck TCK=thư-mục\n"


def main(arguments: Sequence[str], table: Path = TABLE) -> int:
    """0 when the kit was run, whatever it found; 2 when there was nothing to run."""
    if not arguments or not arguments[0]:
        sys.stderr.write(USAGE)
        return 2
    folder, words = Path(arguments[0]), arguments[1:]
    if not folder.is_dir():
        sys.stderr.write(f"Không có thư mục “{folder}”. {USAGE}")
        return 2
    files = [
        file for file in sorted(folder.rglob("*.xml")) if not words or any(w in str(file) for w in words)
    ]
    found = [result for file in files for result in results(file)]
    if not found:
        sys.stderr.write(f"Thư mục “{folder}” không có trường hợp kiểm thử DMN nào. {USAGE}")
        return 2
    report.write(found, table)
    for line in report.lines(found):
        sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
