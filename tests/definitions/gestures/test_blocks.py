"""Shared blocks taken apart, lists of choices taken from a vocabulary: the definition goes on meaning the same."""

from copy import deepcopy

import pytest

from definitions import blocks, vocabularies
from definitions.editing import at, edited_all
from definitions.gestures import GestureError, edits, from_vocabulary, own_fields, written_here
from definitions.loader import load
from definitions.reading import read
from definitions.shipped import loaded, shipped

TEXTS = dict(shipped())


def uses(value, path=()):
    """Where fields ask for a block, in the order of the text."""
    if isinstance(value, dict):
        if value.get("type") in blocks.shared() and "id" in value:
            yield path
        for key, each in value.items():
            yield from uses(each, (*path, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from uses(each, (*path, number))


def fields_with_blocks(data):
    return [*uses(data.get("questions", []), ("questions",)), *uses(data["form"], ("form",))]


@pytest.mark.parametrize("name", ["1.001731.yaml", "1.013225.yaml"])  # every block between them
def test_every_block_taken_apart_leaves_what_the_definition_means(name):
    """The content hash is taken of what a definition comes to: it is the same with the blocks' fields written out."""
    before = data = read(TEXTS[name]).data
    while left := fields_with_blocks(data):
        data = own_fields(data, left[0], blocks.shared())
    found = load(edited_all(TEXTS[name], edits(before, data)), name)
    assert found.errors == ()
    assert found.definition.hash == loaded(TEXTS[name], name).definition.hash


def test_ids_are_kept_and_blocks_inside_stay_blocks():
    data = read(TEXTS["1.001731.yaml"]).data
    path = next(path for path in fields_with_blocks(data) if at(data, path)["type"] == "person")
    before, kept = deepcopy(data), at(data, path)
    group = at(own_fields(data, path, blocks.shared()), path)
    assert data == before
    assert (group["id"], group["type"], group["label"]) == (kept["id"], "group", kept["label"])
    block = {part["id"]: part for part in blocks.shared()["person"]["parts"]}
    assert {part["id"] for part in group["item"]} <= block.keys()
    assert all(part["type"] == block[part["id"]]["type"] for part in group["item"])


def test_what_is_no_block_is_not_taken_apart():
    data = read(TEXTS["2.000181.yaml"]).data
    with pytest.raises(GestureError, match="không dùng khối"):
        own_fields(data, ("form", "pages", 0, "fields", 0), blocks.shared())
    with pytest.raises(GestureError, match="Không còn trường"):
        own_fields(data, ("form", "pages", 99), blocks.shared())


def test_a_use_that_names_unknown_parts_is_mended_first():
    data = {"form": {"pages": [{"fields": [{"id": "a", "type": "person", "label": "A", "only": ["ten"]}]}]}}
    with pytest.raises(GestureError, match="không có trường “ten”"):
        own_fields(data, ("form", "pages", 0, "fields", 0), blocks.shared())


PATH = ("form", "pages", 0, "fields", 0)


def choice(options):
    return {
        "form": {"pages": [{"fields": [{"id": "a", "type": "choice", "label": "A", "options": options}]}]}
    }


def test_a_list_is_taken_from_a_vocabulary_and_written_out_again():
    known = vocabularies.shared()
    taken = from_vocabulary(choice([{"value": "x", "label": "X"}]), PATH, "quan-he", known)
    assert at(taken, PATH)["options"] == {"vocabulary": "quan-he"}
    with pytest.raises(GestureError, match="chọn một danh mục"):
        from_vocabulary(taken, PATH, "khong-co", known)
    own = at(written_here(taken, PATH, known), PATH)["options"]
    assert own == [{"value": e["value"], "label": e["label"]} for e in known["quan-he"]["entries"]]
    with pytest.raises(GestureError, match="đã viết tại chỗ"):
        written_here(choice(own), PATH, known)
    # the values of this one are names, which cannot be ids
    assert len(at(written_here(choice({"vocabulary": "tinh-thanh"}), PATH, known), PATH)["options"]) == 2
