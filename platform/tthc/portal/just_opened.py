"""What a posted page was not asking yet: questions that its answers have only now brought up. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from forms.model import Field, Page, Submission
from forms.types import REGISTRY


@dataclass(frozen=True, slots=True)
class Asked:
    """`shown`: paths visible before the page was posted, since a choice nobody made posts nothing; `posted`: names."""

    shown: Collection[str]
    posted: Collection[str]

    def held(self, path: str) -> bool:
        """Whether the page held the field at `path`."""
        return path in self.shown or any(name == path or name.startswith(f"{path}.") for name in self.posted)

    def opened(self, page: Page, after: Submission) -> bool:
        """Whether `page` asks something now that it did not; the rows of a list, which the person adds, aside."""
        return any(path in after.visible and not self.held(path) for path in _asking(page.fields))


def _asking(fields: Collection[Field], within: str = "") -> Iterator[str]:
    for field in fields:
        path = f"{within}{field.id}"
        if field.type == "group":
            yield from _asking(field.item, f"{path}.")
        elif REGISTRY[field.type].asks:
            yield path
