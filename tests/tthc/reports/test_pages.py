"""The reports of a commune as its leader, its reception and the centre see them."""

import csv
import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from people import COMMUNE, OTHER, PASSWORD
from pypdf import PdfReader
from reported import NOW, stories

from tthc.measures import periods
from tthc.measures.form_06a import COLUMNS, count_06a, form_06a, identities, total
from tthc.reports import routes
from tthc.reports.naming import UNKNOWN, Names

pytestmark = pytest.mark.database

AT = f"/motcua/{COMMUNE}/bao-cao"
NOVEMBER = "ky=2026-thang-11"
EXPECTED = dict(zip(COLUMNS, (8, 2, 3, 3, 4, 2, 1, 1, 4, 2, 2), strict=True))


@pytest.fixture(scope="module")
def leader(reported):
    return reported.staff("chutich")


@pytest.fixture(scope="module")
def watcher(reported):
    reported.officer("giamsat", "Lò Văn Giám", "giam_sat")
    visitor = reported.visitor()
    visitor.sign_in("giamsat", PASSWORD)
    return visitor


def links(page, measure):
    """The addresses behind a measure's figures on a page, with the figure each shows."""
    found = re.findall(rf'href="([^"]*ct={measure}(?:&[^"]*)?)"[^>]*>(?:<b>)?(\d+)', page.html)
    return [(url.replace("&amp;", "&"), int(count)) for url, count in found]


def listed(page):
    """How many dossiers a list says it holds, and how many it shows."""
    return int(re.search(r"(\d+) hồ sơ</h1>", page.html)[1]), page.html.count('data-label="Thủ tục"')


def test_d25_1_the_form_of_a_month_and_the_dossiers_behind_every_figure(leader):
    page = leader.get(f"{AT}/bieu-06a?{NOVEMBER}")
    assert page.status == 200 and "Tháng 11 năm 2026" in page.text
    for measure, count in EXPECTED.items():
        found = links(page, measure)
        assert found[-1][1] == count, measure
        for url, shown in found:
            assert listed(leader.get(url)) == (shown, shown), measure
    assert (
        "Đã giải quyết sau ngày hẹn đầu tiên trên giấy tiếp nhận (dù sau đó dừng hay gia hạn): 2 hồ sơ."
        in page.text
    )


def test_a_list_goes_on_by_key_and_shows_each_dossier_once(leader, monkeypatch):
    monkeypatch.setattr(routes, "PAGE", 3)
    url, seen = f"{AT}/ho-so?{NOVEMBER}&ct=received&slug=x&_external=1", []
    while url:
        page = leader.get(url)
        assert page.status == 200 and listed(page)[0] == 8
        seen += re.findall(r">(000\.[^<]+)</a>", page.html)
        following = re.search(r'href="([^"]+)" rel="next"', page.html)
        url = following and following[1].replace("&amp;", "&")
    assert len(seen) == 8 == len(set(seen))
    assert leader.get(f"{AT}/ho-so?{NOVEMBER}&ct=khong-co").status == 404
    assert leader.get(f"{AT}/ho-so?ky=2026-thang-13").status == 404
    assert leader.get(f"{AT}/so-theo-doi?{NOVEMBER}&sau=khong.phai").status == 404


def test_the_form_is_what_the_histories_alone_say(reported):
    s = reported.services
    period = periods.period("thang", 2026, 11)
    dossiers = [story.dossier for story in stories()]
    told = form_06a(dossiers, period.start, NOW + timedelta(milliseconds=1), lambda _: ("a", "A"))
    lives = s.lives.of([COMMUNE], period.start, NOW + timedelta(milliseconds=1))
    kept = count_06a(lives, period.start, NOW + timedelta(milliseconds=1), lambda _: ("a", "A"))
    assert kept == told and identities(total(told)) == ()
    assert {name: getattr(total(told), name) for name in COLUMNS} == EXPECTED


