import pytest

from tthc.web import access, security
from tthc.web.redirects import here, is_local, safe_next


def test_every_answer_carries_the_protecting_headers(visit):
    for path in ("/cong-khai", "/khong-co", "/static/css/base.css"):
        headers = visit().get(path, buffered=True).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "nonce" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "geolocation=()" in headers["Permissions-Policy"]
        assert "max-age" in headers["Strict-Transport-Security"]


def test_only_a_page_that_asks_gets_a_nonce(site, visit):
    @site.get("/quan-tri/trang")
    @access.access("public")
    def page():
        return security.csp_nonce()

    answer = visit().get("/quan-tri/trang")
    assert f"script-src 'self' 'nonce-{answer.text}'" in answer.headers["Content-Security-Policy"]


def test_the_cookie_is_out_of_reach(visit):
    cookie = visit().get("/di-tiep").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" in cookie


def test_pages_hold_no_script_or_style_of_their_own(visit):
    for path in ("/dang-nhap", "/dang-ky", "/dieu-khoan", "/khong-co"):
        text = visit().get(path).text
        assert " style=" not in text
        assert "<style" not in text
        assert " onclick" not in text
        assert text.count("<script") == text.count('<script type="module" src=')


def test_a_form_too_large_is_refused(site, visit):
    site.config["MAX_CONTENT_LENGTH"] = 1000
    answer = visit("citizen").post("/cua-toi", data={"noi_dung": "x" * 2000})
    assert answer.status_code == 413


@pytest.mark.parametrize("good", ["/", "/ho-so", "/ho-so?moi=1#x", "/tìm?q=khai sinh"])
def test_paths_of_this_site_are_followed(good):
    assert is_local(good)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "ho-so",
        "https://xau.example/",
        "//xau.example",
        "/\\xau.example",
        "\\\\xau.example",
        "/\t/xau.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x",
        "http:/xau.example",
        "////xau.example",
    ],
)
def test_everything_else_is_not(bad):
    assert not is_local(bad)


def test_next_falls_back(site):
    with site.test_request_context("/dang-nhap?next=//xau.example"):
        assert safe_next("/ho-so") == "/ho-so"
    with site.test_request_context("/dang-nhap", method="POST", data={"next": "/thu-tuc"}):
        assert safe_next("/ho-so") == "/thu-tuc"


def test_a_post_comes_back_to_the_page_it_was_sent_from(site):
    with site.test_request_context("/x", method="POST", headers={"Referer": "https://dvc.example/don?a=1"}):
        assert here() == "/don?a=1"
    with site.test_request_context("/x", method="POST", headers={"Referer": "http://xau.example/don"}):
        assert here() == "/"
