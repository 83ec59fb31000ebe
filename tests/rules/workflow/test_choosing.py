"""Which actions ask for agencies: those on whose way something reads `chosen`."""

from rules.feel import compile as feel
from rules.workflow import END, Action, Branch, Step, Workflow, asks_whom
from rules.workflow.model import Outcome

ASKED = Step("hoi", "Cho ý kiến", "tham_dinh", (Action("xong", "Xong", "het"),), each=feel("chosen"))
LAST = Step("het", "Trả", "tiep_nhan", (Action("tra", "Trả", END, outcome=Outcome.RETURNED),))
FIXED = Step("co_dinh", "Hỏi", "tham_dinh", (Action("xong", "Xong", "het"),), each=feel('["a", "b"]'))


def asked(action: Action, *between: Step) -> str | None:
    first = Step("dau", "Đầu", "tham_dinh", (action,))
    step = asks_whom(Workflow("w", "W", "dau", (first, *between, ASKED, FIXED, LAST)), action)
    return step.id if step is not None else None


def test_directly_and_as_one_of_several_branches():
    assert asked(Action("di", "Đi", "hoi")) == "hoi"
    assert asked(Action("di", "Đi", "het", split=(Branch("het"), Branch("hoi")))) == "hoi"


def test_through_steps_that_nobody_does():
    automatic = Step("tu_dong", "Tự động", "", (Action("di", "Đi", "hoi"),), automatic=True)
    assert asked(Action("di", "Đi", "tu_dong"), automatic) == "hoi"
    passed = Step("qua", "Có thể qua", "tham_dinh", (Action("di", "Đi", "hoi"),), skip_when=feel("true"))
    assert asked(Action("di", "Đi", "qua"), passed) == "hoi"


def test_not_through_a_step_where_somebody_acts_nor_for_a_list_that_is_known():
    between = Step("giua", "Giữa", "tham_dinh", (Action("di", "Đi", "hoi"),))
    assert asked(Action("di", "Đi", "giua"), between) is None
    assert asked(Action("di", "Đi", "co_dinh")) is None
    assert asked(Action("tra", "Trả", END)) is None


def test_a_branch_that_depends_on_the_choice_asks_for_it_and_a_circle_ends():
    when = feel("count(chosen) > 0")
    assert asked(Action("di", "Đi", "het", split=(Branch("het", when), Branch("co_dinh")))) == "het"
    ring = Step("vong", "Vòng", "", (Action("di", "Đi", "vong"),), automatic=True)
    assert asked(Action("di", "Đi", "vong"), ring) is None
