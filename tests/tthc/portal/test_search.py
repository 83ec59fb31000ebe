from hypothesis import given
from hypothesis import strategies as st

from tthc.portal.search import Entry, Index, fold

INDEX = Index(
    [
        Entry("1.000001", "Đăng ký khai sinh", ("giấy khai sinh", "làm giấy khai sinh cho con"), "Hộ tịch"),
        Entry("1.000002", "Đăng ký khai tử", ("giấy chứng tử",), "Hộ tịch"),
        Entry("2.000003", "Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh", (), "Hộ tịch"),
        Entry("2.000004", "Cấp Giấy phép bán lẻ sản phẩm thuốc lá", ("bán thuốc lá",), "Công Thương"),
    ]
)


def test_d8_1_words_without_diacritics_find_the_same_as_with():
    assert INDEX.find("khai sinh")[0] == INDEX.find("KHAI SINH".lower())[0] == INDEX.find("Khai Sinh")[0]
    assert list(INDEX.find("thuốc lá")) == list(INDEX.find("thuoc la")) == ["2.000004"]


def test_d8_1_the_procedure_named_so_comes_before_the_one_that_mentions_it():
    assert INDEX.find("dang ky khai sinh")[0] == "1.000001"
    assert "2.000003" in INDEX.find("khai sinh")


def test_everyday_words_are_met_through_keywords():
    assert list(INDEX.find("giấy chứng tử")) == ["1.000002"]


def test_a_code_finds_its_procedure_first():
    assert INDEX.find("2.000003")[0] == "2.000003"


def test_a_last_word_half_typed_is_met_by_its_beginning():
    assert "2.000004" in INDEX.find("thuoc l")
    assert set(INDEX.find("kh")) == {"1.000001", "1.000002", "2.000003"}  # khai sinh, khai tử
    assert set(INDEX.find("chứng t")) == {"1.000002"}


def test_what_meets_not_every_word_is_shown_and_says_so():
    hits = INDEX.search("khai sinh xe máy")
    assert hits and not any(hit.whole for hit in hits)
    assert all(hit.whole for hit in INDEX.search("đăng ký khai sinh")[:1])
    assert list(INDEX.find("xe máy")) == []
    assert list(INDEX.find("   ")) == []


@given(st.text(max_size=60))
def test_folding_is_idempotent_and_plain(text: str):
    once = fold(text)
    assert fold(once) == once
    assert all(char in "0123456789abcdefghijklmnopqrstuvwxyz. " for char in once)
