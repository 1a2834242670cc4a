"""The judge's word on one exchange, and how much it matters."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from citekeeper.values import dataclass


class Severity(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for ok, 1 for warning, 2 for error."""
        return ("ok", "warning", "error").index(self.value)


class VerdictKind(StrEnum):
    """The verdicts of CONTRACT section 3."""

    ALIVE = "alive"
    MOVED = "moved"
    DRIFTED = "drifted"
    SOFT_404 = "soft-404"
    USURPED = "usurped"
    GONE = "gone"
    WALLED = "walled"
    BLOCKED = "blocked"
    THROTTLED = "throttled"
    FAILING = "failing"
    UNREACHABLE = "unreachable"
    INSECURE = "insecure"
    UNCHECKED = "unchecked"


BASE_SEVERITY: Mapping[VerdictKind, Severity] = MappingProxyType(
    {
        VerdictKind.ALIVE: Severity.OK,
        VerdictKind.MOVED: Severity.WARNING,
        VerdictKind.DRIFTED: Severity.WARNING,
        VerdictKind.SOFT_404: Severity.ERROR,
        VerdictKind.USURPED: Severity.ERROR,
        VerdictKind.GONE: Severity.ERROR,
        VerdictKind.WALLED: Severity.WARNING,
        VerdictKind.BLOCKED: Severity.WARNING,
        VerdictKind.THROTTLED: Severity.WARNING,
        VerdictKind.FAILING: Severity.WARNING,
        VerdictKind.UNREACHABLE: Severity.WARNING,
        VerdictKind.INSECURE: Severity.WARNING,
        VerdictKind.UNCHECKED: Severity.OK,
    }
)
"""The severity of one observation of each kind (CONTRACT section 3)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of one Exchange: kind, a stable kebab-case reason, a sentence, and advice.

    ``severity`` is that of one observation; history (strikes) and pinned copies are weighed by the rules.
    """

    kind: VerdictKind
    reason: str
    message: str
    advice: str = ""
    severity: Severity = Severity.OK
    canonical_url: str | None = None  # where a wall names the page it guards, or where a moved source lives now
