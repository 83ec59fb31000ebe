"""Forms that nobody here wrote: every one drafts, is accounted for to the last value, and passes the shape check."""

import json
import random
import sys
from pathlib import Path

import pytest
from import_account import accounted, dotted, ends, felt, fields, imported

FOLDER = Path(sys.prefix) / "formio-samples"
FORMS = sorted(FOLDER.glob("*/*.json"))
WHY = "the forms of the npm packages are not ours to ship, and without npm “scripts/setup dev” could not fetch them"


@pytest.fixture(params=FORMS, ids=lambda path: f"{path.parent.name}-{path.stem}"[-80:])
def data(request):
    return json.loads(request.param.read_text(encoding="utf-8"))


@pytest.mark.skipif(not FOLDER.is_dir(), reason=WHY)
def test_there_are_forms_to_try():
    assert len(FORMS) > 100


@pytest.mark.skipif(not FORMS, reason=WHY)
def test_every_value_is_accounted_for(data):
    accounted(data, imported(data, "formio"))


@pytest.mark.skipif(not FORMS, reason=WHY)
def test_every_expression_of_the_draft_is_understood(data):
    result = imported(data, "formio")
    assert not [str(problem) for problem in result.problems if problem.code.startswith("F")]


@pytest.mark.skipif(not FORMS, reason=WHY)
def test_ids_are_given_once_and_the_same_every_time(data):
    result = imported(data, "formio")
    waiting, names = fields(result), []
    while waiting:
        field = waiting.pop()
        names.append(field["id"])
        waiting += field.get("item", [])
    assert len(names) == len(set(names))
    assert imported(data, "formio").text == result.text


@pytest.mark.skipif(not FORMS, reason=WHY)
def test_what_is_carried_makes_a_difference(data):
    result = imported(data, "formio")
    carried = dict(result.carried)
    places = [path for path, _ in ends(data) if dotted(path) in carried]
    for path in random.Random(len(places)).sample(places, min(6, len(places))):
        felt(data, result, path, "formio")
