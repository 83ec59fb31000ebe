"""What a definition's elements are called and who speaks of them: renaming followed everywhere, removing told first. Pure."""

from definitions.references.index import index
from definitions.references.model import Index, Symbol, Use
from definitions.references.renaming import Renaming, renaming
from definitions.references.using import inside, outside

__all__ = ["Index", "Renaming", "Symbol", "Use", "index", "inside", "outside", "renaming"]
