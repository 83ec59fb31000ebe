"""A bundle out and in again: same letters, same meaning, same bytes; and every byte of it counts."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from bundles import AT, KEY, SHIPPED, SMALLEST, changed_parts, made, of, opened
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from definitions.bundle import reading
from definitions.bundle.account import Here, Outcome, account, of_bundle
from definitions.bundle.model import BundleError
from definitions.bundle.parts import shipped_parts
from definitions.bundle.texts import meaning_of
from definitions.loader import load

SLOW = settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))


def taken(data, here=None):
    return account(of_bundle(reading.read(data), "goi.zip"), here or {})


@pytest.fixture(scope="module")
def whole():
    return made(*(of(code) for code in SHIPPED))


def test_every_shipped_definition_comes_out_as_it_went_in(whole):
    told = taken(whole)
    assert {each.procedure: each.text for each in told} == SHIPPED
    assert {each.outcome for each in told} == {Outcome.NEW_PROCEDURE}
    entries = {entry.procedure: entry for entry in reading.read(whole).manifest.definitions}
    for each in told:
        assert each.settled.hash == entries[each.procedure].hash == meaning_of(each.text, shipped_parts())[1]


def test_the_hash_in_the_manifest_is_the_content_hash_of_a_version():
    entry = reading.read(made(of(SMALLEST))).manifest.definitions[0]
    assert entry.hash == load(SHIPPED[SMALLEST], "a.yaml").definition.hash


def test_a_bundle_holds_what_the_definitions_use_and_nothing_else():
    text = SHIPPED[SMALLEST]
    files = opened(made(of(SMALLEST)))
    assert files[f"definitions/{SMALLEST}.yaml"].decode() == text
    shared = {
        path for path in files if path.split("/")[0] in {"blocks", "documents", "vocabularies", "workflows"}
    }
    assert shared
    parts = shipped_parts()
    less = {folder: dict(known) for folder, known in parts.data.items()}
    for (folder, name), path in parts.paths.items():
        if path not in shared:
            del less[folder][name]
    assert meaning_of(text, replace(parts, data=less)) == meaning_of(text, parts)
    for path in shared:
        assert files[path].decode() == parts.texts[path]


def test_the_same_definitions_instant_and_key_are_the_same_bytes(whole):
    codes = list(SHIPPED)
    random.Random(3).shuffle(codes)
    assert made(*(of(code) for code in codes)) == whole
    assert made(*(of(code) for code in codes), at=AT + timedelta(seconds=1)) != whole


@st.composite
def edited(draw):
    """A shipped definition after edits that anybody could make, right or wrong."""
    code = draw(st.sampled_from(sorted(SHIPPED)))
    lines = SHIPPED[code].split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(("comment", "drop", "double", "end", "letters", "return")))
        if kind == "comment":
            lines.insert(
                at, "# " + draw(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"))))
            )
        elif kind == "drop" and len(lines) > 5:
            del lines[at]
        elif kind == "double":
            lines.insert(at, lines[at])
        elif kind == "end":
            lines[at] += draw(st.sampled_from((" ", "\t", "  # ghi chú")))
        elif kind == "return":
            lines[at] += "\r"
        else:
            lines[at] = lines[at].replace("a", draw(st.sampled_from(("ă", "b", "“", "😀"))), 1)
    return code, "\n".join(lines)


@SLOW
@given(edited())
def test_an_edited_definition_comes_out_as_it_went_in(case):
    code, text = case
    sent = of(code, text)
    bundle = reading.read(made(sent))
    assert bundle.text(f"definitions/{code}.yaml") == text
    (told,) = taken(made(sent))
    if told.outcome is not Outcome.REFUSED:  # an edit of the code itself makes it another procedure's
        assert told.text == text
        assert told.settled.hash == sent.hash


def test_every_flipped_byte_of_a_bundle_is_seen():
    data = made(of(SMALLEST, 'procedure: "' + SMALLEST + '"\nname: Chưa viết xong\n'))
    for at in range(len(data)):
        spoiled = bytearray(data)
        spoiled[at] ^= 1 << at % 8
        with pytest.raises(BundleError) as found:
            reading.read(bytes(spoiled))
        assert str(found.value).endswith("."), at


def test_every_flipped_byte_of_an_unsigned_bundle_is_seen():
    data = made(of(SMALLEST, 'procedure: "' + SMALLEST + '"\n'), key=None)
    for at in range(len(data)):
        spoiled = bytearray(data)
        spoiled[at] ^= 0x20
        with pytest.raises(BundleError):
            reading.read(bytes(spoiled))


@SLOW
@given(st.data())
def test_a_flipped_byte_of_the_whole_is_seen(whole, data):
    at, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))
    spoiled = bytearray(whole)
    spoiled[at] ^= 1 << bit
    with pytest.raises(BundleError):
        reading.read(bytes(spoiled))


@SLOW
@given(st.data())
def test_a_bundle_cut_short_or_with_something_behind_it_is_seen(whole, data):
    end = data.draw(st.integers(0, len(whole) - 1))
    for spoiled in (whole[:end], whole + b"\0" * (1 + end % 7), b"\0" + whole):
        with pytest.raises(BundleError):
            reading.read(spoiled)


SHORT = sorted(SHIPPED, key=lambda code: len(SHIPPED[code]))
SHORT = [*SHORT[:4], next(code for code in SHORT if "ethnicity" in SHIPPED[code])]
CHANGED = {
    "workflow": {"workflows__day_du": ("name: ", "name: Đổi ")},
    "block": {"blocks__person": ("Ghi như trên thẻ căn cước", "Ghi đúng thẻ căn cước")},
    "vocabulary": {"vocabularies__dan_toc": ("value: Kinh", "value: Kinh khác")},
    "all": {
        "workflows__day_du": ("name: ", "name: Đổi "),
        "vocabularies__dan_toc": ("value: Kinh", "value: Kinh khác"),
    },
}


@pytest.mark.parametrize("kind", CHANGED)
def test_a_definition_with_other_shared_parts_is_imported_with_its_own(kind):
    """What differs is written out in place: the content hash is that of where it comes from."""
    there = changed_parts(**CHANGED[kind])
    data = made(*(of(code, parts=there) for code in SHORT), parts=there)
    entries = {entry.procedure: entry for entry in reading.read(data).manifest.definitions}
    told = taken(data)
    rewritten = 0
    for each in told:
        assert each.outcome is Outcome.NEW_PROCEDURE
        assert meaning_of(each.text, shipped_parts())[1] == entries[each.procedure].hash
        same = meaning_of(SHIPPED[each.procedure], shipped_parts())[1] == entries[each.procedure].hash
        assert (each.text == SHIPPED[each.procedure]) == same == (not each.settled.rewritten)
        if each.settled.rewritten:
            rewritten += 1
            assert each.settled.shared
            assert "viết thẳng" in " ".join(each.sentences)
            comment = next((line for line in SHIPPED[each.procedure].split("\n") if line.startswith("#")), "")
            assert comment in each.text
    assert rewritten


def test_what_differs_in_a_shared_part_is_told_in_words():
    there = changed_parts(**CHANGED["vocabulary"])
    code = next(code for code in SHIPPED if "dan-toc" in " ".join(of_bundle_parts(code)))
    (told,) = taken(made(of(code, parts=there), parts=there))
    (difference,) = told.settled.shared
    assert difference.path == "vocabularies/dan-toc.yaml"
    assert difference.sentence == "Danh mục “dan-toc”: khác với ở đây."
    assert difference.changes == ("Bỏ mục của danh mục (Kinh).", "Thêm mục của danh mục (Kinh khác).")


def of_bundle_parts(code):
    return reading.read(made(of(code))).manifest.definitions[0].parts


def test_a_version_whose_shared_parts_are_lost_keeps_its_meaning():
    """Published before the product's shared files changed: only its data with everything in place was kept."""
    then = changed_parts(**CHANGED["all"])
    code = next(
        code for code in SHIPPED if "workflow: day-du" in SHIPPED[code] or "use: day-du" in SHIPPED[code]
    )
    canonical, digest = meaning_of(SHIPPED[code], then)
    sent = replace(of(code), hash=digest, canonical=canonical)
    data = made(sent)
    entry = reading.read(data).manifest.definitions[0]
    assert (entry.resolved, entry.parts) == (f"resolved/{code}.json", ())
    (told,) = taken(data)
    assert told.outcome is Outcome.NEW_PROCEDURE
    assert meaning_of(told.text, shipped_parts())[1] == digest


