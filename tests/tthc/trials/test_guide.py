"""Whoever copies the guide, block after block, ends with a procedure that is right and tried whole."""

import re
from pathlib import Path

from definitions.formatting import formatted
from tthc.trials.check import check_text

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "mot-thu-tuc-trong-30-phut.md"
BLOCKS = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_guides_blocks_together_are_a_sound_procedure():
    checked = check_text("\n".join(BLOCKS), "muon-nha-van-hoa.yaml")
    assert checked.problems == ()
    assert checked.ok
    assert "4/4 ví dụ đạt" in checked.summary


def test_a_file_copied_so_far_is_told_what_it_lacks():
    for many in range(1, len(BLOCKS)):
        checked = check_text("\n".join(BLOCKS[:many]), "muon-nha-van-hoa.yaml")
        assert not checked.ok
        assert all(problem.remedy for problem in checked.problems)


def test_the_guides_procedure_can_be_put_in_order():
    text = "\n".join(BLOCKS)
    assert formatted(formatted(text)) == formatted(text)
