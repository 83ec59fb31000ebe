"""Run a command that does not outlive its parent: `leash.py PARENT SIGNAL COMMAND…`.

The kernel sends SIGNAL to the command when the parent dies, however it dies, so that a supervisor ended by
`kill -9` leaves nobody behind. It is a program of its own because code run between fork and exec in a process
with threads may hang. Only the standard library: it is started with `-I -S`. Where the kernel knows no such
signal (it is Linux's), the command simply runs.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    parent, number, *command = arguments
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != int(parent):  # the parent died before the kernel was told
            sys.exit(1)
    for changed in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(changed, signal.SIG_DFL)
    os.execvp(command[0], command)  # noqa: S606 - the whole purpose; the command comes from the supervisor


if __name__ == "__main__":
    main(sys.argv[1:])
