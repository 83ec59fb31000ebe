"""An amendment in a browser: the changes side by side, a fee from a day on, dossiers led over and back."""

from datetime import timedelta

import pytest
from browser_walk import sit_down
from people import PASSWORD, Province
from playwright.sync_api import expect

from tests.admin.amending import CODE, COMMUNE, dossier, in_force, newer

pytestmark = [pytest.mark.browser, pytest.mark.database]


def test_an_amendment_is_compared_priced_and_dossiers_are_led_over_and_back(province: Province, person):
    services, clock = province.services, province.clock
    for login, role, functions in (
        ("kiemsoat", "kiem_soat", {}),
        ("thamdinh", "tham_dinh_cau_hinh", {COMMUNE: ["tiep_nhan"]}),
    ):
        services.accounts.create_staff(
            login=login,
            name="Vì Văn Thuận",
            password=PASSWORD,
            now=clock.now(),
            roles=(role,),
            functions=functions,
            agency=COMMUNE if functions else None,
            must_change_password=False,
        )
    definition = in_force(services, clock)
    for number in range(1, 4):
        dossier(services, definition, number, steps=1)
    path = newer(
        services,
        clock,
        ('amount: "20000"', 'amount: "15000"'),
        ("label: Cấp thẻ, amount: 2", "label: Cấp thẻ, amount: 1"),
        ("sets: 01 bộ", "sets: 02 bộ"),
    )
    dossier(services, definition, 4, at=1, steps=1)
    newer(
        services,
        clock,
        ('amount: "20000"', 'amount: "10000"'),
        start=(clock.now() + timedelta(days=30)).date(),
    )

    someone = sit_down(person, "thamdinh")
    page = someone.page
    page.goto(f"{path}/so-sanh")
    someone.look_twice("sua-doi-so-sanh")
    page.goto(f"{path}/")
    someone.look_twice("sua-doi-tong-quan")
    page.goto(f"/quan-tri/ban-cau-hinh/?q={CODE}")
    someone.look_twice("sua-doi-danh-sach")
    page.goto(f"{path}/tac-dong")
    someone.look_twice("sua-doi-tac-dong")
    page.get_by_role("link", name="Chuyển hồ sơ đang mở sang bản này").click()
    someone.look_twice("sua-doi-chon")
    someone.press("Chuyển các hồ sơ đã chọn")
    expect(page.get_by_role("alert")).to_contain_text("Ghi lý do chuyển")
    someone.look_twice("sua-doi-chon-loi")
    page.fill("[name=reason]", "Mức phí giảm theo nghị quyết của Hội đồng nhân dân")
    page.fill("[name=decision]", "QĐ 12/QĐ-UBND ngày 23/11/2026")
    someone.press("Chuyển các hồ sơ đã chọn")
    expect(page.locator("main")).to_contain_text("Đã chuyển: 4")
    someone.look_twice("sua-doi-ket-qua")
    page.locator("summary", has_text="Hoàn tác").click()
    page.fill("[name=reason]", "Chuyển nhầm đợt")
    someone.press("Xác nhận hoàn tác")
    expect(page.locator("main")).to_contain_text("Đã trở lại bản trước: 4")
    someone.look_twice("sua-doi-hoan-tac")
    page.get_by_role("link", name="000.00.00.H52-261123-0001").click()
    expect(page.locator("main")).to_contain_text("Trở lại bản thủ tục trước khi chuyển")

    writer = sit_down(person, "kiemsoat")
    page = writer.page
    version = services.definitions.save_draft("2.000181", _text(services), "kiemsoat", clock.now()).version
    page.goto(f"/quan-tri/ban-cau-hinh/2.000181/{version.id}/doi-muc-phi")
    writer.look_twice("sua-doi-phi")
    for box, value in (("d", "1"), ("m", "3"), ("y", "2027")):
        page.fill(f"form[method=get] [name='start.{box}']", value)
    writer.press("Tiếp tục")
    page.fill("[name=amount6]", "150.000")
    page.fill("[name=source]", "Nghị quyết 12/NQ-HĐND ngày 15/12/2026")
    writer.look_twice("sua-doi-phi-dong")
    writer.press("Ghi mức phí mới")
    expect(page.locator("main")).to_contain_text("150.000 đồng từ 01/03/2027")
    writer.look_twice("sua-doi-phi-so-sanh")

    reader = person("phone")
    reader.page.goto(f"/thu-tuc/{CODE}")
    expect(reader.page.locator("main")).to_contain_text("thủ tục này thay đổi")
    reader.look("sua-doi-trang-thu-tuc")


def _text(services) -> str:
    (shipped,) = services.definitions.versions("2.000181")
    return services.definitions.text(shipped)
