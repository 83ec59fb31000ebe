"""Signing is asked for by whoever: also from a thread whose loop of events is running."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from tthc.signing.waiting import waited


async def _doubled(number: int) -> int:
    await asyncio.sleep(0)
    if number < 0:
        raise ValueError(number)
    return number * 2


def test_a_coroutine_is_waited_for_with_and_without_a_running_loop():
    async def within() -> int:
        return waited(_doubled(4))

    assert waited(_doubled(3)) == 6
    with ThreadPoolExecutor(1) as apart:  # this thread may have a loop of its own already: a browser's
        assert apart.submit(asyncio.run, within()).result() == 8
    with pytest.raises(ValueError, match="-1"):
        waited(_doubled(-1))
