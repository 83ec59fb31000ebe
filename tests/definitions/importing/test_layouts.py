"""Layouts in which records are met elsewhere, made up after real ones: rearranged, told, and nothing of them lost."""

import re
from collections import Counter

import pytest
from import_account import accounted, imported

from definitions.importing.record import page
from definitions.importing.record.build import looks_like_record
from definitions.importing.record.layouts import laid_out

MESSAGE = {
    "MATTHC": "1.999001",
    "TENTTHC": "Cấp thẻ mẫu",
    "CAPTHUCHIEN": [{"CAPTHUCHIEN": "3", "TENCAP": ""}],
    "LINHVUCTHUCHIEN": [{"MALINHVUC": "LV01", "TENLINHVUC": "Hộ tịch"}],
    "COQUANTHUCHIEN": [{"MADONVI": "H52.1", "TENDONVI": "Ủy ban nhân dân cấp xã"}],
    "DOITUONGTHUCHIEN": [
        {"MADOITUONG": "1", "TENDOITUONG": "Công dân Việt Nam"},
        {"MADOITUONG": "2", "TENDOITUONG": "Người nước ngoài"},
    ],
    "TRINHTUTHUCHIEN": [
        {"TRUONGHOP": "Nộp tại xã", "TRINHTU": [{"TENTRINHTU": "Nộp hồ sơ."}, {"TENTRINHTU": "Nhận thẻ."}]}
    ],
    "CACHTHUCTHUCHIEN": [
        {
            "KENH": "1",
            "THOIGIAN": [
                {
                    "THOIGIANGIAIQUYET": "5",
                    "DONVITINH": "Ngày làm việc",
                    "MOTA": "Tại quầy",
                    "PHILEPHI": [{"SOTIEN": "8000", "DONVI": "Đồng", "MOTA": "", "MAPHILEPHI": "P1", "URL": ""}],
                }
            ],
        },
        {"KENH": "2", "THOIGIAN": [{"THOIGIANGIAIQUYET": "3", "DONVITINH": "Ngày làm việc", "MOTA": "Qua mạng", "PHILEPHI": []}]},
    ],
    "THANHPHANHOSO": [
        {
            "TRUONGHOP": "",
            "GIAYTO": [
                {"MAGIAYTO": "KQ.G15.1", "TENGIAYTO": "Tờ khai", "TENMAUDON": "mau-01.docx", "SOBANCHINH": "1", "SOBANSAO": "0", "URL": "https://example.vn/mau-01.docx"}
            ],
        }
    ],
    "CANCUPHAPLY": [{"SOVANBAN": "01/2026/NĐ-CP", "TENVANBAN": "Nghị định làm mẫu", "NGAYBANHANH": "01/01/2026", "NGAYHIEULUC": "01/02/2026"}],
    "KETQUATHUCHIEN": [{"MAKETQUA": "KQ.1", "TENKETQUA": "Thẻ mẫu", "TENTEP": "the.docx", "URL": ""}],
    "TRANGTHAI": "1",
}  # fmt: skip

PAGE = {
    "ma_thu_tuc": "1.999002",
    "detail_url": "https://example.vn/1",
    "ten_thu_tuc": "Cấp sổ mẫu",
    "cap_thuc_hien": "Cấp Xã",
    "linh_vuc": "Hộ tịch",
    "trinh_tu_thuc_hien": "Bước 1: Nộp hồ sơ.\nBước 2: Nhận sổ.",
    "cach_thuc_thuc_hien": (
        "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến02 Ngày làm việcPhí : 5.000 Đồng\tNộp trên cổng, không phải Trực tiếp tới quầy."
        "Dịch vụ bưu chính5Miễn phí(Theo nghị quyết của tỉnh.)Trực tiếpKhông quy địnhKhông có thông tinTại xã."
    ),
    "thanh_phan_ho_so": (
        "* Giấy tờ phải xuất trình:Tên giấy tờMẫu đơn, tờ khaiSố lượng- Thẻ căn cước.1 bản chính* Giấy tờ phải nộp:Tên giấy tờ"
        "Mẫu đơn, tờ khaiSố lượngTờ khai cấp sổMẫu 01.doc1 bản chính,2 bản saoẢnh chân dung2 bản saoHồ sơ khác (nếu có)"
    ),
    "can_cu_phap_ly": (
        "Tên văn bản pháp lýMã văn bảnLuật sửa đổi năm 202323/2023/QH15Thông tư số 31/2023/TT-BCA ngày 20/7/2023 về mẫu31/2023/TT-BCA"
        "Luật 49/2019/QH1449/2019/QH14Văn bản chưa có số"
    ),
    "ket_qua_xu_ly": (
        "Sổ mẫuMã: KQ.G01.000085Từ khóasổ; mẫuMô tảKhông có thông tinChọn cơ quan thực hiệnTỉnh/ Thành phốNộp hồ sơ"
    ),
}  # fmt: skip

