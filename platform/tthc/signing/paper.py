"""A paper on its way from a draft to a result: the leader signs it, the clerk fills in number and day and sets the seal.

Each signature is added to the end of the file, so what was signed before stays as it was; number and day are form fields,
which may be filled in without touching the leader's signature.
"""

from datetime import date, datetime
from io import BytesIO
from typing import Final

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NumberObject,
    TextStringObject,
    pdf_name,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import StaticContentStamp

from renderers.pdf import seals
from renderers.text import day_in_letter
from tthc.signing import places as at_places
from tthc.signing.looks import look
from tthc.signing.model import Party, Signer, SigningError
from tthc.signing.places import Sheet
from tthc.signing.session import UNFIT, Where, complete, prepare

LEADER: Final = "ChuKyLanhDao"
AGENCY: Final = "ChuKyCoQuan"
NUMBER: Final = "SoVanBan"
DAY: Final = "NgayVanBan"
_PRINT: Final = 4
_READ_ONLY: Final = 1


def sign_as_leader(
    data: bytes,
    party: Party,
    signer: Signer,
    *,
    at: datetime,
    raised: float = 0.0,
    timestamper: TimeStamper | None = None,
) -> bytes:
    """The draft with the signature of whoever approves it, beside their name, and places for number, day and seal.

    Raises:
        SigningError: the paper cannot be signed, or the provider did not sign.
    """
    sheet = readable(data)
    found = at_places.places(sheet, raised)
    writer = _writer(data)
    try:
        if LEADER in _fields(writer.prev):
            raise SigningError("Bản này đã có chữ ký của lãnh đạo; không ký lần thứ hai.")
        if found.name is not None:
            _stamp(writer, found.name, seals.line(party.name, "name", **_size(found.name)))
        for name, where in ((NUMBER, found.number), (DAY, found.day)):
            if where is not None:
                _text_field(writer, name, where)
        seal = at_places.seal_beside(found.signature)
        append_signature_field(writer, SigFieldSpec(AGENCY, on_page=seal.page, box=seal.whole))
        append_signature_field(
            writer, SigFieldSpec(LEADER, on_page=found.signature.page, box=found.signature.whole)
        )
        # the places come into the file first, so that nothing but filling them in follows the signature
        out = BytesIO()
        writer.write(out)
        drawn = seals.signature(party.name, test=signer.test, **_size(found.signature))
        prepared = prepare(
            _writer(out.getvalue()),
            party,
            signer,
            field=LEADER,
            where=None,
            look=look(drawn),
            at=at,
            reason="Phê duyệt kết quả giải quyết thủ tục hành chính",
        )
    except PdfError as error:
        raise SigningError(UNFIT) from error
    return complete(prepared, signer, signer.sign_digest(party, prepared.digest), timestamper)


def issue(
    data: bytes,
    agency: Party,
    signer: Signer,
    *,
    number: str,
    day: date,
    place: str,
    at: datetime,
    timestamper: TimeStamper | None = None,
) -> bytes:
    """The result: number and day filled in where the paper has their places, else told below the seal; and the agency's
    signature, over a third of the leader's to its left, or in the corner of a paper that nobody signed here.

    Raises:
        SigningError: as above.
    """
    sheet = readable(data)
    writer = _writer(data)
    try:
        fields = _fields(writer.prev)
        if AGENCY in fields and "/V" in fields[AGENCY]:
            raise SigningError("Bản này đã có chữ ký số của cơ quan; không ký lần thứ hai.")
        told = _fill(writer, fields, number, day, place)
        where = None if AGENCY in fields else at_places.seal_in_corner(sheet)
        box = where.box if where else tuple(float(side) for side in fields[AGENCY]["/Rect"])
        seal = seals.seal(
            agency.name,
            at,
            note="" if told else f"Số {number} ngày {day:%d/%m/%Y}",
            test=signer.test,
            width=abs(box[2] - box[0]),
            height=abs(box[3] - box[1]),
        )
        prepared = prepare(
            writer,
            agency,
            signer,
            field=AGENCY,
            where=where,
            look=look(seal),
            at=at,
            reason=f"Phát hành văn bản số {number}",
        )
    except PdfError as error:
        raise SigningError(UNFIT) from error
    return complete(prepared, signer, signer.sign_digest(agency, prepared.digest), timestamper)


