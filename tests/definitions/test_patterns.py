"""Control-flow patterns of van der Aalst, each written in a definition and walked to its end.

Names as in the Workflow Patterns catalogue; the number in each docstring is the pattern's there.
"""

import json
from dataclasses import replace
from datetime import datetime
from itertools import count

import pytest

from definitions.calendars import shipped
from definitions.loader import load
from rules.calendar import TZ
from rules.workflow import Outcome, WorkflowError, allowed, begin, start, take
from rules.workflow.soundness import flaws

NOW = datetime(2026, 6, 3, 10, 0, tzinfo=TZ)
BOTH = {"channel": "online", "applicant": {"kind": "person"}}
ONLINE_ORGANISATION = {"channel": "online", "applicant": {"kind": "organisation"}}


def go(to, action="xong", **more):
    told = {"id": action, "label": action.capitalize(), "to": to, **more}
    return {**told, "outcome": told.get("outcome", "returned")} if to == "end" else told


def step(name, *actions, **more):
    actor = {} if more.get("automatic") else {"actor": "tham_dinh"}
    return {"id": name, "name": f"Bước {name}", **actor, **more, "actions": list(actions)}


class Walk:
    """A dossier's tokens on their way through a definition's workflow."""

    def __init__(self, small, *steps, scope=BOTH):
        told = json.dumps({"name": "Thử", "start": steps[0]["id"], "steps": steps}, ensure_ascii=False)
        loaded = load(small.replace("workflow: day-du\n", f"workflow: {told}\n"), "x.yaml")
        assert loaded.ok, loaded.problems
        self.workflow = loaded.definition.workflow
        self.scope, numbers = scope, count(1)
        self.new_id = lambda: f"t{next(numbers)}"
        self.outcome = None
        self.calendar = shipped()
        self.tokens = start(self.workflow, scope, NOW, self.calendar, self.new_id).tokens

    @property
    def at(self):
        return sorted(token.step for token in self.tokens)

    def token(self, where, item=""):
        return next(t for t in self.tokens if t.step == where and item in {"", t.item})

    def do(self, where, action="xong", *, item="", chosen=()):
        assert self.outcome is None, "over already"
        move = take(
            self.workflow, self.tokens, self.token(where, item).id, action, self.scope, NOW, self.calendar,
            self.new_id, chosen=chosen,
        )  # fmt: skip
        self.tokens, self.outcome = move.tokens, move.outcome
        return self.at

    def may(self, where):
        found = allowed(self.workflow, self.token(where), self.scope, NOW, self.tokens)
        return [action.id for action in found]

    @property
    def over(self):
        return self.tokens == () and self.outcome is Outcome.RETURNED


def split(to=("b", "c"), **more):
    return step("a", go(list(to), **more))


def test_sequence(small):
    """1."""
    walk = Walk(small, step("a", go("b")), step("b", go("end")))
    assert walk.at == ["a"]
    assert walk.do("a") == ["b"]
    walk.do("b")
    assert walk.over


def test_parallel_split(small):
    """2."""
    walk = Walk(small, split(), step("b", go("end")), step("c", go("end")))
    assert walk.do("a") == ["b", "c"]


@pytest.mark.parametrize("order", ["bc", "cb"])
def test_synchronisation(small, order):
    """3."""
    walk = Walk(small, split(), step("b", go("d")), step("c", go("d")), step("d", go("end"), join="all"))
    walk.do("a")
    assert walk.do(order[0]) == [order[1]]
    assert walk.do(order[1]) == ["d"]
    assert walk.token("d").forks == ()
    walk.do("d")
    assert walk.over


@pytest.mark.parametrize(("scope", "goes"), [(BOTH, "b"), ({**BOTH, "channel": "counter"}, "c")])
def test_exclusive_choice(small, scope, goes):
    """4: by nobody, and by people among the actions that apply."""
    choose = [go("b", "mot", when='channel = "online"'), go("c", "hai")]
    rest = step("b", go("end")), step("c", go("end"))
    assert Walk(small, step("a", *choose, automatic=True), *rest, scope=scope).at == [goes]
    people = Walk(small, step("a", choose[0], go("c", "hai", when='channel != "online"')), *rest, scope=scope)
    (only,) = people.may("a")
    assert people.do("a", only) == [goes]


@pytest.mark.parametrize("way", ["b", "c"])
def test_simple_merge(small, way):
    """5."""
    steps = (
        step("a", go("b", "b"), go("c", "c")),
        step("b", go("d")),
        step("c", go("d")),
        step("d", go("end")),
    )
    walk = Walk(small, *steps)
    walk.do("a", way)
    assert walk.do(way) == ["d"]
    walk.do("d")
    assert walk.over


