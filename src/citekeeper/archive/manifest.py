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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from citekeeper import __version__
from citekeeper.archive.numbers import NUMBER
from citekeeper.archive.texts import moment as parse_moment
from citekeeper.archive.texts import text_sha256
from citekeeper.archive.withheld import redact_url
from citekeeper.clock import iso
from citekeeper.model import ArchivedFile, Citation, Document, Exchange, Hop, Reading, Rendering, Shows, Tls, Verdict

SCHEMA = "citekeeper.manifest/1"
CLOCK_TOLERANCE_S = 60.0
_LARGEST = 8 * 1024 * 1024  # parsed, JSON takes up to twenty times as much
_DECODED_LIMIT = 256 * 1024 * 1024
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
        fields = json.loads(data.decode("utf-8"), object_pairs_hook=_object)
        files = tuple(_file(item) for item in fields["files"])
        previous = tuple(_hash(item) for item in fields["previous"])
        if fields.get("schema") != SCHEMA:
            return Manifest(path, number, digest, fault=f"its schema is {fields.get('schema')!r}, not {SCHEMA!r}")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return Manifest(path, number, digest, fault=f"not a manifest: {type(error).__name__}: {str(error)[:120]}")
    return Manifest(path, number, digest, fields, files, previous)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are each given once: of two values, readers do not agree which counts."""
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return value


def _file(item: Mapping[str, Any]) -> ArchivedFile:
    name, size = item["name"], item["bytes"]
    if not isinstance(name, str) or "/" in name or "\\" in name or name in ("", ".", ".."):
        raise ValueError(f"{name!r} is not a file name")
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise ValueError(f"{size!r} is not a size")
    return ArchivedFile(name, _hash(item["sha256"]), size)


def _hash(value: object) -> str:
    if not isinstance(value, str) or not _HEX64.fullmatch(value):
        raise ValueError(f"{value!r} is not a SHA-256")
    return value


@dataclass(frozen=True, slots=True)
class CaptureFacts:
    """What a capture is made of, before it is written."""

    citation: Citation
    exchange: Exchange
    verdict: Verdict
    reading: Reading | None
    requisites: Sequence[Exchange]
    left_out: Sequence[tuple[str, str]]
    document: Document | None
    options: Mapping[str, str]
    shows: Shows
    captured_at: datetime
    address_echoed: Sequence[Mapping[str, str]] = ()
    rendering: Rendering | None = None
    unshown: str | None = None


def capture_fields(
    facts: CaptureFacts,
    folder: str,
    sealed_at: datetime,
    files: Sequence[ArchivedFile],
    withheld: Sequence[str],
    previous: Sequence[str],
) -> dict[str, Any]:
    """The fields of manifest.json, in their order."""
    exchange, last = facts.exchange, facts.exchange.last
    everything = (exchange, *facts.requisites)
    offset = clock_offset(everything)
    reading = facts.reading
    return {
        "schema": SCHEMA,
        "event": "capture",
        "id": folder,
        "citation": facts.citation.id,
        "document_sha256": facts.document.sha256 if facts.document else None,
        "captured_at": iso(facts.captured_at),
        "started_at": iso(min((e.started_at for e in everything if e.started_at), default=facts.captured_at)),
        "finished_at": iso(_finished(everything, facts.captured_at)),
        "sealed_at": iso(sealed_at),
        "origin": "captured",
        "shows": facts.shows.value,
        "url_cited": redact_url(facts.citation.url) if facts.citation.url else None,
        "url_requested": redact_url(exchange.url),
        "url_final": redact_url(exchange.final_url),
        "hops": [_hop(hop) for hop in exchange.hops],
        "http_status": exchange.status,
        "failure": exchange.failure.kind.value if exchange.failure else None,
        "verdict": facts.verdict.kind.value,
        "reason": facts.verdict.reason,
        "tool": {"name": "citekeeper", "version": __version__},
        "user_agent": user_agent(exchange),
        "options_sha256": _options_sha256(facts.options),
        "proxy_used": any(hop.via_proxy for e in everything for hop in e.hops),
        "dns": list(last.resolved) if last else [],
        "peer": _peer(last) if last else None,
        "tls": _tls(last.tls) if last and last.tls else None,
        "truncated": last.truncated if last else None,
        **_body_fields(last),
        "charset": reading.charset if reading else None,
        "charset_reason": reading.charset_reason if reading else None,
        "text_sha256": text_sha256(reading),
        "requisites": _requisites(facts),
        "browser": _browser(facts.rendering) if facts.rendering else None,
        "withheld": list(withheld),
        "address_echoed": [dict(item) for item in facts.address_echoed],
        "clock_offset_s": offset,
        "warnings": _warnings(facts, offset),
        "files": [{"name": file.name, "sha256": file.sha256, "bytes": file.size} for file in files],
        "previous": list(previous),
        "method": _method(facts),
    }


def later_fields(
    event: str,
    folder: str,
    citation: str,
    sealed_at: datetime,
    files: Sequence[ArchivedFile],
    previous: Sequence[str],
) -> dict[str, Any]:
    """The fields of a manifest that follows manifest.json in the same folder."""
    return {
        "schema": SCHEMA,
        "event": event,
        "id": folder,
        "citation": citation,
        "sealed_at": iso(sealed_at),
        "tool": {"name": "citekeeper", "version": __version__},
        "files": [{"name": file.name, "sha256": file.sha256, "bytes": file.size} for file in files],
        "previous": list(previous),
    }


def decoded_sha256(hop: Hop) -> str | None:
    """SHA-256 of the body after content-decoding; None where it cannot be decoded whole."""
    from citekeeper.content import Decoding

    decoding = Decoding(hop.headers.get("content-encoding", ""), hop.body, _DECODED_LIMIT)
    if decoding.is_plain:
        return hashlib.sha256(hop.body).hexdigest() if len(hop.body) <= _DECODED_LIMIT else None
    digest = hashlib.sha256()
    for piece in decoding:
        digest.update(piece)
    return digest.hexdigest() if decoding.complete else None


def clock_offset(exchanges: Sequence[Exchange]) -> float | None:
    """This machine's clock minus the servers', in seconds: the median over their Date headers; None without any.

    A Date header has whole seconds and its response may come from a cache, which says so in Age; the local moment is
    that of the first byte.
    """
    offsets = sorted(offset for e in exchanges for hop in e.hops if (offset := _offset(hop)) is not None)
    if not offsets:
        return None
    middle = len(offsets) // 2
    median = offsets[middle] if len(offsets) % 2 else (offsets[middle - 1] + offsets[middle]) / 2
    return round(median, 1)


def _offset(hop: Hop) -> float | None:
    from email.utils import parsedate_to_datetime

    if hop.started_at is None:
        return None
    try:
        server = parsedate_to_datetime(hop.headers.get("date"))
        age = float(hop.headers.get("age", "0"))
        local = hop.started_at + timedelta(seconds=hop.timings.start_transfer)
        if server.tzinfo is None or not 0 <= age < 1e9:
            return None
        return (local - server).total_seconds() - age
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def user_agent(exchange: Exchange) -> str | None:
    """The User-Agent that was sent, where the request head is known."""
    from citekeeper.content import Headers

    head = exchange.hops[0].request_head if exchange.hops else b""
    return Headers.parse(head).get("user-agent") or None


def _options_sha256(options: Mapping[str, str]) -> str:
    canonical = json.dumps(dict(options), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "replace")).hexdigest()


def _finished(exchanges: Sequence[Exchange], otherwise: datetime) -> datetime:
    ends = [e.started_at + timedelta(seconds=e.elapsed) for e in exchanges if e.started_at]
    return max(ends, default=otherwise)


def _peer(hop: Hop) -> str | None:
    return None if hop.via_proxy else hop.peer


def _hop(hop: Hop) -> dict[str, Any]:
    return {
        "url": redact_url(hop.url),
        "status": hop.status,
        "started_at": iso(hop.started_at) if hop.started_at else None,
        "http_version": hop.http_version,
        "peer": _peer(hop),
        "body_bytes": len(hop.body),
        "body_sha256": hashlib.sha256(hop.body).hexdigest(),
        "truncated": hop.truncated,
    }


def _tls(tls: Tls) -> dict[str, Any]:
    chain = [_certificate_sha256(pem) for pem in tls.chain]
    return {
        "version": tls.version,
        "cipher": tls.cipher,
        "leaf_sha256": chain[0] if chain else None,
        "chain_sha256": chain,
        "verify_result": tls.verify_result,
    }


def _certificate_sha256(pem: str) -> str | None:
    """SHA-256 of the DER certificate, the fingerprint that browsers show; None for what is no PEM."""
    import ssl

    try:
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem.strip() + "\n")).hexdigest()
    except ValueError:
        return None


def _body_fields(last: Hop | None) -> dict[str, Any]:
    if last is None:
        names = ("body_bytes", "body_sha256", "decoded_body_sha256", "declared_type", "sniffed_type")
        return dict.fromkeys(names)
    from citekeeper.archive.sniff import sniff

    return {
        "body_bytes": len(last.body),
        "body_sha256": hashlib.sha256(last.body).hexdigest(),
        "decoded_body_sha256": decoded_sha256(last),
        "declared_type": last.headers.get("content-type") or None,
        "sniffed_type": sniff(last.content(4096)) if last.body else None,
    }


def _requisites(facts: CaptureFacts) -> dict[str, Any]:
    fetched, failed = [], []
    for exchange in facts.requisites:
        last = exchange.last
        if exchange.failure is None and last is not None and last.status < 400:
            fetched.append(
                {
                    "url": redact_url(exchange.url),
                    "status": last.status,
                    "bytes": len(last.body),
                    "sha256": hashlib.sha256(last.body).hexdigest(),
                    **({"truncated": last.truncated} if last.truncated else {}),
                }
            )
        else:
            reason = exchange.failure.kind.value if exchange.failure else f"http-{exchange.status}"
            failed.append({"url": redact_url(exchange.url), "reason": reason})
    left_out = [{"url": redact_url(url), "reason": reason} for url, reason in facts.left_out]
    return {"fetched": fetched, "failed": failed, "left_out": left_out}


def _browser(rendering: Rendering) -> dict[str, Any]:
    picture = rendering.size if rendering.screenshot is not None else None
    return {
        "name": rendering.browser,
        "user_agent": rendering.user_agent,
        "viewport": list(rendering.viewport),
        "locale": rendering.locale,
        "time_zone": rendering.time_zone,
        "sandboxed": rendering.sandboxed,
        "shown_at": iso(rendering.started_at),
        "elapsed_s": round(rendering.elapsed, 3),
        "url": redact_url(rendering.url) if rendering.url else None,
        "settled": rendering.settled,
        "text_from": "document" if rendering.counts else "response",
        "screenshot": {"size": list(picture), "page_height": rendering.page_height} if picture else None,
        "fault": rendering.fault,
    }


def _warnings(facts: CaptureFacts, offset: float | None) -> list[str]:
    warnings = []
    if offset is not None and abs(offset) > CLOCK_TOLERANCE_S:
        side = "ahead of" if offset > 0 else "behind"
        warnings.append(f"This machine's clock was {abs(offset):.0f} s {side} the servers' clocks.")
    last = facts.exchange.last
    if last is not None and last.truncated:
        warnings.append(f"The body is not complete ({last.truncated}).")
    if facts.exchange.tls_fault is not None:
        warnings.append(f"The server's certificate did not verify ({facts.exchange.tls_fault.kind.value}).")
    if facts.address_echoed:
        sure = any(item["known_by"] != "label" for item in facts.address_echoed)
        said = "repeats this reader's network address" if sure else "may repeat this reader's network address"
        warnings.append(f"What was captured {said} (see address_echoed): mind that before handing the copy on.")
    if facts.unshown:
        warnings.append(f"No page.html could be made of it: {facts.unshown}")
    rendering = facts.rendering
    if rendering is not None and rendering.fault:
        warnings.append(f"The browser did not finish with the page: {rendering.fault}.")
    elif rendering is not None and not rendering.settled:
        warnings.append("The page was still loading when the browser's time for it was over.")
    return warnings


def _method(facts: CaptureFacts) -> str:
    through = " through a proxy" if any(hop.via_proxy for hop in facts.exchange.hops) else ""
    shows = (
        "It shows the source as the server sent it to this reader."
        if facts.shows is Shows.SOURCE
        else "It shows the failure that met this reader, not the source."
    )
    return (
        f"Fetched over HTTP by citekeeper {__version__} with libcurl{through}; {_scripts(facts.rendering)} "
        "Every redirect and page requisite was recorded as received, with transfer-coding removed and "
        f"the reader's cookies and credentials withheld. {shows} The hashes prove that the files are unchanged since "
        "they were sealed, not who wrote them."
    )


def _scripts(rendering: Rendering | None) -> str:
    if rendering is None or rendering.document is None:
        return "without a browser and without running scripts."
    counts = (
        "its text and page.html are taken from the page after its scripts ran"
        if rendering.counts
        else ("its text and page.html are taken from the page as received")
    )
    return (
        f"then shown to a browser ({rendering.browser}) without a network of its own: citekeeper's fetcher answered "
        "each request that its scripts made with what it received over HTTP, or refused it, as listed; "
        f"{counts}."
    )
