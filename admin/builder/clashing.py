"""What somebody typed where another person saved otherwise meanwhile. Pure."""

import re
from collections.abc import Mapping

from admin.builder.page import filled_in, known_place
from definitions.editing.collecting import collect
from definitions.editing.text import tree_of

Posted = Mapping[str, list[str]]


def own(seen: str, place: str, posted: Posted) -> dict[str, list[str]]:
    """Of what was posted, all but the controls that the person left as `seen` has them: those say what is saved now."""
    data = tree_of(seen).data
    _, before, asked = filled_in(data, known_place(data, place))
    found = collect(asked, dict(posted), before)
    left = {
        each.key
        for each in asked
        if each.key not in found.errors and found.value.get(each.key) == before.get(each.key)
    }
    return {name: values for name, values in posted.items() if re.split("[.:]", name)[0] not in left}
