"""Printed documents: texts with slots are checked like expressions, and come out the Vietnamese way. Pure."""

import json
from datetime import datetime

import pytest

from definitions import documents
from definitions.assess import assess
from definitions.diff import compare
from definitions.documents.composing import compose, fitting, scope
from definitions.documents.facts import DossierFacts
from definitions.documents.offering import attachable, steps_of
from definitions.documents.secrecy import secrets
from definitions.documents.writing import BLANK
from definitions.formatting import formatted
from definitions.loader import load, load_canonical
from rules.calendar import TZ

NOW = datetime(2026, 11, 20, 9, 5, tzinfo=TZ)
FIELDS = """\
        - {id: born, type: date, label: Ngày sinh, help: a}
        - {id: month, type: month, label: Tháng, help: a}
        - {id: paid, type: money, label: Đã nộp, help: a}
        - {id: weight, type: decimal, label: Cân nặng, help: a, unit: kg}
        - {id: fit, type: yes_no, label: Khỏe, help: a}
        - {id: tools, type: multi_choice, label: Dụng cụ, help: a, options: [{value: dao, label: Dao}, {value: keo, label: Kéo}]}
        - {id: home, type: address, label: Nơi ở, only: [province, commune, hamlet]}
        - {id: parent, type: person, label: Mẹ, only: [full_name, birth_date, citizen_number, residence], optional_parts: [full_name]}
        - id: rows
          type: list
          label: Giấy tờ
          help: a
          max: 9
          item:
            - {id: title, type: text, label: Tên, help: a}
            - {id: price, type: money, label: Giá, help: a}
            - {id: kind, type: choice, label: Loại, help: a, options: [{value: goc, label: Bản gốc}, {value: sao, label: Bản sao}]}
            - {id: note, type: text, label: Ghi chú dòng, help: a}
"""
ANSWERS = {
    "area": "xa",
    "full_name": "Lò Văn Ban",
    "copies": 1200,
    "born": "1987-04-05",
    "month": "2026-02",
    "paid": 1250000,
    "weight": 62.5,
    "fit": True,
    "tools": ["keo", "dao"],
    "home": {"province": "tỉnh Sơn La", "commune": "phường Tô Hiệu", "hamlet": "Bản Cọ"},
    "parent": {
        "full_name": "Lò Thị Xuân",
        "birth_date": "1965-01-02",
        "citizen_number": "014165001234",
        "residence": {"province": "tỉnh Sơn La", "commune": "xã Mai Sơn"},
    },
    "rows": [
        {"title": "Đơn", "price": 2000, "kind": "goc"},
        {"title": "Bằng", "price": 15000, "kind": "sao", "note": "mờ"},
    ],
}
APPLICANT = {"kind": "person", "name": "Lò Văn Ban", "citizen_number": "", "phone": "0912345678"}
AGENCY = {"id": "x", "name": "Ủy ban nhân dân phường Mẫu", "level": "xa", "area": "", "identifier": ""}


def wide(small: str) -> str:
    return small.replace("min: 1, max: 20}", "min: 1, max: 2000}").replace("cases:\n", f"{FIELDS}cases:\n", 1)


def with_document(small: str, body: str, more: str = "") -> str:
    return f"""{wide(small)}documents:
  - id: giay
    kind: result
    name: Giấy xác nhận
    title: GIẤY XÁC NHẬN
    sensitive: true
    body: {body}
    signature: {{role: CHỦ TỊCH}}
{more}"""


def made(text: str, answers=ANSWERS, reason: str = "Thiếu giấy tờ"):
    """The first document of a definition that must be right, composed."""
    loaded = load(text, "mau.yaml")
    assert [p for p in loaded.problems if p.severity == "error"] == []
    definition = loaded.definition
    assessment = assess(
        definition, answers, now=NOW, channel="online", agency=AGENCY, applicant=APPLICANT, submitted_at=NOW
    )
    facts = DossierFacts("HS-1", definition.name, definition.procedure, NOW, fees=24000, reason=reason)
    given = scope(assessment, facts, applicant=APPLICANT, agency=AGENCY, now=NOW)
    return compose(fitting(definition, given)[0], given)


