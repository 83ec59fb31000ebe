"""News of procedures that nobody wrote: page after page, by level, as a feed, in both languages."""

import re
from xml.etree import ElementTree as ET

import pytest
from people import Province

from tthc.portal import news_routes

pytestmark = pytest.mark.database

ATOM = {"a": "http://www.w3.org/2005/Atom"}
DATED_FEE = "2.000181"


def keys(text: str) -> list[str]:
    return re.findall(r'href="/thu-tuc/([^"]+)"', text.partition("<main")[2].partition("</main>")[0])


def test_d4_1_d21_6_news_of_procedures_page_after_page_by_level_and_as_a_feed(
    province: Province, monkeypatch: pytest.MonkeyPatch
):
    visitor = province.visitor()
    home = visitor.get("/").html
    feed = re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"', home)
    assert feed is not None
    whole = keys(visitor.get("/thay-doi").html)
    assert whole[0] == DATED_FEE and len(set(whole)) == 12, "a fee that changes on a day comes first"
    monkeypatch.setattr(news_routes, "PAGE", 5)
    walked, address = [], "/thay-doi"
    while address:
        page = visitor.get(address).html
        walked += keys(page)
        following = re.search(r'href="([^"]+)">Xem tin cũ hơn', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert walked == whole
    of_communes = keys(visitor.get("/thay-doi?cap=xa").html)
    assert of_communes[0] == DATED_FEE
    assert keys(visitor.get("/thay-doi?cap=huyen").html) == []

    answer = visitor.get(feed[1]).response
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(answer.data)
    entries = root.findall("a:entry", ATOM)
    assert [e.findtext("a:id", "", ATOM).rpartition("~")[2] for e in entries] == whole
    base = province.services.settings.base_url
    assert all(e.find("a:link", ATOM).get("href").startswith(f"{base}/thu-tuc/") for e in entries)
    assert "→" in entries[0].findtext("a:summary", "", ATOM)
    assert {e.findtext("a:updated", "", ATOM)[10:] for e in entries} <= {
        root.findtext("a:updated", "", ATOM)[10:]
    }
    again = province.app.test_client().get(feed[1], headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304

    english = visitor.get("/thay-doi?lang=en").text
    for told in ("From 1 Jan 2027", "depending on the case.", "New on this portal"):
        assert told in english
