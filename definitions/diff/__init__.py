"""What changed between two versions of a definition: typed, by ids, each told in a Vietnamese sentence."""

from definitions.diff.beside import Group, Pair, beside
from definitions.diff.comparing import compare
from definitions.diff.model import Change, Verb

__all__ = ["Change", "Group", "Pair", "Verb", "beside", "compare"]