def test_d27_half_a_year_a_year_and_any_two_days_are_asked_for(leader):
    page = leader.get(f"{AT}/bieu-06a")
    for preset in (
        "Tháng 11 năm 2026",
        "Quý IV năm 2026",
        "6 tháng cuối năm 2026",
        "6 tháng đầu năm 2026",
        "Năm 2026",
        "Năm 2025",
    ):
        assert preset in page.text
    year = leader.get(f"{AT}/bieu-06a?loai=nam&so=1&nam=2026")
    assert '<h2 id="bieu">Năm 2026</h2>' in year.html and links(year, "received")[-1][1] == 9
    days = "&".join(
        f"{k}.{p}={v}"
        for k, d in (("tu", (1, 10, 2026)), ("den", (31, 10, 2026)))
        for p, v in zip("dmy", d, strict=True)
    )
    october = leader.get(f"{AT}/bieu-06a?loai=tuy-chon&{days}")
    assert "ky=20261001-20261031" in october.html and links(october, "received")[-1][1] == 4
    assert "Từ ngày 01/10/2026 đến hết ngày 31/10/2026" in october.text
    half = leader.get(f"{AT}/bieu-06a?ky=2026-sau-thang-1")
    assert "Không có hồ sơ nào trong kỳ" in half.text


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("loai=quy&so=5&nam=2026", "Quý trong năm là số từ 1 đến 4"),
        ("loai=thang&so=ba&nam=2026", "Nhập số của kỳ bằng số"),
        ("loai=thang&so=3&nam=1", "Nhập năm từ 2000 đến 2100"),
        ("loai=tuy-chon&tu.d=5&tu.m=11&tu.y=2026&den.d=1&den.m=11&den.y=2026", "Ngày cuối kỳ phải bằng hoặc sau"),
        ("loai=tuy-chon&tu.d=31&tu.m=2&tu.y=2026&den.d=1&den.m=11&den.y=2026", "Từ ngày:"),
        ("ky=2026-tuan-3", "Chọn kỳ báo cáo"),
        ("ky=20260231-20260301", "Nhập ngày có trong lịch"),
    ],
)  # fmt: skip
def test_a_period_that_cannot_be_read_is_said_and_nothing_is_lost(leader, asked, says):
    page = leader.get(f"{AT}/bieu-06a?{asked}")
    assert page.status == 200 and says in page.text
    for value in re.findall(r"(?:so|tu\.d)=(\w+)", asked):
        assert f'value="{value}"' in page.html


def test_d25_1_today_by_unit_and_by_officer(leader):
    page = leader.get(AT)
    assert page.status == 200 and "Theo phòng" in page.text and "Theo cán bộ" in page.text
    for measure, count in {"open": 4, "due_soon": 1, "overdue": 2, "waiting": 1, "done": 4}.items():
        found = links(page, measure)
        assert found[0][1] == count, measure
        for url, shown in found:
            assert listed(leader.get(url)) == (shown, shown), (measure, url)
    assert "Cán bộ vien: 4" in page.html, "the drawing says its figures in words"


def test_d25_1_results_by_officer_late_by_both_dates_with_pauses_extensions_and_apologies(leader):
    page = leader.get(f"{AT}/ket-qua?{NOVEMBER}")
    expected = {
        "late": 1,
        "late_original": 2,
        "overdue_original": 3,
        "paused": 1,
        "apologised": 1,
        "solved": 4,
    }
    for measure, count in expected.items():
        found = links(page, measure)
        assert found[-1][1] == count, measure
        for url, shown in found:
            assert listed(leader.get(url)) == (shown, shown), (measure, url)
    october = leader.get(f"{AT}/ket-qua?ky=2026-thang-10")
    assert links(october, "extended")[-1][1] == 1


