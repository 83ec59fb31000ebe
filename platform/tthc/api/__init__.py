"""The door for other systems: a step that waits for one is answered here, and nothing else is done."""
