"""The workflow engine by itself: one move decided, applied, and where the workflow stands written as text.

What SpiffWorkflow does in `command`, and no more: no dossier, no permissions, no papers, no history.
"""

import itertools
import json
from datetime import datetime

from definitions.calendars import shipped as calendar
from definitions.compiler.workflow import compile_workflow
from definitions.problems import Report
from definitions.reading import Tree
from definitions.workflows import shared
from rules.calendar import TZ
from rules.workflow.engine import start, take
from scripts.bench.duel import Peer, Ready, Work, loop
from scripts.bench.works.command import spiff
from tthc.dossiers.codec import to_json

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=TZ)


def work() -> Work:
    raw = max(shared().values(), key=lambda each: len(each["steps"]))
    workflow = compile_workflow(raw, (), {}, Report("", Tree("", raw)))
    numbers, at = itertools.count(), calendar()

    def new_id() -> str:
        return str(next(numbers))

    standing = start(workflow, {}, NOW, at, new_id).tokens
    first = workflow.steps[0]
    action = first.actions[0]

    def once() -> str:
        move = take(workflow, standing, standing[0].id, action.id, {}, NOW, at, new_id)
        return json.dumps(to_json(move.tokens))

    following = [token["step"] for token in json.loads(once())]
    return Work(
        "một bước của quy trình, chỉ máy quy trình",
        "Cả hai: làm xong một việc, mở việc sau với hạn của nó, ghi chỗ đang đứng thành JSON.",
        Ready(loop(once), following),
        [Peer("SpiffWorkflow", lambda: spiff([step.id for step in workflow.steps]))],
    )
