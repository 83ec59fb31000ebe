"""Part of `make bench`: the lists of the desk over many dossiers, page after page. Figures only; nothing is judged.

`python -m scripts.bench_lists [dossiers]`: 100 000 unless told. They are laid into an embedded server of its own, or
into a database of its own at BENCH_MONGODB_URI, which then also says which index each list goes by (`explain`).
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
from tthc.dossiers.context import Actor
from tthc.dossiers.listing import Listing, Order, Wanted, sorting, together
from tthc.dossiers.repository import FAR, Dossiers
from tthc.dossiers.state import CLOSED, INTAKE, UNDER_WAY, Status
from tthc.onestop import inboxes

NOW: Final = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
AGENCIES: Final = 5
OPEN_SHARE: Final = 0.05
ROUNDS: Final = 15
STEPS: Final = {
    "tiep_nhan": "Kiểm tra, tiếp nhận hồ sơ",
    "lanh_dao_phong": "Phân công",
    "tham_dinh": "Thẩm tra",
    "phe_duyet": "Phê duyệt",
    "van_thu": "Phát hành",
}
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
    """A dossier as lists read it; history and answers, which no list reads, are left out."""
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
        "search": [*name.split(), f"{14_000_000_000 + number:012}", f"09{number:08}", f"hs-{number:08}"],
    }


def timed(act: Callable[[], object]) -> str:
    act()
    spent = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        spent.append((time.perf_counter() - began) * 1000)
    return f"p50 {statistics.median(spent):.0f} ms, chậm nhất {max(spent):.0f} ms"


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


def whole(dossiers: int) -> None:
    chance = random.Random(20261123)  # noqa: S311 — figures that repeat, not secrets
    with database() as here:
        kept = Dossiers(here)
        for start in range(0, dossiers, 2_000):
            numbers = range(start, min(dossiers, start + 2_000))
            kept.collection.insert_many([row(n, chance) for n in numbers], ordered=False)
        kept.ensure_indexes()
        say("Hồ sơ; cơ quan; còn mở", f"{dossiers}; {AGENCIES}; {OPEN_SHARE:.0%}")
        read = Listing(kept)
        for name, (order, wanted) in lists().items():
            page = read.page(*wanted, order=order)
            say(f"{name}: trang đầu", timed(partial(read.page, *wanted, order=order)))
            for _ in range(20):
                if page.after is None:
                    break
                page = read.page(*wanted, order=order, after=page.after)
            if (key := page.before) is not None:
                say(
                    f"{name}: trang trước của trang thứ 21 (hay cuối)",
                    timed(partial(read.page, *wanted, order=order, before=key)),
                )
            say(f"{name}: đếm", timed(partial(read.count, *wanted)))
            if os.environ.get("BENCH_MONGODB_URI"):
                say(f"{name}: chỉ mục", index_of(kept, order, *wanted))
        late = Wanted(due_before=NOW)
        say("Giám sát: quá hạn của mọi cơ quan", timed(partial(read.by_agency, late)))


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
