"""Days off as lines, and back; what a calendar would do to dossiers."""

import pytest

from definitions.calendars import data, layers
from rules.calendar import Calendar
from tthc.calendars import grid, lines


@pytest.mark.parametrize("year", sorted(data("vn")["years"]))
def test_every_shipped_year_comes_back_the_same(year):
    body = data("vn")["years"][year]
    read = lines.read(lines.write(body["off"]), year)
    again = {"years": {year: {"confirmed": body["confirmed"], "off": read}}}
    seed, made = Calendar.from_data(*layers()), Calendar.from_data(*layers(), again)
    assert grid.months(made, year) == grid.months(seed, year)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("02/09/2026", "Dòng 1"),
        ("02/09/2026 | nghỉ chơi | Quốc khánh", "nghỉ lễ, nghỉ bù, hoán đổi"),
        ("31/02/2026 | nghỉ lễ | Tết", "không phải là một ngày có thật"),
        ("02/09/2025 | nghỉ lễ | Quốc khánh", "không phải ngày của năm 2026"),
        ("03/09/2026 - 02/09/2026 | nghỉ lễ | Quốc khánh", "ngày cuối trước ngày đầu"),
        ("02/01/2026 | hoán đổi | thứ Bảy", "ngày làm bù"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text, said):
    with pytest.raises(lines.LinesError, match=said):
        lines.read(text, 2026)


def test_the_grid_says_each_special_day_in_a_word():
    october, november = grid.months(Calendar.from_data(*layers()), 2026)[9:11]
    assert october.working == 22
    marked = [c for week in november.weeks for c in week if c and c.mark]
    assert [(c.day, c.mark, c.why) for c in marked] == [(24, "Lễ", "nghỉ Ngày Văn hóa Việt Nam")]
    assert [c and c.day for c in november.weeks[0]] == [None] * 6 + [1]
