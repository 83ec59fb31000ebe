"""Who sees what of the administration, and what its pages show."""

import re

import pytest

from tthc.accounts.service import Registration
from tthc.web.access import rules_of


def test_every_view_has_a_rule(app):
    found = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/quan-tri")]
    assert len(found) > 15
    assert all(rules_of(app, rule.endpoint) for rule in found)


PLACES = [
    ("soan", "/quan-tri/", 200),
    ("duyet", "/quan-tri/", 200),
    ("quantri", "/quan-tri/", 200),
    ("motcua", "/quan-tri/", 403),
    ("motcua", "/quan-tri/ban-cau-hinh/", 403),
    ("soan", "/quan-tri/ban-cau-hinh/them", 200),
    ("duyet", "/quan-tri/ban-cau-hinh/them", 403),
    ("quantri", "/quan-tri/ban-cau-hinh/them", 403),
    ("quantri", "/quan-tri/ban-cau-hinh/", 200),
    ("soan", "/quan-tri/co-quan/", 403),
    ("duyet", "/quan-tri/tai-khoan/", 403),
    ("soan", "/quan-tri/thu-da-gui/", 403),
    ("quantri", "/quan-tri/co-quan/", 200),
    ("quantri", "/quan-tri/tai-khoan/", 200),
    ("quantri", "/quan-tri/thu-da-gui/", 200),
    ("soan", "/quan-tri/ban-cau-hinh/9.000009/khong-co/", 404),
]


def test_each_role_has_its_pages(visit):
    found = [(who, url, visit(who).get(url).status_code) for who, url, _ in PLACES]
    assert found == PLACES


def test_strangers_are_asked_to_sign_in(visit):
    answer = visit().client.get("/quan-tri/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/dang-nhap")


def test_citizens_are_turned_away(app, services, clock):
    who = Registration("person", "Lò Thị Xuân", "Mua-xuan-Moc-Chau-7", phone="0912345678", terms_version="1")
    account = services.accounts.register(who, clock.now())
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["_user_id"] = f"{account.key}.{account.stamp}"
        kept["sid"] = "lan"
    services.sessions.open("lan", account.key, account.stamp)
    assert client.get("/quan-tri/").status_code == 403
    assert client.get("/quan-tri/ban-cau-hinh/").status_code == 403


def test_nothing_is_done_without_the_forms_own_token(visit, services, written):
    for act in ("dang-ky", "tra-lai", "duyet", "cong-bo", "bai-bo", "sua"):
        for who in ("soan", "duyet"):
            answer = visit(who).client.post(f"{written}/{act}", data={"text": "x", "reasons": "x"})
            assert answer.status_code in {400, 403}
    assert str(services.definitions.versions("9.000001")[0].state) == "draft"


def test_writers_have_no_part_in_the_review(visit, services, written):
    officer = visit("soan")
    officer.get(written + "/")
    officer.post(written + "/dang-ky")
    for act in ("tra-lai", "duyet", "cong-bo", "bai-bo"):
        assert officer.post(f"{written}/{act}", reasons="x").status_code == 403
    assert str(services.definitions.versions("9.000001")[0].state) == "registered"


def test_reviewers_do_not_register(visit, written):
    reviewer = visit("duyet")
    reviewer.get(written + "/")
    assert reviewer.post(written + "/dang-ky").status_code == 403


def test_the_reviewer_sees_page_form_text_and_changes(visit, written):
    reviewer = visit("duyet")
    overview = reviewer.get(written + "/").text
    assert "2/2 đạt" in overview
    assert "Giải quyết và trả kết quả → Kết thúc" in overview
    public = reviewer.get(written + "/trang-thu-tuc").text
    assert "Trách nhiệm của mỗi bên" in public
    assert "Phí làm thẻ" in public
    assert "46/2019/QH14" in public
    assert "Soạn bản mới từ bản này" not in overview
    empty = reviewer.get(written + "/bieu-mau?trang=nguoi_doc").text
    assert "Họ và tên" in empty
    assert "reader_phone" not in empty
    filled = reviewer.get(written + "/bieu-mau?trang=nguoi_doc&vi_du=1").text
    assert 'value="Lò Thị Xuân"' in filled
    assert "reader_phone" in filled
    text = reviewer.get(written + "/noi-dung").text
    assert '<li value="1" id="d1"><code>procedure: &#34;9.000001&#34;</code>' in text
    assert "bản đầu tiên" in reviewer.get(written + "/so-sanh").text