@pytest.mark.parametrize(
    ("slot", "written"),
    [
        ("full_name", "Lò Văn Ban"),
        ("area", "Xã"),
        ("copies", "1.200"),
        ("copies | plain", "1200"),
        ("copies | words", "một nghìn hai trăm"),
        ("copies * 2", "2.400"),
        ("born", "05/04/1987"),
        ("born | long", "ngày 05 tháng 4 năm 1987"),
        ("born | words", "Ngày mùng năm tháng tư năm một nghìn chín trăm tám mươi bảy"),
        ("born.year", "1987"),
        ("month", "02/2026"),
        ("paid", "1.250.000 đồng"),
        ("paid | words", "Một triệu hai trăm năm mươi nghìn đồng"),
        ("weight", "62,5 kg"),
        ("fit", "Có"),
        ("tools", "Dao; Kéo"),
        ("home", "Bản Cọ, phường Tô Hiệu, tỉnh Sơn La"),
        ("home.commune", "phường Tô Hiệu"),
        ("parent", "Lò Thị Xuân"),
        ("parent.birth_date | long", "ngày 02 tháng 01 năm 1965"),
        ("parent.residence", "xã Mai Sơn, tỉnh Sơn La"),
        ("count(rows)", "2"),
        ("for each in rows return each.title", "Đơn, Bằng"),
        ('if area = "xa" then "ở xã" else "ở phường"', "ở xã"),
        ("applicant.name", "Lò Văn Ban"),
        ("agency.name", "Ủy ban nhân dân phường Mẫu"),
        ("dossier.code", "HS-1"),
        ("dossier.fees", "24.000"),
        ("dossier.submitted_at", "09:05 ngày 20/11/2026"),
        ("dossier.submitted_at | long", "ngày 20 tháng 11 năm 2026"),
        ("dossier.reason", "Thiếu giấy tờ"),
        ("case", "xa"),
        ("note", BLANK),
        ("dossier.due | long", BLANK),
        ("applicant.citizen_number", BLANK),
    ],
)
def test_a_value_is_written_by_the_type_of_its_field(small, slot, written):
    composed = made(with_document(small, f"['Ghi: {{{{ {slot} }}}}.']"))
    assert composed.pieces[0].text == f"Ghi: {written}."


def test_what_nobody_answered_is_a_line_for_a_hand(small):
    few = {"area": "xa", "full_name": "Lò Văn Ban", "copies": 1}
    slots = [
        "born",
        "born | long",
        "born | words",
        "born.year",
        "paid | words",
        "tools",
        "home",
        "parent",
        "fit",
    ]
    body = ", ".join(f'"{{{{ {slot} }}}}"' for slot in slots)
    assert [piece.text for piece in made(with_document(small, f"[{body}]"), few).pieces] == [BLANK] * len(
        slots
    )
    assert made(with_document(small, '["{{ dossier.reason }}"]'), reason="").pieces[0].text == BLANK


def test_blocks_of_every_kind_and_their_conditions(small):
    body = """
      - "Một {{ copies }} và {{ full_name }}"
      - {heading: Điều 1., text: "Cho {{ full_name }}"}
      - {heading: "Phần của {{ full_name }}"}
      - {centre: "QUYẾT ĐỊNH:"}
      - {fields: [full_name, note, parent, parent.birth_date]}
      - {text: Chỉ phường, when: area = "phuong"}
      - {text: Chỉ xã, when: case = "xa"}
      - table: rows
        columns:
          - {label: Tên, value: title}
          - {label: Giá, value: price}
          - {label: Loại, value: kind}
          - {label: Gấp đôi, value: price * 2}
          - {label: Đọc, value: price | words}
          - {label: Ghi chú, value: note}
          - {label: Ai, value: full_name}
"""
    pieces = made(with_document(small, body)).pieces
    assert [(piece.place, piece.kind) for piece in pieces] == [
        (0, "text"), (1, "text"), (2, "heading"), (3, "centre"), (4, "fields"), (6, "text"), (7, "table"),
    ]  # fmt: skip
    assert (pieces[1].heading, pieces[1].text) == ("Điều 1.", "Cho Lò Văn Ban")
    assert pieces[2].heading == "Phần của Lò Văn Ban"
    assert pieces[4].rows == (
        ("Họ và tên", "Lò Văn Ban"),
        ("Ghi chú", BLANK),
        ("Họ, chữ đệm, tên", "Lò Thị Xuân"),
        ("Ngày sinh", "02/01/1965"),
        ("Số định danh cá nhân", "014165001234"),
        ("Nơi cư trú", "xã Mai Sơn, tỉnh Sơn La"),
        ("Ngày sinh", "02/01/1965"),
    )
    assert pieces[6].head == ("STT", "Tên", "Giá", "Loại", "Gấp đôi", "Đọc", "Ghi chú", "Ai")
    who = "Lò Văn Ban"
    assert pieces[6].rows == (
        ("1", "Đơn", "2.000 đồng", "Bản gốc", "4.000", "Hai nghìn đồng", BLANK, who),
        ("2", "Bằng", "15.000 đồng", "Bản sao", "30.000", "Mười lăm nghìn đồng", "mờ", who),
    )
    assert "2 | Bằng | 15.000 đồng" in made(with_document(small, body)).text


