"""«Chạy thử»: a version run as the citizen and the officials, nothing kept, and saved as an example that comes out."""

import html
import json
import re

import pytest

from definitions.calendars import shipped as calendar
from definitions.loader import load
from definitions.shipped import loaded, shipped
from tests.admin.conftest import TEXT, place
from tthc.trials.run import run

LICENCE = "2.000181"


class Trial:
    """Somebody who tries a version: sends back what the last page carried."""

    def __init__(self, officer, path):
        self.officer = officer
        self.url = f"{path}/chay-thu"
        self.page = officer.get(self.url)

    def carried(self, name):
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page.text)
        return html.unescape(found.group(1))

    def send(self, to="", **posted):
        kept = {"_trial": self.carried("_trial"), "_stage": self.carried("_stage")}
        self.page = self.officer.post(self.url + to, **{**kept, **posted})
        return self.page

    def act(self, word, **more):
        """Press the button of the act; `more`: its fields without their prefix."""
        key = re.search(rf'name="_act" value="({word}:[^"]*)"', self.page.text).group(1)
        prefixes = re.findall(r'name="_act" value="([^"]*)"', self.page.text)
        prefix = f"o{prefixes.index(key)}"
        fields = {f"{prefix}.{name}": value for name, value in more.items()}
        return self.send(_act=html.unescape(key), **fields)

    @property
    def trial(self):
        return json.loads(self.carried("_trial"))


@pytest.fixture
def trial(visit, written):
    return Trial(visit("soan"), written)


def handed_in(trial, at="2026-11-23T09:00"):
    trial.send(_go="next", **{"begin.kind": "person", "begin.channel": "online", "begin.at": at})
    trial.send(_go="next", borrow_home="true")
    trial.send(_go="next", reader_name="Lò Thị Xuân", reader_phone="0912345678")
    assert "Ảnh chân dung" in trial.page.text and "20.000 đồng" in trial.page.text
    return trial.send(_go="next", papers="anh_the")


def test_a_dossier_goes_from_the_form_to_its_end_and_is_saved_as_an_example(trial, services):
    page = handed_in(trial)
    assert "Chờ tiếp nhận" in page.text
    trial.act("accept")
    assert "Mượn sách về nhà" in trial.page.text and "26/11/2026" in trial.page.text
    trial.send(_clock="hour")
    assert "10:00" in trial.page.text
    trial.act("tra_ket_qua")
    assert "Đã trả kết quả" in trial.page.text

    shown = trial.send("/vi-du", _name="Chạy thử tới cùng")
    assert "submitted_at: 2026-11-23T09:00" in html.unescape(shown.text)
    assert "Ví dụ chưa ra đúng" not in shown.text
    saved = trial.send("/luu", _name="Chạy thử tới cùng")
    assert "Đã thêm ví dụ" in saved.text

    text = services.definitions.text(services.definitions.versions("9.000001")[-1])
    assert text.startswith(TEXT.rstrip("\n").rpartition("\n")[0])
    definition = load(text, "x").definition
    example = definition.examples[-1]
    assert example.name == "Chạy thử tới cùng"
    assert run(definition, example, calendar()).ok
    assert [told["do"] for told in example.steps] == ["accept", "tra_ket_qua"]
    assert example.expect["fees"] == {"phi_lam_the": 20_000}


def test_nothing_is_kept_by_trying(trial, services):
    before = {
        name: services.database[name].count_documents({})
        for name in services.database.list_collection_names()
    }
    handed_in(trial)
    trial.act("accept")
    after = {
        name: services.database[name].count_documents({})
        for name in services.database.list_collection_names()
    }
    assert after == before


def test_the_last_act_can_be_taken_back(trial):
    handed_in(trial)
    trial.act("accept")
    trial.send(_undo="1")
    assert "Chờ tiếp nhận" in trial.page.text
    assert trial.trial["steps"] == []


def test_a_refused_act_says_why_and_loses_nothing(trial):
    handed_in(trial)
    page = trial.act("request_supplement", reason="Ảnh mờ")
    assert page.status_code == 422
    assert "Ảnh mờ" in page.text
    assert trial.trial["steps"] == []


