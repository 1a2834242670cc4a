"""Whether the records of a capture are those that were written, in their order: by their ids, headers and links.

A record's id is a UUID of version 5 over the capture's name and the record's place, type, address, date and block. What
its header says beside these is held against the other records here, and against the manifest in `verify_claims`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citekeeper.archive import warc_terms
from citekeeper.archive.records import StoredRecord
from citekeeper.archive.verify_faults import WARC_PATH, Fault

_FIELDS = "WARC-Type WARC-Record-ID WARC-Date WARC-Block-Digest Content-Type Content-Length"
_CONNECTION = "WARC-Target-URI WARC-Payload-Digest WARC-IP-Address WARC-Protocol WARC-Cipher-Suite WARC-Truncated"
_ORIGINAL = "WARC-Profile WARC-Refers-To WARC-Refers-To-Target-URI WARC-Refers-To-Date"
_KNOWN = {
    kind: frozenset(f"{_FIELDS} {more}".lower().split())
    for kind, more in {
        "warcinfo": "",
        "request": "WARC-Target-URI WARC-Payload-Digest WARC-Concurrent-To",
        "response": _CONNECTION,
        "revisit": f"{_CONNECTION} {_ORIGINAL}",
        "metadata": "WARC-Target-URI WARC-Concurrent-To",
        "conversion": "WARC-Target-URI WARC-Refers-To",
        "resource": "WARC-Target-URI WARC-Concurrent-To",
    }.items()
}
"""The headers of each type of record."""
_CONTENT_TYPES = {
    "warcinfo": {"application/warc-fields"},
    "request": {"application/http; msgtype=request"},
    "response": {"application/http; msgtype=response"},
    "revisit": {"application/http; msgtype=response"},
    "metadata": {"application/warc-fields"},
    "conversion": {"text/plain; charset=utf-8", "text/html; charset=utf-8"},
    "resource": {"image/png"},
}


def check_records(records: Sequence[StoredRecord], identity: str) -> Iterator[Fault]:
    """What is wrong with records as such.

    Args:
        records: all of them, in their order.
        identity: what the capture is called: its citation and folder.
    """
    for record in records:
        if why := _header_fault(record):
            yield Fault(WARC_PATH, "record-header-invalid", f"{_where(record)}: {why}")
    for number, record in enumerate(records, 1):
        if record.said("warc-record-id") != _identifier(record, number, identity):
            message = (
                f"{_where(record)} has not the id of a record of this type, address, date and block in this place: "
                "one of these was changed, or records were put in, removed or moved."
            )
            yield Fault(WARC_PATH, "record-id-differs", message)
            return  # nor have those behind it, if something was removed
    yield from _links(records)


def _where(record: StoredRecord) -> str:
    return f"The {record.kind[:20] or 'nameless'} record at offset {record.offset}"


def _header_fault(record: StoredRecord) -> str | None:
    known = _KNOWN.get(record.kind)
    if known is None:
        return "no capture has records of this type."
    if not record.is_plain_head:
        return "its header is not written as all others are, a field a line."
    if more := record.first.keys() - known:
        return f"its type has no header {min(more)[:60]}."
    if record.is_repeating:
        return "a header is given twice."
    if record.said("content-type") not in _CONTENT_TYPES[record.kind]:
        return "its Content-Type is not that of its type."
    if record.kind == "revisit" and record.said("warc-profile") != warc_terms.REVISIT_PROFILE:
        return "it is no revisit of a record with the same payload."
    return None


def _identifier(record: StoredRecord, number: int, identity: str) -> str:
    date, digest = record.said("warc-date"), record.said("warc-block-digest")
    return warc_terms.record_id(identity, number, record.kind, record.url, date, digest)


def _links(records: Sequence[StoredRecord]) -> Iterator[Fault]:
    """Each record belongs to the response that was written last; a revisit repeats one before it."""
    last: StoredRecord | None = None
    originals: dict[str, StoredRecord] = {}
    for record in records:
        if record.kind in ("response", "revisit"):
            last = record
            if record.kind == "revisit" and not _repeats(record, originals.get(record.said("warc-refers-to"))):
                message = f"{_where(record)} does not refer to a response with its payload, by id, address and date."
                yield Fault(WARC_PATH, "record-link-wrong", message)
            originals[record.said("warc-record-id")] = record
        elif record.kind != "warcinfo":
            link = record.said("warc-refers-to" if record.kind == "conversion" else "warc-concurrent-to")
            if last is None or link != last.said("warc-record-id"):
                message = f"{_where(record)} does not refer to the response that it was written with."
                yield Fault(WARC_PATH, "record-link-wrong", message)
    yield from _company(records)


def _company(records: Sequence[StoredRecord]) -> Iterator[Fault]:
    """With each response stand its request, where that is known, and its metadata: one each, and of its address."""
    last: StoredRecord | None = None
    known: set[str] = set()
    for record in (*records[1:], None):
        if record is None or record.kind in ("response", "revisit"):
            if last is not None and "metadata" not in known:
                yield Fault(WARC_PATH, "record-missing", f"{_where(last)} stands without its metadata.")
            last, known = record, set()
        elif record.kind in known or record.kind == "warcinfo":
            message = f"{_where(record)} is one too many: each response has one."
            yield Fault(WARC_PATH, "record-unlisted", message)
        elif record.kind in ("request", "metadata"):
            known.add(record.kind)
            if last is not None and (record.url, record.said("warc-date")) != (last.url, last.said("warc-date")):
                message = f"{_where(record)} is not of the address and date of the response that it was written with."
                yield Fault(WARC_PATH, "record-link-wrong", message)


def _repeats(record: StoredRecord, original: StoredRecord | None) -> bool:
    if original is None or original.kind != "response":
        return False
    said = [record.said(f"warc-{name}") for name in ("payload-digest", "refers-to-target-uri", "refers-to-date")]
    return said == [original.said("warc-payload-digest"), original.url, original.said("warc-date")]
