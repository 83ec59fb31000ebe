"""What two thousand different compiled definitions take: `python -m scripts.bench.memory`, a process of its own.

Prints the resident memory in MB before and after, as the system counts it (`/proc/self/status`, Linux only).
"""

import gc
import sys
from pathlib import Path

from definitions.cache import Lru
from definitions.loader import load_canonical
from definitions.model import Definition
from scripts.bench import sixty

COUNT = 2_000


def resident_mb() -> float:
    gc.collect()
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def main() -> None:
    """Each definition has names of its own, so that none can borrow what another was compiled to."""
    canonical = sixty.loaded().canonical
    kept: Lru[Definition] = Lru(COUNT)
    before = resident_mb()
    for number in range(COUNT):
        found = load_canonical(canonical.replace("ten_", f"ten_{number}_"), str(number)).definition
        if found is None:
            raise ValueError("the made-up definition does not compile")
        kept.put(found.hash, found)
    if len(kept) != COUNT:
        raise ValueError("they are not all different")
    sys.stdout.write(f"{before:.0f} {resident_mb():.0f}\n")


if __name__ == "__main__":
    main()
