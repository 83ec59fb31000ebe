"""Rules about meaning: what the schema cannot see. Codes are stable; `docs` and the builder refer to them.

T001 a part of the public information is missing · T002 an id used twice · T003 an id that is a reserved word ·
T004 a field lacks what its type needs · T009 no such shared workflow or step · T010 unknown or missing actor ·
T011 action to an unknown step · T012 unreachable step · T013 no way to the end · T014 steps longer than the law
allows · T015 timeout without its action or time · T016 end and outcome do not go together · T017 the result is not
attached by the clerk · T018 sending back without a reason · T020 a fee cannot be computed · T021 two
rows of a table contradict · T022 a row of a table is of no use · T023 no end from here · T024 two at one step ·
T025 result returned while others work · T026 ever more branches · T027 automatic step without a way · T028 split that
may open nothing · T029 join without a split · T030 demands of the
service level · T040 name differs from the catalogue · T050 circle of fields · T055 case reads the form · T060 no
examples · T061 an example names what is not there · T062 example outside the procedure's time · T070 certified copy
asked online · T071 a note with marks of a paper · T072 proof of an exemption is no paper · T073 paper asked on a channel
that is none · T074 validity from no field · T075 a paper handed in two ways · T076 bounds or price of a fee do not fit · T080 unconfirmed source · T081 no case fits · T082 no deadline fits · T083 a deadline row is never
reached · T084 a condition takes too much work · T085 a question without guidance · T086 period ends before it begins ·
T087 no such autocomplete token
"""

from collections.abc import Mapping
from typing import Any

from definitions.lint.examples import lint_examples
from definitions.lint.fields import lint_fields
from definitions.lint.gaps import lint_gaps
from definitions.lint.ids import lint_ids
from definitions.lint.information import lint_information
from definitions.lint.law import lint_law
from definitions.lint.papers import lint_papers
from definitions.lint.tables import lint_tables
from definitions.lint.time import lint_time
from definitions.lint.workflow import lint_workflow
from definitions.model import Definition
from definitions.problems import Report

__all__ = ["lint", "lint_ids"]


def lint(definition: Definition, raw: Mapping[str, Any], report: Report) -> None:
    """Every rule over a compiled definition but `lint_ids`, which needs the data only; `raw`: what it was compiled
    from.
    """
    lint_information(definition, raw, report)
    lint_law(definition, report)
    lint_fields(definition, raw, report)
    lint_papers(definition, raw, report)
    lint_workflow(definition.workflow, ("workflow",), report)
    lint_examples(definition, raw, report)
    if report.has_errors:
        return  # what follows runs the definition, which asks for its parts to be sound
    lint_time(definition, report)
    lint_gaps(definition, report, lint_tables(definition, report))
