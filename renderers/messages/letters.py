"""Words of letters about an account (codes, what was changed) and about feedback, which no administrator rewrites.

They are about no dossier, so they are no notices of the plan (`renderers.messages.events`).
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from jinja2 import Environment, StrictUndefined, UndefinedError
from ruamel.yaml import YAML

from renderers.messages.model import Message, MessageError
from renderers.messages.rendering import said
from rules.i18n import in_vietnamese

LETTERS: Final = ("code", "known", "changed", "feedback_taken", "feedback_answered")
_ENVIRONMENT: Final = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 — plain text, never HTML


@cache
def _parts() -> Mapping[str, Mapping[str, str]]:
    text = (files(__package__) / "letters.yaml").read_text(encoding="utf-8")
    parts: Mapping[str, Mapping[str, str]] = YAML(typ="safe", pure=True).load(text)
    return parts


@in_vietnamese()
def letter(template: str, channel: str, data: Mapping[str, object]) -> Message:
    """`channel`: email or sms. `data`: code, minutes, purpose (a verb phrase), due, agency, link, site, as the words ask.

    Raises MessageError for words that are not there and for a datum that they ask for in vain.
    """
    try:
        parts = _parts()[template]
        body = _ENVIRONMENT.from_string(parts[channel]).render(data)
        subject = "" if channel == "sms" else _ENVIRONMENT.from_string(parts["subject"]).render(data)
    except (KeyError, UndefinedError) as error:
        raise MessageError(f"letter “{template}”, {channel}: {error}") from error
    return said(channel, subject, body)
