from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.feel import T, YearMonthDuration
from rules.tables import DecisionTable, Input, Output, Row
from rules.tables.analysis import Domain, analyse
from rules.tables.analysis.scale import SCALES, pieces

WHOLE = Domain(integer=True, low=Decimal(1), nullable=False)
KINDS = Domain.of(["ho", "dn", "khac"], nullable=False, label="chủ thể", labels={"ho": "hộ kinh doanh"})


def table(rows, hit="F", names=None, inputs=("x", "k"), **more):
    names = names or {"x": T.NUMBER, "k": T.STRING}
    made = [Row(tests, [at], *days) for at, (tests, *days) in enumerate(rows)]
    return DecisionTable.compile([Input(each) for each in inputs], [Output(**more)], made, hit, names)


def said(found):
    return [str(each) for each in (*found.gaps, *found.overlaps, *found.unreachable)]


def test_a_gap_is_a_concrete_input_in_the_words_of_the_form():
    found = analyse(
        table([(["< 3", "-"],), (["> 3", "-"],), (["-", '"dn", "khac"'],)]), {"x": WHOLE, "k": KINDS}
    )
    assert said(found)[0] == "Không dòng nào của bảng nhận: x = 3, chủ thể = hộ kinh doanh."
    assert (found.complete, found.gaps[0].point.values) == (False, {"x": 3, "k": "ho"})


def test_a_table_that_answers_all_is_proven_complete_and_disjoint():
    rows = [(["[1..3]", '"ho"'],), (["> 3", '"ho"'],), (["-", 'not("ho")'],)]
    found = analyse(table(rows, "U"), {"x": WHOLE, "k": KINDS})
    assert said(found) == []
    assert (found.complete, found.disjoint, found.sound) == (True, True, True)
    assert found.undecided == ()


def test_whole_numbers_leave_no_gap_between_neighbours_but_decimals_do():
    rows = table([(["<= 3"],), ([">= 4"],)], inputs=["x"])
    assert analyse(rows, {"x": WHOLE}).complete is True
    found = analyse(rows, {"x": Domain(nullable=False)})
    assert [gap.point.values["x"] for gap in found.gaps] == [Decimal("3.5")]


def test_an_input_that_may_be_left_empty_needs_a_row():
    rows = table([(["<= 3"],), (["> 3"],)], inputs=["x"])
    assert said(analyse(rows, {"x": Domain(label="Số trang")})) == [
        "Không dòng nào của bảng nhận: Số trang = để trống."
    ]
    assert analyse(table([(["<= 3"],), (["> 3, null"],)], inputs=["x"])).complete is True


def test_a_table_with_a_default_or_one_that_counts_answers_always():
    assert analyse(table([(["1"],)], inputs=["x"], default="0")).complete is True
    assert analyse(table([(["1"],)], "C#", inputs=["x"])).complete is True


def test_text_that_no_row_mentions_is_thought_of():
    (gap,) = analyse(table([(['"a", "b"'],)], inputs=["k"]), {"k": Domain(nullable=False)}).gaps
    assert gap.point.values["k"] not in {"a", "b", None}
    assert analyse(table([(['not("a")'],), (['"a"'],), (["null"],)], inputs=["k"])).complete is True


@pytest.mark.parametrize(
    ("hit", "values", "forbidden"),
    [
        ("U", (1, 1), True),
        ("A", (1, 2), True),
        ("A", (1, "1.0"), False),
        ("A", ("k", "k"), False),
        ("A", ("k", "x"), None),
        ("F", (1, 2), False),
        ("C+", (1, 2), False),
    ],
)
def test_two_rows_that_meet_are_forbidden_by_some_policies(hit, values, forbidden):
    rows = [Row([">= 1"], [values[0]]), Row(["<= 1"], [values[1]])]
    made = DecisionTable.compile([Input("x")], [Output()], rows, hit, {"x": T.NUMBER, "k": T.NUMBER})
    found = analyse(made)
    (overlap,) = found.overlaps
    assert (overlap.rows, overlap.point.values, overlap.forbidden) == ((1, 2), {"x": 1}, forbidden)
    assert found.disjoint is False
    assert str(overlap).startswith("Dòng 1 và dòng 2 cùng nhận: x = 1. ")


