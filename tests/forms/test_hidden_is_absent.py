"""Whatever a form and its answers: what is hidden has no influence, and what is kept reads the same again."""

from dataclasses import replace
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.cycles import check_cycles
from forms.evaluate import evaluate
from forms.model import Check, Field, Form, Option, Page
from forms.plan import value_sources
from rules.calendar import TZ
from rules.feel import compile as feel

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)
SCOPE = {"channel": "online"}
OPTIONS = (Option("a", "A"), Option("b", "B"), Option("c", "C", when=feel('channel = "online"')))
CONDITIONS = ["{} != null", "{} = null", '{} != "a"', "{} > 3", "{} = true", "not(count({}) > 1)"]
GOOD = {
    "text": ["", "a", "b"],
    "integer": ["", "1", 5],
    "decimal": ["", "1,5", 5],
    "date": ["", "2026-11-23", {"d": "1", "m": "2", "y": "2026"}, {"d": "", "m": "", "y": ""}],
    "yes_no": ["", "true", False],
    "choice": ["", "a", "b", "c"],
    "multi_choice": [[], ["a"], ["c", "a"]],
    "declaration": ["true"],
    "computed": [None],
    "note": [None],
}
TYPES = list(GOOD)
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-20, 20),
    st.floats(),
    st.sampled_from(
        ["", "a", "b", "c", "3", "12,5", "true", "false", "2026-11-23", "23/11/2026", "\x00", "\u202e"]
    ),
    st.text(max_size=5),
    st.lists(st.sampled_from(["a", "b", "", 1]), max_size=3),
    st.dictionaries(st.sampled_from("dmy"), st.sampled_from(["1", "2026", ""]), max_size=3),
)


def _condition(draw, names, chance=2):
    """A condition on one of the names, or nothing once in `chance + 1` times."""
    if not names or draw(st.integers(0, chance)) == 0:
        return None
    return feel(draw(st.sampled_from(CONDITIONS)).replace("{}", draw(st.sampled_from(names))))


@st.composite
def _fields(draw, prefix, kinds, outer=(), *, strict):
    """Fields whose values wait for one another in a random order; `strict`: with requirements, bounds and checks."""
    ids = [f"{prefix}{n}" for n in range(len(kinds))]
    rank = draw(st.permutations(ids))
    fields = []
    for name, kind in zip(ids, kinds, strict=True):
        near = rank[: rank.index(name)]
        before = near if near and draw(st.booleans()) else [*near, *outer]
        rule = _condition(draw, [*ids, *outer]) if strict else None
        fields.append(
            Field(
                name,
                kind,
                f"Trường {name}",
                required=strict and (draw(st.booleans()) or _condition(draw, [*ids, *outer]) or False),
                visible=_condition(draw, before, chance=1),
                options=OPTIONS if kind.endswith("choice") else (),
                compute=(_condition(draw, before) or feel("1 + 1")) if kind == "computed" else None,
                min=feel("1") if kind == "list" and strict and draw(st.booleans()) else None,
                max=feel("9") if kind == "integer" else None,
                default=4 if kind in {"integer", "decimal"} else None,
                checks=(Check(rule, "Không khớp"),) if rule else (),
                item=draw(_rows(f"{name}_", before, strict=strict)) if kind == "list" else (),
            )
        )
    return tuple(fields)


def _rows(prefix, outer, *, strict):
    kinds = st.lists(st.sampled_from(TYPES), min_size=3, max_size=5)
    return kinds.flatmap(lambda chosen: _fields(prefix, chosen, outer, strict=strict))


@st.composite
def _forms(draw, *, strict=True):
    gate = Field("gate", "yes_no", "Cổng")
    kinds = draw(st.permutations(["list", *draw(st.lists(st.sampled_from(TYPES), min_size=2, max_size=6))]))
    fields = draw(_fields("f", kinds, ("gate",), strict=strict))
    cut = draw(st.integers(0, len(fields)))
    later = {field.id for field in fields[cut:]}
    closing = feel("gate") if all(later.isdisjoint(value_sources(field)) for field in fields[:cut]) else None
    return Form((Page("p1", "Một", (gate, *fields[:cut])), Page("p2", "Hai", fields[cut:], visible=closing)))


@st.composite
def _answers(draw, fields, *, junk=True):
    answers = {}
    for field in fields:
        if draw(st.integers(0, 5)) == 0:
            continue
        if junk and draw(st.integers(0, 4)) == 0:
            answers[field.id] = draw(JUNK)
        elif field.type == "list":
            answers[field.id] = draw(st.lists(_answers(field.item, junk=junk), min_size=1, max_size=3))
        else:
            answers[field.id] = draw(st.sampled_from(GOOD[field.type]))
    return answers


def _disturbed(draw, fields, answers, visible, prefix=""):
    """The same answers where they count, anything at all where they are hidden."""
    changed = {}
    for field in fields:
        path = prefix + field.id
        answer = answers.get(field.id)
        if path not in visible or field.type in {"computed", "note"}:
            changed[field.id] = (
                draw(st.sampled_from(GOOD.get(field.type, ["", [{}]]))) if draw(st.booleans()) else draw(JUNK)
            )
        elif (
            field.type == "list" and isinstance(answer, list) and all(isinstance(row, dict) for row in answer)
        ):
            changed[field.id] = [
                _disturbed(draw, field.item, row, visible, f"{path}.{at}.") for at, row in enumerate(answer)
            ]
        elif field.id in answers:
            changed[field.id] = answer
    return changed


@given(st.data())
@settings(deadline=None, max_examples=300)
def test_hidden_answers_never_influence_anything(data):
    form = data.draw(_forms())
    answers = data.draw(_answers(form.fields))
    first = evaluate(form, answers, SCOPE, NOW)
    other = _disturbed(data.draw, form.fields, answers, first.visible)
    assert evaluate(form, other, SCOPE, NOW) == first


@given(st.data())
@settings(deadline=None, max_examples=100)
def test_what_is_hidden_is_nowhere_in_the_result(data):
    form = data.draw(_forms())
    submission = evaluate(form, data.draw(_answers(form.fields)), SCOPE, NOW)
    assert set(submission.values) <= submission.visible
    assert set(submission.clean) <= set(submission.values)
    assert submission.required <= submission.visible
    assert {error.path for error in submission.errors} <= submission.visible


@given(st.data())
@settings(deadline=None, max_examples=200)
def test_what_is_kept_reads_the_same_again(data):
    form = data.draw(_forms(strict=False))
    first = evaluate(form, data.draw(_answers(form.fields, junk=False)), SCOPE, NOW)
    again = evaluate(form, first.clean, SCOPE, NOW)
    assert again.clean == first.clean
    assert again.values == first.values


@given(st.data())
@settings(deadline=None, max_examples=100)
def test_the_order_on_the_page_makes_no_difference_to_values(data):
    form = data.draw(_forms())
    assert check_cycles(form) == ()
    answers = data.draw(_answers(form.fields))
    turned = Form(tuple(replace(page, fields=tuple(reversed(page.fields))) for page in reversed(form.pages)))
    assert evaluate(turned, answers, SCOPE, NOW).values == evaluate(form, answers, SCOPE, NOW).values
