"""A month whose site and workers are processes of their own, killed with SIGKILL at their writes and started again.

The site's process carries out commands as its pages do; the workers' processes run the sweeps; the player sends what it
would have done itself. A command that was not answered is sent again under the same id, as a browser's or a program's
repetition is. All of them read one clock, a file; of the three only the player is never killed.
"""

import multiprocessing
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Final, cast

from pymongo import monitoring

from definitions.model import Definition
from tthc import clock
from tthc.database import embedded
from tthc.dossiers import commands as cmd
from tthc.dossiers.context import Actor
from tthc.dossiers.outbox import LEASE
from tthc.dossiers.refusals import Refused
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.service import DossierService
from tthc.dossiers.state import Dossier
from tthc.services import Services, build
from tthc.settings import Settings
from tthc.simulation.acting import Played
from tthc.simulation.deck import Deck
from tthc.simulation.machinery import Sweeps
from tthc.simulation.month import Player
from tthc.simulation.place import CHEAP, Place, nobody
from tthc.simulation.points import Announcer, Plan, Point

SITE, WORKER = "trang", "bộ xử lý nền"
WORKERS: Final = 2

_CONTEXT: Final = multiprocessing.get_context("forkserver")
_READY, _AT, _GO, _DONE, _REFUSED, _FAULT = "ready", "at", "go", "done", "refused", "fault"


class UnansweredError(Exception):
    """The process was killed before it answered: nobody knows what it has done."""


class FaultError(RuntimeError):
    """A process met an error of its own, which no kill explains; the message is its traceback."""


@dataclass(frozen=True, slots=True)
class Where:
    """What a process needs to know to build its services."""

    uri: str
    var: str
    clock: str

    def services(self) -> Services:
        settings = Settings.load(
            {"MONGODB_URI": self.uri, "TTHC_VAR": self.var, "TTHC_CLOCK_FILE": self.clock}
        )
        return build(settings, hasher=CHEAP, tell=nobody)


# in the process


def serve(pipe: Connection, where: Where) -> None:
    """Do what is asked, one thing after the other, until nobody is left to ask."""

    def announce(what: str, *, after: bool) -> None:
        pipe.send((_AT, what, after))
        pipe.recv()

    listener = Announcer(announce)
    monitoring.register(listener)
    services = where.services()
    pipe.send((_READY,))
    while True:
        try:
            asked: Callable[[Services], object] = pipe.recv()
        except EOFError:
            return
        listener.on = True
        try:
            answer: tuple[object, ...] = (_DONE, asked(services))
        except Refused as refused:
            answer = (_REFUSED, refused.code, refused.message, refused.rule)
        except Exception:  # noqa: BLE001 — told to the player, who stops
            answer = (_FAULT, traceback.format_exc())
        listener.on = False
        pipe.send(answer)


def _start(content: str, command: Any, actor: Actor, command_id: str, services: Services) -> tuple[str, int]:
    made = services.dossiers.start(services.definitions.by_hash(content), command, actor, command_id)
    return made.id, made.version


def _execute(
    dossier_id: str, command: cmd.Command, actor: Actor, command_id: str, services: Services
) -> tuple[str, int]:
    after = services.dossiers.execute(dossier_id, command, actor, command_id)
    return after.id, after.version


def _sweep(services: Services) -> bool:
    return Sweeps(services).sweep(services.clock.now())


def _tick(written: bool, services: Services) -> bool:
    changed = Sweeps(services).tick(services.clock.now(), written=written)
    if written or changed:
        services.lives.sweep()
    return changed


# who watches it


