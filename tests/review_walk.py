"""What a reviewer does on the review page of a version, by a test client."""

import re


def seen(reviewer, written):
    """What the page in front of the reviewer says it shows."""
    page = reviewer.get(written + "/tham-dinh").text
    return {"seen": re.search(r'name="seen" value="(\w*)"', page)[1]}


def tick_all(reviewer, written):
    """Mark every item that is the reviewer's to mark, as whoever has read everything does."""
    page = reviewer.get(written + "/tham-dinh").text
    items = re.findall(r'name="tick" value="(\w+)"', page)
    return reviewer.post(
        written + "/danh-dau", tick=items, **{f"note.{item}": "Đã đối chiếu QĐ 12/QĐ-UBND" for item in items}
    )
