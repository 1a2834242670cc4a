"""``citekeeper show ID --custody``: the chain of custody in words, for a court or an editor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from citekeeper import __version__
from citekeeper.archive import Problem, state, verify
from citekeeper.archive.folders import read_manifests
from citekeeper.archive.manifest import Manifest
from citekeeper.clock import iso
from citekeeper.commands.workshop import Workshop
from citekeeper.model import Capture, CaptureState, Citation, Event, Severity
from citekeeper.urls import is_evidence, shown

_NOT_OF_THE_GRAPH = {"litter", "file-added", "folder-unknown"}
_PROVES = (
    "Of a copy found intact: every file is byte for byte what its manifest sealed. A change of one bit shows.",
    "The manifests name each other's hashes, and the history names all of theirs: what is changed, cut out, reordered "
    "or replaced shows, unless whoever did it also made anew the manifest that seals it, every manifest that follows, "
    "and their lines in the history.",
    "A time stamp that verifies proves that its manifest.json, and so every file that this lists and every manifest "
    "that it follows, existed at the time that the authority states. It does not depend on this archive's keeper, and "
    "says nothing of what was sealed later, such as translations.",
)
_PROVES_NOT = (
    "That nobody who can write here made manifests and history anew, from some point on or from the first. What "
    "speaks against that is outside: a time stamp, or a manifest's hash that others hold (a clone of the repository).",
    "That there was nothing newer: the last copies can be cut off together with their lines in the history.",
    "What the history says of checks and of web archives: its lines are sealed by nothing.",
    "Who wrote the source, or that what it says is true.",
    "That the server showed other readers the same.",
    "Without a time stamp, when the files were sealed: the times are then the keeper's word and clock.",
    "For a deposit, where it came from and when it was made: that is the depositor's word; what is proven is its "
    "state since it was sealed.",
)


def custody(workshop: Workshop, citation: Citation) -> Iterator[str]:
    """The account, line by line; everything is verified anew on the way."""
    archive = workshop.archive
    root = Path(workshop.settings.archive_dir)
    chronicle = workshop.history(citation.id)
    events = chronicle.events()
    problems = verify(root, [citation.id], {citation.id: events}, tsa_roots=workshop.settings.tsa_roots)
    captures = archive.captures(citation.id)
    yield f"Chain of custody of {citation.id}: {citation.title or '(no title)'}"
    yield f"Written by citekeeper {__version__} at {iso(workshop.clock.now())}; every file was verified for it."
    url = shown(citation.url, 2000) if citation.url else None
    yield f"Cited address: {url or 'none: the document lost it'}"
    for document in workshop.documents:
        yield f"Cited in: {document.source}" + (f", SHA-256 {document.sha256}" if document.sha256 else "")
    if not captures:
        yield "No copy of this source is kept here, so there is nothing to prove."
    folders = {capture.id: read_manifests(archive.folder(capture)) for capture in captures}
    names = {m.sha256: f"{folder}/{m.path.name}" for folder, manifests in folders.items() for m in manifests}
    for number, capture in enumerate(captures, 1):
        yield ""
        about = [problem for problem in problems if problem.capture == capture.id]
        yield from _capture(number, capture, folders[capture.id], about, names, events)
    yield ""
    yield from _mementos(events, [manifests[0] for manifests in folders.values()])
    yield from _graph([problem for problem in problems if problem.capture is None], len(names))
    if chronicle.damaged or chronicle.contradicted:
        yield (
            f"error: {citation.id}/history.jsonl: {chronicle.damaged} of its lines cannot be read, and "
            f"{chronicle.contradicted} say otherwise than another of the same id."
        )
    yield ""
    yield "What this proves:"
    yield from (f"  - {sentence}" for sentence in _PROVES)
    yield "What it does not prove:"
    yield from (f"  - {sentence}" for sentence in _PROVES_NOT)


def _capture(
    number: int,
    capture: Capture,
    manifests: Sequence[Manifest],
    problems: Sequence[Problem],
    names: Mapping[str, str],
    events: Sequence[Event],
) -> Iterator[str]:
    first = manifests[0]
    fields = first.fields
    found = state(capture, problems)
    yield f"Copy {number}: {capture.path}: {capture.origin}; shows the {capture.shows}; found {found} on verification"
    yield from _deposit(fields) if capture.origin == "deposited" else _fetch(fields)
    yield f"  Sealed: {fields.get('sealed_at', 'not said')}, by citekeeper {_tool(fields)}"
    for warning in _list(fields.get("warnings")):
        yield f"  Mind: {warning}"
    withdrawn = found is CaptureState.WITHDRAWN
    yield f"  Files{' (deleted; what they were stays on record)' if withdrawn else ''}:"
    yield from (f"    {file.name}: {file.size} bytes, SHA-256 {file.sha256}" for file in capture.files)
    yield "  Manifests, each sealing what is above and naming what it follows:"
    recorded = {str(event.fields.get("manifest")) for event in events}
    for manifest in manifests:
        before = ", ".join(names.get(sha256, f"{sha256} (not here)") for sha256 in manifest.previous) or "nothing"
        on_record = "recorded in the history" if manifest.sha256 in recorded else "not recorded in the history"
        yield f"    {manifest.path.name} ({manifest.event}), SHA-256 {manifest.sha256}, follows {before}; {on_record}"
    yield from _stamps(manifests, problems)
    for manifest in (manifest for manifest in manifests if manifest.event == "withdraw"):
        yield f"  Withdrawn at {manifest.fields.get('sealed_at')}. Reason: {manifest.fields.get('reason')}"
    wrong = [problem for problem in problems if problem.severity is not Severity.OK]
    yield from (f"  {problem.severity}: {problem.path}: {problem.message} ({problem.what})" for problem in wrong)


def _fetch(fields: Mapping[str, Any]) -> Iterator[str]:
    yield f"  Captured: {fields.get('captured_at')}, until {fields.get('finished_at')} (UTC, by this machine's clock)"
    if fields.get("clock_offset_s") is not None:
        yield f"  Clock: {fields['clock_offset_s']:+} s from the servers' own"
    for number, hop in enumerate(_list(fields.get("hops")), 1):
        if isinstance(hop, dict):
            peer = f" from {hop['peer']}" if hop.get("peer") else ""
            yield f"  Request {number}: {hop.get('url')}: HTTP {hop.get('status')}{peer}"
            cut = f" (cut short: {hop['truncated']})" if hop.get("truncated") else ""
            yield f"    {hop.get('body_bytes')} bytes of body{cut}, SHA-256 {hop.get('body_sha256')}"
    addresses = ", ".join(str(item) for item in _list(fields.get("dns"))) or "not seen"
    yield f"  Addresses that DNS gave: {addresses}{'; fetched through a proxy' if fields.get('proxy_used') else ''}"
    tls = fields.get("tls")
    if isinstance(tls, dict):
        yield f"  Secured by: {tls.get('version')}, {tls.get('cipher')}; certificate SHA-256 {tls.get('leaf_sha256')}"
    if fields.get("http_status") is not None:
        yield f"  Judged: {fields.get('verdict')} ({fields.get('reason')})"
    withheld = _list(fields.get("withheld"))
    if withheld:
        yield f"  Withheld from the record: {', '.join(str(item) for item in withheld)}"
    requisites = fields.get("requisites")
    if isinstance(requisites, dict):
        kinds = {"fetched": "fetched", "failed": "failed", "left_out": "left out"}
        counts = [f"{len(_list(requisites.get(key)))} {word}" for key, word in kinds.items()]
        fetched = _list(requisites.get("fetched"))
        partial = sum(isinstance(item, dict) and bool(item.get("truncated")) for item in fetched)
        more = f"; {partial} of them cut short" if partial else ""
        yield f"  What the page needs to be shown: {', '.join(counts)}{more}"
    yield f"  How: {fields.get('method')}"


def _deposit(fields: Mapping[str, Any]) -> Iterator[str]:
    yield f"  Deposited by: {fields.get('by')}"
    yield f"  Made, says the depositor: {fields.get('captured_at_claimed')} (filed under {fields.get('captured_at')})"
    yield f"  How, says the depositor: {fields.get('how')}"
    for item in _list(fields.get("deposited")):
        if isinstance(item, dict):
            yield f"  Handed in: {item.get('original_name')}, kept as {item.get('name')} ({item.get('sniffed_type')})"
    yield f"  {fields.get('method')}"


def _stamps(manifests: Sequence[Manifest], problems: Sequence[Problem]) -> Iterator[str]:
    stamps = [m for m in manifests if m.event == "timestamp" and isinstance(m.fields.get("timestamp"), dict)]
    if not stamps:
        yield "  Time stamp: none"
    for manifest in stamps:
        said = manifest.fields["timestamp"]
        tokens = {manifest.path.name, *(file.name for file in manifest.files)}
        wrong = [problem for problem in problems if problem.path.rpartition("/")[2] in tokens]
        lost = [problem.message for problem in wrong if problem.what == "file-merged-away"]
        if any(file.sha256 in message for file in manifest.files for message in lost):
            verdict = "its token is not here, so that it proves nothing"
        else:
            told = [problem.message for problem in wrong if problem.what != "file-merged-away"]
            verdict = "; ".join(told) or "verified, down to a trusted root"
        yield f"  Time stamp (RFC 3161) over {said.get('over')}: {said.get('time')} by {said.get('signer')}: {verdict}"


def _mementos(events: Sequence[Event], firsts: Sequence[Manifest]) -> Iterator[str]:
    """What web archives keep, and whether it is what was captured here, where their raw bytes were hashed."""
    about = [event for event in events if event.event == "memento" and event.fields.get("uri")]
    newest = {event.fields["uri"]: event for event in about}
    hashes = {
        event.fields["uri"]: {key: event.fields.get(key) for key in ("sha256", "text_sha256")}
        for event in about
        if event.fields.get("sha256")
    }
    yield "Copies in web archives (independent of this one):" if newest else "Copies in web archives: none on record"
    for uri, event in newest.items():
        fields = event.fields
        if not is_evidence(str(uri)):
            yield f"  {uri}: no evidence: this archive is known to have altered snapshots; recorded {iso(event.at)}"
            continue
        when = f", of {fields['datetime']}" if fields.get("datetime") else ""
        note = f" ({fields['note']})" if fields.get("note") else ""
        yield f"  {uri}{when}: {fields.get('state')}, recorded {iso(event.at)}{note}"
        yield f"    {_match(hashes.get(uri, {}), firsts)}"


def _match(memento: Mapping[str, Any], firsts: Sequence[Manifest]) -> str:
    """Whether a memento's payload is that of a copy here, byte by byte; where not, whether their texts agree."""
    sha256, text = memento.get("sha256"), memento.get("text_sha256")
    if not sha256:
        return "Its raw bytes were not compared with the copies here."
    alike = _copies(firsts, ("decoded_body_sha256", "body_sha256"), sha256)
    if alike:
        return f"Payload SHA-256 {sha256}: the same bytes as {alike}."
    if not firsts:
        return f"Payload SHA-256 {sha256}; no copy is kept here to compare with."
    same_text = _copies(firsts, ("text_sha256",), text) if text else ""
    said = f"Payload SHA-256 {sha256}: other bytes than the copies here"
    if same_text:
        return f"{said}; its text is the same as that of {same_text}."
    return f"{said}; {'its text differs too' if text else 'no text could be read from it to compare'}."


def _copies(firsts: Sequence[Manifest], keys: Sequence[str], value: str) -> str:
    """The copies one of whose fields has this value, by name; "" where none has."""
    found = [f"copy {n} ({m.path.parent.name})" for n, m in enumerate(firsts, 1) if value in map(m.fields.get, keys)]
    return " and ".join(found)


def _graph(problems: Sequence[Problem], manifests: int) -> Iterator[str]:
    wrong = [problem for problem in problems if problem.severity is not Severity.OK]
    if manifests and all(problem.what in _NOT_OF_THE_GRAPH for problem in wrong):
        graph = f"The graph of {manifests} manifest{'s' if manifests > 1 else ''} is complete"
        yield f"{graph}: none that a manifest or the history names is missing."
    yield from (f"{problem.severity}: {problem.path}: {problem.message} ({problem.what})" for problem in wrong)


def _tool(fields: Mapping[str, Any]) -> str:
    tool = fields.get("tool")
    return str(tool.get("version")) if isinstance(tool, dict) else "of unknown version"


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
