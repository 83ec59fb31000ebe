"""What is left to read of a sensitive value, kind by kind."""

import pytest

from forms.model import Field, Option
from forms.types import REGISTRY
from forms.types.base import COVERED

FILE = {"sha256": "a" * 64, "size": 1, "kind": "pdf", "name": "bi-mat.pdf"}
VALUES = [
    ("text", "Lò Thị Xuân", COVERED),
    ("text", "B1234567890", "B12*****890"),
    ("text", "B12345", COVERED),
    ("textarea", "Bệnh tim", COVERED),
    ("integer", 42, COVERED),
    ("integer", 0, COVERED),
    ("decimal", 4.5, COVERED),
    ("money", 21_000_000, COVERED),
    ("date", "1990-03-15", "**/**/1990"),
    ("month", "1990-03", "**/1990"),
    ("time", "07:30:00", COVERED),
    ("yes_no", False, COVERED),
    ("choice", "a", COVERED),
    ("multi_choice", ["a"], COVERED),
    ("list", [{"x": "1"}, {"x": "2"}], "Đã che (2 dòng)"),
    ("citizen_number", "014090001234", "014******234"),
    ("tax_number", "5500154060", "550****060"),
    ("phone", "0912345678", "0912 *** 678"),
    ("phone", "02123856123", "021*****123"),
    ("email", "xuan.lo@example.vn", "x***@example.vn"),
    ("account_number", "1234567890123", "123*******123"),
    ("account_holder", "LO THI XUAN", COVERED),
    ("file", [FILE], "Đã che (1 tệp)"),
    ("photo", [FILE, FILE], "Đã che (2 tệp)"),
    ("computed", 5, COVERED),
    ("declaration", True, COVERED),
]


def field(kind):
    item = (Field("x", "text", "x"),) if kind == "list" else ()
    return Field("f", kind, "Trường", options=(Option("a", "Mục A"),), item=item, sensitive=True)


@pytest.mark.parametrize(("kind", "clean", "left"), VALUES)
def test_each_kind_of_value_is_covered_its_own_way(kind, clean, left):
    assert REGISTRY[kind].mask(field(kind), clean) == left


@pytest.mark.parametrize("kind", REGISTRY)
@pytest.mark.parametrize("nothing", [None, "", []])
def test_nothing_is_not_covered(kind, nothing):
    assert REGISTRY[kind].mask(field(kind), nothing) == ""


def test_every_kind_that_keeps_a_value_says_how_it_is_covered():
    """A group is covered part by part (`renderers.html.summary`)."""
    told = {kind for kind, _, _ in VALUES} | {"group"}
    assert {kind for kind in REGISTRY if REGISTRY[kind].stores} <= told
