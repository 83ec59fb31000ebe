"""The tasks. Each only looks into the database for what is due; running one twice does nothing twice."""

import logging

from tthc.health_trail import PULSE
from tthc.tasks import queues
from tthc.tasks.app import celery
from tthc.tasks.work import work

_log = logging.getLogger(__name__)


@celery.task(name=queues.DELIVER)
def deliver(dossier_id: str, entry_id: str) -> int:
    """Hint: an outbox entry was just written. All that is due is done, not this one alone."""
    _log.debug("Được nhắc: hồ sơ %s, mục %s", dossier_id, entry_id)
    return work().outbox_worker.run_once()


@celery.task(name=queues.SWEEP_OUTBOX)
def sweep_outbox() -> int:
    """Re-offer what was hinted in vain, failed, or leased by a worker that died."""
    return work().outbox_worker.run_once()


@celery.task(name=queues.SWEEP_TIMERS)
def sweep_timers() -> int:
    """Fire deadlines, reminders and tacit consents that are due."""
    services = work()
    return services.timers.sweep(services.clock.now())


@celery.task(name=queues.SWEEP_RULES)
def sweep_rules() -> int:
    """Ask the event rules of what was written to, or has waited long enough; carry out what they propose."""
    services = work()
    return services.watching.sweep(services.clock.now())


@celery.task(name=queues.SWEEP_MOVES)
def sweep_moves() -> int:
    """Go on with dossiers ordered to another version, where the request or worker that began did not come to an end."""
    return work().moves.sweep()


@celery.task(name=queues.FOLLOW_CALENDAR)
def follow_calendar() -> int:
    """Count due dates again where the working calendar changed since they were promised."""
    return work().following.sweep()


@celery.task(name=queues.SWEEP_REVIEWS)
def sweep_reviews() -> int:
    """Remind both sides of reviews whose time is running out."""
    services = work()
    return services.reminders.sweep(services.clock.now())


@celery.task(name=queues.FOLLOW_AGENCIES)
def follow_agencies() -> int:
    """Hand over the dossiers of agencies whose work went to a certain successor."""
    return work().succeeding.sweep()


@celery.task(name=queues.SWEEP_STUCK)
def sweep_stuck() -> int:
    """Look for dossiers with nobody to act, and tell both sides of those that stay so."""
    services = work()
    return services.sticking.sweep(services.clock.now())


@celery.task(name=queues.SWEEP_LIVES)
def sweep_lives() -> int:
    """Tell the lives of dossiers that were written to, from which reports count."""
    return work().lives.sweep()


@celery.task(name=queues.SWEEP_PAYMENTS)
def sweep_payments() -> int:
    """Ask banks of payments that nobody told the end of; write down money that its dossier does not know of."""
    services = work()
    return services.payment_sweep.sweep(services.clock.now())


@celery.task(name=queues.SCAN_FILES)
def scan_files() -> int:
    """Look for malware in files that came while the scanner was away; tell whoever has a file that was found bad."""
    services = work()
    return services.quarantine.sweep(services.clock.now())


@celery.task(name=queues.RESCAN_FILES)
def rescan_files() -> int:
    """Look again for malware in files whose last look is long ago."""
    services = work()
    return services.looking_again.sweep(services.clock.now())


@celery.task(name=queues.SWEEP_UPLOADS)
def sweep_uploads() -> int:
    """Throw away the parts of uploads that nobody finished."""
    services = work()
    return services.leftovers.sweep(services.clock.now())


@celery.task(name=queues.SWEEP_FEEDBACK)
def sweep_feedback() -> int:
    """Put feedback that waits for its answer before the leaders of its agencies."""
    services = work()
    return services.feedback_reminders.sweep(services.clock.now())


@celery.task(name=queues.PULSE)
def pulse() -> None:
    """Show that beat, broker and worker are all at work."""
    services = work()
    services.trail.note(PULSE, services.clock.now(), ok=True)
