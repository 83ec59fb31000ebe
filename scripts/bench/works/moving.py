"""The workflow engine by itself: no dossier, no permissions, no papers, no history.

The same twelve commands as in `command`; ours reads where the workflow stands, moves one token by one action with the
due date of the step that opens, and writes where it stands then.
"""

import itertools
import json

from definitions.calendars import shipped as calendar
from rules.workflow.engine import take
from rules.workflow.model import Token
from scripts.bench.duel import Peer, Ready, Work
from scripts.bench.works.command import each, live, stored
from scripts.bench.works.route import Stop, walked
from tthc.dossiers.codec import from_data, to_json


def work() -> Work:
    return _work(
        "một bước của quy trình, chỉ máy quy trình: từ chữ đã lưu tới chữ được lưu lại",
        "Như dòng một lệnh, nhưng của chúng tôi chỉ có quy trình: chỗ đang đứng và hạn của bước, không có hồ sơ, lịch sử.",
        reads=True,
    )


def work_in_memory() -> Work:
    return _work(
        "một bước của quy trình, chỉ máy quy trình: trạng thái giữ sẵn trong bộ nhớ",
        "Như dòng trên nhưng không bên nào phải đọc; cả hai ghi chỗ đang đứng thành chữ.",
        reads=False,
    )


def _work(name: str, note: str, *, reads: bool) -> Work:
    definition, stops = walked()
    numbers, at = itertools.count(), calendar()

    def new_id() -> str:
        return str(next(numbers))

    def move(stop: Stop, standing: tuple[Token, ...]) -> str:
        command = stop.command
        moved = take(
            definition.workflow,
            standing,
            command.token,
            command.action,
            {},
            stop.context.now,
            at,
            new_id,
            command.assignee,
        )
        return json.dumps(to_json(moved.tokens))

    def read(stop: Stop, text: str) -> str:
        return move(stop, from_data(tuple[Token, ...], json.loads(text)))

    tokens = [stop.before.tokens for stop in stops]
    texts = [json.dumps(to_json(each_one)) for each_one in tokens]
    answer = [
        tuple(token["step"] for token in json.loads(read(stop, text)))
        for stop, text in zip(stops, texts, strict=True)
    ]
    batch = each(read, stops, texts) if reads else each(move, stops, tokens)
    return Work(
        name,
        note,
        Ready(batch, answer),
        [Peer("SpiffWorkflow", lambda: (stored if reads else live)(definition))],
    )
