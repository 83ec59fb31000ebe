"""A regulation becomes a service: written in the builder with mouse and keyboard alone, examined, published, used, amended.

Đ9.1a, Đ9.3b, Đ21.3–21.5, Đ24.3. How many acts it took and how long is printed (`pytest -s`), and tested by nobody: it
depends on the machine.
"""

import time
from datetime import datetime, timedelta

import pytest
from browser_walk import attach, begin, code_on, issue_and_return, press_action, sit_down, take_up
from officer import Officer
from people import OTHER, PASSWORD, PDF, Province
from playwright.sync_api import expect
from screens import Person
from steps_of_service import (
    NEWER,
    TRIALS,
    add_fee,
    add_form,
    add_papers,
    add_workflow,
    fill_page,
    try_it,
    write_information,
)

from definitions.lifecycle import State
from tthc.clock import TZ

pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.timeout(1200)]

CODE = "9.000777"
NAME = "Cấp giấy phép sử dụng tạm thời hè phố"
RIGHT = "Phí sử dụng tạm thời lòng đường, hè phố"
WEIGHT = (
    120_000  # an officer's desk with the drawing of a workflow; what citizens open stays under half of it
)


@pytest.fixture
def seat(province: Province, person):
    def sit(login: str, name: str, role: str) -> Person:
        province.officer(login, name, role)
        someone = sit_down(person, login)
        someone.scales.limit = WEIGHT
        return someone

    return sit


def decide(someone: Person, act: str, **values: str) -> None:
    someone.page.locator(".acts summary", has_text=act).first.click()
    for name, value in values.items():
        someone.page.fill(f"[name='{name.replace('__', '.')}']", value)
    someone.page.get_by_role("button", name=f"Xác nhận {act.lower()}").click()


def remark(someone: Person, place: str, about: str, text: str) -> None:
    someone.page.goto(f"{place}/gop-y?o={about}")
    someone.page.fill("#f-text", text)
    someone.press("Gửi góp ý")
    expect(someone.page.locator("#toasts")).to_contain_text("Đã gửi góp ý")


def register(officer: Officer, place: str) -> None:
    officer.page.goto(place)
    officer.press(officer.page.get_by_role("button", name="Đăng ký thẩm định"))
    expect(officer.page.locator("main")).to_contain_text("Đã đăng ký, chờ thẩm định")


def approve(reviewer: Person, place: str) -> None:
    page = reviewer.page
    page.goto(f"{place}/gop-y")
    while page.get_by_role("button", name="Đã giải quyết").count():
        left = page.get_by_role("button", name="Đã giải quyết").count()
        page.get_by_role("button", name="Đã giải quyết").first.click()
        expect(page.get_by_role("button", name="Đã giải quyết")).to_have_count(left - 1)
    page.goto(f"{place}/tham-dinh")
    for box in page.locator("[name=tick]").all():
        box.check()
    for note in page.locator("[name^='note.']").all():
        note.fill("Đã đối chiếu Nghị quyết 12")
    reviewer.press("Lưu danh sách")
    expect(page.locator("#toasts")).to_contain_text("Đã lưu danh sách")
    decide(reviewer, "Duyệt")
    expect(page.locator("#toasts")).to_contain_text("Đã duyệt")


def publish(publisher: Person, place: str, start: datetime | None = None) -> None:
    """From today on where `start` is not said."""
    publisher.page.goto(f"{place}/tham-dinh")
    if start is None:
        decide(publisher, "Công bố từ ngày")
        expect(publisher.page.locator("#toasts")).to_contain_text("Đã công bố")
        return
    decide(
        publisher,
        "Công bố từ ngày",
        start__d=str(start.day),
        start__m=str(start.month),
        start__y=str(start.year),
    )
    expect(publisher.page.locator("#toasts")).to_contain_text("Đã công bố")


def mend(officer: Officer, place: str, about: str, values: dict[str, str]) -> None:
    """From the remark to the element, and the answer to it."""
    page = officer.page
    page.goto(f"{place}/gop-y")
    group = page.locator("section.remarks", has_text=about)
    officer.press(group.get_by_role("link", name="Sửa phần này"))
    officer.unfold()
    officer.fill(values)
    page.goto(f"{place}/gop-y")
    group.locator("summary", has_text="Trả lời").click()
    officer.type(group.get_by_label("Câu trả lời"), "Đã sửa theo góp ý.")
    officer.press(group.get_by_role("button", name="Gửi trả lời"))
    expect(group).to_contain_text("Đã sửa theo góp ý.")


