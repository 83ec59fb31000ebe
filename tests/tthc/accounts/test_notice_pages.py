"""The pages of `tthc.notices.routes`, which need somebody signed in."""

import pytest

from renderers.messages import Message
from tthc.notices.channels import Inbox, Mailbox, Parcel
from tthc.notices.reading import Notes, addresses

pytestmark = pytest.mark.database

PASSWORD = "hoa ban nở trắng"


def parcel(to, number=1):
    return Parcel(
        id=f"d1:{number}:accepted:portal",
        dossier="d1",
        template="accepted",
        to=to,
        message=Message("Hồ sơ <1> đã được tiếp nhận", "Dòng một\n\nDòng hai"),
    )


def test_notices_are_listed_read_and_lead_to_the_dossier(browser, lan, mongo_database, now):
    Inbox(mongo_database).send(parcel(lan.key), now)
    Inbox(mongo_database).send(parcel("somebody", 2), now)
    browser.post("/dang-nhap", login="0912345678", password=PASSWORD)
    page = browser.get("/thong-bao").text
    assert page.count('class="card"') == 1
    assert "Hồ sơ &lt;1&gt; đã được tiếp nhận" in page
    assert "Chưa đọc" in page
    assert Notes(mongo_database).unread([lan.key]) == 1
    assert browser.get("/thong-bao/d1:1:accepted:portal").location == "/ho-so/d1"
    assert Notes(mongo_database).unread([lan.key]) == 0
    assert "Chưa đọc" not in browser.get("/thong-bao").text
    assert browser.get("/thong-bao/d1:2:accepted:portal").status_code == 404


def test_staff_read_what_is_addressed_to_their_function(browser, receptionist, accounts, mongo_database, now):
    accounts.change_password(receptionist.key, PASSWORD, "mật khẩu mới tinh")
    Inbox(mongo_database).send(parcel("tiep_nhan@phuong-a"), now)
    Inbox(mongo_database).send(parcel("van_thu@phuong-a", 2), now)
    Inbox(mongo_database).send(parcel("tiep_nhan@phuong-b", 3), now)
    assert addresses(receptionist) == (receptionist.key, "tiep_nhan@phuong-a")
    browser.post("/dang-nhap", login="a.tiepnhan", password="mật khẩu mới tinh")
    assert browser.get("/thong-bao").text.count('class="card"') == 1
    assert browser.get("/thong-bao/d1:1:accepted:portal").location == "/motcua/a/ho-so/d1"


def test_nobody_signed_in_reads_nothing(browser):
    assert browser.get("/thong-bao").location == "/dang-nhap?next=/thong-bao"
    assert browser.get("/hop-thu-thu").status_code == 302


@pytest.mark.usefixtures("lan")
def test_the_local_mailbox_shows_ones_own_and_all_to_the_administrator(
    browser, another, accounts, mongo_database, now
):
    Mailbox(mongo_database, "sms").send(parcel("0912345678"), now)
    Mailbox(mongo_database, "email").send(parcel("khac@example.vn", 2), now)
    browser.post("/dang-nhap", login="0912345678", password=PASSWORD)
    page = browser.get("/hop-thu-thu").text
    assert "0912345678" in page
    assert "khac@example.vn" not in page
    accounts.create_staff(
        login="quantri",
        name="Quân",
        password=PASSWORD,
        now=now,
        roles=["quan_tri"],
        must_change_password=False,
    )
    admin = another()
    admin.post("/dang-nhap", login="quantri", password=PASSWORD)
    assert "khac@example.vn" in admin.get("/hop-thu-thu").text


@pytest.mark.usefixtures("lan")
def test_in_production_there_is_no_local_mailbox(site, browser):
    from dataclasses import replace

    browser.post("/dang-nhap", login="0912345678", password=PASSWORD)
    services = site.extensions["tthc"]
    services.settings = replace(services.settings, environment="production")
    assert browser.get("/hop-thu-thu").status_code == 404
    assert "Hộp thư thử" not in browser.get("/thong-bao").text


@pytest.mark.usefixtures("lan")
def test_empty_pages_say_what_to_do_next(browser):
    browser.post("/dang-nhap", login="0912345678", password=PASSWORD)
    assert "Chưa có thông báo" in browser.get("/thong-bao").text
    assert "Nộp thử một hồ sơ" in browser.get("/hop-thu-thu").text
