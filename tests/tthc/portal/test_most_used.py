"""The home page shows what most people hand in, as dossiers tell it, and the plain list where they tell nothing."""

import re
from datetime import timedelta

import pytest
from people import Province

pytestmark = pytest.mark.database

BIRTH, TOBACCO, COPIES, LICENCE = "1.001193", "2.000181", "2.000815", "1.002809"


def handed_in(province: Province, code: str, count: int, days_ago: int = 1) -> None:
    at = province.clock.now() - timedelta(days=days_ago)
    province.services.repository.collection.insert_many(
        {
            "_id": f"{code} {days_ago} {n}",
            "reference": f"{code} {days_ago} {n}",
            "procedure": code,
            "submitted_at": at,
        }
        for n in range(count)
    )


def shown(province: Province) -> tuple[str, list[str]]:
    page = province.visitor().get("/")
    listed = page.html[page.html.index('id="services"') :].partition("</section>")[0]
    return listed, re.findall('href="(/thu-tuc/[^"]+)"', listed)


def test_d7_2a_the_home_page_shows_what_most_people_hand_in(province: Province):
    plain, listed = shown(province)
    assert "Thủ tục hành chính</h2>" in plain and len(listed) == 6 and "hồ sơ trong" not in plain
    handed_in(province, TOBACCO, 2)
    handed_in(province, BIRTH, 3, days_ago=80)
    handed_in(province, COPIES, 1)
    handed_in(province, LICENCE, 9, days_ago=91)
    assert shown(province)[1] == listed  # counted a while ago, and again only when that is old
    province.clock.advance(hours=7)
    used, codes = shown(province)
    assert "Thủ tục nhiều người làm</h2>" in used
    assert codes == [f"/thu-tuc/{code}" for code in (BIRTH, TOBACCO, COPIES)]
    assert "3 hồ sơ trong 90 ngày qua" in used and "0 hồ sơ" not in used.replace("90", "")
    assert "Xem tất cả 12 thủ tục" in used
    english = province.visitor().get("/?lang=en").text
    assert "Most used services" in english and "1 application in the last 90 days" in english


def test_two_procedures_do_not_say_what_many_people_do(province: Province):
    handed_in(province, TOBACCO, 2)
    handed_in(province, BIRTH, 3)
    plain, listed = shown(province)
    assert "Thủ tục hành chính</h2>" in plain and len(listed) == 6
