"""The words of DMN that reading and writing share."""

from types import MappingProxyType
from typing import Final

from rules.tables.model import Hit

SPACE: Final = "https://www.omg.org/spec/DMN/20191111/MODEL/"
"""DMN 1.3, which bpmn.io's and Camunda's modellers write and every later one reads."""

SPACES: Final = MappingProxyType(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
        "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
        SPACE: "1.3",
        "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
        "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
    }
)

POLICIES: Final = MappingProxyType(
    {
        ("UNIQUE", ""): Hit.UNIQUE,
        ("ANY", ""): Hit.ANY,
        ("PRIORITY", ""): Hit.PRIORITY,
        ("FIRST", ""): Hit.FIRST,
        ("RULE ORDER", ""): Hit.RULE_ORDER,
        ("OUTPUT ORDER", ""): Hit.OUTPUT_ORDER,
        ("COLLECT", ""): Hit.COLLECT,
        ("COLLECT", "SUM"): Hit.SUM,
        ("COLLECT", "MIN"): Hit.MIN,
        ("COLLECT", "MAX"): Hit.MAX,
        ("COLLECT", "COUNT"): Hit.COUNT,
    }
)
WORDS: Final = MappingProxyType({hit: words for words, hit in POLICIES.items()})

FROM, TO = "Hiệu lực từ", "Hiệu lực đến"
"""Headings of columns of notes in which the dates of a row may stand."""