class Watched:
    """A process that is started again whenever it was killed. `lives`: how many it has had."""

    def __init__(self, who: str, where: Where, plan: Plan) -> None:
        self._who, self._where, self._plan = who, where, plan
        self.lives = 0
        self._begin()

    def _begin(self) -> None:
        self.pipe, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=serve, args=(theirs, self._where), daemon=True)
        self._process.start()
        theirs.close()
        told = self.pipe.recv()
        if told != (_READY,):
            raise FaultError(f"{self._who}: {told}")
        self.lives += 1

    def ask(self, what: Callable[[Services], object]) -> None:
        self.pipe.send(what)

    def hear(self) -> tuple[object, ...] | None:
        """What it said last: its answer, or `None` after it was given leave to go on.

        Raises:
            UnansweredError: it was killed instead, and another is ready in its place.
            FaultError: it failed by itself.
        """
        try:
            told = self.pipe.recv()
        except EOFError:
            raise FaultError(f"{self._who}: tiến trình tự dừng.") from None
        if told[0] == _FAULT:
            raise FaultError(f"{self._who}: {told[1]}")
        if told[0] != _AT:
            return cast("tuple[object, ...]", told)
        if self._plan.falls(Point(self._who, told[1], after=told[2])):
            self.end()
            self._begin()
            raise UnansweredError(self._who)
        self.pipe.send(_GO)
        return None

    def end(self) -> None:
        """By SIGKILL, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self.pipe.close()


class Site:
    """Stands in for the service of dossiers: the same calls, carried out in the site's process."""

    def __init__(self, process: Watched, dossiers: Dossiers) -> None:
        self._process, self._dossiers = process, dossiers

    def start(self, definition: Definition, command: cmd.Command, actor: Actor, command_id: str) -> Dossier:
        return self._answer(partial(_start, definition.hash, command, actor, command_id))

    def execute(self, dossier_id: str, command: cmd.Command, actor: Actor, command_id: str) -> Dossier:
        return self._answer(partial(_execute, dossier_id, command, actor, command_id))

    def _answer(self, what: Callable[[Services], object]) -> Dossier:
        self._process.ask(what)
        while (told := self._process.hear()) is None:
            continue
        if told[0] == _REFUSED:
            code, message, rule = cast("tuple[str, str, str]", told[1:])
            raise Refused(code, message, rule)
        dossier_id, version = cast("tuple[str, int]", told[1])
        found = self._dossiers.get(dossier_id)
        if found is None or found.version < version:
            raise FaultError(f"{dossier_id}: đã trả lời phiên bản {version} mà chưa ghi.")
        return found


class InProcesses:
    """The workers' sweeps, all workers at once; one that was killed begins anew."""

    def __init__(self, place: Place, file: Path, workers: Sequence[Watched]) -> None:
        self._place, self._file, self._workers = place, file, workers

    def move(self, now: datetime) -> None:
        self._place.clock.set(now)
        clock.move(self._file, now)

    def sweep(self, now: datetime) -> bool:
        return self._all(_sweep)

    def tick(self, now: datetime, *, written: bool) -> bool:
        return self._all(partial(_tick, written))

    def _all(self, what: Callable[[Services], object]) -> bool:
        busy = {worker.pipe: worker for worker in self._workers}
        for worker in self._workers:
            worker.ask(what)
        changed = False
        while busy:
            for pipe in wait([*busy]):
                worker = busy.pop(cast("Connection", pipe))
                try:
                    told = worker.hear()
                except UnansweredError:
                    worker.ask(what)
                    told, changed = None, True  # what it had done before, nobody has counted
                if told is None:
                    busy[worker.pipe] = worker
                else:
                    changed = changed or bool(told[1])
        return changed


@dataclass(frozen=True, slots=True)
class Killed:
    """A month that was played under kills. `points`: how often each point was died at; `lives`: of each process."""

    played: Played
    points: dict[Point, int]
    lives: tuple[int, ...]


def play(place: Place, deck: Deck, dossiers: int, plan: Plan) -> Killed:
    """Play the deck's month; afterwards the clock goes on until the last lease of a killed worker is over, without kills."""
    folder, host = place.services.settings.var, place.services.database.client.address
    assert host is not None
    file = folder / "clock"
    clock.move(file, place.clock.now())
    where = Where(embedded.uri(host[1], place.services.database.name), str(folder), str(file))
    with _watched(where, plan) as (site, workers):
        through = cast("DossierService", Site(site, place.services.repository))
        remote = replace(place, services=replace(place.services, dossiers=through))
        machinery = InProcesses(place, file, workers)
        player = Player(remote, deck.month, machinery, carry=_until_answered)
        played = player.play(deck, dossiers)
        plan.stop()
        machinery.move(place.clock.now() + LEASE * 2)
        while machinery.sweep(place.clock.now()) or machinery.tick(place.clock.now(), written=True):
            continue
        return Killed(played, dict(sorted(plan.killed.items())), (site.lives, *(w.lives for w in workers)))


def _until_answered(ask: Callable[[], Dossier]) -> Dossier:
    """The same command, with the same id, until it is answered; there are only so many kills."""
    while True:
        try:
            return ask()
        except UnansweredError:
            continue


@contextmanager
def _watched(where: Where, plan: Plan) -> Iterator[tuple[Watched, list[Watched]]]:
    # the whole product is loaded once, and each process begins as a copy of that
    _CONTEXT.set_forkserver_preload(["__main__", __name__])
    with ExitStack() as ending:
        started = []
        for who in (SITE, *([WORKER] * WORKERS)):
            each = Watched(who, where, plan)
            ending.callback(each.end)
            started.append(each)
        yield started[0], started[1:]