def test_rows_that_never_decide_and_why():
    rows = [(["< 5", "-"],), ([">= 5", '"ho"'],), (["> 7", '"ho"'],), (["[4..6]", '"xa"'],), (["-", "-"],)]
    found = analyse(table(rows), {"x": WHOLE, "k": KINDS})
    assert [(row.row, row.cause, row.by, row.column) for row in found.unreachable] == [
        (3, "masked", (2,), 0),
        (4, "empty", (), 2),
    ]
    assert said(found)[-2:] == [
        "Dòng 3 không bao giờ được xét tới: các dòng đứng trước (2) đã nhận hết.",
        "Dòng 4 không bao giờ đúng: không giá trị nào của “chủ thể” thỏa ô này.",
    ]
    assert analyse(table(rows, "C+"), {"x": WHOLE, "k": KINDS}).unreachable[0].row == 4


def test_each_period_of_law_is_looked_at_and_the_day_is_named():
    rows = table(
        [(["< 5"], None, date(2026, 12, 31)), ([">= 5"],), (["< 4"], date(2027, 1, 1))], inputs=["x"]
    )
    found = analyse(rows, {"x": WHOLE}, first=date(2026, 1, 1))
    assert said(found) == ["Không dòng nào của bảng nhận: x = 4, ngày 01/01/2027."]
    assert analyse(rows, {"x": WHOLE}, last=date(2026, 12, 31)).complete is True
    assert analyse(rows, {"x": WHOLE}, last=date(2026, 12, 31)).unreachable[0].cause == "never law"


def test_days_without_any_law_are_gaps():
    rows = DecisionTable.compile(
        [], [Output()], [Row([], [1], date(2025, 7, 1), date(2026, 6, 30)), Row([], [2], date(2026, 8, 1))]
    )
    assert said(analyse(rows)) == [
        "Không dòng nào của bảng có hiệu lực ngày 30/06/2025.",
    ]
    assert [gap.point.day for gap in analyse(rows, first=date(2025, 7, 1)).gaps] == [date(2026, 7, 1)]


def test_a_row_masked_at_one_time_only_is_of_use():
    rows = table([(["-"], date(2027, 1, 1)), (["> 1"],), (["-"],)], inputs=["x"])
    assert analyse(rows).unreachable == ()


@pytest.mark.parametrize(
    "cell", ["> y", "x + 1 > y", "string length(string(?)) > 1", "> y + 0", "date(now()) = ?"]
)
def test_what_cannot_be_decided_is_said_and_nothing_is_claimed(cell):
    names = {"x": T.NUMBER, "y": T.NUMBER} if "date" not in cell else {"x": T.DATE}
    made = table([([cell],), (["null"],)], names=names, inputs=["x"])
    found = analyse(made)
    assert [(each.row, each.column, each.text) for each in found.undecided] == [(1, 1, cell)]
    assert (found.complete, found.disjoint, found.gaps) == (None, None, ())
    assert analyse(table([([cell],), (["-"],)], names=names, inputs=["x"])).complete is True
    assert not found.sound


def test_any_cell_can_be_decided_where_the_values_can_be_listed():
    rows = table([(["modulo(?, 2) = 0"],), (["? = 3 or ? = 5"],)], inputs=["x"])
    domain = Domain(integer=True, low=Decimal(2), high=Decimal(7), nullable=False)
    found = analyse(rows, {"x": domain})
    assert (found.undecided, [gap.point.values["x"] for gap in found.gaps]) == ((), [7])


