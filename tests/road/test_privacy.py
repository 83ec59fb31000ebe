"""Who learns what: papers, names and counts reach those alone whose business they are."""

import io

import pytest
from flask import request
from people import COMMUNE, OTHER, PASSWORD, PDF, Province
from walk import (
    DESK,
    TOBACCO_FORM,
    TOBACCO_QUESTIONS,
    begin,
    code_on,
    fill,
    hand_in,
    open_dossier,
    reference,
    upload_all,
)

from tthc.app import create_app
from tthc.settings import Settings
from tthc.web import papers

pytestmark = pytest.mark.database

CHECKED = ["dang_ky_kinh_doanh", "van_ban_gioi_thieu", "don_de_nghi"]


@pytest.fixture
def accepted(province: Province):
    """A dossier accepted by `motcua`: `(its code, its id)`."""
    citizen = province.citizen()
    page = fill(citizen, begin(citizen, "2.000181"), TOBACCO_QUESTIONS | TOBACCO_FORM)
    page = hand_in(citizen, citizen.submit(upload_all(citizen, page), "/giay-to"))
    desk = province.staff("motcua")
    at_desk = open_dossier(desk, "truc-tuyen", reference(page))
    at_desk = desk.submit(at_desk, "/thu-phi", {"method": "cash"})
    at_desk = desk.submit(at_desk, "/tiep-nhan", {"checked": CHECKED})
    return code_on(at_desk), page.url.rsplit("/", 1)[1]


@pytest.fixture
def drawn(monkeypatch):
    """What the next receipt is drawn from."""
    seen = []

    def receipt(_own, _kind, data, *_more):
        seen.append(data)
        return b"%PDF-"

    monkeypatch.setattr(papers, "drawn_form", receipt)
    return seen


def test_the_receipt_names_who_received_and_leads_to_the_public_address(province: Province, accepted, drawn):
    code, dossier_id = accepted
    desk = province.staff("motcua")
    assert desk.get(f"{DESK}/ho-so/{dossier_id}/giay-tiep-nhan.pdf").status == 200
    assert drawn[0].receiver == "Lò Thị Hạnh"
    address, _, kept = drawn[0].subject.qr.partition("#")
    told = province.services.repository.by_code(code).reference
    assert address == f"{province.services.settings.base_url}/tra-cuu?ma={code}&so={told}"
    # what stands behind # is read by who scans the paper and sent to nobody
    assert kept == f"tthc=2.000181&dinhdanh={drawn[0].subject.person.identifier}"
    assert drawn[0].subject.person.identifier


def test_a_refusal_does_not_count_another_agencys_work(province: Province, accepted):
    stranger = province.staff("khac-motcua")
    page = stranger.get(f"{DESK}/ho-so/{accepted[1]}")
    assert page.status == 403
    assert f"/motcua/{COMMUNE}/" not in page.html


def test_belonging_to_an_agency_without_a_function_opens_no_dossier(province: Province, accepted):
    province.services.accounts.create_staff(
        login="kiemsoat",
        name="Phạm Thị Lan",
        password=PASSWORD,
        now=province.clock.now(),
        agency=COMMUNE,
        roles=["kiem_soat"],
        must_change_password=False,
    )
    drafter = province.staff("kiemsoat")
    for path in (f"/ho-so/{accepted[1]}", "/hop/tat-ca", f"/ho-so/{accepted[1]}/giay-tiep-nhan.pdf"):
        assert drafter.get(DESK + path).status == 403


def test_behind_a_proxy_each_visitor_has_their_own_address(mongo_uri, mongo_database, clock, tmp_path):
    environ = {"MONGODB_URI": mongo_uri, "TTHC_VAR": str(tmp_path), "TTHC_PROXIES": "1"}
    app = create_app(Settings.load(environ), mongo_database, clock)
    seen = []
    app.before_request(lambda: seen.append(request.remote_addr))
    app.test_client().get("/livez", headers={"X-Forwarded-For": "10.9.9.9, 203.0.113.7"})
    assert seen == ["203.0.113.7"]


def test_the_public_page_names_no_official_while_the_dossier_is_under_way(province: Province, accepted):
    code, _ = accepted
    head = province.staff("truongphong")
    page = open_dossier(head, "cho-toi", code)
    chosen = page.html.partition('">Hoàng Thu Trang')[0].rpartition('value="')[2]
    assert head.submit(page, "/giao_viec", {"assignee": chosen}).status == 200
    seen = province.visitor().get(f"/tra-cuu?ma={code}")
    assert seen.status == 200 and code in seen.text
    for name in ("Hoàng Thu Trang", "Cầm Văn Sơn", "Lò Thị Xuân"):
        assert name not in seen.text


def test_a_paper_that_was_printed_was_read(province: Province, accepted):
    _, dossier_id = accepted
    desk = province.staff("motcua")
    for name in ("giay-tiep-nhan", "phieu-kiem-soat"):
        assert desk.get(f"{DESK}/ho-so/{dossier_id}/{name}.pdf").status == 200
    read = {row["what"] for row in province.services.reads.of(dossier_id)}
    assert {"in:giay-tiep-nhan", "in:phieu-kiem-soat"} <= read


def test_a_file_sent_to_another_agencys_dossier_is_not_kept(province: Province, accepted):
    stranger = province.staff("khac-motcua")
    token = stranger.get(f"/motcua/{OTHER}/tiep-nhan").form("/dang-xuat").values()["csrf_token"][0]
    stored = province.services.database["papers.files"]
    before = stored.count_documents({})
    answer = stranger._client.post(
        f"/motcua/{OTHER}/ho-so/{accepted[1]}/buoc/t1/trinh",
        data={"csrf_token": token, "command_id": "c" * 32, "file": (io.BytesIO(PDF + b"%%EOF"), "la.pdf")},
    )
    assert answer.status_code == 404
    assert stored.count_documents({}) == before


def test_sensitive_answers_are_covered_until_a_logged_press(province: Province, accepted, caplog):
    """Covered on the page, opened by a press that is a reading of its own; never in an address or the log."""
    secret = "014190001234"
    desk = province.staff("motcua")
    found = province.services.repository.collection.find_one({"_id": accepted[1]})
    assert found["answers"]["representative"]["citizen_number"] == secret
    reads = province.services.database["reads"]
    page = desk.get(f"/motcua/{COMMUNE}/ho-so/{found['_id']}")
    content = page.html[page.html.index('id="content"') :]
    assert secret not in content and "014******234" in content
    assert reads.count_documents({"what": "du-lieu-nhay-cam"}) == 0
    shown = desk.submit(page, "/hien-du-lieu#content")
    assert secret in shown.html[shown.html.index('id="content"') :]
    assert not shown.has_form("/hien-du-lieu#content")
    row = reads.find_one({"what": "du-lieu-nhay-cam"})
    assert (row["dossier"], row["name"]) == (found["_id"], "Lò Thị Hạnh")
    again = desk.get(f"/motcua/{COMMUNE}/ho-so/{found['_id']}")
    assert secret not in again.html[again.html.index('id="content"') :]
    assert province.staff("khac-motcua").get(f"/motcua/{COMMUNE}/ho-so/{found['_id']}").status in {403, 404}
    assert secret not in caplog.text
    assert not [link for link in (*page.links, *shown.links) if secret in link]
