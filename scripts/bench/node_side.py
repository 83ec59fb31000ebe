"""The peers from npm: one long-lived Node process asked over pipes, which times its own work (`node/serve.mjs`)."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from scripts.bench.duel import NotInstalledError, Ready

SERVER = Path(__file__).parent / "node" / "serve.mjs"
PEERS = Path(sys.prefix) / "peers"


def node_peer(task: str, package: str, given: Mapping[str, object]) -> Ready:
    """A task of `serve.mjs`, prepared with what is given (JSON), and its answer to one piece of work."""
    prepared = _ask({"prepare": task, "given": given})

    def batch(count: int) -> float:
        seconds = _ask({"task": task, "count": count})["seconds"]
        assert isinstance(seconds, float | int)
        return float(seconds)

    manifest = json.loads((PEERS / "node_modules" / package / "package.json").read_text(encoding="utf-8"))
    return Ready(batch, prepared["answer"], manifest["version"])


def _ask(question: Mapping[str, object]) -> dict[str, object]:
    process = _process()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(question) + "\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        raise NotInstalledError("Node đã dừng giữa chừng")
    answer: dict[str, object] = json.loads(line)
    if "missing" in answer:
        raise NotInstalledError(str(answer["missing"]))
    if "error" in answer:
        raise RuntimeError(answer["error"])
    return answer


@cache
def _process() -> subprocess.Popen[str]:
    node = shutil.which("node")
    if node is None:
        raise NotInstalledError("máy này không có Node")
    if not PEERS.is_dir():
        raise NotInstalledError("chưa cài được các gói npm")
    return subprocess.Popen(  # noqa: S603 - our own script; it ends when its standard input closes
        [node, str(SERVER), str(PEERS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"NODE_ENV": "production", "PATH": "/usr/bin:/bin"},
    )