def readable(data: bytes) -> Sheet:
    """Raises `SigningError` where the file is no PDF that can be read, or has no page."""
    sheet = at_places.read(data)
    if sheet is None:
        raise SigningError(UNFIT)
    return sheet


def leader_signed(data: bytes) -> bool:
    """Whether the leader signed this file here."""
    try:
        fields = _fields(PdfFileReader(BytesIO(data), strict=False))
    except PdfError:
        return False
    return LEADER in fields and "/V" in fields[LEADER]


def _writer(data: bytes) -> IncrementalPdfFileWriter:
    return IncrementalPdfFileWriter(BytesIO(data), strict=False)


def _fields(reader: PdfFileReader) -> dict[str, DictionaryObject]:
    try:
        listed = reader.root["/AcroForm"]["/Fields"]
    except KeyError:
        return {}
    found = [entry.get_object() for entry in listed]
    return {str(field["/T"]): field for field in found if "/T" in field}


def _fill(
    writer: IncrementalPdfFileWriter, fields: dict[str, DictionaryObject], number: str, day: date, place: str
) -> bool:
    """Whether the paper has places for number and day, which are filled in now."""
    if NUMBER not in fields or DAY not in fields:
        return False
    words = f"{place}, {day_in_letter(day)}"
    for name, text, style in ((NUMBER, f"Số: {number}", "number"), (DAY, words, "day")):
        field = fields[name]
        left, bottom, right, top = (float(side) for side in field["/Rect"])
        width, height = right - left, top - bottom
        shown = _xobject(writer, seals.line(text, style, width=width, height=height), width, height)
        field["/V"] = TextStringObject(text)
        field["/AP"] = DictionaryObject({pdf_name("/N"): shown})
        writer.update_container(field)
    return True


def _text_field(writer: IncrementalPdfFileWriter, name: str, where: Where) -> None:
    """An empty field that the clerk's desk fills in; people do not type into it."""
    page, _ = writer.find_page_for_modification(where.page)
    field = DictionaryObject(
        {
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): TextStringObject(name),
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/F"): NumberObject(_PRINT),
            pdf_name("/Ff"): NumberObject(_READ_ONLY),
            pdf_name("/P"): page,
            pdf_name("/DA"): TextStringObject("/Helv 12 Tf 0 g"),
            pdf_name("/Rect"): ArrayObject([FloatObject(side) for side in where.box]),
        }
    )
    added = writer.add_object(field)
    writer.register_annotation(page, added)
    root = writer.root
    if "/AcroForm" not in root:
        form = DictionaryObject({pdf_name("/Fields"): ArrayObject()})
        root["/AcroForm"] = writer.add_object(form)
        writer.update_root()
    form = root["/AcroForm"]
    form["/Fields"].append(added)
    writer.update_container(form["/Fields"])


def _stamp(writer: IncrementalPdfFileWriter, where: Where, page: bytes) -> None:
    width, height = where.box[2] - where.box[0], where.box[3] - where.box[1]
    stamp = StaticContentStamp(writer, look(page), BoxConstraints(width=width, height=height))
    stamp.apply(where.page, round(where.box[0]), round(where.box[1]))


def _xobject(writer: IncrementalPdfFileWriter, page: bytes, width: float, height: float) -> IndirectObject:
    stamp = StaticContentStamp(writer, look(page), BoxConstraints(width=width, height=height))
    return stamp.register()


def _size(where: Where) -> dict[str, float]:
    return {"width": where.box[2] - where.box[0], "height": where.box[3] - where.box[1]}
