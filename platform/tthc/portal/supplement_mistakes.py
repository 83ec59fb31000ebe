"""What was wrong with a supplement that was sent, each mistake once and with the place on the page where it is mended. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from forms.model import FieldError
from rules.i18n import gettext
from tthc.dossiers.refusals import Refused

_PAPERS: Final = "papers."  # as the kernel names what is wrong with a paper


def paper_path(paper_id: str) -> str:
    return f"{_PAPERS}{paper_id}"


@dataclass(frozen=True, slots=True)
class Places:
    """What stands on the page: ids of `fields`, names of `papers` by their ids, in its order."""

    fields: tuple[str, ...]
    papers: Mapping[str, str]

    def mistakes(
        self, found: Iterable[FieldError], sent: Iterable[FieldError], refusal: Refused | None
    ) -> tuple[tuple[str, str], ...]:
        """(place, sentence) in the order of the page, the place being `f-<place>` there: of what was `sent`, of what the
        form `found`, of the papers for which it was refused. None where the refusal is about no place here; its sentence
        then stands alone.
        """
        errors = (error for error in (*sent, *found) if error.severity == "error")
        placed = [(place, error.told) for error in errors if (place := self._place(error.path))]
        placed += self._refused(refusal) if refusal is not None else []
        order = (*self.fields, *self.papers)
        return tuple(sorted(dict.fromkeys(placed), key=lambda one: order.index(one[0].partition(".")[0])))

    def _refused(self, refusal: Refused) -> list[tuple[str, str]]:
        if refusal.code == "nothing_supplied":
            return [(place, gettext(refusal.message)) for place in (*self.fields, *self.papers)[:1]]
        papers = [(error.path.removeprefix(_PAPERS), error) for error in refusal.errors]
        return [(paper, gettext(error.message)) for paper, error in papers if paper in self.papers]

    def _place(self, path: str) -> str:
        """Empty where it is on another page."""
        if path.startswith(_PAPERS):
            paper = path.removeprefix(_PAPERS)
            return paper if paper in self.papers else ""
        return path if path.partition(".")[0] in self.fields else ""
