"""A newer version with a day of its own: what publishing it means, and what the public reads before that day."""

import re
from datetime import timedelta

from amending import CODE, DEARER, TEXT, in_force, newer

HEIR = "9.000009"
NAME = "Cấp thẻ bạn đọc thư viện xã"


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def boxes(day):
    return {"start.d": f"{day:%d}", "start.m": f"{day:%m}", "start.y": f"{day:%Y}"}


def test_publishing_says_what_the_day_means(visit, services, clock):
    in_force(services, clock)
    path = newer(services, clock, published=False)
    day = (clock.now() + timedelta(days=38)).date()
    someone = visit("duyet")
    assert "Hồ sơ nộp trước 00:00 ngày này vẫn theo bản cũ" in words(someone.get(f"{path}/"))
    told = words(someone.post(f"{path}/cong-bo", **boxes(day)))
    assert "Có hiệu lực từ ngày 31/12/2026" in told
    assert "Hồ sơ nộp trước 00:00 ngày 31/12/2026 vẫn theo bản cũ" in told
    assert "01/01/2026 – 30/12/2026 Đang áp dụng" in told
    assert "từ 31/12/2026 Sắp áp dụng" in told
    listed = words(someone.get(f"/quan-tri/ban-cau-hinh/?q={CODE}"))
    assert "Đang áp dụng" in listed
    assert "Sắp áp dụng" in listed


def test_a_replaced_version_is_called_in_force_until_its_last_day_is_over(visit, services, clock):
    in_force(services, clock)
    start = (clock.now() + timedelta(days=2)).date()
    newer(services, clock, start=start)
    old = services.definitions.versions(CODE)[0]
    path = f"/quan-tri/ban-cau-hinh/{CODE}/{old.id}/"
    someone, listing = visit("duyet"), f"/quan-tri/ban-cau-hinh/?q={CODE}&trang_thai="
    until = f"Đang có hiệu lực đến hết ngày {start - timedelta(days=1):%d/%m/%Y}"
    clock.advance(hours=39, minutes=59)  # 23:59 of the eve
    assert (clock.now() + timedelta(minutes=1)).date() == start > clock.now().date()
    for place in (path, f"{listing}da-cong-bo", f"{path}tham-dinh"):
        told = words(someone.get(place))
        assert until in told
        assert "Đã được thay thế" not in told
    assert until not in words(someone.get(f"{listing}da-ket-thuc"))
    assert until in words(visit().get(f"/thu-tuc/{CODE}"))
    clock.advance(minutes=1)
    assert "Đã được thay thế" in words(someone.get(path))
    assert "Đã được thay thế" in words(someone.get(f"{listing}da-ket-thuc"))
    assert "Đã được thay thế" not in words(someone.get(f"{listing}da-cong-bo"))
    for told in (words(someone.get(path)), words(visit().get(f"/thu-tuc/{CODE}"))):
        assert until not in told


def test_d24_3_the_public_reads_until_when_an_abolished_procedure_is_received(visit, services, clock):
    in_force(services, clock)
    version = services.definitions.versions(CODE)[0]
    last = (clock.now() + timedelta(days=8)).date()
    services.definitions.abolish(CODE, version.id, "duyet", clock.now(), last_day=last, decision="QĐ 5")
    until = f"đến hết ngày {last:%d/%m/%Y}"
    assert f"Thủ tục này có hiệu lực {until}" in words(visit().get(f"/thu-tuc/{CODE}"))
    assert f"Đang có hiệu lực {until}" in words(
        visit("duyet").get(f"/quan-tri/ban-cau-hinh/{CODE}/{version.id}/")
    )
    ended = f"Bãi bỏ Không còn nhận hồ sơ từ ngày {last + timedelta(days=1):%d/%m/%Y}"
    assert ended in words(visit().get("/"))
    clock.advance(days=9)
    heir = TEXT.replace(CODE, HEIR, 1).replace("\nname:", f'\nreplaces: ["{CODE}"]\nname:', 1)
    services.definitions.seed([(f"{HEIR}.yaml", heir)], clock.now())
    told = f"{ended} {NAME} Thủ tục thay thế: {NAME}"
    assert told in words(visit().get("/"))
    assert f"{NAME} Thủ tục mới trên Cổng Thay cho thủ tục mã {CODE}." in words(visit().get("/thay-doi"))


def test_the_public_reads_beforehand_what_changes(visit, services, clock):
    in_force(services, clock)
    changes = (
        DEARER,
        ("fees: {phi_lam_the: 20000}", "fees: {phi_lam_the: 15000}"),
        (
            "name: Ảnh chân dung 3 x 4 cm\n    copies: {original: 1}",
            "name: Ảnh chân dung 3 x 4 cm\n    copies: {original: 2}",
        ),
        ("label: Cấp thẻ, amount: 2", "label: Cấp thẻ, amount: 1"),
    )
    assert "thủ tục này thay đổi" not in words(visit().get(f"/thu-tuc/{CODE}"))
    day = (clock.now() + timedelta(days=38)).date()
    newer(services, clock, *changes, start=day)
    told = words(visit().get(f"/thu-tuc/{CODE}"))
    assert "Từ ngày 31/12/2026 thủ tục này thay đổi" in told
    assert re.search("Phí làm thẻ, khi [^:]*“Mượn sách về nhà”: 20.000 đồng → 15.000 đồng[.]", told)
    assert "Giấy tờ “Ảnh chân dung 3 x 4 cm”: 01 bản chính → 02 bản chính." in told
    assert "Thời gian giải quyết: 2 ngày làm việc → 1 ngày làm việc." in told
    news = words(visit().get("/"))
    assert f"Thay đổi Sẽ có hiệu lực từ ngày 31/12/2026 {NAME} Phí làm thẻ" in news
    assert "Thời gian giải quyết: 2 ngày làm việc → 1 ngày làm việc." in news
    clock.advance(days=39)
    told = words(visit().get(f"/thu-tuc/{CODE}"))
    assert "thủ tục này thay đổi" not in told
    assert "15.000 đồng" in told
    assert "Thay đổi từ ngày 31/12/2026 So với quy định áp dụng trước ngày đó:" in told
    assert "Giấy tờ “Ảnh chân dung 3 x 4 cm”: 01 bản chính → 02 bản chính." in told
    assert f"Thay đổi Có hiệu lực từ ngày 31/12/2026 {NAME} Phí làm thẻ" in words(visit().get("/"))


def test_what_is_far_away_or_only_words_is_no_news(visit, services, clock):
    in_force(services, clock)
    newer(services, clock, start=(clock.now() + timedelta(days=300)).date())
    assert "thủ tục này thay đổi" not in words(visit().get(f"/thu-tuc/{CODE}"))
    newer(services, clock, ("sets: 01 bộ", "sets: 1 bộ"), start=(clock.now() + timedelta(days=20)).date())
    assert "Phí, giấy tờ và thời gian giải quyết không đổi." in words(visit().get(f"/thu-tuc/{CODE}"))


def test_a_fee_that_the_version_itself_changes_is_told_too(visit):
    code = "2.000181"
    told = words(visit().get(f"/thu-tuc/{code}"))
    assert "Từ ngày 01/01/2027 thủ tục này thay đổi" in told
    assert "300.000 đồng mỗi điểm kinh doanh → 600.000 đồng mỗi điểm kinh doanh." in told
