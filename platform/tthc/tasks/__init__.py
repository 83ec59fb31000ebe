"""Background jobs. What must happen is written in the dossiers' outbox and timers; a Celery message only hints
that it is time to look, so a lost, doubled or late message changes nothing.
"""