def test_inputs_that_depend_on_each_other_make_no_false_alarm():
    names = {"x": T.NUMBER}
    made = table([(["< 5", "-"],), (["-", ">= 10"],)], names=names, inputs=["x", "x * 2"])
    domain = {"x": Domain(nullable=False), "x * 2": Domain(nullable=False)}
    found = analyse(made, domain)
    assert (found.complete, [gap.sure for gap in found.gaps]) == (None, [False])
    same = table([(["< 5", "-"],), (["-", ">= 5"],)], names=names, inputs=["x", "x"])
    assert analyse(same, domain).complete is True


def test_whoever_knows_more_may_say_which_inputs_occur():
    made = table([(["-", '"ho"'],), (["> 3", "-"],)])
    domains = {"x": Domain(integer=True, low=Decimal(1)), "k": KINDS}

    def only_when_empty(point):
        return point.values["x"] is None

    (gap,) = analyse(made, domains, confirm=only_when_empty).gaps
    assert gap.point.values == {"x": None, "k": "dn"}
    unknown = analyse(made, domains, confirm=lambda _: None)
    assert (unknown.complete, unknown.gaps[0].sure) == (None, False)


def test_allowed_values_narrow_the_input_and_must_let_in_what_the_form_offers():
    inputs = [Input("k", "Chủ thể", T.STRING, '"ho","dn"')]
    made = DecisionTable.compile(
        inputs, [Output()], [Row(['"ho"'], [1]), Row(['"dn"'], [2])], "U", {"k": T.STRING}
    )
    assert analyse(made).sound
    assert said(analyse(made, {"k": KINDS})) == ["Giá trị cho phép của bảng không nhận: chủ thể = “khac”."]


def test_a_hundred_rows_of_six_columns_are_proven():
    names = {f"x{at}": T.NUMBER for at in range(6)}
    bands = ["< 1", "[1..2)", "[2..3)", ">= 3", "null"]
    rows = [([a, b, c, "-", "-", "-"],) for a, b, c in product(bands, bands, bands[:-1])]
    rows += [([a, b, "null", c, "-", "-"],) for a, b, c in product(bands, bands, ["< 5, null", ">= 5"])]
    found = analyse(table(rows, "U", names, list(names)))
    assert len(rows) == 150
    assert found.sound


def test_what_is_too_large_to_prove_is_said():
    found = analyse(table([(["< 3", "-"],), (["> 2, null", "-"],)]), steps=1)
    assert (found.too_large, found.complete, found.sound) == (True, None, False)


CUTS = {
    "number": [Decimal(1), Decimal("1.5"), Decimal("1E+40")],
    "date": [date(2026, 1, 1), date(2026, 1, 2), date.max],
    "time": [time(8), time(8, 0, 1), time(0)],
    "date and time": [datetime(2026, 1, 1, 8), datetime(2026, 1, 1, 9)],
    "days and time duration": [timedelta(1), timedelta(2)],
    "years and months duration": [YearMonthDuration(1), YearMonthDuration(3)],
}


@pytest.mark.parametrize("kind", SCALES)
def test_the_line_is_cut_in_order_with_every_cut_and_something_between(kind):
    scale, cuts = SCALES[kind], CUTS[kind]
    places = [scale.place(value) for value in pieces(scale, cuts)]
    assert places == sorted(set(places))
    assert {scale.place(cut) for cut in cuts} <= set(places)
    inside = [scale.place(each) for each in pieces(scale, cuts, cuts[0], cuts[1])]
    assert min(inside) >= min(places[0], scale.place(cuts[0])) and max(inside) <= scale.place(cuts[1])


# -- against brute force ------------------------------------------------------------------------------------------

