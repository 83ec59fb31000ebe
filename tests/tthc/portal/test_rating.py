"""A dossier is rated once, by nobody that can be known, and shown only together with others (Đ8.3)."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tthc.dossiers import commands as cmd
from tthc.dossiers.refusals import Refused
from tthc.measures.life import Done, Life, Mark, Stand
from tthc.ratings.criteria import in_force, load
from tthc.ratings.measured import MEASURES, asked_again, received_in_time, solved_in_time, steps_in_time
from tthc.ratings.rating import may_rate
from tthc.settings import SettingsError

GOOD = {
    "so_noi_lien_he": "mot",
    "thai_do": "tot",
    "huong_dan": "du",
    "giai_trinh": "khong_co",
    "dung_quy_dinh": "khong",
}


@pytest.fixture
def refused(kernel):
    """A dossier of the citizen's that the agency answered: it was not received, with the reason."""

    def make(number):
        dossier = kernel.hand_in(number)
        return kernel.do("motcua", dossier, cmd.Refuse(reason="Không thuộc thẩm quyền của phường"))

    return make


def life(now, **told):
    return Life("d", "HS-1", "9.000001", "online", "xa", now, **told)


def test_d8_3_the_system_measures_what_a_history_tells(now):
    hour, day = timedelta(hours=1), timedelta(days=1)
    over = Mark(now + day, Stand.RESULT, due=now + 2 * day, solved_at=now + day)
    assert solved_in_time(life(now, marks=(over,), original_due=now + day)) == 2
    assert solved_in_time(life(now, marks=(over,), original_due=now)) == 1
    assert solved_in_time(life(now, marks=(replace(over, due=now),), original_due=now)) == 0
    assert solved_in_time(life(now)) is None
    step = Done(now, "tham_dinh", now - hour, now, "lan", "Lan", "", "xa")
    late = replace(step, at=now + hour)
    assert steps_in_time(life(now, steps=(step, step))) == 2
    assert steps_in_time(life(now, steps=(step, step, step, step, late))) == 1
    assert steps_in_time(life(now, steps=(step, late))) == 0
    assert steps_in_time(life(now, steps=(replace(step, due=None),))) is None
    assert [asked_again(life(now, supplements=(now,) * n)) for n in (0, 1, 2, 3)] == [2, 1, 0, 0]
    assert received_in_time(life(now, intake_due=now, accepted_at=now)) == 2
    assert received_in_time(life(now, intake_due=now, accepted_at=now + hour)) == 0
    assert received_in_time(life(now, accepted_at=now)) is None


def test_d8_3_the_slip_is_data_and_a_wrong_file_is_refused_whole(tmp_path, now):
    sets = load()
    assert in_force(sets, now.date()).id == sets[-1].id
    assert len(sets[-1].criteria) == 9
    assert {c.measure for c in sets[-1].measured} <= set(MEASURES)
    place = tmp_path / "phieu.yaml"
    good = """
sets:
  - id: thu
    valid_from: 2026-01-01
    window_days: 3
    shown_from: 2
    criteria:
      - {id: han, label: Thời hạn, from: system, measure: solved_in_time}
"""
    place.write_text(good, encoding="utf-8")
    assert load(place)[0].criteria[0].measure == "solved_in_time"
    for wrong, told in (
        (good.replace("solved_in_time", "tuy_y"), "không có phép đo “tuy_y”"),
        (good.replace("shown_from: 2", "shown_from: 0"), "shown_from từ 1"),
        (good.replace("from: system", "from: ai"), "citizen hoặc system"),
        ("sets: []", "ít nhất một bộ"),
        ("a: [", "không dùng được"),
    ):
        place.write_text(wrong, encoding="utf-8")
        with pytest.raises(SettingsError, match=told):
            load(place)


