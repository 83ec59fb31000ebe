"""jsonschema as the oracle of compiled validation: the same form said as a JSON Schema must accept and refuse the same
random answers.
"""

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from forms.evaluate import evaluate
from forms.model import Field, Form, Option, Page
from rules.calendar import TZ
from rules.feel import compile as feel

DATES = FormatChecker(["date"])
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)
VALUES = ("a", "b", "c")
LETTERS = st.text(alphabet="ab ạ\u00a0", max_size=8)
WHOLE = st.integers(-8, 8)
# What JSON can say: of every kind, right and wrong for a field.
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    WHOLE,
    st.sampled_from([0.5, 2.0, -1.25, 10**15, -(10**15)]),
    LETTERS,
    st.sampled_from(VALUES),
    st.lists(st.sampled_from((*VALUES, "d")), max_size=4),
    st.sampled_from(["2026-02-28", "2026-02-30", "2026-13-01"]),
    st.just({}),
)
FITTING = {
    "text": LETTERS,
    "integer": WHOLE,
    "decimal": WHOLE | st.sampled_from([0.5, -1.25]),
    "money": WHOLE,
    "yes_no": st.booleans(),
    "choice": st.sampled_from(VALUES),
    "multi_choice": st.lists(st.sampled_from(VALUES), max_size=4),
    "date": st.just("2026-02-28"),
}


def bound(number):
    return None if number is None else feel(str(number))


@st.composite
def plain_field(
    draw, name, kinds=("text", "integer", "decimal", "money", "yes_no", "choice", "multi_choice", "date")
):
    kind = draw(st.sampled_from(kinds))
    required = draw(st.integers(0, 3)) == 0
    low, high = draw(st.none() | st.integers(-8, 1)), draw(st.none() | st.integers(0, 8))
    bounded = kind in {"integer", "decimal", "money"}
    return Field(
        name,
        kind,
        name,
        required=required,
        max_length=draw(st.integers(3, 8)) if kind == "text" else None,
        options=tuple(Option(value, value) for value in VALUES) if "choice" in kind else (),
        min=bound(low) if bounded else None,
        max=bound(high) if bounded else None,
    )


@st.composite
def fields(draw):
    plain = [draw(plain_field(f"f{at}")) for at in range(draw(st.integers(1, 4)))]
    items = tuple(draw(plain_field(f"i{at}")) for at in range(2))
    most = draw(st.none() | st.integers(1, 3))
    rows = Field("rows", "list", "Dòng", item=items, required=draw(st.booleans()), max=bound(most))
    return (*plain, rows)


def number(field, *, whole, lowest=None):
    told = {"type": "number", "exclusiveMinimum": -(10**15), "exclusiveMaximum": 10**15}
    if whole:
        told["multipleOf"] = 1
    lows = [int(field.min.text)] if field.min else []
    lows += [lowest] if lowest is not None else []
    if lows:
        told["minimum"] = max(lows)
    if field.max:
        told["maximum"] = int(field.max.text)
    return told


BLANK = {"type": "string", "pattern": r"^\s*$"}


def schema_of(field):
    """The field's answer as JSON Schema: `(when answered, when left empty)`."""
    match field.type:
        case "text":
            # spaces at both ends and runs of them are tidied before they are counted, so only tidy text is asked
            return {"type": "string", "pattern": r"\S", "maxLength": field.max_length}, BLANK
        case "integer" | "decimal" | "money" as kind:
            lowest = 0 if kind == "money" else None
            return number(field, whole=kind != "decimal", lowest=lowest), BLANK
        case "yes_no":
            return {"type": "boolean"}, {"const": ""}
        case "choice":
            return {"enum": list(VALUES)}, {"const": ""}
        case "multi_choice":
            each = {"enum": list(VALUES)}
            return {"anyOf": [{"type": "array", "items": each, "minItems": 1}, each]}, {"enum": ["", []]}
        case "date":
            boxes = {"type": "object", "maxProperties": 0}  # three boxes, nothing in any
            return {"type": "string", "format": "date"}, {"anyOf": [BLANK, boxes]}
    raise AssertionError(field.type)


def property_of(field):
    answered, empty = schema_of(field)
    return answered if field.required else {"anyOf": [answered, empty, {"type": "null"}]}


def schema(asked):
    return {
        "type": "object",
        "properties": {field.id: property_of(field) for field in asked},
        "required": [field.id for field in asked if field.required],
    }


def form_schema(asked):
    *plain, rows = asked
    told = schema(plain)
    # a row in which nothing was answered is no row; the answers drawn have none
    listed = {"type": "array", "items": schema(rows.item), "minItems": int(rows.required)}
    listed["maxItems"] = int(rows.max.text) if rows.max else 100
    told["properties"]["rows"] = listed if rows.required else {"anyOf": [listed, {"type": "null"}]}
    told["required"] += ["rows"] if rows.required else []
    return told


def tidy(answer):
    """Text as its field counts it."""
    return " ".join(answer.split()) if isinstance(answer, str) else answer


def answer_to(field):
    """Mostly what fits the field's kind, at times anything."""
    return st.one_of(*[FITTING[field.type]] * 12, ANYTHING).map(tidy)


def answered(row):
    return any(value not in (None, "", [], {}) for value in row.values())


@st.composite
def answers(draw, asked):
    *plain, rows = asked
    told = {field.id: draw(answer_to(field)) for field in plain if field.required or draw(st.booleans())}
    row = st.fixed_dictionaries({item.id: answer_to(item) for item in rows.item})
    told["rows"] = draw(st.lists(row.filter(answered), max_size=4))
    return told


def judged(asked, told):
    return evaluate(Form((Page("one", "Một", asked),)), told, {}, NOW)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.data())
def test_our_verdict_is_the_oracles(data):
    asked = data.draw(fields())
    told = data.draw(answers(asked))
    wanted = form_schema(asked)
    Draft202012Validator.check_schema(wanted)
    oracle = Draft202012Validator(wanted, format_checker=DATES)
    submission = judged(asked, told)
    assert submission.valid == oracle.is_valid(told), (
        asked,
        told,
        [error.message for error in oracle.iter_errors(told)],
        submission.errors,
    )


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.data())
def test_what_is_kept_is_accepted_again_by_both(data):
    asked = data.draw(fields())
    submission = judged(asked, data.draw(answers(asked)))
    if submission.valid:
        assert judged(asked, submission.clean).clean == submission.clean
        told = {"rows": [], **submission.clean}
        assert Draft202012Validator(form_schema(asked), format_checker=DATES).is_valid(told)


@pytest.mark.parametrize("told", [{"f": 3}, {"f": 0}, {}, {"f": "x"}])
def test_the_oracle_can_say_no(told):
    """The two agree because both look: a bound on one side alone is noticed."""
    asked = (Field("f", "integer", "f", required=True, min=feel("1"), max=feel("5")),)
    told_schema = schema(asked)
    assert Draft202012Validator(told_schema).is_valid(told) == judged(asked, told).valid == (told == {"f": 3})
