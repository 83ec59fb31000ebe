"""What a posted page was not asking yet: questions that its answers have only now brought up. Pure."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from forms.model import Field, FieldError, Page, Submission
from forms.types import REGISTRY


@dataclass(frozen=True, slots=True)
class Asked:
    """`shown`: paths that the page held before it was posted, since a choice nobody made posts nothing; `posted`: names."""

    shown: Collection[str]
    posted: Collection[str]

    def held(self, path: str) -> bool:
        """Whether the page held the field at `path`."""
        return path in self.shown or any(name == path or name.startswith(f"{path}.") for name in self.posted)

    def mistakes(self, errors: Iterable[FieldError]) -> tuple[FieldError, ...]:
        """What is wrong in what was asked; a field that an answer has just brought up was not."""
        return tuple(e for e in errors if e.severity == "error" and self.held(e.path.split(".", 1)[0]))

    def opened(self, page: Page, after: Submission) -> bool:
        """Whether `page` asks something now that it did not; the rows of a list, which the person adds, aside."""
        return any(not self.held(path) for path in questions(page, after))


def questions(page: Page, submission: Submission) -> frozenset[str]:
    """Paths of what `page` asks as its answers stand; of a list, its own alone."""
    return frozenset(path for path in _paths(page.fields) if path in submission.visible)


def _paths(fields: Collection[Field], within: str = "") -> Iterator[str]:
    for field in fields:
        path = f"{within}{field.id}"
        if REGISTRY[field.type].asks:
            yield path
        if field.type == "group":
            yield from _paths(field.item, f"{path}.")
