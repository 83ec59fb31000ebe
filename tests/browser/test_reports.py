"""A leader reads the reports at a desk and on a telephone, by keys and without a table too wide for the screen."""

import pytest
import reported
from people import COMMUNE, PASSWORD, Province
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.database]

AT = f"/motcua/{COMMUNE}/bao-cao"


@pytest.fixture
def filled(province: Province) -> Province:
    reported.fill(province.services)
    return province


def test_d25_1_a_leader_goes_from_the_figures_to_the_dossiers(person, filled):
    leader = person("desk")
    leader.sign_in("chutich", PASSWORD)
    leader.page.get_by_role("link", name="Theo dõi, báo cáo").click()
    leader.look_twice("bao-cao-hom-nay")
    leader.page.get_by_role("link", name="Biểu II.06a", exact=True).click()
    leader.look_twice("bao-cao-bieu-06a")
    leader.page.locator("tfoot a").first.click()
    expect(leader.page.locator("tbody tr")).to_have_count(8)
    leader.look_twice("bao-cao-phia-sau")
    for name, picture in (
        ("Theo cán bộ, phòng", "ket-qua"),
        ("Sổ theo dõi", "so-theo-doi"),
        ("Thiếu thông tin", "thieu-thong-tin"),
        ("Lấy ý kiến chậm", "lay-y-kien"),
        ("Xin lỗi", "xin-loi"),
    ):
        leader.page.get_by_label("Các báo cáo").get_by_role("link", name=name, exact=True).click()
        leader.look_twice(f"bao-cao-{picture}")
    leader.page.goto(f"{AT}/bieu-06a?loai=tuy-chon&tu.d=9&tu.m=11&tu.y=2026&den.d=1&den.m=11&den.y=2026")
    leader.look_twice("bao-cao-ky-sai")
    filled.officer("giamsat", "Lò Văn Giám", "giam_sat")
    watcher = person("phone")
    watcher.sign_in("giamsat", PASSWORD)
    assert watcher.page.url.endswith("/giam-sat")
    watcher.page.get_by_role("link", name="Báo cáo các cơ quan").click()
    watcher.page.wait_for_url("**/bao-cao")
    watcher.look_twice("bao-cao-cac-co-quan")
