"""The catalogue and its coverage as officers and reviewers work with them (Đ7.3, Đ9.1b, Đ9.3a, Đ24.3)."""

import io
from dataclasses import replace
from datetime import date

import pytest
from registered import ADMIN, CODE, DAY, DECISION, NAME, ONLINE, TEXT, boxes, draft, enter, sheet

from definitions.lifecycle import State
from definitions.shipped import shipped
from tthc.registry.store import RegistryStore

WRITERS_ONLY = ("danh-muc/them", "danh-muc/nhap-bang", "phieu-dang-ky/them")
READ = (
    "danh-muc/",
    "muc-do/",
    "muc-do/?theo=co-quan",
    "phieu-dang-ky/",
    "lo-trinh/",
    "cong-bo/",
    "cong-bo/thong-bao",
)


def test_writers_write_reviewers_and_administrators_read(visit):
    for who in ("soan", "duyet", "quantri"):
        assert {url: visit(who).get(f"{ADMIN}/{url}").status_code for url in READ} == dict.fromkeys(READ, 200)
    for url in READ:
        assert visit("motcua").get(f"{ADMIN}/{url}").status_code == 403
    for url in WRITERS_ONLY:
        assert visit("soan").get(f"{ADMIN}/{url}").status_code == 200
        assert visit("duyet").get(f"{ADMIN}/{url}").status_code == 403
        assert visit("quantri").get(f"{ADMIN}/{url}").status_code == 403
    for who, url in (("soan", "cong-bo/them"), ("quantri", "cong-bo/them"), ("duyet", "lo-trinh/them")):
        someone = visit(who)
        someone.get(f"{ADMIN}/cong-bo/thong-bao")
        assert someone.post(f"{ADMIN}/{url}").status_code == 403
    side = visit("quantri").get(f"{ADMIN}/").text
    assert "Danh mục và đăng ký" in side and "Mức độ cung cấp" in side


def test_a_table_is_looked_at_before_anything_is_written(officer, services):
    page = enter(officer, f"{CODE}\t{NAME}\tThư viện\txã", act="preview")
    assert page.status_code == 200
    assert "Ghi 1 dòng vào danh mục" in page.text
    assert services.registry.store.entries() == ()
    page = enter(officer, f"{CODE}\t{NAME}\tThư viện\txã", "9.1\tĐổi thẻ\tThư viện\txã")
    assert page.status_code == 422
    assert "Mã thủ tục có dạng" in page.text and "1 dòng cần sửa" in page.text
    assert f"{CODE}\t{NAME}" in page.text and 'value="12/QĐ-UBND"' in page.text
    assert services.registry.store.entries() == ()
    page = enter(officer, f"{CODE}\t{NAME}\tThư viện\txã", "9.000002\tĐổi thẻ\tThư viện\txã")
    assert "Đã ghi 2 dòng" in page.text
    assert [entry.code for entry in services.registry.store.entries()] == [CODE, "9.000002"]
    assert enter(officer, f"{CODE}\t{NAME}\tThư viện\txã").status_code == 422


def test_a_csv_file_is_read_and_a_table_without_its_decision_is_refused(officer, services):
    page = enter(
        officer,
        file=(io.BytesIO("\ufeffmã;tên;lĩnh vực;cấp\n9.000002;Đổi thẻ;Thư viện;xã".encode()), "a.csv"),
    )
    assert "Đã ghi 1 dòng" in page.text
    page = enter(officer, file=(io.BytesIO("mã;tên\n9.000003;Đổi".encode("utf-16")), "a.csv"))
    assert page.status_code == 422 and "UTF-8" in page.text
    page = enter(officer, f"{CODE}\t{NAME}\tThư viện\txã", decision_number="")
    assert page.status_code == 422 and "Ghi số quyết định" in page.text
    assert len(services.registry.store.entries()) == 1


def test_d24_3_a_change_is_a_new_row_and_the_old_one_stays(officer, services):
    enter(officer, f"{CODE}\t{NAME}\tThư viện\txã")
    begun = officer.get(f"{ADMIN}/danh-muc/them?ma={CODE}").text
    assert NAME in begun
    page = officer.post(
        f"{ADMIN}/danh-muc/them",
        code=CODE,
        kind="sua_doi",
        name="Cấp thẻ bạn đọc",
        sector="Thư viện",
        levels="xa",
        **DECISION,
        **DAY,
        **boxes("start", date(2026, 12, 1)),
    )
    assert "Đã ghi vào danh mục" in page.text
    assert "Sắp có hiệu lực" in page.text and "Đang có hiệu lực" in page.text
    rows = services.registry.store.entries(CODE)
    assert [row.name for row in rows] == [NAME, "Cấp thẻ bạn đọc"]
    assert services.registry.official(CODE, date(2026, 11, 30)).name == NAME
    assert services.registry.official(CODE, date(2026, 12, 1)).name == "Cấp thẻ bạn đọc"
    page = officer.post(
        f"{ADMIN}/danh-muc/them",
        code=CODE,
        kind="bai_bo",
        **DECISION,
        **DAY,
        **boxes("start", date(2027, 1, 1)),
    )
    assert "Bãi bỏ" in page.text
    assert services.registry.catalogue(date(2027, 1, 1)) == ()
    services.definitions.seed([("thu_muc.yaml", TEXT)], services.clock.now())
    ended = services.registry.mismatches(date(2027, 1, 1)).ended
    assert [definition.procedure for definition in ended] == [CODE]
    assert services.registry.mismatches(date(2026, 12, 31)).ended == ()
    page = officer.post(f"{ADMIN}/danh-muc/them", code=CODE, kind="moi", name="Thẻ", **DECISION, **DAY)
    assert page.status_code == 422 and 'value="9.000001"' in page.text


