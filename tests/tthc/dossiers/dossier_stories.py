"""A small procedure, its people, and a story told to the kernel in memory: factories for the tests beside this file."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache

from definitions.calendars import shipped
from definitions.loader import load
from definitions.model import Definition
from rules.calendar import TZ
from tthc.dossiers import commands as cmd
from tthc.dossiers.apply import record
from tthc.dossiers.context import SYSTEM, Actor, AgencyFacts, Context, Policy
from tthc.dossiers.decide import decide
from tthc.dossiers.state import Applicant, Dossier, FileRef, PaperFiles

CALENDAR = shipped()

INFORMATION = """
information:
  sequence: [Nộp hồ sơ, Nhận kết quả]
  ways: [Trực tuyến, Trực tiếp]
  sets: 01 bộ
  applicants: Cá nhân
  authority: Ủy ban nhân dân cấp xã
  result: Giấy phép
  forms: [Không có mẫu]
  conditions: [Không]
  legal_basis: [{number: 01/2020/NĐ-CP, title: Nghị định thử}]
  responsibilities: {Người nộp: Khai đúng}
"""

HEAD = """
procedure: "9.000001"
name: Cấp giấy phép thử nghiệm
sector: thu-nghiem
offered_by: {level: xa}
service_level: 3
effective: {from: 2020-01-01}
submit_by: [online, counter, post]
receive_by: [counter, post]
pay_by: [counter, transfer]
result_name: Giấy phép
declaration: Tôi cam đoan khai đúng.
"""

BODY = """
questions:
  - {id: points, type: integer, label: Số điểm bán, required: true, min: 1, max: 50}
form:
  pages:
    - id: chung
      title: Thông tin
      fields:
        - {id: shop_name, type: text, label: Tên cửa hàng, required: true, max_length: 100}
cases:
  - {id: nhieu, label: Nhiều điểm, when: points > 5}
  - {id: thuong, label: Thông thường, when: true}
attachments:
  - {id: to_khai, name: Tờ khai, copies: {original: 1}, form_generated: true}
  - {id: can_cuoc, name: Căn cước, copies: {original: 1}, presented_only: true}
  - {id: hop_dong, name: Hợp đồng thuê, copies: {copy: 1}, multiple: false}
  - {id: ban_ve, name: Bản vẽ, copies: {copy: 1}, when: points > 5}
  - {id: anh, name: Ảnh cửa hàng, copies: {copy: 1}, required: false}
fees:
  - {id: phi, label: Phí thẩm định, kind: phi, amount: points * 100000, collect: at_return}
  - {id: le_phi, label: Lệ phí, kind: le_phi, amount: 20000, collect: before_acceptance, when: points > 5}
deadline:
  - {label: Năm ngày làm việc, amount: 5, unit: working_day}
