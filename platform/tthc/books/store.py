"""Books in the database. A number is given out once; one whose paper was never made leaves a gap, which the law allows."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from pymongo import ASCENDING, DESCENDING, ReturnDocument
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError
from pymongo.write_concern import WriteConcern

from tthc.books.model import Book, BookError, Drawn, Gap, Pattern, book_id, next_year, pattern_on

DURABLE = WriteConcern(w="majority", j=True)
SHOWN = 50
ATTEMPTS = 50


class Books:
    """The collections `number_books`, `numbers_drawn` and `number_gaps`."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._books = database.get_collection("number_books", write_concern=DURABLE)
        self._drawn = database.get_collection("numbers_drawn", write_concern=DURABLE)
        self._gaps = database.get_collection("number_gaps", write_concern=DURABLE)

    def ensure_indexes(self) -> None:
        self._books.create_index([("agency", ASCENDING), ("year", DESCENDING)])
        self._drawn.create_index([("book", ASCENDING), ("number", DESCENDING)])
        # one paper, one number: also where one of the two was written by hand
        self._drawn.create_index([("book", ASCENDING), ("text", ASCENDING)], unique=True, name="text")

    def all(self, agency: str = "") -> tuple[Book, ...]:
        """Every book, or an agency's; the newest year first."""
        rows = self._books.find({"agency": agency} if agency else {})
        return tuple(_book(row) for row in rows.sort([("year", DESCENDING), ("_id", ASCENDING)]))

    def get(self, found_id: str) -> Book | None:
        row = self._books.find_one({"_id": found_id})
        return _book(row) if row else None

    def open(self, book: Book) -> None:
        """A new book; raises `BookError` where the agency has one of that year and kind."""
        try:
            self._books.insert_one(_row(replace(book, began=book.last)))
        except DuplicateKeyError as error:
            raise BookError("Cơ quan này đã có sổ loại này trong năm; sửa sổ đó.", "kind") from error

    def change(self, book: Book, *, rev: int) -> bool:
        """Other patterns, another name, a later next number. False where somebody changed it after `rev`.

        The number never goes back, whoever draws meanwhile: what was given out stays given out.
        """
        written = self._books.update_one(
            {"_id": book.id, "rev": rev, "last": {"$lte": book.last}},
            {
                "$set": {
                    "name": book.name,
                    "patterns": _row(book)["patterns"],
                    "last": book.last,
                    "manual": book.manual,
                },
                "$inc": {"rev": 1},
            },
        )
        return bool(written.matched_count)

    def draw(self, agency: str, kind: str, day: date, *, key: str, by: str, at: datetime) -> Drawn:
        """The next number of a book. The same `key` (what it is for) again gives the same number.

        A year's book opens by itself where the year before had one. Raises `BookError` where there is none.
        """
        if (again := self._drawn.find_one({"_id": key})) is not None:
            return _drawn(again)
        found_id = book_id(agency, day.year, kind)
        for _ in range(ATTEMPTS):
            book = self._counted(found_id) or self._first(found_id, agency, kind, day)
            row = {
                "_id": key,
                "book": found_id,
                "number": book.last,
                "text": pattern_on(book.patterns, day).write(book.last, day),
                "day": _midnight(day),
                "by": by,
                "at": at,
            }
            try:
                self._drawn.insert_one(row)
            except DuplicateKeyError:
                # asked for twice at once: the first answer counts, this number is a gap
                if (again := self._drawn.find_one({"_id": key})) is not None:
                    self.explain(
                        found_id, book.last, "Hai yêu cầu cùng lúc cho một văn bản.", by="Hệ thống", at=at
                    )
                    return _drawn(again)
                # somebody wrote this number by hand before: the next one
                self.explain(found_id, book.last, "Số này đã ghi bằng tay trước đó.", by="Hệ thống", at=at)
                continue
            return _drawn(row)
        raise BookError("Nhiều số tiếp theo của sổ đã ghi bằng tay; quản trị đặt lại số tiếp theo.", "next")

    def enter(self, book: Book, text: str, day: date, *, key: str, by: str, at: datetime, why: str) -> None:
        """Write a number that was given by hand into its book. The same `key` may be written anew.

        Raises `BookError` where another paper has it, or where the book gave a number for this key already.
        """
        before = self._drawn.find_one({"_id": key})
        if before is not None and not before.get("why"):
            raise BookError(f"Đã lấy số {before['text']} từ sổ cho văn bản này; dùng số đó.", "number")
        told = {
            "book": book.id,
            "number": 0,
            "text": text,
            "day": _midnight(day),
            "by": by,
            "at": at,
            "why": why,
        }
        try:
            if before is None:
                self._drawn.insert_one({"_id": key, **told})
            elif before["text"] != text:
                self._drawn.update_one({"_id": key}, {"$set": told})
        except DuplicateKeyError as error:
            if (again := self._drawn.find_one({"_id": key})) is not None and again["text"] == text:
                return
            raise BookError(f"Số {text} đã cấp cho văn bản khác trong sổ này.", "number") from error

    def proposed(self, book: Book, day: date, key: str) -> str:
        """What `draw` would give now: the number that the key has, else the next one."""
        if (again := self._drawn.find_one({"_id": key})) is not None:
            return str(again["text"])
        return pattern_on(book.patterns, day).write(book.last + 1, day)

    def book_of(self, agency: str, kind: str, day: date) -> Book | None:
        """The book of that day's year, or the one that would open by itself from the year before."""
        book = self.get(book_id(agency, day.year, kind))
        if book is not None:
            return book
        before = self.get(book_id(agency, day.year - 1, kind))
        return next_year(before) if before is not None else None

    def gaps(self, book: Book) -> tuple[Gap, ...]:
        """The numbers that were counted and that no paper has, the latest first."""
        given = {int(row["number"]) for row in self._drawn.find({"book": book.id}, {"number": 1})}
        told = {int(row["number"]): row for row in self._gaps.find({"book": book.id})}
        return tuple(
            Gap(number, told[number]["reason"], told[number]["by"]) if number in told else Gap(number)
            for number in range(book.last, book.began, -1)
            if number not in given
        )

    def explain(self, found_id: str, number: int, reason: str, *, by: str, at: datetime) -> None:
        """Why no paper has a number. What was written first stays."""
        with suppress(DuplicateKeyError):
            self._gaps.insert_one(
                {
                    "_id": f"{found_id}:{number}",
                    "book": found_id,
                    "number": number,
                    "reason": reason,
                    "by": by,
                    "at": at,
                }
            )

    def _first(self, found_id: str, agency: str, kind: str, day: date) -> Book:
        """The first number of a year whose book opens by itself."""
        before = self.get(book_id(agency, day.year - 1, kind))
        if before is None:
            raise BookError(f"Cơ quan chưa mở sổ này cho năm {day.year}; quản trị mở sổ trước.", "kind")
        # not an upsert: of several first ones at once the embedded server would count all and answer one
        with suppress(DuplicateKeyError):
            self._books.insert_one(_row(next_year(before)))
        book = self._counted(found_id)
        assert book is not None
        return book

    def drawn(self, found_id: str, limit: int = SHOWN) -> tuple[Drawn, ...]:
        """The latest numbers of a book, the highest first."""
        rows = self._drawn.find({"book": found_id}).sort("number", DESCENDING).limit(limit)
        return tuple(_drawn(row) for row in rows)

    def _counted(self, found_id: str) -> Book | None:
        row = self._books.find_one_and_update(
            {"_id": found_id}, {"$inc": {"last": 1}}, return_document=ReturnDocument.AFTER
        )
        return _book(row) if row else None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _row(book: Book) -> dict[str, Any]:
    return {
        "_id": book.id,
        "agency": book.agency,
        "year": book.year,
        "kind": book.kind,
        "name": book.name,
        "last": book.last,
        "rev": book.rev,
        "manual": book.manual,
        "began": book.began,
        "patterns": [
            {
                "text": p.text,
                "digits": p.digits,
                "start": None if p.start == date.min else p.start.isoformat(),
            }
            for p in book.patterns
        ],
    }


def _book(row: Mapping[str, Any]) -> Book:
    return Book(
        agency=row["agency"],
        year=int(row["year"]),
        kind=row["kind"],
        name=row["name"],
        last=int(row["last"]),
        rev=int(row["rev"]),
        manual=bool(row.get("manual")),
        began=int(row.get("began", 0)),
        patterns=tuple(
            Pattern(p["text"], int(p["digits"]), date.fromisoformat(p["start"]) if p["start"] else date.min)
            for p in row["patterns"]
        ),
    )


def _drawn(row: Mapping[str, Any]) -> Drawn:
    return Drawn(
        int(row["number"]), row["text"], row["day"].date(), str(row["_id"]), row["by"], row.get("why", "")
    )
