"""Numbers of results drawn by many at once, written by hand beside, and the gaps explained (Đ14.2)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from tthc.books.drawing import BookNumbers
from tthc.books.model import Book, Pattern
from tthc.books.store import Books
from tthc.dossiers.refusals import Refused

pytestmark = pytest.mark.database

DAY = date(2026, 6, 1)
AT = datetime(2026, 6, 1, 2, tzinfo=UTC)


@pytest.fixture
def books(mongo_database) -> Books:
    made = Books(mongo_database)
    made.ensure_indexes()
    made.open(Book("xa-a", 2026, "ket-qua", "Sổ cấp kết quả", (Pattern("{so}/GP", 2),), last=6, manual=True))
    return made


def draw(numbers: BookNumbers, key: str) -> str:
    book = numbers.result_book("xa-a", DAY)
    return numbers.draw(book, DAY, key=key, by="Văn thư", at=AT)


def test_d14_2_many_at_once_get_numbers_of_their_own_and_a_retry_gets_its_own_again(books: Books):
    numbers = BookNumbers(books)
    keys = [f"ket-qua:hs{at % 8}:t" for at in range(24)]
    with ThreadPoolExecutor(6) as pool:
        given = list(pool.map(lambda key: draw(numbers, key), keys))
    by_key = dict(zip(keys, given, strict=True))
    assert len(set(by_key.values())) == 8
    assert [draw(numbers, key) for key in keys] == given
    book = books.get("xa-a:2026:ket-qua")
    assert all(gap.number > 6 for gap in books.gaps(book)), "what a paper book had is no gap"
    assert {gap.reason for gap in books.gaps(book)} <= {"Hai yêu cầu cùng lúc cho một văn bản."}
    taken = {int(text.split("/")[0]) for text in given} | {gap.number for gap in books.gaps(book)}
    assert taken == set(range(7, book.last + 1))


def test_d14_2_a_number_by_hand_is_no_other_papers_and_the_book_passes_over_it(books: Books):
    numbers = BookNumbers(books)
    book = numbers.result_book("xa-a", DAY)
    told = {"by": "Văn thư", "at": AT, "why": "Ban hành trên giấy"}
    numbers.enter(book, "08/GP", DAY, key="ket-qua:hs1:t", **told)
    numbers.enter(book, "08/GP", DAY, key="ket-qua:hs1:t", **told)
    with pytest.raises(Refused, match="đã cấp cho văn bản khác"):
        numbers.enter(book, "08/GP", DAY, key="ket-qua:hs2:t", **told)
    assert [draw(numbers, f"ket-qua:hs{at}:t") for at in (3, 4)] == ["07/GP", "09/GP"]
    with pytest.raises(Refused, match="Đã lấy số 07/GP"):
        numbers.enter(book, "20/GP", DAY, key="ket-qua:hs3:t", **told)
    (gap,) = books.gaps(books.get(book.id))
    assert (gap.number, gap.reason) == (8, "Số này đã ghi bằng tay trước đó.")


def test_d14_2_a_gap_is_explained_once(books: Books):
    numbers = BookNumbers(books)
    draw(numbers, "ket-qua:hs1:t")
    books._books.update_one(
        {"_id": "xa-a:2026:ket-qua"}, {"$inc": {"last": 1}}
    )  # a server died between the two
    book = books.get("xa-a:2026:ket-qua")
    assert [(gap.number, gap.reason) for gap in books.gaps(book)] == [(8, "")]
    books.explain(book.id, 8, "Mất điện khi lấy số", by="Quàng Thị Pha", at=AT)
    books.explain(book.id, 8, "Khác", by="Ai đó", at=AT)
    assert [(gap.reason, gap.by) for gap in books.gaps(book)] == [("Mất điện khi lấy số", "Quàng Thị Pha")]


def test_an_agency_without_a_book_has_none_and_results_may_be_numbered_with_what_goes_out(books: Books):
    numbers = BookNumbers(books)
    assert numbers.result_book("xa-b", DAY) is None
    assert numbers.receipt_book("xa-a", DAY) is None
    books.open(Book("xa-b", 2025, "di", "Văn bản đi", (Pattern("{so}/UBND"),), last=40))
    book = numbers.result_book("xa-b", DAY)
    assert (book.kind, book.id) == ("di", "xa-b:2026:di"), "the year's book opens by itself"
    assert numbers.draw(book, DAY, key="k", by="", at=AT) == "1/UBND"
