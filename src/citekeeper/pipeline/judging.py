"""Judging a memento by its own bytes, like a live page: an archived wall or soft 404 is no evidence.

What the archive itself says (a refusal, an error, a redirect to another capture) is told apart from what it keeps: only
an answer with a ``Memento-Datetime`` is a memento (RFC 7089 section 2.1.1).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from citekeeper import judge, reading
from citekeeper.archive.manifest_fields import decoded_sha256
from citekeeper.archive.texts import text_sha256
from citekeeper.judge.drift import cosine, is_off_topic
from citekeeper.mementos.linkformat import read_http_date
from citekeeper.model import Citation, Exchange, Hop, Memento, MementoState, Reading, Shows, VerdictKind, Where
from citekeeper.pipeline.readings import READING_SECONDS, reading_weight
from citekeeper.workers import WorkerLostError, Workers

CHECK_BODY = 4 * 1024 * 1024
_ORIGINAL = "x-archive-orig-"
_OF_THE_TRANSFER = ("content-", "transfer-encoding", "connection")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a memento's bytes showed.

    Attributes:
        memento: with what was found out; as it was where nothing was.
        reading: its text, where by itself it shows the source.
        reason: why it is not good enough, in a few words; "" where it is.
        is_unanswered: it was not served, or could not be read, so nothing new is known of what it shows.
    """

    memento: Memento
    reading: Reading | None = None
    reason: str = ""
    is_unanswered: bool = False

    def preferred_to(self, other: Judgement) -> Judgement:
        """This one, with the word that it was chosen before a closer one, and why."""
        day = f"{other.memento.datetime:%Y-%m-%d}" if other.memento.datetime else "an unknown day"
        note = f"{self.memento.note}; preferred to the closer one of {day}: {other.reason}"
        return replace(self, memento=replace(self.memento, note=note))


class MementoJudge:
    """Judges mementos; those that are large or no pages are read by a process that can be ended.

    Args:
        workers: do it.
        outlet_rules: the user's own rules for reading outlets.
    """

    def __init__(self, workers: Workers, outlet_rules: str | None = None) -> None:
        self._workers = workers
        self._outlet_rules = outlet_rules

    def judged(
        self, memento: Memento, exchange: Exchange, citation: Citation, captured: Reading | None, *, is_raw: bool
    ) -> Judgement:
        """Judge what an archive served for a memento, as the function of this name does.

        What cannot be read in time changes nothing of what was found out about it before.
        """
        weight = reading_weight(exchange.hops[0]) if exchange.hops else 0
        future = self._workers.submit(
            READING_SECONDS, weight, judged, memento, exchange, citation, captured,
            is_raw=is_raw, outlet_rules=self._outlet_rules,
        )  # fmt: skip
        try:
            return future.result()
        except WorkerLostError as error:
            note = f"unsure: what the archive keeps could not be read: {error.message}"
            if memento.shows is not None:
                return Judgement(memento, None, note, is_unanswered=True)
            return _unsure(memento, note)


def judged(
    memento: Memento,
    exchange: Exchange,
    citation: Citation,
    captured: Reading | None,
    *,
    is_raw: bool,
    outlet_rules: str | None = None,
) -> Judgement:
    """Judge what an archive served for a memento.

    Args:
        memento: which one was asked for.
        exchange: the answer.
        citation: what it should show.
        captured: the text of the local copy, to compare it with.
        is_raw: whether these are the original bytes, or the archive's replay of them.
        outlet_rules: the user's own rules for reading outlets.
    """
    fault = _not_served(memento, exchange)
    if fault is not None:
        return fault
    last = exchange.hops[0]
    how = "its raw bytes" if is_raw else "as the archive replays it (it offers no raw bytes), it"
    verdict = judge.judge(_as_it_was(exchange, citation), citation)
    sha256 = decoded_sha256(last) if is_raw and last.truncated is None else None
    if verdict.kind is not VerdictKind.ALIVE:
        note = f"{how} {'do' if is_raw else 'does'} not show the source: {verdict.message}"
        return Judgement(replace(memento, shows=Shows.FAILURE, sha256=sha256, note=note), None, note)
    text = reading.read(last, outlet_rules, None, (citation.url or "").partition("#")[2])
    in_frames = reading.survey_frames(last, text, {}) is not None
    if reading.is_html(last) and (text is None or not text.paragraphs or in_frames):
        why = "what it says stands in its frames" if in_frames else _why_unread(last)
        note = f"unsure: {how} {'hold' if is_raw else 'holds'} no text that can be read ({why})"
        return _unsure(replace(memento, sha256=sha256), note)
    quotes = _scores(citation, text)
    own_text = text_sha256(text) if sha256 else None
    shown = replace(memento, quotes=quotes, sha256=sha256, text_sha256=own_text)
    likeness = ""
    if text is not None and captured is not None and captured.text:
        likeness = f"; likeness to the local copy {cosine(text.text, captured.text):.2f}"
        if is_off_topic(text, captured) and not any(score > 0 for _, score in quotes):
            note = f"its text has next to nothing in common with the local copy; a person should compare them{likeness}"
            return Judgement(replace(shown, note=note), text, note)
    lacking = [text for text, score in quotes if score == 0]
    is_unread = text is None or not text.paragraphs
    held = f"; it holds {len(quotes) - len(lacking)} of {len(quotes)} quotes and figures" if quotes else ""
    if is_unread and lacking:
        held = "; no text of it could be read, so that quotes and figures could not be looked for"
    note = f"{how} {'show' if is_raw else 'shows'} the source{held}{likeness}"
    missing = "its text could not be read to look for" if is_unread else "it lacks"
    reason = f"{missing} “{_short(lacking[0])}”" if lacking else ""
    return Judgement(replace(shown, state=MementoState.VERIFIED, shows=Shows.SOURCE, note=note), text, reason)


