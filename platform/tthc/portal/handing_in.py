"""From an application to the kernel's `Submit`: the answers as they stand, the files as they were uploaded."""

import hashlib
import json
from typing import Final

from rules.i18n import noted
from tthc.accounts.model import Account
from tthc.dossiers.commands import Submit
from tthc.dossiers.state import PaperFiles
from tthc.portal import behalf
from tthc.portal.applications import Application
from tthc.portal.filling import Filling

CHANGED_MEANWHILE: Final = noted(
    "Nội dung hồ sơ vừa được sửa ở một cửa sổ hoặc máy khác. Ông/bà xem lại bản dưới đây rồi cam đoan và nộp."
)


def seen(application: Application) -> str:
    """A mark of everything that the review page shows: what is declared is what was seen, not what another window made of
    it meanwhile (Đ26.2).
    """
    shown = [
        application.definition,
        application.agency,
        dict(application.answers),
        {paper: [file.sha256 for file in files] for paper, files in application.files.items()},
        [application.receive_by, application.postal_address],
        dict(application.applicant),
        dict(application.delivery),
    ]
    text = json.dumps(shown, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def submission(filling: Filling, account: Account) -> Submit:
    """The kernel checks it all anew; files for papers that no longer apply are left behind."""
    application = filling.application
    asked = {paper.id for paper in filling.uploads} - {behalf.PAPER}
    papers = tuple(PaperFiles(paper, files) for paper, files in application.files.items() if paper in asked)
    return Submit(
        dossier_id=application.id,
        agency=application.agency,
        applicant=behalf.applicant_of(application, account),
        answers=application.answers,
        papers=papers,
        receive_by=application.receive_by,  # type: ignore[arg-type]  # checked by `receiving_complete`
        postal_address=application.postal_address if application.receive_by == "post" else "",
        declared=True,
        delivery=behalf.delivery_of(application, account),
        authorisation=behalf.authorisation_files(application),
    )
