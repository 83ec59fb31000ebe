"""Why the kernel turned something down, as the page's reader is told it (docs/decisions/0059)."""

from collections.abc import Sequence

from definitions.assess import Assessment
from definitions.model import Definition
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import PaperFiles
from tthc.dossiers.submission import require_in_date, require_valid
from tthc.web.speaking import words_in


def as_shown(refusal: Refused, assessment: Assessment, papers: Sequence[PaperFiles]) -> Refused:
    """The same refusal with what the assessment on the page says of the same facts: mistakes in fields, a fee that cannot be
    worked out, a paper out of date. `refusal` itself where the page finds no such thing.
    """
    try:
        require_valid(assessment)
        require_in_date(assessment.papers, papers)
    except Refused as found:
        if found.code == refusal.code:
            return found
    return refusal


def sentence(refusal: Refused, definition: Definition) -> str:
    """With the names that the definition has for its parts in the page's language."""
    with words_in(definition):
        return refusal.sentence()
