"""The parts of one procedure of medium size, as an officer writes and tries them in the builder."""

from dataclasses import dataclass

from officer import Officer
from playwright.sync_api import Page, expect

MUST = {"Bắt buộc": "true"}
PURPOSE = "Sử dụng hè phố để làm gì"
EVENT = "Tổ chức hoạt động văn hóa"
USE = "Việc sử dụng hè phố"


def write_information(officer: Officer) -> None:
    officer.open("Thông tin công khai")
    officer.fill(
        {
            "Trình tự thực hiện": "Ông/bà điền đơn trên Cổng Dịch vụ công hoặc tại Bộ phận Một cửa.\n"
            "Phòng chuyên môn xem xét, hỏi ý kiến các cơ quan liên quan.\nỦy ban nhân dân cấp giấy phép.",
            "Cách thức thực hiện": "Trực tuyến hoặc trực tiếp tại Bộ phận Một cửa.",
            "Số lượng hồ sơ": "01 bộ",
            "Đối tượng thực hiện": "Cá nhân, tổ chức",
            "Cơ quan giải quyết": "Ủy ban nhân dân cấp xã",
            "Kết quả thực hiện": "Giấy phép sử dụng tạm thời hè phố",
            "Mẫu đơn, tờ khai": "Đơn đề nghị sử dụng tạm thời hè phố",
            "Yêu cầu, điều kiện": "Phần hè phố còn lại cho người đi bộ rộng ít nhất 1,5 mét.",
            "Tên, dòng 1": "Người đề nghị",
            "Nội dung, dòng 1": "Kê khai đúng sự thật, giữ vệ sinh, trả lại hiện trạng hè phố.",
        }
    )
    officer.fill({"Tên, dòng 2": "Bộ phận Một cửa", "Nội dung, dòng 2": "Tiếp nhận và trả kết quả đúng hẹn."})
    officer.add(
        "căn cứ pháp lý",
        "Nghị định 44/2024/NĐ-CP",
        {"Trích yếu": "Quản lý, sử dụng và khai thác tài sản kết cấu hạ tầng giao thông đường bộ"},
    )


def _field(officer: Officer, page: str, label: str, kind: str, help_text: str = "") -> None:
    if officer.page.locator("#b-title").inner_text() != page:
        officer.up(page)
    officer.add("trường thông tin", label, MUST | ({"Hướng dẫn": help_text} if help_text else {}), kind=kind)


def add_form(officer: Officer) -> None:
    """Twelve fields on three pages, one of them under a condition, one a list."""
    first, third = "Người đề nghị", "Vị trí sử dụng"
    officer.open("Biểu mẫu điện tử")
    officer.add("trang biểu mẫu", first)
    _field(officer, first, "Họ và tên hoặc tên tổ chức", "text", "Ghi như trên giấy tờ.")
    _field(officer, first, "Số định danh cá nhân", "citizen_number")
    _field(officer, first, "Điện thoại", "phone")
    _field(officer, first, "Địa chỉ liên hệ", "text", "Số nhà, bản, tổ, xã, phường.")
    officer.open("Biểu mẫu điện tử")
    officer.add("trang biểu mẫu", USE)
    _field(officer, USE, PURPOSE, "choice", "Chọn việc chính.")
    officer.options(
        {
            "su_kien": EVENT,
            "viec_gia_dinh": "Đám cưới, đám tang",
            "trong_xe": "Trông giữ xe có thu tiền",
        }
    )
    _field(officer, USE, "Tên hoạt động văn hóa", "text", "Ghi như trong văn bản cho phép.")
    officer.condition("Hiện khi", (PURPOSE, EVENT))
    officer.at("Tên hoạt động văn hóa")
    _field(officer, USE, "Bắt đầu từ ngày", "date")
    _field(officer, USE, "Số ngày sử dụng", "integer", "Không quá 30 ngày.")
    _field(officer, USE, "Loại đường phố", "choice", "Hỏi Bộ phận Một cửa khi chưa rõ.")
    officer.options({"loai_1": "Đường loại I, II", "loai_2": "Đường loại III trở xuống"})
    officer.open("Biểu mẫu điện tử")
    officer.add("trang biểu mẫu", third)
    _field(officer, third, "Các vị trí", "list", "Mỗi đoạn hè phố một dòng.")
    officer.press(officer.work.get_by_role("link", name="Nội dung", exact=True))
    officer.at("Nội dung")
    officer.fill({"Nhãn": "Tên đường, đoạn đường", "Hướng dẫn": "Từ số nhà nào đến số nhà nào."} | MUST)
    _field(officer, "Các vị trí", "Diện tích sử dụng (m²)", "decimal")


