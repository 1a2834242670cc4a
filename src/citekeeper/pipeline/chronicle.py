"""The chronicle of the archive: every manifest's hash is in its citation's history, so that cutting one off shows."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

from citekeeper.archive import Archive
from citekeeper.clock import Clock
from citekeeper.history import History, new_event


def record_manifests(
    archive: Archive,
    history: Callable[[str], History],
    citation_ids: Iterable[str],
    clock: Clock,
    rng: random.Random,
    vantage: str | None,
) -> None:
    """Put on record what is sealed and not recorded yet, as after a kill between sealing and recording."""
    for citation_id in citation_ids:
        chronicle = history(citation_id)
        known = {event.fields.get("manifest") for event in chronicle.events()}
        for sha256 in archive.manifests(citation_id):
            if sha256 not in known:
                chronicle.append(new_event("manifest", clock.now(), vantage, {"manifest": sha256}, rng))
