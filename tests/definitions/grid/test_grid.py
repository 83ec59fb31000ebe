"""Tables as grids: round trips, buttons, cells checked one by one, and what is proven marked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.aid import place
from definitions.grid import Column, Grid, GridRow, act, checked, collect, grid_of, marks, posted, table_of
from definitions.reading import read
from definitions.shipped import loaded, shipped

DAYS = st.dates().map(lambda day: f"{day:%d/%m/}{day.year:04}")
CELL = st.one_of(
    st.sampled_from(["-", '"xa"', "< 10", "[1..5]", 'not("xa")', "true", "null", "12", "1.50", "-3", "007"]),
    st.text(' ab1.-"<>()[]', min_size=1, max_size=9).map(str.strip).filter(bool),
)
TEXT = st.text("aăâbcđ 1", max_size=9).map(str.strip)


@st.composite
def grids(draw):
    width = draw(st.integers(1, 4))
    column = st.builds(Column, CELL, TEXT, st.just("") | CELL, st.sampled_from(["", "cot"]))
    row = st.builds(
        GridRow,
        st.lists(CELL, min_size=width, max_size=width).map(tuple),
        CELL,
        TEXT,
        st.just("") | DAYS,
        st.just("") | DAYS,
        st.sampled_from(["", "dong"]),
    )
    return Grid(
        tuple(draw(st.lists(column, min_size=width, max_size=width))),
        tuple(draw(st.lists(row, max_size=5))),
        draw(st.sampled_from(["F", "U", "P", "C+"])),
        draw(st.sampled_from(["", "100", "200; 100"])),
        draw(st.just("") | CELL),
    )


@given(grids())
def test_grids_come_back_from_tables_and_forms(grid):
    assert grid_of(table_of(grid)) == grid
    assert collect(posted(grid, "g"), "g") == grid


def tables():
    for file, text in shipped():
        for at, fee in enumerate(read(text).data.get("fees", ())):
            if isinstance(fee["amount"], dict):
                yield pytest.param(file, text, at, id=f"{file}-{fee['id']}")


@pytest.mark.parametrize(("file", "text", "at"), list(tables()))
def test_the_catalogues_tables_come_back_and_are_sound(file, text, at):
    raw = read(text).data["fees"][at]
    grid = grid_of(raw["amount"])
    assert table_of(grid) == raw["amount"]
    assert collect(posted(grid, "g"), "g") == grid
    definition = loaded(text, file).definition
    assert checked(grid, place(definition, ("fees", at, "amount")), "g") == {}
    found = marks(definition, raw["id"], grid)
    assert (found.gaps, found.by_row, found.complete) == ((), {}, True)


@pytest.fixture(scope="module")
def tobacco():
    """The definition whose fee depends on two answers and changes with the year."""
    file, text = next(each for each in shipped() if "fee_area" in each[1])
    definition = loaded(text, file).definition
    return definition, grid_of(read(text).data["fees"][0]["amount"])


def test_a_gap_is_a_dossier_that_can_be_loaded(tobacco):
    definition, grid = tobacco
    found = marks(definition, definition.fees[0].id, replace(grid, rows=grid.rows[:-1]))
    (gap,) = found.gaps
    assert gap.sentence.startswith("Nộp ngày 1/1/2027, Hộ kinh doanh, ")
    assert gap.sentence.endswith(": không có dòng nào.")
    assert gap.situation.answers == {"applicant_kind": "ho_kinh_doanh", "fee_area": "khac"}
    assert gap.situation.day.isoformat() == "2027-01-01"
    assert gap.sure


def test_overlaps_and_useless_rows_are_marked(tobacco):
    definition, grid = tobacco
    doubled = replace(grid, rows=(*grid.rows, grid.rows[-1]))
    assert set(marks(definition, definition.fees[0].id, replace(doubled, hit="U")).by_row) == {8, 9}
    useless = marks(definition, definition.fees[0].id, doubled).by_row
    assert set(useless) == {9}
    assert "không bao giờ được xét tới" in useless[9][0]


def test_the_scope_is_told_apart_from_the_answers():
    file, text = next(each for each in shipped() if "inputs: [channel]" in each[1])
    definition = loaded(text, file).definition
    at = next(at for at, fee in enumerate(read(text).data["fees"]) if isinstance(fee["amount"], dict))
    grid = grid_of(read(text).data["fees"][at]["amount"])
    (gap, *_) = marks(definition, definition.fees[at].id, replace(grid, rows=grid.rows[:1])).gaps
    assert gap.situation.answers == {}
    assert gap.situation.facts == {"channel": "counter"}


def test_a_wrong_cell_is_told_at_its_name(tobacco):
    definition, grid = tobacco
    where = place(definition, ("fees", 0, "amount"))
    first = replace(grid.rows[0], cells=('"ho_kinh"', "< 3"), amount="", start="31/2/2026")
    second = replace(grid.rows[1], amount="150.000", start="02/01/2027", end="01/01/2027")
    columns = (*grid.columns[:1], Column("fee_are"))
    wrong = replace(grid, rows=(first, second, *grid.rows[2:]), columns=columns, default="x")
    told = checked(wrong, where, "g")
    assert set(told) == {
        "g.0.0",
        "g.0.amount",
        "g.0.start",
        "g.1.amount",
        "g.1.end",
        "g.c.1.expression",
        "g.default",
    }
    assert told["g.1.amount"] == "Viết số tiền liền nhau: 150000."
    assert "ho_kinh_doanh" in told["g.0.0"]
    assert marks(definition, definition.fees[0].id, wrong) is None


def test_buttons_change_rows_and_columns(tobacco):
    _, grid = tobacco
    assert len(act(grid, "g:add", "g").rows) == len(grid.rows) + 1
    assert act(grid, "g:add:0", "g").rows[1].cells == ("-", "-")
    assert act(grid, "g:remove:0", "g").rows == grid.rows[1:]
    assert act(act(grid, "g:down:0", "g"), "g:up:1", "g") == grid
    assert act(grid, "g:up:0", "g") == grid
    wider = act(grid, "g:column", "g")
    assert wider.columns[-1] == Column("")
    assert act(wider, "g:drop:2", "g") == grid
    turned = act(grid, "g:left:1", "g")
    assert turned.columns == grid.columns[::-1]
    assert turned.rows[0].cells == grid.rows[0].cells[::-1]
    assert act(turned, "g:right:0", "g") == grid
    for other in ("h:add", "g:drop:9", "g:remove:99", "g:x", "", "g:up:-1"):
        assert act(grid, other, "g") == grid
