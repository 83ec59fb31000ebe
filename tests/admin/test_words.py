"""The words of notices at the administration's desk."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from date_boxes import boxes

from renderers.messages.events import SAMPLE
from renderers.messages.rendering import shipped_parts
from tthc.dossiers.outbox import Claim
from tthc.dossiers.state import OutboxEntry
from tthc.notices.worker import OutboxWorker

PLACE = "/quan-tri/mau-thong-bao"
TODAY = boxes("start", date(2026, 11, 23))


@dataclass
class One:
    """An outbox that holds one entry."""

    entry: OutboxEntry
    left: int = 1

    def claim(self, now, worker, dossier=None):
        self.left -= 1
        return Claim("hs1", self.entry) if self.left == 0 else None

    def done(self, *_):
        return True

    def fail(self, *_):
        raise AssertionError("not delivered")


@pytest.fixture
def admin(visit):
    one = visit("quantri")
    one.get(f"{PLACE}/accepted/")
    return one


def sent(**changes):
    return {**shipped_parts("accepted"), "reason": "Theo góp ý của người dân", **TODAY} | changes


def body_of_next(services, mongo_database, clock, number):
    data = {k: v for k, v in SAMPLE.items() if k not in {"link", "site"}}
    entry = OutboxEntry(f"hs1:{number}:accepted:portal", "portal", "accepted", "p1", data, clock.now())
    OutboxWorker(One(entry), mongo_database, services.settings, clock).run_once()
    return mongo_database["inbox"].find_one({"_id": entry.id})["body"]


def test_words_are_seen_saved_from_a_day_and_used(admin, services, mongo_database, clock):
    text = "Ông/bà {{ applicant }}: đã nhận hồ sơ {{ number }}."
    start = boxes("start", date(2026, 11, 25))
    shown = admin.post(f"{PLACE}/accepted/", **sent(portal=text, **start))
    assert "Ông/bà Lò Thị Xuân: đã nhận hồ sơ 000.00.14.H52-261123-0001." in shown.text
    assert "ký tự không dấu" in shown.text
    assert services.outbox_worker.words.versions("accepted") == ()
    page = admin.post(f"{PLACE}/accepted/", **sent(portal=text, seen="1", **start))
    assert "áp dụng từ ngày 25/11/2026" in page.text
    assert "đã tiếp nhận hồ sơ" in body_of_next(services, mongo_database, clock, 1)
    clock.advance(days=2)
    assert body_of_next(services, mongo_database, clock, 2).startswith("Ông/bà Lò Thị Xuân: đã nhận")
    act = services.acts.find(target="accepted").rows[0]
    assert act.after["portal"] == text
    admin.post(f"{PLACE}/accepted/goc", reason="Thôi dùng")
    assert "đã tiếp nhận hồ sơ" in body_of_next(services, mongo_database, clock, 3)


def test_words_that_went_bad_fall_back_to_the_shipped_ones(services, mongo_database, clock):
    services.outbox_worker.words.add(
        "accepted",
        {"subject": "", "portal": "{{ nothing }}"},
        clock.now().date() - timedelta(days=1),
        by="a",
        at=clock.now(),
        reason="x",
    )
    assert "đã tiếp nhận hồ sơ" in body_of_next(services, mongo_database, clock, 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"portal": "{{ citizen_number }}"}, "không có trường"),
        ({"sms": "dài " * 60}, "ký tự không dấu"),
        ({"reason": ""}, "Ghi lý do"),
        (boxes("start", date(2026, 11, 1)), "từ hôm nay"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_saved(admin, services, change, said):
    page = admin.post(f"{PLACE}/accepted/", **{**sent(seen="1"), **change})
    assert page.status_code == 422
    assert said in page.text
    assert services.outbox_worker.words.versions("accepted") == ()


def test_every_notice_has_its_page_and_only_administrators_see_it(admin, visit):
    assert "Xin lỗi, hẹn lại ngày" in admin.get(f"{PLACE}/").text
    assert admin.get(f"{PLACE}/khong-co/").status_code == 404
    for who in ("soan", "duyet", "motcua"):
        assert visit(who).get(f"{PLACE}/").status_code == 403
