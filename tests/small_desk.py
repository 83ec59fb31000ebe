"""A desk with work on it: the small procedure of `dossier_stories` in force in a small province, its dossiers made and
moved by the province's own people, without pages."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "tthc" / "dossiers"))

from dossier_stories import APPLICANT, BODY, HEAD, INFORMATION, WORKFLOW, a_file, a_paper
from people import COMMUNE, PASSWORD

from definitions.loader import load
from tthc.dossiers import commands as cmd

PROCEDURE = "9.000001"


class Kernel:
    """Dossiers made and moved without pages, by the province's own people."""

    def __init__(self, province):
        self.s = province.services
        self.clock = province.clock
        # put in force as it is: it has no examples, which only a procedure for people needs
        text, store, now = HEAD + INFORMATION + BODY + WORKFLOW, self.s.definitions, self.clock.now()
        loaded = load(text, "thu.yaml")
        store._seed_one(loaded.definition, store._keep(text, loaded, now), now)
        self.definition = self.s.definitions.published(PROCEDURE, date(2026, 11, 23))
        self.commands = 0

    def account(self, login):
        return self.s.accounts.by_login(login)

    def _id(self):
        self.commands += 1
        return f"{self.commands:032x}"

    def hand_in(self, number, agency=COMMUNE, **applicant):
        """Handed in a minute after the one before."""
        self.clock.advance(minutes=1)
        citizen = self.account("0912345678")
        command = cmd.Submit(
            f"hs{number:03}",
            agency,
            replace(APPLICANT, **applicant),
            {"shop_name": "Tạp hóa Hoa", "points": "2"},
            (a_paper(),),
            declared=True,
        )
        return self.s.dossiers.start(self.definition, command, citizen.actor(), self._id())

    def do(self, login, dossier, command):
        return self.s.dossiers.execute(dossier.id, command, self.account(login).actor(), self._id())

    def accept(self, number, **applicant):
        return self.do("motcua", self.hand_in(number, **applicant), cmd.Accept(("hop_dong",)))

    def examined(self, number, login="chuyenvien"):
        """With an examiner, given by the head of the unit."""
        dossier = self.accept(number)
        give = cmd.Act(dossier.tasks[0].id, "giao", assignee=self.account(login).key)
        return self.do("truongphong", dossier, give)

    def before_the_leader(self, number):
        """Drafted, and the applicant agrees."""
        dossier = self.examined(number)
        dossier = self.do(
            "chuyenvien", dossier, cmd.Act(dossier.tasks[0].id, "trinh", files=(a_file("du_thao"),))
        )
        citizen = self.account("0912345678").actor()
        return self.s.dossiers.execute(
            dossier.id, cmd.Act(dossier.tasks[0].id, "dong_y"), citizen, self._id()
        )


def hire(province, login, name, *functions, agency=COMMUNE, roles=()):
    return province.services.accounts.create_staff(
        login=login,
        name=name,
        password=PASSWORD,
        now=province.clock.now(),
        agency=agency,
        functions={agency: functions} if functions else {},
        roles=roles,
        must_change_password=False,
    )
