"""Two made-up procedures of which one opens a dossier of the other, and the way to that step."""

from datetime import date

from asking_walk import accepted
from made_up import TEXT
from people import OTHER, Province
from walk import open_dossier

from definitions.calendars import shipped as calendar

CHILD = "9.000002"
WAITING = f"""workflow:
  name: Thẻ mượn sách kèm thẻ bạn đọc
  start: tham_tra
  steps:
    - id: tham_tra
      name: Thẩm tra
      actor: tham_dinh
      duration: {{amount: 1, unit: working_hour}}
      actions: [{{id: mo, label: Chuyển đăng ký thẻ bạn đọc, to: cho_the, primary: true}}]
    - id: cho_the
      name: Chờ đăng ký thẻ bạn đọc
      actor: tham_dinh
      duration: {{amount: 1, unit: working_day}}
      child:
        procedure: "{CHILD}"
        agency: '"{OTHER}"'
        answers: {{reader_name: reader_name, books: books}}
        papers: {{anh_the: anh_the}}
        on_returned: da_co
        on_declined: khong_duoc
      actions:
        - {{id: da_co, label: Đã có thẻ bạn đọc, to: tra, primary: true}}
        - {{id: khong_duoc, label: Không đăng ký được, to: tra_lai}}
    - id: tra
      name: Trả thẻ
      actor: tiep_nhan
      phase: result_ready
      actions: [{{id: tra_the, label: Trả thẻ, to: end, outcome: returned, needs: [payment, recipient], primary: true}}]
    - id: tra_lai
      name: Trả lại hồ sơ
      actor: tiep_nhan
      actions: [{{id: tra_ho_so, label: Trả lại, to: end, outcome: declined, needs: [reason], primary: true}}]
"""
AT_ONCE = """workflow:
  name: Trả thẻ bạn đọc
  start: tra
  steps:
    - id: tra
      name: Trả thẻ bạn đọc
      actor: tiep_nhan
      duration: {amount: 1, unit: working_hour}
      actions: [{id: tra_the, label: Trả thẻ, to: end, outcome: returned, needs: [payment, recipient], primary: true}]
"""


def child_text(books: int = 5) -> str:
    """The other procedure: `books`: how many its form takes at the most."""
    text = TEXT.replace('procedure: "9.000001"', f'procedure: "{CHILD}"', 1)
    text = text.replace("name: Cấp thẻ mượn sách tại thư viện bản", "name: Đăng ký thẻ bạn đọc", 1)
    return text.replace("max: 5", f"max: {books}", 1).replace("workflow: xa-xac-nhan\n", AT_ONCE)


def publish_child(province: Province, text: str) -> None:
    store, now = province.services.definitions, province.clock.now()
    saved = store.save_draft(CHILD, text, "can-bo-kiem-soat", now)
    store.register(CHILD, saved.version.id, "can-bo-kiem-soat", now, calendar())
    store.approve(CHILD, saved.version.id, "can-bo-tham-dinh", now)
    store.publish(CHILD, saved.version.id, "can-bo-tham-dinh", now, start=date(2026, 11, 23))


def waiting(province: Province, agency: str = OTHER) -> str:
    """The code of a dossier whose step has just asked for another one; nothing is carried out yet."""
    code = accepted(province, WAITING.replace(OTHER, agency))
    examiner = province.staff("chuyenvien")
    page = examiner.submit(open_dossier(examiner, "cho-toi", code), "/mo")
    assert "Hệ thống đang mở hồ sơ liên thông" in page.text, page.text
    return code
