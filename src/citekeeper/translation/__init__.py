"""Machine translation of a source's paragraphs, with a memory and with guards on everything an engine returns.

A paragraph is translated or it is None with a warning: there is never a silent hole, and never text that is not a
translation. Paragraph n of the result belongs to paragraph n of the source.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from citekeeper.clock import Clock
from citekeeper.model import Translation
from citekeeper.network import Network

GOOGLE = "google"
USER_AGENT = "Mozilla/5.0 (compatible; citekeeper)"


class Engine(Protocol):
    """A translation service. Safe to call from several threads."""

    name: str
    version: str

    def translate(self, text: str, *, source: str, target: str) -> str | None:
        """What the service returns for ``text``, unjudged; languages are BCP 47 tags.

        Raises:
            ServiceRefusedError: it will not translate this, or anything; asking again is pointless.
            ServiceThrottledError: too many requests.
            ServiceUnavailableError: it failed for the moment.
        """


class Translates(Protocol):
    """What a run needs of a translator."""

    def translate(self, paragraphs: Sequence[str], *, source: str, target: str, source_sha256: str) -> Translation:
        """Translate ``paragraphs``; the result has as many, in the same order, None where none could be had."""

    def close(self) -> None:
        """Close the memory."""


def open_translator(
    services: Sequence[str],
    network: Network,
    clock: Clock,
    *,
    memory_path: Path,
    user_agent: str = USER_AGENT,
    parallel: int = 2,
) -> Translates | None:
    """A translator over the engines that ``services`` names, in that order; None where it names none.

    Args:
        services: who may be told the text of a source.
        network: proxies and certificates.
        clock: paces, waits and dates.
        memory_path: the SQLite file of the translation memory, e.g. in the cache directory.
        user_agent: the User-Agent header.
        parallel: requests at once.
    """
    from citekeeper.translation.engines import google_engine
    from citekeeper.translation.memory import Memory
    from citekeeper.translation.translator import Translator

    engines = [google_engine(network, clock, user_agent=user_agent) for name in services if name == GOOGLE]
    if not engines:
        return None
    return Translator(engines, Memory(memory_path), clock, parallel=parallel)