def test_a_supplement_is_asked_for_and_given(trial):
    handed_in(trial)
    trial.act("request_supplement", items=["anh_the", "reader_name"], reason="Ảnh mờ")
    assert "bổ sung" in trial.page.text
    trial.send(_clock="day")
    key = re.search(r'name="_act" value="(supply:[^"]*)"', trial.page.text).group(1)
    at = re.findall(r'name="_act" value="([^"]*)"', trial.page.text).index(key)
    trial.send(_act=key, reader_name="Lò Thị Xuân Mai", **{f"o{at}.papers": "anh_the"})
    (asked, waited, given) = trial.trial["steps"]
    assert asked["items"] == ["anh_the", "reader_name"]
    assert waited["do"] == "wait"
    assert given["answers"] == {"reader_name": "Lò Thị Xuân Mai"} and given["papers"] == ["anh_the"]


def test_the_clock_only_goes_on(trial):
    handed_in(trial)
    page = trial.send(_clock="to", clock="2026-11-22T09:00")
    assert page.status_code == 422 and "chỉ đi tới" in page.text


def test_going_to_the_next_timer_lets_it_fire(trial):
    handed_in(trial)
    trial.send(_clock="timer")
    assert "Quá hạn tiếp nhận" in trial.page.text


def test_an_answer_that_is_wrong_is_told_and_can_be_handed_in_to_be_refused(trial, services):
    trial.send(
        _go="next", **{"begin.kind": "person", "begin.channel": "online", "begin.at": "2026-11-23T09:00"}
    )
    trial.send(_go="next", borrow_home="true")
    page = trial.send(_go="next", reader_name="", reader_phone="123")
    assert "Bỏ qua lỗi" in page.text
    trial.send(_go="_papers", reader_name="", reader_phone="123")
    assert "Hồ sơ không nộp được" in trial.send(_go="next").text
    trial.send("/luu", _name="Thiếu họ tên")
    definition = load(
        services.definitions.text(services.definitions.versions("9.000001")[-1]), "x"
    ).definition
    example = definition.examples[-1]
    assert example.expect["valid"] is False and "reader_name" in example.expect["errors"]
    assert run(definition, example, calendar()).ok


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("{", "Không đọc được"),
        ("[]", "Không đọc được"),
        ('{"answers": NaN}', "Không đọc được"),
        ("[" * 50_000, "Không đọc được"),
        ('{"answers": {}, "submitted_at": "2026-13-01T09:00"}', "ngày, tháng"),
        ('{"answers": {}, "submitted_at": "9999-01-01T09:00"}', "từ năm"),
        ('{"answers": {}, "submitted_at": "2026-11-23T09:00", "channel": "x"}', "không đúng"),
        ('{"answers": {}, "submitted_at": "2026-11-23T09:00", "steps": [{"do": "apologise"}]}', "đủ ngày"),
        (
            '{"answers": {}, "submitted_at": "2026-11-23T09:00", "steps": [{"do": "wait", "at": "2036-01-01T09:00"}]}',
            "ba năm",
        ),
        (
            json.dumps({"answers": {}, "submitted_at": "2026-11-23T09:00", "steps": [{"do": "wait"}] * 61}),
            "nhiều nhất 60",
        ),
        (
            '{"answers": {}, "submitted_at": "2026-11-23T09:00", "steps": [{"do": "extend", "amount": 0.5, "unit": "month"}]}',
            "số nguyên",
        ),
        (json.dumps({"answers": {"a": "x" * 200_001}, "submitted_at": "2026-11-23T09:00"}), "quá lớn"),
        (
            json.dumps({"answers": {"a": [[[[[[[[[[[[1]]]]]]]]]]]]}, "submitted_at": "2026-11-23T09:00"}),
            "Không đọc được",
        ),
    ],
)
def test_whatever_comes_back_is_distrusted(trial, sent, said):
    page = trial.send(_trial=sent, _stage="_run")
    assert page.status_code == 422
    assert said in page.text
    assert trial.trial["answers"] == {}


