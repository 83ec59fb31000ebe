"""An agency was merged, divided or renamed: its dossiers under way go on at the successor (Đ1.2)."""

from tthc.dossiers import commands as cmd
from tthc.dossiers import events as ev
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.refusals import Refused


def succeed(deciding: Deciding, command: cmd.Succeed) -> None:
    """Nothing happens to a dossier in which the old agency has nothing to do."""
    if deciding.context.actor.kind != "system":
        raise Refused("forbidden", "Chỉ quản trị hệ thống mới chuyển hồ sơ sang cơ quan kế thừa.", "Đ24.2")
    if command.left == command.taken_by:
        raise Refused("same_agency", "Cơ quan kế thừa phải khác cơ quan cũ.")
    dossier = deciding.dossier
    if dossier.agency != command.left and all(task.agency != command.left for task in dossier.tasks):
        return
    deciding.happen(
        ev.Succeeded(
            command.left,
            command.left_name,
            command.taken_by,
            command.name,
            command.phone,
            command.address,
            command.note,
        )
    )
