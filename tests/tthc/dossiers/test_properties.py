"""Whatever anybody tries, in whatever order: the chain holds, history is the truth, strangers change nothing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from dossier_stories import (
    CLERK,
    ELSEWHERE,
    EXAMINER,
    HEAD_OF_UNIT,
    LEADER,
    OWNER,
    RECEPTION,
    SECOND_EXAMINER,
    STRANGER,
    Story,
    a_file,
    a_paper,
    at,
    registration,
    submission,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.deadlines import DeadlineRule, Unit
from tthc.dossiers import commands as cmd
from tthc.dossiers.apply import replay
from tthc.dossiers.chain import verify
from tthc.dossiers.codec import dossier_from_bson, dossier_to_bson
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.notices_plan import TEMPLATES
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import CLOSED, SupplementItem
from tthc.dossiers.status import open_tasks

INSIDE = (OWNER, RECEPTION, HEAD_OF_UNIT, EXAMINER, SECOND_EXAMINER, LEADER, CLERK, SYSTEM)
STRANGERS = (STRANGER, ELSEWHERE, replace(STRANGER, id="hoa", kind="staff", agency="xa-a"))
ITEMS = (SupplementItem("hop_dong", "Mờ"),)

reasons = st.sampled_from(["", "Có lý do"])
# `action` is a place among the actions of the step that the token stands at
careless = st.builds(
    cmd.Act,
    st.just(""),
    st.sampled_from("0123"),
    reason=reasons,
    assignee=st.sampled_from([None, "vien", "vien2", "thu"]),
    files=st.sampled_from([(), (a_file("tep"),), (a_file("anh", "jpeg"),)]),
    number=st.sampled_from(["", "1/GP"]),
    issued_on=st.sampled_from([None, date(2026, 6, 1)]),
    recipient=st.sampled_from(["", "Hoa"]),
    originals_checked=st.sampled_from([(), ("hop_dong",)]),
    items=st.sampled_from([(), (), ITEMS]),
)
careful = st.builds(
    cmd.Act,
    st.just(""),
    st.sampled_from("00012"),
    reason=st.just("Có lý do"),
    assignee=st.sampled_from([None, "vien"]),
    files=st.just((a_file("tep"),)),
    number=st.just("1/GP"),
    issued_on=st.just(date(2026, 6, 1)),
    recipient=st.just("Hoa"),
    originals_checked=st.just(("hop_dong",)),
)
NEW = (a_paper("hop_dong", "moi"),)
others = st.sampled_from(
    [
        cmd.Accept(()),
        *[cmd.Accept(("hop_dong",))] * 6,
        *[cmd.RecordPayment()] * 2,
        cmd.RequestSupplement(()),
        cmd.RequestSupplement(ITEMS),
        cmd.Refuse(""),
        cmd.Refuse("Có lý do"),
        cmd.Supply(),
        cmd.Supply(papers=NEW, note="Tại quầy"),
        cmd.Withdraw(),
        cmd.Withdraw("Không cần nữa"),
        cmd.AskExtension(DeadlineRule(Decimal(2), Unit.WORKING_DAY), "Khó"),
        cmd.AnswerExtension("g1", True),
        cmd.Close("Hoa", "x"),
        cmd.LogCall("0912", "Gọi"),
        cmd.Apologise("Chậm", at("01/12/2026 08:00")),
        cmd.Extend(DeadlineRule(Decimal(2), Unit.WORKING_DAY), "Khó", "12/ĐN"),
        cmd.Reassign("", "vien2", "Nghỉ"),
        *[cmd.FireTimer("")] * 2,
    ]
)
commands = st.one_of(careless, careful, careful, others)
# the likeliest actor, so that stories get somewhere, and sometimes anybody
LIKELY = {
    "lanh_dao_phong": HEAD_OF_UNIT,
    "tham_dinh": EXAMINER,
    "nguoi_nop": OWNER,
    "phe_duyet": LEADER,
    "van_thu": CLERK,
    "tiep_nhan": RECEPTION,
}
moves = st.tuples(commands, st.one_of(st.none(), st.none(), st.sampled_from(INSIDE)), st.integers(0, 2000))

scripts = st.one_of(st.lists(moves, max_size=10), st.lists(moves, min_size=20, max_size=50))


def likely(story, command):
    if isinstance(command, cmd.Act):
        return LIKELY[story.dossier.tasks[0].function] if story.dossier.tasks else RECEPTION
    if isinstance(command, (cmd.Supply, cmd.Withdraw)):
        return OWNER
    return SYSTEM if isinstance(command, cmd.FireTimer) else RECEPTION


def aimed(story, command):
    """The command at what is there now."""
    tasks = story.dossier.tasks
    if isinstance(command, cmd.Act) and tasks:
        step = story.definition.workflow.step(tasks[0].step)
        actions = [a.id for a in step.actions] if step else ["khong_co"]
        action = actions[int(command.action) % len(actions)]
        command = replace(command, token=tasks[0].id, action=action)
        return command if action == "giao" else replace(command, assignee=None)
    if isinstance(command, cmd.Reassign) and tasks:
        return replace(command, token=tasks[0].id)
    if isinstance(command, cmd.FireTimer) and story.dossier.timers:
        return replace(command, timer_id=story.dossier.timers[0].id)
    return command


def play(story, script):
    """Every dossier that the script leads through."""
    stands = [story.dossier]
    for command, actor, minutes in script:
        story.now += timedelta(minutes=minutes)
        try:
            story.do(actor or likely(story, command), aimed(story, command))
        except Refused:
            assert story.dossier is stands[-1]
        stands.append(story.dossier)
    return stands


def started(counter):
    story = Story()
    if counter:
        story.do(RECEPTION, registration())
    else:
        story.do(OWNER, submission())
    return story


@settings(deadline=None, max_examples=100)
@given(st.booleans(), scripts)
def test_history_is_the_whole_truth(counter, script):
    story = started(counter)
    stands = play(story, script)
    dossier = story.dossier
    assert verify(dossier) == ()
    assert replace(replay(dossier.history), outbox=dossier.outbox) == dossier
    assert dossier_from_bson(dossier_to_bson(dossier)) == dossier
    for before, after in pairwise(stands):
        assert after.history[: len(before.history)] == before.history
        assert after.outbox[: len(before.outbox)] == before.outbox
        assert after.version - before.version in {0, 1}
        assert (after.version == before.version) == (after == before)


@settings(deadline=None, max_examples=100)
@given(st.booleans(), scripts)
def test_what_always_holds(counter, script):
    story = started(counter)
    for dossier in play(story, script):
        closed = dossier.status in CLOSED
        assert closed == (dossier.ended_at is not None) == (open_tasks(dossier) == ())
        assert (dossier.code is not None) == (dossier.accepted_at is not None)
        assert not (closed and dossier.timers)
        assert len({e.id for e in dossier.outbox}) == len(dossier.outbox)
        assert {e.template for e in dossier.outbox} <= TEMPLATES
        assert all(e.to for e in dossier.outbox)
        if dossier.deadline is not None:
            assert dossier.deadline.due >= dossier.deadline.original_due
            assert all(p.end is not None for p in dossier.deadline.pauses[:-1])
        if dossier.outcome == "returned":
            assert not dossier.owed()
            assert any(d.kind == "result" and d.file.kind == "pdf" for d in dossier.documents)


@settings(deadline=None, max_examples=100)
@given(st.booleans(), scripts, commands, st.sampled_from(STRANGERS))
def test_no_command_of_a_stranger_changes_anything(counter, script, command, stranger):
    story = started(counter)
    play(story, script)
    before = story.dossier
    refused = False
    try:
        story.do(stranger, aimed(story, command))
    except Refused:
        refused = True
    assert story.dossier is before
    assert refused or isinstance(command, cmd.FireTimer)


@settings(deadline=None, max_examples=50)
@given(scripts, commands, st.sampled_from(INSIDE))
def test_a_closed_dossier_accepts_nothing(script, command, actor):
    story = started(counter=False)
    play(story, script)
    has_result = any(d.kind == "result" for d in story.dossier.documents)
    if not story.dossier.closed and story.dossier.solved_at is None and not has_result:
        story.do(OWNER, cmd.Withdraw("Không cần nữa"))
    before = story.dossier
    if before.closed:
        assert play(story, [(command, actor, 5)])[-1] is before


@settings(deadline=None, max_examples=50)
@given(scripts, commands)
def test_a_command_done_twice_is_done_once(script, command):
    story = started(counter=False)
    play(story, script)
    aim = aimed(story, command)
    try:
        story.do(likely(story, aim), aim, command_id="hai lần")
    except Refused:
        return
    once = story.dossier
    assert story.do(likely(story, aim), aim, command_id="hai lần") is once or not once.did("hai lần")
