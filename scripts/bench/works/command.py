"""One command of a workflow, from what is stored to what is stored again, on the same workflow and the same way.

A server keeps no instance in memory: it reads the stored state, decides, and writes the new one. So each side begins
with its own stored form and ends with it, twelve commands of one dossier in turn; the figure is of one command. Ours
is the whole dossier with answers, papers, fees, documents, history and notices. What is done besides moving on: who
may act, what the action needs, the deadlines, the chain of hashes over the history, the notices.

SpiffWorkflow's is the instance as its serialiser writes it: the process, the tasks done and open, and their data.
"""

import json
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from typing import TypeVar

import bson

from definitions.model import Definition
from scripts.bench.duel import Batch, Peer, Ready, Work, loop, python_peer
from scripts.bench.works.route import WAY, Spiff, Stop, decided, walked
from tthc.dossiers.codec import dossier_from_bson, dossier_to_bson, from_data, to_json
from tthc.dossiers.repository import update_of
from tthc.dossiers.state import Dossier

P = TypeVar("P")


def work() -> Work:
    """Text to text, the whole of it."""
    definition, stops = walked()
    kept = [json.dumps(to_json(stop.before), ensure_ascii=False) for stop in stops]

    def once(stop: Stop, text: str) -> str:
        after = decided(definition, stop, from_data(Dossier, json.loads(text)))
        return json.dumps(to_json(after), ensure_ascii=False)

    return Work(
        "một lệnh của quy trình: từ bộ hồ sơ đã lưu tới bộ hồ sơ được lưu lại",
        "Hai bên: quy trình đầy đủ dùng chung (chọn đường, quay lại), 12 lệnh của một bộ hồ sơ, mỗi lệnh đọc chữ JSON đã "
        "lưu, quyết định, viết lại toàn bộ thành chữ. Của chúng tôi: cả bộ hồ sơ với lịch sử; quyền, điều kiện, hạn, "
        "chuỗi băm, thông báo. SpiffWorkflow: thực thể của quy trình, bằng bộ ghi của chính nó.",
        Ready(each(once, stops, kept), [_open(once(*piece)) for piece in zip(stops, kept, strict=True)]),
        [Peer("SpiffWorkflow", lambda: stored(definition))],
    )


def work_as_stored() -> Work:
    """As the server does it: what the database hands out, to what it is told."""
    definition, stops = walked()
    kept = [bson.encode(dossier_to_bson(stop.before)) for stop in stops]
    driver = bson.CodecOptions[dict[str, object]](tz_aware=True)

    def once(stop: Stop, document: bytes) -> bytes:
        before = dossier_from_bson(bson.decode(document, driver))
        return bson.encode(update_of(before, decided(definition, stop, before)))

    def told(update: bytes) -> tuple[str, ...]:
        return tuple(task["step"] for task in bson.decode(update)["$set"]["tasks"])

    return Work(
        "một lệnh của quy trình: như máy chủ làm với cơ sở dữ liệu",
        "Của chúng tôi: đọc cả bộ hồ sơ từ BSON như cơ sở dữ liệu trả về, quyết định, viết lệnh ghi (lịch sử chỉ thêm, "
        "không viết lại). SpiffWorkflow: như dòng trên, vì bộ ghi của nó luôn viết toàn bộ.",
        Ready(each(once, stops, kept), [told(once(*piece)) for piece in zip(stops, kept, strict=True)]),
        [Peer("SpiffWorkflow", lambda: stored(definition))],
    )


def work_in_memory() -> Work:
    """Nothing is read: both sides hold the state as their own values."""
    definition, stops = walked()

    held = [stop.before for stop in stops]

    def once(stop: Stop, before: Dossier) -> str:
        return json.dumps(to_json(decided(definition, stop, before)), ensure_ascii=False)

    return Work(
        "một lệnh của quy trình: trạng thái giữ sẵn trong bộ nhớ, ghi thành chữ",
        "Như dòng đầu nhưng không bên nào phải đọc: máy chủ thật không giữ được như vậy.",
        Ready(each(once, stops, held), [_open(once(*piece)) for piece in zip(stops, held, strict=True)]),
        [Peer("SpiffWorkflow", lambda: live(definition))],
    )


def _open(text: str) -> tuple[str, ...]:
    """The steps where a written dossier stands."""
    return tuple(task["step"] for task in json.loads(text)["tasks"])


def each(once: Callable[[Stop, P], object], stops: Sequence[Stop], pieces: Sequence[P]) -> Batch:
    """The commands in turn, each with what it begins with."""
    todo = cycle(list(zip(stops, pieces, strict=True)))
    return loop(lambda: once(*next(todo)))


def stored(definition: Definition) -> Ready:
    spiff = Spiff(definition.workflow)
    todo = cycle(list(zip(spiff.texts, WAY, strict=True)))

    def once() -> str:
        text, action = next(todo)
        return spiff.act(spiff.read(text), action)

    return python_peer("SpiffWorkflow", once, spiff.open)


def live(definition: Definition) -> Ready:
    """The engine changes what it is given, so each instance is read before the clock runs."""
    spiff = Spiff(definition.workflow)

    def batch(count: int) -> float:
        pairs = islice(cycle(zip(spiff.texts, WAY, strict=True)), count)
        waiting = iter([(spiff.read(text), action) for text, action in pairs])
        return loop(lambda: spiff.act(*next(waiting)))(count)

    return Ready(batch, spiff.open, python_peer("SpiffWorkflow", lambda: None, None).version)
