"""Telling the workers, from whoever changed a dossier, that there is something to deliver."""

import logging
from collections import deque
from collections.abc import Callable
from threading import Lock, Thread

from tthc.tasks import queues
from tthc.tasks.app import celery

_log = logging.getLogger(__name__)
EXPIRES_SECONDS = 60
MOST_WAITING = 100


def hint_delivery(dossier_id: str, entry_id: str) -> bool:
    """Send the hint; False when the broker is away, which delays the notice until the next sweep, no more."""
    try:
        celery.send_task(queues.DELIVER, args=(dossier_id, entry_id), expires=EXPIRES_SECONDS, retry=False)
    except Exception as error:  # noqa: BLE001 - each broker's library has errors of its own; the sweep does the work
        _log.warning("Không gửi được lời nhắc tới hàng đợi: %s", error)
        return False
    return True


class Hinter:
    """Hands hints to a thread of its own, so that no command waits for the broker, however long that takes.

    The thread ends when nothing is left to send. At most `most` hints wait for it; the sweep delivers the rest.
    """

    def __init__(self, send: Callable[[str, str], object] = hint_delivery, most: int = MOST_WAITING) -> None:
        self._send = send
        self._most = most
        self._lock = Lock()
        self._waiting: deque[tuple[str, str]] = deque()
        self._thread: Thread | None = None

    def __call__(self, dossier_id: str, entry_id: str) -> None:
        """Hint at once or never: returns without touching the network."""
        with self._lock:
            if len(self._waiting) >= self._most:
                return
            self._waiting.append((dossier_id, entry_id))
            if self._thread is None or not self._thread.is_alive():
                thread = Thread(target=self._run, name="hints", daemon=True)
                thread.start()
                self._thread = thread

    def wait(self) -> None:
        """Until what waits now has been sent or given up."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return
                dossier_id, entry_id = self._waiting.popleft()
            self._send(dossier_id, entry_id)


hint = Hinter()
