"""Whether what manifest.json says of a capture is what its records hold: hops, connection, body, requisites, texts."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from citekeeper.archive import warc_terms
from citekeeper.archive.records import HEAD_LIMIT, LONGEST_VALUE, StoredRecord
from citekeeper.archive.verify_faults import WARC_PATH, Fault, objects, plain_url
from citekeeper.archive.withheld import redact_url
from citekeeper.content import Decoding, Headers

_BODY_LIMIT = 16 << 20
"""Bytes of a body that is decoded once more, to compare what it says."""
_DECODED_LIMIT = 256 << 20

Reread = Callable[[StoredRecord, int], bytes]
"""Reads the beginning of a record's block once more."""


class Claims:
    """The claims of one manifest.

    Args:
        manifest: its fields.
        records: every record of the WARC.
        reread: reads a record's block again.
        text: what text.json holds as plain text; None where there is none.
    """

    def __init__(
        self, manifest: Mapping[str, Any], records: Sequence[StoredRecord], reread: Reread, text: bytes | None
    ) -> None:
        self._manifest = manifest
        self._records = records
        self._reread = reread
        self._text = text
        self._hops = objects(manifest.get("hops"))
        self._responses = [record for record in records if record.kind in ("response", "revisit")]

    def faults(self) -> Iterator[Fault]:
        """What the records contradict."""
        if not self._hops or len(self._hops) != len(self._manifest["hops"]):
            yield Fault("", "manifest-claims-no-hops", "The manifest lists no hops, or what is none.")
            return
        yield from self._of_hops()
        yield from self._of_itself()
        yield from self._of_last_hop()
        yield from self._of_picture()
        yield from self._of_requisites()
        yield from self._of_texts()
        yield from self._unlisted()

    # ── the page itself ─────────────────────────────────────────────────────────────────────────────────────────────

    def _of_hops(self) -> Iterator[Fault]:
        for number, hop in enumerate(self._hops):
            record = self._responses[number] if number < len(self._responses) else None
            wrong = _hop_differences(hop, record) if record else ["being there"]
            if wrong:
                message = (
                    f"Hop {number + 1} of the manifest ({str(hop.get('url'))[:200]}) is not what the WARC holds; they "
                    f"differ in {', '.join(wrong)}."
                )
                yield Fault(WARC_PATH, "manifest-hop-differs", message)

    def _of_itself(self) -> Iterator[Fault]:
        manifest, first, last = self._manifest, self._hops[0], self._hops[-1]
        for key, hop, name in (("url_requested", first, "first"), ("url_final", last, "last")):
            if plain_url(manifest.get(key)) != plain_url(hop.get("url")):
                yield Fault(
                    "", "manifest-contradicts-itself", f"The manifest's {key} is not the address of its {name} hop."
                )
        for key in ("body_sha256", "body_bytes", "status", "peer", "truncated"):
            own = "http_status" if key == "status" else key
            if manifest.get(own) != last.get(key):
                yield Fault("", "manifest-contradicts-itself", f"The manifest's {own} is not that of its last hop.")

    def _of_last_hop(self) -> Iterator[Fault]:
        """The facts that the manifest gives of the hop that brought the page."""
        if len(self._hops) > len(self._responses):
            return  # which is told
        record = self._responses[len(self._hops) - 1]
        if metadata := self._with(record).get("metadata"):
            said = Headers.parse(b"\r\n" + self._reread(metadata, HEAD_LIMIT))
            yield from _connection_faults(self._manifest, said)
        if not _is_secured_as(record, self._manifest.get("tls")):
            message = "The manifest's tls is not what the headers of its last hop's record say."
            yield Fault(WARC_PATH, "manifest-connection-differs", message)
        yield from self._of_body(record)
        request, agent = self._with(self._responses[0]).get("request"), self._manifest.get("user_agent")
        if request and not _is_alike(request.http.get("user-agent"), redact_url(str(agent or ""))):
            message = "The manifest's user_agent is not the one that was sent."
            yield Fault(WARC_PATH, "manifest-connection-differs", message)

    def _with(self, response: StoredRecord) -> dict[str, StoredRecord]:
        """The request and the metadata of a response."""
        found: dict[str, StoredRecord] = {}
        at = self._records.index(response)
        for record in self._records[at + 1 : at + 3]:
            if record.kind in ("response", "revisit"):
                break
            found[record.kind] = record
        return found

    def _of_body(self, record: StoredRecord) -> Iterator[Fault]:
        if record.kind != "response":
            return
        if not _is_alike(record.http.get("content-type"), self._manifest.get("declared_type")):
            message = "The manifest's declared_type is not the Content-Type of its last hop."
            yield Fault(WARC_PATH, "manifest-body-differs", message)
        claimed = self._manifest.get("decoded_body_sha256")
        # Where the coding is given twice, the first alone was undone once.
        codings = dict.fromkeys((record.http.codings, record.http.get("content-encoding")))
        decoded = [self._decoded(record, coding) for coding in codings] if claimed is not None else [None]
        if all(sha256 not in (None, claimed) for sha256 in decoded):
            message = "The manifest's decoded_body_sha256 is not that of its last hop's body."
            yield Fault(WARC_PATH, "manifest-body-differs", message)

    def _decoded(self, record: StoredRecord, coding: str) -> str | None:
        """SHA-256 of a body after content-decoding; None where that takes too much, or is not possible."""
        if Decoding(coding, b"x", 1).is_plain:
            return record.payload_sha256
        if record.payload_bytes > _BODY_LIMIT:
            return None
        body = self._reread(record, record.block_bytes).partition(b"\r\n\r\n")[2]
        digest, decoding = hashlib.sha256(), Decoding(coding, body, _DECODED_LIMIT)
        for piece in decoding:
            digest.update(piece)
        return digest.hexdigest() if decoding.complete else None

    # ── what belongs to it ──────────────────────────────────────────────────────────────────────────────────────────

    def _of_picture(self) -> Iterator[Fault]:
        for file in objects(self._manifest.get("files")):
            if file.get("name") == "screenshot.png":
                held = [record.block_sha256 for record in self._records if record.kind == "resource"]
                if file.get("sha256") not in held:
                    message = "No resource record holds the bytes of screenshot.png."
                    yield Fault(WARC_PATH, "screenshot-differs", message)

    def _of_texts(self) -> Iterator[Fault]:
        if self._text:
            digest = hashlib.sha256(self._text).hexdigest()
            texts = [record.block_sha256 for record in self._records if record.url.startswith("urn:text:")]
            if digest not in texts:
                message = "The conversion record does not hold the text of text.json."
                yield Fault(WARC_PATH, "conversion-differs" if texts else "conversion-missing", message)

    def _listed(self, kind: str) -> list[dict[str, Any]]:
        requisites = self._manifest.get("requisites")
        return objects(requisites.get(kind)) if isinstance(requisites, dict) else []

    def _of_requisites(self) -> Iterator[Fault]:
        """Each requisite has its record, with its bytes, in the order in which the manifest lists them."""
        held: dict[str, _Held] = {}
        for record in self._responses:
            held.setdefault(record.said("warc-payload-digest"), _Held()).take(record)
        redirected = {record.url for record in self._responses if 300 <= (record.status or 0) < 400}
        behind = [record.url for record in self._responses[len(self._hops) :]]
        following = iter(behind)
        for item in self._listed("fetched"):
            url, payload = plain_url(item.get("url")), held.get(f"sha256:{item.get('sha256')}")
            if payload is None:
                message = f"No record holds the requisite {url[:200]} that the manifest lists."
                yield Fault(WARC_PATH, "requisite-missing", message)
            elif url not in following:
                message = f"The record of the requisite {url[:200]} does not stand where the manifest lists it."
                yield Fault(WARC_PATH, "records-reordered", message)
                return
            elif not payload.fits(item, None if url in redirected else url):
                message = f"The record of the requisite {url[:200]} is not what the manifest says of it."
                yield Fault(WARC_PATH, "requisite-differs", message)
        for item in self._listed("failed"):
            url = plain_url(item.get("url"))
            if str(item.get("reason")).startswith("http-") and url not in behind:
                message = f"No record holds the answer of {url[:200]}, which failed as the manifest lists it."
                yield Fault(WARC_PATH, "requisite-missing", message)

    def _unlisted(self) -> Iterator[Fault]:
        """Records that the manifest knows nothing of: answers, texts and pictures."""
        listed = Counter(plain_url(item.get("url")) for item in (*self._listed("fetched"), *self._listed("failed")))
        before = self._responses[len(self._hops) - 1 :]
        for last, record in pairwise(before):
            if 300 <= (last.status or 0) < 400:
                continue  # what a redirect led to
            listed[record.url] -= 1
            if listed[record.url] < 0:
                message = f"The manifest knows nothing of the {record.kind} of {record.url[:200]}."
                yield Fault(WARC_PATH, "record-unlisted", message)
        page, named = plain_url(self._manifest.get("url_final")), self._manifest.get("files")
        files = {file.get("name") for file in objects(named)}
        browser = self._manifest.get("browser")
        shown = isinstance(browser, dict) and browser.get("text_from") == "document"
        room = {
            f"urn:text:{page}": "text.json" in files,
            f"urn:dom:{page}": shown,
            f"urn:view:{page}": "screenshot.png" in files,
        }
        for record in self._records:
            if record.kind in ("conversion", "resource"):
                if not room.get(record.url):
                    message = f"The manifest knows nothing of the {record.kind} {record.url[:200]}."
                    yield Fault(WARC_PATH, "record-unlisted", message)
                room[record.url] = False