NESTED = {
    "id": "P1",
    "national_code": "1.999003",
    "target_audience": ["Công dân Việt Nam"],
    "domain": "Cư trú",
    "procedure": {
        "name": "Cấp giấy mẫu",
        "documents": [{"ten_giay_to": "Tờ khai", "so_luong": "1 bản chính, 2 bản sao"}],
        "steps": ["Bước 1", "Bước 2"],
        "authority": "Công an cấp xã",
        "execution_methods": [
            {"method": "Trực tiếp", "processing_time": "7 Ngày làm việc", "fee": "Miễn phí", "description": "Tại trụ sở"}
        ],
    },
    "jurisdiction": {"level": "Cấp xã", "location": "Toàn quốc"},
}  # fmt: skip
ALL = [MESSAGE, PAGE, NESTED]


@pytest.mark.parametrize("record", ALL)
def test_other_layouts_are_known_by_themselves_and_every_value_is_accounted_for(record):
    assert looks_like_record(record)
    accounted(laid_out(record).data, imported(record))


HEADINGS = "Hình thức nộp|Thời gian|Phí, lệ phí|Mô tả|Tên giấy tờ|Mẫu đơn, tờ khai|Số lượng|Tên văn bản pháp lý|Mã văn bản|Từ khóa|Mã: "


def words(text):
    """Also where one begins with a capital or a digit in the midst of another, as where cells were run together."""
    around = zip(f" {text}"[:-1], text, f"{text} "[1:], strict=True)
    apart = "".join(f" {c}" if c.isupper() and (not p.isupper() or n.islower()) else c for p, c, n in around)
    return re.findall(r"[^\W\d_]+", apart)


@pytest.mark.parametrize("record", ALL)
def test_nothing_is_lost_in_the_rearranging(record):
    """Whatever words and figures the source has beside the headings of its tables are in the rearranged record."""
    rearranged = " ".join(_texts(laid_out(record).data))
    source = re.sub(f"{HEADINGS}|bản chính|bản sao", " ", " ".join(_texts(record)))
    assert Counter(words(source)) - Counter(words(rearranged)) == Counter()
    lost = Counter(re.findall("[0-9]", source)) - Counter(re.findall("[0-9]", rearranged))
    assert lost == (
        Counter("12") if record is MESSAGE else Counter()
    )  # the codes of two channels, which become names


def _texts(value):
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [] if value == "3" else [str(value)]  # the level's code, which becomes its name


def test_the_message_of_the_national_database_becomes_a_draft():
    draft = imported(MESSAGE).draft
    assert (draft["procedure"], draft["name"], draft["sector"]) == ("1.999001", "Cấp thẻ mẫu", "ho-tich")
    assert draft["offered_by"] == {"level": "xa"} and draft["submit_by"] == ["online", "counter"]
    assert [(row["when"], row["amount"]) for row in draft["deadline"]] == [
        ('channel = "counter"', 5),
        ('channel = "online"', 3),
    ]
    assert draft["attachments"][0]["copies"] == {"original": 1}
    told = draft["information"]
    assert told["sequence"] == ["Nộp tại xã:", "Nộp hồ sơ.", "Nhận thẻ."]
    assert told["legal_basis"][0]["number"] == "01/2026/NĐ-CP"
    assert told["applicants"] == "Công dân Việt Nam\nNgười nước ngoài"
    assert told["result"] == "Thẻ mẫu"
    paths = {finding.path for finding in imported(MESSAGE).findings}
    assert {"THANHPHANHOSO.0.GIAYTO.0.URL", "KETQUATHUCHIEN.TENTEP.0", "CACHTHUCTHUCHIEN.*"} <= paths


