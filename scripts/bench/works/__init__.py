"""The pieces of work that are compared with peers, one a module; each has `work()`."""

from collections.abc import Iterator

from scripts.bench.duel import Work


def all_works() -> Iterator[Work]:
    """Made one after another, so that one's data do not lie in memory while another is timed."""
    from scripts.bench.works import (
        check,
        command,
        compiling,
        conditions,
        expression,
        linting,
        moving,
        page,
        table,
        workday,
    )

    for module in (conditions, expression, table, check, page, workday):
        yield module.work()
    yield command.work()
    yield command.work_as_stored()
    yield command.work_in_memory()
    yield moving.work()
    yield moving.work_in_memory()
    yield linting.work()
    yield compiling.work()
