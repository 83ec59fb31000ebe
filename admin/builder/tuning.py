"""A shared workflow as one procedure uses it: each step with its time, each role with who plays it, what
is signed; as shown, as posted.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from admin.builder.choices import Choice, shared_name
from definitions.editing.controls import word
from definitions.raw import mapping
from definitions.workflows import shared
from tthc.accounts.model import FUNCTIONS
from tthc.dossiers.context import CLERK

UNITS: Final = ("working_hour", "working_day", "hour", "day", "month")
_AMOUNT: Final = re.compile(r"\d{1,5}([.,]\d{1,2})?")
_WRONG: Final = "Ghi một số như 4 hoặc 0,5, không quá 10.000; để trống thì theo quy trình dùng chung."


@dataclass(frozen=True, slots=True)
class Step:
    """`usual`: the shared workflow's own time in words, empty where it has none; `amount`, `unit`: what is said here."""

    id: str
    name: str
    actor: str
    usual: str
    amount: str
    unit: str


@dataclass(frozen=True, slots=True)
class Role:
    """`usual`: who plays it where nothing is said; `own`: who does here, empty for the usual one."""

    id: str
    label: str
    usual: str
    own: str


@dataclass(frozen=True, slots=True)
class Signing:
    """An action that can ask for a digital signature. `usual`: the shared workflow asks for it; `own`: this procedure does."""

    id: str
    label: str
    step: str
    usual: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Tuning:
    name: str
    label: str
    steps: tuple[Step, ...]
    roles: tuple[Role, ...]
    signing: tuple[Signing, ...]
    units: tuple[Choice, ...]
    functions: tuple[Choice, ...]


def tuning(data: Any) -> Tuning | None:
    """What can be set of the shared workflow; None where none is used, or one that is not there."""
    name = shared_name(data)
    raw = shared().get(name)
    if raw is None:
        return None
    told = data["workflow"]
    own = told if isinstance(told, dict) else {}
    durations, bound = mapping(own.get("durations")), mapping(own.get("roles"))
    roles = raw.get("roles", {})
    functions = {role: str(bound.get(role) or each["function"]) for role, each in roles.items()}
    return Tuning(
        name,
        str(raw["name"]),
        tuple(
            _step(step, mapping(durations.get(step["id"])), functions)
            for step in raw["steps"]
            if not step.get("automatic")
        ),
        tuple(
            Role(role, str(each["label"]), word(each["function"]), str(bound.get(role, "")))
            for role, each in roles.items()
        ),
        tuple(_signing(raw, functions, set(own.get("signed") or ()))),
        tuple((each, word(each).lower()) for each in UNITS),
        tuple((each, word(each)) for each in FUNCTIONS),
    )


def posted(
    data: Any, form: Mapping[str, str], errors: dict[str, str]
) -> tuple[dict[str, Mapping[str, Any] | None], dict[str, str]]:
    """Times by step and functions by role as they were filled in. What cannot be a time is told in `errors`, by the
    name of its box, and left as it was; so is what was not posted.
    """
    found = tuning(data)
    durations: dict[str, Mapping[str, Any] | None] = {}
    for step in found.steps if found else ():
        name = f"so.{step.id}"
        amount, unit = form.get(name, step.amount).strip(), form.get(f"dv.{step.id}", step.unit)
        if (amount, unit) == (step.amount, step.unit):
            continue
        if not amount:
            durations[step.id] = None
        elif not _AMOUNT.fullmatch(amount) or unit not in UNITS or _number(amount) > 10_000:
            errors[name] = _WRONG
        else:
            durations[step.id] = {"amount": _number(amount), "unit": unit}
    roles = {
        role.id: form[f"vt.{role.id}"] for role in (found.roles if found else ()) if f"vt.{role.id}" in form
    }
    return durations, {role: function for role, function in roles.items() if function or _bound(data, role)}


def posted_signing(data: Any, form: Mapping[str, str]) -> dict[str, bool]:
    """By action, whether it is ticked; empty where the boxes were not in what was posted."""
    found = tuning(data)
    if found is None or "ky" not in form:
        return {}
    return {each.id: f"ks.{each.id}" in form for each in found.signing if not each.usual}


def _signing(raw: Mapping[str, Any], functions: Mapping[str, str], own: set[str]) -> Iterator[Signing]:
    """The actions of those who sign: by which somebody approves what goes to the clerk, and by which the clerk issues it."""
    actors = {
        step["id"]: functions.get(step.get("actor", ""), step.get("actor", "")) for step in raw["steps"]
    }
    for step in raw["steps"]:
        for action in step["actions"]:
            needs = action.get("needs", ())
            approves = actors[step["id"]] != CLERK and actors.get(str(action["to"])) == CLERK
            if "result" in needs or approves or action["id"] in own:
                yield Signing(
                    action["id"],
                    str(action["label"]),
                    str(step["name"]),
                    "signature" in needs,
                    action["id"] in own,
                )


def said(duration: Mapping[str, Any]) -> str:
    """`{amount: 0.5, unit: working_day}` as `0,5 ngày làm việc`."""
    return f"{_shown(duration['amount'])} {word(duration['unit']).lower()}" if duration else ""


def _step(raw: Mapping[str, Any], own: Mapping[str, Any], functions: Mapping[str, str]) -> Step:
    usual, actor = mapping(raw.get("duration")), str(raw.get("actor", ""))
    amount = _shown(own["amount"]) if "amount" in own else ""
    unit = str(own.get("unit") or usual.get("unit") or "working_day")
    return Step(raw["id"], str(raw["name"]), word(functions.get(actor, actor)), said(usual), amount, unit)


def _bound(data: Any, role: str) -> bool:
    return role in mapping(mapping(data.get("workflow")).get("roles"))


def _number(text: str) -> int | Decimal:
    number = Decimal(text.replace(",", "."))
    return int(number) if number == number.to_integral_value() else number


def _shown(amount: object) -> str:
    return f"{amount}".replace(".", ",")
