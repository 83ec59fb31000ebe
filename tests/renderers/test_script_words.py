"""What scripts say to citizens: Vietnamese where it is written, with its English in js/en.js and nothing besides."""

import re

from renderers.environment import STATIC, TEMPLATES

SCRIPTS = STATIC / "js"
OF_OFFICIALS = {"keys", "arrivals", "filter", "overlay"}
"""What only pages of officials ask for, who work in Vietnamese."""
MARKS = {
    "arrivals": "data-arrivals",
    "filter": "data-filter",
    "overlay": "data-open|data-drawer|<dialog",
    "keys": "data-keys",
}
VIETNAMESE = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
SAID = re.compile(r'\bsay\("([^"]*)"\)')
ENGLISH = re.compile(r'^  "([^"]*)": "([^"]*)",$', re.MULTILINE)


def of_citizens():
    for path in sorted(SCRIPTS.glob("*.js")):
        if path.stem not in OF_OFFICIALS | {"en", "words"}:
            yield path.name, re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)


def english():
    text = (SCRIPTS / "en.js").read_text("utf-8")
    pairs = ENGLISH.findall(text)
    assert len(pairs) == text.count('": "')
    return pairs


def test_all_that_scripts_say_has_its_english_and_nothing_else_has():
    said = {text for _, script in of_citizens() for text in SAID.findall(script)}
    assert len(said) >= 20
    assert {vietnamese for vietnamese, _ in english()} == said
    assert len(english()) == len(said)


def test_every_piece_put_into_a_sentence_is_in_its_english_too():
    for vietnamese, text in english():
        assert re.findall(r"{\w+}", vietnamese) == re.findall(r"{\w+}", text)
        assert not VIETNAMESE.search(text)


def test_no_script_of_citizens_says_vietnamese_by_itself():
    for name, script in of_citizens():
        rest = re.sub(r"^\s*//.*|\s//\s.*", "", SAID.sub("", script), flags=re.MULTILINE)
        assert not VIETNAMESE.search(rest), name


def test_what_is_called_the_officials_is_asked_for_by_no_page_of_citizens():
    for folder in ("portal", "accounts", "errors"):
        for path in (TEMPLATES / folder).glob("*.html"):
            text = path.read_text("utf-8")
            for script, marks in MARKS.items():
                assert not re.search(marks, text), (path.name, script)
