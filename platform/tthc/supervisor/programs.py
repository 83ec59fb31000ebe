"""The four programs of a running system, and the environment they share."""

import signal
import sys
from collections.abc import Mapping

from gunicorn import config as gunicorn_config

from tthc.database import embedded
from tthc.settings import Settings
from tthc.supervisor.children import Program
from tthc.tasks.queues import QUEUES

WEB_WORKERS = 2
PRELOADED = "python:tthc.preloaded"
WEB_THREADS = 8
JOB_THREADS = 4
APPLICATION = "tthc.wsgi:application"
JOBS = "tthc.tasks.app:celery"


def database(settings: Settings, port: int) -> Program:
    return Program(
        "database", "máy chủ dữ liệu", tuple(embedded.command(settings.var / "db", port)), grace=20
    )


def prepare() -> Program:
    return Program("prepare", "bước chuẩn bị dữ liệu", (sys.executable, "-m", "tthc.cli", "prepare"))


def web(settings: Settings, application: str = APPLICATION) -> Program:
    """gunicorn, all by flags; it ends its own workers, hence the milder orphan signal."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    flags = {
        "--bind": f"{host}:{settings.port}",
        "--worker-class": "gthread",
        "--workers": WEB_WORKERS,
        "--threads": WEB_THREADS,
        "--timeout": 60,
        "--graceful-timeout": 10,
        "--keep-alive": 5,
        "--log-level": "warning",
        "--name": "tthc-web",
    }
    command = [sys.executable, "-m", "gunicorn", application]
    for flag, value in flags.items():
        command += [flag, str(value)]
    if application == APPLICATION:
        command += ["--config", PRELOADED]
    if hasattr(gunicorn_config, "ControlSocketDisable"):  # since gunicorn 25
        command.append("--no-control-socket")
    return Program("web", "máy chủ web", tuple(command), orphan_signal=signal.SIGTERM, grace=15)


def worker() -> Program:
    """The Celery worker: threads, and none of the worker-to-worker chatter that a MongoDB broker pays for."""
    command = (
        *_celery("worker"),
        "--pool=threads",
        f"--concurrency={JOB_THREADS}",
        f"--queues={','.join(QUEUES)}",
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
    )
    return Program("worker", "bộ xử lý công việc nền", command)


def beat(settings: Settings) -> Program:
    schedule = settings.var / "beat"
    schedule.mkdir(exist_ok=True)
    command = (*_celery("beat"), f"--schedule={schedule / 'schedule'}", "--pidfile=")
    return Program("beat", "bộ hẹn giờ", command)


def _celery(kind: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "celery", "--app", JOBS, "--quiet", kind, "--loglevel=WARNING")


def environment(settings: Settings, base: Mapping[str, str], mongodb_uri: str) -> dict[str, str]:
    """What the children see: the operator's environment with everything decided filled in."""
    return {
        **base,
        "MONGODB_URI": mongodb_uri,
        "CELERY_BROKER_URL": settings.broker_url or mongodb_uri,
        "TTHC_VAR": str(settings.var),
        "PYTHONUNBUFFERED": "1",
        # one thread per process is enough for numerical libraries that a page never needs
        "OMP_NUM_THREADS": "1",
    }
