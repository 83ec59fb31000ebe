import pytest

from definitions.lint.information import missing_parts
from definitions.lint.law import level_demands
from definitions.loader import load

INFORMATION = (
    "sequence: [Nộp rồi nhận]",
    "ways: [Trực tuyến]",
    "sets: 01 bộ",
    "applicants: Cá nhân",
    "authority: Ủy ban nhân dân cấp xã",
    "result: Giấy xác nhận",
    "forms: [Không có mẫu]",
    "conditions: [Không]",
    "legal_basis: [{number: 01/2026/NĐ-CP}]",
    "responsibilities: {Người nộp: Khai đúng sự thật}",
)


@pytest.mark.parametrize("line", INFORMATION)
def test_d7_2b_each_part_of_the_public_information_is_demanded(broken, line):
    problems = broken(f"  {line}\n", "")
    key = line.partition(":")[0]
    problem = next(p for p in problems if p.code == "T001")
    assert problem.path == f"information.{key}"
    assert problem.line == 7
    assert "Đ7.2b" in problem.message
    assert problem.remedy


def test_d7_2b_papers_deadline_and_fees_are_parts_too(small):
    without = small
    for start, end in (("attachments:", "fees:"), ("fees:", "deadline:"), ("deadline:", "workflow:")):
        head, rest = without.split(start, 1)
        without = head + end + rest.split(end, 1)[1]
    without = without.replace("fees: {phi: 6000}, due: 2026-11-30T09:00", "valid: true")
    loaded = load(without, "x.yaml")
    assert [path for path, _ in missing_parts(loaded.definition)] == [
        ("attachments",), ("deadline",), ("information", "fee_note"),
    ]  # fmt: skip
    assert not loaded.ok
    assert load(without.replace("  sets: 01 bộ", "  sets: 01 bộ\n  fee_note: Không thu"), "x").definition