def test_what_cannot_mean_the_same_here_is_refused_with_the_reason():
    code = SMALLEST
    sent = replace(of(code), hash="0" * 64)
    (told,) = taken(made(sent))
    assert told.outcome is Outcome.REFUSED
    assert "không khớp mã băm" in told.sentences[-1]


def test_the_account_tells_identical_new_and_changed():
    text = SHIPPED[SMALLEST]
    data = made(of(SMALLEST))
    canonical = meaning_of(text, shipped_parts())[0]
    (same,) = taken(data, {SMALLEST: Here((text,), canonical, "bản đang có hiệu lực")})
    assert same.outcome is Outcome.IDENTICAL
    other = text.replace("name: ", "name: Tên cũ ", 1)
    old = Here((other,), meaning_of(other, shipped_parts())[0], "bản đang có hiệu lực")
    (changed,) = taken(data, {SMALLEST: old})
    assert changed.outcome is Outcome.NEW_VERSION
    assert [change.key for change in changed.changes] == ["name"]
    assert changed.sentences == ("So với bản đang có hiệu lực:",)
    (comment,) = taken(data, {SMALLEST: Here((text + "# x\n",), canonical, "bản đang có hiệu lực")})
    assert comment.outcome is Outcome.NEW_VERSION
    assert "chỉ khác chú thích" in comment.sentences[0]


def test_the_signer_stands_in_the_manifest():
    signer = reading.read(made(of(SMALLEST))).manifest.signer
    assert (signer.fingerprint, signer.name) == (KEY.public.fingerprint, KEY.name)
