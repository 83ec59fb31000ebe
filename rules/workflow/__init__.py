"""Workflow: steps, transitions and the pure engine that moves tokens over them (design §5)."""

from rules.workflow.engine import Move, WorkflowError, allowed, start, take
from rules.workflow.model import (
    APPLICANT,
    END,
    Action,
    Duration,
    Need,
    Outcome,
    Phase,
    Scope,
    Step,
    Token,
    Workflow,
)

__all__ = [
    "APPLICANT",
    "END",
    "Action",
    "Duration",
    "Move",
    "Need",
    "Outcome",
    "Phase",
    "Scope",
    "Step",
    "Token",
    "Workflow",
    "WorkflowError",
    "allowed",
    "start",
    "take",
]
