"""Whatever a form and its answers: what is hidden has no influence, and what is kept reads the same again."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.cycles import check_cycles
from forms.evaluate import evaluate
from forms.model import Check, Field, Form, Option, Page
from rules.calendar import TZ
from rules.feel import compile as feel

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)
SCOPE = {"channel": "online"}
OPTIONS = (Option("a", "A"), Option("b", "B"), Option("c", "C", when=feel('channel = "online"')))
TYPES = [
    "text",
    "integer",
    "decimal",
    "date",
    "yes_no",
    "choice",
    "multi_choice",
    "declaration",
    "computed",
    "note",
]
CONDITIONS = ["{} != null", "{} = null", '{} = "a"', "{} > 3", "{}", "count({}) > 0", "{} = true or {} = 5"]

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


def _expression(draw, names):
    """A condition over names that come earlier in the order of dependence, or nothing."""
    if not names or draw(st.integers(0, 2)) == 0:
        return None
    return feel(draw(st.sampled_from(CONDITIONS)).replace("{}", draw(st.sampled_from(names))))


@st.composite
def _fields(draw, prefix, size, outer=(), depth=0):
    ids = [f"{prefix}{n}" for n in range(size)]
    rank = draw(st.permutations(ids))
    fields = []
    for name in ids:
        before = [*rank[: rank.index(name)], *outer]
        kind = draw(st.sampled_from([*TYPES, "list", "list"] if depth == 0 else TYPES))
        required = draw(st.booleans()) or _expression(draw, [*ids, *outer]) or False
        rule = _expression(draw, [*ids, *outer])
        fields.append(
            Field(
                name,
                kind,
                f"Trường {name}",
                required=required,
                visible=_expression(draw, before),
                options=OPTIONS if kind.endswith("choice") else (),
                compute=(_expression(draw, before) or feel("1 + 1")) if kind == "computed" else None,
                min=feel("1") if kind == "list" and draw(st.booleans()) else None,
                max=feel("9") if kind == "integer" else None,
                default=draw(st.sampled_from([None, None, 4])) if kind == "integer" else None,
                checks=(Check(rule, "Không khớp"),) if rule else (),
                item=draw(_fields(f"{name}_", draw(st.integers(1, 3)), before, 1)) if kind == "list" else (),
            )
        )
    return tuple(fields)


@st.composite
def _forms(draw):
    fields = draw(_fields("f", draw(st.integers(1, 7))))
    cut = draw(st.integers(0, len(fields)))
    return Form(
        (Page("p1", "Một", fields[:cut]), Page("p2", "Hai", fields[cut:], visible=feel('channel = "online"')))
    )


@st.composite
def _answers(draw, fields):
    answers = {}
    for field in fields:
        if draw(st.booleans()):
            answers[field.id] = (
                draw(st.lists(_answers(field.item), max_size=3))
                if field.type == "list" and draw(st.booleans())
                else draw(JUNK)
            )
    return answers


def _disturbed(draw, fields, answers, visible, prefix=""):
    """The same answers where they count, anything at all where they are hidden."""
    changed = {}
    for field in fields:
        path = prefix + field.id
        answer = answers.get(field.id)
        if path not in visible or field.type in {"computed", "note"}:
            if draw(st.booleans()):
                changed[field.id] = draw(JUNK)
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
@settings(deadline=None, max_examples=150)
def test_what_is_hidden_is_nowhere_in_the_result(data):
    form = data.draw(_forms())
    submission = evaluate(form, data.draw(_answers(form.fields)), SCOPE, NOW)
    assert set(submission.values) <= submission.visible
    assert set(submission.clean) <= submission.visible
    assert submission.required <= submission.visible
    assert {error.path for error in submission.errors} <= submission.visible
    assert set(submission.clean) <= set(submission.values)


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_what_is_kept_reads_the_same_again(data):
    form = data.draw(_forms())
    first = evaluate(form, data.draw(_answers(form.fields)), SCOPE, NOW)
    if first.valid:
        again = evaluate(form, first.clean, SCOPE, NOW)
        assert again.valid
        assert again.clean == first.clean
        assert again.values == first.values


@given(st.data())
@settings(deadline=None, max_examples=100)
def test_forms_whose_fields_wait_in_order_have_no_circles_and_any_order_of_pages_agrees(data):
    form = data.draw(_forms())
    assert check_cycles(form) == ()
    answers = data.draw(_answers(form.fields))
    turned = Form((Page("p2", "Hai", tuple(reversed(form.fields))),))
    assert evaluate(turned, answers, SCOPE, NOW).values == evaluate(form, answers, SCOPE, NOW).values
