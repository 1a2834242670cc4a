"""Translation services, through deep-translator with the transport, deadline and error map that it lacks."""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from deep_translator import exceptions as d

from citekeeper.clock import Clock
from citekeeper.errors import (
    ServiceError,
    ServiceRefusedError,
    ServiceThrottledError,
    ServiceUnavailableError,
)
from citekeeper.network import Network
from citekeeper.session import RateLimit, Reply, ServiceSession, service_session
from citekeeper.translation import USER_AGENT

_REDIRECTS = 5
_PAUSE = 30.0  # seconds without a request after a “too many requests” that names no time

REFUSED, THROTTLED, UNAVAILABLE = ServiceRefusedError, ServiceThrottledError, ServiceUnavailableError

FAULTS: dict[type[Exception], tuple[type[ServiceError], str]] = {
    d.TooManyRequests: (THROTTLED, "it says that it is asked too often."),
    d.RequestError: (UNAVAILABLE, "it answered with an error."),
    d.ServerException: (UNAVAILABLE, "it answered with an error."),
    d.MicrosoftAPIerror: (UNAVAILABLE, "it answered with an error."),
    d.BaiduAPIerror: (UNAVAILABLE, "it answered with an error."),
    d.TranslationNotFound: (REFUSED, "its page holds no translation (a consent page, or a new form of page)."),
    d.ElementNotFoundInGetRequest: (REFUSED, "its page holds no translation (a consent page, or a new form of page)."),
    d.LanguageNotSupportedException: (REFUSED, "it does not know one of the languages."),
    d.InvalidSourceOrTargetLanguage: (REFUSED, "it does not know one of the languages."),
    d.NotValidPayload: (REFUSED, "it does not take this text."),
    d.NotValidLength: (REFUSED, "the text is too long for it."),
    d.ApiKeyException: (REFUSED, "it needs a key."),
    d.AuthorizationException: (REFUSED, "it does not accept the key."),
    d.BaseError: (REFUSED, "it refused."),
}
"""What each of deep-translator's exceptions means. Their own texts are not shown: one of them holds the key."""

_ONE_TEXT = (d.NotValidLength, d.NotValidPayload)
_GOOGLE_CODES = {"he": "iw", "zh": "zh-CN", "zh-hans": "zh-CN", "zh-hant": "zh-TW", "nb": "no", "nn": "no", "jv": "jw"}


class TextRefusedError(ServiceRefusedError):
    """The service will not translate this one text; others it may."""


@dataclass(frozen=True, slots=True)
class _Response:
    """What deep-translator reads of a ``requests.Response``."""

    status_code: int
    text: str

    def close(self) -> None:
        """Nothing is open: the body has been read whole."""


@dataclass(frozen=True, slots=True)
class _Requests:
    """Stands where deep-translator's module says ``requests``: the same call, under a deadline and a pace."""

    session: ServiceSession
    limit: RateLimit

    def get(self, url: str, params: Mapping[str, str] | None = None, proxies: object = None) -> _Response:
        """GET, through our own session; ``proxies`` is the library's and stays unused, the session knows its own."""
        del proxies
        self.limit.wait()
        try:
            reply = self.session.request("GET", url, params=params, redirects=_REDIRECTS)
        except ServiceThrottledError as error:
            self.limit.throttled(error.retry_after, at_least=_PAUSE)
            raise
        _refuse_walls(self.session.service, reply)
        self.limit.succeeded()
        return _Response(reply.status, reply.text)


def _refuse_walls(service: str, reply: Reply) -> None:
    """Google's consent page and its robot wall, by where they live: both may come with 200."""
    place = urlsplit(reply.url)
    if (place.hostname or "").startswith("consent."):
        raise ServiceRefusedError(service, "it asks for consent to cookies.", "Try another engine or network.")
    if place.path.startswith("/sorry"):
        raise ServiceThrottledError(service, "it takes this network for a robot.", "Run again later.")
    if 300 <= reply.status < 400:
        raise ServiceUnavailableError(service, "it redirects to nowhere.", "Run again later.")


def _module_over(transport: _Requests) -> ModuleType:
    """A copy of deep_translator.google of our own over ``transport``; the module that others import stays as it is."""
    spec = importlib.util.find_spec("deep_translator.google")
    if spec is None or spec.loader is None:
        raise ImportError("deep_translator.google is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.requests = transport  # type: ignore[attr-defined]
    return module


@functools.cache
def _google_codes() -> frozenset[str]:
    from deep_translator.constants import GOOGLE_LANGUAGES_TO_CODES

    return frozenset(GOOGLE_LANGUAGES_TO_CODES.values())


class GoogleEngine:
    """Google Translate's public page, through deep-translator. Safe to call from several threads."""

    name = "google"

    def __init__(self, session: ServiceSession, limit: RateLimit) -> None:
        self.version = f"deep-translator {importlib.metadata.version('deep-translator')}"
        self._session = session
        self._google = _module_over(_Requests(session, limit))

    def translate(self, text: str, *, source: str, target: str) -> str | None:
        """See `citekeeper.translation.Engine.translate`."""
        try:
            # One translator for each call: it keeps the text it is translating in itself.
            translated: str | None = self._translator(source, target).translate(text)
        except tuple(FAULTS) as error:
            raise service_error(self._session.service, error) from None  # its own text may hold a key
        return translated

    def _translator(self, source: str, target: str) -> Any:
        return self._google.GoogleTranslator(source=google_code(source), target=google_code(target))


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
    session = service_session(
        network, service="Google Translate", user_agent=user_agent, deadline=deadline, max_body=1 << 20, clock=clock
    )
    return GoogleEngine(session, limit or RateLimit(clock, calls=3, per=1.0))


def google_code(tag: str) -> str:
    """Google's code for a BCP 47 tag: ``ru-RU`` is ``ru``, ``he`` is ``iw``."""
    known = _google_codes()
    folded = tag.strip().lower().replace("_", "-")
    primary = folded.split("-")[0]
    for candidate in (tag, _GOOGLE_CODES.get(folded), folded, _GOOGLE_CODES.get(primary), primary):
        if candidate in known:
            return str(candidate)
    return tag


def service_error(service: str, error: Exception) -> ServiceError:
    """The citekeeper error for one of deep-translator's."""
    kind, sentence = next(FAULTS[base] for base in type(error).__mro__ if base in FAULTS)
    if isinstance(error, _ONE_TEXT):
        kind = TextRefusedError
    return kind(service, sentence, "Try another engine." if kind is REFUSED else "Run again later.")
