"""Invented papers for the tests of documents."""

from datetime import date, datetime, timedelta

from markupsafe import Markup

from renderers.pdf.data import (
    ApologyData,
    Attached,
    ControlData,
    FeeLine,
    Handover,
    Office,
    PaperLine,
    Person,
    ReceiptData,
    RefusalData,
    Subject,
    SubmittedData,
    SupplementData,
    SupplementLine,
)
from renderers.text import TZ

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=TZ)

OFFICE = Office(
    parent="Ủy ban nhân dân tỉnh Sơn La",
    name="Ủy ban nhân dân xã Chiềng Mai",
    desk="Bộ phận tiếp nhận và trả kết quả",
    place="Chiềng Mai",
    phone="02123851234",
    address="bản Cơi Quỳnh",
)
SUBJECT = Subject(
    code="H52.14-261123-0007",
    procedure="2.000815",
    procedure_name="Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan có thẩm quyền cấp",
    person=Person(
        "Lò Thị Minh Nguyệt", "014190001234", "bản Nà Sản, xã Chiềng Mai", "0912345678", "nguyet@example.vn"
    ),
)
PAPERS = (
    PaperLine("Tờ khai yêu cầu chứng thực", "Bản chính", 1),
    PaperLine("Bằng tốt nghiệp trung học phổ thông", "Bản chính", 1),
    PaperLine("Bản sao cần chứng thực", "Bản sao", 3),
)


def receipt_data(received_at=NOW, papers=PAPERS, **more):
    facts = {
        "office": OFFICE,
        "subject": SUBJECT,
        "papers": papers,
        "sets": 1,
        "time_words": "02 ngày làm việc",
        "received_at": received_at,
        "due": received_at + timedelta(days=3),
        "receive_at": "Bộ phận tiếp nhận và trả kết quả",
        "receiver": "Quàng Văn Hải",
        "fees": (FeeLine("Phí chứng thực", 21_000, "3 bản × 7.000 đồng"),),
        "lookup_code": "4821",
    }
    return ReceiptData(**{**facts, **more})


def supplement_data(issued_at=NOW):
    return SupplementData(
        office=OFFICE,
        subject=SUBJECT,
        lines=(SupplementLine("Bằng tốt nghiệp", "Bản chụp bị mờ ở góc dưới", original=1, photo=1),),
        reason="Thiếu bản chính để đối chiếu",
        issued_at=issued_at,
        guide="Quàng Văn Hải",
        guide_phone="02123851234",
        number="05",
        reply_by=NOW + timedelta(days=30),
    )


def refusal_data(issued_at=NOW):
    return RefusalData(
        OFFICE, SUBJECT, ("Giấy tờ bị tẩy xóa, không chứng thực được.",), issued_at, "Quàng Văn Hải"
    )


def apology_data(issued_at=NOW):
    return ApologyData(
        office=OFFICE,
        subject=SUBJECT,
        received_at=NOW,
        due=NOW + timedelta(days=3),
        new_due=NOW + timedelta(days=5),
        reason="Cơ quan phối hợp trả lời chậm.",
        issued_at=issued_at,
        signer_title="Chủ tịch",
        signer="Cầm Văn Dũng",
    )


def control_data(rows=3, issued_on=date(2026, 11, 30)):
    handovers = tuple(
        Handover("Phòng Kinh tế", NOW, NOW + timedelta(hours=1), "Hải", "Dũng", "on_time", "")
        for _ in range(rows)
    )
    return ControlData(OFFICE, SUBJECT, handovers, issued_on)


def submitted_data(
    answers=Markup('<dl class="summary"><div><dt>Họ và tên</dt><dd>Lò Thị Minh Nguyệt</dd></div></dl>'),
):
    return SubmittedData(
        office=OFFICE,
        subject=SUBJECT,
        submitted_at=NOW,
        answers=answers,
        files=(Attached("Bằng tốt nghiệp", "bang.pdf", 1_420_000, "9f86d081" * 8),),
        fees=(FeeLine("Phí chứng thực", 21_000),),
        declaration="Tôi cam đoan những nội dung trên là đúng.",
        next_step="Bộ phận Một cửa trả lời trước 17:00 ngày 24/11/2026.",
    )
