"""Workflow: steps, transitions and the pure engine that moves tokens over them (design §5)."""

from rules.workflow.choosing import asks_whom
from rules.workflow.engine import Move, WorkflowError, allowed, begin, start, take
from rules.workflow.model import (
    APPLICANT,
    END,
    Action,
    Branch,
    Child,
    Duration,
    Fork,
    Join,
    Need,
    Outcome,
    Phase,
    Scope,
    Step,
    Together,
    Token,
    Workflow,
)

__all__ = [
    "APPLICANT",
    "END",
    "Action",
    "Branch",
    "Child",
    "Duration",
    "Fork",
    "Join",
    "Move",
    "Need",
    "Outcome",
    "Phase",
    "Scope",
    "Step",
    "Together",
    "Token",
    "Workflow",
    "WorkflowError",
    "allowed",
    "asks_whom",
    "begin",
    "start",
    "take",
]