def test_a_list_without_rows_is_an_empty_table(small):
    body = "[{table: rows, columns: [{label: Tên, value: title}]}]"
    few = {"area": "xa", "full_name": "Ban", "copies": 1}
    assert made(with_document(small, body), few).pieces[0].rows == ()


def test_an_answer_is_text_whatever_it_looks_like(small):
    sly = {**ANSWERS, "full_name": "{{ dossier.reason }} <b>"}
    assert made(with_document(small, '["{{ full_name }}"]'), sly).pieces[0].text == "{{ dossier.reason }} <b>"


@pytest.mark.parametrize(
    ("body", "code", "says", "column"),
    [
        ('["Cho {{ ful_name }}"]', "F002", "“full_name”", 20),
        ('["Cho {{ full_name | lon }}"]', "T118", "“long”", 12),
        ('["Cho {{ full_name | long }}"]', "F006", "Bỏ cách ghi", 12),
        ('["Cho {{ home | words }}"]', "F006", "Bỏ cách ghi", 12),
        ('["Cho {{ agency }}"]', "F006", "agency.name", 12),
        ('["Cho {{ full_name }"]', "T118", "hai dấu ngoặc", 17),
        ('["Cho full_name }}"]', "T118", "hai dấu ngoặc", 27),
        ('["{{ copies + }}"]', "F001", "", 24),
        ('["{{ dossier.fee }}"]', "F003", "fees", 24),
        ("[{fields: [ful_name]}]", "T114", "“full_name”", 22),
        ("[{fields: [parent.nam]}]", "T114", "full_name", 22),
        ("[{table: row, columns: [{label: a, value: title}]}]", "T114", "“rows”", 20),
        ("[{table: home, columns: [{label: a, value: title}]}]", "T114", "rows", 20),
        ("[{table: rows, columns: [{label: a, value: titel}]}]", "F002", "“title”", 54),
        ("[{text: a, centre: b}]", "T119", "heading", 12),
        ("[{when: true}]", "T119", "heading", 12),
        ("[{table: rows}]", "T119", "columns", 12),
        ("[]", "S004", "phần tử", 11),
        ("[{texts: a}]", "S001", "“text”", 13),
    ],
)
def test_a_mistake_is_told_where_it_stands(small, body, code, says, column):
    problems = load(with_document(small, body), "mau.yaml").errors
    assert [problem.code for problem in problems] == [code], problems
    assert says in problems[0].message + problems[0].remedy
    text = with_document(small, body).split("\n")
    assert text[problems[0].line - 1].strip().startswith("body:")
    assert problems[0].column == column


def test_no_field_may_be_called_what_documents_read(small):
    text = small.replace("{id: note,", "{id: dossier,")
    assert [p.code for p in load(text, "mau.yaml").errors] == ["T003"]


def test_one_id_is_one_document(small):
    again = (
        '  - {id: giay, kind: notice, name: B, title: B, body: ["{{ full_name }}"], signature: {role: B}}\n'
    )
    problems = load(with_document(small, '["{{ full_name }}"]', again), "mau.yaml").errors
    assert [p.code for p in problems] == ["T002"]


SHARED = {
    "bao": {
        "id": "bao",
        "kind": "notice",
        "name": "Giấy báo",
        "title": "GIẤY BÁO",
        "body": ["Báo cho {{ applicant.name }}"],
        "signature": {"role": "CHỦ TỊCH"},
    }
}


def test_a_shared_document_is_written_once_and_kept_with_the_version(small):
    more = "  - {use: bao, symbol: GB-CAT, signature: {role: GIÁM ĐỐC}}\n"
    text = with_document(small, '["{{ full_name }}"]', more)
    loaded = load(text, "mau.yaml", documents=SHARED)
    assert loaded.errors == ()
    found = loaded.definition.document("bao")
    assert (found.kind, found.symbol) == ("notice", "GB-CAT")
    assert found.signature.role.parts == ("GIÁM ĐỐC",)
    again = load_canonical(loaded.canonical, "mau.yaml").definition
    assert again.hash == loaded.definition.hash
    assert again.document("bao").title.parts == ("GIẤY BÁO",)
    assert json.loads(loaded.canonical)["documents"][1]["title"] == "GIẤY BÁO"


