"""Workflows as drawings: boxes and lines in whole numbers, the same for the same workflow. Pure.

`layout` places any boxes and links; `workflow` says which those of a workflow are; `words` measures and breaks lines.
"""

from renderers.drawing.graph import Box, Layout, Link
from renderers.drawing.layout import Direction, laid_out
from renderers.drawing.workflow import Drawing, Marks, drawn

__all__ = ["Box", "Direction", "Drawing", "Layout", "Link", "Marks", "drawn", "laid_out"]
