"""Who refers to a stored file: dossiers that are open or ended lately, applications not handed in; and telling them once.

A file is blocked first, which nothing else has to succeed for. Then each dossier is told by a command whose id follows from
the file, each application by a row of the inbox whose id does, and only then is the file marked as told: a worker that dies in
between is followed by one that tells the rest.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from definitions.model import Definition
from forms.uploads import file_fields, held_files
from renderers.messages import Message
from tthc.dossiers.commands_files import TellMalware
from tthc.dossiers.context import SYSTEM, Policy
from tthc.dossiers.files import Files
from tthc.dossiers.refusals import Refused
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.service import DossierService
from tthc.notices.channels import Inbox, Parcel
from tthc.portal.applications import Application, Applications

AT_ONCE: Final = 20
AGAIN: Final = timedelta(minutes=15)
MOST_OPEN: Final = 200
"""Applications of one account that are looked at."""
TEMPLATE: Final = "malware_draft"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Concerned:
    """`place`: the address at which an application is filled in."""

    files: Files
    dossiers: DossierService
    repository: Dossiers
    applications: Applications
    inbox: Inbox
    policy: Policy
    place: Callable[[Application], str]

    def needed(self, stale: Sequence[tuple[str, Sequence[str]]], now: datetime) -> frozenset[str]:
        """Those of the files that a dossier or an application still refers to."""
        wanted = {sha256 for sha256, _ in stale}
        if not wanted:
            return frozenset()
        found = {
            sha256
            for _, files in self.repository.with_files(wanted, self._since(now))
            for sha256 in files
            if sha256 in wanted
        }
        rest = [(sha256, by) for sha256, by in stale if sha256 not in found]
        open_of = {key: self._open_of(key) for key in {key for _, by in rest for key in by}}
        found |= {
            sha256 for sha256, by in rest for key in by for one in open_of[key] if sha256 in self._of(one)
        }
        return frozenset(found)

    def tell(self, now: datetime) -> int:
        """Tell of every blocked file that was not told of; how many files. One fault keeps no other waiting."""
        told = 0
        for sha256, malware, by in self.files.untold(now, AT_ONCE):
            try:
                self._tell(sha256, malware, by, now)
            except (Refused, LookupError, ValueError):
                log.exception("not everybody was told of malware in the file %s", sha256)
                self.files.tell_later(sha256, now + AGAIN)
            else:
                self.files.told(sha256, now)
                told += 1
        return told

    def _tell(self, sha256: str, malware: str, by: Sequence[str], now: datetime) -> None:
        # applications first: one that is handed in meanwhile is a dossier by the time those are looked for
        for key in by:
            for application in self._open_of(key):
                if sha256 in self._of(application):
                    self._tell_application(application, sha256, now)
        for dossier, _ in self.repository.with_files([sha256], self._since(now)):
            self.dossiers.execute(
                dossier, TellMalware(sha256, malware), SYSTEM, f"malware:{dossier}:{sha256}"
            )
            log.warning("dossier %s was told of malware %s in its file %s", dossier, malware, sha256)

    def _tell_application(self, application: Application, sha256: str, now: datetime) -> None:
        definition = self.dossiers.definition_of(application.definition)
        papers = ", ".join(dict.fromkeys(_names(application, definition, sha256)))
        body = (
            f"Tệp của “{papers}” trong hồ sơ đang điền “{definition.name}” bị chặn: phần mềm quét vi-rút tìm thấy mã độc"
            " trong tệp. Việc này không phải lỗi của ông/bà; những phần khác đã điền vẫn còn nguyên.\n\n"
            "Ông/bà mở hồ sơ, xóa tệp ấy, chụp hoặc quét lại giấy tờ thành tệp mới rồi tải lên, sau đó nộp hồ sơ."
        )
        self.inbox.send(
            Parcel(
                id=f"malware:{application.id}:{sha256}",
                dossier="",
                template=TEMPLATE,
                to=application.owner,
                message=Message("Hồ sơ đang điền có tệp bị chặn vì có mã độc", body),
                link=self.place(application),
            ),
            now,
        )
        log.warning("the application %s was told of malware in its file %s", application.id, sha256)

    def _since(self, now: datetime) -> datetime:
        return now - timedelta(days=self.policy.rescan_closed_days)

    def _open_of(self, key: str) -> Sequence[Application]:
        return self.applications.open_of(key, MOST_OPEN)

    def _of(self, application: Application) -> frozenset[str]:
        """Every file an application refers to."""
        definition = self.dossiers.definition_of(application.definition)
        answered = held_files(definition.fields, application.answers)
        papers = (file.sha256 for files in application.files.values() for file in files)
        return frozenset([*papers, *(str(file.get("sha256")) for _, file in answered)])


def _names(application: Application, definition: Definition, sha256: str) -> list[str]:
    """What people call the places of a file, papers first."""
    papers = {paper.id: paper.name for paper in definition.attachments}
    found = [
        papers.get(paper_id, paper_id)
        for paper_id, files in application.files.items()
        if any(file.sha256 == sha256 for file in files)
    ]
    fields = dict(file_fields(definition.fields, application.answers))
    held = held_files(definition.fields, application.answers)
    return [*found, *(fields[path].label for path, file in held if file.get("sha256") == sha256)]
