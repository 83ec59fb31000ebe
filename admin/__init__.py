"""The administration under /quan-tri: writing, registering, reviewing and publishing definitions; agencies, accounts."""
