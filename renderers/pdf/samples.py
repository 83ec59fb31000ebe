"""Invented dossiers to see a form with before it is law: an ordinary one, a long one, an empty one.

Nothing in them is anybody's: the names are made up, the numbers are of no person.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from renderers.pdf.data import (
    ApologyData,
    ControlData,
    ExtensionData,
    FeeLine,
    Handover,
    Office,
    PaperLine,
    Person,
    RatingData,
    ReceiptData,
    RefusalData,
    RegisterBook,
    RegisterData,
    RegisterRow,
    Result,
    StopData,
    Subject,
    SupplementData,
    SupplementLine,
)
from renderers.pdf.documents import COPIES, FormData
from renderers.pdf.sets import FormSet, rating_criteria
from renderers.text import TZ

Case = Literal["", "dai", "trong"]
CASES: Final[Mapping[Case, str]] = {"": "Bản thường", "dai": "Bản dài", "trong": "Bản trống"}

_LONG: Final = (
    "Cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất lần đầu cho hộ gia đình, cá "
    "nhân, cộng đồng dân cư đang sử dụng đất đã được giao, cho thuê trước ngày 01 tháng 7 năm 2014"
)
_DESK: Final = "Bộ phận Tiếp nhận và Trả kết quả"


def sample(kind: str, forms: FormSet, case: Case = "") -> FormData:
    """What a form of a set may have to say, on a day of that set."""
    day = forms.start + timedelta(days=7)
    return _MADE[kind](datetime.combine(day, time(9, 5), TZ), case)


def _office(case: Case) -> Office:
    name = "Ủy ban nhân dân xã Mường Mẫu"
    if case == "trong":
        return Office("", name, _DESK, "Mường Mẫu")
    return Office(
        "Ủy ban nhân dân tỉnh Sơn La", name, _DESK, "Mường Mẫu", "02120000000", "tiểu khu 1, xã Mường Mẫu"
    )


def _subject(case: Case) -> Subject:
    if case == "trong":
        return Subject("H52.00-000000-0000", "VIDU.01", "Thủ tục làm ví dụ", Person("Người Nộp Mẫu"))
    name = "Nguyễn Hoàng Tôn Nữ Thị Thiên Hương và 04 đồng thừa kế" if case == "dai" else "Lò Thị Mẫu"
    address = "bản Nà Mẫu, xã Mường Mẫu, tỉnh Sơn La"
    if case == "dai":
        address = f"số nhà 128, ngõ 45, tổ dân phố số 12, khu tái định cư thủy điện, {address}"
    return Subject(
        "H52.00.14-000000-0007",
        "VIDU.01",
        _LONG if case == "dai" else "Chứng thực bản sao từ bản chính giấy tờ, văn bản",
        Person(name, "000000000000", address, "0900000000", "nguoinop.mau@vidu.vn"),
    )


def _papers(case: Case) -> tuple[PaperLine, ...]:
    if case == "trong":
        return ()
    if case == "dai":
        return tuple(
            PaperLine(
                f"Giấy tờ số {number}: văn bản thỏa thuận phân chia di sản, sơ đồ thửa đất có xác nhận của người sử dụng đất "
                "liền kề",
                "Bản chính và 01 bản sao có chứng thực",
                number,
            )
            for number in range(1, 31)
        )
    return (
        PaperLine("Tờ khai theo mẫu", "Bản chính", 1),
        PaperLine("Bằng tốt nghiệp trung học phổ thông", "Bản chính", 1),
        PaperLine("Bản sao cần chứng thực", "Bản sao", 3),
    )


def _receipt(at: datetime, case: Case) -> ReceiptData:
    return ReceiptData(
        office=_office(case),
        subject=_subject(case),
        papers=_papers(case),
        sets=1,
        time_words="" if case == "trong" else "02 ngày làm việc",
        received_at=at,
        due=None if case == "trong" else at + timedelta(days=2),
        receive_at=_DESK,
        receiver="" if case == "trong" else "Quàng Văn Mẫu",
        fees=() if case == "trong" else (FeeLine("Phí chứng thực", 21_000, "đã nộp"),),
        book="" if case == "trong" else "01",
        book_number="" if case == "trong" else "07",
        lookup_code="" if case == "trong" else "TRACUU01",
        copies=COPIES,
    )


def _supplement(at: datetime, case: Case) -> SupplementData:
    lines = tuple(
        SupplementLine(paper.name, "Bản chụp bị mờ, không đọc được dấu", original=1, photo=1)
        for paper in _papers(case)
    )
    return SupplementData(
        office=_office(case),
        subject=_subject(case),
        lines=lines,
        reason="" if case == "trong" else "Hồ sơ chưa đủ căn cứ để tiếp nhận.",
        issued_at=at,
        guide="" if case == "trong" else "Quàng Văn Mẫu",
        guide_phone="" if case == "trong" else "02120000000",
        number="" if case == "trong" else "05",
    )


def _refusal(at: datetime, case: Case) -> RefusalData:
    reason = "Giấy tờ bị tẩy xóa, không xác định được nội dung."
    reasons = () if case == "trong" else (reason,) * (12 if case == "dai" else 1)
    return RefusalData(_office(case), _subject(case), reasons, at, "" if case == "trong" else "Quàng Văn Mẫu")


def _apology(at: datetime, case: Case) -> ApologyData:
    reason = "Cơ quan phối hợp trả lời chậm."
    return ApologyData(
        office=_office(case),
        subject=_subject(case),
        received_at=at - timedelta(days=5),
        due=at - timedelta(days=1),
        new_due=at + timedelta(days=3),
        reason=" ".join([reason] * (20 if case == "dai" else 1)),
        issued_at=at,
        signer_title="Chủ tịch",
        signer="" if case == "trong" else "Cầm Văn Mẫu",
        number="" if case == "trong" else "09",
    )


def _extension(at: datetime, case: Case) -> ExtensionData:
    reason = "Phải đo đạc lại hiện trạng thửa đất."
    return ExtensionData(
        office=_office(case),
        subject=_subject(case),
        received_at=at - timedelta(days=5),
        due=at + timedelta(days=2),
        amount="05 ngày làm việc",
        reason=" ".join([reason] * (20 if case == "dai" else 1)),
        basis="" if case == "trong" else "khoản 2 Điều 9 Nghị định số 00/2026/NĐ-CP",
        issued_at=at,
        asker="" if case == "trong" else "Lường Văn Mẫu",
        signer_title="Chủ tịch",
        number="" if case == "trong" else "09",
    )


def _stop(at: datetime, case: Case) -> StopData:
    reason = "tôi muốn chuẩn bị lại giấy tờ."
    return StopData(
        office=_office(case),
        subject=_subject(case),
        received_at=at - timedelta(days=2),
        asked_at=at,
        reason="" if case == "trong" else " ".join([reason] * (15 if case == "dai" else 1)),
        issued_at=at,
        signer_title="Chủ tịch",
        signer="" if case == "trong" else "Cầm Văn Mẫu",
    )


def _control(at: datetime, case: Case) -> ControlData:
    count = {"": 4, "dai": 12, "trong": 0}[case]
    units = ("Phòng Kinh tế", "Phòng Văn hóa - Xã hội", "Lãnh đạo Ủy ban nhân dân xã", "Văn thư")
    results: tuple[Result, ...] = ("early", "on_time", "late")
    rows = tuple(
        Handover(
            agency=_DESK if number == count - 1 else units[number % 4],
            given_at=at + timedelta(hours=number),
            taken_at=at + timedelta(hours=number, minutes=5),
            giver="Quàng Văn Mẫu" if number == 0 else "Hoàng Thu Mẫu",
            taker="" if number == count - 1 else "Hoàng Thu Mẫu",
            result=results[number % 3],
            note="Bổ sung sơ đồ thửa đất, chuyển lại để thẩm định" if case == "dai" else "",
            from_agency=_DESK if number == 0 else units[(number - 1) % 4],
        )
        for number in range(count)
    )
    partners = () if case == "trong" else ("Chi nhánh Văn phòng Đăng ký đất đai",)
    return ControlData(_office(case), _subject(case), rows, at.date(), partners)


def _register(at: datetime, case: Case) -> RegisterData:
    person, subject = _subject(case).person, _subject(case)

    def row(number: int) -> RegisterRow:
        back = number % 3 != 0
        return RegisterRow(
            code=f"H52.00.14-000000-{number:04}",
            procedure_name=subject.procedure_name,
            sets=1,
            person=person.name,
            contact=f"{person.address}; 0900 000 000",
            solver="Phòng Kinh tế",
            received_at=at + timedelta(hours=number),
            due=at + timedelta(days=3),
            sent_at=at + timedelta(hours=number),
            solved_at=at + timedelta(days=2) if back else None,
            returned_at=at + timedelta(days=3) if back else None,
            method="Trực tiếp" if back else "",
            recipient=person.name if back else "",
        )

    books = {
        "": (RegisterBook("Chứng thực", tuple(row(n) for n in range(1, 7)), "01"),),
        "dai": (
            RegisterBook("Đất đai", tuple(row(n) for n in range(1, 31)), "01"),
            RegisterBook("Chứng thực", tuple(row(n) for n in range(31, 34)), "02"),
        ),
        "trong": (),
    }[case]
    day: date = at.date()
    return RegisterData(_office(case), books, f"Từ ngày {day:%d/%m/%Y} đến ngày {day:%d/%m/%Y}", day)


def _rating(at: datetime, case: Case) -> RatingData:
    basis, criteria = rating_criteria(at.date())
    if case == "dai":
        criteria = tuple(replace(each, text=f"{each.text}. {_LONG}") for each in criteria * 3)
    if case == "trong":
        criteria = ()
    return RatingData(_office(case), _subject(case), criteria, basis, at.date(), online="https://vidu.vn")


_MADE: Final[Mapping[str, Callable[[datetime, Case], FormData]]] = {
    "receipt": _receipt,
    "supplement": _supplement,
    "refusal": _refusal,
    "apology": _apology,
    "extension": _extension,
    "stop": _stop,
    "control": _control,
    "register": _register,
    "rating": _rating,
}
