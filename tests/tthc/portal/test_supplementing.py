"""What is taken of a supplement: what was asked, what new answers make necessary, and nothing else (Đ26.4)."""

from dossier_stories import AGENCY, BODY, MONDAY, definition

from definitions.assess import assess
from tthc.dossiers.state import SupplementItem, SupplementRequest
from tthc.portal.supplementing import about, asked_pages, gather

APPLICANT = {"kind": "person", "name": "Nguyễn Thị Hoa"}
FIELD = "        - {id: shop_name, type: text, label: Tên cửa hàng, required: true, max_length: 100}\n"
MORE = (
    "        - {id: has_branch, type: yes_no, label: Có chi nhánh, required: true}\n"
    "        - {id: branch, type: text, label: Chi nhánh, required: true, visible: has_branch = true}\n"
    "        - {id: branch_phone, type: phone, label: Điện thoại, required: true, visible: branch != null}\n"
)
DEFINITION = definition(body=BODY.replace(FIELD, FIELD + MORE))
STORED = {"shop_name": "Tạp hóa Hoa", "points": 2, "has_branch": False}


def request(*targets):
    return SupplementRequest(tuple(SupplementItem(t, "Sai") for t in targets), "", MONDAY, "Lò Thị Hạnh")


def gathered(posted, *targets):
    def errors_of(answers):
        found = assess(
            DEFINITION, answers, now=MONDAY, channel="online", agency=AGENCY.scope(), applicant=APPLICANT
        )
        return found.submission.errors

    source = {name: [value] for name, value in posted.items()}
    pages, answers = gather(DEFINITION, request(*targets), STORED, source, errors_of)
    return [field.id for page in pages for field in page.fields], answers


def test_d26_4_only_what_was_asked_is_shown_and_taken():
    wanted, answers = gathered({"shop_name": "Hoa Ban", "has_branch": "true", "points": "40"}, "shop_name")
    assert wanted == ["shop_name"]
    assert answers == STORED | {"shop_name": "Hoa Ban"}


def test_d26_4_what_a_new_answer_makes_necessary_is_wanted_too():
    wanted, answers = gathered({"has_branch": "true"}, "has_branch")
    assert wanted == ["has_branch", "branch"]
    wanted, answers = gathered({"has_branch": "true", "branch": "Bản Mòng"}, "has_branch")
    assert wanted == ["has_branch", "branch", "branch_phone"] and answers["branch"] == "Bản Mòng"
    wanted, answers = gathered(
        {"has_branch": "true", "branch": "Bản Mòng", "branch_phone": "0912345678"}, "has_branch"
    )
    assert answers["branch_phone"] == "0912345678"


def test_d26_4_a_reason_of_a_part_stands_at_its_whole():
    wanted = request("shop_name", "has_branch.x", "hop_dong")
    assert [item.target for item in about(wanted, "has_branch")] == ["has_branch.x"]
    assert about(wanted, "shop") == ()
    assert [f.id for page in asked_pages(DEFINITION, wanted) for f in page.fields] == [
        "shop_name",
        "has_branch",
    ]
