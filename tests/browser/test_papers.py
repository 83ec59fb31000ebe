"""Papers with notes, terms and what is looked up; exempted fees; the end of a way: looked at, phone and desk."""

import pytest
from made_up import CODE, TEXT, publish
from people import PASSWORD, Province
from walk import begin

pytestmark = [pytest.mark.browser, pytest.mark.database]

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
PAPERS = """\
  - {id: kham, name: Giấy khám sức khỏe, copies: {original: 1}, valid_for: {amount: 6, unit: month, from: issued_on}, online_note: Nộp bản giấy khi nhận kết quả., accept: [pdf], max_files: 1}
  - {id: luu_y, name: Giấy tờ bằng tiếng nước ngoài phải kèm bản dịch., kind: note}
  - {id: cu_tru, name: Giấy tờ về nơi cư trú, copies: {copy: 1}, replaced_by_data: Cơ sở dữ liệu quốc gia về dân cư}
fees:
"""
FIELD = (
    "        - {id: issued_on, type: date, label: Ngày cấp giấy khám, help: Ghi trên giấy, required: true}\n"
)
EXEMPT = "\n    amount: 1000\n    times: books\n    unit: quyển\n    max: 4000\n    exempt: [{label: trẻ em, when: books > 2, percent: 50, source: {text: Nghị quyết mẫu}}]\n"


@pytest.fixture
def ready(province: Province) -> Province:
    text = TEXT.replace("form:\n", QUESTIONS, 1).replace("fees:\n", PAPERS, 1)
    text = text.replace("attachments:\n", FIELD + "attachments:\n", 1)
    line = "  - {id: le_phi_the, label: Lệ phí cấp thẻ, kind: le_phi, amount: books * 1000, collect: at_return}\n"
    assert line in text
    priced = (
        "  - id: le_phi_the\n    label: Lệ phí cấp thẻ\n    kind: le_phi\n    collect: at_return" + EXEMPT
    )
    text = text.replace(line, priced)
    text = text.replace("books: 3}", 'books: 3, lives_here: true, issued_on: "2026-11-02"}', 1)
    text = text.replace(
        "{le_phi_the: 3000}, papers: [anh_the]", "{le_phi_the: 1500}, papers: [anh_the, kham]"
    )
    publish(province, text)
    return province


def test_every_page_that_papers_cases_and_fees_are_on(person, ready):
    citizen = ready.citizen()
    first = begin(citizen, CODE)
    home = first.url.split("/trang/")[0]
    seen = person("phone")
    seen.sign_in("0912345678", PASSWORD)
    seen.page.goto(f"/thu-tuc/{CODE}")
    seen.look_twice("giay-to-thu-tuc")
    citizen.submit(first, first.url.rsplit("/", 1)[1], {"lives_here": "false"})
    seen.page.goto(f"{home}/huong-giai-quyet")
    seen.look_twice("huong-giai-quyet")
    page = citizen.submit(citizen.get(first.url), first.url.rsplit("/", 1)[1], {"lives_here": "true"})
    old = {"books": "3", "issued_on.d": "2", "issued_on.m": "1", "issued_on.y": "2026"}
    page = citizen.submit(page, page.url.rsplit("/", 1)[1], old)
    assert page.url.endswith("/giay-to"), page.text
    assert "chỉ dùng được đến hết ngày 02/07/2026" in page.text
    seen.page.goto(f"{home}/giay-to")
    seen.look_twice("giay-to-qua-han")
    seen.page.goto(f"{home}/kiem-tra")
    assert "giảm 50 % vì trẻ em (Nghị quyết mẫu), còn 1.500 đồng" in seen.page.inner_text("main")
    seen.look_twice("giay-to-kiem-tra")
