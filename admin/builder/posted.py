"""What a page of the builder posts, or has in its address, beside the controls of an element."""

from typing import Final

from flask import request

from admin.builder import preview
from definitions.situation import Situation
from tthc.drafting.desk import Once

LONGEST: Final = 300
_VIEW_OF: Final = {"workflow": "quy-trinh", "documents": "van-ban", "examples": "tien-trinh"}


def place(name: str = "o") -> str:
    return request.values.get(name, "")[:LONGEST]


def agreed() -> bool:
    """What somebody was asked about before it is done."""
    return bool(request.form.get("dong_y"))


def packed() -> str:
    """The dossier that the form is shown with, as it is carried along."""
    found = situation()
    return "" if found is None else found.packed


def situation() -> Situation | None:
    return Situation.unpacked(request.values.get("th", ""))


def upon() -> str:
    return request.form.get("upon", "")[:100]


def once() -> Once:
    """What the page calls this act, so that it is done once however often it is sent."""
    return Once(request.form.get("lan", "")[:60], tuple(request.form.get("lan_truoc", "")[:600].split()))


def called() -> str:
    called = " ".join(request.form.get("goi", "").split())[:80]
    return f"“{called}”" if called else "mục"


def view() -> str:
    wanted = request.values.get("xem", "")
    return wanted if wanted in preview.VIEWS else next(iter(preview.VIEWS))


def seen(place: str) -> str:
    """What is seen beside: as asked, else what the part comes to."""
    asked, first = view(), next(iter(preview.VIEWS))
    return _VIEW_OF.get(place.partition(".")[0], first) if asked == first else asked
