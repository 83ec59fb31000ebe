"""Declared once, offered again: the applicant's own, accepted dossiers alone, at a press, over nothing typed."""

import pytest
from made_up import CODE, publish, with_fields
from people import Province
from walk import begin, fill, hand_in, open_dossier, reference, upload_all

pytestmark = pytest.mark.database

FIELDS = """
- {id: village, type: text, label: Bản, help: Tên bản}
- {id: secret_number, type: citizen_number, label: Số định danh, help: Nếu có, sensitive: true}
- id: people
  type: list
  label: Người cùng mượn
  help: Nếu có
  item:
    - {id: name, type: text, label: Họ và tên, help: Ghi đủ, required: true}
"""
ANSWERS = 'village: Nà Sản, secret_number: "014190001234", people: [{name: Lò Văn An}]'
OFFER = "Dùng lại thông tin đã khai"
TYPED = {
    "books": "4",
    "village": "Nà Sản",
    "secret_number": "014190001234",
    "people.0.name": "Lò Văn An",
}


@pytest.fixture
def ready(province: Province) -> Province:
    publish(province, with_fields(FIELDS, ANSWERS))
    return province


def handed(province: Province, *, accepted: bool = True) -> str:
    citizen = province.citizen()
    page = fill(citizen, begin(citizen, CODE), TYPED)
    page = hand_in(citizen, citizen.submit(upload_all(citizen, page), "/giay-to"))
    if accepted:
        desk = province.staff("motcua")
        at_desk = open_dossier(desk, "truc-tuyen", reference(page))
        assert desk.submit(at_desk, "/tiep-nhan", {"checked": ["anh_the"]}).status == 200
    return page.url.rsplit("/", 1)[1]


def test_an_accepted_dossier_is_offered_and_taken_over_what_is_empty_alone(ready: Province):
    earlier = handed(ready)
    citizen = ready.citizen()
    page = begin(citizen, CODE)
    assert OFFER in page.text and "Số sách mượn mỗi lần; Bản; Người cùng mượn" in page.text
    assert page.form(page.url).values()["village"] == [""]
    page = citizen.submit(page, page.url.rsplit("/", 1)[1], {"books": "2", "_reuse": earlier})
    assert page.status == 200 and "/trang/" in page.url and "Đã lấy lại thông tin đã khai" in page.text
    values = page.form(page.url).values()
    assert (values["books"], values["village"], values["people.0.name"]) == (["2"], ["Nà Sản"], ["Lò Văn An"])
    assert values["secret_number"] == [""]
    assert OFFER not in page.text


def test_what_was_not_accepted_is_not_offered(ready: Province):
    handed(ready, accepted=False)
    assert OFFER not in begin(ready.citizen(), CODE).text


def test_nobody_takes_from_another(ready: Province):
    earlier = handed(ready)
    stranger = ready.citizen("0987654321")
    page = begin(stranger, CODE)
    assert OFFER not in page.text
    page = stranger.submit(page, page.url.rsplit("/", 1)[1], {"_reuse": earlier})
    assert "Nà Sản" not in page.html
    assert page.form(page.url).values()["village"] == [""]


def test_the_query_walks_the_index_of_owners(ready: Province):
    lists = ready.services.lists
    assert lists.accepted_of("nobody", limit=5) == ()
    key = handed(ready)
    owner = ready.services.repository.get(key).owner
    assert lists.accepted_of(owner, limit=5) == ((key, CODE),)
    assert lists.accepted_of(owner, limit=1) == ((key, CODE),)
    names = ready.services.repository.collection.index_information()
    assert names["owner"]["key"][:2] == [("owner", 1), ("submitted_at", -1)]
