"""Values of a model's nodes: inputs, decisions, knowledge models and services, each asked for what it requires."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rules.feel import FeelType, Function, T
from rules.feel.limits import Run
from scripts.tck.boxed import Scope, evaluate, function, inner
from scripts.tck.dom import Element, kid, kids, local, target
from scripts.tck.model import Model, conform, variable_type

REQUIRED = ("requiredInput", "requiredDecision", "requiredKnowledge")


@dataclass(slots=True)
class Evaluation:
    """One test case. `given` holds values put in the place of nodes, by id (what a service was called with)."""

    inputs: Mapping[str, Any]
    given: Mapping[str, Any] = field(default_factory=dict)
    _known: dict[tuple[str, str], Any] = field(default_factory=dict)

    def value(self, model: Model, node: Element) -> Any:
        identity = node.get("id", "")
        if identity in self.given:
            return self.given[identity]
        key = (str(model.path), node.get("name", ""))  # some nodes of the kit have no id
        if key not in self._known:
            self._known[key] = self._compute(model, node)
        return self._known[key]

    def _compute(self, model: Model, node: Element) -> Any:
        match local(node):
            case "inputData":
                return model.fit(self.inputs.get(node.get("name", "")), variable_type(node))
            case "businessKnowledgeModel":
                return self._knowledge(model, node)
            case "decisionService":
                return _service(model, node)
            case _:
                expression = inner(node)
                return model.fit(evaluate(expression, self._scope(model, node)), variable_type(node))

    def _knowledge(self, model: Model, node: Element) -> Any:
        logic = kid(node, "encapsulatedLogic")
        if logic is None:
            return None
        result = model.node_type(node)
        made: list[Function] = []

        def invoke(run: Run, arguments: list[Any]) -> Any:
            within = scope.having(node.get("name", ""), made[0])  # it may call itself
            value = function(logic, within).invoke(run, arguments)
            return value if result.kind == "function" else conform(value, result)

        scope = self._scope(model, node)
        plain = function(logic, scope)
        if not isinstance(plain, Function):
            return None
        made.append(Function(plain.params, invoke))
        return made[0]

    def _scope(self, model: Model, node: Element) -> Scope:
        values: dict[str, Any] = {}
        types: dict[str, FeelType] = {}
        for requirement in kids(node, "informationRequirement", "knowledgeRequirement"):
            space, identity = target(requirement, *REQUIRED)
            owner, prefix = _owner(model, space, identity)
            required = owner.nodes.get(identity)
            if required is None:
                continue
            name = required.get("name", "")
            value = self._within(prefix).value(owner, required)
            if prefix is None:
                values[name], types[name] = value, owner.node_type(required)
            else:
                values.setdefault(prefix, {})[name] = value
                types[prefix] = T.context(dict.fromkeys(values[prefix], T.ANY))
        return Scope(model, values, types)

    def _within(self, prefix: str | None) -> "Evaluation":
        """The inputs of an imported model come as one context named like the import."""
        nested = self.inputs.get(prefix) if prefix else None
        return Evaluation(nested, self.given) if isinstance(nested, Mapping) else self


def _owner(model: Model, space: str, identity: str) -> tuple[Model, str | None]:
    if identity not in model.nodes or (space and space != model.space):
        for name, imported in model.imports.items():
            if identity in imported.nodes and (not space or imported.space == space):
                return imported, name
    return model, None


def _service(model: Model, node: Element) -> Function:
    def ids(name: str) -> list[str]:
        return [found.get("href", "").rpartition("#")[2] for found in kids(node, name)]

    parameters, outputs = ids("inputData") + ids("inputDecision"), ids("outputDecision")

    def invoke(_run: Run, arguments: list[Any]) -> Any:
        if len(arguments) != len(parameters):
            return None
        given: dict[str, Any] = {}
        for identity, argument in zip(parameters, arguments, strict=True):
            given[identity] = conform(argument, model.node_type(model.nodes[identity]))
            if given[identity] is None and argument is not None:
                return None
        inside = Evaluation({}, given)
        found = {model.nodes[one].get("name", ""): inside.value(model, model.nodes[one]) for one in outputs}
        return conform(next(iter(found.values())) if len(found) == 1 else found, model.node_type(node))

    return Function(tuple(model.nodes[identity].get("name", "") for identity in parameters), invoke)
