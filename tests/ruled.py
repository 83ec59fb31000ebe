"""The made-up procedure of the road with event rules, and a dossier of it on its way back, twice."""

from made_up import lent
from people import Province
from walk import Accepted, open_dossier, pdf

LABEL = "Chuyển lại hai lần"
WORKFLOW = """workflow:
  name: Xét thẻ
  start: tham_tra
  steps:
    - id: tham_tra
      name: Thẩm tra
      actor: tham_dinh
      duration: {amount: 1, unit: working_hour}
      actions: [{id: trinh, label: Trình ký, to: ky, needs: [draft], primary: true}]
    - id: ky
      name: Ký thẻ
      actor: phe_duyet
      duration: {amount: 1, unit: working_hour}
      actions:
        - {id: duyet, label: Ký, to: phat_hanh, primary: true}
        - {id: chuyen_lai, label: Chuyển lại, to: tham_tra, needs: [reason]}
    - id: phat_hanh
      name: Văn thư phát hành thẻ
      actor: van_thu
      duration: {amount: 1, unit: working_hour}
      actions: [{id: chuyen_ket_qua, label: Chuyển thẻ, to: tra, needs: [result], primary: true}]
    - id: tra
      name: Trả thẻ
      actor: tiep_nhan
      phase: result_ready
      actions: [{id: tra_the, label: Trả thẻ, to: end, outcome: returned, needs: [payment, recipient], primary: true}]
events:
  - id: nhieu_lan
    label: Chuyển lại hai lần
    when: returned >= 2
    alert: {to: lanh_dao_phong, message: Hồ sơ đã bị chuyển lại hai lần.}
  - id: van_hoa
    label: Việc của phòng Văn hóa
    when: step = "tham_tra"
    assign: {step: tham_tra, unit: van-hoa-xa-hoi}
  - id: kho
    label: Việc của kho sách
    when: step = "ky"
    assign: {step: ky, unit: kho-sach}
"""


def received(province: Province) -> Accepted:
    """Handed in, accepted and looked at: its code, the applicant's page and the applicant."""
    dossier = lent(province, WORKFLOW)
    assert watch(province) == 1
    return dossier


def send_back(province: Province, code: str, times: int) -> None:
    """Drafted, looked at, and sent back by the leader, so many times; the last time nobody has looked yet."""
    examiner, leader = province.staff("chuyenvien"), province.staff("chutich")
    for _ in range(times):
        page = open_dossier(examiner, "cho-toi", code)
        page = examiner.submit(page, "/trinh", {"file": pdf("du-thao.pdf")})
        assert page.status == 200, page.text
        watch(province)
        page = leader.submit(open_dossier(leader, "cho-toi", code), "/chuyen_lai", {"reason": "Chưa rõ"})
        assert page.status == 200, page.text


def watch(province: Province) -> int:
    """What beat and worker do in a running system; how many proposals were made."""
    return province.services.watching.sweep(province.clock.now())
