"""What an Engine may be told: limits, waits and habits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType

from citekeeper import __version__
from citekeeper.urls import best_pattern
from citekeeper.values import dataclass

# The word "link" in a User-Agent draws 403s (facts on checkers), so the tool's purpose is told in other words.
DEFAULT_USER_AGENT = f"Mozilla/5.0 (compatible; citekeeper/{__version__}; verifies the sources a document cites)"


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """Limits and habits of an Engine; durations in seconds, sizes in bytes.

    ``timeout`` is the silence that is borne: no first byte, or less than ``min_rate`` bytes a second for that long.
    ``total_timeout`` caps one transfer however steadily it drips. ``max_wait`` caps what Retry-After and rate-limit
    headers may ask: a server that asks for more is not asked again. ``host_ca`` maps host patterns (``*.gov.ru``) to
    PEM files that are trusted beside the usual bundle. ``http2`` is for plain checks, never for verbatim captures.
    """

    jobs: int = 128
    per_host: int = 4
    timeout: float = 20.0
    connect_timeout: float = 10.0
    retries: int = 3
    max_redirects: int = 10
    user_agent: str = DEFAULT_USER_AGENT
    accept_language: str = "en,*;q=0.5"
    allow_private: bool = False
    host_ca: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    per_host_overrides: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    max_wait: float = 60.0
    total_timeout: float = 60.0
    min_rate: int = 64
    http2: bool = True
    backoff: float = 1.0  # the first wait before a retry; it doubles, with jitter
    scratch: Path | None = None  # where large bodies wait for their end; default: the system's temporary directory
    look_ahead: int = 3_000  # requests read from the source before their turn, so that lanes can be drained

    def per_host_of(self, host: str) -> int:
        """How many connections at once ``host`` may get."""
        pattern = best_pattern(self.per_host_overrides, host) if self.per_host_overrides else None
        return self.per_host_overrides[pattern] if pattern else self.per_host

    def ca_of(self, host: str) -> str | None:
        """The additional PEM file trusted for ``host``, if any."""
        pattern = best_pattern(self.host_ca, host) if self.host_ca else None
        return self.host_ca[pattern] if pattern else None
