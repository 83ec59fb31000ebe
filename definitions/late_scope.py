"""What an assessed dossier's expressions read, assessed only when one of them reads what depends on the answers. Pure.

Most expressions of a workflow read nothing of the form, or only through which channel it came and which case it is.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property, partial

from definitions.assess import assess, case_of, given
from definitions.holding import Judge
from definitions.model import Definition
from forms.model import Answers


class LateScope(Mapping[str, object]):
    """`assess(…).context` under the same arguments, item for item; immutable like them."""

    def __init__(
        self,
        definition: Definition,
        answers: Answers,
        *,
        now: datetime,
        channel: str,
        agency: Mapping[str, object],
        applicant: Mapping[str, object],
        submitted_at: datetime | None,
    ) -> None:
        self._definition = definition
        self._answers = answers
        self._now = now
        self._given = given(now, channel, agency, applicant, submitted_at)
        self._assess = partial(
            assess,
            definition,
            answers,
            now=now,
            channel=channel,
            agency=agency,
            applicant=applicant,
            submitted_at=submitted_at,
        )

    def __getitem__(self, name: str) -> object:
        # a field of the same name comes first, as it does in an assessment
        if name not in self._given or any(field.id == name for field in self._definition.fields):
            return self._whole[name]
        return self._case if name == "case" else self._given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __len__(self) -> int:
        return len(self._whole)

    @cached_property
    def _case(self) -> str | None:
        found = case_of(self._definition, self._answers, self._given, Judge(self._now))
        return None if found is None else found.id

    @cached_property
    def _whole(self) -> Mapping[str, object]:
        return self._assess().context