@pytest.mark.parametrize(
    ("old", "new", "code", "path", "says"),
    [
        ("{id: copies,", "{id: ‸full_name,", "T002", "form.pages.0.fields.1.id", "full_name"),
        ("{id: copies,", "{id: ‸area,", "T002", "form.pages.0.fields.1.id", "area"),
        ("{id: note,", "{id: ‸case,", "T003", "form.pages.0.fields.2.id", "hệ thống"),
        ("{id: note,", "{id: ‸count,", "T003", "form.pages.0.fields.2.id", "FEEL"),
        ("{id: note,", "{id: ‸for,", "T003", "form.pages.0.fields.2.id", "FEEL"),
        ("    - id: chung", "    - id: ‸cau_hoi_mo_dau", "T003", "form.pages.0.id", "mở đầu"),
        ("{id: xa, label: Ở xã", "{id: ‸phuong, label: Ở xã", "T002", "cases.1.id", "dòng"),
        ("{value: xa, label: Xã}", "{value: ‸phuong, label: Xã}", "T002", "questions.0.options.1.value", "dòng"),
        ("type: choice, label: Khu vực, help: Chọn nơi ở, required: true, options: [{value: phuong, label: Phường}, {value: xa, label: Xã}]", "‸type: choice, label: Khu vực, help: x, required: true", "T004", "questions.0", "options"),
        ("type: text, label: Ghi chú,", "type: text, label: Ghi chú, ‸item: [{id: a, type: text, label: A}],", "T004", "form.pages.0.fields.2.item", "list"),
        ("type: text, label: Ghi chú, help: Nếu có,", "type: computed, label: Ghi chú,", "T004", "form.pages.0.fields.2", "compute"),
        ("type: text, label: Ghi chú,", "type: text, label: Ghi chú, ‸in_words: true,", "T004", "form.pages.0.fields.2.in_words", "in_words"),
        ("type: text, label: Ghi chú,", "type: money, label: Ghi chú, ‸total: sum,", "T004", "form.pages.0.fields.2.total", "cột của danh sách"),
        ("type: text, label: Ghi chú,", "type: list, label: Ghi chú, item: [{id: a, type: text, label: A, ‸total: sum}],", "T004", "form.pages.0.fields.2.item.0.total", "total"),
        ("type: text, label: Ghi chú,", "type: text, label: Ghi chú, ‸appearance: select,", "T004", "form.pages.0.fields.2.appearance", "choice"),
        ("type: text, label: Ghi chú,", "type: text, label: Ghi chú, autocomplete: ‸adress,", "T087", "form.pages.0.fields.2.autocomplete", "adress"),
        ("type: text, label: Ghi chú,", "type: text, label: Ghi chú, ‸accept: [pdf],", "T004", "form.pages.0.fields.2.accept", "file hoặc photo"),
        ("type: text, label: Ghi chú,", 'type: file, label: Ghi chú, ‸aspect: "3:4",', "T004", "form.pages.0.fields.2.aspect", "photo"),
        ("type: text, label: Ghi chú,", "type: photo, label: Ghi chú, accept: ‸[pdf],", "T004", "form.pages.0.fields.2.accept", "PDF"),
        ("visible: copies > 5", 'visible: ‸note = "a"', "T050", "form.pages.0.fields.2", "note → note"),
        ("help: Ghi đủ dấu, ", "", "T085", "form.pages.0.fields.0", "Họ và tên"),
        ("name: Thủ tục mẫu", "name: ‸Thủ tục mẫu\ncatalogue: {name: Thủ tục Mẫu}", "T040", "name", "Thủ tục Mẫu"),
        ("number: 01/2026/NĐ-CP", "number: 01/2026/NĐ-CP, verified: false", "T080", "information.legal_basis.0", "01/2026"),
        ("name: Thủ tục mẫu", "name: Thủ tục mẫu\nretention: {source: ‸{text: Bảng thời hạn bảo quản, verified: false}}", "T080", "retention.source", "Bảng thời hạn"),
        ("name: Đơn đề nghị", "name: ‸Bản sao có chứng thực căn cước", "T070", "attachments.0.name", "Đ10.1b"),
        ("label: Ở xã, when: true", "label: Ở xã, when: 'starts with(area, \"h\")'", "T081", "cases", "Khu vực: Xã"),
        ("{amount: 5, unit: working_day}", "{when: string length(full_name) > 100, amount: 5, unit: working_day}", "T082", "deadline", "Nộp ngày"),
        ("  - {amount: 5, unit: working_day}", "  - {amount: 5, unit: working_day}\n  - {amount: 7, unit: working_day}", "T083", "deadline.0", "cuối"),
        ("amount: 2000 * copies", "amount: ‸2000 * copies / 3", "T020", "fees.0.amount", "Phí cấp bản sao"),
        ("amount: 2000 * copies", "amount: ‸2000 - 3000 * copies", "T020", "fees.0.amount", "Nộp ngày"),
        ("required: true, min: 1", "min: 1", "T020", "fees.0.amount", "Số bản: để trống"),
        ("{amount: 5, unit", "‸{amount: 4, unit", "T014", "deadline.0", "4,5 ngày làm việc"),
        ("answers: {area: xa", "answers: {‸aera: xa", "T061", "examples.0.answers.aera", "“area”"),
        ("expect: {case: xa,", "expect: {case: ‸xaa,", "T061", "examples.0.expect.case", "“xa”"),
        ("fees: {phi: 6000}", "fees: {‸phi_: 6000}", "T061", "examples.0.expect.fees.phi_", "“phi”"),
        ("fees: {phi: 6000}", "visible: [‸nota]", "T061", "examples.0.expect.visible.0", "“note”"),
        ("submitted_at: 2026-11-20", "submitted_at: ‸2025-11-20", "T062", "examples.0.submitted_at", "hiệu lực"),
    ],
)  # fmt: skip
def test_a_mistake_of_meaning_says_where_and_what_to_do(broken, place, old, new, code, path, says):
    found = broken(old, new)
    problem = next((p for p in found if p.code == code), None)
    assert problem is not None, found
    assert problem.path == path
    if (
        "‸" in new
        and path.count(".")
        and not path.startswith("form.pages.0.fields.2")
        and code != "T004"
        and code != "T014"
    ):
        assert (problem.line, problem.column) == place(old, new)
    assert says in problem.message + problem.remedy
    assert problem.remedy


@pytest.mark.parametrize(("code", "severity"), [("T080", "warning"), ("T085", "warning"), ("T040", "error")])
def test_warnings_do_not_keep_from_review(small, code, severity):
    changed = {
        "T080": small.replace("number: 01/2026/NĐ-CP", "number: 01/2026/NĐ-CP, verified: false"),
        "T085": small.replace("help: Ghi đủ dấu, ", ""),
        "T040": small.replace("sector: mau", "sector: mau\ncatalogue: {name: Khác}"),
    }[code]
    loaded = load(changed, "x.yaml")
    assert [(p.code, p.severity) for p in loaded.problems] == [(code, severity)]
    assert loaded.ok is (severity == "warning")
    assert loaded.definition is not None


def test_d7_3_another_name_than_the_catalogues_is_refused_with_the_official_one(small):
    other = small.replace("sector: mau", "sector: mau\ncatalogue: {name: Tên trong quyết định công bố}")
    (problem,) = load(other, "x.yaml").errors
    assert (problem.code, problem.path) == ("T040", "name")
    assert problem.remedy == "Ghi đúng: Tên trong quyết định công bố"


def test_no_examples_is_an_error(small):
    loaded = load(small.partition("examples:")[0], "x.yaml")
    assert [p.code for p in loaded.errors] == ["T060"]


def test_an_unverified_source_marks_the_definition(small):
    assert load(small, "x").definition.verified
    text = small.replace(
        "amount: 2000 * copies", "amount: 2000 * copies\n    source: {text: Nghị quyết, verified: false}"
    )
    assert not load(text, "x").definition.verified


