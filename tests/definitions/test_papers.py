"""Papers: notes among them, how long they serve, what is looked up instead, on which channel, which files."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from definitions.assess import assess
from definitions.loader import load
from renderers.html.papers import taken_types, taken_words
from renderers.html.procedure import paper_words, procedure_view
from rules.calendar import TZ
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import FileRef, PaperFiles
from tthc.dossiers.submission import applicable_papers, require_checked, require_in_date, require_uploaded

NOW = datetime(2026, 11, 20, 9, tzinfo=TZ)
AGENCY = {"id": "a", "name": "Ủy ban nhân dân xã Mẫu", "level": "xa", "area": "xa", "identifier": "H52"}
ANSWERS = {"area": "phuong", "full_name": "Lò Văn Ban", "copies": "3", "issued_on": "2026-05-20"}
ROWS = """
  - {id: kham, name: Giấy khám sức khỏe, copies: {original: 1}, valid_for: {amount: 6, unit: month, from: issued_on}, online_note: Nộp bản giấy khi nhận kết quả., accept: [pdf], max_files: 1}
  - {id: luu_y, name: Giấy tờ do nước ngoài cấp phải được dịch ra tiếng Việt., kind: note, when: copies > 2}
  - {id: cu_tru, name: Giấy tờ về nơi cư trú, copies: {copy: 1}, replaced_by_data: Cơ sở dữ liệu quốc gia về dân cư}
  - {id: anh, name: Ảnh thẻ, copies: {copy: 2}, channels: [counter, post]}
"""


@pytest.fixture
def definition(small):
    text = small.replace("form_generated: true}\n", "form_generated: true}" + ROWS)
    text = text.replace(
        "        - {id: note,",
        "        - {id: issued_on, type: date, label: Ngày cấp, help: Ngày ghi trên giấy, required: true}\n"
        "        - {id: note,",
    )
    text = text.replace("copies: 3}", 'copies: 3, issued_on: "2026-06-01"}')
    loaded = load(text, "x.yaml")
    assert loaded.definition is not None, loaded.problems
    return loaded.definition


def judge(definition, channel="online", now=NOW, **answers):
    return assess(
        definition,
        {**ANSWERS, **answers},
        now=now,
        channel=channel,
        agency=AGENCY,
        applicant={"kind": "person"},
    )


def file(name="a.pdf"):
    return FileRef(name * 10, name, 1, "pdf", NOW, "x")


def test_notes_and_looked_up_papers_stand_in_their_places_and_are_not_counted(definition):
    found = judge(definition)
    assert [row.id for row in found.paper_rows] == ["don", "kham", "luu_y", "cu_tru"]
    assert [paper.id for paper in found.papers] == ["don", "kham"]
    assert [row.id for row in judge(definition, copies="1").paper_rows] == ["don", "kham", "cu_tru"]
    words = {row.id: paper_words(row) for row in found.paper_rows}
    assert words["luu_y"] == ""
    assert words["cu_tru"] == "Không phải nộp: cơ quan tự tra cứu trong Cơ sở dữ liệu quốc gia về dân cư"
    require_checked(found.papers, ("kham",), "online")
    require_uploaded(found.papers, (PaperFiles("kham", (file(),)),))


def test_a_paper_is_asked_for_on_its_channels_only(definition):
    assert "anh" in {paper.id for paper in judge(definition, channel="counter").papers}
    assert "anh" not in {paper.id for paper in judge(definition).papers}
    assert judge(definition).papers[1].online_note == "Nộp bản giấy khi nhận kết quả."
    assert judge(definition, channel="counter").papers[1].online_note == ""


def test_a_paper_serves_to_the_end_of_its_last_day_and_no_longer(definition):
    last = judge(definition).papers[1]
    assert (last.until, last.expired, last.expiry) == (date(2026, 11, 20), False, "")
    gone = judge(definition, now=NOW + timedelta(days=1))
    assert gone.papers[1].expired
    with pytest.raises(Refused) as refused:
        require_in_date(gone.papers, ())
    assert refused.value.code == "paper_expired"
    assert "đến hết ngày 20/11/2026" in refused.value.sentence()
    assert judge(definition, issued_on="").papers[1].until is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # the definition never changes
@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_last_day_is_six_months_on_and_never_before_that_of_a_paper_issued_earlier(definition, day):
    earlier, later = (
        judge(definition, issued_on=each.isoformat()).papers[1].until
        for each in (day, day + timedelta(days=1))
    )
    assert earlier <= later
    assert timedelta(days=181) <= earlier - day <= timedelta(days=184)


def test_what_could_not_be_looked_up_is_taken_when_a_supplement_brings_it(definition):
    brought = (PaperFiles("cu_tru", (file(),)), PaperFiles("anh", (file(),)))
    kept = applicable_papers(definition, judge(definition).papers, brought)
    assert [paper.paper_id for paper in kept] == ["cu_tru"]


def test_a_paper_takes_its_own_kinds_and_number_of_files(definition):
    paper = judge(definition).papers[1]
    assert taken_words(paper) == "Chỉ nhận tệp PDF, nhiều nhất 1 tệp."
    assert taken_types(paper) == ".pdf"
    assert taken_types(judge(definition).papers[0]) == ".pdf,.jpg,.jpeg,.png"
    two = (PaperFiles("kham", (file("a"), file("b"))),)
    with pytest.raises(Refused, match="một tệp"):
        applicable_papers(definition, judge(definition).papers, two)


def test_the_procedure_page_says_it_all(definition):
    rows = {row.id: row for row in procedure_view(definition, NOW.date()).papers}
    assert rows["kham"].validity == "cấp trong vòng 6 tháng trước ngày nộp"
    assert rows["luu_y"].note
    assert rows["anh"].channels == "tại bộ phận một cửa, qua bưu chính công ích"


PLACES = """        - id: places
          type: list
          label: Các nơi ở
          help: Mỗi nơi một dòng
          item_label: Nơi ở
          max: 5
          item: [{id: place, type: text, label: Địa chỉ, help: "Bản, xã", required: true}]
        - {id: note,"""


def with_rows(small, answers):
    text = small.replace("        - {id: note,", PLACES)
    text = text.replace(
        "attachments:\n",
        "attachments:\n  - {id: hop_dong, name: Hợp đồng thuê, copies: {original: 1, copy: 2}, each: places}\n",
    )
    definition = load(text, "x.yaml").definition
    assert definition is not None
    told = definition.examples[0]
    found = assess(
        definition,
        {**told.answers, **answers},
        now=told.submitted_at,
        channel="online",
        agency={},
        applicant={},
    )
    return {paper.id: paper for paper in found.papers}, definition


def test_every_row_of_a_list_wants_its_own_copies(small):
    due, _ = with_rows(small, {"places": [{"place": "Bản Cọ"}, {"place": "Bản Mé"}, {"place": "Tổ 1"}]})
    assert (due["hop_dong"].original, due["hop_dong"].copy) == (3, 6)


def test_without_rows_such_a_paper_is_not_asked_for(small):
    due, definition = with_rows(small, {"places": []})
    assert "hop_dong" not in due
    assert "01 bản chính, 02 bản sao cho mỗi dòng “Nơi ở”" in paper_words(definition.paper("hop_dong"))


def test_rows_of_what_is_no_list_are_refused(small):
    text = small.replace(
        "attachments:\n",
        "attachments:\n  - {id: hop_dong, name: Hợp đồng, copies: {copy: 1}, each: copies}\n",
    )
    problem = next(p for p in load(text, "x.yaml").problems if p.code == "T079")
    assert problem.path == "attachments.0.each"
