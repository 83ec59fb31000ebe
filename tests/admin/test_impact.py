"""An amended draft beside what is in force: the changes in words, and what they do to dossiers that exist."""

import re
from dataclasses import replace
from pathlib import Path

from definitions.calendars import shipped as calendar
from tthc.agencies.data import shipped as shipped_agencies
from tthc.trials.run import run
from tthc.trials.walk import Walk
from tthc.trials.world import World

CODE = "9.000001"
COMMUNE = "phuong-to-hieu"
TEXT = (Path(__file__).parent / "thu_muc.yaml").read_text(encoding="utf-8")


def in_force(services, clock):
    services.definitions.seed([(f"{CODE}.yaml", TEXT)], clock.now())
    services.agencies.add_missing(a for a in shipped_agencies() if a.id == COMMUNE)
    return services.definitions.published(CODE, clock.now().date())


def dossier(services, definition, number, at=0, steps=None):
    """A dossier of an example, kept as the running system keeps them."""
    example = definition.examples[at]
    example = replace(example, agency={"id": COMMUNE, "level": "xa"}, steps=example.steps[:steps])
    walk = Walk(World(definition, example, calendar()))
    walk.hand_in(run(definition, example, calendar()).assessment)
    walk.take_steps()
    made = walk.dossier
    code = f"000.00.00.H52-261123-000{number}"
    return services.repository.insert(
        replace(made, id=f"d{number}", code=code, reference=f"HS-2222-000{number}", agency=COMMUNE)
    )


def amended(visit, services, old, new):
    assert old in TEXT
    officer = visit("soan")
    officer.get("/quan-tri/ban-cau-hinh/them")
    officer.post("/quan-tri/ban-cau-hinh/them", text=TEXT.replace(old, new))
    version = services.definitions.versions(CODE)[-1]
    return officer, f"/quan-tri/ban-cau-hinh/{CODE}/{version.id}"


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def test_an_amendment_is_told_in_words_and_line_by_line(visit, services, clock):
    in_force(services, clock)
    officer, path = amended(visit, services, 'amount: "20000"', 'amount: "25000"')
    told = words(officer.get(f"{path}/so-sanh"))
    assert "Phí làm thẻ" in told.partition("Từng dòng")[0]
    assert "Trước: 20.000 đồng Sau: 25.000 đồng" in told.partition("Từng dòng")[0]
    assert "25000" in told.partition("Từng dòng")[2]


def test_a_version_is_held_against_any_other(visit, services, clock):
    in_force(services, clock)
    amended(visit, services, 'amount: "20000"', 'amount: "25000"')
    second = services.definitions.versions(CODE)[-1].id
    officer, path = amended(visit, services, 'amount: "20000"', 'amount: "30000"')
    assert "Trước: 20.000 đồng Sau: 30.000 đồng" in words(officer.get(f"{path}/so-sanh"))
    page = officer.get(f"{path}/so-sanh?voi={second}")
    assert "Trước: 25.000 đồng Sau: 30.000 đồng" in words(page)
    assert f'value="{second}" selected' in page.text
    assert officer.get(f"{path}/so-sanh?voi=khong-co").status_code == 200


def test_dossiers_are_replayed_and_stay_as_they_are(visit, services, clock):
    definition = in_force(services, clock)
    done, still = dossier(services, definition, 1), dossier(services, definition, 2, steps=1)
    other = dossier(services, definition, 3, at=1)
    kept = [services.repository.get(each.id) for each in (done, still, other)]
    officer, path = amended(visit, services, 'amount: "20000"', 'amount: "25000"')
    page = officer.get(f"{path}/tac-dong")
    told = words(page)
    assert "3 hồ sơ mới nhất và đang giải quyết" in told
    assert "Có khác biệt 2 hồ sơ" in told
    assert told.count("Phí, lệ phí: Phí làm thẻ: 20.000 đồng → 25.000 đồng.") == 2
    assert "Đang mở – chuyển sang được 1 hồ sơ" in told
    assert still.code in told
    assert other.code not in told
    assert "Lò Thị Xuân" not in told
    assert [services.repository.get(each.id) for each in (done, still, other)] == kept


def test_what_cannot_be_compared_says_why(visit, services, clock):
    in_force(services, clock)
    officer, path = amended(visit, services, 'amount: "20000"', 'amount: "20000"')
    assert "Thủ tục này chưa nhận hồ sơ nào" in words(officer.get(f"{path}/tac-dong"))
    officer, path = amended(visit, services, 'amount: "20000"', 'amount: "20000 *"')
    assert "còn lỗi nên chưa dựng được" in words(officer.get(f"{path}/tac-dong"))


def test_a_first_version_has_nothing_to_be_held_against(visit, written):
    assert "Đây là bản đầu tiên" in words(visit("soan").get(f"{written}/tac-dong"))
