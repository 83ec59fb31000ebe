"""The expressions a definition is made of."""

from decimal import Decimal

import pytest

from rules import feel
from rules.feel import FeelError, T

FEE = "sum(for d in documents return d.copies * min(200000, 2000 * min(d.pages, 2) + 1000 * max(d.pages - 2, 0)))"
DOCUMENTS = T.list_of(T.context({"pages": T.NUMBER, "copies": T.NUMBER}))


def test_fee_of_certified_copies():
    fee = feel.compile(FEE, {"documents": DOCUMENTS})
    assert fee.evaluate({"documents": [{"pages": 5, "copies": 3}]}) == Decimal(21000)
    assert fee.evaluate({"documents": [{"pages": 250, "copies": 1}]}) == Decimal(200000)
    assert fee.sources == {"documents"}


def test_unknown_name_is_refused_with_the_nearest():
    with pytest.raises(FeelError) as caught:
        feel.compile("1 +\n count(documets)", {"documents": DOCUMENTS})
    error = caught.value
    assert error.message == "Không có trường “documets”. Có phải ông/bà muốn viết “documents”?"
    assert (error.line, error.column, error.suggestion, error.code) == (2, 8, "documents", "name")


def test_without_names_anything_goes_and_reads_null():
    assert feel.compile("a = null").truth({})
