"""Text → data with positions: YAML 1.2 (so JSON too), safe against whatever is sent."""

from definitions.reading.parser import MAX_BYTES, MAX_DEPTH, MAX_NODES, ReadingError, read
from definitions.reading.tree import Mark, Path, Tree

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_NODES", "Mark", "Path", "ReadingError", "Tree", "read"]
