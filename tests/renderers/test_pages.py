"""Frames, parts and error pages, without a browser."""

import re

import pytest
from renderers_app import make_app
from renderers_html import Html

from renderers.environment import STATIC, TEMPLATES
from tthc.web.assets import smaller


@pytest.fixture
def client():
    return make_app().test_client()


@pytest.mark.parametrize(
    "address", ["/_parts", "/_parts?can-bo", "/loi/404", "/loi/403", "/loi/500", "/loi/418"]
)
def test_every_page_has_its_landmarks_and_nothing_inline(client, address):
    html = Html(client.get(address).get_data(as_text=True))
    assert html.balanced
    assert html.by_id("main")["tabindex"] == "-1"
    assert [a["lang"] for tag, a in html.elements if tag == "html"] == ["vi"]
    assert any(tag == "a" and a.get("class") == "skip" and a["href"] == "#main" for tag, a in html.elements)
    assert not any("style" in a or any(n.startswith("on") for n in a) for _, a in html.elements)
    assert all("src" in a for tag, a in html.elements if tag == "script")
    assert "style" not in html.tags
    assert sum(tag == "h1" for tag, _ in html.elements) == 1


@pytest.mark.parametrize("address", ["/_parts", "/_parts?can-bo"])
def test_ids_are_unique(client, address):
    ids = Html(client.get(address).get_data(as_text=True)).ids
    ids = [one for one in ids if one != "petal"]
    doubled = {one for one in ids if ids.count(one) > 1}
    assert doubled <= {"error-summary", "error-summary-title"}


def test_an_error_page_offers_a_way_on(client):
    html = Html(client.get("/loi/404").get_data(as_text=True))
    assert "Không tìm thấy trang này" in html.text
    assert "a1b2" in html.text
    assert any(tag == "a" and "button" in a.get("class", "") for tag, a in html.elements)


def test_static_files_named_by_pages_are_there(client):
    source = client.get("/_parts").get_data(as_text=True)
    for address in set(re.findall(r'(?:href|src)="(/static/[^"#]+)', source)):
        with client.get(address) as response:
            assert response.status_code == 200


def test_every_icon_named_is_drawn():
    drawn = set(re.findall(r'symbol id="(\w+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    named = set()
    for template in TEMPLATES.rglob("*.html"):
        named |= set(re.findall(r"icon\('(\w+)'\)", template.read_text(encoding="utf-8")))
    assert named <= drawn


def sent(path):
    return len(smaller(path, 0).encode())


def test_what_a_citizen_loads_is_small():
    sheets = sum(sent(STATIC / "css" / f"{name}.css") for name in ("tokens", "base", "components", "print"))
    of_officials = {"keys", "arrivals", "filter", "overlay"}
    asked_for_later = {"parts", "en"}  # by who chooses a file, by who reads English
    sizes = {path.stem: sent(path) for path in (STATIC / "js").glob("*.js") if path.stem not in of_officials}
    assert sheets <= 20_000
    assert sum(size for name, size in sizes.items() if name not in asked_for_later) <= 14_000
    assert sizes["parts"] <= 7_000
    assert sizes["en"] <= 2_000


def test_style_sheets_name_colours_only_in_tokens_and_load_nothing():
    for path in (STATIC / "css").glob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "@import" not in text
        assert "url(" not in text
        if path.name not in {"tokens.css", "print.css"}:
            colours = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", text))
            assert colours <= {"#fff", "#000"}


def test_scripts_import_only_each_other():
    for path in (STATIC / "js").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("/*"), f"{path.name} says what it is for"
        for name in re.findall(r"""(?:from|import\()\s*["']([^"']+)""", text):
            assert (path.parent / name).is_file()
        assert "innerHTML" not in text
        assert "eval(" not in text
