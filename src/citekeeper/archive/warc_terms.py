"""What the writer of a capture's WARC and its verifier must say alike: ids, protocols, profiles, truncations."""

from __future__ import annotations

import uuid
from typing import Final

REVISIT_PROFILE: Final = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NAMESPACE: Final = uuid.UUID("6f4b2f6e-6d0f-5f0c-9f8e-3c1f7c0b6a55")
_TRUNCATIONS: Final = frozenset({"length", "time", "disconnect"})


def record_id(identity: str, number: int, kind: str, url: str, date: str, block_digest: str) -> str:
    """A record's id: a UUID of version 5, so that the same capture packed again gives the same bytes.

    Args:
        identity: what the capture is called: its citation and folder.
        number: the record's place, from 1.
        kind: its type.
        url: its address; "" for none.
        date: when, as written.
        block_digest: of its block, as written.
    """
    name = "\n".join((identity, str(number), kind, url, date, block_digest))
    return f"<urn:uuid:{uuid.uuid5(_NAMESPACE, name)}>"


def http_protocol(version: str) -> str:
    """An HTTP version as WARC-Protocol names it."""
    return {"2": "h2", "3": "h3"}.get(version, f"http/{version}")


def tls_protocol(version: str) -> str:
    """A TLS version, as OpenSSL writes it, as WARC-Protocol names it."""
    return f"tls/{version.lower().removeprefix('tls').lstrip('v ')}"


def cipher_suite(cipher: str) -> str:
    """A cipher as WARC-Cipher-Suite names it; "" for names that are not IANA's, which the registry wants."""
    return cipher if cipher.startswith("TLS_") else ""


def truncation(reason: str) -> str:
    """Why a body is cut, as WARC-Truncated names it."""
    return reason if reason in _TRUNCATIONS else "unspecified"
