"""Part of `make bench`: the lists of the desk over many dossiers, page after page. Figures only; nothing is judged.

`python -m scripts.bench_lists [dossiers]`: 100 000 unless told. They are laid into an embedded server of its own, or
into a database of its own at BENCH_MONGODB_URI, which then also says which index each list goes by (`explain`). Beside
the time by the clock stands processor time, of this process and of an embedded server together, which others at work on
the same machine disturb least.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from pymongo import MongoClient
from pymongo.database import Database

from tthc.database import embedded, throwaway
from tthc.dossiers.conditions import together
from tthc.dossiers.context import RECEPTION, Actor
from tthc.dossiers.listing import Listing, Order, Wanted, sorting
from tthc.dossiers.repository import FAR, Dossiers
from tthc.dossiers.state import CLOSED, INTAKE, UNDER_WAY, Status
from tthc.measures.form_06a import count_06a
from tthc.measures.life import Life, Mark, Stand
from tthc.onestop import inboxes
from tthc.reports.kept import SHAPE, written
from tthc.reports.lives import LIVES, Lives

NOW: Final = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
AGENCIES: Final = 5
OPEN_SHARE: Final = 0.05
ROUNDS: Final = 15
ENOUGH: Final = 20.0
"""Seconds after which no further round is begun; three at the least."""
BATCH: Final = 1_000
STEPS: Final = {
    "tiep_nhan": "Kiểm tra, tiếp nhận hồ sơ",
    "lanh_dao_phong": "Phân công",
    "tham_dinh": "Thẩm tra",
    "phe_duyet": "Phê duyệt",
    "van_thu": "Phát hành",
}
ENTRY: Final = {
    "actor": {"id": "nguoi1", "name": "Người 1", "kind": "staff"},
    "data": {"words": "Nội dung của một bước. " * 30},
}
HISTORY: Final = [
    {**ENTRY, "seq": seq, "type": "moved", "at": NOW, "hash": "0" * 64, "command_id": "0" * 32}
    for seq in range(14)
]
OUTBOX: Final = [
    {"id": f"e:{at}", "state": "done", "at": NOW, "data": {"words": "Lời của một thông báo. " * 20}}
    for at in range(8)
]
FAMILIES: Final = ("nguyen", "lo", "cam", "quang", "hoang", "tong", "vi", "mua", "ha", "dinh")


def say(what: str, figure: str) -> None:
    sys.stdout.write(f"{what:<64} {figure:>28}\n")
    sys.stdout.flush()


@contextmanager
def database() -> Iterator[Database[dict[str, Any]]]:
    """One of its own, thrown away afterwards."""
    given = os.environ.get("BENCH_MONGODB_URI")
    if given:
        client: MongoClient[dict[str, Any]] = MongoClient(given, tz_aware=True)
        name = f"bench_lists_{os.getpid()}"
        try:
            yield client[name]
        finally:
            client.drop_database(name)
            client.close()
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        throwaway.server(Path(folder)) as port,
        MongoClient[dict[str, Any]](embedded.uri(port), tz_aware=True) as own,
    ):
        yield own["bench"]


def row(number: int, chance: random.Random) -> dict[str, Any]:
    """A dossier as lists read it, with a history and an outbox that no list reads but that make it as large as a real
    one (20 kB; those of a simulated month have 7 to 57).
    """
    agency = f"xa-{number % AGENCIES}"
    going = chance.random() < OPEN_SHARE
    handed = NOW - timedelta(minutes=chance.randrange(1, 300 if going else 500_000))
    status = chance.choice([*INTAKE, *UNDER_WAY] if going else [*CLOSED])
    function = chance.choice([*STEPS])
    due = NOW + timedelta(minutes=chance.randrange(-2_000, 8_000)) if going else FAR
    assignee = chance.choice((None, f"nguoi{chance.randrange(20)}"))
    task = {
        "id": "t1",
        "step": function,
        "name": STEPS[function],
        "function": function,
        "agency": agency,
        "entered_at": handed,
        "due": due,
        "assignee": assignee,
        "assignee_name": assignee or "",
    }
    name = f"{chance.choice(FAMILIES)} van {number:x}"
    keys = [f"{function}@{agency}", *([f"~{assignee}"] if assignee else [])]
    return {
        "_id": f"{number:032x}",
        "version": 3,
        "code": f"000.{number % AGENCIES:02}.14.H52-261123-{number:06}",
        "reference": f"HS-{number:08}",
        "procedure": f"thu-{number % 12}",
        "procedure_name": "Một thủ tục để đo",
        "definition": "0" * 64,
        "agency": agency,
        "channel": chance.choice(("online", "counter", "post")),
        "applicant": {"kind": "person", "name": name},
        "owner": None,
        "status": status.value,
        "national": 4,
        "submitted_at": handed,
        "updated_at": handed,
        "accepted_at": handed,
        "intake_due": None,
        "ended_at": None if going else handed,
        "solved_at": None,
        "deadline": None,
        "open_tasks": [task] if going else [],
        "task_keys": keys if going else [],
        "next_due": due,
        "proposals": [],
        "history": HISTORY,
        "outbox": OUTBOX,
        "search": [*name.split(), f"{14_000_000_000 + number:012}", f"09{number:08}", f"hs-{number:08}"],
    }


def life(dossier: Mapping[str, Any]) -> Life:
    """What reports and the register keep of it."""
    handed, due = dossier["submitted_at"], dossier["submitted_at"] + timedelta(days=7)
    ended = dossier["ended_at"]
    solved = None if ended is None else handed + timedelta(days=int(dossier["_id"][-1], 16) % 9)
    marks = [Mark(handed, Stand.SOLVING, due, None)]
    if solved is not None:
        marks.append(Mark(solved, Stand.HANDED_OVER, due, solved))
    return Life(
        id=dossier["_id"],
        reference=dossier["reference"],
        procedure=dossier["procedure"],
        channel=dossier["channel"],
        agency=dossier["agency"],
        submitted_at=handed,
        code=dossier["code"],
        accepted_at=handed,
        original_due=due,
        marks=tuple(marks),
    )


def processor(server: Path | None) -> float:
    """Seconds of processor time so far, of this process and of an embedded server (its folder under /proc)."""
    spent = time.process_time()
    if server is not None:
        told = (server / "stat").read_text().rpartition(")")[2].split()
        spent += (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    return spent


def server_of(here: Database[dict[str, Any]]) -> Path | None:
    """Where Linux tells of the embedded server behind this database; `None` of another's."""
    port = here.client.address[1] if here.client.address else 0
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = line.read_bytes().decode().split("\0")
        except OSError:
            continue  # it has ended meanwhile
        if any(embedded.PROGRAM in word for word in words) and str(port) in words:
            return line.parent
    return None


