"""Passwords at the lowest cost that argon2 knows: the tests make hundreds, and none of them guards anything."""

from tthc.accounts.passwords import Hasher

CHEAP = {"time_cost": 1, "memory_kib": 64, "parallelism": 1}


def cheap_hasher() -> Hasher:
    return Hasher(**CHEAP)
