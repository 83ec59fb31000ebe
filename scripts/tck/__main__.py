"""`python -m scripts.tck FOLDER [WORD…]`: results of the kit in FOLDER, of the cases whose path has a WORD."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules.feel import FeelError, Function
from rules.feel.limits import Run
from scripts.tck.decisions import Evaluation
from scripts.tck.dom import Element, kid, kids, local, parse
from scripts.tck.model import NOW, Model
from scripts.tck.values import same, value


@dataclass(frozen=True, slots=True)
class Result:
    level: str
    folder: str
    case: str
    node: str
    wanted: Any
    got: Any

    @property
    def ok(self) -> bool:
        return same(self.wanted, self.got)


def results(file: Path) -> Iterator[Result]:
    tests = parse(file)
    named = kid(tests, "modelName")
    if named is None or not named.text:
        return
    model = Model(file.with_name(named.text))
    level = next((part for part in file.parts if part.startswith("compliance-")), "")
    for case in kids(tests, "testCase"):
        inputs = {node.get("name", ""): value(node) for node in kids(case, "inputNode")}
        evaluation = Evaluation(inputs)
        for node in kids(case, "resultNode"):
            wanted = None if node.get("errorResult") == "true" else value(kid(node, "expected"))
            name = node.get("name", "")
            try:
                got = answer(model, evaluation, case, name)
            except FeelError:
                got = None  # a limit of our engine, which the kit calls an error
            yield Result(level, file.parent.name, case.get("id", ""), name, wanted, got)


def answer(model: Model, evaluation: Evaluation, case: Element, name: str) -> Any:
    called = case.get("invocableName")
    node = model.by_name[called or name]
    found = evaluation.value(model, node)
    if not called and local(node) not in {"businessKnowledgeModel", "decisionService"}:
        return found
    if not isinstance(found, Function):
        return None
    got = found.invoke(Run(NOW), [evaluation.inputs.get(parameter) for parameter in found.params])
    several = local(node) == "decisionService" and len(kids(node, "outputDecision")) > 1
    return got[name] if several and isinstance(got, dict) and name in got else got


def main(arguments: Sequence[str]) -> int:
    if not arguments or not arguments[0] or not Path(arguments[0]).is_dir():
        sys.stderr.write("Cho biết thư mục chứa bộ kiểm thử DMN: make tck TCK=thư-mục\n")
        return 2
    total: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    for file in sorted(Path(arguments[0]).rglob("*.xml")):
        if arguments[1:] and not any(word in str(file) for word in arguments[1:]):
            continue
        for result in results(file):
            total[result.level] += 1
            passed[result.level] += result.ok
            if not result.ok:
                where = f"{result.folder} {result.case} {result.node}"
                sys.stdout.write(f"{where}: mong đợi {result.wanted!r:.120}, thực tế {result.got!r:.120}\n")
    for level in sorted(total):
        sys.stdout.write(f"{level}: {passed[level]}/{total[level]}\n")
    return 0 if total else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
