"""What the pages say, and whether the message catalogue has it in every language (`renderers/locale`).

    python -m scripts.translations [path…]    what is not marked for the catalogue, and what it lacks, file by file
    python -m scripts.translations --missing  messages without a translation, as entries to be filled in

A sentence that stays Vietnamese on purpose (it is kept, printed or sent, not shown) has `# vi: why` on its line.
"""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel.messages.extract import extract_from_file
from jinja2 import Environment, nodes

from renderers.catalogue import LANGUAGES, catalogue
from renderers.environment import environment

ROOT: Final = Path(__file__).resolve().parents[1]
TEMPLATES: Final = ROOT / "renderers" / "templates"

SHOWN_TEMPLATES: Final = (
    "base/document.html",
    "base/portal.html",
    "errors/*.html",
    "portal/*.html",
    "accounts/*.html",
    "parts/basic.html",
    "parts/data.html",
    "parts/forms.html",
    "parts/procedure.html",
    "parts/kept.html",
    "parts/news.html",
    "parts/tied.html",
    "parts/standing.html",
    "parts/signatures.html",
)
"""Templates of pages that citizens see."""

SHOWN_MODULES: Final = (
    "forms/types/*.py",
    "forms/[!w]*.py",
    "renderers/text.py",
    "renderers/html/[!p]*.py",
    "renderers/html/papers.py",
    "renderers/html/procedure.py",
    "renderers/html/fields/*.py",
    "rules/deadlines/*.py",
    "rules/calendar/*.py",
    "definitions/model.py",
    "definitions/compiler/against.py",
    "definitions/explain.py",
    "definitions/fees.py",
    "definitions/papers.py",
    "platform/tthc/dossiers/status.py",
    "platform/tthc/dossiers/ending.py",
    "platform/tthc/dossiers/refunds.py",
    "platform/tthc/portal/*.py",
    "platform/tthc/accounts/[!adelmr]*.py",
    "platform/tthc/accounts/routes.py",
    "platform/tthc/privacy/[!o]*.py",
    "platform/tthc/oidc/*.py",
    "platform/tthc/ratings/*.py",
    "platform/tthc/feedback/routes.py",
    "platform/tthc/feedback/model.py",
    "platform/tthc/payments/[!r]*.py",
    "platform/tthc/payments/recording.py",
    "platform/tthc/payments/redirect.py",
    "platform/tthc/notices/routes.py",
    "platform/tthc/notices/preferences.py",
    "platform/tthc/notices/reading.py",
    "platform/tthc/web/*.py",
)
"""Modules whose sentences reach such pages."""

MARKS: Final = {
    "gettext": None,
    "ngettext": (1, 2),
    "noted": None,
    "telling": None,
    "ntelling": (1, 2),
    "_": None,
}
_VIETNAMESE: Final = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
_KEPT: Final = re.compile(r"# vi: \S")
_PROGRAMMERS: Final = {"ValueError", "TypeError", "LookupError", "KeyError", "RuntimeError", "AssertionError"}
_GAP: Final = "\0"  # where an expression stands between two pieces of text
_TAGS: Final = re.compile(r"<[^>]*>|&\w+;")
_ATTRIBUTES: Final = re.compile(r'\b(?:aria-label|title|placeholder|alt)="([^"]*)"')
_LETTERS: Final = re.compile(r"[A-Za-zÀ-ỹ]{2,}")
_SIGNS: Final = {"SHA", "PDF", "JPG", "PNG", "QR", "SMS", "VNPT", "CSV", "JSON", "MB", "kB"}


def files(patterns: tuple[str, ...], root: Path) -> Iterator[Path]:
    for pattern in patterns:
        yield from sorted(root.glob(pattern))


@cache
def _jinja() -> Environment:
    return environment()


