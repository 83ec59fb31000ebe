"""The product's own source files and the scripts beside it, and what they import."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = {
    "rules": ROOT / "rules",
    "forms": ROOT / "forms",
    "definitions": ROOT / "definitions",
    "renderers": ROOT / "renderers",
    "tthc": ROOT / "platform" / "tthc",
    "admin": ROOT / "admin",
}
ORDER = tuple(FOLDERS)


@dataclass(frozen=True)
class Source:
    """One Python file; `name` is its module path: `tthc/dossiers/decide.py`."""

    name: str
    text: str
    tree: ast.Module

    @property
    def package(self):
        return self.name.split("/")[0]


def _read(package, folder):
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        yield Source(f"{package}/{path.relative_to(folder).as_posix()}", text, ast.parse(text))


@cache
def sources():
    return tuple(source for package, folder in FOLDERS.items() for source in _read(package, folder))


@cache
def scripts():
    """The tools beside the product; they know no procedure either."""
    return tuple(_read("scripts", ROOT / "scripts"))


def imports(source):
    """(line, module) of every absolute import, wherever in the file it stands."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module


def tracked(*suffixes):
    """Paths of the repository's own text files with these suffixes, whether or not they are committed yet."""
    own = [ROOT / name for name in ("tests", "scripts", "docs", ".ci")]
    for folder in (*FOLDERS.values(), *own):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in suffixes and "__pycache__" not in path.parts:
                yield path
