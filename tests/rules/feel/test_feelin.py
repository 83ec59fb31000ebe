"""Our FEEL against `feelin` (npm), bpmn.io's engine, on random typed expressions.

Not generated, because the two are known to differ there and the standard is on our side (or says nothing):

| what | feelin 8.2 | ours |
|---|---|---|
| the ends of `between` and ranges | put in order | taken as written |
| numbers | doubles: `0.1 + 0.2 = 0.3` is false | 34 decimal digits |
| `"a" < 1` | false | null |
| a duration divided by a duration | null | a number (DMN 1.5, table 55) |
"""

import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from feel_expressions import CONTEXT, EXPRESSIONS
from hypothesis import HealthCheck, given, settings

from rules.feel import FeelLimitError, compile  # noqa: A004

SCRIPT = Path(__file__).with_name("feelin.cjs")


@pytest.fixture(scope="module")
def feelin():
    """Ask `feelin`: `{"value"}` or `{"error"}`."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("không có Node.js trên PATH")
    if subprocess.run([node, "-e", "require('feelin')"], capture_output=True, check=False).returncode:
        pytest.skip("gói npm feelin không có trong NODE_PATH")
    with subprocess.Popen(
        [node, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def ask(text):
            process.stdin.write(json.dumps({"text": text, "context": CONTEXT}) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        process.stdin.close()


def plain(value):
    if isinstance(value, Decimal):
        return float(value)
    return [plain(item) for item in value] if isinstance(value, list) else value


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(EXPRESSIONS)
def test_feelin_says_the_same(feelin, text):
    try:
        ours = plain(compile(text).evaluate(CONTEXT))
    except FeelLimitError:
        return
    theirs = feelin(text)
    assert "error" not in theirs, text
    assert ours == theirs["value"], text


@pytest.mark.parametrize(
    ("text", "ours", "theirs"),
    [
        ("0.1 + 0.2 = 0.3", True, False),
        ("2 between 3 and 1", False, True),
        ('duration("P2D") / duration("P1D")', 2, None),
        ('"a" < 1', None, False),
    ],
)
def test_known_differences_are_still_there(feelin, text, ours, theirs):
    """Where this fails, a difference is gone: take it out here and generate what it kept out."""
    assert plain(compile(text).evaluate(CONTEXT)) == ours
    assert feelin(text).get("value") == theirs
