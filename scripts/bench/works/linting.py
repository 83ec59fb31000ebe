"""Lint of a definition of sixty questions, as data that have been read already; every rule of ours, every rule of theirs."""

import json
from collections.abc import Mapping
from decimal import Decimal

from definitions.lint import lint, lint_ids
from definitions.problems import Report
from definitions.reading import Tree
from scripts.bench import sixty
from scripts.bench.duel import Peer, Ready, Work, loop
from scripts.bench.node_side import node_peer


def work() -> Work:
    loaded = sixty.loaded()
    definition, raw = loaded.definition, json.loads(loaded.canonical, parse_float=Decimal)
    assert definition is not None

    def once() -> bool:
        report = Report("sixty.yaml", Tree("", raw))
        lint_ids(raw, report)
        lint(definition, raw, report)
        return not report.has_errors

    return Work(
        "soát lỗi một thủ tục 60 câu hỏi",
        "Của chúng tôi: mọi quy tắc T về nghĩa, gồm chứng minh bảng phí, mọi đường của quy trình và các hồ sơ mẫu. "
        "survey-core: lintSurvey với mọi quy tắc của nó.",
        Ready(loop(once), once()),
        [Peer("survey-core", lambda: node_peer("lint", "survey-core", _survey()))],
    )


def _survey() -> Mapping[str, object]:
    from scripts.bench.works.check import survey_model

    return {"model": survey_model()}
