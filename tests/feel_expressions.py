"""Random typed FEEL expressions with the data they read."""

from datetime import date
from functools import cache

from hypothesis import strategies as st

CONTEXT = {
    "a": 3,
    "b": -2,
    "c": 10,
    "s": "Sơn La",
    "t": "la",
    "yes": True,
    "no": False,
    "xs": [1, 2, 3, 5, 8],
}

NUMBER_NAMES = st.sampled_from(["a", "b", "c"])
SMALL = st.integers(0, 20).map(str)


DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31)).map(lambda day: f'date("{day}")')
DATES = st.one_of(
    DAYS,
    st.tuples(DAYS, st.sampled_from("+-"), st.sampled_from(["P1D", "P30D", "P1M", "P1Y2M"])).map(
        lambda x: f'({x[0]} {x[1]} duration("{x[2]}"))'
    ),
)


@cache
def numbers(depth):
    leaf = NUMBER_NAMES | SMALL
    if not depth:
        return leaf
    n, t, s, xs = numbers(depth - 1), truths(depth - 1), strings(depth - 1), lists(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(DATES, st.sampled_from(["year", "month", "day", "weekday"])).map(
            lambda x: f"{x[0]}.{x[1]}"
        ),
        st.tuples(DATES, DATES).map(lambda x: f"({x[0]} - {x[1]}).days"),
        st.tuples(n, st.sampled_from(["+", "-", "*"]), n).map(lambda x: f"({x[0]} {x[1]} {x[2]})"),
        n.map(lambda x: f"-({x})"),
        st.tuples(t, n, n).map(lambda x: f"(if {x[0]} then {x[1]} else {x[2]})"),
        st.tuples(st.sampled_from(["sum", "min", "max", "count"]), xs).map(lambda x: f"{x[0]}({x[1]})"),
        s.map(lambda x: f"string length({x})"),
        st.tuples(st.sampled_from(["floor", "ceiling", "abs"]), n).map(lambda x: f"{x[0]}({x[1]})"),
        st.tuples(n, st.integers(1, 7)).map(lambda x: f"modulo({x[0]}, {x[1]})"),
        st.tuples(n, n).map(lambda x: f"{{x: {x[0]}, y: x + {x[1]}}}.y"),
    )


@cache
def strings(depth):
    leaf = st.sampled_from(["s", "t", '"a"', '"Lò Thị"', '""'])
    if not depth:
        return leaf
    s, t = strings(depth - 1), truths(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(s, s).map(lambda x: f"({x[0]} + {x[1]})"),
        st.tuples(st.sampled_from(["upper case", "lower case"]), s).map(lambda x: f"{x[0]}({x[1]})"),
        st.tuples(s, st.integers(1, 3)).map(lambda x: f'substring("Mường La", {x[1]}, 2) + {x[0]}'),
        st.tuples(t, s, s).map(lambda x: f"(if {x[0]} then {x[1]} else {x[2]})"),
        st.tuples(s, s).map(lambda x: f'string join([{x[0]}, {x[1]}], "-")'),
        s.map(lambda x: f'replace({x}, "a", "o")'),
    )


@cache
def truths(depth):
    leaf = st.sampled_from(["yes", "no", "true", "false"])
    if not depth:
        return leaf
    n, s, t, xs = numbers(depth - 1), strings(depth - 1), truths(depth - 1), lists(depth - 1)
    order = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])
    return st.one_of(
        leaf,
        st.tuples(n, order, n).map(lambda x: f"({x[0]} {x[1]} {x[2]})"),
        st.tuples(s, st.sampled_from(["=", "!="]), s).map(lambda x: f"({x[0]} {x[1]} {x[2]})"),
        st.tuples(t, st.sampled_from(["and", "or"]), t).map(lambda x: f"({x[0]} {x[1]} {x[2]})"),
        t.map(lambda x: f"not({x})"),
        st.tuples(n, n, SMALL).map(lambda x: f"({x[0]} between {x[1]} and {x[1]} + {x[2]})"),
        st.tuples(n, st.sampled_from("[("), n, SMALL, st.sampled_from("])")).map(
            lambda x: f"({x[0]} in {x[1]}{x[2]}..{x[2]} + {x[3]}{x[4]})"
        ),
        st.tuples(DATES, order, DATES).map(lambda x: f"({x[0]} {x[1]} {x[2]})"),
        st.tuples(t, st.sampled_from(["and", "or"])).map(lambda x: f"(null {x[1]} {x[0]})"),
        st.tuples(st.sampled_from(["some", "every"]), xs, n).map(
            lambda x: f"({x[0]} v in {x[1]} satisfies v > {x[2]})"
        ),
        st.tuples(xs, n).map(lambda x: f"list contains({x[0]}, {x[1]})"),
        st.tuples(st.sampled_from(["contains", "starts with", "ends with"]), s, s).map(
            lambda x: f"{x[0]}({x[1]}, {x[2]})"
        ),
    )


@cache
def lists(depth):
    leaf = st.sampled_from(["xs", "[1, 2, 3]", "[a, b, c]", "[5]"])
    if not depth:
        return leaf
    n, xs = numbers(depth - 1), lists(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(n, n).map(lambda x: f"[{x[0]}, {x[1]}]"),
        st.tuples(xs, n).map(lambda x: f"(for v in {x[0]} return v * {x[1]})"),
        st.tuples(xs, n).map(lambda x: f"append({x[0]}, {x[1]})"),
        st.tuples(st.sampled_from(["reverse", "distinct values"]), xs).map(lambda x: f"{x[0]}({x[1]})"),
        st.tuples(xs, xs).map(lambda x: f"concatenate({x[0]}, {x[1]})"),
        st.tuples(xs, xs).map(lambda x: f"union({x[0]}, {x[1]})"),
        xs.map(lambda x: f"sort({x}, function(p, q) p < q)"),
        st.tuples(xs, n).map(lambda x: f"{x[0]}[item > {x[1]}]"),
    )


EXPRESSIONS = st.integers(1, 3).flatmap(
    lambda depth: st.one_of(numbers(depth), strings(depth), truths(depth), lists(depth))
)
