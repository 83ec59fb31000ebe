"""Functions on contexts (DMN 1.5, 10.3.4.12)."""

# ruff: noqa: ARG001  (every built-in function takes the Run, whether or not it needs it)
from __future__ import annotations

from typing import Any

from rules.feel.builtins.registry import builtin
from rules.feel.limits import Run, check_list


@builtin("get value(m: context, key: string) -> any")
def get_value(run: Run, m: dict[str, Any], key: str) -> Any:
    return m.get(key)


@builtin("get value(m: context, keys: list) -> any")
def get_value_deep(run: Run, m: dict[str, Any], keys: list[Any]) -> Any:
    found: Any = m if keys else None
    for key in keys:
        if found.__class__ is not dict or key.__class__ is not str:
            return None
        found = found.get(key)
    return found


@builtin("get entries(m: context) -> list<context>")
def get_entries(run: Run, m: dict[str, Any]) -> Any:
    return [{"key": key, "value": value} for key, value in m.items()]


@builtin("context(entries: list) -> context")
def context(run: Run, entries: list[Any]) -> Any:
    built: dict[str, Any] = {}
    for entry in entries:
        if entry.__class__ is not dict or entry.get("key").__class__ is not str or "value" not in entry:
            return None
        if entry["key"] in built:
            return None
        built[entry["key"]] = entry["value"]
    return built


@builtin("context put(context: context, key: string, value: any) -> context")
def context_put(run: Run, m: dict[str, Any], key: str, value: Any) -> Any:
    check_list(len(m) + 1)
    return {**m, key: value}


@builtin("context put(context: context, keys: list, value: any) -> context")
def context_put_deep(run: Run, m: dict[str, Any], keys: list[Any], value: Any) -> Any:
    if not keys or len(keys) > 50 or any(key.__class__ is not str for key in keys):
        return None
    return _put(m, keys, value)


def _put(m: dict[str, Any], keys: list[str], value: Any) -> Any:
    first, rest = keys[0], keys[1:]
    if not rest:
        return {**m, first: value}
    inner = m.get(first)
    if inner is not None and inner.__class__ is not dict:
        return None
    deeper = _put(inner or {}, rest, value)
    return None if deeper is None else {**m, first: deeper}


@builtin("context merge(contexts: list) -> context")
def context_merge(run: Run, contexts: list[Any]) -> Any:
    merged: dict[str, Any] = {}
    for part in contexts:
        if part.__class__ is not dict:
            return None
        run.spend(len(part))
        merged.update(part)
    return merged
