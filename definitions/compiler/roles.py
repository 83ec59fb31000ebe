"""Roles of a shared workflow, put in place: which function of an agency does what in this procedure (design §5).

A shared workflow names the parts that people play in it, each with the function that usually plays it:

roles:
  thu_ly: {label: Người thụ lý, function: tham_dinh}

and a procedure that has them played by others says so: `workflow: {use: …, roles: {thu_ly: lanh_dao_phong}}`. A compiled
workflow knows functions alone, so that neither the engine nor a stored dossier ever meets a role.
"""

from collections.abc import Mapping
from typing import Any

from definitions.functions import FUNCTIONS
from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path


def bind(
    workflow: Mapping[str, Any], bound: Mapping[str, object], path: Path, report: Report
) -> Mapping[str, Any]:
    """The workflow with a function wherever a step names a role. `bound`: what the procedure says of the roles, at
    `path` in its text.
    """
    roles = {role: told for role, told in workflow.get("roles", {}).items() if isinstance(told, Mapping)}
    for role, function in bound.items():
        if not isinstance(function, str):
            report.error(
                (*path, role),
                "S003",
                f"Vai trò “{role}”: ở đây chỉ ghi mã chức năng làm vai trò này.",
                f"Viết “{role}: mã chức năng”, ví dụ {role}: tham_dinh; tên vai trò ghi trong quy trình dùng chung.",
            )
            return workflow
        if role not in roles:
            report.error(
                (*path, role),
                "T009",
                f"Quy trình “{workflow['id']}” không có vai trò “{role}”.",
                did_you_mean(role, roles),
                on_key=True,
            )
        _known((*path, role), role, function, report)
    functions = {**{role: told["function"] for role, told in roles.items()}, **bound}
    return {
        **{key: value for key, value in workflow.items() if key not in {"roles", "english"}},
        "steps": [
            {**step, "actor": functions[step["actor"]]} if step.get("actor") in functions else step
            for step in workflow["steps"]
        ],
    }


def check_roles(workflow: Mapping[str, Any], at: Path, report: Report) -> None:
    """What a workflow, standing at `at`, says of its own roles (T093)."""
    actors = {step.get("actor") for step in workflow["steps"]}
    for role, told in workflow.get("roles", {}).items():
        path: Path = (*at, "roles", role)
        if not isinstance(told, Mapping):
            report.error(
                path,
                "S003",
                f"Vai trò “{role}” phải có tên gọi và chức năng thường làm.",
                f"Viết “{role}: {{label: tên vai trò, function: mã chức năng}}”.",
            )
            continue
        _known((*path, "function"), role, told["function"], report)
        if role in FUNCTIONS:
            report.error(
                path,
                "T093",
                f"Vai trò “{role}” trùng mã với một chức năng.",
                "Đặt mã khác cho vai trò, ví dụ theo việc phải làm: thu_ly, ky.",
                on_key=True,
            )
        elif role not in actors:
            report.error(
                path,
                "T093",
                f"Không bước nào do vai trò “{role}” làm.",
                "Ghi vai trò này ở khóa actor của bước, hoặc bỏ vai trò.",
                on_key=True,
            )


def _known(path: Path, role: str, function: object, report: Report) -> None:
    if function not in FUNCTIONS:
        report.error(
            path,
            "T010",
            f"Vai trò “{role}” được giao cho chức năng không có: “{function}”.",
            did_you_mean(str(function), FUNCTIONS),
        )
