import re

import pytest
from pymongo.errors import ServerSelectionTimeoutError

from tthc.web import errors, language
from tthc.web.idempotency import command_id


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 429, 500])
def test_every_refusal_is_a_page_in_vietnamese_with_a_way_on(visit, code):
    answer = visit().get(f"/tu-choi/{code}")
    assert answer.status_code == code
    assert 'lang="vi"' in answer.text
    assert 'class="button' in answer.text
    assert re.search(r'href="/[^"]*"', answer.text)
    assert "The " not in answer.text


def test_a_views_own_sentence_is_shown(visit):
    answer = visit().get("/cau-rieng")
    assert answer.status_code == 409
    assert "Đ15.1d: hồ sơ quá hạn phải dùng chức năng Xin lỗi." in answer.text


def test_the_wrong_method_says_which_are_right(visit):
    answer = visit().post("/cong-khai")
    assert answer.status_code in {400, 405}
    answer = visit().delete("/cong-khai")
    assert answer.status_code in {400, 405}


def test_a_failure_gives_a_reference_that_the_log_has_too(visit, caplog):
    answer = visit().get("/hong")
    assert answer.status_code == 500
    reference = re.search(r"<code>([0-9A-F]{8})</code>", answer.text).group(1)
    assert reference in caplog.text
    assert "RuntimeError" not in answer.text


def test_without_a_database_the_page_still_comes(visit, people):
    def away(_):
        raise ServerSelectionTimeoutError("localhost:1")

    people.get = away
    answer = visit("citizen").get("/cua-toi")
    assert answer.status_code == 503
    assert "Về trang chủ" in answer.text
    assert "localhost" not in answer.text


def test_programs_get_json(visit):
    answer = visit().get("/khong-co", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json["error"]["code"] == 404


def test_a_stale_form_is_shown_again_filled_to_be_sent_once_more(visit):
    browser = visit("citizen")
    sent = {"noi_dung": "Đơn <dài>", "password": "bí mật", "csrf_token": "cũ"}
    answer = browser.post("/cua-toi", data=sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 400
    assert "chưa được gửi" in answer.text
    assert 'name="noi_dung" value="Đơn &lt;dài&gt;"' in answer.text
    assert "bí mật" not in answer.text
    token = re.search(
        r'<form method="post" action="/cua-toi">\s*<input type="hidden" name="csrf_token" value="([^"]+)"',
        answer.text,
    )
    again = browser.post(
        "/cua-toi",
        data={"noi_dung": "Đơn <dài>", "csrf_token": token.group(1)},
        headers={"Referer": "https://dvc.example/cua-toi"},
    )
    assert "Đơn <dài>" in again.text


def test_signed_out_meanwhile_keeps_what_was_typed_too(visit):
    answer = visit().post("/cua-toi", data={"noi_dung": "Đơn dài"}, headers={"Origin": "https://dvc.example"})
    assert answer.status_code == 401
    assert 'value="Đơn dài"' in answer.text
    assert "/dang-nhap" in answer.text


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://xau.example"}, {}])
def test_what_another_site_posts_is_never_offered_for_sending(visit, headers):
    answer = visit("citizen").post("/cua-toi", data={"noi_dung": "chuyển quyền"}, headers=headers)
    assert answer.status_code == 400
    assert "chuyển quyền" not in answer.text


def test_a_command_id_is_asked_of_every_form(site):
    fresh = command_id(fresh=True)
    assert re.fullmatch(r"[0-9a-f]{32}", fresh)
    assert command_id(fresh=True) != fresh
    with site.test_request_context("/", method="POST", data={"command_id": fresh}):
        assert command_id() == fresh
    from werkzeug.exceptions import BadRequest

    for wrong in ({}, {"command_id": "1"}, {"command_id": fresh + "\n"}):
        with site.test_request_context("/", method="POST", data=wrong), pytest.raises(BadRequest):
            command_id()


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503])
def test_who_reads_english_is_refused_in_english(site, visit, code):
    language.install(site, secure=True)
    page = visit().get(f"/tu-choi/{code}?lang=en").text
    words = re.search(r'<div class="narrow">(.*?)</div>', page, re.DOTALL).group(1)
    assert re.sub(r"<[^>]*>", "", words).isascii()
    answer = visit().get(f"/tu-choi/{code}?lang=en", headers={"Accept": "application/json"})
    assert answer.json["error"]["message"].isascii()


def test_the_last_resort_is_in_both_languages(visit, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("no frame")

    monkeypatch.setattr(errors, "render_template", broken)
    page = visit().get("/hong").text
    [reference] = set(re.findall(r"\b[0-9A-F]{8}\b", page))
    assert f"Mã để hỏi cán bộ hỗ trợ: {reference}" in page
    assert re.search(rf'<p lang="en">Something went wrong.*{reference}', page)
