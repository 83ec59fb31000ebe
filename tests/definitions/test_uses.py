"""What a definition takes of the shared things, read off its words: the same as its tree says."""

import json

import pytest

from definitions import blocks
from definitions.reading import read
from definitions.shipped import shipped
from definitions.uses import shared, used, used_by_block, used_directly

TEXTS = dict(shipped())


def told(data):
    """The same, of the tree."""
    found = set()

    def fields(raws):
        for raw in raws:
            if raw["type"] in blocks.shared():
                found.add(("block", raw["type"]))
            if isinstance(raw.get("options"), dict):
                found.add(("vocabulary", raw["options"]["vocabulary"]))
            fields(raw.get("item", ()))

    fields(data.get("questions", ()))
    for page in data["form"]["pages"]:
        fields(page["fields"])
    workflow = data["workflow"]
    name = workflow if isinstance(workflow, str) else workflow.get("use")
    if name:
        found.add(("workflow", name))
    found.update(("document", raw["use"]) for raw in data.get("documents", ()) if "use" in raw)
    return {use for use in found if use[1] in shared(use[0])}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_the_words_say_what_the_tree_says(name):
    data = read(TEXTS[name]).data
    assert used_directly(TEXTS[name]) == told(data)
    assert used_directly(json.dumps(data, ensure_ascii=False, default=str)) >= told(data)


def test_comments_and_answers_are_no_uses():
    text = "workflow: tra-ngay # type: person\nexamples:\n  - answers: {type: person}\nevents: []\n"
    assert used_directly(text) == {("workflow", "tra-ngay")}


def test_a_block_brings_blocks_and_vocabularies():
    assert ("block", "address") in used_by_block("person")
    assert {("vocabulary", "dan-toc"), ("vocabulary", "tinh-thanh")} <= used_by_block("person")
    found = used("form:\n  - {id: a, type: person, label: A}\n")
    assert found["block", "person"] == frozenset()
    assert found["block", "address"] == {"person"}
    assert found["vocabulary", "xa-phuong"] == {"person"}
