"""Telling the workers, from a web request, that there is something to deliver."""

import logging

from kombu.exceptions import OperationalError

from tthc.tasks import queues
from tthc.tasks.app import celery

_log = logging.getLogger(__name__)
EXPIRES_SECONDS = 60


def hint_delivery(dossier_id: str, entry_id: str) -> bool:
    """Send the hint; False when the broker is away, which delays the notice until the next sweep, no more."""
    try:
        celery.send_task(queues.DELIVER, args=(dossier_id, entry_id), expires=EXPIRES_SECONDS, retry=False)
    except OperationalError as error:
        _log.warning("Không gửi được lời nhắc tới hàng đợi: %s", error)
        return False
    return True
