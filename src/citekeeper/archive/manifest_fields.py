"""What manifest.json says of a capture: each field of `citekeeper.archive.manifest`, from the facts of the capture."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from citekeeper import __version__
from citekeeper.archive.manifest import SCHEMA
from citekeeper.archive.texts import text_sha256
from citekeeper.archive.withheld import redact_url
from citekeeper.clock import iso
from citekeeper.content import Decoding
from citekeeper.model import ArchivedFile, Citation, Document, Exchange, Hop, Reading, Rendering, Shows, Tls, Verdict

CLOCK_TOLERANCE_S = 60.0
_DECODED_LIMIT = 256 * 1024 * 1024


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
    decoding = Decoding(hop.headers.codings, hop.body, _DECODED_LIMIT)
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