"""

WORKFLOW = """
workflow:
  id: thu
  name: Quy trình thử
  start: phan_cong
  steps:
    - id: phan_cong
      name: Phân công
      actor: lanh_dao_phong
      duration: {amount: 0.5, unit: working_day}
      actions:
        - {id: giao, label: Giao chuyên viên, to: tham_tra, needs: [assignee], primary: true}
    - id: tham_tra
      name: Thẩm tra
      actor: tham_dinh
      duration: {amount: 1, unit: working_day}
      actions:
        - {id: trinh, label: Trình, to: xac_nhan, needs: [draft], primary: true}
        - {id: bo_sung, label: Yêu cầu bổ sung, to: cho_bo_sung, needs: [reason]}
        - {id: khong, label: Không giải quyết, to: tra_ho_so, needs: [reason]}
        - {id: dac_biet, label: Trình đặc biệt, to: phe_duyet, when: points > 5}
    - id: cho_bo_sung
      name: Người nộp bổ sung
      actor: nguoi_nop
      phase: waiting_applicant
      actions:
        - {id: gui, label: Gửi bổ sung, to: tham_tra, primary: true}
    - id: xac_nhan
      name: Xác nhận bản dự thảo
      actor: nguoi_nop
      phase: waiting_applicant
      duration: {amount: 1, unit: working_day}
      skip_when: channel != "online"
      on_timeout: dong_y
      actions:
        - {id: dong_y, label: Đồng ý, to: phe_duyet, primary: true}
        - {id: sua, label: Đề nghị sửa, to: tham_tra, needs: [reason]}
    - id: phe_duyet
      name: Phê duyệt
      actor: phe_duyet
      duration: {amount: 1, unit: working_day}
      actions:
        - {id: duyet, label: Duyệt, to: phat_hanh, primary: true}
        - {id: chuyen_lai, label: Chuyển lại, to: tham_tra, needs: [reason]}
    - id: phat_hanh
      name: Phát hành
      actor: van_thu
      duration: {amount: 0.5, unit: working_day}
      actions:
        - {id: phat_hanh, label: Phát hành, to: tra, needs: [result], primary: true}
    - id: tra
      name: Trả kết quả
      actor: tiep_nhan
      phase: result_ready
      actions:
        - {id: tra, label: Trả kết quả, to: end, outcome: returned, needs: [payment, originals, recipient], primary: true}
    - id: tra_ho_so
      name: Trả lại hồ sơ
      actor: tiep_nhan
      actions:
        - {id: tra, label: Trả lại hồ sơ, to: end, outcome: declined, needs: [reason], primary: true}
"""

AGENCY = AgencyFacts("xa-a", "UBND xã A", "xa", "mien_nui", "000.01.14.H52", "0212 3 800 001", "Bản A")
OTHER_AGENCY = replace(AGENCY, id="xa-b", name="UBND xã B", identifier="000.02.14.H52")


def staff(who: str, *functions: str, agency: str = "xa-a") -> Actor:
    return Actor(who, f"Cán bộ {who}", "staff", agency, frozenset(functions))


OWNER = Actor("hoa", "Nguyễn Thị Hoa", "citizen")
STRANGER = Actor("la", "Người Lạ", "citizen")
RECEPTION = staff("tiep", "tiep_nhan")
HEAD_OF_UNIT = staff("phong", "lanh_dao_phong")
EXAMINER = staff("vien", "tham_dinh")
SECOND_EXAMINER = staff("vien2", "tham_dinh")
LEADER = staff("lanh", "phe_duyet")
CLERK = staff("thu", "van_thu")
ELSEWHERE = staff("xa", "tiep_nhan", "lanh_dao_phong", "tham_dinh", "phe_duyet", "van_thu", agency="xa-b")
STAFF = {a.id: a for a in (RECEPTION, HEAD_OF_UNIT, EXAMINER, SECOND_EXAMINER, LEADER, CLERK, ELSEWHERE)}

APPLICANT = Applicant(
    "person", "Nguyễn Thị Hoa", "001099012345", phone="0912345678", email="hoa@example.vn", address="Bản A"
)


@cache
def definition(workflow: str = WORKFLOW, body: str = BODY) -> Definition:
    loaded = load(HEAD + INFORMATION + body + workflow, "thu.yaml")
    assert loaded.definition is not None, loaded.problems
    return loaded.definition


def immediate() -> Definition:
    return definition("workflow: tra-ngay\n")


def at(text: str) -> datetime:
    """`23/11/2026 09:00`, Việt Nam time."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=TZ)


MONDAY = at("01/06/2026 08:00")


def a_file(name: str = "tep", kind: str = "pdf", when: datetime = MONDAY) -> FileRef:
    return FileRef(f"{name:0>64}", f"{name}.{kind}", 1000, kind, when, "hoa")


def a_paper(paper_id: str = "hop_dong", *names: str) -> PaperFiles:
    return PaperFiles(paper_id, tuple(a_file(n, "jpeg") for n in (names or (paper_id,))))