def test_a_table_run_together_is_taken_apart():
    result = imported(PAGE)
    draft = result.draft
    assert draft["information"]["ways"] == [
        "Trực tuyến: Nộp trên cổng, không phải Trực tiếp tới quầy.",
        "Dịch vụ bưu chính: (Theo nghị quyết của tỉnh.)",
        "Trực tiếp: Tại xã.",
    ]
    assert [(paper["name"], paper.get("copies")) for paper in draft["attachments"]] == [
        ("Giấy tờ phải xuất trình", None),
        ("Thẻ căn cước.", {"original": 1}),
        ("Giấy tờ phải nộp", None),
        ("Tờ khai cấp sổMẫu 01.doc", {"original": 1, "copy": 2}),
        ("Ảnh chân dung", {"copy": 2}),
        ("Hồ sơ khác (nếu có)", None),
    ]
    assert "cases" not in draft and "questions" not in draft
    assert [paper.get("presented_only", False) for paper in draft["attachments"]] == [
        False,
        True,
        *[False] * 4,
    ]
    assert [(each["number"], each["title"]) for each in draft["information"]["legal_basis"]] == [
        ("23/2023/QH15", "Luật sửa đổi năm 2023"),
        ("31/2023/TT-BCA", "Thông tư số 31/2023/TT-BCA ngày 20/7/2023 về mẫu"),
        ("49/2019/QH14", "Luật 49/2019/QH14"),
    ]
    assert (draft["result_name"], draft["keywords"]) == ("Sổ mẫu", ["sổ", "mẫu"])
    told = {finding.path: finding.what for finding in result.findings}
    assert all(
        told[f"{key}.*"] == "changed" for key in ("cach_thuc_thuc_hien", "thanh_phan_ho_so", "can_cu_phap_ly")
    )
    assert told["can_cu_phap_ly.3.trích yếu"] == "unknown"  # a document without a number


def test_groups_with_english_keys_are_read_by_path():
    result = imported(NESTED)
    draft = result.draft
    assert (draft["procedure"], draft["name"]) == ("1.999003", "Cấp giấy mẫu")
    assert draft["attachments"][0]["copies"] == {"original": 1, "copy": 2}
    assert draft["deadline"][0]["amount"] == 7
    assert {finding.path for finding in result.findings} >= {"id", "jurisdiction.location"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nộp trực tiếp tại xã",
        "Trực tiếp1 Ngày",
        "Hình thức nộpThời gianPhí, lệ phíMô tả",
        "Tên giấy tờ",
        "Mã: KQ.1",
    ],
)
def test_a_text_that_is_no_table_is_left_as_it_is(text):
    assert page.ways(text) is None and page.papers(text) is None
    assert page.basis(text) is None and page.result(text) is None


def test_headings_of_papers_are_no_cases_and_real_cases_stay():
    papers = [
        {"Trường hợp": "Giấy tờ phải nộp", "Giấy tờ": [{"Tên giấy tờ": "Tờ khai", "Bản chính": 1}]},
        {"Trường hợp": "Người nước ngoài", "Giấy tờ": [{"Tên giấy tờ": "Hộ chiếu", "Bản sao": 1}]},
        {"Trường hợp": "Công dân", "Giấy tờ": [{"Tên giấy tờ": "Thẻ căn cước", "Bản sao": 1}]},
    ]
    record = {"Mã thủ tục": "1.999004", "Tên thủ tục": "Cấp thẻ", "Thành phần hồ sơ": papers}
    result = imported(record)
    accounted(record, result)
    assert [case["label"] for case in result.draft["cases"]] == ["Người nước ngoài", "Công dân"]
    assert [(paper["name"], paper.get("when")) for paper in result.draft["attachments"]] == [
        ("Giấy tờ phải nộp", None),
        ("Tờ khai", None),
        ("Hộ chiếu", 'case = "nguoi_nuoc_ngoai"'),
        ("Thẻ căn cước", 'case = "cong_dan"'),
    ]


def test_a_channel_with_two_times_is_told_and_not_settled_by_the_first():
    ways = [
        {"Hình thức nộp": "Trực tiếp", "Thời hạn": "7 Ngày làm việc", "Mô tả": "Chuyển đổi công ty"},
        {"Hình thức nộp": "Trực tiếp", "Thời hạn": "5 Ngày làm việc", "Mô tả": "Chuyển đổi văn phòng"},
        {"Hình thức nộp": "Trực tuyến", "Thời hạn": "3 Ngày làm việc", "Phí, lệ phí": "Không có thông tin"},
    ]
    record = {"Mã thủ tục": "1.999005", "Tên thủ tục": "Chuyển đổi", "Cách thức thực hiện": ways}
    result = imported(record)
    accounted(record, result)
    assert [(row["when"], row["amount"]) for row in result.draft["deadline"]] == [('channel = "online"', 3)]
    assert (
        result.draft["information"]["time_note"] == "Trực tiếp: 7 Ngày làm việc\nTrực tiếp: 5 Ngày làm việc"
    )
    assert "fee_note" not in result.draft["information"]
    told = {finding.path for finding in result.findings}
    assert {"Cách thức thực hiện.0.Thời hạn", "Cách thức thực hiện.1.Thời hạn"} <= told
