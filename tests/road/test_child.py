"""A step opens a dossier of another procedure at another agency; its end moves the first one on, whatever dies between."""

import re

import pytest
from child_walk import AT_ONCE, CHILD, WAITING, child_text, publish_child, waiting
from people import COMMUNE, OTHER, Province
from walk import open_dossier

from tthc.children import Children
from tthc.dossiers.commands import TellChild
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.outbox import LEASE, MAX_ATTEMPTS, Outbox
from tthc.notices.worker import OutboxWorker

pytestmark = pytest.mark.database


class Dies(BaseException):
    """A worker killed at this line."""


class Dying:
    """The service of dossiers under a worker that is killed before or after it carries something out."""

    def __init__(self, inner, *, before: bool, at: str) -> None:
        self.inner, self.before, self.at = inner, before, at
        self.clock, self.agencies_on = inner.clock, inner.agencies_on
        self.alive = True

    def start(self, *told):
        return self._carry("start", self.inner.start, told)

    def execute(self, *told):
        return self._carry("execute", self.inner.execute, told)

    def _carry(self, name, what, told):
        dies = self.alive and name == self.at
        if dies and self.before:
            self.alive = False
            raise Dies
        done = what(*told)
        if dies:
            self.alive = False
            raise Dies
        return done


def worker(province: Province, service) -> OutboxWorker:
    s = province.services
    children = Children(service, s.repository, s.definitions.published)
    return OutboxWorker(
        Outbox(s.repository), s.database, s.settings, province.clock, errands=children.errands
    )


def run_out(made: OutboxWorker) -> None:
    """Until nothing is due."""
    while made.run_once():
        pass


def parent(province: Province, code: str):
    return province.services.repository.by_code(code)


def child_of(province: Province, code: str):
    (child,) = parent(province, code).children
    return province.services.repository.get(child.id)


def receive_there(province: Province, number: str):
    """The other agency's desk with the child's page, as it came in."""
    desk = province.staff("khac-motcua")
    page = desk.get(f"/motcua/{OTHER}/hop/truc-tuyen")
    assert number in page.text, page.text
    return desk, desk.get(re.search(rf'href="([^"]+)">{re.escape(number)}</a>', page.html)[1])


def test_the_other_dossier_is_opened_solved_and_moves_the_first_one_on(province: Province):
    publish_child(province, child_text())
    code = waiting(province)
    province.sweep()
    child = child_of(province, code)
    assert (child.procedure, child.agency, child.owner) == (CHILD, OTHER, parent(province, code).owner)
    assert [len(paper.files) for paper in child.papers] == [1], "the paper came along"
    examiner = province.staff("chuyenvien")
    page = open_dossier(examiner, "cho-toi", code)
    assert f"Đang chờ hồ sơ liên thông {child.reference}" in page.text, page.text
    assert "Đăng ký thẻ bạn đọc" in page.text.partition("Hồ sơ liên thông")[2]
    assert not page.has_form("/da_co") and not page.has_form("/khong_duoc")
    citizen = province.citizen()
    mine = citizen.get(f"/ho-so/{parent(province, code).id}")
    assert f"/ho-so/{child.id}" in mine.links and "Đang giải quyết" in mine.text
    theirs = citizen.get(f"/ho-so/{child.id}")
    assert "Mở từ hồ sơ “Cấp thẻ mượn sách tại thư viện bản”" in theirs.text
    assert f"/ho-so/{parent(province, code).id}" in theirs.links

    desk, page = receive_there(province, child.reference)
    assert "Mở từ hồ sơ" in page.text and not any(parent(province, code).id in link for link in page.links)
    page = desk.submit(page, "/tiep-nhan", {"checked": ["anh_the"]})
    page = desk.submit(page, "/thu-phi", {"method": "cash"})
    page = desk.submit(page, "/tra_the")
    assert "Đã trả kết quả" in page.text, page.text
    assert [t.step for t in parent(province, code).tasks] == ["cho_the"]
    province.sweep()
    province.sweep()
    assert [t.step for t in parent(province, code).tasks] == ["tra"]
    page = open_dossier(province.staff("motcua"), "cho-tra-ket-qua", code)
    assert "đã có kết quả" in page.text.partition("Lịch sử")[2]


def test_the_other_agency_refuses_and_its_reason_comes_back(province: Province):
    publish_child(province, child_text())
    code = waiting(province)
    province.sweep()
    desk, page = receive_there(province, child_of(province, code).reference)
    assert desk.submit(page, "/tu-choi", {"reason": "Ảnh không rõ mặt"}).status == 200
    province.sweep()
    assert [t.step for t in parent(province, code).tasks] == ["tra_lai"]
    page = open_dossier(province.staff("motcua"), "cho-toi", code)
    assert "Ảnh không rõ mặt" in page.text.partition("Lịch sử")[2]


