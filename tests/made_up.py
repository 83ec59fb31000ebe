"""The made-up procedure of the road's tests, as it stands or with more fields, published at run time."""

from datetime import date
from pathlib import Path

from people import Province
from walk import Accepted, accepted

from definitions.calendars import shipped as calendar

CODE = "9.000001"
TEXT = Path(__file__).with_name("road").joinpath("made_up.yaml").read_text(encoding="utf-8")


def with_fields(fields: str, answers: str = "") -> str:
    """`fields`: lines of YAML list items; `answers`: what the example says to them, `a: 1, b: 2`."""
    lines = "".join(f"        {line}\n" for line in fields.strip().splitlines())
    text = TEXT.replace("attachments:\n", f"{lines}attachments:\n", 1)
    return text.replace("books: 3}", f"books: 3, {answers}}}", 1) if answers else text


def publish(province: Province, text: str = TEXT) -> None:
    """Written by one officer, examined by another."""
    store, now = province.services.definitions, province.clock.now()
    saved = store.save_draft(CODE, text, "can-bo-kiem-soat", now)
    store.register(CODE, saved.version.id, "can-bo-kiem-soat", now, calendar())
    store.approve(CODE, saved.version.id, "can-bo-tham-dinh", now)
    store.publish(CODE, saved.version.id, "can-bo-tham-dinh", now, start=date(2026, 11, 23))


def lent(province: Province, workflow: str, more: str = "", books: int = 4) -> Accepted:
    """A dossier of it, accepted. `workflow`: YAML that takes the place of its own; `more`: further parts."""
    text = TEXT.replace("workflow: xa-xac-nhan\n", workflow)
    publish(province, text.replace("examples:\n", f"{more}examples:\n", 1))
    return accepted(province, CODE, {"books": str(books)}, ["anh_the"])
