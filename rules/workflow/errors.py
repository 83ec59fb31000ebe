"""What a workflow refuses."""


class WorkflowError(ValueError):
    """A move that the workflow does not have. The message is a Vietnamese sentence for the person who tried it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