def test_any_version_is_tried_and_only_a_draft_is_saved_to(visit, services):
    officer = visit("soan")
    published = place(services, LICENCE)
    trial = Trial(officer, published)
    trial.page = officer.get(f"{trial.url}?vi_du=1")
    assert "Diễn biến" in trial.page.text
    shown = trial.send("/vi-du", _name="Thử")
    assert "Chỉ thêm được vào bản nháp" in shown.text
    before = len(services.definitions.versions(LICENCE))
    refused = trial.send("/luu", _name="Thử")
    assert refused.status_code == 422
    assert len(services.definitions.versions(LICENCE)) == before


def test_a_reviewer_tries_but_does_not_save(visit, written, services):
    trial = Trial(visit("duyet"), written)
    handed_in(trial)
    assert trial.send("/luu", _name="Của người thẩm định").status_code == 403
    assert "Của người thẩm định" not in services.definitions.text(
        services.definitions.versions("9.000001")[-1]
    )


def test_a_shipped_procedure_is_walked_to_its_end_and_saved(visit, services):
    officer = visit("soan")
    officer.get("/quan-tri/ban-cau-hinh/them")
    text = dict(shipped())[f"{LICENCE}.yaml"]
    officer.post("/quan-tri/ban-cau-hinh/them", text=text)
    trial = Trial(officer, place(services, LICENCE))
    trial.page = officer.get(f"{trial.url}?vi_du=1")
    while trial.trial["steps"]:
        trial.send(_undo="1")
    trial.act("accept")
    trial.act("giao_viec", assignee="Hoàng Thu Trang")
    paper = re.search(r'name="o\d+\.items" value="([^"]+)"', trial.page.text).group(1)
    trial.act("yeu_cau_bo_sung", items=paper, reason="Thiếu chữ ký")
    assert "Đang chờ người nộp hồ sơ" in trial.page.text
    trial.send(_clock="day")
    trial.act("da_bo_sung")
    for action in ("trinh", "chuyen_tiep", "duyet", "chuyen_ket_qua"):
        trial.send(_clock="hour")
        trial.act(action)
    assert "Đã có kết quả" in trial.page.text
    trial.send(_clock="to", clock="2026-12-02T08:00")
    trial.act("tra_ket_qua")
    assert "Đã trả kết quả" in trial.page.text
    assert "Thông báo sẽ gửi" in trial.page.text

    trial.send("/luu", _name="Bổ sung một lần rồi cấp phép")
    after = services.definitions.text(services.definitions.versions(LICENCE)[-1])
    assert [line for line in text.splitlines() if line not in set(after.splitlines())] == []
    definition = loaded(after, f"{LICENCE}.yaml").definition
    example = definition.examples[-1]
    result = run(definition, example, calendar())
    assert result.ok, result.sentences
    assert example.steps[1]["assignee"] == "Hoàng Thu Trang"
    assert result.path[-1].status == "returned"


def test_what_no_example_comes_by_stands_in_a_table_with_the_way_there(visit, written, services):
    officer = visit("soan")
    whole = officer.get(f"{written}/do-phu")
    assert "Còn" not in re.search("<tbody>.*</tbody>", whole.text, re.DOTALL).group()
    text = TEXT[: TEXT.index("  - name: Đọc tại chỗ")]
    version = services.definitions.versions("9.000001")[-1]
    services.definitions.save_draft("9.000001", text, "soan", services.clock.now(), version_id=version.id)
    page = officer.get(f"{written}/do-phu")
    row = re.search('<tr><th scope="row">Trường hợp</th>.*?</tr>', page.text, re.DOTALL).group()
    line = 1 + text[: text.index("{id: doc_tai_cho")].count("\n")
    assert "trường hợp “Đọc tại chỗ”" in row
    assert f"/noi-dung?dong={line}#d{line}" in row
    assert re.search(r'href="[^"]*/soan\?o=cases\.[^"]*"', row)