def test_a_gap_between_two_laws_is_found_with_the_day(broken):
    table = """amount:
      inputs: [area]
      rows:
        - {when: ['"phuong"'], amount: 1000 * copies}
        - {when: ['"xa"'], amount: 1000 * copies, effective: {to: 2026-06-30}}
        - {when: ['"xa"'], amount: 2000 * copies, effective: {from: 2026-07-02}}
"""
    (problem,) = broken("amount: 2000 * copies\n", table)
    assert problem.code == "T020"
    assert problem.message == "Không dòng nào của bảng nhận: Khu vực = Xã, ngày 01/07/2026."


def test_an_optional_cell_of_a_list_that_a_fee_reads_is_found(small):
    text = small.replace(
        "{id: copies, type: integer, label: Số bản, help: Số bản cần cấp, required: true, min: 1, max: 20}",
        "{id: rows, type: list, label: Các dòng, help: x, min: 1, max: 9, item: [{id: n, type: integer, label: Số bản, help: x}, {id: t, type: text, label: Tên, help: x, required: true}]}",
    ).replace("2000 * copies", "sum(for r in rows return r.n)").replace(", visible: copies > 5", "").replace(
        "copies: 3}", "rows: [{n: 1, t: a}]}"
    ).replace("copies: 1}", "rows: [{n: 1, t: a}]}").replace("{phi: 6000}", "{phi: 1}")  # fmt: skip
    (problem,) = load(text, "x").problems
    assert problem.code == "T020"
    assert "Số bản: để trống" in problem.message


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"service_level: 3": "service_level: 4"}, {"pay_by", "receive_by"}),
        (
            {
                "service_level: 3": "service_level: 4\nreceive_by: [post]",
                "pay_by: [counter, transfer]": "pay_by: [online]",
            },
            set(),
        ),
        ({"service_level: 3": "service_level: 3\nsubmit_by: [counter]"}, {"submit_by"}),
        ({"workflow: day-du": "workflow: tra-ngay"}, {"workflow"}),
        ({"service_level: 3": "service_level: 2", "workflow: day-du": "workflow: tra-ngay"}, set()),
        ({"  forms: [Không có mẫu]\n": ""}, {"forms"}),
        ({"service_level: 3": "service_level: 1", "  forms: [Không có mẫu]\n": ""}, set()),
    ],
)
def test_each_level_has_its_demands(small, change, missing):
    for old, new in change.items():
        assert old in small
        small = small.replace(old, new)
    loaded = load(small, "x.yaml")
    assert {path[-1] for path, _, _ in level_demands(loaded.definition)} == missing
    assert {p.path.rpartition(".")[2] for p in loaded.problems if p.code == "T030"} == missing


def test_a_gap_is_found_among_many_other_questions(small):
    """Questions that a fee does not read do not crowd out those that it does."""
    asked = "".join(
        f"  - {{id: q{n}, type: yes_no, label: Câu {n}, help: x, required: true, default: true}}\n"
        for n in range(12)
    )
    text = small.replace("questions:\n", "questions:\n" + asked).replace(
        "amount: 2000 * copies",
        "amount: 'if area = \"phuong\" and q3 = false and submitted_at >= date and time(\"2026-07-01T00:00:00\") then null else 2000 * copies'\n    effective: {from: 2026-01-01}",
    ).replace("when: 'area = \"phuong\"'", "when: q1 and q2 and q4 and q5 and q6 and q7 and q8 and q9 and q10 and q11")  # fmt: skip
    text = text.replace("expect: {case: xa,", "expect: {case: phuong,")
    text = text.replace("area: phuong, full_name", "area: xa, full_name")
    problems = load(text, "x").errors
    assert [p.code for p in problems] == ["T020"], problems
    assert "Khu vực: Phường" in problems[0].message
    assert "Câu 3: Không" in problems[0].message


@pytest.mark.parametrize("ends", ["from: 2026-01-01, to: 9999-12-31", "from: 0001-01-01"])
def test_a_fee_may_run_to_the_ends_of_the_calendar(broken, ends):
    fee = "    amount: 2000 * copies\n"
    assert broken(fee, f"{fee}    effective: {{{ends}}}\n") == ()


@pytest.mark.parametrize("value", ["phuong", "zzz"])
def test_an_area_that_no_agency_has_is_told_with_those_there_are(small, value):
    problems = load(
        small.replace("visible: copies > 5", f'visible: agency.area = "{value}"'), "x.yaml"
    ).problems
    problem = next(p for p in problems if p.code == "T037")
    assert "thanh_pho" in problem.message + problem.remedy


def test_an_area_that_agencies_of_the_level_have_is_fine(small):
    known = small.replace("visible: copies > 5", 'visible: agency.area = "thanh_pho"')
    assert known != small
    assert "T037" not in {p.code for p in load(known, "x.yaml").problems}
