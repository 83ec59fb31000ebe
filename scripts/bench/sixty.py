"""A made-up procedure with sixty fields on one page: twelve blocks of five kinds, each with a rule that reads others.

`sixty.yaml` beside this file has the first block, between two rulers.
"""

import json
from pathlib import Path

from definitions.loader import Loaded, load
from definitions.model import Definition

BLOCKS = 12
RULER = "        # ----\n"
FILE = Path(__file__).with_suffix(".yaml")


def definition() -> Definition:
    found = loaded().definition
    assert found is not None  # `loaded` has seen to it
    return found


def loaded() -> Loaded:
    """The definition with its canonical text."""
    head, block, tail = FILE.read_text(encoding="utf-8").split(RULER)
    blocks = (block.replace("_1", f"_{n}").replace("thứ 1", f"thứ {n}") for n in range(1, BLOCKS + 1))
    example = {
        "name": "Đủ",
        "submitted_at": "2026-11-20T09:00",
        "answers": _typed(),
        "expect": {"valid": True},
    }
    text = "".join([head, *blocks, tail, "examples: ", json.dumps([example], ensure_ascii=False), "\n"])
    found = load(text, FILE.name)
    if not found.ok:
        raise ValueError("\n".join(str(problem) for problem in found.problems))
    return found


def _typed() -> dict[str, object]:
    """The same as an example of the definition writes them."""
    return {
        name: int(str(value)) if name.startswith(("so_", "tien_")) else value
        for name, value in answers().items()
        if not name.startswith("tien_") or int(name.removeprefix("tien_")) % 2
    }


def answers() -> dict[str, object]:
    """As they are kept after the form was posted: every block answered, every second one with its hidden field."""
    told: dict[str, object] = {}
    for n in range(1, BLOCKS + 1):
        told |= {f"ten_{n}": f"Lò Thị Xuân {n}", f"so_{n}": "7", f"ngay_{n}": "2024-03-12"}
        told |= {f"loai_{n}": "cu" if n % 2 else "moi", f"tien_{n}": "150000"}
    return told
