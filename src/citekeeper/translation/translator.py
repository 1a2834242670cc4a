"""The translator: segments through memory and engines, judged by the guards, put together as paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace

from citekeeper.clock import Clock
from citekeeper.errors import ServiceRefusedError, ServiceThrottledError, ServiceUnavailableError
from citekeeper.model import Translation
from citekeeper.tags import primary
from citekeeper.translation import Engine, MayTell
from citekeeper.translation.glossary import Glossary, Prepared
from citekeeper.translation.guards import needs_no_translation, problem
from citekeeper.translation.memory import Key, Memory
from citekeeper.translation.refusals import LanguageRefusedError, TextRefusedError
from citekeeper.translation.roster import Roster
from citekeeper.translation.segments import Segmented, split
from citekeeper.translation.typography import with_own_quotation_marks

_TRIES = 2
_LONGEST_WAIT = 90.0  # seconds; an engine that asks for more is left alone in this run
_BACK_OFF = 2.0
_TOO_LONG = 3  # times what an engine takes: a stretch without a space is not cut, but not sent in any length either


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a text: the translation, who made it and what it lacks; or what each engine did instead."""

    text: str | None = None
    engine: str | None = None
    faults: tuple[str, ...] = ()
    lost_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    """What holds for every segment of one source."""

    source: str
    target: str
    glossary: Glossary
    engines: tuple[Engine, ...]


def _everyone(service: str) -> bool:
    del service
    return True


