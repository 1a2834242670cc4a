"""The services that are reached through deep-translator: Google, MyMemory and LibreTranslate."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from citekeeper.clock import Clock
from citekeeper.errors import ServiceError, ServiceRefusedError, ServiceThrottledError, ServiceUnavailableError
from citekeeper.network import Network
from citekeeper.session import RateLimit, Reply, ServiceSession, service_session
from citekeeper.translation import GOOGLE, LIBRE, MYMEMORY, USER_AGENT
from citekeeper.translation.library import NO_KEY, Transport, ask_library, library_version, module_over, refuse_walls
from citekeeper.translation.refusals import LanguageRefusedError, TextRefusedError
from citekeeper.translation.segments import LIMIT

_GOOGLE_CODES = {"he": "iw", "zh": "zh-CN", "zh-hans": "zh-CN", "zh-hant": "zh-TW", "nb": "no", "nn": "no", "jv": "jw"}
_MYMEMORY_BYTES = 499
_MYMEMORY_CODES = {"en": "en-GB", "zh": "zh-CN", "zh-hans": "zh-CN", "zh-hant": "zh-TW", "sr": "sr-Cyrl-RS"}
_QUOTA = re.compile(r"(?i)MYMEMORY WARNING|YOU USED ALL AVAILABLE FREE|daily request limit")
_BAD_LANGUAGE = re.compile(r"(?i)INVALID (?:SOURCE |TARGET )?LANGUAGE|IS AN INVALID|DISTINCT LANGUAGES")
_ENTITY = re.compile(r"&(?:#\d{2,7}|#x[0-9a-fA-F]{2,6}|quot|amp|lt|gt|apos|nbsp);")
# LibreTranslate's languages that deep-translator's list has not.
_LIBRE_MORE = (
    "az be bg bn ca cs da el eo et eu fa fi gl he hu ky lt lv ms nb nl pb ro sk sl sq sv th tl uk ur zh-Hans zh-Hant"
)
_LIBRE_CODES = {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant", "pt-br": "pb", "no": "nb"}


class _LibraryEngine:
    """An engine that is one of deep-translator's classes. Safe to call from several threads."""

    is_local = False
    name: str

    def __init__(
        self,
        session: ServiceSession,
        limit: RateLimit,
        module: str,
        judge: Callable[[str, Reply], None],
        accept: tuple[int, ...] = (),
    ) -> None:
        self.version = library_version()
        self._session = session
        self._library = module_over(module, Transport(session, limit, judge, accept))

    def longest(self, text: str) -> int:
        """See `citekeeper.translation.Engine.longest`."""
        del text
        return LIMIT

    def translate(self, text: str, *, source: str, target: str, names: Sequence[str] = ()) -> str | None:
        """See `citekeeper.translation.Engine.translate`."""
        del names  # these services leave Latin words in a text of another script alone, or the guards see it
        # One translator for each call: it keeps the text it is translating in itself.
        return ask_library(self._session.service, lambda: self._translator(source, target).translate(text))

    def _translator(self, source: str, target: str) -> Any:
        raise NotImplementedError


class GoogleEngine(_LibraryEngine):
    """Google Translate's public page."""

    name = GOOGLE

    def __init__(self, session: ServiceSession, limit: RateLimit) -> None:
        super().__init__(session, limit, "google", refuse_walls)

    def _translator(self, source: str, target: str) -> Any:
        return self._library.GoogleTranslator(source=google_code(source), target=google_code(target))


class MyMemoryEngine(_LibraryEngine):
    """MyMemory's public service: short texts, and a small quota a day that it announces in place of a translation."""

    name = MYMEMORY

    def __init__(self, session: ServiceSession, limit: RateLimit) -> None:
        super().__init__(session, limit, "mymemory", _refuse_mymemory_errors, accept=(429,))

    def longest(self, text: str) -> int:
        """So many characters that they are under 500 bytes, which is what the service counts."""
        return _MYMEMORY_BYTES // max((len(ch.encode("utf-8", "surrogatepass")) for ch in text), default=1)

    def translate(self, text: str, *, source: str, target: str, names: Sequence[str] = ()) -> str | None:
        """See `citekeeper.translation.Engine.translate`."""
        service = self._session.service
        if len(text.encode("utf-8", "surrogatepass")) > _MYMEMORY_BYTES:
            raise TextRefusedError(service, "the text is too long for it.", "Try another engine.")
        result = super().translate(text, source=source, target=target, names=names)
        if result is not None and not isinstance(result, str):
            raise ServiceUnavailableError(service, "its answer is not as agreed.", "Run again later.")
        # It writes quotation marks and ampersands as HTML does.
        return html.unescape(result) if result and not _ENTITY.search(text) else result

    def _translator(self, source: str, target: str) -> Any:
        return self._library.MyMemoryTranslator(source=mymemory_code(source), target=mymemory_code(target))


