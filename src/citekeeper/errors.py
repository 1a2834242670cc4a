"""The one exception tree. A dead link is a Verdict, never an exception; an exception means citekeeper could not work.

CitekeeperError                  message + hint, exit code 3
├── UsageError                   bad input: options, files, documents              exit code 2
│   └── InputFileError           the same, with file:line:column
├── NetworkDownError             no source gave one byte                            exit code 3
├── StorageError                 disk full, read-only, archive locked               exit code 3
└── ServiceError                 an archive or translator did not serve
    ├── ServiceRefusedError           it says no: keys, exclusion, unknown refusal; do not retry now
    ├── ServiceThrottledError         too fast: ``retry_after`` seconds where it said so
    └── ServiceUnavailableError       it failed or timed out; retry later
"""

from __future__ import annotations


class CitekeeperError(Exception):
    """Base of everything citekeeper raises on purpose.

    Args:
        message: what happened, and where, in one sentence.
        hint: the act that resolves it.
    """

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(CitekeeperError):
    """The command or one of its inputs is wrong; nothing was written."""

    exit_code = 2


class InputFileError(UsageError):
    """A file that cannot be taken as it is: ``path:line:column: message``."""

    def __init__(
        self, path: str, message: str, hint: str = "", *, line: int | None = None, column: int | None = None
    ) -> None:
        place = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{place}: {message}", hint)
        self.path, self.line, self.column = path, line, column


class NetworkDownError(CitekeeperError):
    """The network as a whole is away, so nothing can be said about any source."""


class StorageError(CitekeeperError):
    """A file or directory could not be written; what was there before is unharmed."""


class ServiceError(CitekeeperError):
    """A service (archive, translator) did not do what was asked."""

    def __init__(self, service: str, message: str, hint: str = "") -> None:
        super().__init__(f"{service}: {message}", hint)
        self.service = service


class ServiceRefusedError(ServiceError):
    """The service said no, and would again: asking now is pointless."""


class ServiceThrottledError(ServiceError):
    """The service asks for patience; ``retry_after`` in seconds where it named a time."""

    def __init__(self, service: str, message: str, hint: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(service, message, hint)
        self.retry_after = retry_after


class ServiceUnavailableError(ServiceError):
    """The service is away or failing for the moment."""
