"""The tab “Quy trình”: the drawing, what is wrong with it, the time, what is untried, and the step that is selected."""

import re

import pytest

from tests.admin.conftest import CODE, TEXT

pytestmark = pytest.mark.database

PLACE = "/quan-tri/ban-cau-hinh"
WORKFLOW = """workflow:
  name: Mượn sách
  start: nhan
  steps:
    - id: nhan
      name: Nhận đơn
      actor: tham_dinh
      duration: {amount: 40, unit: working_day}
      actions:
        - {id: chia, label: Chia việc, to: [kho, ky], primary: true}
    - {id: kho, name: Tìm sách, actor: tham_dinh, actions: [{id: co, label: Có sách, to: tra, primary: true}]}
    - {id: ky, name: Ký thẻ, actor: phe_duyet, actions: [{id: duyet, label: Duyệt, to: tra, primary: true}]}
    - id: tra
      name: Giao sách
      actor: tiep_nhan
      phase: result_ready
      actions:
        - {id: giao, label: Giao, to: end, outcome: returned, primary: true}
"""


def tab(services, code):
    (version,) = services.definitions.versions(code)
    return f"{PLACE}/{code}/{version.id}/quy-trinh"


def drawing(page):
    return page.text.split('<svg class="drawing"')[1].split("</svg>")[0]


def draft(services, text):
    """The tab of a draft of this text."""
    services.definitions.save_draft(CODE, text, "soan", services.clock.now())
    return f"{PLACE}/{CODE}/{services.definitions.versions(CODE)[-1].id}/quy-trinh"


@pytest.fixture
def faulty(visit, services):
    """The tab of a draft whose branches meet twice and which takes too long."""
    return visit("soan"), draft(services, TEXT.replace("workflow: tra-ngay\n", WORKFLOW))


def test_every_shipped_workflow_is_drawn_with_each_step_as_a_link(visit, services):
    reader = visit("duyet")
    for code in services.definitions.procedures():
        definition = services.definitions.published(code, services.clock.now().date())
        page = reader.get(tab(services, code))
        assert page.status_code == 200
        linked = re.findall(r'<a id="o-([^"]+)" href="([^"]+)"', drawing(page))
        assert [step for step, _ in linked] == [step.id for step in definition.workflow.steps]
        assert all(f"buoc={step}" in href for step, href in linked)


def test_the_selected_step_is_marked_and_told_in_full(visit, services):
    page = visit("soan").get(f"{tab(services, '1.001193')}?buoc=xac_nhan")
    (marked,) = re.findall(r'<a id="o-(\w+)"[^>]*aria-current="true"', drawing(page))
    assert marked == "xac_nhan"
    told = page.text.split('id="chi-tiet"')[1].split("</section>")[0]
    assert "Người nộp" in told
    assert "Trong 1 ngày làm việc" in told
    assert "Hết thời gian thì hệ thống tự chọn “Tôi đồng ý với bản dự thảo”." in told
    assert "Bỏ qua bước này khi “kênh nộp hồ sơ” khác “trực tuyến”." in told
    assert "“Đề nghị sửa” chuyển sang “Công chức tư pháp" in told
    assert "Chuyển dự thảo" in told


def test_a_step_that_is_not_there_selects_nothing(visit, services):
    page = visit("soan").get(f"{tab(services, '1.001193')}?buoc=khong_co&loi=99&dai=-1&huong=la")
    assert page.status_code == 200
    assert 'id="chi-tiet"' not in page.text


def test_d10_3b_the_longest_way_is_summed_up_and_shown_on_demand(visit, services):
    place = tab(services, "1.001776")
    page = visit("soan").get(place)
    assert "9 ngày làm việc" in page.text
    assert "Còn dư 1 ngày làm việc" in page.text
    assert 'class="number"' not in drawing(page)
    shown = drawing(visit("soan").get(f"{place}?dai=1"))
    assert re.findall(r'class="number"[^>]*>(\d)<', shown) == ["1", "2", "3", "4", "5", "6"]


def test_what_is_wrong_is_shown_on_the_way_that_leads_there(faulty):
    officer, place = faulty
    page = officer.get(place)
    assert page.status_code == 200
    assert "Bước “Giao sách”: có hai việc giống nhau cùng lúc." in page.text
    numbers = [
        re.search(r"loi=(\d+)", item)[1]
        for item in page.text.split('<ol class="problems">')[1].split("<li ")
        if "T024" in item
    ]
    shown = drawing(officer.get(f"{place}?loi={numbers[0]}"))
    assert re.search(r'<a id="o-tra"[^>]*class="cell step on bad spot"', shown)
    assert len(re.findall(r'class="wire on bad"', shown)) >= 3


def test_d10_3b_a_workflow_that_takes_too_long_says_by_how_much(faulty):
    officer, place = faulty
    page = officer.get(place)
    assert "40 ngày làm việc" in page.text
    assert "Vượt " in page.text
    assert "wire on bad" in drawing(officer.get(f"{place}?dai=1"))


def test_what_no_example_comes_by_is_marked(visit, services):
    officer = visit("soan")
    for code in ("1.001193", "1.013225"):
        page = officer.get(f"{tab(services, code)}?chua=1")
        assert "Mọi thao tác đều có ví dụ đi qua." in page.text
        assert "untried" not in drawing(page)


def test_untried_actions_of_a_draft_are_marked(faulty):
    officer, place = faulty
    page = officer.get(f"{place}?chua=1")
    assert "chưa ví dụ nào đi qua" in page.text
    assert "untried" in drawing(page)


def test_it_can_be_drawn_from_left_to_right(visit, services):
    place = tab(services, "1.002809")
    sizes = []
    for address in (place, f"{place}?huong=ngang"):
        found = re.search(r' width="(\d+)" height="(\d+)"', drawing(visit("soan").get(address)))
        sizes.append((int(found[1]), int(found[2])))
    assert sizes[0][0] < sizes[0][1]
    assert sizes[1][0] > sizes[1][1]


def test_a_text_that_comes_to_nothing_says_where_to_go(visit, services):
    page = visit("soan").get(draft(services, TEXT.replace("name:", "nme:", 1)))
    assert page.status_code == 200
    assert "Chưa vẽ được" in page.text


def test_only_those_of_the_administration_may_see_it(visit, services):
    assert visit("motcua").get(tab(services, "1.001193")).status_code == 403


def test_it_can_be_told_in_words(visit, services):
    page = visit("soan").get(f"{tab(services, '3.000333')}?huong=loi&buoc=ky")
    assert '<svg class="drawing"' not in page.text
    assert "Bước “Lãnh đạo ký Phiếu” do lãnh đạo cơ quan làm, trong 2 giờ làm việc." in page.text
    assert 'id="chi-tiet"' in page.text
