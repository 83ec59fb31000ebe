"""The files that go along with a copy of one's data, and the reasons for those that do not (law 91/2025)."""

import hashlib
import io
import json
import zipfile
from datetime import datetime

import pytest
from made_up import CODE, publish
from people import PASSWORD, PDF
from pypdf import PdfReader
from walk import begin, fill, hand_in, upload_all

from rules.calendar import TZ
from tthc.dossiers.files import FileDamagedError, FileHeldError, FileMissingError
from tthc.dossiers.state import FileRef
from tthc.privacy.own_data import bundle
from tthc.privacy.own_files import HELD, LOST, TOO_MUCH, Packing, safe

PLACE = "/tai-khoan/du-lieu"
AT = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)


class Store:
    """Files by their content; `held`, `broken`: by content too."""

    def __init__(self, held=None, broken=None):
        self.held, self.broken = held or {}, broken or {}

    def standings(self, sha256s):
        return {one: self.held[one] for one in sha256s if one in self.held}

    def read(self, sha256):
        if sha256 in self.broken:
            raise self.broken[sha256]
        return DATA[sha256]


DATA = {}


def file(data: bytes, name: str = "a.pdf") -> FileRef:
    sha256 = hashlib.sha256(data).hexdigest()
    DATA[sha256] = data
    return FileRef(sha256, name, len(data), "pdf", AT, "ai-do")


@pytest.fixture
def archive():
    with zipfile.ZipFile(io.BytesIO(), "w") as made:
        yield made


def test_each_content_goes_once_under_a_name_that_leads_nowhere_else(archive):
    packing = Packing(archive, Store())
    first = packing.put("HS-1/..", file(b"one", "../../etc/passwd"))
    again = packing.put("HS-2", file(b"one", "khác.pdf"))
    other = packing.put("HS-2", file(b"two", "Đơn đề nghị.pdf"))
    assert first == again
    assert archive.namelist() == [first.name, other.name]
    assert other.name == "giay-to/HS-2/002-Đơn đề nghị.pdf"
    assert archive.read(first.name) == b"one"
    assert all(part not in {"", ".", ".."} for part in first.name.split("/"))
    assert len(first.name.split("/")) == 3


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("..", "tep"),
        ("", "tep"),
        ("a\x00b.pdf", "a-b.pdf"),
        ("C:\\x.pdf", "C-x.pdf"),
        ("Ảnh thẻ.jpg", "Ảnh thẻ.jpg"),
    ],
)
def test_a_name_is_no_path(name, told):
    assert safe(name) == told


def test_the_end_of_a_long_name_stays_since_it_says_the_kind():
    assert safe("x" * 500 + ".pdf") == "x" * 96 + ".pdf"


def test_what_does_not_fit_is_left_out_and_smaller_ones_still_go(archive):
    packing = Packing(archive, Store(), most=10)
    assert packing.put("H", file(b"123456")).name
    assert packing.put("H", file(b"7890123")) == TOO_MUCH
    assert packing.put("H", file(b"4567")).name
    assert packing.put("H", file(b"8")) == TOO_MUCH
    assert len(archive.namelist()) == 2


def test_what_is_held_or_lost_is_left_out(archive):
    waiting, infected, late, broken, missing = (file(one) for one in (b"w", b"i", b"l", b"b", b"m"))
    store = Store(
        {waiting.sha256: "waiting", infected.sha256: "infected"},
        {
            late.sha256: FileHeldError("waiting"),
            broken.sha256: FileDamagedError(broken.sha256),
            missing.sha256: FileMissingError(missing.sha256),
        },
    )
    packing = Packing(archive, store)
    told = [packing.put("H", one) for one in (waiting, infected, late, broken, missing)]
    assert told == [HELD["waiting"], HELD["infected"], HELD["waiting"], LOST, LOST]
    assert archive.namelist() == []


@pytest.mark.database
def test_d24_2_the_files_of_ones_own_dossiers_go_along(province):
    publish(province)
    s, citizen = province.services, province.citizen()
    account = s.accounts.by_login("0912345678")
    papers = upload_all(citizen, fill(citizen, begin(citizen, CODE), {"books": "3"}))
    hand_in(citizen, citizen.submit(papers, "/giay-to"))
    [row] = s.lists.owned(account.key).rows
    answer = citizen.submit(citizen.get(PLACE), "/tai-ve", {"password": PASSWORD})
    assert int(answer.response.headers["Content-Length"]) == len(answer.data)
    assert "du-lieu-cua-toi-20261123.zip" in answer.response.headers["Content-Disposition"]
    told, text, names = opened(answer.data)
    [one] = told["ho_so"][0]["giay_to"]
    assert names == {"du-lieu.json", "du-lieu.pdf", one["trong_goi"]}
    assert one["trong_goi"].startswith(f"giay-to/{told['ho_so'][0]['ma']}/001-")
    assert (one["khong_kem"], one["tai_o"]) == ("", "")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert hashlib.sha256(archive.read(one["trong_goi"])).hexdigest() == one["sha256"]
        assert archive.read(one["trong_goi"]) == PDF

    with bundle(s, account, s.clock.now(), most=len(PDF) - 1) as small:
        told, text, names = opened(small.read())
    [one] = told["ho_so"][0]["giay_to"]
    assert names == {"du-lieu.json", "du-lieu.pdf"}
    assert (one["trong_goi"], one["khong_kem"]) == ("", "quá 200 MB của một lần tải")
    assert one["tai_o"].endswith(f"/ho-so/{row.id}")
    assert "không kèm: quá 200 MB của một lần tải" in text

    scan = {"metadata.scan": {"standing": "infected", "malware": "Eicar"}}
    s.database["papers.files"].update_many({}, {"$set": scan})
    with bundle(s, account, s.clock.now()) as without:
        told, text, names = opened(without.read())
    [one] = told["ho_so"][0]["giay_to"]
    assert names == {"du-lieu.json", "du-lieu.pdf"}
    assert (one["trong_goi"], one["khong_kem"], one["tai_o"]) == ("", "bị chặn vì có mã độc", "")
    assert "không kèm: bị chặn vì có mã độc" in text


def opened(data):
    """What is in the archive: the plain data, the text of the .pdf on one line, the names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        pages = PdfReader(io.BytesIO(archive.read("du-lieu.pdf"))).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
        return json.loads(archive.read("du-lieu.json")), text, set(archive.namelist())
