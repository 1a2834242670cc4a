"""Observing: fetch once, judge, read, and capture what changed, as a stream."""

from __future__ import annotations

import random
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from citekeeper import judge, reading
from citekeeper.archive import requisites
from citekeeper.clock import Clock
from citekeeper.errors import NetworkDownError
from citekeeper.history import History, due, new_event, validators, worth_recording
from citekeeper.model import (
    Citation,
    Document,
    Event,
    Exchange,
    Failure,
    FailureKind,
    FetchRequest,
    Reading,
    Severity,
    Shows,
    Verdict,
    VerdictKind,
)
from citekeeper.pipeline.work import Work, check_fields
from citekeeper.settings import Settings

if TYPE_CHECKING:
    from citekeeper.archive import Archive
    from citekeeper.fetch import Engine

CAPTURE_BODY = 64 * 1024 * 1024  # bytes of one body that a capture keeps
CHECK_BODY = 1024 * 1024  # bytes that a mere check reads
MAX_REQUISITES = 200  # per page
REQUISITE_DEPTH = 3  # page → stylesheet → its import → that one's images


@dataclass(frozen=True, slots=True)
class Keeping:
    """What observing may write: where captures go, and whether unchanged pages are captured again."""

    archive: Archive
    root: Path
    document: Document | None
    options: Mapping[str, str]
    capture: bool
    always: bool = False


_AWAY = Exchange("https://invalid/", failure=Failure(FailureKind.DNS_FAILURE, "the network is away"))


