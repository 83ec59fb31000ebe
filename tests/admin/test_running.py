"""The system's parts and what they left undone (Đ4.3, Đ24.1)."""

import pytest

from admin.views.running import masked
from tthc.dossiers.codec import to_bson
from tthc.dossiers.outbox import MAX_ATTEMPTS, Outbox
from tthc.dossiers.state import OutboxEntry
from tthc.health_trail import PULSE
from tthc.tasks import jobs, work

PLACE = "/quan-tri/viec-nen"


@pytest.fixture
def admin(visit):
    one = visit("quantri")
    one.get("/quan-tri/lich/gio")
    return one


@pytest.fixture
def dead(services, clock):
    """Two dossiers whose e-mail was given up."""
    collection = services.repository.collection
    for number in (1, 2):
        entry = OutboxEntry(
            f"hs{number}:1:accepted:email", "email", "accepted", "xuan.lo@example.vn", {}, clock.now()
        )
        collection.insert_one(
            {
                "_id": f"hs{number}",
                "reference": f"HS-000{number}",
                "outbox": [to_bson(entry)],
                "outbox_revision": 0,
                "outbox_due": clock.now(),
            }
        )
        for _ in range(MAX_ATTEMPTS):
            services.outbox.claim(clock.now(), "w", f"hs{number}")
            services.outbox.fail(f"hs{number}", entry.id, "w", clock.now(), "từ chối xuan.lo@example.vn")
            clock.advance(hours=5)


def state(services, dossier):
    row = services.repository.collection.find_one({"_id": dossier})
    return row["outbox"][0]["state"], row["outbox"][0]["attempts"], row.get("outbox_dead")


@pytest.mark.usefixtures("dead")
def test_d24_1_what_failed_is_listed_covered_and_tried_again_with_a_reason(admin, services):
    page = admin.get(f"{PLACE}/").text
    assert "HS-0001" in page
    assert "xuan.lo@example.vn" not in page
    assert "xu*****@example.vn" in page
    sent = {"dossier": "hs1", "entry": "hs1:1:accepted:email"}
    refused = admin.post(f"{PLACE}/thu-lai", reason="", **sent)
    assert refused.status_code == 422
    assert state(services, "hs1") == ("dead", MAX_ATTEMPTS, True)
    page = admin.post(f"{PLACE}/thu-lai", reason="Máy chủ thư đã chạy", **sent)
    assert "Đã xếp lại 1 việc" in page.text
    assert state(services, "hs1") == ("pending", 0, None)
    assert state(services, "hs2")[0] == "dead"
    assert "Đã xếp lại 0 việc" in admin.post(f"{PLACE}/thu-lai", reason="Bấm nhầm lần hai", **sent).text
    admin.post(f"{PLACE}/thu-lai", reason="Thử hết")
    assert state(services, "hs2") == ("pending", 0, None)
    act = services.acts.find(target="tat-ca").rows[0]
    assert (act.what, act.reason, act.after["entries"]) == (
        "outbox.retried",
        "Thử hết",
        ["hs2:1:accepted:email"],
    )


@pytest.mark.usefixtures("dead")
def test_given_up_entries_are_read_page_by_page(services):
    first, after = services.undelivered.dead(limit=1)
    rest, end = services.undelivered.dead(after, limit=1)
    assert [u.dossier for u in (*first, *rest)] == ["hs1", "hs2"]
    assert end == ""
    assert services.undelivered.counts() == (2, 0)
    assert Outbox(services.repository).claim(services.clock.now(), "w") is None


def test_d4_3_the_page_and_readyz_look_at_the_same_parts(admin, app, services, clock, monkeypatch):
    answer = app.test_client().get("/readyz").get_json()
    assert answer["ready"]
    assert set(answer["checks"]) == {
        "database", "storage", "queue", "notices", "signing", "antivirus", "workers",
    }  # fmt: skip
    assert not answer["checks"]["workers"]["ok"]
    page = admin.get("/quan-tri/tinh-trang/").text
    assert "Chưa thấy bộ xử lý công việc nền" in page
    assert "Chưa đặt SMTP_HOST" in page
    monkeypatch.setattr(work, "_built", [services])
    jobs.pulse()
    assert services.trail.pulse() == clock.now()
    assert app.test_client().get("/readyz").get_json()["checks"]["workers"]["ok"]
    clock.advance(minutes=10)
    late = app.test_client().get("/readyz").get_json()
    assert late["ready"]
    assert not late["checks"]["workers"]["ok"]
    assert "đã ngừng" in admin.get("/quan-tri/tinh-trang/").text
    assert services.trail.of()[PULSE].ok_at < clock.now()


def test_d10_4b_the_page_says_how_the_ways_to_pay_do(admin, services, clock):
    services.payments.seen("bank", clock.now(), "failed")
    services.payments.hear_notice("bank", {"vnp_TxnRef": "TT-gia"}, clock.now())
    page = admin.get("/quan-tri/tinh-trang/")
    for said in (
        "Thẻ ngân hàng, ngân hàng trên điện thoại",
        "Ngân hàng thử tại chỗ",
        "Chuyển khoản bằng mã QR",
    ):
        assert said in page.text
    assert "Tiền đã nhận chưa ghi vào hồ sơ" in page.text and "chưa có" not in page.text


def test_an_error_is_shown_without_addresses():
    text = masked("550 xuan.lo@example.vn rejected, call +84 912 345 678")
    assert "xuan.lo" not in text
    assert "345" not in text


def test_only_administrators_see_them(visit):
    for who in ("soan", "duyet", "motcua"):
        for path in (f"{PLACE}/", "/quan-tri/tinh-trang/"):
            assert visit(who).get(path).status_code == 403
