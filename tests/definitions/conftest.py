"""A small definition that is right, and the way to see what is wrong with it after a change."""

from collections.abc import Callable

import pytest

from definitions.loader import load
from definitions.problems import Problem

SMALL = """\
procedure: "9.000001"
name: Thủ tục mẫu
sector: mau
offered_by: {level: xa}
service_level: 3
effective: {from: 2026-01-01}
information:
  sequence: [Nộp rồi nhận]
  ways: [Trực tuyến]
  sets: 01 bộ
  applicants: Cá nhân
  authority: Ủy ban nhân dân cấp xã
  result: Giấy xác nhận
  forms: [Không có mẫu]
  conditions: [Không]
  legal_basis: [{number: 01/2026/NĐ-CP}]
  responsibilities: {Người nộp: Khai đúng sự thật}
questions:
  - {id: area, type: choice, label: Khu vực, help: Chọn nơi ở, required: true, options: [{value: phuong, label: Phường}, {value: xa, label: Xã}]}
form:
  pages:
    - id: chung
      title: Thông tin chung
      fields:
        - {id: full_name, type: text, label: Họ và tên, help: Ghi đủ dấu, required: true}
        - {id: copies, type: integer, label: Số bản, help: Số bản cần cấp, required: true, min: 1, max: 20}
        - {id: note, type: text, label: Ghi chú, help: Nếu có, visible: copies > 5}
cases:
  - {id: phuong, label: Ở phường, when: 'area = "phuong"'}
  - {id: xa, label: Ở xã, when: true}
attachments:
  - {id: don, name: Đơn đề nghị, copies: {original: 1}, form_generated: true}
fees:
  - id: phi
    label: Phí cấp bản sao
    kind: phi
    collect: before_acceptance
    amount: 2000 * copies
deadline:
  - {amount: 5, unit: working_day}
workflow: day-du
pay_by: [counter, transfer]
examples:
  - name: Ba bản
    submitted_at: 2026-11-20T09:00
    answers: {area: xa, full_name: Lò Văn Ban, copies: 3}
    expect: {case: xa, fees: {phi: 6000}, due: 2026-11-30T09:00}
  - name: Một bản ở phường
    submitted_at: 2026-11-20T09:00
    answers: {area: phuong, full_name: Lò Văn Ban, copies: 1}
    expect: {case: phuong}
"""


@pytest.fixture
def small() -> str:
    """A definition without a fault."""
    return SMALL


MARK = "‸"


@pytest.fixture
def broken() -> Callable[[str, str], tuple[Problem, ...]]:
    """Problems of the small definition after one replacement (of the first occurrence)."""

    def change(old: str, new: str) -> tuple[Problem, ...]:
        assert old in SMALL
        return load(SMALL.replace(old, new.replace(MARK, ""), 1), "mau.yaml").problems

    return change


@pytest.fixture
def place() -> Callable[[str, str], tuple[int, int]]:
    """Line and column of the mark ‸ in the replacement."""

    def find(old: str, new: str) -> tuple[int, int]:
        before = SMALL.replace(old, new, 1).partition(MARK)[0]
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    return find
