"""Files that nobody could look into when they came are held, and looked into as soon as the scanner answers."""

import logging
from datetime import datetime

from tthc.antivirus.concerned import Concerned
from tthc.antivirus.scanner import Scanner, ScannerError
from tthc.dossiers.files import FileDamagedError, FileMissingError, Files

AT_ONCE = 50

log = logging.getLogger(__name__)


class Quarantine:
    """`scanner` none: nothing is held, nothing is looked into. `concerned`: who is told of a file that is blocked, none:
    nobody.
    """

    def __init__(self, files: Files, scanner: Scanner | None, concerned: Concerned | None = None) -> None:
        self._files = files
        self._concerned = concerned
        self.scanner = scanner

    def sweep(self, now: datetime) -> int:
        """Look into what waits; how many files were judged. A scanner that is away is asked again next time. Whoever has a
        file that was found bad, here or on a later look, is told.
        """
        if self.scanner is None:
            return 0
        judged = 0
        for sha256 in self._files.waiting(AT_ONCE):
            try:
                verdict = self.scanner.scan(self._files.read(sha256, held=True))
            except ScannerError:
                break
            except (FileDamagedError, FileMissingError):
                continue  # told where it is read
            if verdict.malware:
                log.warning("malware %s in the held file %s, which stays blocked", verdict.malware, sha256)
            self._files.judge(sha256, verdict.malware, now)
            judged += 1
        if self._concerned is not None:
            self._concerned.tell(now)
        return judged