CHOICE = ({"step": "b", "when": 'channel = "online"'}, {"step": "c", "when": 'applicant.kind = "person"'})


def test_multi_choice(small):
    """6."""
    rest = step("b", go("end")), step("c", go("end"))
    assert Walk(small, split(CHOICE), *rest).do("a") == ["b", "c"]
    assert Walk(small, split(CHOICE), *rest, scope=ONLINE_ORGANISATION).do("a") == ["b"]
    with pytest.raises(WorkflowError, match="không có nhánh nào"):
        Walk(
            small, split(CHOICE), *rest, scope={"channel": "post", "applicant": {"kind": "organisation"}}
        ).do("a")


def test_structured_synchronising_merge(small):
    """7: waits for the branches that were begun, and for no other."""
    steps = split(CHOICE), step("b", go("d")), step("c", go("d")), step("d", go("end"), join="all")
    one = Walk(small, *steps, scope=ONLINE_ORGANISATION)
    one.do("a")
    assert one.do("b") == ["d"]
    both = Walk(small, *steps)
    both.do("a")
    assert both.do("b") == ["c"]
    assert both.do("c") == ["d"]


def test_a_branch_that_ends_elsewhere_lets_the_others_go_on(small):
    steps = (
        split(),
        step("b", go("d")),
        step("c", go("d"), go("end", "thoi")),
        step("d", go("end"), join="all"),
    )
    walk = Walk(small, *steps)
    walk.do("a")
    assert walk.do("b") == ["c"]
    assert walk.do("c", "thoi") == ["d"]
    walk.do("d")
    assert walk.over


def test_multi_merge(small):
    """8: what follows is done once for each branch."""
    walk = Walk(small, split(), step("b", go("d")), step("c", go("d")), step("d", go("end"), join="each"))
    walk.do("a")
    assert walk.do("b") == ["c", "d"]
    assert walk.do("c") == ["d", "d"]
    assert walk.do("d") == ["d"]
    assert walk.outcome is None
    walk.do("d")
    assert walk.over


@pytest.mark.parametrize("order", ["dc", "cd"])
def test_structured_discriminator(small, order):
    """9: the first goes on, the others are let run and begin nothing again."""
    walk = Walk(small, split(), step("b", go("d")), step("c", go("d")), step("d", go("end"), join="first"))
    walk.do("a")
    assert walk.do("b") == ["c", "d"]
    assert walk.do(order[0]) == [order[1]]
    walk.do(order[1])
    assert walk.over


def test_cancelling_discriminator(small):
    """29."""
    last = step("d", go("end"), join="first", cancel_rest=True)
    walk = Walk(small, split(), step("b", go("d")), step("c", go("d")), last)
    walk.do("a")
    assert walk.do("c") == ["d"]
    walk.do("d")
    assert walk.over


def test_arbitrary_cycles(small):
    """10: two ways into the circle and two out of it."""
    back = {"needs": ["reason"]}
    walk = Walk(
        small,
        step("a", go("b"), go("c", "thang")),
        step("b", go("c"), go("d", "ra")),
        step("c", go("d"), go("b", "lai", **back)),
        step("d", go("end"), go("b", "lai", **back)),
    )
    assert walk.do("a", "thang") == ["c"]
    assert walk.do("c", "lai") == ["b"]
    assert walk.do("b", "ra") == ["d"]
    assert walk.do("d", "lai") == ["b"]
    assert walk.do("b") == ["c"]
    walk.do("c")
    walk.do("d")
    assert walk.over


@pytest.mark.parametrize("order", ["bc", "cb"])
def test_implicit_termination(small, order):
    """11: over when nothing is left to do, whichever is done last."""
    walk = Walk(small, split(), step("b", go("end")), step("c", go("end")))
    walk.do("a")
    walk.do(order[0])
    assert walk.outcome is None
    walk.do(order[1])
    assert walk.over


def test_multiple_instances_without_synchronisation(small):
    """12: each goes on to what follows by itself."""
    asked = step("b", go("c"), each='["mot", "hai"]')
    walk = Walk(small, step("a", go("b")), asked, step("c", go("end"), join="each"))
    assert walk.do("a") == ["b", "b"]
    assert walk.do("b", item="hai") == ["b", "c"]
    assert walk.token("c").item == "hai"
    walk.do("c")
    assert walk.do("b") == ["c"]
    walk.do("c")
    assert walk.over


