"""Files that nobody could look into when they came are held, and looked into as soon as the scanner answers."""

from datetime import datetime

from tthc.antivirus.scanner import Scanner, ScannerError
from tthc.dossiers.files import FileDamagedError, FileMissingError, Files

AT_ONCE = 50


class Quarantine:
    """`scanner` none: nothing is held, nothing is looked into."""

    def __init__(self, files: Files, scanner: Scanner | None) -> None:
        self._files = files
        self.scanner = scanner

    def sweep(self, now: datetime) -> int:
        """Look into what waits; how many files were judged. A scanner that is away is asked again next time."""
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
            self._files.judge(sha256, verdict.malware, now)
            judged += 1
        return judged
