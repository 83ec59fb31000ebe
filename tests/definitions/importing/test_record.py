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


PAGE = {
    "Mã thủ tục:": "1.004222",
    "Tên thủ tục:": "Đăng ký thường trú",
    "Số quyết định:": "Không có thông tin",
    "Cấp thực hiện:": "Cấp Xã",
    "Loại thủ tục:": "TTHC được luật giao quy định chi tiết",
    "Cách thức thực hiện:": [
        {"Hình thức nộp": "Trực tiếp", "Thời hạn giải quyết": "7 Ngày làm việc", "Phí, lệ phí": "Lệ phí : 20000 Đồng", "Mô tả": "Nộp tại Công an xã"},
        {"Hình thức nộp": "Trực tuyến", "Thời hạn giải quyết": "7 Ngày làm việc", "Phí, lệ phí": "Lệ phí : 10000 Đồng", "Mô tả": ""},
    ],
    "Thành phần hồ sơ:": {
        "Chỗ ở hợp pháp thuộc sở hữu": [
            {"Tên giấy tờ": "Tờ khai thay đổi thông tin cư trú", "Mẫu đơn, tờ khai": "CT01.docx", "Số lượng": "Bản chính: 1\nBản sao: 0"}
        ],
        "Chỗ ở do thuê, mượn": [{"Tên giấy tờ": "Hợp đồng thuê", "Mẫu đơn, tờ khai": "", "Số lượng": "Bản chính: 0\nBản sao: 2"}],
    },
    "Địa chỉ tiếp nhận HS:": "Công an cấp xã",
    "Cơ quan được ủy quyền:": "Không có thông tin",
    "Kết quả thực hiện:": "Cập nhật thông tin cư trú",
    "Từ khóa:": "Không có thông tin",
}  # fmt: skip


def test_the_public_page_word_for_word():
    """With its colons, its papers by case, its counts in one cell and its “Không có thông tin”."""
    result = imported(PAGE)
    draft = result.draft
    assert "keywords" not in draft
    assert [(paper["name"], paper["copies"], paper["when"]) for paper in draft["attachments"]] == [
        ("Tờ khai thay đổi thông tin cư trú", {"original": 1}, 'case = "cho_o_hop_phap_thuoc_so_huu"'),
        ("Hợp đồng thuê", {"copy": 2}, 'case = "cho_o_do_thue_muon"'),
    ]
    assert len(draft["deadline"]) == 1
    assert (draft["fees"][0]["kind"], draft["fees"][0]["amount"]) == (
        "le_phi",
        'if channel = "online" then 10000 else 20000',
    )
    assert "Nơi tiếp nhận: Công an cấp xã" in draft["information"]["ways"]
    assert [finding.path for finding in result.findings if finding.what == "unknown"] == []
    accounted(PAGE, result)


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
