"""Machine translation of a source's paragraphs, with a memory and with guards on everything an engine returns.

A paragraph is translated or it is None with a warning: there is never a silent hole, and never text that is not a
translation. Paragraph n of the result belongs to paragraph n of the source.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Protocol

from citekeeper.clock import Clock
from citekeeper.model import Translation
from citekeeper.network import Network
from citekeeper.values import dataclass

GOOGLE, DEEPL, MYMEMORY, LIBRE, ARGOS = "google", "deepl", "mymemory", "libre", "argos"
ENGINES = (GOOGLE, DEEPL, MYMEMORY, LIBRE, ARGOS)
"""Every engine by its name."""
LOCAL_ENGINES = frozenset((ARGOS,))
"""Engines that work on this machine: no service hears a word."""

USER_AGENT = "Mozilla/5.0 (compatible; citekeeper)"

MayTell = Callable[[str], bool]
"""Whether the service of this name may be told the text."""


class Engine(Protocol):
    """A translation engine. Safe to call from several threads.

    Attributes:
        name: one of `ENGINES`; also the name in ``services`` by which it must be allowed, unless it is local.
        is_local: whether nothing leaves this machine.
    """

    name: str
    is_local: bool

    @property
    def version(self) -> str:
        """What made the translations, for their provenance and the memory."""

    def longest(self, text: str) -> int:
        """The most characters that it takes at once of a text such as ``text``."""

    def translate(self, text: str, *, source: str, target: str, names: Sequence[str] = ()) -> str | None:
        """What the engine returns for ``text``, unjudged.

        Args:
            text: at most as long as `longest` says.
            source: BCP 47 tag.
            target: BCP 47 tag.
            names: words of ``text`` that are in the target language already and must come back as they are.

        Raises:
            TextRefusedError: it will not translate this text.
            LanguageRefusedError: it does not translate between these languages.
            ServiceRefusedError: it will not translate anything; asking again is pointless.
            ServiceThrottledError: too many requests.
            ServiceUnavailableError: it failed for the moment.
        """


class Translates(Protocol):
    """What a run needs of a translator."""

    @property
    def standing_warnings(self) -> tuple[str, ...]:
        """What holds for the whole run and not for one source: engines left out, a damaged memory."""

    def is_complete(self, paragraphs: Sequence[str], made: Translation) -> bool:
        """Whether nothing can be added to ``made``: no hole, and the glossary's names as they are wanted now."""

    def has_engine(self, may_tell: MayTell) -> bool:
        """Whether any engine is left that may be used for a source."""

    def translate(
        self,
        paragraphs: Sequence[str],
        *,
        source: str,
        target: str,
        source_sha256: str,
        may_tell: MayTell,
        languages: Sequence[str | None] = (),
    ) -> Translation:
        """Translate ``paragraphs``; the result has as many, in the same order, None where none could be had."""

    def close(self) -> None:
        """Close the memory."""


@dataclass(frozen=True, slots=True)
class Access:
    """Where services live that have no address of their own, and the keys to them. Keys are never shown."""

    deepl_key: str | None = field(default=None, repr=False)
    libre_url: str | None = None
    libre_key: str | None = field(default=None, repr=False)


def open_translator(
    engines: Sequence[str],
    network: Network,
    clock: Clock,
    *,
    memory_path: Path,
    access: Access | None = None,
    glossary: Mapping[str, str | Mapping[str, str]] | None = None,
    user_agent: str = USER_AGENT,
    parallel: int = 2,
) -> Translates | None:
    """A translator over ``engines``, asked in that order; None where none is named.

    Args:
        engines: names of `ENGINES`; others are passed over, so that ``services`` can be given as it stands.
        network: proxies and certificates.
        clock: paces, waits and dates.
        memory_path: the SQLite file of the translation memory, e.g. in the cache directory.
        access: addresses and keys.
        glossary: names of the source languages and how they are written in a target language, or in all.
        user_agent: the User-Agent header.
        parallel: requests at once.
    """
    chosen = [name for name in dict.fromkeys(engines) if name in ENGINES]
    if not chosen:
        return None
    from citekeeper.translation.factory import make_engine
    from citekeeper.translation.memory import Memory
    from citekeeper.translation.translator import Translator

    made = [make_engine(name, network, clock, access or Access(), user_agent=user_agent) for name in chosen]
    return Translator(made, Memory(memory_path), clock, parallel=parallel, glossary=glossary)
