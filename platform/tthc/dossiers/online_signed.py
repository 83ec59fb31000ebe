"""What goes out online is signed by the agency before it leaves the clerk's desk (Đ10.4b): the installation's rule. Pure."""

from rules.workflow.model import Action, Need
from tthc.dossiers.commands import Act
from tthc.dossiers.context import Policy
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier


def must_seal(policy: Policy, dossier: Dossier, action: Action) -> bool:
    """Whether an action that issues a result asks for the agency's signature: the procedure says so, or the policy does of
    what the applicant is to get online.
    """
    if Need.RESULT not in action.needs:
        return False
    return Need.SIGNATURE in action.needs or (policy.sign_online and dossier.receive_by == "online")


def unsealed(policy: Policy, dossier: Dossier, action: Action, command: Act) -> Refused | None:
    """Why a result without the agency's signature does not go on to those who hand it over; None where it may."""
    if not must_seal(policy, dossier, action) or any(each.by == "agency" for each in command.signed):
        return None
    return Refused(
        "unsigned",
        "Người nộp nhận kết quả trực tuyến nên kết quả phải có chữ ký số của cơ quan trước khi chuyển sang bộ phận một cửa;"
        " chọn “Ký số của cơ quan”, hoặc đính kèm tệp .pdf đã có chữ ký số của cơ quan.",
        "Đ10.4b",
    )