class _Held:
    """What the WARC holds of one payload."""

    def __init__(self) -> None:
        self._sizes: set[int] = set()
        self._urls: dict[tuple[int | None, str], set[str]] = {}  # by status and truncation

    def take(self, record: StoredRecord) -> None:
        """A response with the payload, or a revisit of it."""
        if record.kind == "response":
            self._sizes.add(record.payload_bytes)
        self._urls.setdefault((record.status, record.said("warc-truncated")), set()).add(record.url)

    def fits(self, item: Mapping[str, Any], url: str | None) -> bool:
        """Whether it is as the manifest says of a requisite; ``url`` is None for what redirects led to."""
        status, size = item.get("status"), item.get("bytes")
        if not (isinstance(status, int) and isinstance(size, int)):
            return False
        urls = self._urls.get((status, _truncation(item.get("truncated"))), set())
        return self._sizes == {size} and (url is None or url in urls) and bool(urls)


def _hop_differences(hop: Mapping[str, Any], record: StoredRecord) -> list[str]:
    """In what the manifest's word on a hop and its record differ."""
    said, peer, version = record.said, hop.get("peer"), str(hop.get("http_version"))
    address = (peer.rpartition(":")[0].strip("[]") or peer) if isinstance(peer, str) else ""
    started = hop.get("started_at")
    same = {
        "status": record.status == hop.get("status"),
        "address": record.url == plain_url(hop.get("url")),
        "body": said("warc-payload-digest") == f"sha256:{hop.get('body_sha256')}",
        "size": record.kind == "revisit" or record.payload_bytes == hop.get("body_bytes"),
        "time": started is None or f"{said('warc-date')[:19]}Z" == started,
        "peer": said("warc-ip-address") == address,
        "protocol": said("warc-protocol") == warc_terms.http_protocol(version),
        "truncation": said("warc-truncated") == _truncation(hop.get("truncated")),
    }
    return [name for name, is_same in same.items() if not is_same]