NUMBERS = [
    "-",
    "< 2",
    "<= 2",
    "[1..3]",
    "(1..3)",
    "3",
    "not(2)",
    "null",
    "? > 1 and ? < 4",
    "1, 4",
    "> 3",
    "not(< 2, 3)",
]
STRINGS = ["-", '"a"', '"a", "b"', 'not("a")', "null", "not(null)", '? in ("a", "c")']
TRUTHS = ["-", "true", "false", "null", "not(true)", "? = true"]
DATES = [
    "-",
    '< @"2026-01-02"',
    '[@"2026-01-01"..@"2026-01-03"]',
    '@"2026-01-02"',
    "null",
    '>= @"2026-01-02"',
]
GRID = {
    "n": [None, *(Decimal(each) / 2 for each in range(12))],
    "s": [None, "a", "b", "c", "khác"],
    "t": [None, True, False],
    "d": [None, *(date(2025, 12, 30) + timedelta(each) for each in range(8))],
}
CELLS = {"n": NUMBERS, "s": STRINGS, "t": TRUTHS, "d": DATES}
TYPES = {"n": T.NUMBER, "s": T.STRING, "t": T.BOOLEAN, "d": T.DATE}
LAW = [None, date(2026, 1, 1), date(2026, 7, 1)]


@st.composite
def tables(draw):
    columns = draw(st.lists(st.sampled_from("nstd"), min_size=1, max_size=2, unique=True))
    if draw(st.booleans()):
        columns.append("t") if "t" not in columns else None
    days = st.sampled_from(LAW)
    rows = []
    for number in range(draw(st.integers(1, 5))):
        start, end = draw(days), draw(days)
        if start is not None and end is not None and end < start:
            start, end = end, start
        rows.append(Row([draw(st.sampled_from(CELLS[name])) for name in columns], [number % 2], start, end))
    return columns, rows


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables(), st.sampled_from("UAFC"))
def test_agrees_with_brute_force(made, hit):
    columns, rows = made
    inputs = [Input(name) for name in columns]
    types = {name: TYPES[name] for name in columns}
    every = DecisionTable.compile(inputs, [Output()], rows, "R", types)
    found = analyse(DecisionTable.compile(inputs, [Output()], rows, hit, types))
    gap = overlap = False
    first = set()
    for day in [date(2025, 1, 1), *LAW[1:], date(2026, 1, 2), date(2026, 7, 2)]:
        for values in product(*(GRID[name] for name in columns)):
            hits = every.decide(dict(zip(columns, values, strict=True)), on=day).rows
            gap, overlap = gap or not hits, overlap or len(hits) > 1
            first.update(hits[:1] if hit == "F" else hits)
    assert (found.undecided, found.too_large) == ((), False)
    assert (found.complete, found.disjoint) == (not gap, not overlap)
    assert {row.row for row in found.unreachable} == set(range(1, len(rows) + 1)) - first
    for each in found.gaps:
        assert every.decide(each.point.values, on=each.point.day or date(2026, 1, 1)).rows == ()
    for each in found.overlaps:
        hits = every.decide(each.point.values, on=each.point.day or date(2026, 1, 1)).rows
        assert set(each.rows) <= set(hits)
        left, right = (rows[number - 1].values for number in each.rows)
        assert each.forbidden is (hit == "U" or (hit == "A" and left != right))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from([*NUMBERS, "> y", "y", "? + 1 > y"]), st.sampled_from(TRUTHS)),
        min_size=1,
        max_size=5,
    )
)
def test_nothing_false_is_claimed_of_cells_that_cannot_be_decided(cells):
    types = {"n": T.NUMBER, "t": T.BOOLEAN, "y": T.NUMBER}
    rows = [Row(list(tests), [0]) for tests in cells]
    every = DecisionTable.compile([Input("n"), Input("t")], [Output()], rows, "R", types)
    found = analyse(DecisionTable.compile([Input("n"), Input("t")], [Output()], rows, "F", types))
    hits = [
        every.decide({"n": n, "t": t, "y": y}).rows
        for n, t, y in product(GRID["n"], GRID["t"], [None, Decimal(0), Decimal(3)])
    ]
    if found.complete is not None:
        assert found.complete is all(hits)
    if found.disjoint is not None:
        assert found.disjoint is all(len(each) < 2 for each in hits)
    for gap in found.gaps:
        assert [every.decide({**gap.point.values, "y": y}).rows for y in (None, 0, 3)] == [(), (), ()]
    for row in found.unreachable:
        assert all(each[:1] != (row.row,) for each in hits)
    assert bool(found.undecided) == any("y" in test for test, _ in cells)
