"""Two agencies, chosen by the official at the moment of asking, answer on their own pages, and both answers come back."""

import re

import pytest
from asking_walk import accepted
from people import COMMUNE, OTHER, Province
from walk import DESK, open_dossier, pdf

pytestmark = pytest.mark.database


def test_agencies_chosen_on_the_page_answer_on_theirs(province: Province):
    code = accepted(province)
    examiner, elsewhere = province.staff("chuyenvien"), province.staff("khac-chuyenvien")
    page = open_dossier(examiner, "cho-toi", code)
    names = {a.id: a.name for a in province.services.agencies.all()}
    assert {f'value="{COMMUNE}"', f'value="{OTHER}"'} <= set(re.findall(r'value="[\w-]+"', page.html))

    nobody = examiner.submit(page, "/hoi")
    assert nobody.status == 409 and "Chọn ít nhất một nơi" in nobody.text, nobody.text
    unknown = examiner.submit(
        nobody, "/hoi", {"chosen": [OTHER, "so-khong-co"], "question": "Còn kho sách không?"}
    )
    assert unknown.status == 409 and "Không có cơ quan “so-khong-co”" in unknown.text
    assert ("chosen", OTHER) in unknown.form("/hoi").fields, "what was ticked stays ticked"
    page = examiner.submit(unknown, "/hoi", {"chosen": [OTHER, COMMUNE]})
    assert page.status == 200 and page.text.count("Chưa trả lời") == 2, page.text
    assert names[OTHER] in page.text

    there = elsewhere.get(f"/motcua/{OTHER}/hop/cho-toi")
    assert code in there.text
    link = re.search(rf'href="([^"]+)">{re.escape(code)}</a>', there.html)[1]
    dossier_url = link.replace(f"/motcua/{OTHER}/", f"{DESK}/")
    assert elsewhere.get(dossier_url).status == 403, "the other agency's workspace stays closed"
    asked = elsewhere.get(link)
    assert "cơ quan ông/bà được hỏi ý kiến" in asked.text and not asked.has_form("/gia-han")
    other_work = province.staff("khac-motcua").get(link)
    assert other_work.status == 200 and not other_work.has_form("/khong"), "reading is not answering"
    silent = elsewhere.submit(asked, "/khong")
    assert silent.status == 409 and "Đ14.1a" in silent.text
    done = elsewhere.submit(
        silent, "/khong", {"reason": "Phường không có kho sách", "file": pdf("cong-van.pdf")}
    )
    assert done.status == 200 and "Phường không có kho sách" in done.text, done.text
    assert code not in elsewhere.get(f"/motcua/{OTHER}/hop/cho-toi").text

    page = open_dossier(examiner, "cho-toi", code)
    told = page.text.partition("Ý kiến các cơ quan")[2].partition("Lịch sử")[0]
    assert "Không đồng ý" in told and "Phường không có kho sách" in told and "cong-van.pdf" in told
    assert "Chưa trả lời" in told
    letter = re.search(r'href="([^"]+/tep/\w+)">.{0,200}?cong-van\.pdf', page.html, re.DOTALL)[1]
    assert examiner.get(letter).data.startswith(b"%PDF")
    page = examiner.submit(page, "/dong_y")
    assert "Việc cần làm: Tổng hợp ý kiến" in page.text, page.text


@pytest.mark.branch("im-lang-dong-y")
def test_silence_of_one_agency_stands_for_its_answer(province: Province):
    code = accepted(province)
    examiner = province.staff("chuyenvien")
    page = open_dossier(examiner, "cho-toi", code)
    examiner.submit(page, "/hoi", {"chosen": [OTHER], "question": "Còn kho sách không?"})
    found = province.services.repository.by_code(code)
    (task,) = found.tasks
    assert (task.agency, task.due is not None) == (OTHER, True)
    province.clock.set(task.due)
    province.sweep()
    page = open_dossier(examiner, "cho-toi", code)
    assert "Không trả lời: Hết hạn không trả lời" in page.text


def test_an_agency_that_was_not_asked_finds_nothing(province: Province):
    code = accepted(province)
    found = province.services.repository.by_code(code)
    elsewhere = province.staff("khac-chuyenvien")
    assert elsewhere.get(f"/motcua/{OTHER}/ho-so/{found.id}").status == 404
