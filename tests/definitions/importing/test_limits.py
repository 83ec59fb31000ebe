"""Uploads are distrusted: too large, too deep, too many, broken, said twice; each refused with a sentence."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from import_account import form, text, too_many

from definitions.importing import ImportRefusedError, import_bytes
from definitions.importing.source import MAX_BYTES, MAX_DEPTH


def refusal(content, kind=None):
    with pytest.raises(ImportRefusedError) as told:
        import_bytes(content, kind)
    return str(told.value)


def outcome(content, kind):
    try:
        return import_bytes(content, kind).text
    except ImportRefusedError as error:
        return str(error)


def nested(depth):
    component = text("A", "a")
    for _ in range(depth):
        component = {"type": "panel", "key": "p", "title": "P", "components": [component]}
    return json.dumps(form(component)).encode()


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b" " * (MAX_BYTES + 1), "2.000.000 byte"),
        (b"[" * 100_000, "tầng"),
        (nested(MAX_DEPTH), "tầng"),
        (json.dumps(too_many()).encode(), "thành phần"),
        (json.dumps([0] * 100_001).encode(), "giá trị"),
        (b'{"a": 1, "a": 2}', "hai lần"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": ' + b"9" * 5000 + b"}", "quá dài"),
        (b'{"components": [', "không phải JSON"),
        (b"\xff\xfe", "UTF-8"),
        (b'{"x": 1}', "Không nhận ra"),
        (b"[]", "Không nhận ra"),
    ],
)
def test_refused_with_a_sentence(content, part):
    assert part in refusal(content)


@pytest.mark.parametrize("kind", ["formio", "record"])
@pytest.mark.parametrize("content", [b"null", b"3", b'"a"', b"{}"])
def test_told_kind_does_not_help_what_is_none(content, kind):
    assert refusal(content, kind)


def test_allowed_depth_is_drafted():
    assert import_bytes(nested(15)).draft["form"]["pages"]


@given(st.binary(max_size=60), st.sampled_from([None, "formio", "record"]))
def test_any_bytes_are_drafted_or_refused(content, kind):
    assert outcome(content, kind).endswith(("\n", "."))
