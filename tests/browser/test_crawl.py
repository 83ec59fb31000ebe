"""Every page for citizens on a small telephone: each in every light and size, each link leading somewhere."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from crawl import Crawl, pages_for_citizens
from hashing import cheap_hasher
from pay_walk import payer
from people import COMMUNE, PASSWORD, PDF, Province
from small_desk import APPLICANT, PROCEDURE, Kernel
from walk import TOBACCO_FORM, TOBACCO_QUESTIONS, begin, fill, upload_all

from definitions.english import texts
from rules.deadlines import DeadlineRule, Unit
from tthc.dossiers import commands as cmd
from tthc.dossiers.state import PaperFiles, SupplementItem
from tthc.services import EXTENSION, build

pytestmark = [pytest.mark.browser, pytest.mark.database]

# looked at by tests that come to them on their way: signing in and registering by code or provider, the bank's side, a
# form that ends without being handed in; the parts are for developers, the telephone is an official's
ELSEWHERE = {
    "apply.end",
    "bank.back",
    "bank.local",
    "bank.transfer",
    "confirm.contact",
    "confirm.register",
    "oidc.decide",
    "oidc.left",
    "parts",
    "phone.page",
    "safety.code",
}
# what leads on at once, or is asked by programs
NO_PAGES = {
    "apply.begin",
    "apply.resume",
    "arranging.small",
    "bank.notice",
    "health.live",
    "health.ready",
    "notices.show",
    "oidc.back",
    "oidc.start",
    "pay.go",
    "sending.part",
    "transfers.part",
}
UNCLEAR = "Trang 2 chụp mờ, không đọc được số hợp đồng"
LONG = "Tạp hóa " + "Hoa-ban-trang-Tay-Bac-" * 4


class Kept(Kernel):
    """Dossiers whose files are there to be opened."""

    def a_file(self, name):
        return self.s.files.put(PDF, name=f"{name}.pdf", kind="pdf", now=self.clock.now(), by="hoa")

    def hand_in(self, number, agency=COMMUNE, **applicant):
        self.clock.advance(minutes=1)
        answers = {"shop_name": LONG, "points": "2"}
        papers = (PaperFiles("hop_dong", (self.a_file("Hợp đồng " + "thuê-nhà-" * 20),)),)
        told = cmd.Submit(
            f"hs{number:03}", agency, replace(APPLICANT, **applicant), answers, papers, declared=True
        )
        return self.s.dossiers.start(self.definition, told, self.account("0912345678").actor(), self._id())


@pytest.fixture
def dossiers(province: Province, base: str) -> dict[str, str]:
    """The citizen's, by what they wait for; served where links back from the bank lead to."""
    s = province.services
    made = build(replace(s.settings, base_url=base), s.database, province.clock, cheap_hasher())
    province.app.extensions[EXTENSION] = province.services = made
    kernel = Kept(province)
    items = (
        SupplementItem("hop_dong", UNCLEAR),
        SupplementItem("shop_name", LONG),
    )
    asked = kernel.do("motcua", kernel.hand_in(1), cmd.RequestSupplement(items, note=LONG))
    third = kernel.examined(2)
    draft = kernel.a_file("du-thao")
    waiting = kernel.do("chuyenvien", third, cmd.Act(third.tasks[0].id, "trinh", files=(draft,)))
    ready = kernel.before_the_leader(3)
    for who, action, how in (
        ("chutich", "duyet", {}),
        ("vanthu", "phat_hanh", {"files": (draft,), "number": "01/GP", "issued_on": date(2026, 11, 23)}),
    ):
        ready = kernel.do(who, ready, cmd.Act(ready.tasks[0].id, action, **how))
    refused = kernel.do("motcua", kernel.hand_in(4), cmd.Refuse(reason=LONG))
    longer = kernel.examined(5)
    for aside in (
        cmd.Extend(DeadlineRule(Decimal(2), Unit.WORKING_DAY), UNCLEAR, "12/GP"),
        cmd.Apologise(UNCLEAR, kernel.clock.now() + timedelta(days=20)),
        cmd.LogCall("0912345678", UNCLEAR),
    ):
        longer = kernel.do("motcua", longer, aside)
    return {
        "asked": asked.id,
        "waiting": waiting.id,
        "ready": ready.id,
        "refused": refused.id,
        "longer": longer.id,
        "owing": payer(province).dossier_id,
    }


