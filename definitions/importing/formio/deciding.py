"""Conditions, computed values and logical checks, once every field has its name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from definitions.compiler.fields import outlines
from definitions.compiler.names import SCOPE, names_of
from definitions.importing.formio import logic
from definitions.importing.formio.component import Component
from definitions.importing.formio.scope import (
    EMPTINESS,
    Chain,
    Scope,
    Target,
    UntranslatableError,
    compare,
    opposite,
)
from definitions.importing.texts import LINE
from definitions.reading.tree import Path
from rules.feel import FeelError, FeelType
from rules.feel import compile as compile_feel

_VISIBLE: Final = "Viết lại điều kiện bằng FEEL trong khóa visible."
_COMPUTE: Final = "Viết lại cách tính bằng FEEL trong khóa compute."
_CHECK: Final = "Viết lại phép kiểm tra bằng FEEL trong khóa checks."
_COMPUTED_KEYS: Final = frozenset({"id", "type", "label", "help", "visible", "unit", "sensitive"})
_NOT_ANSWERED: Final = frozenset({"list", "group", "note", "heading"})
_JOINTS: Final = {"all": " and ", "any": " or "}
_SHOWN: Final = (True, "true")
_HIDDEN: Final = (False, "false")


@dataclass(frozen=True)
class Asked:
    """A field or page of the draft; `components`: its own and those around it, whose conditions hold for it too."""

    target: dict[str, Any]
    chain: Chain
    components: tuple[Component, ...]
    is_field: bool = True

    @property
    def answered(self) -> bool:
        """One answer is asked, so that it may be computed or checked."""
        return self.is_field and self.target["type"] not in _NOT_ANSWERED


class Decider:
    """`top`: the fields of all pages; `scope`: every field by its path in the source."""

    def __init__(self, top: Sequence[Mapping[str, Any]], scope: Scope) -> None:
        self.scope = scope
        self._top = top
        self._names: dict[Chain, Mapping[str, FeelType]] = {}

    def decide(self, asked: Iterable[Asked]) -> None:
        wanted = list(asked)
        for each in wanted:
            if each.answered:
                self._computed(each)
        # types are settled only now that computed fields are known
        self._names.clear()
        for each in wanted:
            self._visible(each)
            if each.answered:
                self._checked(each)

    def _visible(self, each: Asked) -> None:
        hidden = [component for component in each.components if component.get("hidden") is True]
        for component in hidden:
            component.carried("hidden", each.target, "visible")
        if hidden:
            # never shown, whatever its conditions say; they are told, unless another field carries them
            each.target["visible"] = False
            return
        said: dict[str, None] = {}
        for component in each.components:
            why = ""
            try:
                for places, text in self._conditions(component, each):
                    self._compiled(text, each.chain, {"boolean"})
                    said[text] = None
                    for where in places:
                        component.carried(where, each.target, "visible", whole=True)
            except UntranslatableError as error:
                why = str(error)
            except FeelError as error:
                why = f"Điều kiện này không viết được bằng FEEL: {error.message}"
            if why:
                component.told(_told_at(component), why, _VISIBLE)
        if said:
            texts = list(said)
            each.target["visible"] = (
                texts[0] if len(texts) == 1 else " and ".join(f"({text})" for text in texts)
            )

    def _conditions(self, component: Component, each: Asked) -> Iterable[tuple[tuple[Path, ...], str]]:
        """As Form.io asks them: its script alone, else the simple condition, else JSONLogic."""
        if component.text("customConditional"):
            return
        given = component.get("conditional")
        if not isinstance(given, dict):
            return
        several = [rule for rule in given.get("conditions") or [] if isinstance(rule, dict)]
        if given.get("when") or several:
            text = self._simple(given, several, each)
            yield tuple(("conditional", *place) for place in _read(component, given, several)), text
        elif given.get("json"):
            yield (("conditional", "json"),), logic.condition(given["json"], self._resolver(each))

    def _simple(self, given: Mapping[str, Any], several: Sequence[Mapping[str, Any]], each: Asked) -> str:
        if several:
            joint = _JOINTS.get(str(given.get("conjunction") or "all"))
            if joint is None:
                raise UntranslatableError(f"Chưa biết cách nối “{given['conjunction']}”.")
            parts = [
                compare(
                    self._target(str(rule.get("component", "")), each),
                    str(rule.get("operator", "isEqual")),
                    rule.get("value"),
                )
                for rule in several
            ]
            text = parts[0] if len(parts) == 1 else joint.join(f"({part})" for part in parts)
        else:
            text = compare(self._target(str(given["when"]), each), "isEqual", given.get("eq"))
        if given.get("show") in _SHOWN:
            return text
        if given.get("show") in _HIDDEN:
            return opposite(text)
        raise UntranslatableError("Điều kiện không nói hiện hay ẩn.")

    def _computed(self, each: Asked) -> None:
        component = each.components[0]
        rule = component.get("calculateValue")
        if not isinstance(rule, dict) or not rule:
            return
        try:
            text = logic.value(rule, self._resolver(each))
            self._compiled(text, each.chain, None)
        except UntranslatableError as error:
            component.told("calculateValue", str(error), _COMPUTE)
            return
        except FeelError as error:
            component.told(
                "calculateValue", f"Cách tính không viết được bằng FEEL: {error.message}", _COMPUTE
            )
            return
        for key in set(each.target) - _COMPUTED_KEYS:
            del each.target[key]
        each.target.update(type="computed", compute=text)
        component.ledger.withdraw(each.target, "type", (*component.path, "type"))
        component.carried("calculateValue", each.target, "compute", whole=True)

    def _checked(self, each: Asked) -> None:
        component = each.components[0]
        rule = component.get("validate", "json")
        if not isinstance(rule, dict) or not rule or each.target["type"] == "computed":
            return
        where = ("validate", "json")
        branches = rule.get("if")
        if not (
            len(rule) == 1
            and isinstance(branches, list)
            and len(branches) == 3
            and branches[1] is True
            and isinstance(branches[2], str)
            and 0 < len(branches[2].strip()) <= LINE
        ):
            component.told(
                where, "Phép kiểm tra JSONLogic không có dạng “nếu … thì đúng, không thì báo”.", _CHECK
            )
            return
        own = Target(each.target["id"], self.scope.own(each.target))
        resolve = self._resolver(each)
        try:
            text = logic.condition(branches[0], lambda name: own if name == "input" else resolve(name))
            self._compiled(text, each.chain, {"boolean"})
        except UntranslatableError as error:
            component.told(where, str(error), _CHECK)
        except FeelError as error:
            component.told(where, f"Phép kiểm tra không viết được bằng FEEL: {error.message}", _CHECK)
        else:
            made = {"rule": text, "message": branches[2].strip()}
            each.target.setdefault("checks", []).append(made)
            component.carried(where, made, "rule", whole=True)

    def _resolver(self, each: Asked) -> logic.Resolve:
        def resolve(name: str) -> Target:
            for prefix in ("data.", "row."):
                if name.startswith(prefix):
                    return self._target(name.removeprefix(prefix), each)
            raise UntranslatableError(f"Biểu thức đọc “{name}”, không phải một trường của biểu mẫu.")

        return resolve

    def _target(self, reference: str, each: Asked) -> Target:
        target = self.scope.target(reference, each.chain)
        if target.placed.field is each.target:
            raise UntranslatableError(f"Điều kiện của “{reference}” đọc chính nó.")
        return target

    def _compiled(self, text: str, chain: Chain, kinds: set[str] | None) -> None:
        kind = compile_feel(text, self._names_in(chain)).type.kind
        if kinds is not None and kind not in kinds | {"any", "null"}:
            raise UntranslatableError("Biểu thức không cho đúng hay sai.")

    def _names_in(self, chain: Chain) -> Mapping[str, FeelType]:
        if chain not in self._names:
            names: Mapping[str, FeelType] = names_of(outlines(self._top), SCOPE)
            fields = self._top
            for wanted, _ in chain:
                fields = next(field for field in fields if field["id"] == wanted).get("item", [])
                names = names_of(outlines(fields), names)
            self._names[chain] = names
        return self._names[chain]


def _read(
    component: Component, given: Mapping[str, Any], several: Sequence[Mapping[str, Any]]
) -> Iterable[Path]:
    """The parts of a simple condition that its expression says."""
    yield ("show",)
    if not several:
        yield from (("when",), ("eq",))
        return
    if len(several) > 1:
        yield ("conjunction",)
    for at, rule in enumerate(given["conditions"]):
        if not isinstance(rule, dict):
            continue
        yield from (("conditions", at, "component"), ("conditions", at, "operator"))
        if rule.get("operator") in EMPTINESS:
            component.meaningless(
                ("conditional", "conditions", at, "value"), "Phép so sánh này không cần giá trị."
            )
        else:
            yield ("conditions", at, "value")


def _told_at(component: Component) -> Path:
    """What could not be read: the one of the three ways to write a condition that Form.io goes by."""
    given = component.get("conditional")
    simple = isinstance(given, dict) and (given.get("when") or given.get("conditions"))
    return ("conditional",) if simple else ("conditional", "json")
