"""The books of results and receipts, as carrying out a command asks for them (`tthc.dossiers.numbers.Numbers`)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from tthc.books.model import Book, BookError
from tthc.books.store import Books
from tthc.dossiers.booked import BookFacts
from tthc.dossiers.numbers import RECEIPT_RULE, RULE
from tthc.dossiers.refusals import Refused

RESULTS: Final = ("ket-qua", "di")
"""Results have a book of their own, or are numbered with all that the agency sends out."""
RECEIPTS: Final = "bien-lai"


@dataclass(frozen=True, slots=True)
class BookNumbers:
    books: Books

    def result_book(self, agency: str, day: date) -> BookFacts | None:
        found = self.book_of_results(agency, day)
        return facts(found) if found is not None else None

    def receipt_book(self, agency: str, day: date) -> BookFacts | None:
        found = self.books.book_of(agency, RECEIPTS, day)
        return facts(found) if found is not None else None

    def book_of_results(self, agency: str, day: date) -> Book | None:
        found = (self.books.book_of(agency, kind, day) for kind in RESULTS)
        return next((book for book in found if book is not None), None)

    def draw(self, book: BookFacts, day: date, *, key: str, by: str, at: datetime) -> str:
        try:
            return self.books.draw(book.agency, book.kind, day, key=key, by=by, at=at).text
        except BookError as error:
            raise _refused(error, book) from error

    def enter(
        self, book: BookFacts, text: str, day: date, *, key: str, by: str, at: datetime, why: str
    ) -> None:
        found = self.books.get(book.id)
        if found is None:
            return  # the year's book is not open yet: nothing was numbered in it
        try:
            self.books.enter(found, text, day, key=key, by=by, at=at, why=why)
        except BookError as error:
            raise _refused(error, book) from error


def facts(book: Book) -> BookFacts:
    return BookFacts(book.id, book.agency, book.kind, book.name, book.manual)


def _refused(error: BookError, book: BookFacts) -> Refused:
    return Refused("book", f"{book.name}: {error.message}", RECEIPT_RULE if book.kind == RECEIPTS else RULE)