def test_d25_1_the_form_as_csv_workbook_and_paper_says_what_the_page_says(leader):
    name = f"{AT}/tai/bieu-06a"
    got = leader.get(f"{name}.csv?{NOVEMBER}")
    rows = list(csv.reader(io.StringIO(got.data.decode("utf-8-sig"))))
    assert rows[0][2] == "Tiếp nhận: Tổng số" and rows[-1][1] == "Tổng số"
    assert [int(cell) for cell in rows[-1][2:]] == list(EXPECTED.values())
    sheet = load_workbook(io.BytesIO(leader.get(f"{name}.xlsx?{NOVEMBER}").data)).active
    last = next(row for row in sheet.iter_rows(values_only=True) if row[1] == "Tổng số")
    assert list(last[2:]) == list(EXPECTED.values())
    assert sheet.page_setup.orientation == "landscape" and sheet.print_title_rows
    paper = PdfReader(io.BytesIO(leader.get(f"{name}.pdf?{NOVEMBER}").data))
    box = paper.pages[0].mediabox
    assert box.width > box.height and abs(float(box.width) - 842) < 2
    text = re.sub(r"\s+", " ", paper.pages[0].extract_text())
    assert "II.06a/VPCP/KSTT" in text and "Tổng số 8 2 3 3 4 2 1 1 4 2 2" in text
    for which in ("can-bo", "phong"):
        for kind in ("csv", "xlsx", "pdf"):
            assert leader.get(f"{AT}/tai/{which}.{kind}?{NOVEMBER}").status == 200
    assert leader.get(f"{name}.docx?{NOVEMBER}").status == 404
    assert leader.get(f"{AT}/tai/khac.csv?{NOVEMBER}").status == 404


def test_d11_2_the_register_is_filled_from_histories_and_its_reading_is_logged(reported):
    desk = reported.staff("motcua")
    page = desk.get(f"{AT}/so-theo-doi?{NOVEMBER}")
    assert page.status == 200 and page.html.count('<th scope="row">') == 5
    assert "0912345678" not in page.html and "Rút theo yêu cầu" in page.text
    logged = list(reported.services.database["reads"].find({"what": "so-theo-doi:2026-thang-11"}))
    assert [row["name"] for row in logged] == ["Lò Thị Hạnh"]
    october = desk.get(f"{AT}/so-theo-doi?ky=2026-thang-10")
    assert "Gia hạn 1 lần" in october.text and "Xin lỗi 1 lần" in october.text
    assert "09:00 06/10/2026" in october.text, "handed over at the actual time"


def test_d24_2_the_register_leaves_with_a_reason_which_is_logged(reported):
    desk = reported.staff("motcua")
    page = desk.get(f"{AT}/so-theo-doi?{NOVEMBER}")
    acts = reported.services.acts
    refused = desk.submit(page, "/so-theo-doi/xuat", {"kind": "xlsx", "reason": "  "})
    assert refused.status == 422 and "Ghi lý do xuất sổ" in refused.text
    long = desk.submit(page, "/so-theo-doi/xuat", {"kind": "xlsx", "reason": "x" * 501})
    assert long.status == 422 and "không quá 500 ký tự" in long.text and "x" * 501 in long.html
    assert acts.find(target=COMMUNE).rows == ()
    got = desk.submit(page, "/so-theo-doi/xuat", {"kind": "xlsx", "reason": "Báo cáo quý"})
    (act,) = acts.find(target=COMMUNE).rows
    assert (act.what, act.reason, act.after["rows"]) == ("report.exported", "Báo cáo quý", 5)
    sheet = load_workbook(io.BytesIO(got.data)).active
    cells = [row for row in sheet.iter_rows(values_only=True) if str(row[1]).startswith("000.")]
    assert len(cells) == 5 and all("0912345678" in row[5] for row in cells)
    assert {str(row[7])[:16] for row in cells} >= {"2026-11-16 14:00", "2026-11-05 08:00"}
    paper = desk.submit(page, "/so-theo-doi/xuat", {"kind": "pdf", "reason": "Lưu"})
    assert paper.data.startswith(b"%PDF") and len(PdfReader(io.BytesIO(paper.data)).pages) >= 1


def test_d25_2_what_lacks_status_or_information_is_found_rule_by_rule(reported):
    desk = reported.staff("motcua")
    page = desk.get(f"{AT}/thieu-thong-tin")
    for rule in ("Quá 08 giờ làm việc chưa tiếp nhận", "Quá hạn mà chưa xin lỗi"):
        assert rule in page.text
    url = re.search(r'href="([^"]+luat=overdue_silent)"', page.html)[1]
    late = desk.get(url)
    assert "Quá hạn mà chưa xin lỗi: 2 hồ sơ" in late.text and late.html.count('data-label="Thiếu"') == 2
    assert desk.get(f"{AT}/thieu-thong-tin?luat=khac").status == 404