@pytest.mark.parametrize(("use", "code"), [("{use: boa}", "T117"), ("{use: bao, title: A}", "S001")])
def test_a_wrong_use_is_told(small, use, code):
    text = with_document(small, '["{{ full_name }}"]', f"  - {use}\n")
    problems = load(text, "mau.yaml", documents=SHARED).errors
    assert [p.code for p in problems] == [code]
    assert "bao" in problems[0].message + problems[0].remedy


def test_every_shipped_shared_document_is_right():
    assert documents.shared().keys() == {"khong_giai_quyet"}
    assert all(raw["source"]["verified"] is False for raw in documents.shared().values())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("use: a\n", "S002"),
        ("id: a\n", "S002"),
        ("id: a\nkind: notice\nname: A\ntitle: A\nbody: ['{{ full_name }}']\nsignature: {role: A}\n", "F002"),
        ("[", "Y"),
    ],
)
def test_a_broken_shared_document_is_told(text, code):
    raw, problems = documents.load_document(text, "a.yaml")
    assert raw is None
    assert problems[0].code.startswith(code)


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ('["{{ full_name }}"]', ()),
        ('["{{ parent }} {{ parent.birth_date }}"]', ()),
        ('["{{ parent.citizen_number }}"]', ("Số định danh cá nhân",)),
        ('["{{ substring(parent.citizen_number, 1, 3) }}"]', ("Số định danh cá nhân",)),
        ("[{fields: [parent]}]", ("Số định danh cá nhân",)),
        ('["{{ applicant.citizen_number }}"]', ("Số định danh của người nộp",)),
        ('["{{ applicant.phone }}"]', ()),
        ("[{text: a, when: parent.citizen_number = null}]", ("Số định danh cá nhân",)),
        ("[{table: rows, columns: [{label: a, value: title}]}]", ("Tên",)),
        ("[{table: rows, columns: [{label: a, value: price}]}]", ()),
        ('["{{ rows[1].title }}"]', ("Tên",)),
        ('["{{ rows[1].price }}"]', ()),
    ],
)
def test_what_is_sensitive_in_a_document_is_known(small, body, labels):
    text = with_document(small, body).replace("{id: title, type", "{id: title, sensitive: true, type")
    definition = load(text, "mau.yaml").definition
    assert secrets(definition.documents[0], definition) == labels


def test_results_and_notices_are_drafted_where_they_can_come_out(small):
    more = "  - {use: khong_giai_quyet}\n"
    definition = load(with_document(small, '["{{ full_name }}"]', more), "mau.yaml").definition
    result, notice = definition.documents
    workflow = definition.workflow
    assert steps_of(result, workflow) == ("phan_cong", "tham_dinh", "xem_xet", "phat_hanh")
    assert steps_of(notice, workflow) == (
        "phan_cong", "tham_dinh", "xem_xet", "phe_duyet", "phat_hanh_thong_bao",
    )  # fmt: skip
    declines = workflow.step("phe_duyet").action("khong_giai_quyet")
    drafts = workflow.step("tham_dinh").action("trinh")
    issues = workflow.step("phat_hanh").action("chuyen_ket_qua")
    assert [attachable(result, workflow, action) for action in (drafts, declines, issues)] == [
        True,
        False,
        False,
    ]
    assert [attachable(notice, workflow, action) for action in (drafts, declines, issues)] == [
        True,
        True,
        False,
    ]


def test_changes_of_documents_are_told_in_words(small):
    before = with_document(small, '["Cho {{ full_name }}", {centre: A}]')
    after = with_document(small, '["Cấp {{ full_name }}", {centre: A}]', "  - {use: khong_giai_quyet}\n")
    told = [change.sentence for change in compare(raw(before), raw(after))]
    assert any("oạn của văn bản" in sentence and "“Cấp {{ full_name }}”" in sentence for sentence in told), (
        told
    )
    assert any(sentence.startswith("Thêm văn bản “Thông báo không giải quyết") for sentence in told), told


def raw(text):
    return json.loads(load(text, "mau.yaml").canonical)


def test_keys_of_a_document_have_one_order():
    text = "id: a\nname: A\nkind: notice\nbody:\n  - {when: true, text: A}\ntitle: A\nsignature: {role: B, title: A}\n"
    ordered = "id: a\nkind: notice\nname: A\ntitle: A\nbody:\n  - {text: A, when: true}\nsignature: {title: A, role: B}\n"
    assert formatted(text) == ordered
