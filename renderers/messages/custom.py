"""Words that an administrator wrote: a closed part of the template language, over the fields that a notice has.

What is let through: text, `{{ field | filter }}`, `{% if %}`, `{% for %}` over a list of the notice. No calls, no
imports, no names of its own, nothing that multiplies; so words can neither reach the program nor hold it up.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from jinja2 import StrictUndefined, TemplateError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from renderers.messages.model import CHANNELS, SMS_LENGTH, USUAL, Message, MessageError
from renderers.messages.rendering import filters, said, shipped_parts, sms_text
from rules.i18n import in_vietnamese

PARTS: Final = ("subject", *CHANNELS)
MOST: Final = 4_000
_ALLOWED: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Filter, nodes.If, nodes.For,
    nodes.Getattr, nodes.Getitem, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.CondExpr,
    nodes.Test, nodes.Concat, nodes.Keyword,
)  # fmt: skip
_TESTS: Final = frozenset({"defined", "none"})


@cache
def _environment() -> SandboxedEnvironment:
    made = SandboxedEnvironment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        finalize=lambda value: "" if value is None else value,
    )
    made.globals.clear()
    made.filters.clear()
    made.filters.update(filters())
    return made


@cache
def fields(template: str) -> frozenset[str]:
    """What the words of a notice may speak of: the usual, and what its shipped words do."""
    found: set[str] = {"number", *USUAL}
    for text in shipped_parts(template).values():
        found |= meta.find_undeclared_variables(_environment().parse(text))
    return frozenset(found)


def problem(template: str, part: str, text: str) -> str | None:
    """Why these words cannot be used, as a sentence; `None` when they can."""
    if len(text) > MOST:
        return f"Dài quá {MOST} ký tự."
    try:
        tree = _environment().parse(text)
    except TemplateError as error:
        return f"Chưa đúng cách viết: {error}."
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, (*_ALLOWED, nodes.EvalContextModifier)) or isinstance(node, nodes.Call):
            return "Chỉ dùng {{ trường }}, {{ trường | bộ lọc }}, {% if %} và {% for %}."
        if isinstance(node, nodes.Filter) and node.name not in filters():
            return f"Không có bộ lọc “{node.name}”; dùng được: {', '.join(sorted(filters()))}."
        if isinstance(node, nodes.Test) and node.name not in _TESTS:
            return "Chỉ hỏi được “is none” và “is defined”."
        if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            return "Tên sau dấu chấm không bắt đầu bằng gạch dưới."
    if unknown := sorted(meta.find_undeclared_variables(tree) - fields(template)):
        return f"Thông báo này không có trường {{{{ {unknown[0]} }}}}."
    if part in {"portal", "email", "sms", "subject"} and not text.strip():
        return "Không để trống."
    return None


@in_vietnamese()
def render(template: str, channel: str, data: Mapping[str, object], parts: Mapping[str, str]) -> Message:
    """The words of `parts` filled in; raises `MessageError` where they cannot be."""
    facts = {**data, "number": data.get("code") or data.get("reference")}
    try:
        body = _environment().from_string(parts[channel]).render(facts)
        subject = "" if channel == "sms" else _environment().from_string(parts["subject"]).render(facts)
    except (TemplateError, KeyError, TypeError, ValueError) as error:
        raise MessageError(f"words of “{template}”, {channel}: {error}") from error
    return said(channel, subject, body)


@in_vietnamese()
def sms_length(template: str, text: str, data: Mapping[str, object]) -> int:
    """How long a text message gets, without diacritics and before it would be cut."""
    facts = {**data, "number": data.get("code") or data.get("reference")}
    try:
        return len(sms_text(_environment().from_string(text).render(facts)))
    except (TemplateError, TypeError, ValueError) as error:
        raise MessageError(f"words of “{template}”, sms: {error}") from error


__all__ = ["MOST", "PARTS", "SMS_LENGTH", "fields", "problem", "render", "sms_length"]
