"""One command of a workflow: decided, applied, and the whole written as text that can be stored.

The same six steps in a row, as our definition language and as BPMN; the first one is done, the second opens. What is done
in ours besides: who may act, what the action needs, the law's deadlines, the history's chain of hashes, the notices.
"""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from itertools import pairwise

from definitions.calendars import shipped as calendar
from definitions.loader import load
from definitions.model import Definition, Example
from definitions.shipped import shipped
from rules.workflow.model import Need
from scripts.bench.duel import Batch, Peer, Ready, Work, python_peer
from tthc.dossiers import commands as cmd
from tthc.dossiers.apply import record
from tthc.dossiers.codec import to_json
from tthc.dossiers.decide import decide
from tthc.trials.run import run
from tthc.trials.walk import Walk
from tthc.trials.world import World

_STEPS = 4
"""At least so many steps of work between acceptance and the result, for a comparison of equal length."""


def work() -> Work:
    once, steps, following = _ours()
    return Work(
        "một lệnh của quy trình: quyết định, áp dụng, ghi thành chữ",
        "Của chúng tôi: quyền của người làm, điều kiện của thao tác, hạn theo luật, chuỗi băm của lịch sử, thông báo, rồi "
        "toàn bộ hồ sơ thành JSON. SpiffWorkflow: làm xong một việc, mở việc sau, toàn bộ thực thể thành JSON.",
        Ready(_loop(once), [following]),
        [Peer("SpiffWorkflow", lambda: spiff(steps))],
    )


def _loop(once: Callable[[], object]) -> Batch:
    def batch(count: int) -> float:
        begun = time.perf_counter()
        for _ in range(count):
            once()
        return time.perf_counter() - begun

    return batch


def _ours() -> tuple[Callable[[], str], list[str], str]:
    """The work, the ids of the steps on the way, and the step that opens."""
    for _, text in shipped():
        definition = load(text, "").definition
        if definition is not None:
            for example in definition.examples:
                if found := _of(definition, example):
                    return found
    raise ValueError("no shipped example walks far enough")


def _of(definition: Definition, example: Example) -> tuple[Callable[[], str], list[str], str] | None:
    """The first act after acceptance, where it gives the dossier to a member of staff and a way lies ahead."""
    steps = [told for told in example.steps if told["do"] != "accept"]
    if len(steps) < _STEPS:
        return None
    world = World(definition, example, calendar())
    walk = Walk(world)
    walk.hand_in(run(definition, example, calendar()).assessment)
    dossier = walk.dossier
    step = definition.workflow.step(dossier.tasks[0].step) if dossier is not None and dossier.tasks else None
    action = None if step is None else step.action(str(steps[0]["do"]))
    following = None if action is None else definition.workflow.step(action.to)
    if (
        dossier is None
        or step is None
        or action is None
        or following is None
        or Need.ASSIGNEE not in action.needs
    ):
        return None
    assignee = world.staff(following.actor)
    command = cmd.Act(dossier.tasks[0].id, action.id, assignee=assignee.id)
    at = dossier.updated_at + timedelta(minutes=5)
    context = world.context(at, world.staff(step.actor), "bench", assignee)

    def once() -> str:
        events = decide(definition, dossier, command, context)
        return json.dumps(to_json(record(dossier, events, context)), ensure_ascii=False)

    return once, [each.id for each in definition.workflow.steps], following.id


def spiff(steps: list[str]) -> Ready:
    """The first of the steps done, the next one opened, the whole instance as JSON."""
    from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
    from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
    from SpiffWorkflow.util.task import TaskState

    parser = BpmnParser()
    parser.add_bpmn_io(BytesIO(bpmn(steps).encode()))
    spec = parser.get_spec("p")
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())

    def started() -> BpmnWorkflow:
        made = BpmnWorkflow(spec)
        made.do_engine_steps()
        return made

    def step(workflow: BpmnWorkflow) -> str:
        workflow.get_next_task(manual=True).run()
        workflow.do_engine_steps()
        return str(serializer.serialize_json(workflow))

    def batch(count: int) -> float:
        """Each on a workflow of its own, started before the clock: the engine changes what it is given."""
        waiting = [started() for _ in range(count)]
        begun = time.perf_counter()
        for workflow in waiting:
            step(workflow)
        return time.perf_counter() - begun

    one = started()
    step(one)
    answer = [task.task_spec.name for task in one.get_tasks(manual=True, state=TaskState.READY)]
    return Ready(batch, answer, python_peer("SpiffWorkflow", lambda: None, None).version)


def bpmn(steps: list[str]) -> str:
    """The steps in a row, as BPMN 2.0."""
    nodes = ["start", *steps, "end"]
    flows = "".join(
        f'<b:sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>'
        for n, (a, b) in enumerate(pairwise(nodes))
    )
    tasks = "".join(f'<b:userTask id="{step}" name="{step}"/>' for step in steps)
    return (
        '<?xml version="1.0"?><b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'targetNamespace="bench"><b:process id="p" isExecutable="true"><b:startEvent id="start"/>'
        f'{tasks}<b:endEvent id="end"/>{flows}</b:process></b:definitions>'
    )
