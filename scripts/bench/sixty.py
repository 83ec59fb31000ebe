"""A made-up procedure with sixty fields on one page: twelve blocks of five kinds, each with a rule that reads others.

`sixty.yaml` beside this file has the first block, between two rulers.
"""

from pathlib import Path

from definitions.loader import load
from definitions.model import Definition

BLOCKS = 12
RULER = "        # ----\n"
FILE = Path(__file__).with_suffix(".yaml")


def definition() -> Definition:
    head, block, tail = FILE.read_text(encoding="utf-8").split(RULER)
    blocks = (block.replace("_1", f"_{n}").replace("thứ 1", f"thứ {n}") for n in range(1, BLOCKS + 1))
    loaded = load("".join([head, *blocks, tail]), FILE.name)
    if loaded.definition is None:
        raise ValueError("\n".join(str(problem) for problem in loaded.problems))
    return loaded.definition


def answers() -> dict[str, object]:
    """As they are kept after the form was posted: every block answered, every second one with its hidden field."""
    told: dict[str, object] = {}
    for n in range(1, BLOCKS + 1):
        told |= {f"ten_{n}": f"Lò Thị Xuân {n}", f"so_{n}": "7", f"ngay_{n}": "2024-03-12"}
        told |= {f"loai_{n}": "cu" if n % 2 else "moi", f"tien_{n}": "150000"}
    return told