def add_papers(officer: Officer) -> None:
    """Four papers: one that the form itself makes, one needed only for an event."""
    officer.open("Thành phần hồ sơ")
    officer.add("giấy tờ", "Đơn đề nghị sử dụng tạm thời hè phố", {"Bản chính": "1"})
    officer.unfold()
    officer.fill({"Biểu mẫu điện tử thay thế": "true"})
    for name in ("Bản vẽ mặt bằng vị trí đề nghị sử dụng", "Phương án bảo đảm giao thông và vệ sinh"):
        officer.up("Thành phần hồ sơ")
        officer.add("giấy tờ", name, {"Bản chính": "1"})
    officer.up("Thành phần hồ sơ")
    officer.add("giấy tờ", "Văn bản cho phép tổ chức hoạt động văn hóa", {"Bản sao": "1"})
    officer.condition("Cần khi", (PURPOSE, EVENT))
    officer.at("Văn bản cho phép tổ chức hoạt động văn hóa")


def add_fee(officer: Officer) -> None:
    """By purpose and kind of street, other amounts from the new year on; and the time that the law gives."""
    officer.open("Phí, lệ phí")
    officer.add("khoản phí, lệ phí", "Phí sử dụng tạm thời hè phố", {"Thu khi nào": "at_return"})
    big, small = "Đường loại I, II", "Đường loại III trở xuống"
    last, first = "31/12/2026", "01/01/2027"
    officer.table(
        ["su_dung_he_pho_de_lam_gi", "loai_duong_pho"],
        [
            ('"su_kien", "viec_gia_dinh"', "-", "0", "Không thu", "", ""),
            ('"trong_xe"', '"loai_1"', "80000", big, "", last),
            ('"trong_xe"', '"loai_2"', "40000", small, "", last),
            ('"trong_xe"', '"loai_1"', "100000", big, first, ""),
            ('"trong_xe"', '"loai_2"', "50000", small, first, ""),
        ],
    )
    expect(officer.page.locator("#proof")).to_contain_text("không hai dòng nào chồng nhau")
    officer.keep_piece()
    officer.open("Thời hạn giải quyết")
    officer.press(officer.work.locator(".items a").first)
    officer.at("5 · ngày làm việc")
    officer.fill({"Diễn giải": "Cấp giấy phép", "Số lượng": "7"})
    officer.add(
        "thời gian cộng thêm",
        "Xã vùng sâu, vùng xa",
        {"Số lượng": "3", "Lý do": "xã vùng sâu, vùng xa"},
    )
    officer.condition("Khi", ("Khu vực của cơ quan", "huyện, xã"))


def add_workflow(officer: Officer) -> None:
    """The shared chain made the procedure's own, with a consultation in it whose silence is consent."""
    asked, summed = "Lấy ý kiến cơ quan liên quan", "Tổng hợp ý kiến"
    silent = "Hết hạn không trả lời, coi như đồng ý"
    officer.open("Quy trình")
    officer.press(officer.page.get_by_role("button", name="Chép thành quy trình của riêng"))
    expect(officer.page.locator("#b-outline")).to_contain_text("Chuyên viên thẩm định hồ sơ")
    officer.step("Chuyên viên thẩm định hồ sơ")
    officer.insert_step("Trình lãnh đạo phòng", asked, "tham_dinh")
    officer.step(asked)
    officer.unfold()
    officer.fill({"Làm cho từng": "chosen", "Do cơ quan trong danh sách làm": "true"})
    officer.time_out("2", silent)
    officer.action("Chuyển tiếp", {"Chữ trên nút": "Gửi ý kiến"})
    officer.insert_step("Gửi ý kiến", summed, "tham_dinh")
    officer.step(summed)
    officer.unfold()
    officer.fill({"Gộp nhánh": "all", "Số lượng": "0,5", "Đơn vị thời gian": "working_day"})
    officer.action("Chuyển tiếp", {"Chữ trên nút": "Trình lãnh đạo phòng"}, needs=("Dự thảo",))
    # the check finds the way on which silence goes past the summing up
    expect(officer.page.locator("#b-below")).to_contain_text("số việc song song cứ tăng thêm")
    officer.step(asked)
    officer.connect(silent, summed)
    officer.step("Chuyên viên thẩm định hồ sơ")
    officer.action("Trình lãnh đạo phòng", {"Chữ trên nút": "Hỏi ý kiến các cơ quan"})
    expect(officer.page.locator("#b-below")).not_to_contain_text("T026")


def fill_page(page: Page, values: dict[str, str]) -> None:
    """The questions of a generated page by their labels, as whoever reads them does."""
    for label, text in values.items():
        group = page.get_by_role("group", name=label)
        box = page.locator("main").get_by_label(label, exact=True)
        expect(group.or_(box).first).to_be_attached()
        page.wait_for_load_state("domcontentloaded")  # a question may be there before its answers are
        if group.count() and group.first.locator("[type=radio]").count():
            group.first.get_by_label(text, exact=True).check()
        elif group.count():
            for part, number in zip(("Ngày", "Tháng", "Năm"), text.split("/"), strict=True):
                group.first.get_by_label(part, exact=True).fill(number)
        else:
            box.first.fill(text)


