"""The translator: segments through memory and engines, judged by the guards, put together as paragraphs."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field

from citekeeper.clock import Clock
from citekeeper.errors import ServiceRefusedError, ServiceThrottledError, ServiceUnavailableError
from citekeeper.model import Translation
from citekeeper.translation import Engine
from citekeeper.translation.engines import TextRefusedError
from citekeeper.translation.guards import needs_no_translation, problem
from citekeeper.translation.memory import Key, Memory
from citekeeper.translation.segments import Segmented, split

_TRIES = 2
_LONGEST_WAIT = 90.0  # seconds; an engine that asks for more is left alone in this run
_BACK_OFF = 2.0
_FAILURES_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one segment: the text and who made it, or what each engine did instead."""

    text: str | None = None
    engine: str | None = None
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class _Roster:
    """The engines of one run; one that refuses, or fails again and again, is asked no more in it."""

    left_out: dict[str, str] = field(default_factory=dict)
    _failures: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def leave_out(self, engine: Engine, reason: str) -> None:
        with self._lock:
            self.left_out.setdefault(engine.name, reason)

    def answered(self, engine: Engine) -> None:
        with self._lock:
            self._failures[engine.name] = 0

    def failed(self, engine: Engine, reason: str) -> None:
        with self._lock:
            self._failures[engine.name] = self._failures.get(engine.name, 0) + 1
            if self._failures[engine.name] >= _FAILURES_IN_A_ROW:
                self.left_out.setdefault(engine.name, reason)


class Translator:
    """Translates paragraphs by an ordered chain of engines.

    Args:
        engines: the first is asked first; the next takes what it could not do.
        memory: what was translated before.
        clock: dates the result, and waits.
        parallel: requests at once.
    """

    def __init__(self, engines: Sequence[Engine], memory: Memory, clock: Clock, *, parallel: int = 2) -> None:
        if not engines:
            raise ValueError("a translator needs an engine")
        self._engines = tuple(engines)
        self._memory = memory
        self._clock = clock
        self._parallel = parallel

    def close(self) -> None:
        """Close the memory."""
        self._memory.close()

    def translate(self, paragraphs: Sequence[str], *, source: str, target: str, source_sha256: str) -> Translation:
        """Translate ``paragraphs``, as many and in the same order.

        A paragraph that no engine translated acceptably, twice, is None, with a warning; it is asked again by the next
        run, and what was accepted of it is not.

        Args:
            paragraphs: the source's text.
            source: BCP 47 tag of its language.
            target: BCP 47 tag of the language wanted.
            source_sha256: the hash of the text that this translates.
        """
        cut = [None if needs_no_translation(text) else split(text) for text in paragraphs]
        wanted = dict.fromkeys(segment.text for pieces in cut if pieces for segment in pieces.segments)
        roster = _Roster()
        outcomes = self._translate_segments(wanted, source, target, roster)
        texts: list[str | None] = []
        engines: list[str | None] = []
        warnings: list[str] = []
        for number, (text, pieces) in enumerate(zip(paragraphs, cut, strict=True), 1):
            if pieces is None:
                texts.append(text)
                engines.append(None)
                continue
            parts = [outcomes[segment.text] for segment in pieces.segments]
            texts.append(_joined(pieces, parts))
            engines.append("+".join(dict.fromkeys(part.engine for part in parts if part.engine)) or None)
            faults = dict.fromkeys(fault for part in parts if part.text is None for fault in part.faults)
            if faults:
                engines[-1] = None
                warnings.append(f"Paragraph {number} is not translated: {'; '.join(faults)}.")
        warnings += [f"{name} was left out: {reason}" for name, reason in roster.left_out.items()]
        if self._memory.warning:
            warnings.append(self._memory.warning)
        first = self._engines[0]
        return Translation(
            language=target,
            engine=first.name,
            version=first.version,
            made_at=self._clock.now(),
            source_sha256=source_sha256,
            paragraphs=tuple(texts),
            engines=tuple(engines),
            warnings=tuple(warnings),
        )

    def _translate_segments(
        self, segments: Iterable[str], source: str, target: str, roster: _Roster
    ) -> dict[str, _Outcome]:
        """Every segment's outcome; each accepted text is remembered as soon as it is there."""
        outcomes: dict[str, _Outcome] = {}
        asked: list[str] = []
        for text in segments:
            remembered = self._remembered(text, source, target)
            if remembered:
                outcomes[text] = remembered
            else:
                asked.append(text)
        if not asked:
            return outcomes
        pool = ThreadPoolExecutor(max_workers=self._parallel, thread_name_prefix="translate")
        try:
            futures: dict[Future[_Outcome], str] = {
                pool.submit(self._ask_engines, text, source, target, roster): text for text in asked
            }
            for future in as_completed(futures):
                outcomes[futures[future]] = future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return outcomes

    def _remembered(self, text: str, source: str, target: str) -> _Outcome | None:
        """What the memory holds of the first engine that has done ``text``; judged again, as files can be altered."""
        for engine in self._engines:
            known = self._memory.get(Key(text, engine.name, engine.version, source, target))
            if known is not None and problem(text, known, source=source, target=target) is None:
                return _Outcome(known, engine.name)
        return None

    def _ask_engines(self, text: str, source: str, target: str, roster: _Roster) -> _Outcome:
        faults: list[str] = []
        for engine in self._engines:
            outcome = self._ask(engine, text, source, target, roster)
            if outcome.text is not None:
                self._memory.put(Key(text, engine.name, engine.version, source, target), outcome.text)
                return outcome
            faults += outcome.faults
        return _Outcome(faults=tuple(faults))

    def _ask(self, engine: Engine, text: str, source: str, target: str, roster: _Roster) -> _Outcome:
        """One engine's outcome for one segment, after two tries at most."""
        fault = ""
        for attempt in range(1, _TRIES + 1):
            if engine.name in roster.left_out:
                return _Outcome(faults=(fault or f"{engine.name} was left out",))
            try:
                result = engine.translate(text, source=source, target=target)
            except TextRefusedError as error:
                return _Outcome(faults=(_clause(error.message),))
            except ServiceRefusedError as error:
                roster.leave_out(engine, error.message)
                return _Outcome(faults=(_clause(error.message),))
            except ServiceThrottledError as error:
                fault = _clause(error.message)
                if attempt == _TRIES or (error.retry_after or 0.0) > _LONGEST_WAIT:
                    roster.leave_out(engine, error.message)
                    break
                self._clock.sleep(error.retry_after or _BACK_OFF)
                continue
            except ServiceUnavailableError as error:
                fault = _clause(error.message)
                roster.failed(engine, error.message)
                if attempt < _TRIES:
                    self._clock.sleep(_BACK_OFF)
                continue
            roster.answered(engine)
            wrong = problem(text, result, source=source, target=target)
            if wrong is None and result is not None:
                return _Outcome(result.strip(), engine.name)
            fault = f"{engine.name} {wrong}"
        return _Outcome(faults=(fault,))


def _joined(pieces: Segmented, parts: Sequence[_Outcome]) -> str | None:
    """The paragraph in the target language; None where a part is missing."""
    texts = [part.text for part in parts if part.text is not None]
    return pieces.join(texts) if len(texts) == len(parts) else None


def _clause(sentence: str) -> str:
    return sentence.rstrip(".")
