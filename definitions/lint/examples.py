"""Examples: there are some, and they speak of what is there (T060–T063)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from definitions.assess import legal_day
from definitions.model import Definition
from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path
from forms.model import Field
from rules.workflow.model import END

TRIAL_WORDS: Final = (
    "accept",
    "wait",
    "pay",
    "request_supplement",
    "supply",
    "refuse",
    "withdraw",
    "begin",
    "child",
    "verify",
    "extend",
    "apologise",
)
"""What `steps[].do` may be beside the actions of the workflow."""


def lint_examples(definition: Definition, raw: Mapping[str, Any], report: Report) -> None:
    if not definition.examples:
        report.error(
            ("examples",),
            "T060",
            "Bản cấu hình chưa có ví dụ kiểm thử nào.",
            "Thêm ít nhất một ví dụ cho mỗi trường hợp: câu trả lời và kết quả mong đợi.",
        )
    expected = {example.expect.get("case") for example in definition.examples}
    for at, case in enumerate(definition.cases if definition.examples else ()):
        if case.id not in expected:
            report.warn(
                ("cases", at),
                "T063",
                f"Chưa ví dụ nào nói rõ là thuộc trường hợp “{case.label}”.",
                f"Thêm ví dụ có “expect: {{case: {case.id}}}”.",
            )
    for at, example in enumerate(raw.get("examples", ())):
        _Names(definition, report).check(example, ("examples", at))
        day = legal_day(definition.examples[at].submitted_at)
        if not definition.effective.covers(day):
            report.warn(
                ("examples", at, "submitted_at"),
                "T062",
                f"Ví dụ nộp ngày {day:%d/%m/%Y}, ngoài thời gian hiệu lực của thủ tục.",
                "Đổi ngày nộp của ví dụ.",
            )


class _Names:
    def __init__(self, definition: Definition, report: Report) -> None:
        self.report = report
        self.fields = {field.id: field for field in definition.fields}
        self.cases = [case.id for case in definition.cases]
        self.papers = [paper.id for paper in definition.attachments]
        self.fees = [fee.id for fee in definition.fees]
        self.documents = [document.id for document in definition.documents]
        self.rules = [rule.id for rule in definition.event_rules]
        self.steps = [*(step.id for step in definition.workflow.steps), END]
        self.actions = [
            *TRIAL_WORDS,
            *dict.fromkeys(a.id for s in definition.workflow.steps for a in s.actions),
        ]

    def check(self, example: Mapping[str, Any], path: Path) -> None:
        self._answers(example["answers"], self.fields, (*path, "answers"))
        self._each(example.get("papers", ()), self.papers, "giấy tờ", (*path, "papers"))
        expect = example["expect"]
        there = (*path, "expect")
        if expect.get("case") is not None:
            self._known(expect["case"], self.cases, "trường hợp", (*there, "case"))
        for key in ("papers", "optional"):
            self._each(expect.get(key, ()), self.papers, "giấy tờ", (*there, key))
        self._each(expect.get("documents", ()), self.documents, "văn bản", (*there, "documents"))
        for key, known, what in (
            ("fees", self.fees, "khoản thu"),
            ("collect", self.fees, "khoản thu"),
            ("copies", self.papers, "giấy tờ"),
            ("values", list(self.fields), "trường"),
            ("printed", self.documents, "văn bản"),
        ):
            for name in expect.get(key, ()):
                self._known(name, known, what, (*there, key, name), on_key=True)
        for key in ("visible", "hidden", "errors"):
            for at, name in enumerate(expect.get(key, ())):
                self._path(name, (*there, key, at))
        for at, step in enumerate(example.get("steps", ())):
            self._known(step["do"], self.actions, "thao tác", (*path, "steps", at, "do"))
            for key in ("events", "refused"):
                there = (*path, "steps", at, "expect", key)
                self._each(step.get("expect", {}).get(key, ()), self.rules, "quy tắc sự kiện", there)
            target = step.get("expect", {}).get("step")
            if target is not None:
                self._known(target, self.steps, "bước", (*path, "steps", at, "expect", "step"))

    def _answers(self, answers: Mapping[str, Any], fields: Mapping[str, Field], path: Path) -> None:
        for name, answer in answers.items():
            field = fields.get(name)
            if field is None:
                self._known(name, fields, "trường", (*path, name), on_key=True)
            elif field.type == "list" and isinstance(answer, list):
                items = {item.id: item for item in field.item}
                for at, row in enumerate(answer):
                    if isinstance(row, dict):
                        self._answers(row, items, (*path, name, at))
            elif field.type == "group" and isinstance(answer, dict):
                self._answers(answer, {part.id: part for part in field.item}, (*path, name))

    def _path(self, name: str, path: Path) -> None:
        """`field`, `group.part` or `list.0.field`."""
        fields = self.fields
        names = [part for part in name.split(".") if not part.isdecimal()]
        for known in names:
            field = fields.get(known)
            if field is None:
                self._known(known, fields, "trường", path)
                return
            fields = {item.id: item for item in field.item}

    def _each(self, names: Iterable[str], known: Iterable[str], what: str, path: Path) -> None:
        for at, name in enumerate(names):
            self._known(name, known, what, (*path, at))

    def _known(self, name: str, known: Iterable[str], what: str, path: Path, *, on_key: bool = False) -> None:
        if name not in known:
            message = f"Ví dụ nhắc tới {what} không có: “{name}”."
            self.report.error(path, "T061", message, did_you_mean(name, known), on_key=on_key)