class LibreEngine(_LibraryEngine):
    """A LibreTranslate server of one's own choice."""

    name = LIBRE

    def __init__(self, session: ServiceSession, limit: RateLimit, url: str, key: str | None) -> None:
        self._url = url if url.endswith("/") else f"{url}/"
        self._key = key
        super().__init__(session, limit, "libre", _refuse_libre_errors)
        self.version = f"{library_version()} at {urlsplit(url).hostname or '?'}"  # each server has its own models
        known = self._library.LIBRE_LANGUAGES_TO_CODES.values()
        self._codes: frozenset[str] = frozenset((*known, *_LIBRE_MORE.split()))
        self._library.LIBRE_LANGUAGES_TO_CODES = {code: code for code in self._codes}  # type: ignore[attr-defined]

    def translate(self, text: str, *, source: str, target: str, names: Sequence[str] = ()) -> str | None:
        """See `citekeeper.translation.Engine.translate`."""
        result = super().translate(text, source=source, target=target, names=names)
        if result is not None and not isinstance(result, str):
            raise ServiceUnavailableError(self._session.service, "its answer is not as agreed.", "Run again later.")
        return result

    def _translator(self, source: str, target: str) -> Any:
        return self._library.LibreTranslator(
            source=self._code(source), target=self._code(target), api_key=self._key or NO_KEY, custom_url=self._url
        )

    def _code(self, tag: str) -> str:
        folded = tag.strip().lower().replace("_", "-")
        primary = folded.split("-")[0]
        candidates = (_LIBRE_CODES.get(folded), tag, folded, _LIBRE_CODES.get(primary), primary)
        return next((code for code in candidates if code in self._codes), tag)


def google_engine(
    network: Network,
    clock: Clock,
    *,
    user_agent: str = USER_AGENT,
    limit: RateLimit | None = None,
    deadline: float = 20.0,
) -> GoogleEngine:
    """Google Translate.

    Args:
        network: proxies and certificates.
        clock: paces and waits.
        user_agent: the User-Agent header.
        limit: requests in a time, to share with others; default: 3 a second.
        deadline: seconds that one request may take in all.
    """
    session = _session("Google Translate", network, clock, user_agent, deadline)
    return GoogleEngine(session, limit or RateLimit(clock, calls=3, per=1.0))


def mymemory_engine(
    network: Network,
    clock: Clock,
    *,
    user_agent: str = USER_AGENT,
    limit: RateLimit | None = None,
    deadline: float = 20.0,
) -> MyMemoryEngine:
    """MyMemory; arguments as for `google_engine`, default 2 requests a second."""
    session = _session("MyMemory", network, clock, user_agent, deadline)
    return MyMemoryEngine(session, limit or RateLimit(clock, calls=2, per=1.0))


def libre_engine(
    network: Network,
    clock: Clock,
    *,
    url: str,
    key: str | None = None,
    user_agent: str = USER_AGENT,
    limit: RateLimit | None = None,
    deadline: float = 60.0,
) -> LibreEngine:
    """LibreTranslate at ``url``, with ``key`` where the server wants one; else as `google_engine`.

    A server on a small machine may need long, hence the longer deadline.
    """
    session = _session("LibreTranslate", network, clock, user_agent, deadline)
    return LibreEngine(session, limit or RateLimit(clock, calls=5, per=1.0), url, key)


def _session(service: str, network: Network, clock: Clock, user_agent: str, deadline: float) -> ServiceSession:
    return service_session(
        network, service=service, user_agent=user_agent, deadline=deadline, max_body=1 << 20, clock=clock
    )