def unmarked_in_template(path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of what a template says without the catalogue: plain text, and Vietnamese in its expressions."""
    source = path.read_text("utf-8")
    lines = source.splitlines()
    tree = _jinja().parse(source)
    marked: set[int] = set()
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in MARKS:
            marked |= {id(each) for each in call.find_all(nodes.Const)}
        if isinstance(call.node, nodes.Name) and call.node.name in MARKS and not _constant(call):
            yield call.lineno, f"{call.node.name}(…) of what is not written here: use the filter tr"
    yield from _plain_text(tree)
    for const in tree.find_all(nodes.Const):
        if id(const) in marked or not isinstance(const.value, str) or not _VIETNAMESE.search(const.value):
            continue
        if not _KEPT.search(lines[const.lineno - 1].replace("{#", "#")):
            yield const.lineno, const.value


def _constant(call: nodes.Call) -> bool:
    """Whether the message is written in the template: else it is somebody's text, and newstyle gettext trusts it as HTML."""
    return bool(call.args) and isinstance(call.args[0], nodes.Const)


def _plain_text(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Words between tags, and in attributes that are read out, that stand in the template itself. Its pieces are joined
    before tags are looked for: a tag may begin in one and end in another.
    """
    starts: list[tuple[int, int]] = []
    whole = ""
    for data in tree.find_all(nodes.TemplateData):
        starts.append((len(whole), data.lineno))
        whole += data.data + _GAP
    spoken = [(found.start(1), found[1]) for found in _ATTRIBUTES.finditer(whole)]
    between = _TAGS.sub(lambda tag: "\n" * len(tag[0]), whole)
    spoken += [(found.start(), found[0]) for found in re.finditer(r"[^\n\0]+", between)]
    for at, text in spoken:
        if set(_LETTERS.findall(text)) - _SIGNS:
            start, line = max(each for each in starts if each[0] <= at)
            yield line + whole[start:at].count("\n"), " ".join(text.replace(_GAP, "…").split())


def unmarked_in_module(path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of Vietnamese sentences in a module that no mark gives to the catalogue."""
    source = path.read_text("utf-8")
    lines = source.splitlines()
    yield from _unmarked(ast.parse(source), lines)


def _unmarked(node: ast.AST, lines: list[str]) -> Iterator[tuple[int, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue  # a docstring
        if isinstance(child, ast.Call) and _name(child.func) in {*MARKS, *_PROGRAMMERS}:
            continue
        if isinstance(child, ast.Call) and _name(child.func) in {
            "debug",
            "info",
            "warning",
            "error",
            "exception",
        }:
            continue
        if (
            isinstance(child, ast.Constant)
            and isinstance(child.value, str)
            and _VIETNAMESE.search(child.value)
            and not _KEPT.search(lines[child.lineno - 1])
        ):
            yield child.lineno, child.value
        yield from _unmarked(child, lines)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def messages(path: Path) -> set[str]:
    """Every message that a template or module gives to the catalogue, the singular of those with a plural."""
    if path.suffix == ".html":
        options = {
            "trim_blocks": "true",
            "lstrip_blocks": "true",
            "newstyle_gettext": "true",
            "silent": "false",
        }
        found = extract_from_file("jinja2.ext:babel_extract", path, MARKS, options=options)
    else:
        found = extract_from_file("python", path, MARKS)
    said: set[str] = set()
    for _, message, *_rest in found:
        said.add(message if isinstance(message, str) else message[0])
    return said - {""}


@cache
def all_messages() -> dict[str, Path]:
    """Message → a file that says it; of the whole product, since a mark is a mark wherever it stands."""
    found: dict[str, Path] = {}
    for path in files(("**/*.html",), TEMPLATES):
        for message in messages(path):
            found.setdefault(message, path)
    for folder in ("rules", "forms", "definitions", "renderers", "platform/tthc", "admin"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path != ROOT / "rules" / "i18n.py":
                for message in messages(path):
                    found.setdefault(message, path)
    return found


def lacking(language: str) -> dict[str, Path]:
    known = {_id(each) for each in catalogue(language) if each.id and each.string and not each.fuzzy}
    return {message: path for message, path in all_messages().items() if message not in known}


def unused(language: str) -> set[str]:
    return {_id(each) for each in catalogue(language) if each.id} - set(all_messages())


def _id(message: Any) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def shown() -> list[Path]:
    return [*files(SHOWN_TEMPLATES, TEMPLATES), *files(SHOWN_MODULES, ROOT)]


def unmarked(path: Path) -> list[tuple[int, str]]:
    return list(unmarked_in_template(path) if path.suffix == ".html" else unmarked_in_module(path))


def main() -> int:
    if "--missing" in sys.argv:
        for language in LANGUAGES[1:]:
            for message, path in lacking(language).items():
                quoted = message.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
                sys.stdout.write(f'#: {path.relative_to(ROOT)}\nmsgid "{quoted}"\nmsgstr ""\n\n')
        return 0
    wanted = [Path(name).resolve() for name in sys.argv[1:]]
    count = 0
    for path in shown():
        if wanted and path not in wanted:
            continue
        for line, text in unmarked(path):
            count += 1
            sys.stdout.write(f"{path.relative_to(ROOT)}:{line}: {text[:90]!r}\n")
    sys.stdout.write(f"{count} unmarked\n")
    for language in LANGUAGES[1:]:
        sys.stdout.write(f"{language}: {len(lacking(language))} lacking, {len(unused(language))} unused\n")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
