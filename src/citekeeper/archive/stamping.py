"""Time stamps for captures that have none yet: authorities are asked in order, and sent a hash and nothing else.

What no authority stamped stays as it is and is asked for again by the next run: a capture without a token in its
manifests is pending, and nothing else has to be remembered.
"""

from __future__ import annotations

import hashlib
import random as random_module
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from citekeeper.archive.timestamp import TimestampError, load_roots, query, verify_reply
from citekeeper.clock import Clock, iso
from citekeeper.errors import ServiceError, ServiceRefusedError, ServiceUnavailableError, UsageError
from citekeeper.model import Capture
from citekeeper.session import ServiceSession

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from citekeeper.archive.store import Archive

DEADLINE = 60.0
"""Seconds that all time stamps of one run may take; what is left over is asked for by the next run."""

_ONE_REQUEST = 15.0
_LARGEST_REPLY = 1 << 20


@dataclass(slots=True)
class Stamped:
    """What a run's stamping came to: how many captures got a token, how many still lack one, and why."""

    done: int = 0
    pending: int = 0
    notes: list[str] = field(default_factory=list)


def trusted_roots(path: str | None) -> list[Certificate]:
    """The roots in the PEM file at ``path``; without one, Mozilla's, which certifi brings along.

    Raises:
        UsageError: the file cannot be read, or holds no certificate.
    """
    import certifi

    source = Path(path) if path else Path(certifi.where())
    try:
        return load_roots(source.read_bytes())
    except OSError as error:
        raise UsageError(f"{source} could not be read: {error.strerror}.", "Correct tsa_roots.") from error
    except ValueError as error:
        raise UsageError(f"{source} holds no certificates.", "Name a PEM file of roots as tsa_roots.") from error


def stamp_pending(
    archive: Archive,
    citation_ids: Iterable[str],
    authorities: Sequence[str],
    session: ServiceSession,
    roots: Sequence[Certificate],
    *,
    clock: Clock,
    random: random_module.Random,
    deadline: float = DEADLINE,
) -> Stamped:
    """Have every capture of ``citation_ids`` stamped that has no token; the caller holds the archive's lock.

    An authority that fails or refuses is not asked again in this run, and the next one is.

    Args:
        archive: where the captures are.
        citation_ids: whose.
        authorities: their URLs, in the order to ask them.
        session: what asks them.
        roots: what their certificates must lead to.
        clock: measures the deadline.
        random: where nonces come from.
        deadline: seconds for everything.

    Raises:
        StorageError: a token could not be written.
    """
    outcome = Stamped()
    ends = clock.monotonic() + deadline
    asked = list(dict.fromkeys(authorities))
    for capture in [capture for citation_id in citation_ids for capture in archive.unstamped(citation_id)]:
        while asked and (left := ends - clock.monotonic()) > 0:
            try:
                _stamp(archive, capture, asked[0], session, roots, random, min(left, _ONE_REQUEST))
            except (ServiceError, TimestampError) as error:
                host = urlsplit(asked.pop(0)).hostname
                why = error.message.removeprefix(f"{session.service}: ")
                outcome.notes.append(f"No time stamp from {host}: {why}")
            else:
                outcome.done += 1
                break
        else:
            outcome.pending += 1
    if outcome.pending:
        few = "1 capture has" if outcome.pending == 1 else f"{outcome.pending} captures have"
        outcome.notes.append(f"{few} no time stamp yet; the next run asks again.")
    return outcome


def _stamp(
    archive: Archive,
    capture: Capture,
    authority: str,
    session: ServiceSession,
    roots: Sequence[Certificate],
    random: random_module.Random,
    seconds: float,
) -> None:
    digest = hashlib.sha256((archive.folder(capture) / "manifest.json").read_bytes()).digest()
    nonce = random.getrandbits(64) | 1
    reply = session.request(
        "POST",
        authority,
        body=query(digest, nonce),
        headers={"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"},
        deadline=seconds,
        max_body=_LARGEST_REPLY,
    )
    if reply.status != 200:
        kind = ServiceUnavailableError if reply.status >= 500 else ServiceRefusedError
        raise kind(session.service, f"it answered {reply.status}.", "Look up the authority's address.")
    stamp = verify_reply(reply.body, digest, roots, nonce=nonce)
    archive.add_timestamp(
        capture,
        reply.body,
        "".join(stamp.chain).encode("ascii"),
        {
            "authority": authority.partition("?")[0],
            "signer": stamp.signer,
            "time": iso(stamp.time),
            "serial": str(stamp.serial),
            "policy": stamp.policy,
            "nonce": str(nonce),
            "over": "manifest.json",
            "over_sha256": digest.hex(),
        },
    )