def google_code(tag: str) -> str:
    """Google's code for a BCP 47 tag: ``ru-RU`` is ``ru``, ``he`` is ``iw``."""
    known = _google_codes()
    folded = tag.strip().lower().replace("_", "-")
    primary = folded.split("-")[0]
    for candidate in (tag, _GOOGLE_CODES.get(folded), folded, _GOOGLE_CODES.get(primary), primary):
        if candidate in known:
            return str(candidate)
    return tag


def mymemory_code(tag: str) -> str:
    """MyMemory's code for a BCP 47 tag, which names a region: ``ru`` is ``ru-RU``, ``uk`` is ``uk-UA``."""
    known = _mymemory_codes()
    folded = tag.strip().lower().replace("_", "-")
    primary = folded.split("-")[0]
    of_primary = [code for code in known.values() if code.lower().split("-")[0] == primary]
    candidates = (
        known.get(folded),
        _MYMEMORY_CODES.get(folded),
        _MYMEMORY_CODES.get(primary),
        known.get(f"{primary}-{primary}"),
        *of_primary[:1],
    )
    return next((code for code in candidates if code), tag)


@functools.cache
def _google_codes() -> frozenset[str]:
    from deep_translator.constants import GOOGLE_LANGUAGES_TO_CODES

    return frozenset(GOOGLE_LANGUAGES_TO_CODES.values())


@functools.cache
def _mymemory_codes() -> dict[str, str]:
    from deep_translator.constants import MY_MEMORY_LANGUAGES_TO_CODES

    return {code.lower(): code for code in sorted(MY_MEMORY_LANGUAGES_TO_CODES.values())}


def _refuse_mymemory_errors(service: str, reply: Reply) -> None:
    """Its quota, which it answers with 200 and as if it were the translation, and its refusals, likewise."""
    try:
        answer = reply.json()
        said = answer["responseData"]["translatedText"] or ""
        details = f"{answer.get('responseDetails') or ''}"
        is_quota_up = answer.get("quotaFinished") is True
    except (ValueError, KeyError, TypeError, AttributeError):
        said, details, is_quota_up = "", "", False
    status = _status_of(reply)
    if is_quota_up or _QUOTA.search(f"{said} {details}"):
        raise ServiceRefusedError(service, "its free quota of the day is used up.", "Run again tomorrow.")
    if status in (403, 400) and _BAD_LANGUAGE.search(f"{said} {details}"):
        raise LanguageRefusedError(service, "it does not know one of the languages.", "Try another engine.")
    _refuse_status(service, status)


def _status_of(reply: Reply) -> int:
    """The status in the body where there is one, as a number or in quotes: the reply's own is 200 all the same."""
    try:
        return int(reply.json()["responseStatus"])
    except (ValueError, KeyError, TypeError):
        return reply.status


def _refuse_libre_errors(service: str, reply: Reply) -> None:
    """What LibreTranslate means by its statuses; its sentence decides where one status has two meanings."""
    sentence = reply.text[:2000] if reply.status >= 400 else ""
    if reply.status == 400 and "not supported" in sentence:
        raise LanguageRefusedError(service, "it does not know one of the languages.", "Try another engine.")
    if reply.status == 400 and "exceeds" in sentence:
        raise TextRefusedError(service, "the text is too long for it.", "Try another engine.")
    if reply.status in (400, 401, 403) and re.search(r"(?i)api.?key|portal", sentence):
        raise ServiceRefusedError(
            service, "it wants a key, or does not accept the one given.", "Set LIBRETRANSLATE_API_KEY."
        )
    _refuse_status(service, reply.status)


def _refuse_status(service: str, status: int) -> None:
    if status == 429:
        raise ServiceThrottledError(service, "it says that it is asked too often.", "Run again later.")
    kind: type[ServiceError] | None = None
    if status in (400, 413, 414):
        kind, sentence = TextRefusedError, "it does not take this text."
    elif status in (401, 403):
        kind, sentence = ServiceRefusedError, "it refuses to serve."
    elif status >= 400:
        kind, sentence = ServiceUnavailableError, f"it answered with status {status}."
    if kind is not None:
        raise kind(service, sentence, "Try another engine.")
