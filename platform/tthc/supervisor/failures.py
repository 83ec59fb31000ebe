"""Why the system does not start: one sentence and one exit code for each reason."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of `tthc run`, listed in `docs/operations.md`; 2 is argparse's own, for wrong arguments."""

    OK = 0
    FAILED = 1
    SETTINGS = 3
    ALREADY_RUNNING = 4
    STORAGE = 5
    PORT = 6
    DATABASE = 7


class StartError(RuntimeError):
    """The system cannot start. `message` is one Vietnamese sentence; `code` the exit code."""

    def __init__(self, code: Exit, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