@pytest.mark.database
def test_d8_3_once_a_dossier_changed_within_its_window_and_shown_from_enough_on(province, refused, clock):
    ratings = province.services.ratings
    citizen, dossier = province.citizen(), refused(1)
    page = citizen.get(f"/ho-so/{dossier.id}")
    assert "Đánh giá việc giải quyết" in page.text
    slip = citizen.get(f"/ho-so/{dossier.id}/danh-gia")
    assert "Công chức, viên chức tiếp ông/bà thế nào?" in slip.text

    half = citizen.submit(slip, "/danh-gia", {"c.thai_do": "tot", "comment": "Cô Hạnh nhiệt tình"})
    assert half.status == 409
    assert "Ông/bà chọn một câu trả lời cho" in half.text and "Cô Hạnh nhiệt tình" in half.html
    (blank,) = re.findall(r'href="#(c-\w+)"', half.html)
    assert f'id="{blank}" name="c.{blank[2:]}"' in half.html
    assert ratings.of(dossier) is None

    given = citizen.submit(slip, "/danh-gia", {f"c.{k}": v for k, v in GOOD.items()} | {"comment": "Tốt"})
    assert "Cảm ơn ông/bà" in given.text
    kept = province.services.database["ratings"].find_one()
    told = str(kept)
    for known in (dossier.id, dossier.reference, dossier.applicant.name, dossier.owner):
        assert known not in told
    assert kept["points"]["thai_do"] == 2 and "giai_trinh" not in kept["points"]

    clock.advance(days=2)
    again = citizen.get(f"/ho-so/{dossier.id}/danh-gia")
    assert "sửa được đến" in again.text
    worse = {f"c.{k}": v for k, v in GOOD.items()} | {"c.thai_do": "kem", "comment": ""}
    assert "Cảm ơn" in citizen.submit(again, "/danh-gia", worse).text
    assert province.services.database["ratings"].count_documents({}) == 1
    assert ratings.of(dossier).points["thai_do"] == 0

    clock.advance(days=20)
    late = citizen.submit(again, "/danh-gia", worse | {"c.thai_do": "tot"})
    assert late.status == 409 and "chỉ sửa được trong 15 ngày" in late.text
    assert ratings.of(dossier).points["thai_do"] == 0
    assert "nay đã quá hạn sửa" in citizen.get(f"/ho-so/{dossier.id}/danh-gia").text

    public = province.visitor()
    assert "chưa đủ phiếu" in public.get("/danh-gia").text
    (few,) = ratings.aggregates(ratings.sets[-1])
    assert (few.count, few.averages, few.percent) == (1, (), None)
    assert ratings.comments(ratings.sets[-1], dossier.agency) == ()
    for number in range(2, 6):
        ratings.give(refused(number), GOOD, f"ý {number}", clock.now())
    shown = public.get("/danh-gia")
    assert "(5 phiếu)" in shown.text and "chưa đủ phiếu" not in shown.text
    assert sorted(ratings.comments(ratings.sets[-1], dossier.agency)) == ["ý 2", "ý 3", "ý 4", "ý 5"]
    place = "/motcua/phuong-to-hieu/phan-anh"
    assert "ý 4" in province.staff("chutich").get(place).text
    assert "ý 4" not in province.staff("chuyenvien").get(place).text  # the rated
    (enough,) = ratings.aggregates(ratings.sets[-1])
    manners = next(a for a in enough.averages if a.label.startswith("Thái độ"))
    assert (manners.points, manners.count, manners.percent) == (8 / 5, 5, 80)
    told = public.get("/so-lieu/danh-gia.json").response.json["rows"]
    assert [(row["id"], row["count"], row["thai_do"]) for row in told] == [(dossier.agency, 5, 1.6)]
    assert public.get("/so-lieu/danh-gia.json?lang=en").response.json["rows"][0]["thai_do"] == 1.6
    assert dossier.reference not in public.get("/so-lieu/danh-gia.csv").data.decode()

    # the next four say nothing yet: with one rating between two averages, that one could be worked out
    for number in range(6, 10):
        clock.advance(hours=1)
        ratings.give(refused(number), GOOD | {"thai_do": "kem"}, f"ý {number}", clock.now())
        assert ratings.aggregates(ratings.sets[-1]) == (enough,)
        assert len(ratings.comments(ratings.sets[-1], dossier.agency)) == 4
    ratings.give(refused(10), GOOD, "", clock.now())
    (more,) = ratings.aggregates(ratings.sets[-1])
    assert (more.count, next(a for a in more.averages if a.id == "thai_do").points) == (10, 1.0)


@pytest.mark.database
def test_d8_3_by_the_two_numbers_of_the_receipt_and_not_before_there_is_a_result(province, refused, kernel):
    dossier = refused(1)
    visitor = province.visitor()
    start = visitor.get("/danh-gia/phieu")
    wrong = visitor.submit(start, "/danh-gia/phieu", {"ma": dossier.reference, "so": "HS-AAAA-AAAA"})
    assert wrong.status == 404 and "Hai số này không đi với nhau" in wrong.text
    opened = visitor.submit(start, "/danh-gia/phieu", {"ma": dossier.reference, "so": dossier.reference})
    assert "Gửi đánh giá" in opened.text and "không xem lại và không sửa được" in opened.text
    assert dossier.applicant.name not in opened.text
    told = {f"c.{k}": v for k, v in GOOD.items()} | {"comment": "Chờ lâu lắm"}
    done = visitor.submit(opened, "/danh-gia/phieu", told)
    assert "Cảm ơn ông/bà" in done.text
    # whoever printed the receipt holds the same numbers: what was said is neither shown nor written over
    official = province.visitor()
    start = official.get("/danh-gia/phieu")
    again = official.submit(start, "/danh-gia/phieu", {"ma": dossier.reference, "so": dossier.reference})
    assert "đã được đánh giá" in again.text and "Chờ lâu lắm" not in again.html
    assert not again.has_form("/danh-gia/phieu")
    over = visitor.submit(opened, "/danh-gia/phieu", told | {"c.thai_do": "kem", "comment": ""})
    assert over.status == 409 and "Chờ lâu lắm" not in over.html
    kept = province.services.ratings.of(dossier)
    assert (kept.answers["thai_do"], kept.comment) == ("tot", "Chờ lâu lắm")
    assert "Chờ lâu lắm" in province.citizen().get(f"/ho-so/{dossier.id}/danh-gia").html

    under_way = kernel.accept(2)
    assert not may_rate(under_way)
    assert province.citizen().get(f"/ho-so/{under_way.id}/danh-gia").status == 404
    with pytest.raises(Refused, match="chưa có kết quả"):
        province.services.ratings.give(under_way, GOOD, "", province.clock.now())
    other = province.citizen("0987654321")
    assert other.get(f"/ho-so/{dossier.id}/danh-gia").status == 404
