"""A decision table of a hundred rows: two columns, hit policy F, the row that holds is near the end."""

import json

from rules.feel import T
from rules.tables import DecisionTable, Input, Output, Row
from scripts.bench.duel import Peer, Ready, Work, loop, python_peer

ROWS = 100
GIVEN: dict[str, object] = {"amount": 977, "kind": "cu"}


def _cells() -> list[tuple[str, str, int]]:
    """An interval, a choice and the fee of each row."""
    return [(f"[{n * 10}..{n * 10 + 10})", '"cu"' if n % 2 else '"moi"', n * 1000) for n in range(ROWS)]


def work() -> Work:
    table = DecisionTable.compile(
        [Input("amount", type=T.NUMBER), Input("kind", type=T.STRING)],
        [Output("fee")],
        [Row((amount, kind), (fee,)) for amount, kind, fee in _cells()],
        "F",
    )
    return Work(
        f"bảng quyết định {ROWS} dòng, trúng dòng 98",
        "Bảng đã dịch sẵn; câu trả lời của chúng tôi kèm số dòng đã trúng.",
        Ready(loop(lambda: table.decide(GIVEN)), table.decide(GIVEN).value),
        [Peer("zen-engine", _zen)],
    )


def _zen() -> Ready:
    import zen

    decision = zen.ZenEngine().create_decision(json.dumps(_graph()))
    return python_peer(
        "zen-engine", lambda: decision.evaluate(GIVEN), decision.evaluate(GIVEN)["result"]["fee"]
    )


def _graph() -> dict[str, object]:
    """The same table as a graph in that engine's format (JDM)."""
    content = {
        "hitPolicy": "first",
        "inputs": [
            {"id": "amount", "name": "amount", "field": "amount"},
            {"id": "kind", "name": "kind", "field": "kind"},
        ],
        "outputs": [{"id": "fee", "name": "fee", "field": "fee"}],
        "rules": [
            {"_id": f"row-{n}", "amount": amount, "kind": kind, "fee": str(fee)}
            for n, (amount, kind, fee) in enumerate(_cells())
        ],
    }
    return {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode"},
            {"id": "table", "name": "table", "type": "decisionTableNode", "content": content},
            {"id": "out", "name": "out", "type": "outputNode"},
        ],
        "edges": [
            {"id": "first", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "second", "sourceId": "table", "targetId": "out", "type": "edge"},
        ],
    }
