"""The catalogue's record: what becomes a row, what stays words, and notes that are no papers."""

import pytest
from import_account import accounted, imported

from definitions.importing.record.amounts import channel, duration, fee
from definitions.importing.record.papers import note_reason

RECORD = {
    "Mã thủ tục": "2.000635",
    "Số quyết định": "12/QĐ-UBND",
    "Tên thủ tục": "Cấp bản sao",
    "Cấp thực hiện": "Cấp Xã",
    "Lĩnh vực": "Hộ tịch",
    "Trình tự thực hiện": "Nộp hồ sơ.\nNhận kết quả.",
    "Cách thức thực hiện": [
        {"Hình thức nộp": "Trực tiếp", "Thời hạn": "1 Ngày làm việc", "Phí, lệ phí": "Phí : 8.000 Đồng", "Mô tả": "Tại quầy"},
        {"Hình thức nộp": "Trực tuyến", "Thời hạn": "02 Giờ", "Phí, lệ phí": "Phí : 5.000 Đồng", "Mô tả": ""},
    ],
    "Thành phần hồ sơ": [
        {
            "Trường hợp": "Cá nhân",
            "Giấy tờ": [
                {"Tên giấy tờ": "* Giấy tờ phải nộp", "Bản chính": 0, "Bản sao": 0},
                {"Tên giấy tờ": "- Tờ khai", "Mẫu đơn": "to-khai.docx", "Bản chính": 1, "Bản sao": 0},
            ],
        },
        {"Trường hợp": "Tổ chức", "Giấy tờ": [{"Tên giấy tờ": "Văn bản yêu cầu", "Bản chính": 1, "Bản sao": 2}]},
    ],
    "Căn cứ pháp lý": [{"Số ký hiệu": "60/2014/QH13", "Trích yếu": "Luật Hộ tịch"}],
    "Từ khóa": "trích lục; hộ tịch",
}  # fmt: skip


def test_a_record_becomes_the_public_part_of_a_draft():
    result = imported(RECORD)
    draft = result.draft
    assert (result.kind, draft["procedure"], draft["sector"]) == ("record", "2.000635", "ho-tich")
    assert draft["catalogue"] == {"name": "Cấp bản sao", "decision": "12/QĐ-UBND"}
    assert draft["submit_by"] == ["online", "counter"]
    assert [(row["when"], row["amount"], row["unit"]) for row in draft["deadline"]] == [
        ('channel = "counter"', 1, "working_day"),
        ('channel = "online"', 2, "hour"),
    ]
    assert draft["fees"][0]["amount"] == 'if channel = "online" then 5000 else 8000'
    assert [(case["id"], case["when"]) for case in draft["cases"]] == [
        ("ca_nhan", 'truong_hop = "ca_nhan"'),
        ("to_chuc", 'truong_hop = "to_chuc"'),
    ]
    accounted(RECORD, result)


def test_notes_between_papers_stay_notes_and_are_told():
    result = imported(RECORD)
    note, paper, other = result.draft["attachments"]
    assert (note["kind"], note["when"]) == ("note", 'case = "ca_nhan"')
    assert (paper["name"], paper["copies"], paper["help"]) == (
        "Tờ khai",
        {"original": 1},
        "Mẫu: to-khai.docx",
    )
    assert other["copies"] == {"original": 1, "copy": 2}
    assert [finding.near for finding in result.findings if "ghi chú" in finding.why] == ["Giấy tờ phải nộp"]


@pytest.mark.parametrize(
    "row",
    [
        "* Giấy tờ phải xuất trình",
        "Lưu ý: bản sao phải có chứng thực",
        "Hồ sơ gồm:",
        "Trường hợp người yêu cầu không có giấy chứng sinh thì nộp văn bản của người làm chứng.",
        "Người yêu cầu đăng ký khai sinh thực hiện việc nộp bản sao điện tử.",
        "Đối với giấy tờ nộp là bản sao",
    ],
)
def test_these_rows_are_notes(row):
    assert note_reason(row.lstrip("* "), [1, 0])


@pytest.mark.parametrize(
    "row",
    [
        "Tờ khai đăng ký khai sinh theo mẫu",
        "Giấy chứng sinh",
        "Bản sao Giấy chứng nhận đăng ký doanh nghiệp",
        "02 bộ bản vẽ thiết kế xây dựng",
        "Hợp đồng thuê địa điểm",
        "Văn bản ủy quyền được chứng thực",
        "Ảnh 4x6",
    ],
)
def test_these_rows_are_papers(row):
    assert not note_reason(row, [None, None])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("02 Giờ", (2, "hour")),
        ("1 Ngày làm việc", (1, "working_day")),
        ("30 Ngày", (30, "day")),
        ("27 Ngày làm việc", (27, "working_day")),
        ("0,5 ngày làm việc", (0.5, "working_day")),
        ("Không quy định", (None, "unspecified")),
        ("15 ngày; 20 ngày với công trình", None),
        ("Trong ngày", None),
    ],
)
def test_times(text, expected):
    assert duration(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phí : 8.000 Đồng", ("phi", 8000)),
        ("Lệ phí: 1,200,000 đ", ("le_phi", 1_200_000)),
        ("50000 VNĐ", ("phi", 50_000)),
        ("Không", ("phi", 0)),
        ("Phí: 8.000 đồng/bản, miễn cho hộ nghèo", None),
        ("8.50 đồng", None),
    ],
)
def test_fees(text, expected):
    assert fee(text) == expected


def test_channels():
    assert [channel(text) for text in ("Trực tiếp", "Nộp trực tuyến", "Dịch vụ bưu chính", "Khác")] == [
        "counter",
        "online",
        "post",
        None,
    ]
