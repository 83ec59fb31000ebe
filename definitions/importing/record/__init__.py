"""The national catalogue's record of one procedure."""