def test_documents_are_seen_as_the_first_fitting_example_makes_them(visit, services, written):
    assert "Chưa có văn bản in ra" in visit("duyet").get(written + "/van-ban-in").text
    version = services.definitions.versions("1.013225")[0]
    place = f"/quan-tri/ban-cau-hinh/1.013225/{version.id}/van-ban-in"
    for who in ("soan", "duyet"):
        page = visit(who).get(place).text
        assert "Giấy phép xây dựng" in page
        assert "Lò Văn Hặc" in page
        assert "Cơ quan phòng cháy, chữa cháy" in page
        assert "thẩm duyệt thiết kế về phòng cháy, chữa cháy không" in page
        paper = visit(who).client.get(f"{place}/giay_phep.pdf")
        assert paper.mimetype == "application/pdf"
        assert paper.data.startswith(b"%PDF")
    assert visit("duyet").get(f"{place}/khong_co.pdf").status_code == 404
    assert visit("motcua").client.get(f"{place}/giay_phep.pdf").status_code == 403


def test_the_reviewer_reads_event_rules_in_words(visit, services):
    shipped = services.definitions.versions("2.000181")[0]
    page = visit("duyet").get(f"/quan-tri/ban-cau-hinh/2.000181/{shipped.id}/").text
    assert (
        "Khi “quá hạn trả” là đúng và “số lần xin lỗi” là 0: báo cán bộ tiếp nhận và trả kết quả: Hồ sơ quá hạn"
        in page
    )
    assert "“bước đang mở” là “Lãnh đạo phòng phân công”" in page
    assert "Điều 15 khoản 1 điểm d" in page


def test_the_form_can_be_tried_and_says_what_is_wrong(visit, written):
    reviewer = visit("duyet")
    reviewer.get(written + "/bieu-mau?trang=nguoi_doc&vi_du=2")
    page = reviewer.post(written + "/bieu-mau?trang=nguoi_doc&vi_du=2", reader_name="")
    assert "Nhập họ và tên" in page.text
    page = reviewer.post(written + "/bieu-mau?trang=nguoi_doc&vi_du=2", reader_name="Lan")
    assert "Trang này điền đúng" in page.text
    live = reviewer.post(written + "/bieu-mau/doi?trang=cau_hoi_mo_dau", borrow_home="true")
    assert live.status_code == 200
    assert live.text.startswith('<div id="form-page">')


def test_a_new_version_shows_what_it_changes(visit, services):
    officer = visit("soan")
    shipped = services.definitions.versions("2.000815")[0]
    page = officer.get(f"/quan-tri/ban-cau-hinh/them?tu=2.000815/{shipped.id}").text
    source = f"/quan-tri/ban-cau-hinh/2.000815/{shipped.id}/noi-dung.yaml"
    assert source in page  # a long text comes after the page, for which it is too heavy
    assert "Chứng thực bản sao từ bản chính" in officer.get(source).text
    text = services.definitions.text(shipped).replace("max: 30\n", "max: 40\n", 1)
    officer.post("/quan-tri/ban-cau-hinh/them", text=text)
    fresh = services.definitions.versions("2.000815")[-1]
    changes = officer.get(f"/quan-tri/ban-cau-hinh/2.000815/{fresh.id}/so-sanh").text
    assert re.search(r"at-removed.*max: 30", changes)
    assert re.search(r"at-added.*max: 40", changes)


