"""manifest.json: how, when and by what a capture was made, and the hash and size of each of its files.

Keys of ``citekeeper.manifest/1``, in the order written. Hashes are lower-case hexadecimal SHA-256, times RFC 3339 UTC.

==================  ===================================================================================================
schema              "citekeeper.manifest/1"
event               "capture" here; "translation", "timestamp", "deposit" or "withdraw" in what follows
id                  the folder's name
citation            the citation's id
document_sha256     the document that cites it, or null
captured_at         when the fetch began; the folder's name
started_at          the first request of all, requisites included
finished_at         the end of the last answer
sealed_at           when this manifest was written
origin              "captured" (by citekeeper, over the network) or "deposited"
shows               "source" or "failure"
url_cited           as the document has it, without credentials; null when it lost it
url_requested       the first address asked for
url_final           where redirects ended
hops                [{url, status, started_at, http_version, peer, body_bytes, body_sha256, truncated}]
http_status         the last status, or null
failure             libcurl's trouble as a code (model.FailureKind), or null
verdict, reason     the judge's
tool                {name, version}
user_agent          as sent, or null where the request head is not known
options_sha256      of the options in force, as sorted JSON
proxy_used          whether any request went through a proxy; then peer is null, since the peer was the proxy
dns                 the addresses that DNS gave for the last hop
peer                "address:port" of the last hop, or null
tls                 {version, cipher, leaf_sha256, chain_sha256 (DER, leaf first), verify_result} or null
truncated           why the body is cut: length, time, disconnect; or null
body_bytes          size of the body as received, transfer-coding removed
body_sha256         of those bytes
decoded_body_sha256 after content-decoding; null where that failed
declared_type       Content-Type as received, or null
sniffed_type        what the decoded bytes show
charset             the reading's charset, and how it was decided
charset_reason
text_sha256         of the normalised text; null where there is none
requisites          {fetched: [{url, status, bytes, sha256, and truncated where the body is cut}],
                    failed: [{url, reason}], left_out: [{url, reason}]}
browser             {name, user_agent, viewport, locale, time_zone, sandboxed, shown_at, elapsed_s, url,
                    settled, text_from, screenshot: {size, page_height} or null, fault}
                    or null: what a browser made of the page; text_from is "document" or "response"
withheld            names of what was sent or received and is not kept, e.g. "request Cookie"
address_echoed      [{url, in: url|head|body, known_by: connection|header|label}]: what repeats the reader's address
clock_offset_s      this machine's clock minus the servers' (median of the Date headers), seconds; null where none
warnings            sentences about what a reader of this evidence should mind
files               [{name, sha256, bytes}]
previous            hashes of all manifests of this citation that had no successor
method              the method in words
==================  ===================================================================================================

The manifest.json of a deposit has no word on network and page (started_at to body_sha256, requisites, withheld); it has
``by`` (who handed it in), ``how`` (how they say it was made), ``captured_at`` (when they say it was), given as
``captured_at_claimed``, and ``deposited``: [{name, original_name, sniffed_type}].

A later manifest (``manifest.1.json``, …; on its number see `citekeeper.archive.numbers`) has schema, event, id,
citation, sealed_at, tool, files (only the new ones) and previous; a withdrawal also reason and withdrawn, the list of
the files whose bytes were deleted; a time stamp also ``timestamp``: {authority, time, serial, policy, nonce, over
(manifest.json), over_sha256}.
"""

from __future__ import annotations

import errno
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from citekeeper.archive.numbers import NUMBER
from citekeeper.archive.texts import moment as parse_moment
from citekeeper.archive.texts import unique
from citekeeper.model import ArchivedFile

SCHEMA = "citekeeper.manifest/1"
_LARGEST = 8 * 1024 * 1024  # parsed, JSON takes up to twenty times as much
_LONGEST_NAME = 255
_NAME = re.compile(rf"manifest(?:\.({NUMBER}))?\.json")
_HEX64 = re.compile(r"[0-9a-f]{64}")


def manifest_number(name: str) -> int | None:
    """0 for manifest.json, N for manifest.N.json, None for any other file."""
    match = _NAME.fullmatch(name)
    return int(match[1] or 0) if match else None


def manifest_name(number: int) -> str:
    """The inverse of `manifest_number`."""
    return f"manifest.{number}.json" if number else "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as it lies on disk. ``fields`` is empty and ``fault`` says why where it cannot be understood."""

    path: Path
    number: int
    sha256: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[ArchivedFile, ...] = ()
    previous: tuple[str, ...] = ()
    fault: str | None = None

    @property
    def event(self) -> str:
        """What it records: capture, translation, timestamp, deposit or withdraw."""
        return str(self.fields.get("event", "capture"))

    def moment(self, key: str) -> datetime | None:
        """A time field, or None where it is absent or no time."""
        try:
            return parse_moment(self.fields.get(key))
        except ValueError:
            return None


def read_manifest(path: Path) -> Manifest:
    """Read one manifest; what cannot be understood is told by ``fault``, since a forger's file must not stop anyone.

    Raises:
        OSError: the file cannot be read.
    """
    if not path.is_file():
        raise OSError(errno.EINVAL, "it is no regular file")  # a FIFO would be waited for
    with path.open("rb") as stream:
        data = stream.read(_LARGEST + 1)
    number = manifest_number(path.name) or 0
    digest = hashlib.sha256(data).hexdigest()
    if len(data) > _LARGEST:  # whatever it is, nothing follows it, so that its beginning's hash will do
        return Manifest(path, number, digest, fault=f"longer than {_LARGEST >> 20} MiB, which none is")
    try:
        fields = json.loads(data.decode("utf-8"), object_pairs_hook=unique)
        files = tuple(_file(item) for item in _list(fields["files"]))
        previous = tuple(_hash(item) for item in _list(fields["previous"]))
        if fields.get("schema") != SCHEMA:
            return Manifest(path, number, digest, fault=f"its schema is {fields.get('schema')!r}, not {SCHEMA!r}")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return Manifest(path, number, digest, fault=f"not a manifest: {type(error).__name__}: {str(error)[:120]}")
    return Manifest(path, number, digest, fields, files, previous)


def is_file_name(name: str) -> bool:
    """Whether a file within a capture's folder may be called so: no path, and no longer than names can be."""
    is_plain = name.isprintable() and not {"/", "\\"} & set(name) and name not in ("", ".", "..")
    return is_plain and len(name.encode("utf-8")) <= _LONGEST_NAME


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("“files” or “previous” is no list")
    return value


def _file(item: Mapping[str, Any]) -> ArchivedFile:
    name, size = item["name"], item["bytes"]
    if not isinstance(name, str) or not is_file_name(name):
        raise ValueError(f"{str(name)[:80]!r} is not a file name")
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise ValueError(f"{size!r} is not a size")
    return ArchivedFile(name, _hash(item["sha256"]), size)


def _hash(value: object) -> str:
    if not isinstance(value, str) or not _HEX64.fullmatch(value):
        raise ValueError(f"{value!r} is not a SHA-256")
    return value
