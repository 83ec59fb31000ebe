"""A case that is handled elsewhere ends the way politely, on the portal and at the counter."""

import pytest
from made_up import CODE, TEXT, publish
from people import Province
from walk import begin

pytestmark = pytest.mark.database

QUESTIONS = """\
questions:
  - {id: lives_here, type: yes_no, label: Ông/bà sống tại bản?, help: Theo nơi cư trú, required: true}
cases:
  - id: noi_khac
    label: Sống ở nơi khác
    when: lives_here = false
    ends: {kind: elsewhere, reason: Thư viện bản chỉ phục vụ người sống tại bản., remedy: Ông/bà đăng ký tại thư viện xã., url: 'https://thuvien.vidu.vn/'}
  - {id: tai_ban, label: Sống tại bản, when: true}
form:
"""


@pytest.fixture
def ready(province: Province) -> Province:
    text = TEXT.replace("form:\n", QUESTIONS, 1).replace("books: 3}", "books: 3, lives_here: true}", 1)
    publish(province, text)
    return province


def test_the_way_ends_with_why_and_what_to_do(ready: Province):
    citizen = ready.citizen()
    first = begin(citizen, CODE)
    application = first.url.split("/")[2]
    page = citizen.submit(first, first.url.rsplit("/", 1)[1], {"lives_here": "false"})
    assert page.url.endswith("/huong-giai-quyet"), page.text
    assert "Thư viện bản chỉ phục vụ người sống tại bản." in page.text
    assert "Ông/bà đăng ký tại thư viện xã." in page.text
    assert 'href="https://thuvien.vidu.vn/"' in page.html
    for gone in ("giay-to", "nhan-ket-qua", "kiem-tra"):
        assert citizen.get(f"/nop-ho-so/{application}/{gone}").url.endswith("/huong-giai-quyet")
    page = citizen.submit(citizen.get(first.url), first.url.rsplit("/", 1)[1], {"lives_here": "true"})
    assert page.url.endswith("/nguoi_muon"), page.text
    assert citizen.get(f"/nop-ho-so/{application}/huong-giai-quyet").url.endswith("/nguoi_muon")