def test_d24_3_an_amendment_begins_in_the_builder_and_once(visit, services):
    officer = visit("soan")
    published = services.definitions.versions("2.000815")[0]
    place = f"/quan-tri/ban-cau-hinh/2.000815/{published.id}"
    assert f'action="{place}/ban-moi"' in officer.get(place + "/").text
    before = len(services.definitions.versions("2.000815"))
    first = officer.post(place + "/ban-moi", follow=False)
    again = officer.post(place + "/ban-moi", follow=False)
    assert first.headers["Location"] == again.headers["Location"]
    assert first.headers["Location"].endswith("/soan")
    after = services.definitions.versions("2.000815")
    assert len(after) == before + 1
    assert services.definitions.text(after[-1]) == services.definitions.text(published)
    reviewer = visit("duyet")
    reviewer.get(place + "/")
    assert reviewer.post(place + "/ban-moi", follow=False).status_code == 403


def test_a_broken_version_has_no_preview_but_says_so(visit, services):
    officer = visit("soan")
    officer.get("/quan-tri/ban-cau-hinh/them")
    officer.post("/quan-tri/ban-cau-hinh/them", text='procedure: "9.000004"\nname: Thử\n')
    place = f"/quan-tri/ban-cau-hinh/9.000004/{services.definitions.versions('9.000004')[0].id}"
    for part in ("trang-thu-tuc", "bieu-mau", "van-ban-in"):
        assert "Chưa xem trước được" in officer.get(f"{place}/{part}").text
    overview = officer.get(place + "/").text
    assert "Lỗi phải sửa" in overview
    assert ">Thử</h1>" in overview
    assert "sửa hết mới đăng ký được" in overview


@pytest.mark.usefixtures("written")
def test_the_list_is_filtered_by_state_and_by_words_without_accents(visit):
    officer = visit("soan")
    assert "9.000001" in officer.get("/quan-tri/ban-cau-hinh/").text
    drafts = officer.get("/quan-tri/ban-cau-hinh/?trang_thai=dang-soan").text
    assert "9.000001" in drafts
    assert "2.000815" not in drafts
    found = officer.get("/quan-tri/ban-cau-hinh/?q=the ban doc").text
    assert "9.000001" in found
    assert "2.000815" not in found
    assert "Không có bản cấu hình nào" in officer.get("/quan-tri/ban-cau-hinh/?q=zzz").text


def test_the_side_bar_shows_only_what_one_may_open(visit):
    assert "Tài khoản</a>" in visit("quantri").get("/quan-tri/").text
    side = visit("soan").get("/quan-tri/").text
    assert "/quan-tri/tai-khoan/" not in side
    assert "/quan-tri/ban-cau-hinh/" in side


def test_citizens_are_found_only_by_their_exact_address_and_shown_covered(visit, services, clock):
    who = Registration("person", "Lò Thị Xuân", "Mua-xuan-Moc-Chau-7", phone="0912345678", terms_version="1")
    services.accounts.register(who, clock.now())
    admin = visit("quantri")
    assert "Cán bộ soan" in admin.get("/quan-tri/tai-khoan/").text
    assert "Không tìm thấy tài khoản nào" in admin.get("/quan-tri/tai-khoan/?q=Xuân").text
    page = admin.post("/quan-tri/tai-khoan/tra-cuu", login="0912345678").text
    assert "Lò T** X***" in page
    assert "091****678" in page
    assert "Không tìm thấy" in admin.post("/quan-tri/tai-khoan/tra-cuu", login="09123").text


def test_the_mailbox_lists_letters_with_covered_addresses(visit, mongo_database, clock):
    mongo_database["mailbox"].insert_one(
        {
            "_id": "1",
            "to": "xuan.lo@example.vn",
            "subject": "Đã tiếp nhận",
            "body": "Hồ sơ đã được tiếp nhận.",
            "channel": "email",
            "at": clock.now(),
        }
    )
    page = visit("quantri").get("/quan-tri/thu-da-gui/").text
    assert "Đã tiếp nhận" in page
    assert "xu*****@example.vn" in page
    assert "xuan.lo" not in page


def test_pages_keep_the_strict_policy(visit, written):
    officer = visit("soan")
    for part in ("", "trang-thu-tuc", "bieu-mau", "van-ban-in", "noi-dung", "so-sanh", "sua"):
        page = officer.get(f"{written}/{part}")
        assert page.status_code == 200
        assert "nonce" not in page.headers["Content-Security-Policy"]
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=", page.text)
