"""A dossier about which agencies are asked, as several tests begin with."""

from made_up import lent
from people import Province

ASKING = """workflow:
  name: Hỏi các nơi được chọn
  start: tham_tra
  steps:
    - id: tham_tra
      name: Thẩm tra
      actor: tham_dinh
      duration: {amount: 1, unit: working_hour}
      actions: [{id: hoi, label: Hỏi ý kiến các cơ quan, to: y_kien, primary: true}]
    - id: y_kien
      name: Cho ý kiến
      actor: tham_dinh
      duration: {amount: 4, unit: working_hour}
      each: chosen
      at_item: true
      on_timeout: coi_nhu_dong_y
      actions:
        - {id: dong_y, label: Đồng ý, to: tong_hop, primary: true}
        - {id: khong, label: Không đồng ý, to: tong_hop, needs: [reason]}
        - {id: coi_nhu_dong_y, label: Hết hạn không trả lời, to: tong_hop}
    - id: tong_hop
      name: Tổng hợp ý kiến
      actor: tham_dinh
      join: all
      duration: {amount: 1, unit: working_hour}
      actions: [{id: chuyen, label: Chuyển văn thư, to: phat_hanh, primary: true}]
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
"""


def accepted(province: Province, workflow: str = ASKING) -> str:
    """The code of a dossier of the made-up procedure, with this workflow, handed in and accepted."""
    return lent(province, workflow).code
