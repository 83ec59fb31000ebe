"""When a dossier is verified on site, and whether it has been (Đ13.3b). Pure."""

from collections.abc import Mapping
from typing import Final

from rules.workflow.model import APPLICANT, EXTERNAL, Need, Phase, Step
from tthc.dossiers.state import Dossier

RULE: Final = "Đ13.3b"
FIELDS: Final[Mapping[str, str]] = {
    "place": "địa điểm xác minh",
    "participants": "thành phần tham gia xác minh",
    "content": "nội dung xác minh",
}
"""What must be told in words beside the time, and what it is called in a sentence."""


def verifies(step: Step) -> bool:
    """Whether whoever does this step handles the dossier itself: they must verify, or they draft what is to be signed."""
    if step.phase is not Phase.SOLVING or step.actor in {APPLICANT, EXTERNAL}:
        return False
    return any(action.needs & {Need.VERIFICATION, Need.DRAFT} for action in step.actions)


def verified(dossier: Dossier, step: str) -> bool:
    """Whether a verification for this step is on record, nothing of it empty."""
    return any(each.step == step and each.complete for each in dossier.verifications)
