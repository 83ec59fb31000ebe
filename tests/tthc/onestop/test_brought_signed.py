"""A result that was signed elsewhere with the agency's token counts as signed, another's signature does not (Đ10.4b)."""

from datetime import datetime
from types import SimpleNamespace
from typing import cast

import pytest
from people import PDF

from rules.calendar import TZ
from tthc.dossiers.files import Files
from tthc.dossiers.state import Dossier, FileRef
from tthc.onestop.signing_step import _brought
from tthc.services import Services
from tthc.signing import paper
from tthc.signing.desk import SigningDesk
from tthc.signing.local import LocalSigner
from tthc.signing.model import Party

NAME = "Ủy ban nhân dân phường Tô Hiệu"
AT = datetime(2026, 6, 1, 9, 5, tzinfo=TZ)
FILE = FileRef("0" * 64, "ket-qua.pdf", 1000, "pdf", AT, "vanthu")


@pytest.mark.parametrize(
    ("party", "counts"),
    [
        (Party("agency", "phuong-to-hieu", NAME), True),
        (Party("agency", "phuong-khac", "Ủy ban nhân dân phường Chiềng Cơi"), False),
        (Party("person", "chutich", "Nguyễn Đức Minh", NAME), False),
    ],
)
def test_d10_4b_the_agencys_own_signature_on_a_brought_file_counts(party: Party, counts: bool, tmp_path):
    signer = LocalSigner(tmp_path)
    data = paper.issue(PDF, party, signer, number="7", day=AT.date(), place="Tô Hiệu", at=AT)
    told = SimpleNamespace(
        signing=SigningDesk(cast("Files", None), signer),
        files=SimpleNamespace(read=lambda _: data),
        agencies=SimpleNamespace(facts=lambda _: SimpleNamespace(name=NAME)),
        clock=SimpleNamespace(now=lambda: AT),
    )
    found = SimpleNamespace(agency="phuong-to-hieu")
    signed = _brought(cast("Services", told), cast("Dossier", found), FILE)
    assert [(each.by, each.name) for each in signed] == ([("agency", NAME)] if counts else [])
