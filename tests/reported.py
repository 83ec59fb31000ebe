"""Dossiers of a commune, one of each kind that reports tell apart, told to the kernel and stored as it stores them."""

import sys
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "tthc" / "dossiers"))

from dossier_stories import (
    AGENCY,
    CLERK,
    EXAMINER,
    HEAD_OF_UNIT,
    LEADER,
    OWNER,
    RECEPTION,
    SECOND_EXAMINER,
    Story,
    a_file,
    at,
    definition,
    registration,
    submission,
)
from people import COMMUNE
from test_asking import ASKING

from rules.calendar import TZ
from rules.deadlines import DeadlineRule, Unit
from tthc.dossiers import commands as cmd
from tthc.dossiers.state import SupplementItem

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)
HERE = replace(AGENCY, id=COMMUNE, name="UBND phường Tô Hiệu")
UNIT = "van-hoa-xa-hoi"
FILE = (a_file("tep"),)


class Told(Story):
    """A story of the commune. `name`: the dossier's id."""

    def __init__(self, name: str, when: str, number: int, workflow=None) -> None:
        super().__init__(definition=workflow or definition(), now=at(when), agency=HERE)
        self.name, self.number = name, number

    def do(self, actor, command, when=None, **changes):
        if actor.kind == "staff" and actor.agency == AGENCY.id:
            actor = replace(actor, agency=COMMUNE, unit=UNIT if actor.id.startswith("vien") else None)
        changes.setdefault("code", f"000.01.14.H52-{self.now:%y%m%d}-{self.number:04d}")
        changes.setdefault("reference", f"HS-{self.name.upper():X<4.4}-{self.number:04d}")
        return super().do(actor, command, when, **changes)

    def context(self, actor, command=None, **changes):
        made = super().context(actor, command, **changes)
        chosen = made.assignee
        return replace(made, assignee=replace(chosen, agency=COMMUNE) if chosen is not None else None)

    def online(self, **changes):
        self.do(OWNER, submission(self.name, agency=COMMUNE, **changes))
        return self

    def accepted(self):
        self.online()
        self.do(RECEPTION, cmd.Accept(("hop_dong",)))
        return self

    def counter(self):
        self.do(RECEPTION, registration(self.name, agency=COMMUNE))
        return self

    def given(self, assignee="vien"):
        self.act(HEAD_OF_UNIT, "giao", assignee=assignee)
        return self

    def solved(self, when: str, examiner=EXAMINER):
        self.act(examiner, "trinh", when, files=FILE)
        if self.dossier.tasks[0].function == "nguoi_nop":
            self.act(OWNER, "dong_y")
        self.act(LEADER, "duyet")
        self.act(CLERK, "phat_hanh", files=FILE, number="12/GP-UBND", issued_on=self.now.date())
        return self

    def returned(self, when: str):
        self.do(RECEPTION, cmd.RecordPayment(method="cash", receipt="BL-1"), when)
        self.act(RECEPTION, "tra", recipient="Hoa", originals_checked=("hop_dong",))
        return self


def stories() -> list[Told]:
    """Eleven dossiers; of November: 3 from before, 2 online and 3 at the counter; 2 that were never accepted; 1 of
    training.
    """
    longer = DeadlineRule(Decimal(3), Unit.WORKING_DAY)
    october = Told("thang10", "01/10/2026 08:00", 1).accepted().given().solved("06/10/2026 08:00")
    october.returned("06/10/2026 09:00")
    extended = Told("giahan", "26/10/2026 08:00", 2).accepted().given()
    granted = cmd.Extend(longer, "Cần xác minh", "12/ĐN-UBND", basis="khoản 2 Điều 5 01/2020/NĐ-CP")
    extended.do(RECEPTION, granted, "30/10/2026 08:00")
    extended.solved("04/11/2026 10:00").returned("04/11/2026 14:00")
    late = Told("quahan", "20/10/2026 08:00", 3).counter().given("vien2")
    late.do(RECEPTION, cmd.Apologise("Thiếu người", at("12/11/2026 16:00")), "02/11/2026 08:00")
    late.solved("12/11/2026 15:00", SECOND_EXAMINER)
    asking = Told("hoiykien", "28/10/2026 08:00", 4, definition(ASKING)).accepted()
    other = replace(AGENCY, id="xa-b", name="UBND xã B")
    asking.do(
        EXAMINER,
        cmd.Act(asking.dossier.tasks[0].id, "hoi", chosen=("xa-b",), question="Có trùng quy hoạch không?"),
        agencies={"xa-b": other},
    )
    soon = Told("saphan", "16/11/2026 14:00", 5).accepted().given()
    over = Told("dangtre", "05/11/2026 08:00", 6).counter().given()
    early = (
        Told("som", "16/11/2026 08:00", 7)
        .accepted()
        .given("vien2")
        .solved("17/11/2026 09:00", SECOND_EXAMINER)
    )
    early.returned("17/11/2026 10:00")
    waiting = Told("chobosung", "10/11/2026 08:00", 8).counter().given()
    item = SupplementItem("hop_dong", "Mờ")
    waiting.act(EXAMINER, "bo_sung", "11/11/2026 08:00", reason="Thiếu", items=(item,))
    gone = Told("rut", "12/11/2026 08:00", 9).counter()
    gone.do(RECEPTION, cmd.Withdraw("Theo đề nghị của người nộp"), "13/11/2026 08:00")
    unseen = Told("chuanhan", "18/11/2026 08:00", 10).online()
    training = Told("taphuan", "16/11/2026 08:00", 11).online()
    training.do(RECEPTION, cmd.Accept(("hop_dong",)), code="TH-000.01.14.H52-261116-0001")
    return [october, extended, late, asking, soon, over, early, waiting, gone, unseen, training]


def fill(services) -> None:
    for story in stories():
        assert services.repository.insert(story.dossier) is not None
