"""Helpers of these tests stand beside them: `renderers_html`, `renderers_papers`, `renderers_app`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