def amend(officer: Officer, place: str, start: datetime) -> str:
    """A decision changes the fee from a day on: the draft of the next version."""
    page = officer.page
    page.goto(place)
    officer.go("Soạn bản mới từ bản này")
    expect(page.locator("#b-title")).to_have_text("Thông tin chung")
    draft = page.url.partition("?")[0].removesuffix("/soan")
    page.goto(draft)
    officer.press(page.get_by_role("link", name="Đổi mức phí theo quyết định"))
    for box, value in zip("dmy", (start.day, start.month, start.year), strict=True):
        officer.type(page.locator(f"form[method=get] [name='start.{box}']"), str(value))
    officer.go("Tiếp tục")
    officer.type(page.locator("[name=amount3]"), "110.000")
    officer.type(page.locator("[name=source]"), "Nghị quyết 15/NQ-HĐND")
    officer.go("Ghi mức phí mới")
    expect(page.locator("main")).to_contain_text("110.000 đồng từ")
    return draft


def to_the_result(person, province: Province, code: str, desk: Person) -> None:
    """Four officials of the commune and one of an agency asked; another agency is silent."""
    head, examiner = sit_down(person, "truongphong"), sit_down(person, "chuyenvien")
    take_up(head, "cho-toi", code)
    head.page.select_option('form[action$="/giao_viec"] select', label="Hoàng Thu Trang")
    press_action(head, "giao_viec")
    take_up(examiner, "cho-toi", code)
    for typed, name in (("xay dung", "Sở Xây dựng"), ("chieng coi", "phường Chiềng Cơi")):
        examiner.page.get_by_label("Tìm cơ quan").fill(typed)
        examiner.page.get_by_label(name).check()
    examiner.page.get_by_label("Nội dung lấy ý kiến").fill("Địa điểm có phù hợp quy hoạch không?")
    press_action(examiner, "trinh")
    asked = person("desk")
    asked.sign_in("khac-chuyenvien", PASSWORD)
    asked.page.goto(f"/motcua/{OTHER}/hop/cho-toi")
    asked.page.get_by_role("link", name=code).click()
    press_action(asked, "chuyen_tiep")
    province.clock.advance(days=3)
    province.sweep()
    take_up(examiner, "cho-toi", code)
    attach(examiner, "chuyen_tiep", "du-thao.pdf")
    press_action(examiner, "chuyen_tiep")
    take_up(head, "cho-toi", code)
    press_action(head, "chuyen_tiep")
    leader = sit_down(person, "chutich")
    take_up(leader, "cho-toi", code)
    press_action(leader, "duyet")
    issue_and_return(person, desk, code, "12/GP-UBND", "giay-phep.pdf")


