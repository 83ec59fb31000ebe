"""Dossiers that the checks found something wrong with, in the builder's preview and from the grid."""

import re
from html import unescape
from urllib.parse import urljoin

from definitions.situation import Situation

EDGES = (
    '{"d":"0001-01-01"}',
    '{"d":"9999-12-31"}',
    '{"a":{"business_name":{"x":1},"shops":"x","applicant_kind":[1]},"f":{"agency.level":{"x":1},"agency.lạ":"1"}}',
)


def links(page):
    return [unescape(found) for found in re.findall(r'href="([^"]*[?&;]th=[^"]*)"', page)]


def a_gap(one):
    """The draft with the last row of its fee's table gone."""
    table = one.value("fees")[0]["amount"]
    last = len(table["rows"]) - 1
    one.open("fees")
    one.reshape("xoa", muc=f"fees.{one.value('fees')[0]['id']}.amount.rows.{last}", dong_y="1")
    return f"fees.{one.value('fees')[0]['id']}"


def test_a_gap_of_a_table_is_loaded_into_the_citizens_page(desk):
    one = desk()
    fee = a_gap(one)
    page = one.open(fee)
    assert "Xem hồ sơ như vậy" in page
    shown = one.visitor.client.get(urljoin(one.here, links(page)[0]))
    assert shown.status_code == 200
    assert "Đang thử một hồ sơ" in shown.text
    told = Situation.unpacked(re.search(r'name="th" value="([^"]*)"', shown.text)[1].replace("&#34;", '"'))
    assert told.answers or told.facts
    for value in told.answers.values():
        assert re.search(rf'value="{value}"[^>]*(checked|selected)', shown.text)
    assert one.some["o"] == [fee]


def test_it_stays_while_the_element_is_written_and_goes_when_told(desk):
    one = desk()
    fee = a_gap(one)
    url = links(one.open(fee))[0]
    page = one.visitor.client.get(urljoin(one.here, url))
    one.forms = one.read(page)
    saved = one.save(label="Phí gọi khác")
    assert "Đang thử một hồ sơ" in saved.text
    assert "Bỏ hồ sơ thử" in saved.text
    assert "Đang thử một hồ sơ" not in one.open(fee)


def test_an_address_that_somebody_made_up_shows_the_form_without(desk):
    one = desk()
    for made_up in (
        "x",
        "[1]",
        '{"a":[]}',
        '{"d":"hôm qua"}',
        "1",
        '{"a":{"khong_co":{"x":[1]}},"f":{"channel":5}}',
        *EDGES,
    ):
        page = one.visitor.client.get(one.here, query_string={"o": "form", "xem": "to-khai", "th": made_up})
        assert page.status_code == 200, made_up


def test_the_grid_leads_there(desk):
    one = desk()
    a_gap(one)
    base = one.here.removesuffix("soan")
    page = one.visitor.client.get(f"{base}bang-va-dieu-kien?cho=fees.0.amount")
    assert "Mở hồ sơ này trong phần xem trước" in page.text
    shown = one.visitor.client.get(urljoin(one.here, links(page.text)[0]))
    assert "Đang thử một hồ sơ" in shown.text
    assert "không" in shown.text[shown.text.index("Đang thử một hồ sơ") :].lower()


def test_what_no_example_tries_is_marked_in_the_list_once_they_were_run(desk):
    one = desk()
    fields = "form.pages.thuong_nhan.fields"
    one.open("form.pages.thuong_nhan")
    one.reshape("them", vao=fields, ten="Ghi chú thêm", kieu="text")
    one.open(f"{fields}.ghi_chu_them")
    one.save(**{"visible:cach": "khi", "visible": 'business_name = "Không ai"'})
    assert "chưa thử" not in one.open("form.pages.thuong_nhan")
    one.visitor.client.get(f"{one.here}/vi-du")
    page = one.open("form.pages.thuong_nhan")
    marked = re.findall(r'<li id="i-([^"]*)"(?:(?!</li>).)*chưa thử', page, re.DOTALL)
    assert marked == [f"{fields}.ghi_chu_them"]


def test_coverage_is_drawn_on_the_form_with_links_to_the_builder(desk):
    one = desk()
    page = one.visitor.client.get(f"{one.here.removesuffix('soan')}do-phu").text
    assert "Trên biểu mẫu" in page
    drawn = page[page.index("Trên biểu mẫu") :]
    assert "soan?o=form.pages.thuong_nhan.fields.business_name" in drawn
    assert 'href="#vi-du-1"' in drawn
    assert 'id="vi-du-1"' in drawn
