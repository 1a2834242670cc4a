"""Time stamps for what a run sealed, and for what earlier runs could not have stamped."""

from __future__ import annotations

import random
from collections.abc import Iterable

from citekeeper import __version__
from citekeeper.commands.workshop import Workshop


def check_roots(workshop: Workshop) -> None:
    """Find out before anything is fetched or sealed that its time stamps could not be verified.

    Raises:
        UsageError: the setting tsa_roots names no file of certificates.
    """
    settings = workshop.settings
    if settings.timestamp_authorities and not settings.offline:
        from citekeeper.archive.stamping import trusted_roots

        trusted_roots(settings.tsa_roots)


def check_named_roots(workshop: Workshop) -> None:
    """Find out that the file of roots to trust is one, also where nothing is stamped yet that would need it.

    Raises:
        UsageError: the setting tsa_roots names no file of certificates.
    """
    if workshop.settings.tsa_roots:
        from citekeeper.archive.stamping import trusted_roots

        trusted_roots(workshop.settings.tsa_roots)


def stamp_captures(workshop: Workshop, citation_ids: Iterable[str]) -> list[str]:
    """Ask the configured authorities, and put the tokens' manifests on record; the caller holds the archive's lock.

    Returns:
        Sentences on what could not be had; none where no authority is configured.

    Raises:
        StorageError: a token could not be written.
        UsageError: the setting tsa_roots names no file of certificates.
    """
    settings = workshop.settings
    if not settings.timestamp_authorities or settings.offline:
        return []
    from citekeeper.archive.stamping import stamp_pending, trusted_roots
    from citekeeper.pipeline.chronicle import record_manifests
    from citekeeper.session import service_session

    roots = trusted_roots(settings.tsa_roots)
    ids = list(citation_ids)
    agent = settings.user_agent or f"citekeeper/{__version__}"
    session = service_session(workshop.network, service="Time stamps", user_agent=agent, clock=workshop.clock)
    try:
        outcome = stamp_pending(
            workshop.archive,
            ids,
            settings.timestamp_authorities,
            session,
            roots,
            clock=workshop.clock,
            random=random.SystemRandom(),
        )
    finally:
        session.close()
    if outcome.done:
        record_manifests(workshop.archive, workshop.history, ids, workshop.clock, workshop.rng, settings.vantage)
    return outcome.notes
