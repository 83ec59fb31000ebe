from forms.cycles import check_cycles
from forms.model import Field, Form, Option, Page
from rules.feel import T
from rules.feel import compile as feel


def text(name: str, *, visible: str | None = None) -> Field:
    return Field(name, "text", name, visible=feel(visible) if visible else None)


def test_a_form_in_order_has_none():
    assert check_cycles((text("a"), text("b", visible="a = c"), text("c", visible="a != null"))) == ()


def test_two_fields_that_wait_for_each_other():
    assert check_cycles(
        (text("a", visible="b = null"), text("b", visible="a = null"), text("c", visible="a = null"))
    ) == (("a", "b"),)


def test_a_field_that_waits_for_itself():
    assert check_cycles((text("a", visible="a = null"),)) == (("a",),)


def test_computations_options_and_pages_count():
    total = Field("total", "computed", "t", compute=feel("part + 1"))
    part = Field("part", "computed", "p", compute=feel("total - 1"))
    assert check_cycles((total, part)) == (("total", "part"),)
    kind = Field("kind", "choice", "k", options=(Option("a", "A", when=feel("more")),))
    more = Field("more", "yes_no", "m", visible=feel('kind = "a"'))
    assert check_cycles((kind, more)) == (("kind", "more"),)
    form = Form(
        (
            Page("one", "Một", (text("a"),), visible=feel("b != null")),
            Page("two", "Hai", (text("b", visible="a = null"),)),
        )
    )
    assert check_cycles(form) == (("a", "b"),)


def test_what_only_judges_makes_no_circle():
    low = Field("low", "integer", "l", max=feel("high"), required=feel("high != null"))
    high = Field("high", "integer", "h", min=feel("low"), required=feel("low != null"))
    assert check_cycles((low, high)) == ()


def test_rows_have_circles_of_their_own():
    rows = Field("rows", "list", "r", item=(text("a", visible="b = null"), text("b", visible="a = null")))
    assert check_cycles((rows,)) == (("rows.a", "rows.b"),)


def test_a_row_that_reads_its_own_list():
    rows = Field("rows", "list", "r", item=(text("a", visible="count(rows) > 1"),))
    assert check_cycles((rows,)) == (("rows",),)


def test_names_inside_a_list_are_no_fields_of_the_form():
    names = {"rows": T.list_of(T.context({"pages": T.NUMBER})), "pages": T.NUMBER}
    pages = Field("pages", "computed", "p", compute=feel("sum(for r in rows return r.pages)", names))
    rows = Field("rows", "list", "r", item=(Field("pages", "integer", "Số trang"),))
    assert check_cycles((pages, rows)) == ()
