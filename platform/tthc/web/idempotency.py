"""One press, one command: a form carries an id made when it was shown, and the kernel does each id once."""

import re
import uuid

from flask import abort, request

FIELD = "command_id"
_SHAPE = re.compile(r"[0-9a-f]{32}")


def command_id(*, fresh: bool = False) -> str:
    """The id that the posted form carries; with `fresh`, a new one for a form about to be shown.

    400 where a post carries none: then nobody could tell a second press from a second wish.
    """
    if fresh:
        return uuid.uuid4().hex
    sent = request.form.get(FIELD, "")
    if _SHAPE.fullmatch(sent) is None:
        abort(400)
    return sent
