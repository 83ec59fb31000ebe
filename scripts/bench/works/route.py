"""One dossier's way through the shared full workflow, as both sides walk it in turn.

The workflow is the shipped `day-du`: eight steps, choices, and two loops back. Ours walks it with a shipped procedure
that uses it; the same steps and choices as BPMN are user tasks with exclusive gateways that read a datum `action`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from definitions.calendars import shipped as calendar
from definitions.loader import load
from definitions.model import Definition
from definitions.shipped import shipped
from rules.workflow.model import END, Workflow
from tthc.dossiers import commands as cmd
from tthc.dossiers.apply import record
from tthc.dossiers.context import Actor, Context
from tthc.dossiers.decide import decide
from tthc.dossiers.state import Dossier
from tthc.trials.run import run
from tthc.trials.walk import Walk
from tthc.trials.world import World

WORKFLOW = "day-du"
WAY = (
    "giao_viec",
    "trinh",
    "tra_lai",
    "trinh",
    "chuyen_tiep",
    "chuyen_lai",
    "giao_viec",
    "trinh",
    "chuyen_tiep",
    "duyet",
    "chuyen_ket_qua",
    "tra_ket_qua",
)
"""Every step to the result, sent back once by the head of the room and once by the head of the agency."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One command of the way with the dossier it is given to; `open`: the steps where the dossier then stands."""

    before: Dossier
    command: cmd.Act
    context: Context
    open: tuple[str, ...]


class _Told(Walk):
    """A walk that keeps every act with what it was decided on."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.stops: list[Stop] = []

    def do(self, command: cmd.Command, actor: Actor, at: datetime, assignee: Actor | None = None) -> None:
        before = self.dossier
        super().do(command, actor, at, assignee)
        after = self.dossier
        if isinstance(command, cmd.Act) and before is not None and after is not None:
            context = self.world.context(at, actor, f"trial-{self._commands}", assignee)
            self.stops.append(Stop(before, command, context, tuple(task.step for task in after.tasks)))


def walked() -> tuple[Definition, list[Stop]]:
    """The way as a shipped procedure goes it, whose own example it begins with."""
    for _, text in shipped():
        definition = load(text, "").definition
        if definition is None or definition.workflow.id != WORKFLOW:
            continue
        example = next(each for each in definition.examples if each.steps)
        walk = _Told(World(definition, replace(example, steps=tuple({"do": act} for act in WAY)), calendar()))
        walk.hand_in(run(definition, example, calendar()).assessment)
        walk.take_steps()
        if [stop.command.action for stop in walk.stops] == list(WAY):
            return definition, walk.stops
    raise LookupError(f"no shipped procedure goes the way of {WORKFLOW}")


def decided(definition: Definition, stop: Stop, before: Dossier) -> Dossier:
    """The dossier after a stop's command."""
    return record(before, decide(definition, before, stop.command, stop.context), stop.context)


class Spiff:
    """The same way in SpiffWorkflow. `texts`: the instance as its own serialiser writes it before each command."""

    def __init__(self, workflow: Workflow) -> None:
        from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
        from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
        from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
        from SpiffWorkflow.util.task import TaskState

        self.ready = TaskState.READY
        parser = BpmnParser()
        parser.add_bpmn_io(BytesIO(bpmn(workflow).encode()))
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        instance = BpmnWorkflow(parser.get_spec("p"))
        instance.do_engine_steps()
        self.texts: list[str] = []
        self.open: list[tuple[str, ...]] = []
        for action in WAY:
            self.texts.append(self.serializer.serialize_json(instance))
            self.act(instance, action)
            self.open.append(self.standing(instance))

    def read(self, text: str) -> Any:
        """A live instance."""
        return self.serializer.deserialize_json(text)

    def act(self, instance: Any, action: str) -> str:
        """One command: the open task done with its choice, the next one opened, the instance as text."""
        task = instance.get_next_task(state=self.ready, manual=True)
        task.data["action"] = action
        task.run()
        instance.do_engine_steps()
        return str(self.serializer.serialize_json(instance))

    def standing(self, instance: Any) -> tuple[str, ...]:
        return tuple(task.task_spec.name for task in instance.get_tasks(state=self.ready, manual=True))


def bpmn(workflow: Workflow) -> str:
    """The workflow as BPMN 2.0: a user task a step, behind each with a choice an exclusive gateway that reads `action`."""
    nodes, flows = ['<b:startEvent id="start"/>', '<b:endEvent id="end"/>'], [_flow("start", workflow.start)]
    for step in workflow.steps:
        nodes.append(f"<b:userTask id={quoteattr(step.id)} name={quoteattr(step.name)}/>")
        if len(step.actions) == 1:
            flows.append(_flow(step.id, step.actions[0].to))
            continue
        choice = f"{step.id}_chon"
        default = f"{choice}-{step.actions[0].id}"
        nodes.append(f'<b:exclusiveGateway id="{choice}" default="{default}"/>')
        flows.append(_flow(step.id, choice))
        flows.append(_flow(choice, step.actions[0].to, name=default))
        flows.extend(
            _flow(choice, action.to, f"action == '{action.id}'", f"{choice}-{action.id}")
            for action in step.actions[1:]
        )
    return (
        '<?xml version="1.0"?><b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        f'targetNamespace="bench"><b:process id="p" isExecutable="true">{"".join((*nodes, *flows))}'
        "</b:process></b:definitions>"
    )


def _flow(source: str, target: str, when: str = "", name: str = "") -> str:
    told = f"<b:conditionExpression>{when}</b:conditionExpression>" if when else ""
    to = "end" if target == END else target
    return f'<b:sequenceFlow id="{name or f"{source}-{to}"}" sourceRef="{source}" targetRef="{to}">{told}</b:sequenceFlow>'
