"""A procedure read and applied for in English: shown so, and decided, kept and printed as the law's own words."""

import re

import pytest
from people import Province
from walk import TOBACCO_FORM, TOBACCO_QUESTIONS, begin, fill, upload_all

from definitions.english import MARK

pytestmark = pytest.mark.database

CODE = "2.000181"


def in_english(province: Province):
    citizen = province.citizen()
    citizen.get("/?lang=en")
    return citizen


def test_lists_and_the_page_of_a_procedure_are_read_in_english(province: Province):
    reader = province.visitor()
    assert "Tobacco retail licence" in reader.get("/thu-tuc?lang=en").text
    page = reader.get(f"/thu-tuc/{CODE}").text
    assert "Tobacco retail licence" in page and "until 31/12/2026" in page.lower()
    assert "Thương nhân" not in page and "Giấy phép" not in page
    found = reader.get("/thu-tuc?q=thuốc lá").text
    assert "Tobacco retail licence" in found
    assert "Cấp Giấy phép bán lẻ" in reader.get(f"/thu-tuc/{CODE}?lang=vi").text


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("birth certificate", "Birth registration"),
        ("driving licence", "Exchange of a driving licence"),
        ("khai sinh", "Birth registration"),
        ("tobacco", "Tobacco retail licence"),
    ],
)
def test_a_reader_of_english_finds_by_either_language(province: Province, query, name):
    reader = province.visitor()
    page = reader.get(f"/thu-tuc?q={query.replace(' ', '+')}&lang=en")
    found = re.findall(r'class="card found"><a [^>]*><strong>([^<]*)', page.html)
    assert found and found[0].startswith(name)


def test_what_is_needed_is_told_in_english(province: Province):
    page = province.visitor().get(f"/thu-tuc/{CODE}/can-gi?lang=en")
    assert "In which area is the place of retail?" in page.text
    assert "Khu vực" not in page.text


def test_mistakes_name_the_labels_in_english(province: Province):
    citizen = in_english(province)
    page = begin(citizen, CODE)
    assert "In which capacity do you ask for the licence?" in page.text
    assert "Enterprise, cooperative" in page.text and "Hộ kinh doanh" not in page.text
    page = citizen.submit(page, page.url.rsplit("/", 1)[1], TOBACCO_QUESTIONS)
    assert page.url.endswith("/thuong_nhan") and "Name of the trader" in page.text
    answers = {"business_name": "", "registration_number": "1"}
    wrong = citizen.submit(citizen.submit(page, "/thuong_nhan", answers), "/thuong_nhan", answers)
    assert wrong.text.count(" name of the trader ") == 2 and "ên thương nhân" not in wrong.text


def test_an_application_made_in_english_is_kept_in_vietnamese(province: Province):
    citizen = in_english(province)
    s = province.services
    page = fill(citizen, begin(citizen, CODE), TOBACCO_QUESTIONS | TOBACCO_FORM)
    page = citizen.submit(upload_all(citizen, page), "/giay-to")
    page = citizen.submit(page, "/nhan-ket-qua", {"receive_by": "counter"})
    assert "Point of sale" in page.text or "Points of sale" in page.text
    page = citizen.submit(page, "/kiem-tra", {"declared": "yes"})
    assert page.status == 200 and "Tobacco retail licence" in page.text
    assert "1 point of sale × 100,000 VND = 100,000 VND" in page.text and '<small lang="vi">' not in page.html
    kept = s.repository.get(re.search(r"/ho-so/(\w+)", page.url)[1])
    assert MARK not in kept.definition
    assert kept.procedure_name == "Cấp Giấy phép bán lẻ sản phẩm thuốc lá"
    assert all("Phí" in line.label for line in kept.fees)
    for name in s.database.list_collection_names():
        if not name.startswith("definition_"):
            assert "Tobacco retail" not in str(list(s.database[name].find())), name


def test_a_procedure_without_english_says_which_language_it_is_in(province: Province):
    from made_up import CODE as MADE_UP
    from made_up import publish

    publish(province)
    reader = province.visitor()
    assert '<div lang="vi">' in reader.get(f"/thu-tuc/{MADE_UP}?lang=en").html
    assert '<div lang="vi">' not in reader.get(f"/thu-tuc/{CODE}").html
    assert '<div lang="vi">' not in reader.get(f"/thu-tuc/{MADE_UP}?lang=vi").html
