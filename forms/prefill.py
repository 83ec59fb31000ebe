"""What is known of the applicant is not asked again: profile attributes become answers."""

from collections.abc import Iterable, Mapping
from typing import Final

from forms.model import Answers, Field
from forms.types import REGISTRY

# The profile keeps the sex as the citizen number says it; forms word their options as the paper forms do.
_SEX: Final = {"male": {"male", "nam"}, "female": {"female", "nữ", "nu"}}  # vi: as forms word it


def prefill(
    fields: Iterable[Field], answers: Answers, profile: Mapping[str, object], *, blanks: bool = False
) -> dict[str, object]:
    """`answers` with the profile's value wherever a field names an attribute and was never answered.

    What was typed is never replaced; what was emptied on purpose stays empty, unless `blanks` (at the counter an
    official fetches the person after the form was begun). A value the field's type refuses is not used. A choice
    takes the option whose value or label the profile says. A group's parts are filled each on its own; one
    that names an attribute itself (an address) is read from its line where nothing was answered in it.
    """
    filled = dict(answers)
    for field in fields:
        if field.type == "group":
            parts = filled.get(field.id)
            line = profile.get(field.prefill) if field.prefill else None
            if isinstance(line, str) and (parts is None or (blanks and _nothing(parts))):
                parts = _from_line(field, line) or parts
            if parts is None or isinstance(parts, Mapping):
                known_parts = prefill(field.item, parts or {}, profile, blanks=blanks)
                if known_parts:
                    filled[field.id] = known_parts
            continue
        if not field.prefill:
            continue
        kind = REGISTRY[field.type]
        known = profile.get(field.prefill)
        answer = filled.get(field.id)
        if known is None or not (answer is None or (blanks and kind.parse(field, answer).empty)):
            continue
        read = kind.parse(field, _option(field, known) if field.options else known)
        if read.error is None and not read.empty and read.clean is not None:
            filled[field.id] = read.clean
    return filled


def _nothing(answer: object) -> bool:
    """Whether a group's answer says nothing yet."""
    if isinstance(answer, Mapping):
        return all(map(_nothing, answer.values()))
    return answer in (None, "", [])


def _from_line(group: Field, line: str) -> dict[str, object] | None:
    """`Số 12, tổ 3, phường Tô Hiệu, tỉnh Sơn La` read back into the parts it is written from (`group.line`), from its
    end: every choice must be one of those offered, or nothing is filled; what is left goes to the parts always asked
    for as text, the first of the line taking all that remains.
    """
    pieces = [piece for piece in map(str.strip, line.split(",")) if piece]
    parts = {part.id: part for part in group.item}
    choices = [parts[name] for name in reversed(group.line) if parts[name].options]
    texts = [
        parts[name]
        for name in reversed(group.line)
        if not parts[name].options and parts[name].visible is None
    ]
    found: dict[str, object] = {}
    for part in choices:
        piece = pieces.pop().casefold() if pieces else ""
        option = next((one for one in part.options if one.label.casefold() == piece), None)
        if option is None:
            return None
        found[part.id] = option.value
    for at, part in enumerate(texts):
        last = at + 1 == len(texts)
        if pieces:
            found[part.id] = ", ".join(pieces) if last else pieces.pop()
            pieces = [] if last else pieces
    return found if choices else None


def _option(field: Field, known: object) -> object:
    """The value of the option the profile means, or what the profile says."""
    if not isinstance(known, str):
        return known
    words = _SEX.get(known, {known.casefold()})
    return next(
        (
            option.value
            for option in field.options
            if {option.value.casefold(), option.label.casefold()} & words
        ),
        known,
    )
