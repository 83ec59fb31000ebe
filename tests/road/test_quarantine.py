"""Đ9.1e: tệp có mã độc bị từ chối; bộ quét vắng thì tệp bị giữ, hai bên đều thấy “đang kiểm tra”."""

import io
from dataclasses import replace

import pytest
from clamd import INFECTED, clamd
from made_up import CODE, publish
from people import Province
from visitor import Page, Visitor
from walk import begin, fill, hand_in, open_dossier, pdf, reference

from tthc import health
from tthc.dossiers.files import FileHeldError, Files
from tthc.services import EXTENSION, build

pytestmark = pytest.mark.database


def guarded(province: Province, address: str) -> None:
    """The application with a scanner at that address."""
    s = province.app.extensions[EXTENSION]
    with province.app.app_context():
        fresh = build(replace(s.settings, clamav=address), s.database, s.clock, tell=lambda *_: None)
    province.services = province.app.extensions[EXTENSION] = fresh


def at_papers(province: Province) -> tuple[Visitor, Page]:
    publish(province)
    citizen = province.citizen()
    return citizen, fill(citizen, begin(citizen, CODE), {"books": "2"})


def test_d9_1e_an_infected_file_is_refused_with_what_to_do_and_a_clean_one_goes_through(province):
    with clamd() as (address, seen):
        guarded(province, address)
        citizen, page = at_papers(province)
        refused = citizen.submit(page, "/anh_the", {"file": (io.BytesIO(INFECTED), "giay.pdf")})
        assert refused.status == 422
        assert "có mã độc (Eicar-Test-Signature)" in refused.text and "quét hoặc chụp lại" in refused.text
        assert province.services.database["papers.files"].count_documents({}) == 0, "nothing was stored"
        page = citizen.submit(page, "/anh_the", {"file": pdf()})
        assert "Đang kiểm tra" not in page.text and "giay-to.pdf" in page.text and len(seen) == 2
        checks = {
            c.name: c
            for c in health.checks(
                province.services.database,
                province.services.settings,
                province.services.outbox_worker.channels,
            )
        }
        assert checks["antivirus"].ok and "ClamAV trả lời" in checks["antivirus"].detail


def test_d9_1e_while_the_scanner_is_away_files_are_held_from_everybody_until_they_are_clean(province):
    with clamd() as (address, _):
        pass  # it has gone
    guarded(province, address)
    s = province.services
    citizen, page = at_papers(province)
    page = citizen.submit(page, "/anh_the", {"file": pdf()})
    assert "Đang kiểm tra mã độc" in page.text
    (sha256,) = s.files.waiting(9)
    opened = citizen.get(f"{page.url}/anh_the/{sha256}")
    assert opened.status == 409 and "đang được kiểm tra mã độc" in opened.text
    done = hand_in(citizen, citizen.submit(page, "/giay-to"))
    desk = province.staff("motcua")
    at_desk = open_dossier(desk, "truc-tuyen", reference(done))
    assert "Đang kiểm tra mã độc" in at_desk.text and "Đang kiểm tra mã độc" in done.text
    assert desk.get(f"{at_desk.url}/tep/{sha256}").status == 409
    assert s.quarantine.sweep(province.clock.now()) == 0, "still away"
    assert not health.antivirus(s.database, s.settings).ok

    with clamd() as (address, _):
        guarded(province, address)
        assert province.services.quarantine.sweep(province.clock.now()) == 1
    assert "Đang kiểm tra" not in desk.get(at_desk.url).text
    assert desk.get(f"{at_desk.url}/tep/{sha256}").status == 200


def test_d9_1e_malware_found_later_blocks_the_file_for_good_and_the_step_says_what_to_do(province):
    with clamd() as (address, _):
        pass
    guarded(province, address)
    citizen, page = at_papers(province)
    page = citizen.submit(page, "/anh_the", {"file": (io.BytesIO(INFECTED), "giay.pdf")})
    with clamd() as (address, _):
        guarded(province, address)
        s = province.services
        assert s.quarantine.sweep(province.clock.now()) == 1
        (told,) = s.database["inbox"].find({"template": "malware_draft"})
        owner = s.database["applications"].find_one({})["owner"]
        assert told["to"] == owner and "chụp hoặc quét lại" in told["body"]
        assert (
            citizen.get(told["link"]).status == 200 and "Bị chặn vì có mã độc" in citizen.get(page.url).text
        )
        s.quarantine.sweep(province.clock.now())
        assert s.database["inbox"].count_documents({"template": "malware_draft"}) == 1
        stopped = citizen.submit(citizen.get(page.url), "/giay-to")
        assert stopped.status == 422 and "Có tệp bị chặn vì mã độc" in stopped.text
        review = citizen.get(page.url.replace("giay-to", "kiem-tra"))
        assert "Giấy tờ kèm theo" in review.text and "Còn phần chưa xong" in review.text
        again = citizen.submit(stopped, "/anh_the", {"file": (io.BytesIO(INFECTED), "giay.pdf")})
        assert again.status == 422 and "có mã độc" in again.text
        (sha256,) = s.database["papers.files"].distinct("metadata.sha256")
        with pytest.raises(FileHeldError, match="bị chặn"):
            s.files.read(sha256)
        page = citizen.submit(stopped, f"{sha256}/xoa")
        page = citizen.submit(page, "/anh_the", {"file": pdf()})
        assert citizen.submit(page, "/giay-to").status == 200


