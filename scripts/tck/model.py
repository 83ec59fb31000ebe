"""A DMN model: its nodes, its item definitions as FEEL types, its imports."""

from datetime import datetime
from pathlib import Path
from typing import Any

from rules import feel
from rules.calendar import TZ
from rules.feel import FeelError, FeelType, T
from rules.feel.compiler.calls import conform as conform_in
from rules.feel.limits import Run
from rules.feel.types import BY_NAME
from scripts.tck.dom import Element, kid, kids, parse, text

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=TZ)
NODES = ("decision", "inputData", "businessKnowledgeModel", "decisionService")


def conform(value: Any, wanted: FeelType) -> Any:
    return conform_in(value, wanted, Run())


class Foreign(Exception):  # noqa: N818 - no error of anybody's
    """A function in another language than FEEL was reached: the case is set aside."""


class Model:
    def __init__(self, path: Path) -> None:
        root = parse(path)
        self.space = root.get("namespace", "")
        self.path = path
        self.items = {item.get("name", ""): item for item in kids(root, "itemDefinition")}
        nodes = kids(root, *NODES)
        self.nodes = {node.get("id", ""): node for node in nodes if node.get("id")}
        self.by_name = {node.get("name", ""): node for node in nodes}
        self.imports: dict[str, Model] = {}
        for wanted in kids(root, "import"):
            for other in path.parent.glob("*.dmn"):
                if other != path and parse(other).get("namespace") == wanted.get("namespace"):
                    self.imports[wanted.get("name", "")] = Model(other)

    def type(self, reference: str | None, seen: tuple[str, ...] = ()) -> FeelType:
        """The FEEL type a typeRef names; ANY for what is unknown or refers to itself."""
        name = (reference or "").rpartition(":")[2].strip()
        if not name or name in seen:
            return T.ANY
        if name in BY_NAME:
            return BY_NAME[name]
        prefix, _, rest = name.partition(".")
        if prefix in self.imports:
            return self.imports[prefix].type(rest)
        if name in self.items:
            return self._item_type(self.items[name], (*seen, name))
        return BY_NAME.get(name.removeprefix("feel."), T.ANY)

    def _item_type(self, item: Element, seen: tuple[str, ...]) -> FeelType:
        components = kids(item, "itemComponent")
        if components:
            made = T.context({part.get("name", ""): self._item_type(part, seen) for part in components})
        elif kid(item, "functionItem") is not None:
            made = T.FUNCTION
        else:
            made = self.type(_base(item), seen)
        return T.list_of(made) if _collects(item) else made

    def node_type(self, node: Element) -> FeelType:
        return self.type(variable_type(node))

    def fit(self, value: Any, reference: str | None) -> Any:
        """The value as its declared type wants it, None where type or allowed values forbid it."""
        fitted = conform(value, self.type(reference))
        item = self.items.get((reference or "").rpartition(":")[2].strip())
        return fitted if item is None or self._allowed(fitted, item) else None

    def _allowed(self, value: Any, item: Element) -> bool:
        if value is None:
            return True
        each = value if _collects(item) and isinstance(value, list) else [value]
        allowed = kid(item, "allowedValues")
        if allowed is not None and not all(_passes(one, text(allowed)) for one in each):
            return False
        inner = self.items.get((_base(item) or "").strip())
        if inner is not None and not all(self._allowed(one, inner) for one in each):
            return False
        return all(
            self._allowed(one.get(part.get("name")), part)
            for part in kids(item, "itemComponent")
            for one in each
            if isinstance(one, dict)
        )


def variable_type(node: Element) -> str | None:
    variable = kid(node, "variable")
    return None if variable is None else variable.get("typeRef")


def _base(item: Element) -> str | None:
    reference = kid(item, "typeRef")
    return None if reference is None else reference.text


def _collects(item: Element) -> bool:
    return item.get("isCollection") == "true"


def _passes(value: Any, tests: str) -> bool:
    try:
        return feel.compile_unary(tests, names={}, check=False).matches(value, {}, now=NOW) is True
    except FeelError:
        return True  # what our language cannot read forbids nothing
