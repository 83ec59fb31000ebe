"""Waiting for pyHanko's coroutines from ordinary code, whoever runs a loop of events in the calling thread already."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def waited(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Its result or its exception. A thread of its own, since `asyncio.run` refuses one with a loop."""
    with ThreadPoolExecutor(max_workers=1) as one:
        return one.submit(asyncio.run, coroutine).result()
