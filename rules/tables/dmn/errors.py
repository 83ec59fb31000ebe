"""What can be wrong with a DMN file."""


class DmnError(ValueError):
    """`message`: a Vietnamese sentence; `line` of the file from 1, 0 where it is about the whole."""

    def __init__(self, message: str, line: int = 0) -> None:
        self.message = message
        self.line = line
        super().__init__(f"Dòng {line} của tệp: {message}" if line else message)
