"""Gestures on the drawing: each keeps the workflow one that can be compiled, and says why it cannot be done."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from definitions.compiler.workflow import compile_workflow
from definitions.editing import applied, edited_all
from definitions.gestures import (
    GestureError,
    add_branch,
    add_step,
    add_timer,
    connect,
    edits,
    insert_step,
    loop_back,
    own_steps,
    remove_step,
    rename,
)
from definitions.lint.workflow import lint_workflow
from definitions.problems import Report
from definitions.reading import Tree, read
from definitions.shape import check_shape
from definitions.shipped import shipped
from definitions.workflows import shared

TEXTS = dict(shipped())


def own(name):
    data = read(TEXTS[name]).data
    shares = isinstance(data["workflow"], str) or "use" in data["workflow"]
    return own_steps(data, shared()) if shares else data


DATA = {name: own(name) for name in TEXTS}
# one of each kind: a chain with ways back, a timer, a split with conditions, one step
NAMES = ("1.002809.yaml", "1.001193.yaml", "1.013225.yaml", "3.000333.yaml", "2.000815.yaml")
GESTURES = ("add", "insert", "connect", "branch", "timer", "loop", "remove", "rename")
# what a gesture may leave for the officer to mend, and no more
EXPECTED = {
    "add": set(),
    "insert": set(),
    "connect": {"T012", "T023", "T024", "T025", "T026"},
    "branch": {"T023", "T024", "T025", "T026"},
    "timer": {"T014"},
    "loop": {"T024", "T025", "T026", "T023"},
    "remove": {"T012", "T017", "T023", "T024", "T025", "T026", "T029"},
    "rename": set(),
}


def gesture(kind, data, draw):
    """One gesture with places drawn from the data; raises `GestureError`."""
    steps = data["workflow"]["steps"]
    step = draw(st.sampled_from(steps))
    other = draw(st.sampled_from(steps))
    action = draw(st.sampled_from(step["actions"]))
    branch = ""
    if not isinstance(action["to"], str):
        way = draw(st.sampled_from(action["to"]))
        branch = way if isinstance(way, str) else way["step"]
    match kind:
        case "add":
            return add_step(data, step["id"], "Lấy thêm ý kiến", "tham_dinh")
        case "insert":
            return insert_step(data, step["id"], action["id"], "Kiểm tra lại", "phe_duyet", branch=branch)
        case "connect":
            return connect(data, step["id"], action["id"], other["id"], branch=branch)
        case "branch":
            return add_branch(data, step["id"], action["id"], "Xác minh", "tham_dinh")
        case "timer":
            return add_timer(data, step["id"], 1, "working_hour", "Hết giờ")
        case "loop":
            return loop_back(data, step["id"], other["id"], "Chuyển lại nữa")
        case "remove":
            return remove_step(data, step["id"])
        case _:
            return rename(data, step["id"], "Tên mới", action_id=draw(st.sampled_from(["", action["id"]])))


def problems(data):
    """Of the shape, and of the workflow: its expressions read names of the form, which are not looked at here."""
    report = Report("", Tree("", data))
    assert check_shape(data, report), report.problems
    workflow = compile_workflow(data["workflow"], ("workflow",), {}, Report("", Tree("", data)))
    lint_workflow(workflow, ("workflow",), report)
    return {problem.code for problem in report.problems}


@pytest.mark.parametrize("kind", GESTURES)
@given(found=st.data(), name=st.sampled_from(NAMES))
@settings(max_examples=8, deadline=None)
def test_the_workflow_stays_one_that_can_be_drawn(kind, found, name):
    data = DATA[name]
    kept = deepcopy(data)
    try:
        after = gesture(kind, data, found.draw)
    except GestureError as error:
        refusal = str(error)
    else:
        refusal = ""
        assert problems(after) <= EXPECTED[kind]
        made = deepcopy(data)
        for edit in edits(data, after):
            made = applied(made, edit)
        assert made == after
    assert not refusal or (refusal.endswith(".") and len(refusal) > 20)
    assert data == kept


@pytest.mark.parametrize("kind", ["add", "branch", "remove", "rename"])
@given(found=st.data())
@settings(max_examples=2, deadline=None)
def test_the_text_says_what_the_gesture_did_and_keeps_its_comments(kind, found):
    name = "3.000333.yaml"
    text = "# của cán bộ\n" + TEXTS[name]
    try:
        after = gesture(kind, DATA[name], found.draw)
    except GestureError:
        return
    made = edited_all(text, edits(DATA[name], after))
    assert made.startswith("# của cán bộ\n")
    assert read(made).data == after


# one by one


def steps_of(data):
    return {step["id"]: step for step in data["workflow"]["steps"]}


def test_a_shared_workflow_is_copied_before_its_steps_are_changed():
    raw = read(TEXTS["1.001612.yaml"]).data
    with pytest.raises(GestureError, match="quy trình chung"):
        add_step(raw, "tham_dinh", "Lấy ý kiến", "tham_dinh")
    copied = own_steps(raw, shared())
    assert steps_of(copied)["tham_dinh"]["duration"] == {"amount": 1, "unit": "working_day"}
    assert steps_of(copied)["tham_dinh"]["actor"] == "tham_dinh"
    with pytest.raises(GestureError, match="riêng"):
        own_steps(copied, shared())


def test_a_step_is_put_after_another():
    data = DATA["1.002809.yaml"]
    after = steps_of(add_step(data, "tham_dinh", "Lấy thêm ý kiến", "tham_dinh"))
    assert list(after)[1:3] == ["tham_dinh", "lay_them_y_kien"]
    assert after["tham_dinh"]["actions"][0]["to"] == "lay_them_y_kien"
    assert after["lay_them_y_kien"]["actions"][0]["to"] == "xem_xet"


def test_a_step_on_an_end_takes_over_the_outcome():
    data = DATA["1.002809.yaml"]
    after = steps_of(insert_step(data, "tra_ho_so", "tra_ho_so", "Lưu hồ sơ", "van_thu"))
    assert "outcome" not in after["tra_ho_so"]["actions"][0]
    assert after["luu_ho_so"]["actions"][0]["outcome"] == "declined"


def test_a_step_on_a_way_back_asks_for_the_reason_again():
    data = DATA["1.002809.yaml"]
    after = steps_of(insert_step(data, "xem_xet", "tra_lai", "Ghi ý kiến", "lanh_dao_phong"))
    assert after["ghi_y_kien"]["actions"][0]["needs"] == ["reason"]


def test_a_branch_meets_the_other_at_the_step_after():
    data = DATA["1.002809.yaml"]
    after = steps_of(add_branch(data, "phan_cong", "giao_viec", "Xác minh", "tham_dinh"))
    assert after["phan_cong"]["actions"][0]["to"] == ["tham_dinh", "xac_minh"]
    assert after["xac_minh"]["actions"][0]["to"] == "xem_xet"
    assert after["xem_xet"]["join"] == "all"


def test_a_time_comes_with_what_the_system_does_then():
    after = steps_of(add_timer(DATA["1.002809.yaml"], "xem_xet", 2, "working_day", "Hết hạn xem xét"))
    assert after["xem_xet"]["on_timeout"] == "het_han_xem_xet"
    assert after["xem_xet"]["actions"][-1]["to"] == "phe_duyet"


def test_what_led_to_a_removed_step_leads_on():
    after = steps_of(remove_step(DATA["1.002809.yaml"], "xem_xet"))
    assert after["tham_dinh"]["actions"][0]["to"] == "phe_duyet"
    assert "xem_xet" not in after


def test_an_action_that_ends_says_how():
    with pytest.raises(GestureError, match="kết cục"):
        connect(DATA["1.002809.yaml"], "phe_duyet", "khong_giai_quyet", "end")
    after = connect(DATA["1.002809.yaml"], "phe_duyet", "khong_giai_quyet", "end", outcome="declined")
    assert steps_of(after)["phe_duyet"]["actions"][2]["outcome"] == "declined"


def test_ids_stay_when_names_change():
    after = steps_of(rename(DATA["1.002809.yaml"], "xem_xet", "  Trưởng phòng   xem  "))
    assert after["xem_xet"]["name"] == "Trưởng phòng xem"
    with pytest.raises(GestureError, match="Nhập tên"):
        rename(DATA["1.002809.yaml"], "xem_xet", " ")
