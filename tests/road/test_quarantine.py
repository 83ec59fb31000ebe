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
from tthc.antivirus.quarantine import Quarantine
from tthc.antivirus.scanner import Clamd
from tthc.dossiers.files import FileHeldError, Files
from tthc.services import EXTENSION

pytestmark = pytest.mark.database


def guarded(province: Province, address: str) -> None:
    """The application with a scanner at that address."""
    s = province.app.extensions[EXTENSION]
    scanner = Clamd(address, 2.0)
    files = Files(s.database, scanner)
    province.services = province.app.extensions[EXTENSION] = replace(
        s, files=files, quarantine=Quarantine(files, scanner), settings=replace(s.settings, clamav=address)
    )


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
    assert not health.antivirus(s.settings).ok

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


def test_without_a_scanner_the_page_of_the_system_says_so(province):
    check = health.antivirus(province.services.settings)
    assert check.ok and not check.needed and "CLAMAV_ADDRESS" in check.detail
