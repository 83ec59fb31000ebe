"""Which language a page is in: Vietnamese unless its reader chose English, and never English on a desk or on paper."""

import re

import pytest

from rules.i18n import gettext, in_vietnamese
from rules.i18n import language as spoken
from tthc.web import access, language


@pytest.fixture
def site(site):
    language.install(site, secure=True)

    @access.access("public")
    def page(**_):
        with in_vietnamese():
            kept = gettext("Đăng nhập")
        return f"{spoken()}: {gettext('Đăng nhập')}; kept: {kept}"

    for address in ("/dang-xem", "/motcua/a/dang-xem", "/ban-in.pdf"):
        site.add_url_rule(address, address, page)
    return site


def said(answer):
    return answer.text.split(";")[0]


def test_nobody_gets_english_who_has_not_chosen_it(visit):
    answer = visit().get("/dang-xem", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert said(answer) == "vi: Đăng nhập"


def test_the_choice_is_remembered_and_can_be_taken_back(visit):
    browser = visit()
    first = browser.get("/dang-xem?lang=en")
    assert said(first) == "en: Sign in"
    cookie = first.headers["Set-Cookie"]
    assert all(word in cookie for word in ("tthc_lang=en", "HttpOnly", "Secure", "SameSite=Lax"))
    assert said(browser.get("/dang-xem")) == "en: Sign in"
    assert said(browser.get("/dang-xem?lang=vi")) == "vi: Đăng nhập"
    assert said(browser.get("/dang-xem")) == "vi: Đăng nhập"


def test_an_unknown_language_is_no_choice(visit):
    answer = visit().get("/dang-xem?lang=../../etc")
    assert said(answer) == "vi: Đăng nhập"
    assert "tthc_lang" not in answer.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("address", ["/motcua/a/dang-xem", "/ban-in.pdf"])
def test_desks_and_papers_stay_vietnamese(visit, address):
    assert said(visit().get(f"{address}?lang=en")) == "vi: Đăng nhập"


def test_staff_read_vietnamese_everywhere(visit):
    assert said(visit("at_a").get("/dang-xem?lang=en")) == "vi: Đăng nhập"


def test_what_is_kept_is_vietnamese_whoever_reads(visit):
    assert "kept: Đăng nhập" in visit().get("/dang-xem?lang=en").text


def test_one_request_says_nothing_to_the_next(visit):
    visit().get("/dang-xem?lang=en")
    assert spoken() == "vi"
    assert said(visit().get("/dang-xem")) == "vi: Đăng nhập"


def test_a_page_offers_itself_in_the_other_language(visit):
    page = visit().get("/tu-choi/404")
    assert page.status_code == 404
    with visit().application.test_request_context("/tu-choi/404?q=a%26b&lang=vi"):
        assert language.other_languages() == [("en", "English", "/tu-choi/404?q=a%26b&lang=en")]
    assert not re.search(r'href="[^"]*lang=', visit("at_a").get("/motcua/a/").text)