def test_multiple_instances_known_at_design_time(small):
    """13."""
    asked = step("b", go("c"), each='["mot", "hai", "ba"]')
    walk = Walk(small, step("a", go("b")), asked, step("c", go("end"), join="all"))
    assert walk.do("a") == ["b", "b", "b"]
    assert {token.item for token in walk.tokens} == {"mot", "hai", "ba"}
    walk.do("b", item="ba")
    walk.do("b", item="mot")
    assert walk.do("b") == ["c"]
    walk.do("c")
    assert walk.over


def test_multiple_instances_known_at_run_time(small):
    """14: as many as agencies are chosen with the action."""
    asked = step("b", go("c"), each="chosen", at_item=True)
    walk = Walk(small, step("a", go("b")), asked, step("c", go("end"), join="all"))
    with pytest.raises(WorkflowError, match="Chọn ít nhất một nơi"):
        walk.do("a")
    assert walk.do("a", chosen=("so-xay-dung", "so-van-hoa")) == ["b", "b"]
    assert [token.item for token in walk.tokens] == ["so-xay-dung", "so-van-hoa"]
    walk.do("b", item="so-van-hoa")
    assert walk.do("b", item="so-xay-dung") == ["c"]


@pytest.mark.parametrize(("first", "other"), ["bc", "cb"])
def test_deferred_choice(small, first, other):
    """16: whoever acts first decides; the other way is withdrawn at that moment."""
    walk = Walk(small, split(together="race"), step("b", go("d")), step("c", go("d")), step("d", go("end")))
    assert walk.do("a") == ["b", "c"]
    assert walk.do(first) == ["d"]
    assert other not in walk.at
    walk.do("d")
    assert walk.over


def test_interleaved_routing(small):
    """40: each once, in any order, never two at once."""
    last = step("d", go("end"), join="all")
    walk = Walk(small, split(together="turns"), step("b", go("d")), step("c", go("d")), last)
    walk.do("a")
    walk.tokens = begin(walk.workflow, walk.tokens, walk.token("c").id)
    assert walk.may("b") == []
    with pytest.raises(WorkflowError, match="Đang làm bước “Bước c”"):
        begin(walk.workflow, walk.tokens, walk.token("b").id)
    with pytest.raises(WorkflowError, match="Đang làm bước “Bước c”"):
        walk.do("b")
    assert walk.do("c") == ["b"]
    assert walk.may("b") == ["xong"]
    assert walk.do("b") == ["d"]


def test_milestone(small):
    """18: the one may be done only as long as the other has not gone on."""
    late = step("c", go("end", "rut", while_at="b"), go("end"))
    walk = Walk(small, split(), step("b", go("end")), late)
    walk.do("a")
    assert walk.may("c") == ["rut", "xong"]
    walk.do("b")
    assert walk.may("c") == ["xong"]
    with pytest.raises(WorkflowError, match="chỉ làm được trong lúc hồ sơ ở bước “Bước b”"):
        walk.do("c", "rut")
    walk.do("c")
    assert walk.over


def test_cancel_task(small):
    """19."""
    last = step("d", go("end"), join="all")
    walk = Walk(small, split(), step("b", go("d", cancels=["c"])), step("c", go("d")), last)
    walk.do("a")
    assert walk.do("b") == ["d"]
    walk.do("d")
    assert walk.over


def test_cancel_case(small):
    """20: not solved is not solved, whatever else was under way."""
    walk = Walk(small, split(), step("b", go("end", "thoi", outcome="declined")), step("c", go("end")))
    walk.do("a")
    assert walk.do("b", "thoi") == []
    assert walk.outcome is Outcome.DECLINED


def linked(**more):
    told = {
        "procedure": "1.000009",
        "answers": {"ten": "channel"},
        "on_returned": "xong",
        "on_declined": "khong",
    }
    return {**told, **more}


def test_a_step_that_waits_for_another_dossier_may_end_either_way(small):
    """Both ends are gone after, and a way that does not come to the end is a flaw."""
    waits = step("b", go("c"), go("d", "khong"), child=linked())
    walk = Walk(small, step("a", go("b")), waits, step("c", go("end")), step("d", go("end")))
    assert walk.do("a") == ["b"]
    assert walk.do("b", "khong") == ["d"]
    child = walk.workflow.step("b").child
    assert (child.procedure, child.agency, child.endings) == ("1.000009", None, {"xong", "khong"})
    assert flaws(walk.workflow) == ()
    stuck = replace(
        walk.workflow.step("d"), actions=(replace(walk.workflow.step("d").actions[0], while_at="a"),)
    )
    others = tuple(stuck if each.id == "d" else each for each in walk.workflow.steps)
    (flaw,) = flaws(replace(walk.workflow, steps=others))
    assert (flaw.kind, flaw.way) == ("stuck", (("a", "xong"), ("b", "khong")))
