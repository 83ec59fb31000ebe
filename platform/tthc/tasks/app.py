"""The Celery application: `celery --app tthc.tasks.app:celery worker`."""

import os

from celery import Celery

from tthc.clock import TZ
from tthc.database.embedded import DATABASE
from tthc.tasks.queues import BEAT, DELIVERIES, QUEUES, ROUTES


def broker() -> str:
    """CELERY_BROKER_URL, else the database itself. Without either only the local memory of one process is left."""
    return os.environ.get("CELERY_BROKER_URL") or os.environ.get("MONGODB_URI") or "memory://"


def make_celery(url: str) -> Celery:
    """The application with its queues; events, remote control and results are off: nobody reads them."""
    made = Celery("tthc", broker=url, include=["tthc.tasks.jobs"])
    made.conf.update(
        task_queues={name: {"exchange": name, "routing_key": name} for name in QUEUES},
        task_default_queue=DELIVERIES,
        task_routes={task: {"queue": queue} for task, queue in ROUTES.items()},
        task_ignore_result=True,
        task_acks_late=False,
        task_serializer="json",
        accept_content=["json"],
        task_soft_time_limit=None,
        # publishing must never hold up a page: one short try, the sweep finds what was not hinted
        task_publish_retry=False,
        broker_connection_timeout=3,
        broker_connection_retry=True,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options=_transport_options(url),
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        worker_hijack_root_logger=False,
        timezone=TZ.key,
        enable_utc=True,
        beat_max_loop_interval=5,
        beat_schedule={
            sweep.task: {"task": sweep.task, "schedule": sweep.seconds, "options": {"expires": sweep.seconds}}
            for sweep in BEAT
        },
    )
    return made


def _transport_options(url: str) -> dict[str, object]:
    # publishing gives up at once when nobody answers; the worker's own reconnection is governed elsewhere
    patience = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.1}
    if not url.startswith("mongodb"):
        return dict(patience)
    return {
        **patience,
        "polling_interval": 0.5,
        "default_database": DATABASE,
        "messages_collection": "jobs.messages",
        "routing_collection": "jobs.routing",
        "broadcast_collection": "jobs.broadcast",
        "queues_collection": "jobs.queues",
        # the size would be counted for every message
        "calc_queue_size": False,
    }


celery = make_celery(broker())
