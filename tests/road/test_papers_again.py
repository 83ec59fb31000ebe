"""Papers used again and papers kept covered: the owner's own at a press; officials by a press that is logged."""

import pytest
from made_up import CODE, TEXT, publish
from people import Province
from walk import begin, fill, hand_in, open_dossier, reference, upload_all

pytestmark = pytest.mark.database

OFFER = "Ông/bà đã nộp"


def ready(province: Province, keys: str) -> None:
    text = TEXT.replace("copies: {original: 1}, help", f"copies: {{original: 1}}, {keys}, help", 1)
    assert text != TEXT
    publish(province, text)


def handed(province: Province, *, accepted: bool = True) -> str:
    citizen = province.citizen()
    page = fill(citizen, begin(citizen, CODE), {"books": "4"})
    page = hand_in(citizen, citizen.submit(upload_all(citizen, page), "/giay-to"))
    if accepted:
        desk = province.staff("motcua")
        at_desk = open_dossier(desk, "truc-tuyen", reference(page))
        assert desk.submit(at_desk, "/tiep-nhan", {"checked": ["anh_the"]}).status == 200
    return page.url.rsplit("/", 1)[1]


def at_papers(province: Province, who: str = "0912345678"):
    citizen = province.citizen(who)
    return citizen, fill(citizen, begin(citizen, CODE), {"books": "2"})


@pytest.mark.parametrize("keys", ["reuse: true", "reuse: anh-chan-dung"])
def test_a_paper_handed_in_before_is_offered_and_taken_at_a_press(province: Province, keys: str):
    ready(province, keys)
    earlier = province.services.repository.get(handed(province))
    citizen, page = at_papers(province)
    assert f"{OFFER} giay-to.pdf" in page.text
    page = citizen.submit(page, "/dung-lai")
    assert page.status == 200
    assert OFFER not in page.text
    assert "giay-to.pdf" in page.text
    done = hand_in(citizen, citizen.submit(page, "/giay-to"))
    again = province.services.repository.get(done.url.rsplit("/", 1)[1])
    assert again.paper("anh_the").files[0].sha256 == earlier.paper("anh_the").files[0].sha256


def test_what_was_not_accepted_or_is_not_said_to_serve_again_is_not_offered(province: Province):
    ready(province, "reuse: true")
    handed(province, accepted=False)
    assert OFFER not in at_papers(province)[1].text


def test_no_reuse_no_offer(province: Province):
    ready(province, "max_files: 3")
    handed(province)
    assert OFFER not in at_papers(province)[1].text


def test_only_what_is_offered_to_this_person_is_taken(province: Province):
    ready(province, "reuse: true")
    earlier = province.services.repository.get(handed(province))
    citizen, page = at_papers(province)
    refused = citizen.submit(page, "/dung-lai", {"sha256": "0" * 64})
    assert refused.status == 404
    application = page.url.rsplit("/", 2)[1]
    owner = earlier.owner
    assert province.services.applications.get(application, owner).files == {}


def test_a_sensitive_paper_is_covered_until_it_is_asked_for(province: Province):
    ready(province, "sensitive: true")
    key = handed(province)
    found = province.services.repository.get(key)
    sha256 = found.paper("anh_the").files[0].sha256
    desk = province.staff("motcua")
    page = desk.get(f"/motcua/{found.agency}/ho-so/{key}")
    assert "Giấy tờ nhạy cảm (đang che)" in page.text
    assert sha256 not in page.html
    assert "Ảnh chân dung" not in page.text
    page = desk.submit(page, "/hien-du-lieu#content")
    assert "Ảnh chân dung" in page.text
    assert sha256 in page.html
    assert desk.get(f"/motcua/{found.agency}/ho-so/{key}/tep/{sha256}").status == 200
    logged = [row["what"] for row in province.services.reads.of(key)]
    assert "du-lieu-nhay-cam" in logged
    assert f"tep-nhay-cam:{sha256}" in logged
