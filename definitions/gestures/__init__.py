"""What is done to the drawing of a workflow, and to what is shared, as changes of the definition's data. Pure.

Each gesture takes the data of a definition (`definitions.reading`) and answers with the data after it, or raises
`GestureError` with a sentence that says why it cannot be done and what to do instead. The data given stays as it is.
`edits(before, after)` are the changes of its text (`definitions.editing`).
"""

from definitions.gestures.blocks import from_vocabulary, own_fields, written_here
from definitions.gestures.lines import connect, insert_step, loop_back
from definitions.gestures.model import GestureError, edits
from definitions.gestures.steps import add_branch, add_step, add_timer, own_steps, remove_step, rename
from definitions.gestures.tuning import tuned

__all__ = [
    "GestureError",
    "add_branch",
    "add_step",
    "add_timer",
    "connect",
    "edits",
    "from_vocabulary",
    "insert_step",
    "loop_back",
    "own_fields",
    "own_steps",
    "remove_step",
    "rename",
    "tuned",
    "written_here",
]
