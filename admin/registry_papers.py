"""What the registry prints: the slip, the roadmap, the published list, the notice of services (NĐ 30/2020)."""

from collections.abc import Callable, Sequence
from datetime import date

from definitions.model import Definition
from renderers.pdf.data import Office
from renderers.pdf.letters import Letter, Paragraph, Table, letter
from tthc.agencies.model import Agency
from tthc.registry.levels import told
from tthc.registry.publications import Publication
from tthc.registry.service import Aim
from tthc.registry.slips import Row, Slip

PLACE = "Sơn La"


def office_of(agency: Agency | None, parent: Agency | None) -> Office:
    """Who issues a paper: the agency of whoever prints it; a dotted line where they belong to none."""
    return Office(
        parent="" if parent is None else parent.name,
        name="." * 40 if agency is None else agency.name,
        desk="",
        place=PLACE,
    )


def slip_pdf(slip: Slip, named: Sequence[tuple[Row, str, str]], office: Office, on: date) -> bytes:
    """Phiếu đăng ký (Đ9.3a). `named`: each row with the procedure's name and what became of it."""
    rows = tuple(
        (
            str(number),
            row.code,
            name,
            told(row.level, on),
            f"{row.consent.number}, {row.consent.day:%d/%m/%Y}" if row.consent else "",
            state,
        )
        for number, (row, name, state) in enumerate(named, 1)
    )
    return letter(
        Letter(
            office=office,
            title="Phiếu đăng ký",
            subject="Danh mục và mức độ dịch vụ công trực tuyến",
            day=on,
            pieces=(
                Paragraph(
                    f"Căn cứ Quyết định công bố thủ tục hành chính số {slip.decision}, cơ quan đăng ký danh mục thủ tục "
                    "hành chính và mức độ cung cấp dịch vụ công trực tuyến như sau:"
                ),
                Table(
                    ("TT", "Mã thủ tục", "Tên thủ tục", "Mức độ đăng ký", "Văn bản chấp thuận", "Trạng thái"),
                    rows,
                    (12, 0, 15, 15, 12),
                ),
                *((Paragraph(f"Ghi chú: {slip.note}"),) if slip.note else ()),
            ),
            signer=("Thủ trưởng cơ quan",),
            recipients=("Như trên", "Lưu: VT"),
            landscape=True,
        )
    )


def roadmap_pdf(aims: Sequence[Aim], agency_name: Callable[[str], str], office: Office, on: date) -> bytes:
    """The roadmap for the yearly report (Đ21.3)."""
    rows = tuple(
        (
            str(number),
            aim.goal.code,
            aim.name,
            str(aim.goal.level),
            f"{aim.goal.day:%d/%m/%Y}",
            agency_name(aim.goal.agency),
            aim.progress.label,
        )
        for number, aim in enumerate(aims, 1)
    )
    reached = sum(aim.level >= aim.goal.level for aim in aims)
    return letter(
        Letter(
            office=office,
            title="Lộ trình",
            subject="Nâng mức độ cung cấp dịch vụ công trực tuyến",
            day=on,
            pieces=(
                Paragraph(
                    f"Tính đến ngày {on:%d/%m/%Y}: {len(aims)} thủ tục trong lộ trình, {reached} thủ tục đã đạt mức đề ra."
                ),
                Table(
                    (
                        "TT",
                        "Mã thủ tục",
                        "Tên thủ tục",
                        "Mức độ",
                        "Thời hạn",
                        "Cơ quan chịu trách nhiệm",
                        "Tình trạng",
                    ),
                    rows,
                    (12, 0, 10, 12, 20, 12),
                    (3,),
                ),
            ),
            signer=("Thủ trưởng cơ quan",),
            landscape=True,
        )
    )


def publication_pdf(publication: Publication, sector_name: Callable[[str], str], office: Office) -> bytes:
    """The list of procedures received through the portal, as its decision froze it (Đ21.5)."""
    decision = publication.decision
    rows = tuple(
        (str(number), row.code, row.name, sector_name(row.sector), row.agencies, str(row.level))
        for number, row in enumerate(publication.rows, 1)
    )
    return letter(
        Letter(
            office=office,
            title="Danh mục",
            subject=publication.title,
            annex=f"Kèm theo Quyết định số {decision}",
            day=decision.day,
            pieces=(
                Table(
                    ("TT", "Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Cơ quan giải quyết", "Mức độ"),
                    rows,
                    (12, 0, 15, 20, 10),
                    (5,),
                ),
                Paragraph(
                    f"Danh mục có {len(rows)} thủ tục, theo tình trạng ngày {publication.day:%d/%m/%Y}."
                ),
            ),
            landscape=True,
        )
    )


def notice_pdf(
    chosen: Sequence[tuple[Definition, str, date | None]],
    office: Office,
    number: str,
    day: date | None,
    on: date,
) -> bytes:
    """Thông báo of services of levels 3 and 4 (Đ21.4). `chosen`: versions, who solves them, first day in force."""
    rows = tuple(
        (
            str(at),
            definition.procedure,
            definition.name,
            told(definition.service_level, on),
            agencies,
            f"{start:%d/%m/%Y}" if start else "",
        )
        for at, (definition, agencies, start) in enumerate(chosen, 1)
    )
    return letter(
        Letter(
            office=office,
            title="Thông báo",
            subject="Về việc cung cấp dịch vụ công trực tuyến mức độ 3, mức độ 4",
            number=number,
            symbol="TB",
            day=day,
            basis=(
                "Căn cứ Thông tư số 32/2017/TT-BTTTT ngày 15 tháng 11 năm 2017 của Bộ trưởng Bộ Thông tin và Truyền thông",
                "Căn cứ kết quả thẩm định các dịch vụ công trực tuyến do cơ quan, đơn vị đăng ký",
            ),
            pieces=(
                Paragraph(
                    f"{office.name} thông báo {len(rows):02} dịch vụ công trực tuyến sau đáp ứng yêu cầu và được cung cấp "
                    "trên Cổng Dịch vụ công của tỉnh:"
                ),
                Table(
                    ("TT", "Mã thủ tục", "Tên dịch vụ", "Mức độ", "Cơ quan giải quyết", "Từ ngày"),
                    rows,
                    (12, 0, 15, 15, 15),
                ),
                Paragraph(
                    "Đề nghị các cơ quan, đơn vị tiếp nhận, giải quyết hồ sơ trên Cổng Dịch vụ công và thông tin để tổ chức, "
                    "cá nhân biết, thực hiện./."
                ),
            ),
            signer=("Thủ trưởng cơ quan",),
            recipients=("Các cơ quan, đơn vị có tên trên", "Lưu: VT"),
        )
    )
