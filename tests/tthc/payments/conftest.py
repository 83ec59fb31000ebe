"""The tests of payments share the small procedure of the dossiers' tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "dossiers"))
