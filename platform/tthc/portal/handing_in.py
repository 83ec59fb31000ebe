"""From an application to the kernel's `Submit`: the answers as they stand, the files as they were uploaded."""

from tthc.accounts.model import Account
from tthc.dossiers.commands import Submit
from tthc.dossiers.state import PaperFiles
from tthc.portal.filling import Filling


def submission(filling: Filling, account: Account) -> Submit:
    """The kernel checks it all anew; files for papers that no longer apply are left behind."""
    application = filling.application
    asked = {paper.id for paper in filling.uploads}
    papers = tuple(PaperFiles(paper, files) for paper, files in application.files.items() if paper in asked)
    return Submit(
        dossier_id=application.id,
        agency=application.agency,
        applicant=account.applicant(),
        answers=application.answers,
        papers=papers,
        receive_by=application.receive_by,  # type: ignore[arg-type]  # checked by `receiving_complete`
        postal_address=application.postal_address if application.receive_by == "post" else "",
        declared=True,
    )
