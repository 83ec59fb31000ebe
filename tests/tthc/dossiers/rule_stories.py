"""The small procedure of `dossier_stories` with event rules, and what asks them in memory."""

from dataclasses import dataclass, replace

from dossier_stories import AGENCY, CALENDAR, WORKFLOW, Story, definition

from rules.events import EventRules
from tthc.dossiers import commands as cmd
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.facts import Surroundings, facts_of
from tthc.dossiers.looking import found

RULES = """
events:
  - id: nhieu_lan
    label: Trả lại hai lần
    when: returned >= 2
    alert: {to: phe_duyet, message: Hồ sơ bị trả lại nhiều lần.}
  - id: gap
    label: Còn dưới một ngày
    when: minutes_left < 480 and status = "solving"
    alert: {to: lanh_dao_phong, message: Chỉ còn dưới một ngày làm việc.}
  - id: phong
    label: Việc của phòng kinh tế
    when: event = "accepted" and step = "phan_cong" and agency_area = "mien_nui"
    assign: {step: phan_cong, unit: phong-kinh-te}
  - id: tu_trinh
    label: Nhiều điểm bán thì trình ngay
    when: step = "tham_tra" and points >= 4
    take: {step: tham_tra, action: dac_biet}
"""
UNIT = ("phong-kinh-te", "Phòng Kinh tế")
HOME = replace(AGENCY, units=(UNIT,))
TWIN = EventRules(use_extension=False)


def ruled(rules: str = RULES):
    return definition(WORKFLOW + rules)


@dataclass
class RuledStory(Story):
    """A story whose event rules are asked when it is said, as a worker would."""

    seen: int = 0

    def around(self) -> Surroundings:
        return Surroundings(self.definition, self.agency, CALENDAR)

    def wanted(self) -> list[tuple[str, int | None]]:
        wanted = found(self.around(), self.dossier, self.seen, self.now, TWIN.holding)
        return [(each.rule, each.answers) for each in wanted]

    def ask(self) -> list[str]:
        """Propose what there is; ids of the rules that were accepted, those refused with a `-` before."""
        before = len(self.dossier.proposals)
        while wanted := self.wanted():
            seen = len(self.dossier.history)
            for rule, answers in wanted:
                self.do(SYSTEM, cmd.Propose(rule, answers))
            self.seen = seen
        self.seen = len(self.dossier.history)
        return [("" if each.accepted else "-") + each.rule for each in self.dossier.proposals[before:]]

    def facts(self, event: str = "moved"):
        return facts_of(self.around(), self.dossier, event, self.now)


def story(rules: str = RULES, **changes) -> RuledStory:
    return RuledStory(**{"definition": ruled(rules), "agency": HOME, **changes})