def test_d13_3c_opinions_that_are_late_are_listed(leader):
    page = leader.get(f"{AT}/lay-y-kien?{NOVEMBER}")
    assert "UBND xã B" in page.text and "chưa trả lời, chậm 25 ngày" in page.text
    assert "chậm" in leader.get(f"{AT}/danh-sach/lay-y-kien.csv?{NOVEMBER}").data.decode()


def test_d13_3dd_extensions_keep_the_date_before_and_the_date_after(leader):
    page = leader.get(f"{AT}/gia-han?ky=2026-thang-10")
    for told in ("08:00 02/11/2026", "08:00 05/11/2026", "12/ĐN-UBND", "Cần xác minh", "khoản 2 Điều 5"):
        assert told in page.text
    assert "Không có hồ sơ nào được gia hạn trong kỳ" in leader.get(f"{AT}/gia-han?{NOVEMBER}").text


def test_d15_1d_apologies_say_the_day_that_was_missed_and_the_day_promised(leader):
    page = leader.get(f"{AT}/xin-loi?{NOVEMBER}")
    for told in ("08:00 27/10/2026", "16:00 12/11/2026", "Thiếu người"):
        assert told in page.text
    for kind in ("csv", "xlsx", "pdf"):
        assert leader.get(f"{AT}/danh-sach/xin-loi.{kind}?{NOVEMBER}").status == 200


def test_d23_1_the_centre_sees_every_agency_and_nobodys_name(watcher):
    page = watcher.get(f"/bao-cao?{NOVEMBER}")
    assert page.status == 200 and "Cấp xã" in page.text
    row = re.search(r"<tr><th scope=\"row\"><a[^>]*>[^<]*Tô Hiệu</a></th>(.*?)</tr>", page.html)[1]
    assert [int(n) for n in re.findall(r">(\d+)<", row)] == list(EXPECTED.values())
    for report in ("co-quan", "bieu-06a"):
        got = watcher.get(f"/bao-cao/tai/{report}.csv?{NOVEMBER}").data.decode("utf-8-sig")
        assert got.splitlines()[-1].endswith(",".join(map(str, EXPECTED.values())))
    form = watcher.get(f"{AT}/bieu-06a?{NOVEMBER}")
    behind = watcher.get(links(form, "received")[-1][0])
    assert listed(behind) == (8, 8) and "/ho-so/" not in re.sub(r"bao-cao/ho-so", "", behind.html)
    assert "Nguyễn Thị Hoa" not in behind.html
    for page_of_names in ("so-theo-doi", "thieu-thong-tin"):
        assert watcher.get(f"{AT}/{page_of_names}").status == 403


@pytest.mark.parametrize("who", ["chuyenvien", "vanthu", "khac-chutich"])
def test_d25_1_others_are_not_shown_the_agencys_reports(reported, who):
    visitor = reported.staff(who)
    for path in (
        "",
        "/bieu-06a",
        "/ket-qua",
        "/so-theo-doi",
        "/ho-so",
        "/thieu-thong-tin",
        "/gia-han",
        "/tai/can-bo.csv",
    ):
        assert visitor.get(f"{AT}{path}").status == 403, path
    assert visitor.get("/bao-cao").status == 403


def test_an_agency_counts_its_own(reported):
    page = reported.staff("khac-chutich").get(f"/motcua/{OTHER}/bao-cao/bieu-06a?{NOVEMBER}")
    assert "Không có hồ sơ nào trong kỳ" in page.text


def test_sectors_and_procedures_are_called_as_their_definitions_say(reported):
    names = Names(reported.services, NOW.date())
    assert names.sector_of("2.000181") == ("luu-thong-hang-hoa", "Lưu thông hàng hóa trong nước")
    assert "thuốc lá" in names.procedure("2.000181")
    assert names.sector_of("9.999999") == UNKNOWN and names.procedure("9.999999") == "9.999999"
