"""What a reader raises when nothing of a file can be read."""

from __future__ import annotations


class ReadError(ValueError):
    """A file that cannot be read. `message` says what is wrong and the next step;
    `format` is the format it was recognised as, if any."""

    def __init__(self, code: str, message: str, format: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.format = format
