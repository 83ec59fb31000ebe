"""One order of keys, comments kept: what was written stays, only its order changes, and doing it again changes nothing."""

import random
from io import StringIO
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from definitions.formatting import formatted
from definitions.reading import ReadingError, read
from definitions.shipped import shipped

FOLDERS = Path(__file__).parents[2] / "definitions"
SHARED = [
    path
    for folder in ("workflows", "blocks", "vocabularies")
    for path in sorted((FOLDERS / folder).glob("*.yaml"))
]


def test_keys_take_their_order_and_comments_go_with_them():
    text = """\
# đầu tệp
name: Thủ tục thử
# mã trên cơ sở dữ liệu quốc gia
procedure: "9.000001"   # trong ngoặc kép

sector: van-hoa
fees:
  # thu theo bản
  - label: Phí
    # mã không đổi
    id: phi  # giữ
  - {label: "a, b", id: khac}
"""
    assert (
        formatted(text)
        == """\
# đầu tệp
# mã trên cơ sở dữ liệu quốc gia
procedure: "9.000001"   # trong ngoặc kép
name: Thủ tục thử

sector: van-hoa
fees:
  # thu theo bản
  - # mã không đổi
    id: phi  # giữ
    label: Phí
  - {id: khac, label: "a, b"}
"""
    )


def test_what_is_in_order_stays_as_it_is_to_the_letter():
    for _, text in shipped():
        assert formatted(text) == text


@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.name)
def test_shared_files_are_in_order_too(path):
    text = path.read_text(encoding="utf-8")
    assert formatted(text) == text


def test_keys_unknown_to_the_language_stay_behind_the_known():
    assert (
        formatted("zeta: 1\nname: a\nalpha: 2\nprocedure: b\n")
        == "procedure: b\nname: a\nzeta: 1\nalpha: 2\n"
    )


def test_json_is_rearranged_in_its_own_lines():
    assert (
        formatted('{\n  "name": "a",\n  "procedure": "b"\n}\n')
        == '{\n  "procedure": "b",\n  "name": "a"\n}\n'
    )


def test_block_texts_and_windows_line_ends():
    text = "summary: |\r\n  dòng một\r\n\r\n  dòng hai\r\nname: a\r\n"
    assert formatted(text) == "name: a\nsummary: |\n  dòng một\n\n  dòng hai\n"


def test_what_cannot_be_read_is_not_touched():
    with pytest.raises(ReadingError):
        formatted("name: [")


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("name", "text"), shipped()[:3])
def test_any_order_of_keys_comes_back_to_one(name, text, seed):
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    shuffled = StringIO()
    yaml.dump(_shuffled(yaml.load(text), random.Random(f"{name}{seed}")), shuffled)
    made = formatted(shuffled.getvalue())
    assert shuffled.getvalue() != made, "the order must have been another"
    assert read(made).data == read(text).data
    assert _orders(made) == _orders(text)
    assert formatted(made) == made


def _shuffled(value, chance: random.Random):
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        made = CommentedMap((key, _shuffled(value[key], chance)) for key in keys)
        if value.fa.flow_style():
            made.fa.set_flow_style()
        return made
    if isinstance(value, list):
        for at, each in enumerate(value):
            value[at] = _shuffled(each, chance)
    return value


def _orders(text):
    """The order of keys at the top, in the pages, the fields, the papers and the fees."""
    data = read(text).data
    fields = [field for page in data["form"]["pages"] for field in page["fields"]]
    parts = [
        data,
        *data["form"]["pages"],
        *fields,
        *data["attachments"],
        *data.get("fees", ()),
        *data["examples"],
    ]
    return [list(part) for part in parts]
