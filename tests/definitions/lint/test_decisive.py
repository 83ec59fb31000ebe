"""What is found with the questions that decide something is found with the whole form."""

from dataclasses import replace
from itertools import islice

import pytest

from definitions.lint.decisive import decisive, names_read
from definitions.lint.samples import samples
from definitions.loader import load
from definitions.shipped import loaded, shipped

SHIPPED = {name: loaded(text, name).definition for name, text in shipped()}


def spoiled(definition):
    """As it is; and with its last case, its last row of time and the last row of each table of fees left out."""
    yield definition
    if definition.cases:
        yield replace(definition, cases=definition.cases[:-1])
    yield replace(
        definition, deadlines=tuple(replace(row, when=first) for row, first in conditions(definition))
    )
    yield replace(definition, fees=tuple(replace(fee, when=None) for fee in definition.fees))


def conditions(definition):
    """Each row of time with a condition of the form, so that some dossier has none."""
    found = [field.visible for field in definition.fields if field.visible is not None]
    return [(row, found[0] if found else row.when) for row in definition.deadlines]


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_a_sample_dossier_has_the_same_gaps(name):
    for definition in spoiled(SHIPPED[name]):
        cut = decisive(definition)
        for sample in islice(samples(definition), 40):
            assert sample.assessed(cut).gaps == sample.assessed(definition).gaps


def test_the_spoiled_ones_have_gaps_to_be_compared():
    found = {
        gap.kind
        for whole in SHIPPED.values()
        for definition in spoiled(whole)
        for sample in islice(samples(definition), 40)
        for gap in sample.assessed(definition).gaps
    }
    assert {"case", "deadline", "fee"} <= found


def test_fields_that_decide_nothing_are_left_out_and_what_decides_stays_with_all_it_needs(small):
    definition = load(small, "").definition
    cut = decisive(definition)
    assert [field.id for field in cut.fields] == ["area", "copies"]
    assert set(names_read(definition.cases)) == {"area"}
    assert set(names_read(definition.fees)) == {"copies"}


def test_what_was_tried_for_one_fee_is_not_tried_again_for_another_that_reads_the_same(small):
    definition = load(small, "").definition
    twice = replace(definition, fees=definition.fees * 2)
    assert list(samples(twice)) == list(samples(definition))
