"""Running numbers: written by dated patterns, given out once, whoever asks at the same time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from tthc.books.codes import CodePatterns
from tthc.books.model import Book, BookError, next_year, pattern, pattern_on
from tthc.books.store import Books
from tthc.dossiers.codes import CodePattern, Codes
from tthc.dossiers.context import AgencyFacts

DAY = date(2026, 11, 23)
BOOK = Book("xa-a", 2026, "di", "Văn bản đi", (pattern("{so}/QĐ-UBND", 2),))


def test_a_number_is_written_by_the_pattern_of_its_day():
    later = pattern("{ngay}{thang}-{so}/{nam}", 3, date(2026, 12, 1))
    patterns = (*BOOK.patterns, later)
    assert pattern_on(patterns, DAY).write(7, DAY) == "07/QĐ-UBND"
    assert pattern_on(patterns, date(2026, 12, 5)).write(7, date(2026, 12, 5)) == "0512-007/2026"
    assert later.write(12345, DAY) == "2311-12345/2026"
    assert next_year(replace(BOOK, patterns=patterns, last=9)).patterns == (replace(later, start=date.min),)
    with pytest.raises(BookError, match="chưa có mẫu"):
        pattern_on((later,), DAY)


@pytest.mark.parametrize("text", ["QĐ", "{so}{so}", "{so}{quy}", "{so}/{", "}{so}", "{so}" + "x" * 80])
def test_a_pattern_without_one_number_is_refused(text):
    with pytest.raises(BookError):
        pattern(text)


@pytest.fixture
def books(mongo_database):
    made = Books(mongo_database)
    made.ensure_indexes()
    made.open(BOOK)
    return made


@pytest.mark.database
def test_d14_2_numbers_drawn_at_once_are_all_different(books, now):
    def draw(number):
        return books.draw("xa-a", "di", DAY, key=f"vb{number}", by="Pha", at=now).number

    with ThreadPoolExecutor(8) as together:
        found = list(together.map(draw, range(24)))
    assert sorted(found) == list(range(1, 25))
    assert books.get(BOOK.id).last == 24
    assert draw(3) == found[3], "asked again for the same paper"
    assert books.drawn(BOOK.id, 2)[0].text == "24/QĐ-UBND"


@pytest.mark.database
def test_a_new_years_book_opens_by_itself_and_begins_at_one(books, now):
    books.draw("xa-a", "di", DAY, key="cũ", by="", at=now)
    first = books.draw("xa-a", "di", date(2027, 1, 4), key="mới", by="", at=now)
    assert (first.number, first.text) == (1, "01/QĐ-UBND")
    with pytest.raises(BookError, match="chưa mở sổ"):
        books.draw("xa-a", "den", DAY, key="x", by="", at=now)


@pytest.mark.database
def test_a_book_is_opened_once_and_its_numbers_never_go_back(books, now):
    with pytest.raises(BookError, match="đã có sổ"):
        books.open(BOOK)
    assert books.change(replace(BOOK, last=10), rev=0)
    assert books.draw("xa-a", "di", DAY, key="a", by="", at=now).number == 11
    assert not books.change(replace(BOOK, last=10), rev=1)
    assert not books.change(replace(BOOK, last=20), rev=0)


@pytest.mark.database
def test_d11_1_the_pattern_of_codes_changes_from_a_day(mongo_database, now):
    patterns = CodePatterns(mongo_database)
    start = date(2027, 1, 1)
    patterns.add(CodePattern("province_first", 5, start), by="a", at=now, reason="QĐ 20/2020", today=DAY)
    codes = Codes(mongo_database, patterns)
    agency = AgencyFacts("stttt", "Sở", "tinh", identifier="000.00.14.H52")
    assert codes.allocate(agency, DAY) == "000.00.14.H52-261123-0001"
    assert codes.allocate(agency, start) == "H52.14-270101-00001"
    with pytest.raises(BookError, match="từ ngày mai"):
        patterns.add(CodePattern("unit_first", 4, DAY), by="a", at=now, reason="x", today=DAY)