def _unsure(memento: Memento, note: str) -> Judgement:
    """The memento is there, and nobody can say what it shows."""
    state = MementoState.FOUND if memento.state is MementoState.VERIFIED else memento.state
    return Judgement(replace(memento, state=state, note=note), None, note)


def _as_it_was(exchange: Exchange, citation: Citation) -> Exchange:
    """The archived answer as the source gave it: under its own address, with its own headers where they are kept.

    What is known of a site, and the marks that walls leave in headers, then count as they do for the live page.
    """
    hop = exchange.hops[0]
    own = [field for field in hop.headers if field[0].lower().startswith("content-")]
    own += [
        (name[len(_ORIGINAL) :], value)
        for name, value in hop.headers
        if name.lower().startswith(_ORIGINAL) and not name[len(_ORIGINAL) :].lower().startswith(_OF_THE_TRANSFER)
    ]
    url = citation.url or exchange.url
    lines = [f"HTTP/1.1 {hop.status} ", *(f"{name}: {value}" for name, value in own)]
    head = "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")
    return replace(exchange, url=url, hops=(replace(hop, url=url, response_head=head),))


def _not_served(memento: Memento, exchange: Exchange) -> Judgement | None:
    """Why this is no answer about the memento; None where the archive served just that one."""
    first = exchange.hops[0] if exchange.hops else None
    if first is None or (exchange.failure is not None and len(exchange.hops) <= 1):
        said = exchange.failure.message if exchange.failure is not None else "no answer"
        return Judgement(memento, None, f"the archive did not serve it: {said}", is_unanswered=True)
    stated = first.headers.get("memento-datetime")
    if not stated:
        if 300 <= first.status < 400:
            return Judgement(memento, None, "the archive leads to another capture in its place", is_unanswered=True)
        why = f"the archive answered HTTP {first.status} without a memento"
        if first.status in (403, 404, 410, 451) and memento.state is MementoState.VERIFIED:
            gone = replace(memento, state=MementoState.FAILED, note=f"no longer served: {why}")
            return Judgement(gone, None, why, is_unanswered=True)
        return Judgement(memento, None, why, is_unanswered=True)
    if not _is_same_moment(read_http_date(stated), memento.datetime):
        return Judgement(memento, None, "the archive served another capture in its place", is_unanswered=True)
    if len(exchange.hops) > 1:
        note = "it is a redirect to another address, not the page"
        return Judgement(replace(memento, shows=Shows.FAILURE, note=note), None, note)
    return None


def _is_same_moment(served: datetime | None, wanted: datetime | None) -> bool:
    return served is not None and (wanted is None or served == wanted)


def _why_unread(page: Hop) -> str:
    """What may be the reason, as far as the page itself tells."""
    if b"<script" in page.content(CHECK_BODY).lower():
        return "its scripts would have to show what it says"
    return "it is empty, or holds pictures only"


def _scores(citation: Citation, text: Reading | None) -> tuple[tuple[str, float], ...]:
    """How well a text holds each quote and number; 0 where it does not."""
    if not (citation.quotes or citation.numbers):
        return ()
    from citekeeper import evidence

    said = text.said if text is not None else ()
    matches = (
        *(evidence.find_quote(quote, said, Where.MEMENTO) for quote in citation.quotes),
        *(evidence.find_number(number, said, Where.MEMENTO) for number in citation.numbers),
    )
    return tuple((match.text, match.score if match.found else 0.0) for match in matches)


def _short(text: str) -> str:
    clean = " ".join(text.split())
    return clean if len(clean) <= 60 else clean[:59] + "…"