def submission(dossier_id: str = "hs1", **changes: object) -> cmd.Submit:
    base = cmd.Submit(
        dossier_id,
        AGENCY.id,
        APPLICANT,
        {"shop_name": "Tạp hóa Hoa", "points": "2"},
        (a_paper(),),
        declared=True,
    )
    return replace(base, **changes)


def registration(dossier_id: str = "hs1", **changes: object) -> cmd.RegisterAtCounter:
    base = cmd.RegisterAtCounter(
        dossier_id,
        AGENCY.id,
        APPLICANT,
        {"shop_name": "Tạp hóa Hoa", "points": "2"},
        (a_paper(),),
        checked=("can_cuoc", "hop_dong"),
    )
    return replace(base, **changes)


@dataclass
class Story:
    """One dossier living in memory. `do` decides and applies; `dossier` is how it stands."""

    definition: Definition = field(default_factory=definition)
    now: datetime = MONDAY
    policy: Policy = field(default_factory=Policy)
    agency: AgencyFacts = AGENCY
    dossier: Dossier | None = None
    commands: int = 0
    codes: int = 0

    def context(self, actor: Actor, command: object = None, **changes: object) -> Context:
        self.commands += 1
        assignee = STAFF.get(getattr(command, "assignee", None) or "")
        return replace(
            Context(
                self.now,
                CALENDAR,
                actor,
                f"c{self.commands}",
                self.agency,
                code=f"000.01.14.H52-{self.now:%y%m%d}-{1:04d}",
                reference="HS-7K3Q-9F2D",
                assignee=assignee,
                policy=self.policy,
            ),
            **changes,
        )

    def do(self, actor: Actor, command: cmd.Command, when: str | None = None, **changes: object) -> Dossier:
        if when is not None:
            self.now = at(when)
        context = self.context(actor, command, **changes)
        events = decide(self.definition, self.dossier, command, context)
        if self.dossier is not None or events:
            self.dossier = record(self.dossier, events, context)
        assert self.dossier is not None
        return self.dossier

    def act(self, actor: Actor, action: str, when: str | None = None, **needs: object) -> Dossier:
        """An action of the step at which the first token stands."""
        assert self.dossier is not None
        return self.do(actor, cmd.Act(self.dossier.tasks[0].id, action, **needs), when)

    def fire(self, when: str) -> Dossier:
        """Move the clock and fire what has come due, as the sweep does."""
        self.now = at(when)
        assert self.dossier is not None
        for timer in self.dossier.timers:
            if timer.due <= self.now:
                self.do(SYSTEM, cmd.FireTimer(timer.id))
        return self.dossier

    @property
    def step(self) -> str:
        assert self.dossier is not None
        return ",".join(t.step for t in self.dossier.tasks)

    def templates(self) -> list[str]:
        """`template:channel` of every notice so far."""
        assert self.dossier is not None
        return [f"{e.template}:{e.channel}" for e in self.dossier.outbox]


def submitted(when: str = "01/06/2026 08:00", **changes: object) -> Story:
    story = Story(now=at(when))
    story.do(OWNER, submission(**changes))
    return story


def accepted(when: str = "01/06/2026 08:00") -> Story:
    story = submitted(when)
    story.do(RECEPTION, cmd.Accept(("hop_dong",)))
    return story


def examined(when: str = "01/06/2026 08:00") -> Story:
    """With the examiner, assigned by the head of the unit."""
    story = accepted(when)
    story.act(HEAD_OF_UNIT, "giao", assignee="vien")
    return story


def confirmed() -> Story:
    """Draft confirmed by the applicant, before the leader."""
    story = examined()
    story.act(EXAMINER, "trinh", files=(a_file("du_thao"),))
    story.act(OWNER, "dong_y")
    return story


def ready(when: str | None = None) -> Story:
    """The result lies at reception; `when`: since then."""
    story = confirmed()
    if when is not None:
        story.now = at(when)
    story.act(LEADER, "duyet")
    result = (a_file("ket_qua"),)
    story.act(CLERK, "phat_hanh", files=result, number="12/GP-UBND", issued_on=date(2026, 6, 1))
    return story
