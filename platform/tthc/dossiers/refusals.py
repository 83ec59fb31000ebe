"""The one way a command is turned down: a code for programs, a sentence and a rule for people."""

from collections.abc import Sequence

from forms.model import FieldError
from rules.i18n import gettext


class Refused(Exception):  # noqa: N818 — a refusal is an answer, not a fault
    """A command that the rules do not allow.

    `code`: stable, for tests and pages; `message`: a Vietnamese sentence that says what to do; `rule`: its source,
    e.g. `Đ14.1a`, or empty where plain sense is the rule; `errors`: mistakes in fields, where there are any.
    """

    def __init__(self, code: str, message: str, rule: str = "", errors: Sequence[FieldError] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.rule = rule
        self.errors = tuple(errors)

    def sentence(self) -> str:
        """«Đ14.1a: Ông/bà cần ghi …» — the rule in front where there is one, in the reader's language."""
        said = gettext(self.message)
        return f"{self.rule}: {said}" if self.rule else said
