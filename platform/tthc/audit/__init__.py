"""What administrators do to the system, written down: who, when, what, before and after, why."""
