from datetime import datetime

from forms.model import Field, Option
from forms.offered import offered
from rules.calendar import TZ
from rules.feel import compile as feel

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)


def test_options_are_offered_while_their_condition_holds():
    endless = feel("count(for a in 1..2000, b in 1..2000 return a) > 0")
    always, later = Option("a", "A"), Option("b", "B", when=feel("copies > 5"))
    field = Field("kind", "choice", "Loại", options=(always, later, Option("c", "C", when=endless)))
    assert offered(field, {"copies": 6}, NOW) == (always, later)
    assert offered(field, {"copies": 5}, NOW) == (always,)
    assert offered(field, {}, NOW) == (always,)