def hand_in(citizen: Person, fee: str) -> str:
    """Handed in on a telephone: the number of the dossier. `fee`: what it is told to cost."""
    page = citizen.page
    begin(citizen, CODE)
    fill_page(
        page,
        {
            "Họ và tên hoặc tên tổ chức": "Lò Thị Xuân",
            "Số định danh cá nhân": "014190001234",
            "Điện thoại": "0912345678",
            "Địa chỉ liên hệ": "Số 12, tổ 3, phường Tô Hiệu",
        },
    )
    citizen.look("luat-cong-dan-1")
    citizen.press("Tiếp tục")
    fill_page(page, {"Sử dụng hè phố để làm gì": "Tổ chức hoạt động văn hóa"})
    expect(page.get_by_label("Tên hoạt động văn hóa")).to_be_visible()
    fill_page(page, {"Sử dụng hè phố để làm gì": "Trông giữ xe có thu tiền"})
    expect(page.get_by_label("Tên hoạt động văn hóa")).to_be_hidden()
    fill_page(
        page,
        {
            "Bắt đầu từ ngày": "01/12/2026",
            "Số ngày sử dụng": "10",
            "Loại đường phố": "Đường loại I, II",
        },
    )
    citizen.press("Tiếp tục")
    fill_page(page, {"Tên đường, đoạn đường": "Đường Chu Văn Thịnh", "Diện tích sử dụng (m²)": "15"})
    citizen.look("luat-cong-dan-3")
    citizen.press("Tiếp tục")
    for section in page.locator("section[id^='paper-']").all():
        section.locator("input[type=file]").set_input_files(
            {"name": "giay-to.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
        expect(section.locator(".hash").first).to_be_visible()
    citizen.press("Tiếp tục")
    expect(page.locator(".fees")).to_contain_text(fee)
    page.check("[name=receive_by][value=counter]")
    citizen.press("Tiếp tục")
    page.check("[name=declared]")
    citizen.press("Nộp hồ sơ")
    expect(page.get_by_role("heading", name="Đã nộp hồ sơ", level=1)).to_be_visible()
    return page.locator(".big-code").first.inner_text()


def accepted(desk: Person, number: str) -> str:
    """The code of a dossier that the counter took."""
    take_up(desk, "truc-tuyen", number)
    for box in desk.page.locator('form[action$="/tiep-nhan"] [name=checked]').all():
        box.check()
    press_action(desk, "tiep-nhan")
    expect(desk.page.locator("#toasts")).to_contain_text("Đã tiếp nhận hồ sơ")
    return code_on(desk)


def test_d9_1a_a_regulation_becomes_a_service_without_a_line_of_yaml(seat, person, province, capsys):
    store, clock = province.services.definitions, province.clock
    began = time.monotonic()
    officer = Officer(seat("kiemsoat", "Lường Thị Mai", "kiem_soat"))
    place = officer.begin(
        Mã_thủ_tục=CODE,
        Tên_thủ_tục=NAME,
        Mã_lĩnh_vực="giao-thong",
        Cấp_thực_hiện="xa",
        Mức_độ_dịch_vụ_công="3",
    )
    write_information(officer)
    add_form(officer)
    add_papers(officer)
    add_fee(officer)
    add_workflow(officer)
    for trial in TRIALS:
        try_it(officer, place, trial)
    register(officer, place)
    written = officer.acts, time.monotonic() - began

    reviewer = seat("thamdinh", "Vì Văn Thuận", "tham_dinh_cau_hinh")
    publisher = seat("congbo", "Tòng Văn Nam", "cong_bo_ky_thuat")
    fee, days = "fees.phi_su_dung_tam_thoi_he_pho", "form.pages.viec_su_dung_he_pho.fields.so_ngay_su_dung"
    remark(reviewer, place, fee, "Nghị quyết gọi là phí sử dụng tạm thời lòng đường, hè phố.")
    remark(reviewer, place, days, "Để hệ thống kiểm tra giới hạn 30 ngày.")
    reviewer.page.goto(f"{place}/tham-dinh")
    decide(reviewer, "Trả lại")
    expect(reviewer.page.locator("#toasts")).to_contain_text("Đã trả lại")
    mend(officer, place, "Nghị quyết gọi là phí", {"Tên khoản thu": RIGHT})
    mend(officer, place, "giới hạn 30 ngày", {"Lớn nhất": "30"})
    register(officer, place)
    approve(reviewer, place)
    publish(publisher, place)
    assert store.versions(CODE)[-1].state is State.PUBLISHED

    citizen = person("phone")
    citizen.sign_in("0912345678", PASSWORD)
    number = hand_in(citizen, "80.000 đồng")
    mine = citizen.page.url
    desk = sit_down(person, "motcua")
    code = accepted(desk, number)
    under_way = accepted(desk, hand_in(citizen, "80.000 đồng"))
    to_the_result(person, province, code, desk)
    citizen.page.goto(mine)
    expect(citizen.page.get_by_role("link", name="giay-phep.pdf")).to_be_visible()
    citizen.look("luat-ket-qua")

    before = officer.acts
    midnight = datetime(2027, 2, 1, tzinfo=TZ)
    amended = amend(officer, place, midnight)
    try_it(officer, amended, NEWER)
    register(officer, amended)
    approve(reviewer, amended)
    publish(publisher, amended, midnight)
    clock.set(midnight - timedelta(minutes=1))
    hand_in(citizen, "100.000 đồng")
    clock.set(midnight)
    hand_in(citizen, "110.000 đồng")
    kept = province.services.repository.by_code(under_way)
    first = next(each for each in store.versions(CODE) if place.endswith(each.id))
    assert (kept.definition, [fee.amount for fee in kept.fees]) == (first.hash, [80000])
    with capsys.disabled():
        print(
            f"\nViết và thử một thủ tục: {written[0]} thao tác, {written[1]:.0f} giây; "
            f"sửa đổi: {officer.acts - before} thao tác; tất cả {time.monotonic() - began:.0f} giây."
        )