class Translator:
    """Translates paragraphs by an ordered chain of engines; one that refuses is left out for as long as this lives.

    Args:
        engines: the first is asked first; the next takes what it could not do.
        memory: what was translated before.
        clock: dates the result, and waits.
        parallel: requests at once.
        glossary: names and how they are written, for every target language or by language.
    """

    def __init__(
        self,
        engines: Sequence[Engine],
        memory: Memory,
        clock: Clock,
        *,
        parallel: int = 2,
        glossary: Mapping[str, str | Mapping[str, str]] | None = None,
    ) -> None:
        if not engines:
            raise ValueError("a translator needs an engine")
        self._engines = tuple(engines)
        self._memory = memory
        self._clock = clock
        self._parallel = parallel
        self._entries = glossary or {}
        self._roster = Roster()

    def close(self) -> None:
        """Close the memory."""
        self._memory.close()

    @property
    def standing_warnings(self) -> tuple[str, ...]:
        """What holds for the whole run and not for one source: engines left out, a damaged memory."""
        told = [f"{name} was left out: {reason}" for name, reason in self._roster.left_out.items()]
        return (*told, *([self._memory.warning] if self._memory.warning else []))

    def is_complete(self, paragraphs: Sequence[str], made: Translation) -> bool:
        """Whether ``made`` has every paragraph, and every name as the glossary has it now or says which it has not."""
        glossary = Glossary(self._entries, made.language)
        if None in made.paragraphs or len(made.paragraphs) != len(paragraphs):
            return False
        told = "\n".join(made.warnings)
        lost = (
            name
            for text, translated in zip(paragraphs, made.paragraphs, strict=True)
            for name in glossary.prepare(text).lost_names(translated or "")
        )
        return all(f"did not keep “{name}”" in told for name in lost)

    def has_engine(self, may_tell: MayTell) -> bool:
        """Whether any engine may be used for a source about which ``may_tell`` decides."""
        return bool(self._usable(may_tell))

    def translate(
        self,
        paragraphs: Sequence[str],
        *,
        source: str,
        target: str,
        source_sha256: str,
        may_tell: MayTell = _everyone,
        languages: Sequence[str | None] = (),
    ) -> Translation:
        """Translate ``paragraphs``, as many and in the same order.

        A paragraph that no engine translated acceptably, twice, is None, with a warning; it is asked again by the next
        run, and what was accepted of it is not.

        Args:
            paragraphs: the source's text.
            source: BCP 47 tag of its language.
            target: BCP 47 tag of the language wanted.
            source_sha256: the hash of the text that this translates.
            may_tell: which engines' services may be told the text; engines on this machine always may.
            languages: of each paragraph, where one differs from ``source``; what is in the target's stays as it is.
        """
        task = _Task(source, target, Glossary(self._entries, target), self._usable(may_tell))
        spoken = [language or source for language in languages] or [source] * len(paragraphs)
        cut = [
            None
            if primary(language) == primary(target) or needs_no_translation(text)
            else split(text, names=task.glossary.names)
            for text, language in zip(paragraphs, spoken, strict=True)
        ]
        tasks = {language: replace(task, source=language) for language in dict.fromkeys(spoken)}
        outcomes: dict[tuple[str, str], _Outcome] = {}
        for language, spoken_task in tasks.items():
            here = [pieces for pieces, other in zip(cut, spoken, strict=True) if pieces and other == language]
            wanted = dict.fromkeys(segment.text for pieces in here for segment in pieces.segments)
            made_here = self._translate_segments(wanted, spoken_task)
            outcomes.update({(language, text): outcome for text, outcome in made_here.items()})
        texts: list[str | None] = []
        engines: list[str | None] = []
        holes: list[tuple[int, str]] = []
        warnings: list[str] = []
        for number, (text, pieces) in enumerate(zip(paragraphs, cut, strict=True), 1):
            if pieces is None:
                texts.append(text)
                engines.append(None)
                continue
            parts = [outcomes[spoken[number - 1], segment.text] for segment in pieces.segments]
            made = _joined(pieces, parts)
            # Marks that a cut had parted pair only in the whole.
            texts.append(with_own_quotation_marks(made.text, target) if made.text is not None else None)
            engines.append(made.engine)
            if made.text is None:
                holes.append((number, "; ".join(dict.fromkeys(made.faults)) or "no engine was left to ask"))
            warnings += [f"Paragraph {number}: {made.engine} did not keep “{name}”." for name in made.lost_names]
        left_out = [warning for each in tasks.values() for warning in self._language_warnings(each)]
        warnings = [*_told(holes), *warnings, *dict.fromkeys(left_out), *self.standing_warnings]
        main = self._main_engine(engines, task)
        return Translation(
            language=target,
            engine=main.name,
            version=self._versions(engines, main),
            made_at=self._clock.now(),
            source_sha256=source_sha256,
            paragraphs=tuple(texts),
            engines=tuple(engines),
            warnings=tuple(warnings),
        )

    def _usable(self, may_tell: MayTell) -> tuple[Engine, ...]:
        return tuple(engine for engine in self._engines if engine.is_local or may_tell(engine.name))

    def _language_warnings(self, task: _Task) -> list[str]:
        left_out = self._roster.left_out
        reasons = {e.name: self._roster.reason(e.name, task.source, task.target) for e in task.engines}
        return [f"{name} was passed over: {why}" for name, why in reasons.items() if why and name not in left_out]

    def _main_engine(self, engines: Sequence[str | None], task: _Task) -> Engine:
        """The engine that made most; where none made any, the first."""
        counted = Counter(name for made_by in engines if made_by for name in made_by.split("+"))
        return max(task.engines or self._engines, key=lambda engine: counted[engine.name])

    def _versions(self, engines: Sequence[str | None], main: Engine) -> str:
        """The main engine's version, and after it those of the others that had a part."""
        part = {name for made_by in engines if made_by for name in made_by.split("+")} - {main.name}
        others = [f"{engine.name}: {engine.version}" for engine in self._engines if engine.name in part]
        return "; ".join((main.version, *others))

    def _translate_segments(self, segments: Iterable[str], task: _Task) -> dict[str, _Outcome]:
        """Every segment's outcome; each accepted text is remembered as soon as it is there."""
        outcomes: dict[str, _Outcome] = {}
        asked: list[str] = []
        for text in segments:
            remembered = _named(text, task) or self._remembered(text, task)
            if remembered:
                outcomes[text] = remembered
            else:
                asked.append(text)
        if not asked:
            return outcomes
        pool = ThreadPoolExecutor(max_workers=self._parallel, thread_name_prefix="translate")
        try:
            futures: dict[Future[_Outcome], str] = {pool.submit(self._ask_engines, text, task): text for text in asked}
            for future in as_completed(futures):
                outcomes[futures[future]] = future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return outcomes

    def _remembered(self, text: str, task: _Task) -> _Outcome | None:
        """What the memory holds of the first engine that has done the whole of ``text``."""
        for engine in task.engines:
            pieces = split(text, engine.longest(text), task.glossary.names)
            parts = [self._remembered_piece(engine, segment.text, task) for segment in pieces.segments]
            known = [part for part in parts if part is not None]
            if len(known) == len(parts):
                return _joined(pieces, known)
        return None

    def _remembered_piece(self, engine: Engine, text: str, task: _Task) -> _Outcome | None:
        """What the memory holds; judged again, as files can be altered."""
        prepared = task.glossary.prepare(text)
        known = self._memory.get(_key(engine, text, prepared, task))
        sent = dict.fromkeys((prepared.text, text))
        if known is None or all(problem(s, known, source=task.source, target=task.target) for s in sent):
            return None
        return _Outcome(known, engine.name, lost_names=prepared.lost_names(known))

    def _ask_engines(self, text: str, task: _Task) -> _Outcome:
        faults: list[str] = []
        for engine in task.engines:
            pieces = split(text, engine.longest(text), task.glossary.names)
            parts: list[_Outcome] = []
            for segment in pieces.segments:
                part = self._remembered_piece(engine, segment.text, task) or self._ask(engine, segment.text, task)
                parts.append(part)
                if part.text is None:
                    break
            else:
                return _joined(pieces, parts)
            faults += parts[-1].faults
        return _Outcome(faults=tuple(faults))

    def _ask(self, engine: Engine, text: str, task: _Task) -> _Outcome:
        """One engine's outcome for one piece, after two tries at most, and what it did is remembered."""
        if len(text) > _TOO_LONG * engine.longest(text):
            return _Outcome(faults=(f"{engine.name} does not take so long a text without a space",))
        prepared = task.glossary.prepare(text)
        fault = ""
        is_plain = False
        second_best: _Outcome | None = None
        for attempt in range(1, _TRIES + 1):
            if self._roster.reason(engine.name, task.source, task.target) is not None:
                fault = fault or f"{engine.name} was left out"
                break
            sent, names = (text, ()) if is_plain else (prepared.text, prepared.names)
            try:
                result = engine.translate(sent, source=task.source, target=task.target, names=names)
            except TextRefusedError as error:
                fault = _clause(error.message)
                if not names:
                    break
                is_plain = True  # the names may have made it too long
                continue
            except LanguageRefusedError as error:
                self._roster.leave_out_for(engine.name, task.source, task.target, _with_hint(error))
                fault = _clause(error.message)
                break
            except ServiceRefusedError as error:
                self._roster.leave_out(engine.name, _with_hint(error))
                fault = _clause(error.message)
                break
            except ServiceThrottledError as error:
                fault = _clause(error.message)
                if attempt == _TRIES or (error.retry_after or 0.0) > _LONGEST_WAIT:
                    self._roster.leave_out(engine.name, error.message)
                    break
                self._clock.sleep(error.retry_after or _BACK_OFF)
                continue
            except ServiceUnavailableError as error:
                fault = _clause(error.message)
                self._roster.failed(engine.name, error.message)
                if attempt < _TRIES:
                    self._clock.sleep(_BACK_OFF)
                continue
            self._roster.answered(engine.name)
            accepted, wrong = _judged(sent, result, task)
            lost = prepared.lost_names(accepted)
            if wrong is None:
                second_best = _Outcome(accepted, engine.name, lost_names=lost)
                if not lost or is_plain:
                    break
            is_plain = bool(names)  # the names in another script may be what it stumbled over
            fault = f"{engine.name} {wrong}"
        if second_best is None or second_best.text is None:
            return _Outcome(faults=(fault,))
        self._memory.put(_key(engine, text, prepared, task), second_best.text)
        return second_best


