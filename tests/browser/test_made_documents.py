"""Documents made from a definition: offered to the official, shown to the reviewer; looked at, phone and desk."""

import pytest
from people import PASSWORD, Province
from playwright.sync_api import expect
from walk import licence_at_the_examiner, open_dossier

pytestmark = [pytest.mark.browser, pytest.mark.database]


@pytest.fixture
def address(province: Province) -> str:
    """The page of a tobacco dossier that waits for the examiner's draft."""
    code = licence_at_the_examiner(province)
    return open_dossier(province.staff("chuyenvien"), "cho-toi", code).url


@pytest.mark.parametrize("screen", ["phone", "desk"])
def test_the_official_chooses_the_template_and_sends_it_on(person, address, screen):
    seen = person(screen)
    seen.sign_in("chuyenvien", PASSWORD)
    seen.page.goto(address)
    seen.look(f"lap-van-ban-{screen}", picture=True)
    seen.page.get_by_label("Dùng bản lập theo mẫu: Giấy phép bán lẻ sản phẩm thuốc lá").check()
    seen.page.get_by_role("button", name="Trình lãnh đạo phòng").click()
    expect(seen.page.get_by_text("Đã ghi nhận.")).to_be_visible()
    expect(seen.page.locator("section", has_text="Văn bản").get_by_text("giay-phep-").first).to_be_visible()
    seen.look(f"da-lap-van-ban-{screen}", picture=True)


def test_the_reviewer_reads_every_document(person, province: Province):
    province.officer("thamdinh", "Lường Thị Én", "tham_dinh_cau_hinh")
    version = province.services.definitions.versions("1.013225")[0]
    seen = person("phone")
    seen.sign_in("thamdinh", PASSWORD)
    seen.page.goto(f"/quan-tri/ban-cau-hinh/1.013225/{version.id}/van-ban-in")
    expect(seen.page.get_by_role("heading", name="Biên bản kiểm tra thực địa")).to_be_visible()
    seen.look_twice("van-ban-in")
