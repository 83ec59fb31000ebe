from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from dossier_stories import (
    AGENCY,
    ELSEWHERE,
    EXAMINER,
    HEAD_OF_UNIT,
    OWNER,
    RECEPTION,
    STRANGER,
    a_file,
    at,
    definition,
    immediate,
    registration,
    submission,
)

from tthc.dossiers import commands as cmd
from tthc.dossiers.chain import verify
from tthc.dossiers.codes import COUNTERS, read_code
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Status

pytestmark = pytest.mark.database

ACCEPT = cmd.Accept(("hop_dong",))


def submit(service, number=1):
    return service.start(definition(), submission(f"hs{number}"), OWNER, f"nộp {number}")


def drawn(service):
    """The last number drawn today, 0 where none was."""
    counter = service.dossiers.collection.database[COUNTERS].find_one()
    return counter["last"] if counter else 0


def test_a_dossier_from_submission_to_return(service):
    dossier = submit(service)
    assert dossier.reference.startswith("HS-")
    dossier = service.execute(dossier.id, ACCEPT, RECEPTION, "nhận")
    assert dossier.code == "000.01.14.H52-260601-0001"
    give = cmd.Act(dossier.tasks[0].id, "giao", assignee="vien")
    dossier = service.execute(dossier.id, give, HEAD_OF_UNIT, "giao")
    dossier = service.execute(
        dossier.id, cmd.Act(dossier.tasks[0].id, "trinh", files=(a_file(),)), EXAMINER, "trình"
    )
    assert service.dossiers.get("hs1") == dossier
    assert (dossier.version, verify(dossier)) == (4, ())


def test_a_doubled_submission_returns_the_same_dossier(service):
    first = submit(service)
    again = service.start(definition(), submission("hs1", answers={}), OWNER, "nộp lại")
    assert again == first
    with pytest.raises(Refused, match="đã được dùng"):
        service.start(definition(), submission("hs1"), STRANGER, "nộp trộm")


def test_submissions_doubled_at_the_same_time_are_one(service):
    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(lambda n: service.start(definition(), submission("hs1"), OWNER, f"n{n}"), range(16))
        )
    assert len({d.reference for d in found}) == 1
    assert service.dossiers.collection.count_documents({}) == 1
    assert len(service.dossiers.get("hs1").outbox) == 3


def test_d11_1_two_hundred_parallel_accepts_have_two_hundred_codes(service):
    for number in range(200):
        submit(service, number)

    def accept(number):
        return service.execute(f"hs{number}", ACCEPT, RECEPTION, f"nhận {number}").code

    with ThreadPoolExecutor(16) as pool:
        codes = list(pool.map(accept, range(200)))
    assert len(set(codes)) == 200
    assert all(read_code(code).identifier == AGENCY.identifier for code in codes)
    assert service.dossiers.collection.count_documents({"status": "solving", "version": 2}) == 200


def test_a_race_lost_is_decided_again(service):
    submit(service)

    def call(number):
        return service.execute("hs1", cmd.LogCall("0912", f"Gọi lần {number}"), RECEPTION, f"gọi {number}")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(call, range(24)))
    dossier = service.dossiers.get("hs1")
    assert dossier.version == 25
    assert {e.data.get("content") for e in dossier.history[1:]} == {f"Gọi lần {n}" for n in range(24)}
    assert verify(dossier) == ()


def test_of_two_who_accept_one_is_told_it_is_done(service):
    submit(service)

    def accept(number):
        try:
            return service.execute("hs1", ACCEPT, RECEPTION, f"nhận {number}").code
        except Refused as refusal:
            return refusal.code

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(accept, range(8)))
    assert sorted(told)[1:] == ["accepted"] * 7
    assert service.dossiers.get("hs1").version == 2


def test_a_doubled_command_is_carried_out_once(service):
    submit(service)
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda _: service.execute("hs1", ACCEPT, RECEPTION, "nhận"), range(8)))
    assert {d.version for d in done} == {2}
    assert len({d.code for d in done}) == 1
    assert [e.type for e in service.dossiers.get("hs1").history] == ["submitted", "accepted", "moved"]


def test_no_code_is_drawn_for_what_is_refused(service):
    submit(service)
    for actor, command in ((RECEPTION, cmd.Accept(())), (ELSEWHERE, ACCEPT), (OWNER, ACCEPT)):
        with pytest.raises(Refused):
            service.execute("hs1", command, actor, "nhận")
    with pytest.raises(Refused):
        service.start(definition(), registration("quay", checked=()), RECEPTION, "quầy")
    assert drawn(service) == 0
    service.execute("hs1", ACCEPT, RECEPTION, "nhận đúng")
    assert drawn(service) == 1


