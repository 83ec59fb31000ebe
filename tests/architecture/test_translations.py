"""The message catalogue keeps up with what the pages say: nothing unmarked, lacking, left over or filled in wrongly."""

import ast
import re
from collections import Counter

import pytest
from babel.messages.pofile import read_po

from renderers.catalogue import LANGUAGES, LOCALE, catalogue
from scripts import translations

LANGUAGE = LANGUAGES[1:]
NAMES = ("Sơn La", "Tết", "Hùng", "Tiếng Việt")
"""What is called in English by its Vietnamese name."""
PLACEHOLDERS = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)[^{}]*\}")
VIETNAMESE = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")


def both(message):
    """(every wording of a message, every wording of its translation)."""
    sides = (message.id, message.string)
    return tuple((side,) if isinstance(side, str) else tuple(side) for side in sides)


def said_in(language):
    return [both(message) for message in catalogue(language) if message.id]


@pytest.mark.parametrize("language", LANGUAGE)
def test_a_translation_has_the_placeholders_of_its_message(language):
    wrong = [
        (ids[0], text)
        for ids, texts in said_in(language)
        for text in texts
        if set(PLACEHOLDERS.findall(text)) != set(PLACEHOLDERS.findall(ids[0]))
    ]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGE)
def test_a_translation_keeps_the_spaces_around_its_message(language):
    def around(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert not [
        (i[0], text) for i, texts in said_in(language) for text in texts if around(i[0]) != around(text)
    ]


def test_english_is_not_vietnamese():
    names = re.compile("|".join(NAMES))
    assert not [
        text for _, texts in said_in("en") for text in texts if VIETNAMESE.search(names.sub("", text))
    ]


@pytest.mark.parametrize("language", LANGUAGE)
def test_nothing_is_lacking(language):
    assert not sorted(translations.lacking(language))


@pytest.mark.parametrize("language", LANGUAGE)
def test_nothing_is_left_over(language):
    assert not sorted(translations.unused(language))


@pytest.mark.parametrize("language", LANGUAGE)
def test_a_message_stands_in_one_file(language):
    found = Counter()
    for path in (LOCALE / language).glob("*.po"):
        with path.open("rb") as file:
            found.update(both(message)[0][0] for message in read_po(file, locale=language) if message.id)
    assert not [message for message, times in found.items() if times > 1]


def test_pages_say_nothing_unmarked():
    found = [(path, *one) for path in translations.shown() for one in translations.unmarked(path)]
    assert not [f"{path.relative_to(translations.ROOT)}:{line}: {text}" for path, line, text in found]


def test_no_mark_stands_within_an_f_string():
    """Whoever collects messages reads an f-string as one word and never sees the mark, so nobody would miss its English."""
    found = []
    for folder in ("rules", "forms", "definitions", "renderers", "platform/tthc"):
        for path in (translations.ROOT / folder).rglob("*.py"):
            source = path.read_text("utf-8")
            if re.search(r"\b(gettext|noted)\(", source):
                found += [
                    f"{path.relative_to(translations.ROOT)}:{line}" for line in hidden(ast.parse(source))
                ]
    assert not found


def hidden(tree):
    """Lines of the marks with a message of their own that stand in f-strings."""
    for text in ast.walk(tree):
        for call in ast.walk(text) if isinstance(text, ast.JoinedStr) else ():
            marks = isinstance(call, ast.Call) and getattr(call.func, "id", "") in translations.MARKS
            if marks and call.args and isinstance(call.args[0], ast.Constant):
                yield call.lineno
