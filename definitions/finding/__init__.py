"""Words by which procedures are found that no single procedure owns: life events, everyday speech, questions people ask.

`synonyms.yaml` tells what everyday words mean, `questions.yaml` what finding is measured by. What a life event is called
stands in the language's schema, beside the word `life_events` itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

from definitions.shape import schema
from rules.i18n import language


@dataclass(frozen=True, slots=True)
class Speech:
    """`ignored`: words that say little about which procedure is meant; `meanings`: (what people say, what papers say),
    both as written.
    """

    ignored: frozenset[str] = frozenset()
    meanings: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """`code`: the procedure that must come first; `fails`: known not to."""

    ask: str
    code: str
    fails: bool = False


@cache
def speech() -> Speech:
    """The shipped one."""
    data = _read("synonyms.yaml")
    meanings = tuple((say, tuple(row["mean"])) for row in data["meanings"] for say in row["say"])
    return Speech(frozenset(data["ignored"].split()), meanings)


@cache
def questions() -> tuple[Question, ...]:
    """What people ask (Đ8.1), in the order of the file."""
    return tuple(
        Question(str(row["ask"]), row["code"], row.get("fails", False)) for row in _read("questions.yaml")
    )


def life_events() -> Mapping[str, str]:
    """Id → what it is called for the reader, in the order in which they are shown: `Có con`."""
    return _life_events("english" if language() == "en" else "words")


@cache
def _life_events(words: str) -> Mapping[str, str]:
    names: Mapping[str, str] = schema()["properties"]["life_events"]["items"][words]
    return MappingProxyType({key: name[:1].upper() + name[1:] for key, name in names.items()})


def _read(name: str) -> Any:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return YAML(typ="safe", pure=True).load(text)
