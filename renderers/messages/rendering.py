"""Filling in the templates. Pure: the same data, the same words."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, UndefinedError
from ruamel.yaml import YAML

from renderers.messages.model import CHANNELS, DATA_KEYS, SMS_LENGTH, Message, MessageError
from renderers.text import FILTERS, instant, there, unmarked
from rules.i18n import in_vietnamese

_FOLDER = files(__package__) / "templates"
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")
_SIGNS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."})


def without_diacritics(text: str) -> str:
    """Letters of the 7-bit alphabet only: `Đơn đã được tiếp nhận` → `Don da duoc tiep nhan`; the rest becomes `?`."""
    return unmarked(text.translate(_SIGNS)).encode("ascii", "replace").decode("ascii")


def short(text: object, length: int) -> str:
    """At most `length` characters, cut between words where it can be, marked with two dots."""
    words = " ".join(str(text or "").split())
    if len(words) <= length:
        return words
    cut = words[: length - 2]
    if " " in cut and words[length - 2] != " ":
        cut = cut[: cut.rindex(" ")]
    return f"{cut.rstrip(' ,.;-')}.."


def _parsed(value: object) -> datetime | None:
    text = "" if value is None else str(value)  # a datum that is missing says so here
    return datetime.fromisoformat(text) if text else None


def _when(value: object) -> str:
    """An instant's ISO text as `09:00 ngày 25/11/2026 (thứ Tư)`."""
    return instant(_parsed(value))


def _when_short(value: object) -> str:
    """The same for a text message: `09:00 25/11/2026`."""
    found = _parsed(value)
    return f"{there(found):%H:%M %d/%m/%Y}" if found else ""


@cache
def _environment() -> Environment:
    made = Environment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 — plain text, never HTML
        finalize=lambda value: "" if value is None else value,
    )
    made.filters.update(filters())
    return made


@cache
def filters() -> Mapping[str, Any]:
    """What may stand after a bar in the words of notices."""
    return {**FILTERS, "when": _when, "when_short": _when_short, "short": short, "length": len}


@cache
def template_ids() -> frozenset[str]:
    return frozenset(f.name.removesuffix(".yaml") for f in _FOLDER.iterdir() if f.name.endswith(".yaml"))


@cache
def shipped_parts(template: str) -> Mapping[str, str]:
    """The shipped words of a notice: `subject`, `portal`, `email`, `sms`."""
    if template not in template_ids():
        raise MessageError(f"no words for the notice “{template}”")
    text = (_FOLDER / f"{template}.yaml").read_text(encoding="utf-8")
    parts: Mapping[str, str] = YAML(typ="safe", pure=True).load(text)
    return parts


@cache
def _templates(template: str) -> Mapping[str, Template]:
    return {name: _environment().from_string(part) for name, part in shipped_parts(template).items()}


def _tidy(text: str) -> str:
    lines = (_BLANKS.sub(" ", line).strip() for line in text.strip().splitlines())
    return _LINES.sub("\n\n", "\n".join(lines))


@in_vietnamese()
def render(template: str, channel: str, data: Mapping[str, object]) -> Message:
    """The words of one notice on one channel.

    `data` as `tthc.dossiers.notices_plan` makes it, with `link` and `site` (see `model`). Raises `MessageError` for
    an unknown template, channel or datum, and for a datum that the template asks for in vain.
    """
    if channel not in CHANNELS:
        raise MessageError(f"no channel “{channel}”")
    if unknown := sorted(set(data) - DATA_KEYS):
        raise MessageError(f"notice “{template}” carries unknown data: {', '.join(unknown)}")
    parts = _templates(template)
    facts = {**data, "number": data.get("code") or data.get("reference")}
    try:
        body = parts[channel].render(facts)
        subject = "" if channel == "sms" else parts["subject"].render(facts)
    except UndefinedError as error:
        raise MessageError(f"notice “{template}”, {channel}: {error.message}") from error
    return said(channel, subject, body)


def sms_text(body: str) -> str:
    """A text message on one line, without diacritics; not yet cut."""
    return without_diacritics(" ".join(body.split()))


def said(channel: str, subject: str, body: str) -> Message:
    """Words that are filled in, as a channel takes them."""
    if channel == "sms":
        return Message("", short(sms_text(body), SMS_LENGTH))
    return Message(" ".join(subject.split()), _tidy(body))
