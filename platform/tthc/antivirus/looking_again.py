"""Files that were found clean are looked into again: what nobody knew on the day may have a name by now (Đ9.1e)."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tthc.antivirus.concerned import Concerned
from tthc.antivirus.scanner import Scanner, ScannerError
from tthc.dossiers.context import Policy
from tthc.dossiers.files import FileDamagedError, FileMissingError, Files

AT_ONCE: Final = 20
"""Files of one sweep; with one a minute some 28,000 a day."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LookingAgain:
    """`scanner` none, or no `rescan_days` in the policy: nothing is looked into again."""

    files: Files
    scanner: Scanner | None
    concerned: Concerned
    policy: Policy

    def sweep(self, now: datetime) -> int:
        """Look into the files whose last look is the longest ago; how many. Those that nothing needs are passed over. Whoever
        has a blocked file is told by the sweep that tells (`Quarantine`).
        """
        days = self.policy.rescan_days
        if self.scanner is None or days is None:
            return 0
        stale = self.files.stale(now - timedelta(days=days), AT_ONCE)
        alive = self.concerned.needed(stale, now)
        self.files.pass_over([sha256 for sha256, _ in stale if sha256 not in alive], now)
        looked = 0
        for sha256, _ in stale:
            if sha256 not in alive:
                continue
            try:
                verdict = self.scanner.scan(self.files.read(sha256))
            except ScannerError as error:
                log.warning("file %s was not looked into again: %s", sha256, error)
                break
            except (FileDamagedError, FileMissingError):
                self.files.pass_over([sha256], now)  # told where it is read
                continue
            if verdict.malware:
                log.warning("malware %s in the stored file %s, which is blocked now", verdict.malware, sha256)
            self.files.judge(sha256, verdict.malware, now)
            looked += 1
        return looked
