"""The form of a definition as a citizen will meet it, to be tried without anything being kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from definitions.assess import Assessment, assess
from definitions.model import Definition, Example
from forms.answers import act, merge, row_action, with_first_rows
from forms.collect import collect
from forms.model import Page
from renderers.html.form import render_page
from rules.calendar import Calendar
from tthc.dossiers.deciding import applicant_scope
from tthc.trials.world import World


@dataclass(frozen=True, slots=True)
class Preview:
    """One page of the form with the answers of an example (or none), as of `now`."""

    definition: Definition
    page: Page
    answers: Mapping[str, object]
    assessment: Assessment
    scope: Mapping[str, object]
    now: datetime

    def html(self, show: bool | frozenset[str]) -> Markup:
        """The page drawn; `show`: which errors to tell."""
        submission = self.assessment.submission
        shown = with_first_rows(self.page.fields, self.answers)
        return render_page(self.page, submission, shown, show=show, scope=self.scope, now=self.now)


def preview(
    definition: Definition,
    page: Page,
    example: Example | None,
    posted: Mapping[str, list[str]],
    *,
    calendar: Calendar,
    now: datetime,
) -> Preview:
    """`posted`: what was tried on this page, over the example's answers."""
    tried = example or Example("", now, {}, {})
    world = World(definition, tried, calendar)
    answers = merge(page.fields, tried.answers, collect(page.fields, posted))
    pressed = row_action(posted)
    if pressed is not None:
        answers = act(page.fields, with_first_rows(page.fields, answers), pressed)
    at = now if example is None else example.submitted_at
    agency, applicant = world.agency.scope(), applicant_scope(world.applicant)
    assessment = assess(
        definition,
        answers,
        now=at,
        channel=tried.channel,
        agency=agency,
        applicant=applicant,
        page=page.id,
    )
    return Preview(definition, page, answers, assessment, assessment.scope, at)