BIG, SMALL = "Đường loại I, II", "Đường loại III trở xuống"
CARS = "Trông giữ xe có thu tiền"
ASK = "Hỏi ý kiến các cơ quan"
FORWARD = ("Trình lãnh đạo phòng", "Trình lãnh đạo cơ quan")


@dataclass(frozen=True)
class Trial:
    """What is tried: on what, where, when; and what the officials do in turn. A number is so many working days."""

    name: str
    purpose: str
    street: str = BIG
    area: str = ""
    at: str = ""
    acts: tuple[str | int, ...] = ()


TRIALS = (
    Trial(
        "Trông giữ xe, một cơ quan không trả lời",
        CARS,
        acts=(
            *("Tiếp nhận", "Giao chuyên viên thụ lý", 1, ASK, "Gửi ý kiến", 3, *FORWARD),
            *("Duyệt", "Chuyển kết quả sang bộ phận một cửa", "Trả kết quả"),
        ),
    ),
    Trial(
        "Hoạt động văn hóa, lãnh đạo không cấp phép",
        EVENT,
        acts=(
            *("Tiếp nhận", "Trực tiếp thụ lý, trình lãnh đạo cơ quan", "Chuyển lại phòng chuyên môn"),
            *("Trực tiếp thụ lý, trình lãnh đạo cơ quan", "Không giải quyết"),
            *("Chuyển thông báo sang bộ phận một cửa", "Trả lại hồ sơ"),
        ),
    ),
    Trial(
        "Bổ sung, rồi làm lại dự thảo",
        CARS,
        street=SMALL,
        acts=(
            *("Tiếp nhận", "Giao chuyên viên thụ lý", "Yêu cầu bổ sung hồ sơ", 1, "Tôi đã bổ sung", ASK),
            *("Gửi ý kiến", "Gửi ý kiến", FORWARD[0], "Chuyển lại chuyên viên"),
        ),
    ),
    Trial("Đám cưới ở xã vùng sâu, vùng xa", "Đám cưới, đám tang", area="huyen"),
    Trial("Mức phí năm 2027, đường lớn", CARS, at="2027-01-05T09:00"),
    Trial("Mức phí năm 2027, đường nhỏ", CARS, street=SMALL, at="2027-01-05T09:00"),
)

NEWER = Trial("Mức phí từ tháng 02/2027, đường lớn", CARS, at="2027-02-05T09:00")


def try_it(officer: Officer, place: str, trial: Trial) -> None:
    """Filled in as a citizen, carried on as the officials, kept as an example of the draft."""
    page = officer.page
    page.goto(f"{place}/chay-thu")
    if trial.area:
        officer.type(page.get_by_label("Khu vực của cơ quan"), trial.area)
    if trial.at:
        officer.type(page.get_by_role("textbox", name="Nộp lúc"), trial.at)
    officer.go("Điền đơn")
    _answer(officer, trial)
    officer.go("Tiếp tục")
    officer.go("Nộp hồ sơ")
    for act in trial.acts:
        if isinstance(act, int):
            for _ in range(act):
                officer.go("+1 ngày làm việc")
            continue
        if act == ASK:
            for typed, name in (("xay dung", "Sở Xây dựng"), ("chieng coi", "phường Chiềng Cơi")):
                page.get_by_label("Tìm cơ quan").fill(typed)
                page.get_by_label(name).check()
                officer.acts += 2
        officer.carry_on(act)
    officer.type(page.get_by_label("Tên ví dụ"), trial.name)
    officer.go("Xem ví dụ")
    officer.go("Thêm vào bản nháp")
    expect(page.locator("#toasts")).to_contain_text("Đã thêm ví dụ")


def _answer(officer: Officer, trial: Trial) -> None:
    officer.answer(
        {
            "Họ và tên hoặc tên tổ chức": "Lò Thị Xuân",
            "Số định danh cá nhân": "014190001234",
            "Điện thoại": "0912345678",
            "Địa chỉ liên hệ": "Số 12, tổ 3, phường Tô Hiệu",
        },
        fill_page,
    )
    officer.go("Tiếp tục")
    officer.answer({PURPOSE: trial.purpose}, fill_page)
    if trial.purpose == EVENT:
        officer.answer({"Tên hoạt động văn hóa": "Ngày hội hoa ban"}, fill_page)
    start = "01/02/2027" if trial.at else "01/12/2026"
    officer.answer(
        {"Bắt đầu từ ngày": start, "Số ngày sử dụng": "10", "Loại đường phố": trial.street}, fill_page
    )
    officer.go("Tiếp tục")
    officer.answer(
        {"Tên đường, đoạn đường": "Đường Chu Văn Thịnh", "Diện tích sử dụng (m²)": "15"}, fill_page
    )
