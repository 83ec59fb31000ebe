"""Đ14.2, Đ15.1a: numbers of results and of receipts come from the agency's books, on the day they are given."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from dossier_stories import (
    AGENCY,
    CALENDAR,
    CLERK,
    LEADER,
    MONDAY,
    OWNER,
    RECEPTION,
    STAFF,
    Story,
    a_file,
    at,
    confirmed,
    definition,
    ready,
    submission,
    submitted,
)

from rules.workflow.model import Need
from tthc.clock import ManualClock
from tthc.dossiers import commands as cmd
from tthc.dossiers.booked import Booked, BookFacts
from tthc.dossiers.commands_return import CorrectReturn, HandToPost, ReceiveOnline
from tthc.dossiers.context import SYSTEM, Policy
from tthc.dossiers.refusals import Refused
from tthc.dossiers.service import DossierService
from tthc.dossiers.state import Signed
from tthc.dossiers.view import possible, timeline
from tthc.policy import load_policy

FILE = (a_file("ket_qua"),)
TODAY = date(2026, 6, 1)
BOOK = BookFacts("xa-a:2026:ket-qua", "xa-a", "ket-qua", "Sổ cấp kết quả")
BY_HAND = BookFacts("xa-a:2026:ket-qua", "xa-a", "ket-qua", "Sổ cấp kết quả", manual=True)
RECEIPTS = BookFacts("xa-a:2026:bien-lai", "xa-a", "bien-lai", "Sổ biên lai")


def at_the_clerk() -> Story:
    story = confirmed()
    story.act(LEADER, "duyet")
    return story


def issue(story: Story, booked: Booked, **needs: object):
    command = cmd.Act(story.dossier.tasks[0].id, "phat_hanh", **{"files": FILE, **needs})
    return story.do(CLERK, command, booked=booked)


def refused(code: str, rule: str, call) -> str:
    with pytest.raises(Refused) as caught:
        call()
    assert (caught.value.code, caught.value.rule) == (code, rule)
    return caught.value.message


def test_d14_2_the_number_is_the_books_and_the_day_is_the_day_it_is_given():
    story = at_the_clerk()
    dossier = issue(story, Booked(BOOK, number="12/GP-UBND"))
    result = dossier.documents[-1]
    assert (result.number, result.issued_on, result.book) == ("12/GP-UBND", TODAY, BOOK.id)


@pytest.mark.parametrize("day", [date(2026, 5, 31), date(2026, 6, 2)])
def test_d14_2_a_drawn_number_is_not_dated_back_or_ahead(day: date):
    story = at_the_clerk()
    before = story.dossier
    with pytest.raises(Refused) as caught:
        issue(story, Booked(BOOK, number="12/GP-UBND"), issued_on=day)
    assert caught.value.code in {"backdated", "result"}
    assert caught.value.rule == "Đ14.2"
    assert story.dossier is before


def test_d14_2_a_number_is_written_by_hand_only_where_the_book_allows_it_and_with_a_reason():
    story = at_the_clerk()
    typed = {"number": "07/GP", "issued_on": TODAY}
    told = refused("number", "Đ14.2", lambda: issue(story, Booked(BOOK), **typed))
    assert "không ghi bằng tay" in told
    refused("number_reason", "Đ14.2", lambda: issue(story, Booked(BY_HAND), **typed))
    refused(
        "result", "Đ14.2", lambda: issue(story, Booked(BY_HAND), number="07/GP", why="Ban hành trên giấy")
    )
    early = {"number": "07/GP", "issued_on": date(2026, 5, 29), "why": "Ban hành trên giấy"}
    assert "trước ngày tiếp nhận" in refused(
        "backdated", "Đ14.2", lambda: issue(story, Booked(BY_HAND), **early)
    )
    result = issue(story, Booked(BY_HAND), **typed, why="Ban hành trên giấy").documents[-1]
    assert (result.number, result.book, result.why) == ("07/GP", "", "Ban hành trên giấy")


def test_d15_1a_the_receipts_number_is_the_books():
    story = ready()
    pay = cmd.RecordPayment(("phi",), "cash", "tự ghi")
    refused("receipt", "Đ15.1a", lambda: story.do(RECEPTION, pay, booked=Booked(receipts=RECEIPTS)))
    booked = Booked(receipts=RECEIPTS, receipt="0000123")
    fee = story.do(RECEPTION, cmd.RecordPayment(("phi",)), booked=booked).fees[0]
    assert fee.receipt == "0000123"
    assert story.dossier.history[-1].data["book"] == RECEIPTS.id


def test_d15_1a_what_a_gateway_collected_has_the_gateways_number():
    story = submitted()
    told = story.do(SYSTEM, cmd.RecordPayment(("phi",), "online", "VCB-1"), booked=Booked(receipts=RECEIPTS))
    assert told.fees[0].receipt == "VCB-1"


def test_d10_4b_an_action_that_asks_for_a_signature_is_not_taken_without():
    story = confirmed()
    story.definition = signed_definition()
    person = (Signed("person", LEADER.name, "UBND xã A", MONDAY),)
    agency = (Signed("agency", AGENCY.name, "", MONDAY),)
    refused("signature", "Đ10.4b", lambda: story.act(LEADER, "duyet"))
    dossier = story.act(LEADER, "duyet", files=(a_file("da_ky"),), signed=person)
    assert (dossier.documents[-1].kind, dossier.documents[-1].signed) == ("draft", person)
    typed = {"files": FILE, "number": "1", "issued_on": TODAY}
    told = refused("signature", "Đ10.4b", lambda: story.act(CLERK, "phat_hanh", **typed, signed=person))
    assert "chữ ký số của cơ quan" in told
    assert (
        story.act(CLERK, "phat_hanh", **typed, signed=(*person, *agency)).documents[-1].signed[-1]
        == agency[0]
    )


def signed_definition():
    whole = definition()
    steps = tuple(
        replace(
            step,
            actions=tuple(
                replace(a, needs=a.needs | {Need.SIGNATURE}) if a.id in {"duyet", "phat_hanh"} else a
                for a in step.actions
            ),
        )
        for step in whole.workflow.steps
    )
    return replace(whole, workflow=replace(whole.workflow, steps=steps))


@dataclass
class Counting:
    """Number books in memory, which count how often they are asked."""

    books: Booked = field(default_factory=lambda: Booked(BOOK, RECEIPTS))
    given: dict[str, str] = field(default_factory=dict)
    asked: int = 0

    def result_book(self, agency: str, day: date) -> BookFacts | None:
        return self.books.results

    def receipt_book(self, agency: str, day: date) -> BookFacts | None:
        return self.books.receipts

    def draw(self, book: BookFacts, day: date, *, key: str, by: str, at) -> str:
        self.asked += 1
        return self.given.setdefault(key, f"{len(self.given) + 1}/{book.kind}")

    def enter(self, book: BookFacts, text: str, day: date, *, key: str, by: str, at, why: str) -> None:
        if text in self.given.values():
            raise Refused("book", "Số đã cấp.", "Đ14.2")
        self.given[key] = text


class Held:
    """A collection of dossiers in memory, of one dossier."""

    def __init__(self, dossier) -> None:
        self.dossier = dossier

    def get(self, _dossier_id: str):
        return self.dossier

    def apply(self, before, after, _due):
        self.dossier = after
        return after


def carried_out(story: Story, numbers: Counting) -> DossierService:
    return DossierService(
        dossiers=Held(story.dossier),
        codes=None,
        clock=ManualClock(story.now),
        definition_of=lambda _hash: story.definition,
        agency_of={AGENCY.id: AGENCY}.get,
        staff_of=lambda key, _agency: STAFF.get(key),
        calendar_of=lambda _agency: CALENDAR,
        numbers=numbers,
    )


def test_d14_2_no_number_is_drawn_for_an_act_that_is_refused_and_one_for_one_that_is_repeated():
    story, numbers = at_the_clerk(), Counting()
    service = carried_out(story, numbers)
    token = story.dossier.tasks[0].id
    with pytest.raises(Refused):
        service.execute("hs1", cmd.Act(token, "phat_hanh"), CLERK, "lenh-1")
    assert numbers.asked == 0
    act = cmd.Act(token, "phat_hanh", files=FILE)
    service.check("hs1", act, CLERK, "lenh-2")
    assert numbers.asked == 0
    first = service.execute("hs1", act, CLERK, "lenh-2")
    again = service.execute("hs1", act, CLERK, "lenh-2")
    assert first.documents[-1].number == again.documents[-1].number == "1/ket-qua"
    assert numbers.given == {f"ket-qua:hs1:{token}": "1/ket-qua"}


def test_d15_1a_a_receipts_number_is_drawn_once_with_the_money():
    story, numbers = ready(), Counting()
    service = carried_out(story, numbers)
    for _ in range(2):
        fee = service.execute("hs1", cmd.RecordPayment(("phi",)), RECEPTION, "thu-1").fees[0]
    assert (fee.receipt, numbers.asked) == ("1/bien-lai", 1)


def test_d14_2_a_number_written_by_hand_is_entered_in_the_book():
    story, numbers = at_the_clerk(), Counting(Booked(BY_HAND))
    service = carried_out(story, numbers)
    act = cmd.Act(
        story.dossier.tasks[0].id, "phat_hanh", files=FILE, number="9/GP", issued_on=TODAY, why="Trên giấy"
    )
    service.execute("hs1", act, CLERK, "lenh-1")
    assert list(numbers.given.values()) == ["9/GP"]


def test_d15_3_a_return_is_not_dated_back():
    story = ready()
    story.do(RECEPTION, cmd.RecordPayment())
    act = {"originals_checked": ("hop_dong",), "recipient": "Hoa"}
    before = story.dossier
    for told in ("31/05/2026 08:00", "02/06/2026 08:00"):
        command = cmd.Act(before.tasks[0].id, "tra", **act, returned_at=at(told))
        assert "không ghi thời điểm khác" in refused(
            "backdated", "Đ15.3", lambda c=command: story.do(RECEPTION, c)
        )
    assert story.dossier is before
    now = cmd.Act(before.tasks[0].id, "tra", **act, returned_at=story.now)
    assert story.do(RECEPTION, now).ended_at == story.now


def test_d15_3_a_return_is_put_right_by_the_head_alone_with_a_reason_and_stays_readable():
    story = ready()
    fix = CorrectReturn(at("02/06/2026 09:00"), "Cầm Thị Mai", "Ghi nhầm người nhận")
    refused("not_returned", "Đ15.3", lambda: story.do(LEADER, fix))
    story.do(RECEPTION, cmd.RecordPayment())
    story.do(
        RECEPTION,
        cmd.Act(story.dossier.tasks[0].id, "tra", originals_checked=("hop_dong",), recipient="Hoa"),
        "03/06/2026 10:00",
    )
    refused("no_function", "Đ2.7", lambda: story.do(RECEPTION, fix))
    refused("reason", "Đ15.3", lambda: story.do(LEADER, CorrectReturn(fix.at, "Mai", " ")))
    refused("recipient", "Đ15.3", lambda: story.do(LEADER, CorrectReturn(fix.at, " ", "Nhầm")))
    for wrong in ("31/05/2026 09:00", "04/06/2026 09:00"):
        command = CorrectReturn(at(wrong), "Mai", "Nhầm")
        refused("corrected_at", "Đ15.3", lambda c=command: story.do(LEADER, c))
    dossier = story.do(LEADER, fix)
    assert (dossier.ended_at, dossier.recipient) == (at("02/06/2026 09:00"), "Cầm Thị Mai")
    told = dossier.history[-1]
    assert (told.type, told.actor.id, told.data["former_recipient"]) == ("return_corrected", "lanh", "Hoa")
    refused("same", "Đ15.3", lambda: story.do(LEADER, fix))


def by_post() -> Story:
    story = Story()
    story.do(OWNER, submission(receive_by="post", postal_address="Bản A"))
    return as_far_as_ready(story)


def as_far_as_ready(story: Story, **result: object) -> Story:
    story.do(RECEPTION, cmd.Accept(("hop_dong",)))
    story.act(STAFF["phong"], "giao", assignee="vien")
    story.act(STAFF["vien"], "trinh", files=(a_file("du_thao"),))
    story.act(OWNER, "dong_y")
    story.act(LEADER, "duyet")
    story.act(CLERK, "phat_hanh", **{"files": FILE, "number": "1/GP", "issued_on": TODAY, **result})
    return story


def test_d15_1a_a_result_goes_off_by_post_with_its_number_and_ends_when_it_is_delivered():
    story = by_post()
    post = HandToPost("EK123456789VN", "Bưu điện Việt Nam")
    assert "200.000" in refused("payment", "Đ15.1a", lambda: story.do(RECEPTION, post))
    story.do(RECEPTION, cmd.RecordPayment())
    refused("tracking", "Đ15.1a", lambda: story.do(RECEPTION, HandToPost(" ", "Bưu điện")))
    refused("carrier", "Đ8.2", lambda: story.do(RECEPTION, HandToPost("EK123456789VN", " ")))
    refused("no_function", "Đ2.7", lambda: story.do(CLERK, post))
    dossier = story.do(RECEPTION, post, "02/06/2026 09:00")
    assert (dossier.post.tracking, dossier.post.at) == ("EK123456789VN", at("02/06/2026 09:00"))
    assert dossier.status == "result_ready", "it is not the applicant's yet"
    assert "EK123456789VN" in refused("posted", "Đ15.1a", lambda: story.do(RECEPTION, post))
    delivered = cmd.Act(dossier.tasks[0].id, "tra", originals_checked=("hop_dong",), recipient="Hoa")
    dossier = story.do(RECEPTION, delivered, "04/06/2026 15:00")
    assert (dossier.ended_at, dossier.returned_by) == (at("04/06/2026 15:00"), "post")


def test_d8_2_what_was_asked_for_by_post_or_online_is_handed_over_at_the_counter_for_a_reason():
    for story in (by_post(), online()):
        asked = story.dossier.receive_by
        if story.dossier.owed():
            story.do(RECEPTION, cmd.RecordPayment())
        offer = next(
            p
            for p in possible(story.definition, story.dossier, RECEPTION, AGENCY, story.now)
            if p.command == "act"
        )
        assert (offer.needs[0].need, offer.needs[0].rule) == ("reason", "Đ8.2")
        hand = {"originals_checked": ("hop_dong",), "recipient": "Hoa"}
        before = story.dossier
        for reason in ("", "  "):
            command = cmd.Act(before.tasks[0].id, "tra", **hand, reason=reason)
            told = refused("reason", "Đ8.2", lambda c=command: story.do(RECEPTION, c))
            assert "đăng ký nhận kết quả" in told
        refused("reason", "Đ8.2", lambda: story.do(RECEPTION, cmd.Close(recipient="Hoa")))
        assert story.dossier is before, "nothing is written"
        dossier = story.act(RECEPTION, "tra", **hand, reason="Người nộp đến quầy lấy sớm")
        assert (dossier.receive_by, dossier.returned_by) == (asked, "counter")
        assert "Người nộp đến quầy lấy sớm" in [e.data.get("reason") for e in dossier.history]
        told = " ".join(line.detail for line in timeline(dossier, CALENDAR))
        assert "Người nộp đến quầy lấy sớm" in told


def test_d8_2_what_was_asked_for_at_the_counter_needs_no_reason_there():
    story = ready()
    story.do(RECEPTION, cmd.RecordPayment())
    dossier = story.act(RECEPTION, "tra", originals_checked=("hop_dong",), recipient="Hoa")
    assert dossier.returned_by == "counter"


def test_d15_1a_only_what_is_ready_and_wanted_by_post_goes_there():
    refused("no_result", "Đ15.1a", lambda: confirmed().do(RECEPTION, HandToPost("EK1", "Bưu điện")))
    refused("not_by_post", "Đ15.1a", lambda: ready().do(RECEPTION, HandToPost("EK1", "Bưu điện")))


def online(level: int = 4, *, signed: bool = True) -> Story:
    story = Story()
    story.definition = replace(
        story.definition, service_level=level, receive_by=("counter", "post", "online")
    )
    story.do(OWNER, submission(receive_by="online"))
    agency = (Signed("agency", AGENCY.name, "", MONDAY),)
    story = as_far_as_ready(story, signed=agency if signed else ())
    story.do(RECEPTION, cmd.RecordPayment())
    return story


def test_d10_4b_the_owner_takes_the_signed_result_online_and_that_is_the_return():
    story = online()
    refused("not_owner", "Đ26.1", lambda: story.do(RECEPTION, ReceiveOnline()))
    dossier = story.do(OWNER, ReceiveOnline(), "02/06/2026 21:15")
    assert (dossier.status, dossier.recipient) == ("returned", "Nguyễn Thị Hoa")
    assert dossier.ended_at == at("02/06/2026 21:15")
    assert dossier.history[-1].actor.id == "hoa"
    assert dossier.returned_by == "online"


def test_d10_4b_the_policy_keeps_an_unsigned_result_at_the_clerks_where_it_is_to_go_online():
    strict = Policy(sign_online=True)
    story = Story(policy=strict)
    story.definition = replace(story.definition, service_level=4, receive_by=("counter", "post", "online"))
    story.do(OWNER, submission(receive_by="online"))
    told = refused("unsigned", "Đ10.4b", lambda: as_far_as_ready(story))
    assert "phải có chữ ký số của cơ quan" in told
    assert not [d for d in story.dossier.documents if d.kind == "result"]
    leaders = (Signed("person", "Lãnh đạo", "", MONDAY),)
    issue = {"files": FILE, "number": "1/GP", "issued_on": TODAY}
    refused("unsigned", "Đ10.4b", lambda: story.act(CLERK, "phat_hanh", **issue, signed=leaders))
    agency = (*leaders, Signed("agency", AGENCY.name, "", MONDAY))
    assert story.act(CLERK, "phat_hanh", **issue, signed=agency).status == "result_ready"
    # what is to be collected at the counter, and an installation that does not ask for it
    counter = Story(policy=strict)
    counter.do(OWNER, submission())
    assert as_far_as_ready(counter).dossier.status == "result_ready"
    assert online(signed=False).dossier.status == "result_ready"
    assert load_policy().sign_online


def test_d10_4b_an_unsigned_result_is_not_returned_online():
    told = refused("unsigned", "Đ10.4b", lambda: online(signed=False).do(OWNER, ReceiveOnline()))
    assert "chưa được ký số" in told


def test_d10_4a_of_level_three_originals_are_compared_at_the_counter_first():
    refused("level", "Đ10.4a", lambda: online(3).do(OWNER, ReceiveOnline()))


def test_d15_1a_nothing_is_taken_online_before_it_is_paid_or_where_another_way_was_chosen():
    story = ready()
    refused("not_online", "Đ10.4b", lambda: story.do(OWNER, ReceiveOnline()))
    refused("no_result", "Đ10.4b", lambda: confirmed().do(OWNER, ReceiveOnline()))


def test_d14_2_without_a_book_too_no_result_is_dated_before_its_dossier_was_received():
    early = {"number": "07/GP", "issued_on": date(2026, 5, 29)}
    told = refused("backdated", "Đ14.2", lambda: issue(at_the_clerk(), Booked(), **early))
    assert "trước ngày tiếp nhận hồ sơ (01/06/2026)" in told