def test_two_people_entering_the_same_row_do_not_both_succeed(officer, services, clock):
    enter(officer, f"{CODE}\t{NAME}\tThư viện\txã")
    (row,) = services.registry.store.entries()
    store: RegistryStore = services.registry.store
    with pytest.raises(ValueError, match="đã có dòng bắt đầu từ ngày đó"):
        store.enter(row.decision, [replace(row, id="")], "khac", clock.now())
    assert len(store.entries()) == 1


def test_d7_3_a_name_unlike_the_catalogues_is_told_and_blocks_registration(officer, services, written):
    assert "khác danh mục" not in officer.get(written + "/").text
    enter(officer, f"{CODE}\tCấp thẻ thư viện cấp xã\tThư viện\txã")
    page = officer.get(written + "/").text
    assert "Tên thủ tục khác danh mục đã công bố" in page
    assert "Cấp thẻ thư viện cấp xã" in page and "12/QĐ-UBND ngày 20/11/2026" in page
    page = officer.post(written + "/dang-ky")
    assert page.status_code == 422
    assert "ghi đúng: “Cấp thẻ thư viện cấp xã”" in page.text
    assert services.definitions.versions(CODE)[-1].state is State.DRAFT
    officer.post(
        f"{ADMIN}/danh-muc/them",
        code=CODE,
        kind="sua_doi",
        name=NAME,
        sector="Thư viện",
        levels="xa",
        **DECISION,
        **DAY,
        **boxes("start", date(2026, 11, 23)),
    )
    assert "khác danh mục" not in officer.get(written + "/").text
    assert "Đã đăng ký thẩm định" in officer.post(written + "/dang-ky").text


def test_d9_1b_the_same_procedure_under_another_form_of_its_code_is_refused(officer, province, clock):
    local = f"{CODE}.000.00.00.H52"
    province.definitions.seed([("thu_muc.yaml", TEXT)], clock.now())
    version = draft(province, clock, TEXT.replace(f'"{CODE}"', f'"{local}"'), local)
    place = f"{ADMIN}/ban-cau-hinh/{local}/{version.id}"
    page = officer.post(place + "/dang-ky")
    assert page.status_code == 422
    assert f"bản cấu hình mang mã {CODE}" in page.text and "Đ9.1b" in page.text


def test_the_catalogue_of_the_demonstration_comes_from_the_definitions(province, clock, reviewer):
    assert province.registry.add_demonstration(clock.now()) == len(shipped())
    assert province.registry.add_demonstration(clock.now()) == 0
    assert province.registry.mismatches(clock.now().date()).unknown == ()
    today = clock.now().date()
    names = {d.procedure: d.name for d in province.definitions.list_published(today)}
    assert {entry.code: entry.name for entry in province.registry.catalogue(today)} == names
    assert "dữ liệu trình diễn" in reviewer.get(f"{ADMIN}/danh-muc/?q={ONLINE}").text


def test_d9_3a_the_page_of_coverage_shows_what_is_below_level_2(officer, reviewer, province, clock):
    province.registry.add_demonstration(clock.now())
    before = reviewer.get(f"{ADMIN}/muc-do/").text
    total = len(shipped())
    enter(officer, "9.000002\tĐổi thẻ bạn đọc\tThư viện\txã")
    page = reviewer.get(f"{ADMIN}/muc-do/").text
    assert page != before
    whole = province.registry.coverage(clock.now().date(), str).whole
    assert whole.total == total + 1
    assert f"{whole.total - len(whole.short)}/{whole.total} thủ tục từ mức độ 2 trở lên" in page
    assert "Đổi thẻ bạn đọc" in reviewer.get(f"{ADMIN}/muc-do/toan-tinh/tat-ca?muc=0").text
    assert "Đổi thẻ bạn đọc" in reviewer.get(f"{ADMIN}/muc-do/linh-vuc/thu-vien").text
    assert "Đổi thẻ bạn đọc" in reviewer.get(f"{ADMIN}/muc-do/co-quan/phuong-to-hieu").text
    assert reviewer.get(f"{ADMIN}/muc-do/co-quan/khong-co").status_code == 404
    rows = sheet(reviewer.get(f"{ADMIN}/muc-do/muc-do.csv"))
    library = next(row for row in rows if row["Lĩnh vực"] == "Thư viện")
    assert (library["Số thủ tục"], library["Chưa cung cấp"], library["Tỷ lệ từ mức độ 2 (%)"]) == (
        "1",
        "1",
        "0",
    )
    assert rows[-1]["Lĩnh vực"] == "Toàn tỉnh" and rows[-1]["Số thủ tục"] == str(total + 1)
    here = sheet(reviewer.get(f"{ADMIN}/muc-do/co-quan/phuong-to-hieu/thu-tuc.csv"))
    assert {row["Mã thủ tục"]: row["Mức độ"] for row in here}["9.000002"] == "0"


def test_a_cell_that_a_spreadsheet_would_run_is_only_text(officer, reviewer):
    enter(officer, "9.000002\tĐổi thẻ\t=1+1\txã")
    rows = sheet(reviewer.get(f"{ADMIN}/muc-do/muc-do.csv"))
    assert rows[0]["Lĩnh vực"] == "'=1+1"