def test_d9_1e_a_later_look_finds_what_was_handed_in_long_ago_tells_once_and_the_paper_is_sent_again(
    province, monkeypatch
):
    """Taken before there was a scanner; found; a crash before anybody is told; told; sent again from the dossier's page."""
    citizen, page = at_papers(province)
    page = citizen.submit(page, "/anh_the", {"file": (io.BytesIO(INFECTED), "giay.pdf")})
    done = hand_in(citizen, citizen.submit(page, "/giay-to"))
    desk = province.staff("motcua")
    at_desk = open_dossier(desk, "truc-tuyen", reference(done))
    database, now = province.services.database, province.clock.now
    (sha256,) = database["papers.files"].distinct("metadata.sha256")
    dossier_id = database["dossiers"].find_one({})["_id"]
    # written before dossiers kept the list of their files
    database["dossiers"].update_one({}, {"$unset": {"files": ""}})
    with clamd() as (address, seen):
        guarded(province, address)
        s = province.services
        s.repository.ensure_indexes()
        other = s.files.put(b"%PDF-1.4 khong ai can", name="la.pdf", kind="pdf", now=now(), by="la")
        database["papers.files"].update_one(
            {"metadata.sha256": other.sha256}, {"$unset": {"metadata.looked_at": ""}}
        )
        seen.clear()
        assert s.looking_again.sweep(now()) == 1, "what no dossier refers to is passed over"
        assert seen == [INFECTED]
        assert s.looking_again.sweep(now()) == 0, "each once in the days of the policy"
        assert desk.get(f"{at_desk.url}/tep/{sha256}").status == 409, "held before anybody is told"
        with monkeypatch.context() as dying:
            dying.setattr(Files, "told", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                s.quarantine.sweep(now())
        s.quarantine.sweep(now())
        s.quarantine.sweep(now())
        s.outbox_worker.run_once()
        kept = s.repository.get(dossier_id)
        assert [entry.type for entry in kept.history].count("malware_found") == 1
        told = {row["to"]: row["body"] for row in database["inbox"].find({"template": "malware_found"})}
        assert list(told) == [kept.owner] and "không phải lỗi của ông/bà" in told[kept.owner]
        assert (
            database["inbox"].count_documents({"template": "malware_staff", "to": f"tiep_nhan@{kept.agency}"})
            == 1
        )
        shown = desk.get(at_desk.url).text
        assert "Có tệp bị chặn vì mã độc" in shown and "Eicar-Test-Signature" in shown
        assert "1 tệp bị chặn" in health.antivirus(database, s.settings).detail

        mine = citizen.get(f"/ho-so/{dossier_id}")
        assert "Gửi lại giấy tờ" in mine.text and "Đây không phải lỗi của ông/bà" in mine.text
        again = citizen.get(f"/ho-so/{dossier_id}/bo-sung")
        assert "Cán bộ ghi" not in again.text and "bị chặn" in again.text
        sent = citizen.submit(again, "/bo-sung", {"paper.anh_the": pdf()})
        assert "Có tệp bị chặn vì mã độc" not in sent.text, sent.text
        kept = s.repository.get(dossier_id)
        assert kept.status == "submitted" and [f.name for p in kept.papers for f in p.files] == [
            "giay-to.pdf"
        ]
        assert "Có tệp bị chặn vì mã độc" not in desk.get(at_desk.url).text
        assert citizen.get(f"/ho-so/{dossier_id}/bo-sung").url.endswith(dossier_id), (
            "nothing to send any more"
        )

        province.clock.advance(days=8)
        seen.clear()
        assert s.looking_again.sweep(now()) == 1 and len(seen) == 1, (
            "the new one, after its days; the blocked one never"
        )


def test_without_a_scanner_the_page_of_the_system_says_so(province):
    check = health.antivirus(province.services.database, province.services.settings)
    assert check.ok and not check.needed and "CLAMAV_ADDRESS" in check.detail