def test_procedures_that_open_one_another_by_turns_stop(province: Province):
    back = WAITING.replace(CHILD, "9.000001").replace(OTHER, COMMUNE)
    publish_child(province, child_text().replace(AT_ONCE, back))
    code = waiting(province)
    province.sweep()
    child = child_of(province, code)
    desk, page = receive_there(province, child.reference)
    desk.submit(page, "/tiep-nhan", {"checked": ["anh_the"]})
    examiner = province.staff("khac-chuyenvien")
    page = examiner.get(f"/motcua/{OTHER}/ho-so/{child.id}")
    assert examiner.submit(page, "/mo").status == 200
    province.sweep()
    (again,) = province.services.repository.get(child.id).children
    assert (again.standing, "thành vòng" in again.reason) == ("failed", True)


def test_an_agency_that_is_not_in_force_is_told_too(province: Province):
    publish_child(province, child_text())
    code = waiting(province, agency="phuong-khong-con")
    province.sweep()
    (child,) = parent(province, code).children
    assert (child.standing, "phuong-khong-con" in child.reason) == ("failed", True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [(None, "không có bản nào đang có hiệu lực"), (child_text(books=3), "chỗ cần sửa")],
    ids=["not in force", "answers not valid"],
)
def test_what_cannot_be_opened_is_told_to_who_goes_on_by_hand(province: Province, text, reason):
    if text is not None:
        publish_child(
            province, text.replace("books: 3}", "books: 2}").replace("le_phi_the: 3000", "le_phi_the: 2000")
        )
    code = waiting(province)
    province.sweep()
    examiner = province.staff("chuyenvien")
    page = open_dossier(examiner, "cho-toi", code)
    assert "Không mở được hồ sơ liên thông" in page.text and reason in page.text, page.text
    citizen = province.citizen().get(f"/ho-so/{parent(province, code).id}")
    assert reason not in citizen.text
    page = examiner.submit(page, "/da_co")
    assert page.status == 200
    assert [t.step for t in parent(province, code).tasks] == ["tra"]


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("at", ["start", "execute"])
def test_a_worker_killed_while_it_opens_the_child_opens_it_once(province: Province, at, before):
    publish_child(province, child_text())
    code = waiting(province)
    with pytest.raises(Dies):
        worker(province, Dying(province.services.dossiers, before=before, at=at)).run_once()
    province.clock.advance(minutes=LEASE.seconds // 60 + 1)
    province.sweep()
    found = parent(province, code)
    assert found.children[0].standing == "open"
    of_child = province.services.database["dossiers"].count_documents({"procedure": CHILD})
    assert of_child == 1
    assert sum(entry.type == "child_told" for entry in found.history) == 1


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_worker_killed_between_the_childs_end_and_the_parents_action_loses_nothing(
    province: Province, before
):
    publish_child(province, child_text())
    code = waiting(province)
    province.sweep()
    desk, page = receive_there(province, child_of(province, code).reference)
    desk.submit(page, "/tu-choi", {"reason": "Ảnh không rõ mặt"})
    dying = worker(province, Dying(province.services.dossiers, before=before, at="execute"))
    with pytest.raises(Dies):
        run_out(dying)
    version = parent(province, code).version
    province.sweep()
    assert parent(province, code).version == version, "leased still: nobody else takes it"
    province.clock.advance(minutes=LEASE.seconds // 60 + 1)
    province.sweep()
    found = parent(province, code)
    assert [t.step for t in found.tasks] == ["tra_lai"]
    assert sum(entry.data.get("action") == "khong_duoc" for entry in found.history) == 1
    assert all(entry.state == "done" for entry in child_of(province, code).outbox)


def test_a_fault_is_tried_again_and_told_when_it_is_given_up(province: Province):
    publish_child(province, child_text())
    code = waiting(province)

    class Broken(Dying):
        def start(self, *_told):
            raise RuntimeError("the disk is full")

    broken = worker(province, Broken(province.services.dossiers, before=False, at=""))
    for _ in range(MAX_ATTEMPTS):
        assert parent(province, code).children[0].standing == "wanted"
        broken.run_once()
        province.clock.advance(hours=5)
    found = parent(province, code)
    assert found.children[0].standing == "failed"
    assert "Hệ thống gặp lỗi" in found.children[0].reason
    assert next(e for e in found.outbox if e.channel == "system").state == "dead"


def test_a_parent_that_ended_meanwhile_opens_nothing_and_hears_nothing(province: Province):
    publish_child(province, child_text())
    code = waiting(province)
    citizen = province.citizen()
    page = citizen.get(f"/ho-so/{parent(province, code).id}")
    assert "Đã rút theo yêu cầu" in citizen.submit(page, "/rut", {"reason": "Thôi"}).text
    province.sweep()
    assert province.services.database["dossiers"].count_documents({"procedure": CHILD}) == 0
    task = parent(province, code).children[0].task
    service, found = province.services.dossiers, parent(province, code)
    told = service.execute(found.id, TellChild(task, "returned"), SYSTEM, "muon")
    assert told.version == found.version