def timed(act: Callable[[], object], server: Path | None = None) -> str:
    act()
    spent, before, began_all = [], processor(server), time.perf_counter()
    for number in range(ROUNDS):
        if number >= 3 and time.perf_counter() - began_all > ENOUGH:
            break
        began = time.perf_counter()
        act()
        spent.append((time.perf_counter() - began) * 1000)
    cost = (processor(server) - before) / len(spent) * 1000
    return f"p50 {statistics.median(spent):.0f} ms, chậm nhất {max(spent):.0f} ms, xử lý {cost:.0f} ms"


def lists() -> Mapping[str, tuple[Order, tuple[Wanted, ...]]]:
    """The lists that officials open most, and the costliest."""
    agency = "xa-1"
    me = Actor("nguoi1", "Người 1", "staff", agency, frozenset({"tham_dinh", "phe_duyet"}))
    everything = inboxes.wanted(inboxes.ALL, me, agency, NOW)
    return {
        "Chờ tôi xử lý": (Order.DUE, (inboxes.wanted(inboxes.MINE, me, agency, NOW),)),
        "Chưa ai nhận": (Order.DUE, (inboxes.wanted(inboxes.UNCLAIMED, me, agency, NOW),)),
        "Hồ sơ trực tuyến": (Order.DUE, (inboxes.wanted(inboxes.ONLINE, me, agency, NOW),)),
        "Quá hạn": (Order.DUE, (inboxes.wanted(inboxes.OVERDUE, me, agency, NOW),)),
        "Tất cả hồ sơ, gần hạn trước": (Order.DUE, (everything,)),
        "Tất cả hồ sơ, mới nộp trước": (Order.NEWEST, (everything,)),
        "Tìm số định danh": (Order.DUE, (everything, Wanted(text=f"{14_000_000_000 + 501:012}"))),
        "Tìm họ và chữ đầu của tên": (Order.DUE, (everything, Wanted(text="nguyen 1a"))),
        "Lọc: một thủ tục, tại quầy, bước Thẩm tra": (
            Order.DUE,
            (everything, Wanted(procedures=("thu-3",), channel="counter", step="Thẩm tra")),
        ),
        "Lọc: chưa ai nhận trong cơ quan": (
            Order.DUE,
            (everything, Wanted(statuses=(Status.SOLVING,), unclaimed=tuple(STEPS), unclaimed_at=agency)),
        ),
    }