def _judged(sent: str, result: str | None, task: _Task) -> tuple[str, str | None]:
    """What an engine returned, in the target's own quotation marks, and what is wrong with it."""
    accepted = with_own_quotation_marks((result or "").strip(), task.target)
    return accepted, problem(sent, accepted, source=task.source, target=task.target)


def _named(text: str, task: _Task) -> _Outcome | None:
    """What the glossary alone translates: nothing but names of it."""
    prepared = task.glossary.prepare(text)
    rest = prepared.text
    for name in prepared.names:
        rest = rest.replace(name, " ")
    return _Outcome(prepared.text) if prepared.names and needs_no_translation(rest) else None


def _key(engine: Engine, text: str, prepared: Prepared, task: _Task) -> Key:
    return Key(text, engine.name, engine.version, task.source, task.target, prepared.digest)


def _joined(pieces: Segmented, parts: Sequence[_Outcome]) -> _Outcome:
    """The whole of what was cut; without a text where a part is missing."""
    faults = tuple(fault for part in parts if part.text is None for fault in part.faults)
    texts = [part.text for part in parts if part.text is not None]
    if len(texts) < len(parts):
        return _Outcome(faults=faults)
    names = dict.fromkeys(name for part in parts for name in (part.engine or "").split("+") if name)
    lost = dict.fromkeys(name for part in parts for name in part.lost_names)
    return _Outcome(pieces.join(texts), "+".join(names) or None, lost_names=tuple(lost))


def _told(holes: Sequence[tuple[int, str]]) -> list[str]:
    """The paragraphs without a translation, those in a row with one reason together."""
    rows: list[tuple[int, int, str]] = []
    for number, reason in holes:
        if rows and rows[-1][1] == number - 1 and rows[-1][2] == reason:
            rows[-1] = (rows[-1][0], number, reason)
        else:
            rows.append((number, number, reason))
    return [
        f"Paragraph {first} is not translated: {reason}."
        if first == last
        else f"Paragraphs {first} to {last} are not translated: {reason}."
        for first, last, reason in rows
    ]


def _clause(sentence: str) -> str:
    return sentence.rstrip(".")


def _with_hint(error: ServiceRefusedError) -> str:
    """The reason and what to do, where there is more to do than to try another engine."""
    generic = ("Try another engine.", "")
    return error.message if error.hint in generic else f"{error.message} {error.hint}"