def _is_alike(stored: str, claimed: object) -> bool:
    """Whether a header of a record, of which so much is kept, is what the manifest says."""
    return stored == str(claimed or "")[:LONGEST_VALUE]


def _truncation(claimed: object) -> str:
    """What a record says of a body that is cut as the manifest says."""
    return warc_terms.truncation(str(claimed)) if claimed else ""


def _connection_faults(manifest: Mapping[str, Any], said: Headers) -> Iterator[Fault]:
    """What the manifest says otherwise of the last hop's connection than its metadata record."""
    tls = manifest.get("tls")
    facts: Mapping[str, Any] = tls if isinstance(tls, dict) else {}
    chain = [_fingerprint(value) for value in said.all("tlsCertificate")]
    verified = facts.get("verify_result")
    withheld = manifest.get("withheld")
    same = {
        "dns": said.all("dnsAnswer") == manifest.get("dns"),
        "tls.version": said.get("tlsVersion") == _text(facts.get("version")),
        "tls.cipher": said.get("tlsCipher") == _text(facts.get("cipher")),
        "tls.verify_result": said.get("tlsVerifyResult") == _text(verified),
        "tls.chain_sha256": chain == facts.get("chain_sha256", []),
        "tls.leaf_sha256": (chain[0] if chain else None) == facts.get("leaf_sha256"),
        "withheld": set(said.all("withheld")) <= set(map(str, withheld if isinstance(withheld, list) else ())),
    }
    for name, is_same in same.items():
        if not is_same:
            message = f"The manifest's {name} is not what the metadata record of its last hop says."
            yield Fault(WARC_PATH, "manifest-connection-differs", message)


def _is_secured_as(record: StoredRecord, tls: object) -> bool:
    """Whether a record's headers name TLS version and cipher as the manifest does; ciphers only by IANA's names."""
    facts: Mapping[str, Any] = tls if isinstance(tls, dict) else {}
    version, cipher = _text(facts.get("version")), _text(facts.get("cipher"))
    protocols = [warc_terms.tls_protocol(version)] if version else []
    named = warc_terms.cipher_suite(cipher)
    return list(record.protocols[1:]) == protocols and record.said("warc-cipher-suite") == named


def _text(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _fingerprint(certificate: str) -> str | None:
    """SHA-256 of a certificate in base64; None for what is none."""
    try:
        return hashlib.sha256(base64.b64decode(certificate)).hexdigest()
    except ValueError:
        return None
