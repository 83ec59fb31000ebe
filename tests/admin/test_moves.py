"""Open dossiers led to a newer version from the page of its impact, and back."""

import re
from datetime import timedelta

from amending import CODE, dossier, in_force, may_read_here, newer

from tthc.dossiers import commands as cmd
from tthc.dossiers.chain import verify
from tthc.dossiers.context import RECEPTION, Actor
from tthc.moves.model import Batch, Chosen, Order, Row
from tthc.moves.service import Moves

ASKED = {"reason": "Phí giảm theo nghị quyết", "decision": "QĐ 12/QĐ-UBND ngày 23/11/2026"}


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def open_dossiers(services, clock, count=2):
    definition = in_force(services, clock)
    return [dossier(services, definition, number, steps=1).id for number in range(1, count + 1)]


def ticked(page):
    return re.findall(r'name="dossier" value="([^"]+)" checked', page.text)


def carried(page):
    return re.search(r'name="command_id" value="(\w+)"', page.text)[1]


def stand(services, *ids):
    return [services.repository.get(each) for each in ids]


def reviewer(visit, sees=True):
    if sees:
        may_read_here("duyet")
    return visit("duyet")


def ordered(someone, path, **form):
    page = someone.get(f"{path}/chuyen-ho-so")
    return someone.post(f"{path}/chuyen-ho-so", command_id=carried(page), **{**ASKED, **form})


def test_all_that_can_go_are_ticked_and_each_says_what_changes(visit, services, clock):
    ids = open_dossiers(services, clock)
    path = newer(services, clock)
    someone = reviewer(visit)
    assert f"{path}/chuyen-ho-so" in someone.get(f"{path}/tac-dong").text
    page = someone.get(f"{path}/chuyen-ho-so")
    assert ticked(page) == ids
    told = words(page)
    assert "Phí, lệ phí: Phí làm thẻ: 20.000 đồng → 15.000 đồng. (2 hồ sơ của " in told
    assert stand(services, ids[0])[0].code in told
    assert f"/ho-so/{ids[0]}" in page.text
    assert "Lò Thị Xuân" not in told


def test_they_go_with_the_reason_and_the_decision_in_their_story(visit, services, clock):
    ids = open_dossiers(services, clock)
    path = newer(services, clock)
    someone = reviewer(visit)
    page = ordered(someone, path, dossier=[ids[0]])
    assert "Đã chuyển: 1" in words(page)
    moved, stayed = stand(services, *ids)
    assert [fee.amount for fee in moved.fees] == [15_000]
    assert [fee.amount for fee in stayed.fees] == [20_000]
    assert verify(moved) == verify(stayed)
    event = moved.history[-1]
    assert (event.type, event.data["by"], event.data["reason"]) == ("version_moved", "duyet", ASKED["reason"])
    assert ticked(someone.get(f"{path}/chuyen-ho-so")) == [ids[1]]
    assert "Đã có 1 đợt chuyển" in words(someone.get(f"{path}/chuyen-ho-so"))


def test_what_is_missing_is_said_and_what_was_typed_is_kept(visit, services, clock):
    ids = open_dossiers(services, clock)
    path = newer(services, clock)
    someone = reviewer(visit)
    page = ordered(someone, path, dossier=[ids[1]], decision=" ")
    assert page.status_code == 422
    assert "Ghi số, ngày của quyết định" in words(page)
    assert ASKED["reason"] in page.text
    assert ticked(page) == [ids[1]]
    page = ordered(someone, path)
    assert "chọn ít nhất một hồ sơ" in words(page)
    assert {found.definition for found in stand(services, *ids)} != {
        services.definitions.versions(CODE)[-1].hash
    }


def test_a_press_too_many_orders_once(visit, services, clock):
    ids = open_dossiers(services, clock)
    path = newer(services, clock)
    someone = reviewer(visit)
    page = someone.get(f"{path}/chuyen-ho-so")
    form = {**ASKED, "command_id": carried(page), "dossier": ids}
    first = someone.post(f"{path}/chuyen-ho-so", follow=False, **form)
    clock.advance(minutes=1)
    again = someone.post(f"{path}/chuyen-ho-so", follow=False, **{**form, "dossier": [ids[0]]})
    version = services.definitions.versions(CODE)[-1].id
    assert first.status_code == 302
    assert len(services.moves.of(CODE, version)) == 1
    assert again.status_code in {302, 422}
    assert [found.history[-1].seq for found in stand(services, *ids)] == [
        next(e.seq for e in found.history if e.type == "version_moved") for found in stand(services, *ids)
    ]


def test_nobody_goes_to_a_version_before_its_day(visit, services, clock):
    ids = open_dossiers(services, clock)
    path = newer(services, clock, start=(clock.now() + timedelta(days=10)).date())
    someone = reviewer(visit)
    page = someone.get(f"{path}/chuyen-ho-so")
    assert "Bản này có hiệu lực từ ngày 03/12/2026; chuyển hồ sơ được từ ngày đó." in words(page)
    assert "Chuyển các hồ sơ đã chọn" not in page.text
    assert ordered(someone, path, dossier=ids).status_code == 422
    waiting = newer(services, clock, published=False)
    assert "chưa công bố" in words(someone.get(f"{waiting}/chuyen-ho-so"))


def test_whose_dossiers_one_may_not_read_are_counted_only(visit, services, clock):
    ids = open_dossiers(services, clock)
    path = newer(services, clock)
    someone = reviewer(visit, sees=False)
    page = someone.get(f"{path}/chuyen-ho-so")
    assert ticked(page) == []
    assert "2 hồ sơ chuyển được, 0 hồ sơ cần người" in words(page)
    for found in stand(services, *ids):
        assert found.code not in page.text
        assert f'value="{found.id}"' not in page.text
    assert ordered(someone, path, dossier=ids).status_code == 422  # none of them may be named
    page = ordered(someone, path, elsewhere="1")
    assert "ngoài quyền xem của ông/bà: đã chuyển 2" in words(page)
    assert stand(services, ids[0])[0].code not in page.text