def test_a_code_that_is_taken_is_drawn_again(service):
    first = service.execute(submit(service, 1).id, ACCEPT, RECEPTION, "một")
    service.dossiers.collection.database[COUNTERS].update_one({}, {"$set": {"last": 0}})
    second = service.execute(submit(service, 2).id, ACCEPT, RECEPTION, "hai")
    third = service.start(definition(), registration("quay"), RECEPTION, "ba")
    assert [d.code[-4:] for d in (first, second, third)] == ["0001", "0002", "0003"]


def test_a_code_that_is_taken_at_the_counter_is_drawn_again(service):
    service.start(definition(), registration("một"), RECEPTION, "một")
    service.dossiers.collection.database[COUNTERS].update_one({}, {"$set": {"last": 0}})
    assert service.start(definition(), registration("hai"), RECEPTION, "hai").code.endswith("-0002")


def test_a_reference_that_is_taken_is_drawn_again(service):
    made = iter(["HS-2222-2222", "HS-2222-2222", "HS-3333-3333"])
    service = replace(service, references=lambda: next(made))
    assert submit(service, 1).reference == "HS-2222-2222"
    assert submit(service, 2).reference == "HS-3333-3333"


def test_an_immediate_procedure_is_one_write(service):
    command = cmd.CompleteImmediately(registration("ngay"), result="Đã cấp", recipient="Hoa", method="cash")
    dossier = service.start(immediate(), command, RECEPTION, "ngay")
    assert (dossier.status, dossier.version, dossier.code[-4:]) == (Status.RETURNED, 1, "0001")
    assert service.start(immediate(), command, RECEPTION, "ngay") == dossier
    with pytest.raises(ValueError, match="execute"):
        service.start(immediate(), cmd.CompleteImmediately(), RECEPTION, "x")


def test_a_page_out_of_date_is_refused(service):
    submit(service)
    service.execute("hs1", cmd.LogCall("", "Gọi"), RECEPTION, "gọi", expected_version=1)
    with pytest.raises(Refused) as caught:
        service.execute("hs1", ACCEPT, RECEPTION, "nhận", expected_version=1)
    assert caught.value.code == "stale"


def test_what_is_not_there_is_refused(service):
    with pytest.raises(Refused, match="Không tìm thấy hồ sơ"):
        service.execute("không có", ACCEPT, RECEPTION, "x")
    with pytest.raises(Refused, match="Không tìm thấy cơ quan"):
        service.start(definition(), submission(agency="lạ"), OWNER, "x")


def test_reading_is_for_those_who_may(service):
    dossier = submit(service)
    assert service.read("hs1", OWNER) == service.read("hs1", RECEPTION) == dossier
    assert service.read("hs1", STRANGER) is service.read("hs1", ELSEWHERE) is service.read("x", OWNER) is None


def test_sweeping_timers_twice_fires_each_once(service):
    for number in range(3):
        submit(service, number)
    assert service.fire_timers() == 0
    service.clock.set(at("02/06/2026 08:00"))
    due = service.due_timers()
    assert [dossier for dossier, _ in due] == ["hs0", "hs1", "hs2"]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: service.fire_timers(), range(4)))
    assert service.due_timers() == []
    for number in range(3):
        templates = [e.template for e in service.dossiers.get(f"hs{number}").outbox]
        assert templates.count("intake_overdue") == 1


def test_a_dossier_that_cannot_be_decided_keeps_no_other_waiting(service, caplog):
    for number in range(2):
        submit(service, number)
    service.dossiers.collection.update_one({"_id": "hs0"}, {"$set": {"definition": "đã mất"}})
    service.clock.set(at("02/06/2026 08:00"))
    assert service.fire_timers() == 1
    assert [dossier for dossier, _ in service.due_timers()] == ["hs0"]
    assert "of dossier hs0 was not fired" in caplog.text


def test_a_write_that_leaves_something_to_deliver_is_told_and_no_other(service):
    told = []
    service = replace(service, after_write=lambda *what: told.append(what))
    first = submit(service)
    assert told == [("hs1", first.outbox[0].id)]
    submit(service)
    service.execute("hs1", cmd.LogCall("0912", "Hướng dẫn"), RECEPTION, "gọi")
    assert len(told) == 1
    accepted = service.execute("hs1", ACCEPT, RECEPTION, "nhận")
    service.execute("hs1", ACCEPT, RECEPTION, "nhận")
    assert told[1:] == [("hs1", accepted.outbox[len(first.outbox)].id)]


def test_what_fails_after_a_write_harms_no_command(service, caplog):
    def away(_dossier, _entry):
        raise OSError("hàng đợi không trả lời")

    dossier = submit(replace(service, after_write=away))
    assert service.dossiers.get("hs1") == dossier
    assert "nobody was told of the outbox of dossier hs1" in caplog.text
