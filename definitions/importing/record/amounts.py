"""Channels, times and fees as the catalogue writes them: “1 Ngày làm việc”, “Phí: 8.000 Đồng”, “Không quy định”."""

import re
from typing import Final

from definitions.importing.naming import plain

_CHANNELS: Final = {"truc tiep": "counter", "truc tuyen": "online", "buu chinh": "post", "buu dien": "post"}
_UNITS: Final = {
    "gio lam viec": "working_hour",
    "ngay lam viec": "working_day",
    "gio": "hour",
    "ngay": "day",
    "thang": "month",
}
_FREE: Final = frozenset(
    {"khong", "khong co", "mien phi", "mien", "khong thu", "khong thu phi", "khong quy dinh", "0", "0 dong"}
)


def channel(text: str) -> str | None:
    """`online`, `counter` or `post`."""
    bare = plain(text)
    return next((said for word, said in _CHANNELS.items() if word in bare), None)


def duration(text: str) -> tuple[float | int | None, str] | None:
    """(amount, unit) of one plain time; (None, `unspecified`) where none is set; None where the text says more."""
    bare = plain(re.sub(r"(?<=[0-9]),(?=[0-9])", ".", text).replace(".", "x"))
    if bare == "khong quy dinh":
        return None, "unspecified"
    found = re.fullmatch(r"([0-9]{1,4})(?:x([0-9]{1,2}))? ?(gio lam viec|ngay lam viec|gio|ngay|thang)", bare)
    if found is None:
        return None
    whole = float(f"{found[1]}.{found[2]}") if found[2] else int(found[1])
    return whole, _UNITS[found[3]]


def fee(text: str) -> tuple[str, int] | None:
    """(`phi` or `le_phi`, đồng) of one plain amount; 0 where nothing is paid; None where the text says more."""
    bare = plain(re.sub(r"(?<=[0-9])[.,](?=[0-9]{3}(?![0-9]))", "", text))
    if bare in _FREE:
        return "phi", 0
    found = re.fullmatch(r"(?:(phi|le phi) )?([0-9]{1,12}) ?(?:dong|d|vnd)", bare)
    return None if found is None else ("le_phi" if found[1] == "le phi" else "phi", int(found[2]))
