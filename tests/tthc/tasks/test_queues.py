from tthc.tasks import jobs, queues
from tthc.tasks.app import make_celery


def test_every_task_has_a_queue_and_every_queue_a_task():
    assert set(queues.ROUTES.values()) == set(queues.QUEUES)
    celery = make_celery("memory://")
    celery.loader.import_default_modules()
    ours = {name for name in jobs.celery.tasks if name.startswith("tthc.")}
    assert ours == set(queues.ROUTES)


def test_every_scheduled_task_exists_and_does_not_pile_up():
    schedule = make_celery("memory://").conf.beat_schedule
    assert {entry["task"] for entry in schedule.values()} <= set(queues.ROUTES)
    assert all(entry["options"]["expires"] <= entry["schedule"] for entry in schedule.values())


def test_sweeps_run_every_five_to_ten_seconds():
    slow = {
        queues.FOLLOW_CALENDAR,
        queues.FOLLOW_AGENCIES,
        queues.PULSE,
        queues.SWEEP_REVIEWS,
        queues.SWEEP_STUCK,
        queues.SWEEP_UPLOADS,
        queues.SWEEP_FEEDBACK,
        queues.RESCAN_FILES,
    }
    quick = [sweep for sweep in queues.BEAT if sweep.task not in slow]
    assert len(quick) == 7
    assert all(5 <= sweep.seconds <= 10 for sweep in quick)
