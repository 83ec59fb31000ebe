"""An electronic card, signed by leader and agency, on its way to the applicant: steps that several tests begin with."""

from made_up import CODE, TEXT, publish
from people import COMMUNE, Province
from walk import begin, code_on, fill, open_dossier, pdf, reference, upload_all

from tthc.books.model import Book, Pattern

SIGNED = """workflow:
  name: Cấp thẻ điện tử
  start: tham_tra
  steps:
    - id: tham_tra
      name: Thẩm tra
      actor: tham_dinh
      duration: {amount: 1, unit: working_hour}
      actions: [{id: trinh, label: Trình lãnh đạo, to: phe_duyet, needs: [draft], primary: true}]
    - id: phe_duyet
      name: Lãnh đạo phê duyệt
      actor: phe_duyet
      duration: {amount: 1, unit: working_hour}
      actions:
        - {id: duyet, label: Duyệt, to: phat_hanh, needs: [signature], primary: true}
        - {id: chuyen_lai, label: Chuyển lại, to: tham_tra, needs: [reason]}
    - id: phat_hanh
      name: Văn thư phát hành thẻ
      actor: van_thu
      duration: {amount: 1, unit: working_hour}
      actions: [{id: chuyen_ket_qua, label: Chuyển thẻ, to: tra, needs: [result, signature], primary: true}]
    - id: tra
      name: Trả thẻ
      actor: tiep_nhan
      phase: result_ready
      actions: [{id: tra_the, label: Trả kết quả, to: end, outcome: returned, needs: [payment, originals, recipient], primary: true}]
"""
LEVEL_FOUR = {
    "workflow: xa-xac-nhan\n": SIGNED,
    "service_level: 3": "service_level: 4",
    "receive_by: [counter]": "receive_by: [counter, post, online]\npay_by: [counter, online]",
    "collect: at_return": "collect: before_acceptance",
}


def opened(province: Province, kind: str, name: str, text: str, *, manual: bool = False):
    year = province.clock.now().year
    province.services.books.open(Book(COMMUNE, year, kind, name, (Pattern(text, 2),), manual=manual))
    return province.services.books


def handed_in(province: Province, receive_by: str):
    """An electronic card applied for, paid for and accepted: its code, the applicant and their page of it."""
    text = TEXT
    for old, new in LEVEL_FOUR.items():
        text = text.replace(old, new)
    publish(province, text)
    citizen, desk = province.citizen(), province.staff("motcua")
    page = fill(citizen, begin(citizen, CODE), {"books": "4"})
    page = citizen.submit(upload_all(citizen, page), "/giay-to")
    page = citizen.submit(
        page, "/nhan-ket-qua", {"receive_by": receive_by, "postal_address": "Bản Bó, Tô Hiệu"}
    )
    page = citizen.submit(page, "/kiem-tra", {"declared": "yes"})
    mine = page.url
    page = open_dossier(desk, "truc-tuyen", reference(page))
    page = desk.submit(page, "/thu-phi", {"method": "transfer", "receipt": "CK-1"})
    code = code_on(desk.submit(page, "/tiep-nhan", {"checked": ["anh_the"]}))
    examiner = province.staff("chuyenvien")
    drafted = examiner.submit(open_dossier(examiner, "cho-toi", code), "/trinh", {"file": pdf("the.pdf")})
    assert drafted.status == 200, drafted.text
    return code, citizen, mine