def test_who_needs_a_person_goes_only_when_that_person_says_so(visit, services, clock):
    ids = open_dossiers(services, clock)
    more = ("attachments:\n", "attachments:\n  - {id: giay_moi, name: Giấy mới, copies: {copy: 1}}\n")
    mended = (
        ("papers: [anh_the],", "papers: [anh_the, giay_moi],"),
        ("fees: {}, papers: []", "fees: {}, papers: [giay_moi]"),
    )
    path = newer(services, clock, more, *mended)
    someone = reviewer(visit)
    page = someone.get(f"{path}/chuyen-ho-so")
    assert ticked(page) == []
    assert words(page).count("Phải bổ sung “Giấy mới”.") == 2
    page = ordered(someone, path, dossier=ids)
    assert page.status_code == 422
    page = ordered(someone, path, despite=[ids[0]])
    assert "Đã chuyển: 1" in words(page)
    assert stand(services, ids[0])[0].history[-1].data["despite"] == ["Phải bổ sung “Giấy mới”."]


def test_a_batch_is_led_back_each_dossier_or_told_why_not(visit, services, clock):
    ids = open_dossiers(services, clock, 3)
    before = stand(services, *ids)
    path = newer(services, clock)
    someone = reviewer(visit)
    page = ordered(someone, path, dossier=ids)
    place = re.search(r'action="([^"]+/hoan-tac)"', page.text)[1]
    desk = Actor("motcua", "Cán bộ một cửa", "staff", before[0].agency, frozenset({RECEPTION}))
    services.dossiers.execute(ids[1], cmd.LogCall("0912345678", "Đã gọi"), desk, "goi")
    assert someone.post(place, reason=" ").status_code == 422
    told = words(someone.post(place, reason="Chuyển nhầm"))
    assert "Đã trở lại bản trước: 2" in told
    assert "Không hoàn tác được: 1" in told
    assert "Sau khi chuyển, hồ sơ đã có thao tác mới" in told
    assert "Chuyển nhầm" in told
    after = stand(services, *ids)
    assert [found.fees for found in after] == [before[0].fees, after[1].fees, before[2].fees]
    assert list(map(verify, after)) == list(map(verify, before))
    assert "Xác nhận hoàn tác" not in someone.get(place.removesuffix("/hoan-tac")).text


def test_only_reviewers_may(visit, services, clock):
    ids = open_dossiers(services, clock, 1)
    path = newer(services, clock)
    for who in ("soan", "quantri", "motcua"):
        assert visit(who).get(f"{path}/chuyen-ho-so").status_code == 403
        assert "Chuyển hồ sơ đang mở" not in visit(who).get(f"{path}/tac-dong").text
    assert stand(services, *ids)[0].history[-1].type != "version_moved"


class Died(BaseException):
    """The process is killed: nothing catches it."""


def test_a_batch_broken_off_anywhere_goes_on_and_doubles_nothing(services, clock, monkeypatch):
    ids = open_dossiers(services, clock, 4)
    wrong = set(map(verify, stand(services, *ids)))  # the example's own ids
    newer(services, clock)
    version = services.definitions.versions(CODE)[-1]
    order = Order("duyet", "Cán bộ duyệt", clock.now(), "Vì", "QĐ 1")
    batch = Batch("b" * 32, CODE, version.id, version.hash, order)
    services.moves.open(batch, [Chosen(each, each, "a") for each in ids])
    rows = services.database["dossier_moves"]
    dies_in = iter(range(8))
    real = type(services.dossiers).execute

    def execute(self, *args, **kwargs):
        place = next(dies_in, None)
        if place is not None and place % 2 == 0:
            raise Died  # before it was carried out
        done = real(self, *args, **kwargs)
        if place is not None:
            raise Died  # carried out, and not written into the row
        return done

    monkeypatch.setattr(type(services.dossiers), "execute", execute)
    worker = Moves(services.dossiers, services.database)
    for _ in range(9):
        try:
            worker.sweep(limit=2)
        except Died:
            assert rows.count_documents({"state": Row.WAITING.value}) >= 1
    while worker.sweep(limit=2):
        pass
    assert rows.count_documents({"state": Row.MOVED.value}) == 4
    assert services.moves.get(batch.id).left == 0
    for found in stand(services, *ids):
        assert sum(entry.type == "version_moved" for entry in found.history) == 1
        assert verify(found) in wrong
    assert worker.sweep() == 0


def test_what_waits_when_the_batch_is_undone_never_goes(services, clock):
    ids = open_dossiers(services, clock, 3)
    newer(services, clock)
    version = services.definitions.versions(CODE)[-1]
    order = Order("duyet", "Cán bộ duyệt", clock.now(), "Vì", "QĐ 1")
    batch = services.moves.open(
        Batch("c" * 32, CODE, version.id, version.hash, order), [Chosen(each, each, "a") for each in ids]
    )
    services.moves.run(batch.id, 1)
    services.moves.undo(batch.id, Order("duyet", "Cán bộ duyệt", clock.now(), "Nhầm"))
    while services.moves.sweep(1):
        pass
    states = [row.state for row in services.moves.get(batch.id).rows]
    assert states == [Row.RETURNED, Row.STOPPED, Row.STOPPED]
    assert [found.definition == version.hash for found in stand(services, *ids)] == [False] * 3
