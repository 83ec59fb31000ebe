"""A made-up procedure with sixty fields on one page: twelve blocks of five kinds, each with a rule that reads others."""

from definitions.loader import load
from definitions.model import Definition

BLOCKS = 12

_HEAD = """
procedure: "9.000060"
name: Đơn sáu mươi ô
sector: thu-nghiem
offered_by: {level: xa}
service_level: 3
effective: {from: 2020-01-01}
submit_by: [online, counter]
receive_by: [counter]
pay_by: [counter]
result_name: Giấy xác nhận
declaration: Tôi cam đoan khai đúng.
information:
  sequence: [Nộp hồ sơ, Nhận kết quả]
  ways: [Trực tuyến]
  sets: 01 bộ
  applicants: Cá nhân
  authority: Ủy ban nhân dân cấp xã
  result: Giấy xác nhận
  forms: [Không có mẫu]
  conditions: [Không]
  legal_basis: [{number: 01/2020/NĐ-CP, title: Nghị định thử}]
  responsibilities: {Người nộp: Khai đúng}
form:
  pages:
    - id: chung
      title: Thông tin
      fields:
"""

_BLOCK = """
        - {{id: ten_{n}, type: text, label: Tên thứ {n}, required: true, max_length: 100}}
        - {{id: so_{n}, type: integer, label: Số lượng thứ {n}, required: true, min: 1, max: 50}}
        - {{id: ngay_{n}, type: date, label: Ngày thứ {n}, required: true, max: today()}}
        - id: loai_{n}
          type: choice
          label: Loại thứ {n}
          required: 'so_{n} > 2'
          options: [{{value: moi, label: Mới}}, {{value: cu, label: Cũ}}]
        - {{id: tien_{n}, type: money, label: Số tiền thứ {n}, visible: 'loai_{n} = "cu"', required: true, min: 1000}}
"""

_TAIL = """
attachments:
  - {id: can_cuoc, name: Căn cước, copies: {original: 1}, presented_only: true}
fees:
  - {id: phi, label: Phí, kind: phi, amount: (so_1 + so_2) * 1000, collect: at_return}
deadline:
  - {label: Năm ngày làm việc, amount: 5, unit: working_day}
workflow: tra-ngay
"""


def definition() -> Definition:
    text = _HEAD + "".join(_BLOCK.format(n=n) for n in range(1, BLOCKS + 1)) + _TAIL
    loaded = load(text, "sixty.yaml")
    if loaded.definition is None:
        raise ValueError("\n".join(str(problem) for problem in loaded.problems))
    return loaded.definition


def answers() -> dict[str, object]:
    """As they are kept after the form was posted: every block answered, every second one with its hidden field."""
    told: dict[str, object] = {}
    for n in range(1, BLOCKS + 1):
        told |= {f"ten_{n}": f"Lò Thị Xuân {n}", f"so_{n}": "7", f"ngay_{n}": "2024-03-12"}
        told |= {f"loai_{n}": "cu" if n % 2 else "moi", f"tien_{n}": "150000"}
    return told