def vietnamese_by_nature(province: Province) -> list[str]:
    """Names of people and places, examples of how to write, and the texts of the procedure that has no English."""
    s = province.services
    day = s.clock.now().date()
    own = s.definitions.published(PROCEDURE, day)
    kept = [
        text for step in own.workflow.steps for text in (step.name, *(each.label for each in step.actions))
    ]
    shown = s.definitions.published("2.000181", day)
    examples = [each.example for field in shown.fields for each in (field, *field.item) if each.example]
    people = [account["name"] for account in s.database["accounts"].find({}, {"name": 1})]
    return [
        LONG,
        UNCLEAR,
        "Hợp đồng " + "thuê-nhà-" * 20,
        *texts(own),
        *kept,
        *examples,
        *people,
        *(agency.name for agency in s.agencies.all()),
    ]


def begun(province: Province) -> str:
    """A form half filled: its address."""
    citizen = province.citizen("0912345678")
    page = fill(citizen, begin(citizen, "2.000181"), TOBACCO_QUESTIONS | TOBACCO_FORM)
    upload_all(citizen, page)
    return page.url.removesuffix("/giay-to")


def test_every_page_for_citizens_on_a_small_telephone(person, province: Province, dossiers):
    anybody = Crawl(person("phone", bypass_csp=False), province.app)
    anybody.follow("/", "/tra-cuu/tai-quay", "/hop-thu-thu/tin-nhan", "/thu-tuc/2.000488")
    anybody.follow("/thu-tuc?q=khong+co+gi+nhu+the", f"/thu-tuc?q={LONG}")
    for address, button, typed in (
        ("/dang-nhap", "Đăng nhập", {"login": "0912345678"}),
        ("/dang-ky", "Tiếp tục, nhận mã", {"name": LONG}),
        ("/quen-mat-khau", "Gửi mã", {}),
        ("/quen-mat-khau", "Gửi mã", {"login": "0912345678"}),
        ("/quen-mat-khau/ma", "Đặt mật khẩu mới", {"code": "000000"}),
        ("/phan-anh", "Gửi", {"subject": LONG, "name": LONG}),
        ("/phan-anh/xem", "Xem", {"ma": LONG}),
        ("/danh-gia/phieu", "Mở phiếu đánh giá", {"ma": LONG}),
        ("/tra-cuu", "Xem tình trạng", {"ma": LONG}),
        ("/kiem-tra-chu-ky", "Kiểm tra", {}),
    ):
        anybody.press(address, button, **typed)
    anybody.in_english([LONG])
    assert anybody.faults == [], "\n".join(anybody.faults)

    form = begun(province)
    province.sweep()
    citizen = person("phone", bypass_csp=False)
    citizen.sign_in("0912345678", PASSWORD)
    own = Crawl(citizen, province.app, apart=("mine.dossier",), after=anybody)
    own.follow(
        "/",
        "/thu-tuc/2.000181",
        "/ho-so",
        "/thong-bao",
        "/phan-anh/cua-toi",
        "/tai-khoan",
        "/tai-khoan/xac-nhan",
        "/hop-thu-thu",
    )
    own.follow(*(f"/ho-so/{one}" for one in dossiers.values()), f"/ho-so/{dossiers['refused']}/danh-gia")
    steps = ("giay-to", "giay-to/dang_ky_kinh_doanh/ghep-anh", "nguoi-nop", "nhan-ket-qua", "kiem-tra")
    own.follow(*(f"{form}/{step}" for step in steps))
    for address, button, typed in (
        ("/tai-khoan", "Lưu", {"phone": "12"}),
        (f"/ho-so/{dossiers['asked']}/bo-sung", "Gửi phần bổ sung", {"shop_name": ""}),
        (f"/ho-so/{dossiers['owing']}/nop-phi/", "Tiếp tục", {}),
        (f"{form}/trang/thuong_nhan", "Tiếp tục", {"business_name": ""}),
        (f"{form}/kiem-tra", "Nộp hồ sơ", {}),
        (f"{form}/nguoi-nop", "Tiếp tục", {}),
    ):
        own.press(address, button, **typed)
    own.in_english(vietnamese_by_nature(province))
    assert own.faults == [], "\n".join(own.faults)
    left = pages_for_citizens(province.app) - anybody.looked - own.looked - NO_PAGES
    assert left == ELSEWHERE
