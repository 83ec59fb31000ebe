"""Comparing what an example expects with what was observed. Running examples is the business of others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from definitions.assess import Assessment
from definitions.model import Example, PaperDue
from rules.calendar import local


@dataclass(frozen=True, slots=True)
class Observed:
    """What came of an example. Paths as in `forms.model.Submission`; `due` is None for an unspecified period."""

    case: str | None
    valid: bool
    errors: frozenset[str]
    fees: Mapping[str, int]
    papers: frozenset[str]
    visible: frozenset[str]
    values: Mapping[str, object]
    due: datetime | None
    collect: Mapping[str, str]
    copies: Mapping[str, Mapping[str, int]]
    optional: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One expectation that was not met. `key`: dotted within `expect` (`fees.phi_tham_dinh`)."""

    key: str
    expected: object
    found: object
    message: str


def observe(assessment: Assessment, due: datetime | None) -> Observed:
    submission = assessment.submission
    return Observed(
        case=None if assessment.case is None else assessment.case.id,
        valid=submission.valid and not assessment.gaps and not assessment.ended,
        errors=frozenset(error.path for error in submission.errors if error.severity == "error"),
        fees={fee.id: fee.amount for fee in assessment.fees},
        papers=frozenset(paper.id for paper in assessment.papers),
        visible=submission.visible,
        values=submission.clean,
        due=due,
        collect={fee.id: fee.collect for fee in assessment.fees},
        copies={paper.id: _copies(paper) for paper in assessment.papers},
        optional=frozenset(paper.id for paper in assessment.papers if not paper.required),
    )


def _copies(paper: PaperDue) -> Mapping[str, int]:
    """As a definition writes them: `{original: 1}`, without what is none."""
    return {kind: many for kind, many in (("original", paper.original), ("copy", paper.copy)) if many}


def compare(example: Example, observed: Observed) -> tuple[Mismatch, ...]:
    """Everything the example expects and did not get. What it does not mention is not looked at; fees, papers and
    errors that it does mention must be those and no others, except that paths may be hidden or shown besides.
    """
    expect = example.expect
    found: list[Mismatch] = []
    if "case" in expect:
        _same("case", "Trường hợp", expect["case"], observed.case, found)
    if "valid" in expect:
        _same("valid", "Hồ sơ điền đúng", expect["valid"], observed.valid, found)
    if "errors" in expect:
        _set("errors", "Trường báo lỗi", expect["errors"], observed.errors, found)
    if "papers" in expect:
        _set("papers", "Giấy tờ", expect["papers"], observed.papers, found)
    if "optional" in expect:
        _set("optional", "Giấy tờ không bắt buộc", expect["optional"], observed.optional, found)
    wanted = expect.get("fees")
    if isinstance(wanted, Mapping):
        for fee in {**wanted, **observed.fees}:
            _same(f"fees.{fee}", f"Khoản thu {fee}", wanted.get(fee), observed.fees.get(fee), found)
    if "total" in expect:
        _same("total", "Tổng tiền", expect["total"], sum(observed.fees.values()), found)
    for key, title, real in (
        ("collect", "Thu khi nào", observed.collect),
        ("copies", "Số bản", observed.copies),
    ):
        told = expect.get(key)
        for name, value in told.items() if isinstance(told, Mapping) else ():
            _same(f"{key}.{name}", f"{title} của {name}", value, real.get(name), found)
    for path in _texts(expect.get("visible")):
        if path not in observed.visible:
            found.append(Mismatch("visible", path, None, f"Trường {path} phải hiện ra nhưng đang ẩn."))
    for path in _texts(expect.get("hidden")):
        if path in observed.visible:
            found.append(Mismatch("hidden", path, None, f"Trường {path} phải ẩn nhưng đang hiện."))
    values = expect.get("values")
    if isinstance(values, Mapping):
        for name, value in values.items():
            _same(f"values.{name}", f"Giá trị của {name}", value, observed.values.get(name), found)
    if "due" in expect:
        due = None if observed.due is None else f"{local(observed.due):%Y-%m-%dT%H:%M}"
        _same("due", "Hạn trả", expect["due"], due, found)
    return tuple(found)


def _same(key: str, title: str, expected: object, got: object, found: list[Mismatch]) -> None:
    if _as_written(expected) != _as_written(got):
        message = f"{title}: mong đợi {_said(expected)}, thực tế {_said(got)}."
        found.append(Mismatch(key, expected, got, message))


def _as_written(value: object) -> object:
    """249.9 as it reads, and not the binary number nearest to it."""
    return Decimal(repr(value)) if isinstance(value, float) else value


def _set(key: str, title: str, expected: object, got: Iterable[str], found: list[Mismatch]) -> None:
    wanted, real = set(_texts(expected)), set(got)
    missing, extra = sorted(wanted - real), sorted(real - wanted)
    if missing or extra:
        parts = [f"thiếu {', '.join(missing)}"] if missing else []
        parts += [f"thừa {', '.join(extra)}"] if extra else []
        found.append(Mismatch(key, sorted(wanted), sorted(real), f"{title}: {'; '.join(parts)}."))


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else []


def _said(value: object) -> str:
    if value is None:
        return "không có"
    if isinstance(value, bool):
        return "có" if value else "không"
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value)
