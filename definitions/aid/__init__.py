"""Help for whoever types FEEL: what may be read where (`place`), what is wrong (`checking`), what could come next
(`completing`). Pure.
"""

from definitions.aid.checking import Fault, check, sentence
from definitions.aid.completing import Suggestion, complete
from definitions.aid.place import Place, named, place

__all__ = ["Fault", "Place", "Suggestion", "check", "complete", "named", "place", "sentence"]
