"""What every drawn field shares: its frame, label, help and errors, and how they are tied together for a reader.

Ids on the page: the frame of path `p` is `w-p`, its (first) control `f-p`, its help `f-p-help`, its errors `f-p-error`.
Error summaries link to `#f-p`; scripts exchange frames by `w-p`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from markupsafe import escape as _escape

from forms.model import Field, FieldError, Submission
from renderers.text import number
from rules.i18n import gettext, in_vietnamese, language


@dataclass(frozen=True, slots=True)
class Moment:
    """What a drawing may look at besides its own answer. `errors`: those to be shown, by path; `row`: typed values of
    the list row or group being drawn, `clean`: its clean values; `file_url`: from a file's SHA-256 to where its owner
    sees it, `file_state` to why nobody may (yet); `file_parts`: from a field's path to where its files go up in parts.
    """

    submission: Submission
    errors: Mapping[str, Sequence[FieldError]]
    scope: Mapping[str, object]
    now: datetime | None
    row: Mapping[str, object] = field(default_factory=dict)
    clean: Mapping[str, object] = field(default_factory=dict)
    file_url: Callable[[str], str] | None = None
    file_state: Callable[[str], str] | None = None
    file_parts: Callable[[str], str] | None = None


Draw = Callable[[object, bool, Moment], str]
"""(raw answer, required, moment) → HTML."""

Compile = Callable[[Field, str], Draw]
"""(field, path) → its drawing."""


def optional_mark() -> str:
    said = gettext("(không bắt buộc)")
    return f' <span class="optional">{said}</span>'


def escape(text: object) -> str:
    """For element content and double-quoted attributes alike."""
    return str(_escape(text))


def paragraphs(text: str) -> str:
    """Blank lines part paragraphs, single line ends are line breaks."""
    blocks = (block.strip() for block in text.split("\n\n"))
    return "".join(f"<p>{escape(block).replace(chr(10), '<br>')}</p>" for block in blocks if block)


def typed(raw: object) -> str:
    """An answer as it stands in a text box: what was typed, exactly; a file's number the Vietnamese way."""
    if isinstance(raw, str):
        return raw
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, (int, float, Decimal)):
        with in_vietnamese():  # numbers are typed the Vietnamese way, whatever the page speaks
            return number(raw)
    return str(raw)


def help_block(asked: Field, path: str) -> str:
    """Help and example, one block so that one id describes both. What a type says where the definition says nothing is in
    the catalogue.
    """
    if not asked.help and not asked.example:
        return ""
    body = f'<p class="help">{escape(gettext(asked.help))}</p>' if asked.help else ""
    if asked.example:
        said = gettext("Ví dụ: {example}").format(example=escape(asked.example))
        body += f'<p class="example">{said}</p>'
    return f'<div id="f-{path}-help">{body}</div>'


def error_block(path: str, errors: Sequence[FieldError]) -> str:
    wrong, mind = gettext("Lỗi:"), gettext("Lưu ý: {message}")
    lines = "".join(
        f'<p class="error"><span class="visually-hidden">{wrong} </span>{escape(error.message)}</p>'
        if error.severity == "error"
        else f'<p class="warning">{mind.format(message=escape(error.message))}</p>'
        for error in errors
    )
    return f'<div id="f-{path}-error">{lines}</div>'


def in_tongue(text: str) -> str:
    """Vietnamese within a page of another language, marked for whoever has it read out."""
    return escape(text) if language() == "vi" else f'<span lang="vi">{escape(text)}</span>'


def invalid(errors: Sequence[FieldError]) -> bool:
    return any(error.severity == "error" for error in errors)


class Frame:
    """The parts of a field that never change between drawings, ready as text.

    A field with one control is a `div` with a `label`; one with several a `fieldset` with a `legend`.
    """

    __slots__ = ("close", "help", "labels", "opens", "path", "plain", "ties")

    def __init__(self, asked: Field, path: str, *, group: bool = False) -> None:
        self.path = escape(path)
        self.help = help_block(asked, self.path)
        tag, name = ("fieldset", "legend") if group else ("div", "label")
        target = "" if group else f' for="f-{self.path}"'
        label = escape(asked.label)
        # a row not yet begun asks nothing, but what is always required in it must not read as optional
        optional = "" if asked.required is True else optional_mark()
        self.labels = (
            f"<{name}{target}>{label}{optional}</{name}>{self.help}",
            f"<{name}{target}>{label}</{name}>{self.help}",
        )
        helped = f"f-{self.path}-help" if self.help else ""
        tie = f' aria-describedby="{helped}"' if helped else ""
        both = f"{helped} f-{self.path}-error".strip()
        self.ties = (tie, f' aria-describedby="{both}"', f' aria-describedby="{both}" aria-invalid="true"')
        if group:  # the group is described; its first control says it is invalid
            described = self.ties
            self.opens = (
                f'<{tag} class="field" id="w-{self.path}"{described[0]}>',
                f'<{tag} class="field" id="w-{self.path}"{described[1]}>',
                f'<{tag} class="field wrong" id="w-{self.path}"{described[1]}>',
            )
        else:
            start = f'<{tag} class="field" id="w-{self.path}">'
            self.opens = (start, start, f'<{tag} class="field wrong" id="w-{self.path}">')
        self.close = f"</{tag}>"
        # the commonest drawing, without errors: [optional, required]
        self.plain = (self.opens[0] + self.labels[0], self.opens[0] + self.labels[1])

    def head(self, required: bool, errors: Sequence[FieldError]) -> str:
        if not errors:
            return self.plain[required]
        opening = self.opens[2 if invalid(errors) else 1]
        return f"{opening}{self.labels[required]}{error_block(self.path, errors)}"

    def tie(self, errors: Sequence[FieldError]) -> str:
        """The attributes that tie a single control to its help and errors."""
        if not errors:
            return self.ties[0]
        return self.ties[2 if invalid(errors) else 1]
