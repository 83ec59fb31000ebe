"""The editors of conditions, typed FEEL and tables, tried on what a version has; nothing is kept."""

import html
import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tthc.services import Services

TABLES = "inputs: [applicant_kind, fee_area]"


@pytest.fixture
def tobacco(services: Services):
    """The path of a shipped version whose fee is a table of two columns."""
    for version in (
        one for code in services.definitions.procedures() for one in services.definitions.versions(code)
    ):
        if TABLES in services.definitions.text(version):
            return f"/quan-tri/ban-cau-hinh/{version.procedure}/{version.id}"
    raise AssertionError(TABLES)


def form_of(page: str) -> dict[str, list[str]]:
    """What the editor's form would post without script."""
    found: dict[str, list[str]] = {}
    part = page[page.index('id="editor"') :]
    for tag, attributes in re.findall(r"<(input|textarea)\b([^>]*)>", part):
        name, value = re.search(r'name="([^"]*)"', attributes), re.search(r'value="([^"]*)"', attributes)
        if name is None or ('type="checkbox"' in attributes and " checked" not in attributes):
            continue
        if tag == "textarea":
            inside = re.search(re.escape(attributes) + r">\n?([^<]*)</textarea>", part)
            found.setdefault(name[1], []).append(html.unescape(inside[1]))
        else:
            found.setdefault(name[1], []).append(html.unescape(value[1] if value else ""))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', part, re.DOTALL):
        chosen = re.findall(r'value="([^"]*)" selected', options)
        found.setdefault(name, []).append(html.unescape(chosen[0] if chosen else ""))
    return found


def url(place: str, element: str, redraw: str = "") -> str:
    return f"{place}/bang-va-dieu-kien{redraw}?cho={quote(element)}"


def test_a_condition_is_shown_by_rows_and_said(visit, tobacco):
    officer = visit("soan")
    element = next(e for e in conditions(officer.get(url(tobacco, "")).text) if e.startswith("cases."))
    page = officer.get(url(tobacco, element))
    form = form_of(page.text)
    assert (form["d.way"], form["d.mode"], form["d.0.comparison"]) == (["rows"], ["all"], ["is"])
    assert "với tư cách nào?” là " in html.unescape(page.text)


def conditions(page: str) -> list[str]:
    listed = page[page.index('id="f-cho"') :]
    return re.findall(r'<option value="([^"]+)"', listed[: listed.index("</select>")])


def test_every_condition_and_table_of_a_version_opens_and_is_sound(visit, tobacco):
    officer = visit("soan")
    places = conditions(officer.get(url(tobacco, "")).text)
    assert len(places) > 4
    for element in places:
        page = officer.get(url(tobacco, element))
        answer = officer.post(url(tobacco, element), **form_of(page.text))
        assert (answer.status_code, "Viết đúng" in answer.text) == (200, True), element


def test_rows_are_added_and_wrong_ones_told(visit, tobacco):
    officer = visit("soan")
    element = next(
        e for e in conditions(officer.get(url(tobacco, "")).text) if e.endswith(("visible", "when"))
    )
    form = form_of(officer.get(url(tobacco, element)).text)
    added = officer.post(url(tobacco, element, "/doi"), **form, _rows="d:add")
    assert "Chọn điều cần hỏi." not in added.text
    more = form_of(added.text)
    assert int(more["d.count"][0]) == int(form["d.count"][0]) + 1
    told = officer.post(url(tobacco, element), **more)
    assert told.status_code == 422
    assert "Chọn điều cần hỏi." in told.text
    typed = officer.post(url(tobacco, element), **form, _way="feel")
    assert form_of(typed.text)["d.way"] == ["feel"]
    back = officer.post(url(tobacco, element), **form_of(typed.text), _way="rows")
    assert form_of(back.text)["d.way"] == ["rows"]


def test_feel_that_says_more_than_rows_stays_typed(visit, tobacco):
    officer = visit("soan")
    element = next(e for e in conditions(officer.get(url(tobacco, "")).text) if e.endswith("visible"))
    typed = {"d.way": "feel", "d.feel": "count(shops) > 1 + 1"}
    page = officer.post(url(tobacco, element), **typed, _way="rows")
    assert "nói nhiều hơn các dòng nói được" in page.text
    assert officer.post(url(tobacco, element), **typed).status_code == 200
    wrong = officer.post(url(tobacco, element), **{**typed, "d.feel": "count(shop) > 1"})
    assert wrong.status_code == 422
    assert "shops" in wrong.text


