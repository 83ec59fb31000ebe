"""The tests of signing share `signing_parties`, a module beside them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import pytest
from signing_parties import AGENCY_NAME

from definitions.documents.composing import Composed, Piece
from definitions.loader import load
from renderers.pdf.data import Office, Person, Subject
from renderers.pdf.made import made_document
from tthc.signing.local import LocalSigner

_BASE = Path(__file__).parents[3] / "definitions" / "lint" / "rules" / "base.yaml"
_DOCUMENT = """
documents:
  - {id: giay, kind: result, name: Giấy phép mẫu, title: GIẤY PHÉP, symbol: GP-UBND, body: ["{{ full_name }}"], signature: {role: CHỦ TỊCH}}
"""


@pytest.fixture(scope="session")
def draft() -> bytes:
    """A draft made by the platform: it names its places for number, day and signature."""
    document = load(_BASE.read_text(encoding="utf-8") + _DOCUMENT, "mau.yaml").definition.documents[0]
    composed = Composed(
        document,
        title="GIẤY PHÉP",
        subtitle="Bán lẻ",
        addressee="Lò Thị Xuân",
        basis=("Căn cứ Luật A",),
        pieces=(Piece(0, "text", "Điều 1.", "Cho phép Lò Thị Xuân bán lẻ."),),
        recipients=("Như trên", "Lưu: VT"),
        signer=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    )
    office = Office("Ủy ban nhân dân tỉnh Sơn La", AGENCY_NAME, "Bộ phận Một cửa", "Tô Hiệu")
    subject = Subject("000.00.14.H52-260601-0001", "9.000001", "Cấp giấy mẫu", Person("Lò Thị Xuân"))
    return made_document(composed, office, subject)


@pytest.fixture(scope="session")
def signer(tmp_path_factory: pytest.TempPathFactory) -> LocalSigner:
    return LocalSigner(tmp_path_factory.mktemp("ky-so") / "khoa")