def load(here: Database[dict[str, Any]], dossiers: int) -> None:
    """Lay them in, with the indexes of a running installation."""
    chance = random.Random(20261123)  # noqa: S311 — figures that repeat, not secrets
    kept = Dossiers(here)
    lives = Lives(kept, here)
    for start in range(0, dossiers, BATCH):
        rows = [row(n, chance) for n in range(start, min(dossiers, start + BATCH))]
        kept.collection.insert_many(rows, ordered=False)
        here[LIVES].insert_many([written(life(each), 3) for each in rows], ordered=False)
    kept.ensure_indexes()
    here["dossier_lives_shape"].insert_one({"_id": "shape", "shape": SHAPE})
    lives.ensure_indexes()


def measure(here: Database[dict[str, Any]]) -> None:
    kept, server = Dossiers(here), server_of(here)
    read, lives = Listing(kept), Lives(kept, here)
    for name, (order, wanted) in lists().items():
        page = read.page(*wanted, order=order, near=NOW)
        say(f"{name}: trang đầu", timed(partial(read.page, *wanted, order=order, near=NOW), server))
        for _ in range(20):
            if page.after is None:
                break
            page = read.page(*wanted, order=order, after=page.after)
        if (key := page.before) is not None:
            say(
                f"{name}: trang trước của trang thứ 21 (hay cuối)",
                timed(partial(read.page, *wanted, order=order, before=key), server),
            )
        say(f"{name}: đếm", timed(partial(read.count, *wanted), server))
        if os.environ.get("BENCH_MONGODB_URI"):
            say(f"{name}: chỉ mục", index_of(kept, order, *wanted))
    me = Actor("nguoi1", "Người 1", "staff", "xa-1", frozenset({RECEPTION, "tham_dinh", "phe_duyet"}))

    def counts() -> None:
        for inbox in inboxes.for_actor(me):
            inboxes.count(read, inbox, me, "xa-1", NOW)

    say("Số đếm của mọi hộp, như mọi trang của bàn", timed(counts, server))
    say("Giám sát: quá hạn của mọi cơ quan", timed(partial(read.by_agency, Wanted(due_before=NOW)), server))
    month = NOW - timedelta(days=30)
    register = partial(lives.accepted, "xa-1", month, NOW, after=None, limit=51)
    say("Sổ theo dõi một tháng: trang đầu", timed(register, server))

    def form() -> None:
        count_06a(lives.of(["xa-1"], month, NOW), month, NOW, lambda procedure: (procedure, procedure))

    say("Biểu II.06a của một cơ quan, một tháng", timed(form, server))


def whole(dossiers: int) -> None:
    with database() as here:
        began = time.perf_counter()
        load(here, dossiers)
        say("Hồ sơ; cơ quan; còn mở", f"{dossiers}; {AGENCIES}; {OPEN_SHARE:.0%}")
        say("Nạp và lập chỉ mục", f"{time.perf_counter() - began:.0f} giây")
        measure(here)


def index_of(kept: Dossiers, order: Order, *wanted: Wanted) -> str:
    """The indexes by which a real server goes, by its own account."""
    found = kept.collection.find(together(*(w.query() for w in wanted))).sort(sorting(order)).limit(16)
    plan, names = [found.explain()["queryPlanner"]["winningPlan"]], []
    while plan:
        stage = plan.pop()
        names += [stage["indexName"]] if "indexName" in stage else []
        names += ["(xếp trong bộ nhớ)"] if stage.get("stage") == "SORT" else []
        plan += [*stage.get("inputStages", ()), *(stage[k] for k in ("inputStage",) if k in stage)]
    return ", ".join(dict.fromkeys(names)) or "quét cả bảng"


if __name__ == "__main__":
    whole(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
