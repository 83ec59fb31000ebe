"""Text → definition and everything that is wrong with it: read, check the shape, compile, lint."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from definitions import blocks as shared_blocks
from definitions import documents as shared_documents
from definitions import partial
from definitions import vocabularies as shared_vocabularies
from definitions.blocks.expanding import expand
from definitions.compiler import compile_definition
from definitions.compiler.workflow import resolve
from definitions.documents.resolving import resolve_documents
from definitions.english import resolve_english
from definitions.lint import lint, lint_ids
from definitions.model import Definition
from definitions.problems import Problem, Report
from definitions.reading import Tree
from definitions.shape import check_shape
from definitions.sharing import parsed
from definitions.vocabularies.resolving import resolve_vocabularies
from definitions.workflows import shared


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a text comes to.

    `definition`: there whenever the text could be compiled, even if the linter objects (a preview needs no
    perfection); `ok`: nothing keeps it from review. `canonical`: the data as JSON with a shared workflow's steps,
    shared blocks and shared documents put in place, which is what the content hash is taken of and what a store keeps; empty where there is no definition.
    """

    definition: Definition | None
    problems: tuple[Problem, ...]
    canonical: str = ""

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "warning")

    @property
    def ok(self) -> bool:
        return self.definition is not None and not self.errors


Shared = Mapping[str, Mapping[str, Any]]
"""Raw data that definitions share, by id."""


def load(
    text: str,
    filename: str,
    *,
    workflows: Shared | None = None,
    blocks: Shared | None = None,
    documents: Shared | None = None,
    vocabularies: Shared | None = None,
) -> Loaded:
    """A definition from YAML 1.2 or JSON. `workflows`, `blocks`, `documents`, `vocabularies`: the shared ones, those
    shipped unless given.
    """
    tree, problems = parsed(text, filename)
    if tree is None:
        return Loaded(None, problems)
    return _load(tree, filename, _sharing(workflows, blocks, documents, vocabularies), linted=True)


def meaning(
    tree: Tree,
    *,
    workflows: Shared | None = None,
    blocks: Shared | None = None,
    documents: Shared | None = None,
    vocabularies: Shared | None = None,
) -> tuple[str, str] | None:
    """What a text says with its shared parts in place, as (canonical JSON, content hash), without compiling it.

    None where it has not the shape of a definition, or names a shared part that is not there. The arguments are as for
    `load`.
    """
    if not isinstance(tree.data, dict):
        return None
    report = Report("", tree)
    if not check_shape(tree.data, report):
        return None
    resolved = _resolved(tree.data, report, _sharing(workflows, blocks, documents, vocabularies))
    if resolved is None or report.has_errors:
        return None
    return _json(resolved, sort=False), content_hash(resolved)


def load_canonical(canonical: str, filename: str) -> Loaded:
    """A definition from what `Loaded.canonical` said: checked once already, so it is not linted again."""
    data = json.loads(canonical, parse_float=Decimal)
    return _load(Tree(canonical, data), filename, _sharing({}, {}, {}, None), linted=False)


@dataclass(frozen=True, slots=True)
class _Sharing:
    workflows: Shared
    blocks: Shared
    documents: Shared
    vocabularies: Shared


def _sharing(
    workflows: Shared | None, blocks: Shared | None, documents: Shared | None, vocabularies: Shared | None
) -> _Sharing:
    return _Sharing(
        shared() if workflows is None else workflows,
        shared_blocks.shared() if blocks is None else blocks,
        shared_documents.shared() if documents is None else documents,
        shared_vocabularies.shared() if vocabularies is None else vocabularies,
    )


def _load(tree: Tree, filename: str, sharing: _Sharing, *, linted: bool) -> Loaded:
    report = Report(filename, tree)
    data = tree.data
    if not isinstance(data, dict):
        report.error(
            (), "S003", "Bản cấu hình phải là một nhóm khóa.", 'Bắt đầu bằng dòng: procedure: "mã thủ tục".'
        )
        return Loaded(None, report.problems)
    if not check_shape(data, report):
        return Loaded(None, (*report.problems, *_of_what_is_there(tree, data, report, sharing)))
    resolved = _resolved(data, report, sharing)
    if resolved is None:
        return Loaded(None, report.problems)
    definition = compile_definition(resolved, content_hash(resolved), report)
    if linted:
        lint_ids(resolved, report)
    if definition is None:
        return Loaded(None, report.problems)
    if linted:
        lint(definition, resolved, report)
    return Loaded(definition, report.problems, _json(resolved, sort=False))


def _resolved(data: Mapping[str, Any], report: Report, sharing: _Sharing) -> dict[str, Any] | None:
    """The data with all that is shared in place; None where there is no such workflow."""
    workflow = resolve(data["workflow"], sharing.workflows, ("workflow",), report)
    if workflow is None:
        return None
    expanded = expand({**data, "workflow": workflow}, sharing.blocks, report)
    printed = resolve_documents(expanded, sharing.documents, report)
    whole = resolve_vocabularies(printed, sharing.vocabularies, report)
    return resolve_english(whole, (sharing.workflows, sharing.blocks, sharing.vocabularies), report)


def _of_what_is_there(
    tree: Tree, data: Mapping[str, Any], report: Report, sharing: _Sharing
) -> tuple[Problem, ...]:
    """The problems of a definition that whole parts are still missing of."""
    whole = partial.completed(data, report.problems)
    if whole is None:
        return ()
    found = _load(replace(tree, data=whole), report.file, sharing, linted=True).problems
    return partial.about(data, found)


def content_hash(data: object) -> str:
    """SHA-256 of the canonical JSON: keys sorted, no white space; numbers by value (`1.50` is `1.5`)."""
    return hashlib.sha256(_json(data, sort=True).encode()).hexdigest()


def _json(data: object, *, sort: bool) -> str:
    return json.dumps(data, sort_keys=sort, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> float | int:
    """What JSON has no word for: decimals."""
    assert isinstance(value, Decimal)
    return int(value) if value == value.to_integral_value() else float(value)