def test_a_table_is_changed_checked_and_proven(visit, tobacco):
    officer = visit("soan")
    there = url(tobacco, "fees.0.amount")
    page = officer.get(there)
    assert "Đã chứng minh" in page.text
    form = form_of(page.text)
    assert form["d.0.0"] == ['"doanh_nghiep"']
    fewer = officer.post(there, **form, _grid="d:remove:7")
    assert "Nộp ngày 1/1/2027, Hộ kinh doanh, " in html.unescape(fewer.text)
    twice = officer.post(there, **{**form, "d.hit": "U", "d.7.1": "-"})
    assert html.unescape(twice.text).count('class="marked"') == 2
    wrong = officer.post(there, **{**form, "d.0.0": '"ho_kinh"'})
    assert wrong.status_code == 422
    assert "Có phải ông/bà muốn viết “ho_kinh_doanh”?" in wrong.text
    assert form_of(wrong.text)["d.0.0"] == ['"ho_kinh"']


def test_typed_feel_is_checked_and_completed(visit, tobacco):
    officer = visit("soan")
    officer.get(url(tobacco, ""))

    def ask(what, **asked):
        return officer.client.post(
            f"{tobacco}/feel/{what}", json=asked, headers={"X-CSRFToken": officer.token}
        )

    found = ask("kiem", text="applicant_kin = 1", place="fees.0.when").json
    assert found["problems"][0]["offset"] == 0
    assert "applicant_kind" in found["problems"][0]["remedy"]
    good = ask("kiem", text='channel = "online"', place="fees.0.when").json
    assert good == {"problems": [], "said": "“Kênh nộp hồ sơ” là nộp trực tuyến"}
    names = ask("goi-y", text="tucach", cursor=6, place="fees.0.when").json["suggestions"]
    assert (names[0]["name"], names[0]["start"], names[0]["end"]) == ("applicant_kind", 0, 6)
    cell = ask("goi-y", text="", cursor=0, place="fees.0.amount", column="applicant_kind").json["suggestions"]
    assert [each["name"] for each in cell] == ["doanh_nghiep", "ho_kinh_doanh", "-"]
    assert ask("kiem", text=3, place="").status_code == 400
    assert ask("goi-y", place="").status_code == 400


def test_only_writers_and_only_with_the_forms_token(visit, tobacco):
    client: FlaskClient = visit("soan").client
    for what in ("kiem", "goi-y"):
        assert client.post(f"{tobacco}/feel/{what}", json={"text": ""}).status_code == 400
    for who in ("duyet", "quantri", "motcua"):
        visitor = visit(who)
        assert visitor.get(url(tobacco, "")).status_code == 403
        page = visitor.get("/quan-tri/ban-cau-hinh/")
        if page.status_code == 200:
            assert "bang-va-dieu-kien" not in visitor.get(tobacco + "/").text


def test_a_draft_that_cannot_be_read_says_so(visit, services, written):
    officer = visit("soan")
    officer.get(written + "/sua")
    version = services.definitions.versions("9.000001")[-1]
    text = services.definitions.text(version).replace("fields:", "felds:")
    officer.post(written + "/sua", text=text, base=version.text)
    page = officer.get(url(written, ""))
    assert page.status_code == 200
    assert "Chưa xem trước được" in page.text


def test_a_draft_keeps_what_was_put_together(visit, services, written):
    officer = visit("soan")
    element = "attachments.0.when"
    form = form_of(officer.get(url(written, element)).text)
    version = services.definitions.versions("9.000001")[-1]
    before = services.definitions.text(version)
    posted = {**form, "d.0.value": "doc_tai_cho", "_save": "1"}
    stale = officer.post(url(written, element), **posted, base="x")
    assert stale.status_code == 422
    assert "vừa được sửa ở nơi khác" in stale.text
    assert form_of(stale.text)["d.0.value"] == ["doc_tai_cho"]
    saved = officer.post(url(written, element), **posted, base=version.text)
    assert "Đã lưu vào bản nháp" in saved.text
    after = services.definitions.text(services.definitions.versions("9.000001")[-1])
    changed = [
        (old, new) for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new
    ]
    ((old, new),) = changed
    assert "muon_ve" in old
    assert "doc_tai_cho" in new
    base = services.definitions.versions("9.000001")[-1].text
    officer.post(url(written, element), **{**posted, "d.mode": "always"}, base=base)
    text = services.definitions.text(services.definitions.versions("9.000001")[-1])
    assert text.count("when:") == before.count("when:") - 1


def test_what_is_published_is_not_changed(visit, services, tobacco):
    officer = visit("soan")
    form = form_of(officer.get(url(tobacco, "fees.0.amount")).text)
    code, version_id = tobacco.split("/")[-2:]
    version = services.definitions.version(code, version_id)
    answer = officer.post(
        url(tobacco, "fees.0.amount"), **{**form, "d.0.amount": "1"}, _save="1", base=version.text
    )
    assert answer.status_code == 422
    assert "Chưa lưu được" in answer.text
    assert services.definitions.version(code, version_id).text == version.text
