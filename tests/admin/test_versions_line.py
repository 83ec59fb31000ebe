"""A newer version with a day of its own: what publishing it means, and what the public reads before that day."""

import re
from datetime import timedelta

from amending import CODE, DEARER, in_force, newer


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
    clock.advance(days=39)
    told = words(visit().get(f"/thu-tuc/{CODE}"))
    assert "thủ tục này thay đổi" not in told
    assert "15.000 đồng" in told


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
