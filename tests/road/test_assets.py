"""Styles and scripts are sent smaller than they were written, and still work (the browser tests run them)."""

import pytest
from people import Province

from renderers.environment import STATIC

pytestmark = pytest.mark.database


@pytest.mark.parametrize(
    ("address", "mimetype", "kept"),
    [
        ("/static/css/components.css", "text/css", ".button"),
        ("/static/js/main.js", "text/javascript", 'import("./live.js")'),
        ("/quan-tri/static/admin.css", "text/css", "{"),
    ],
)
def test_comments_and_indentation_stay_here(province: Province, address: str, mimetype: str, kept: str):
    answer = province.app.test_client().get(address)
    assert answer.status_code == 200
    assert answer.mimetype == mimetype
    assert kept in answer.text
    assert "/*" not in answer.text
    assert "\n  " not in answer.text


def test_a_browser_that_has_it_gets_nothing_sent(province: Province):
    client = province.app.test_client()
    first = client.get("/static/css/base.css")
    again = client.get("/static/css/base.css", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.cache_control.max_age == 3600


@pytest.mark.parametrize(
    "address",
    ["/static/css/none.css", "/static/css/../../environment.css", "/static/js", "/static/..%2f..%2fmain.js"],
)
def test_what_is_not_there_is_not_found(province: Province, address: str):
    assert province.app.test_client().get(address).status_code == 404


def test_pictures_go_as_they_are(province: Province):
    with province.app.test_client().get("/static/emblem.svg") as answer:
        assert answer.data == (STATIC / "emblem.svg").read_bytes()