class Observer:
    """Fetches citations, judges and reads them, and captures what a Keeping allows.

    Args:
        engine: the fetcher.
        settings: host rules, filters, vantage.
        clock, rng: time and chance.
        keeping: None where nothing may be written.
        conditional: ask with validators, so that an unchanged page costs no body (checks).
    """

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        clock: Clock,
        rng: random.Random,
        *,
        keeping: Keeping | None = None,
        conditional: bool = False,
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._clock = clock
        self._rng = rng
        self._keeping = keeping
        self._conditional = conditional
        self._works: dict[int, Work] = {}
        self._ready: deque[Work] = deque()
        self._unwritten: list[tuple[str, Event]] = []
        self._heard = False  # some source gave a byte, or failed in a way that only a living network allows
        self._away = False  # some source failed in a way that the whole network's absence would explain
        self._include = [re.compile(pattern) for pattern in settings.include]
        self._exclude = [re.compile(pattern) for pattern in settings.exclude]

    def observe(self, citations: Iterable[Citation]) -> Iterator[Work]:
        """Observe every citation, yielding each as it is finished (not in order).

        Raises:
            NetworkDownError: after the last one, if the network as a whole is away; no history was written then.
        """
        for exchange in self._engine.stream(self._requests(citations)):
            self._receive(exchange)
            while self._ready:
                yield self._ready.popleft()
        while self._ready:
            yield self._ready.popleft()
        if self._away and not self._heard:
            raise NetworkDownError(
                "The network is down: no source gave one byte, and names do not resolve or the proxy is away.",
                "Check the connection and the proxy variables, then run again; nothing was recorded.",
            )

    # ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _requests(self, citations: Iterable[Citation]) -> Iterator[FetchRequest]:
        for number, citation in enumerate(citations):
            work = Work(citation)
            unchecked = self._why_unchecked(citation)
            if unchecked is not None:
                work.verdict = unchecked
                self._ready.append(work)
                continue
            if not self._is_due(citation):
                self._ready.append(work)  # without a verdict: what is recorded still holds
                continue
            assert citation.url is not None
            self._works[number] = work
            capturing = self._keeping is not None and self._keeping.capture
            yield FetchRequest(
                citation.url,
                key=f"main {number}",
                headers=self._validators(citation),
                max_body=CAPTURE_BODY if capturing else CHECK_BODY,
                verbatim=capturing,
            )

    def _is_due(self, citation: Citation) -> bool:
        history = self._history(citation) if self._settings.max_age is not None else None
        if history is None:
            return True
        return due(history.events(), self._clock.now(), self._settings.max_age, self._rng, self._settings.vantage)

    def _why_unchecked(self, citation: Citation) -> Verdict | None:
        url = citation.url
        if not url:
            return Verdict(
                VerdictKind.UNCHECKED,
                "no-url",
                "The document gives no address for this source.",
                "Find the address and write it in citations.yaml, or import a version of the document that has links.",
                Severity.WARNING,
            )
        rule = self._settings.rule_for(url)
        if citation.expectation.ignore or (rule is not None and rule.ignore):
            return _unchecked("ignored", "Not checked: a person decided so.")
        if self._include and not any(pattern.search(url) for pattern in self._include):
            return _unchecked("excluded", "Not checked: no --include pattern matches.")
        if any(pattern.search(url) for pattern in self._exclude):
            return _unchecked("excluded", "Not checked: an --exclude pattern matches.")
        if self._settings.offline:
            return _unchecked("offline", "Not checked: this run uses no network.")
        return None

    def _validators(self, citation: Citation) -> tuple[tuple[str, str], ...]:
        history = self._history(citation)
        if not self._conditional or history is None or citation.quotes or citation.numbers:
            return ()
        return tuple(validators(history.events(), self._settings.vantage).items())

    # ── receiving ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _receive(self, exchange: Exchange) -> None:
        role, _, rest = exchange.key.partition(" ")
        number, _, part = rest.partition(" ")
        work = self._works[int(number)]
        if role == "main":
            self._listen(exchange)
            work.exchange = exchange
            work.checked_at = self._clock.now()
            probe = judge.probe_url(exchange, work.citation, rng=self._rng)
            if probe is not None:
                self._engine.add(FetchRequest(probe, key=f"probe {number}", max_body=CHECK_BODY))
                return
            self._settle(int(number), work, None)
        elif role == "probe":
            self._settle(int(number), work, exchange)
        else:
            work.parts[part] = exchange
            self._want_requisites(int(number), work, exchange, work.depth[part] + 1)
        if not work.is_waiting and work.verdict is not None:
            self._finish(int(number), work)

    def _listen(self, exchange: Exchange) -> None:
        """Notice whether the network is there; addresses that were never asked tell nothing of it."""
        self._away = self._away or judge.network_is_down([exchange])
        self._heard = self._heard or not judge.network_is_down([exchange, _AWAY])

    def _settle(self, number: int, work: Work, probe: Exchange | None) -> None:
        assert work.exchange is not None
        work.verdict = self._judged(work, probe)
        last = work.exchange.last
        if last is None or not work.is_living or last.status == 304:
            return
        capturing = self._keeping is not None and self._keeping.capture
        if capturing or work.citation.quotes or work.citation.numbers:
            work.reading = reading.read(last)
            work.verdict = self._judged(work, probe)
        if capturing and work.is_living and self._needs_capture(work):
            work.wants_capture = True
            self._want_requisites(number, work, work.exchange, 1)

    def _judged(self, work: Work, probe: Exchange | None) -> Verdict:
        """The verdict; with the text, where it has been read, compared to the last good capture's."""
        assert work.exchange is not None
        baseline = self._baseline(work.citation) if work.reading is not None else None
        rule = self._settings.rule_for(work.exchange.url)
        return judge.judge(
            work.exchange, work.citation, reading=work.reading, probe=probe, rule=rule, baseline=baseline
        )

    def _baseline(self, citation: Citation) -> Reading | None:
        archive = self._keeping.archive if self._keeping is not None else None
        latest = archive.latest(citation.id) if archive is not None else None
        return archive.reading(latest) if archive is not None and latest is not None else None

    def _needs_capture(self, work: Work) -> bool:
        keeping = self._keeping
        assert keeping is not None
        assert work.exchange is not None
        latest = keeping.archive.latest(work.citation.id)
        work.capture = latest
        if keeping.always or latest is None:
            return True
        return not keeping.archive.same_content(latest, work.reading, work.exchange)

    def _want_requisites(self, number: int, work: Work, parent: Exchange, depth: int) -> None:
        hop = parent.last
        if hop is None or hop.status != 200 or depth > REQUISITE_DEPTH:
            return
        for url in requisites.find(hop, hop.url):
            if url in work.parts or any(url == known for known, _ in work.left_out):
                continue
            if len(work.parts) >= MAX_REQUISITES:
                work.left_out.append((url, f"more than {MAX_REQUISITES} page requisites"))
                continue
            work.parts[url] = None
            work.depth[url] = depth
            request = FetchRequest(url, key=f"part {number} {url}", max_body=CAPTURE_BODY, verbatim=True)
            self._engine.add(request)

    def _finish(self, number: int, work: Work) -> None:
        del self._works[number]
        if self._keeping is not None and self._keeping.capture:
            self._capture(work, self._keeping)
        if self._keeping is not None:
            self._record(work)
        work.parts.clear()
        self._ready.append(work)

    def _capture(self, work: Work, keeping: Keeping) -> None:
        exchange, verdict = work.exchange, work.verdict
        assert exchange is not None
        assert verdict is not None
        if exchange.last is None:
            return
        shows = Shows.SOURCE if work.is_living else Shows.FAILURE
        wanted = work.wants_capture if work.is_living else self._failure_is_new(work, keeping)
        if not wanted:
            return
        parts = [part for part in work.parts.values() if part is not None]
        capture = keeping.archive.capture(
            work.citation,
            exchange,
            verdict,
            reading=work.reading,
            requisites=parts,
            left_out=work.left_out,
            document=keeping.document,
            options=keeping.options,
            shows=shows,
        )
        work.made_capture = True
        if shows is Shows.SOURCE:
            work.capture = capture
        moment = self._clock.now()
        self._write(work, "capture", moment, {"capture": capture.id, "sha256": capture.sha256, "shows": str(shows)})
        self._write(work, "manifest", moment, {"capture": capture.id, "manifest": capture.manifest_sha256})

    def _failure_is_new(self, work: Work, keeping: Keeping) -> bool:
        """Whether this failure is not the one that the newest failure capture already shows."""
        assert work.verdict is not None
        latest = keeping.archive.latest(work.citation.id, Shows.FAILURE)
        if latest is None:
            return True
        history = self._history(work.citation)
        checks = [event for event in history.events() if event.event == "check"] if history else []
        last = checks[-1].fields if checks else {}
        return (last.get("verdict"), last.get("reason")) != (str(work.verdict.kind), work.verdict.reason)

    # ── remembering ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _history(self, citation: Citation) -> History | None:
        if self._keeping is None:
            return None
        return History(self._keeping.root, citation.id)

    def _record(self, work: Work) -> None:
        history, verdict, moment = self._history(work.citation), work.verdict, work.checked_at
        if history is None or verdict is None or moment is None or verdict.kind is VerdictKind.UNCHECKED:
            return
        vantage = self._settings.vantage or "local"
        if worth_recording(history.events(), str(verdict.kind), verdict.reason, vantage, moment):
            self._write(work, "check", moment, check_fields(work))

    def _write(self, work: Work, kind: str, moment: datetime, fields: Mapping[str, object]) -> None:
        event = new_event(kind, moment, self._settings.vantage, fields, self._rng)
        self._unwritten.append((work.citation.id, event))
        if not self._heard:
            return  # while the network may be down altogether, nothing goes on record
        assert self._keeping is not None
        for citation_id, waiting in self._unwritten:
            History(self._keeping.root, citation_id).append(waiting)
        self._unwritten.clear()


def _unchecked(reason: str, message: str) -> Verdict:
    return Verdict(VerdictKind.UNCHECKED, reason, message)
