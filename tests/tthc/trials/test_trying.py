"""An example in the making: where it stands after each act, what may be done next, and what it is kept as."""

from dataclasses import replace

import pytest

from definitions.calendars import shipped as calendar
from definitions.shipped import loaded, shipped
from tthc.trials.keeping import kept
from tthc.trials.offering import offers
from tthc.trials.run import run
from tthc.trials.trying import stand
from tthc.trials.words import ACCEPT, EARLY

CALENDAR = calendar()


@pytest.fixture(params=shipped(), ids=lambda each: each[0])
def definition(request):
    name, text = request.param
    return loaded(text, name).definition


def bare(example):
    """As somebody makes it: without any expectation."""
    steps = tuple({key: value for key, value in told.items() if key != "expect"} for told in example.steps)
    return replace(example, steps=steps, expect={})


def longest(definition):
    """The examples with the most acts, which are the slowest too: two are enough of each procedure."""
    return sorted(definition.examples, key=lambda each: -len(each.steps))[:2]


def test_what_was_done_is_kept_as_an_example_that_comes_out(definition):
    for example in longest(definition):
        recorded = kept(definition, bare(example), CALENDAR)
        assert recorded.remarks == ()
        assert recorded.example["expect"]["valid"] == run(definition, example, CALENDAR).observed.valid


def test_every_act_of_an_example_was_on_offer_just_before(definition):
    for example in longest(definition):
        tried = bare(example)
        for at, told in enumerate(tried.steps):
            if not _begins_there(tried, at):
                continue
            moved = ({"do": "wait", "at": told["at"]},) if "at" in told else ()
            standing = stand(definition, replace(tried, steps=(*tried.steps[:at], *moved)), CALENDAR)
            on_offer = {offer.word for offer in offers(standing)}
            assert told["do"] in {*on_offer, "wait"}, (example.name, at)


def _begins_there(example, at):
    """Not the acts that a counter has done when it hands in, nor the first of an example that never says it is accepted."""
    told = str(example.steps[at]["do"])
    if told == ACCEPT and example.channel != "online":
        return False
    return at > 0 or told == ACCEPT or told in EARLY or example.channel != "online"
