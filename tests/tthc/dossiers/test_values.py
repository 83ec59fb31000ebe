"""Values made quickly are the values that are made as usual."""

import dataclasses

import pytest
from dossier_stories import examined, ready

from rules.deadlines import DeadlineRule
from tthc.dossiers.values import maker, names_of, reader, replace


@dataclasses.dataclass(frozen=True)
class Checked:
    size: int

    def __post_init__(self):
        if self.size < 0:
            raise ValueError("too small")


@pytest.mark.parametrize("story", [examined, ready])
def test_a_change_is_the_change_of_the_library(story):
    dossier = story().dossier
    for value in (dossier, *dossier.tasks, *dossier.history, dossier.deadline):
        for name in names_of(type(value)):
            assert replace(value, **{name: None}) == dataclasses.replace(value, **{name: None})


def test_what_is_made_is_whole_and_cannot_be_changed():
    task = ready().dossier.tasks[0]
    made = maker(type(task))(reader(type(task))(task))
    assert made == task and made is not task
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.id = "khac"
    with pytest.raises(ValueError, match="argument"):
        maker(type(task))(["thiếu"])


def test_what_looks_at_itself_when_made_still_does():
    with pytest.raises(ValueError, match="too small"):
        replace(Checked(1), size=-1)
    rule = ready().dossier.deadline.rule
    assert maker(DeadlineRule)(reader(DeadlineRule)(rule)) == rule


def test_a_name_that_is_no_field_is_refused():
    with pytest.raises(KeyError, match="khong_co"):
        replace(Checked(1), khong_co=1)
