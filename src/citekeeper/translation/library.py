"""deep-translator with the transport, deadline and error map that it lacks."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from deep_translator import exceptions as d

from citekeeper.errors import (
    ServiceError,
    ServiceRefusedError,
    ServiceThrottledError,
    ServiceUnavailableError,
)
from citekeeper.session import RateLimit, Reply, ServiceSession
from citekeeper.translation.refusals import LanguageRefusedError, TextRefusedError

NO_KEY = "-"
"""Stands for no key where the library demands one; it is not sent."""

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
    d.LanguageNotSupportedException: (LanguageRefusedError, "it does not know one of the languages."),
    d.InvalidSourceOrTargetLanguage: (LanguageRefusedError, "it does not know one of the languages."),
    d.NotValidPayload: (TextRefusedError, "it does not take this text."),
    d.NotValidLength: (TextRefusedError, "the text is too long for it."),
    d.ApiKeyException: (REFUSED, "it needs a key."),
    d.AuthorizationException: (REFUSED, "it does not accept the key."),
    d.BaseError: (REFUSED, "it refused."),
}
"""What each of deep-translator's exceptions means. Their own texts are not shown: one of them holds the key."""

# What the library itself stumbles over where an answer is not as it expects.
_STUMBLES = (ValueError, KeyError, TypeError, AttributeError, IndexError, StopIteration)


@dataclass(frozen=True, slots=True)
class Response:
    """What deep-translator reads of a ``requests.Response``."""

    status_code: int
    text: str

    def json(self) -> Any:
        """The body as JSON."""
        try:
            return json.loads(self.text)
        except RecursionError as error:
            raise ValueError("JSON nested too deeply") from error

    def close(self) -> None:
        """Nothing is open: the body has been read whole."""


@dataclass(frozen=True, slots=True)
class Transport:
    """Stands where deep-translator's module says ``requests``: the same calls, under a deadline and a pace.

    Attributes:
        session: sends the requests.
        limit: their pace.
        judge: raises what a reply means, before the library sees it.
        accept: statuses that ``judge`` wants to see although they are an error to the session.
    """

    session: ServiceSession
    limit: RateLimit
    judge: Callable[[str, Reply], None]
    accept: tuple[int, ...] = ()

    def get(self, url: str, params: Mapping[str, str] | None = None, proxies: object = None) -> Response:
        """GET, through our own session; ``proxies`` is the library's and stays unused, the session knows its own.

        What the library sends in the clear goes encrypted.
        """
        del proxies
        if url.startswith("http://"):
            url = "https://" + url.removeprefix("http://")
        return self._send(
            lambda: self.session.request("GET", url, params=params, redirects=_REDIRECTS, accept=self.accept)
        )

    def post(self, url: str, params: Mapping[str, str]) -> Response:
        """POST with the parameters as a form, and not in the address, where logs keep them."""
        form = {name: value for name, value in params.items() if (name, value) != ("api_key", NO_KEY)}
        return self._send(lambda: self.session.request("POST", url, form=form, accept=self.accept))

    def _send(self, send: Callable[[], Reply]) -> Response:
        self.limit.wait()
        try:
            reply = send()
            self.judge(self.session.service, reply)
        except ServiceThrottledError as error:
            self.limit.throttled(error.retry_after, at_least=_PAUSE)
            raise
        if 300 <= reply.status < 400:
            raise ServiceUnavailableError(self.session.service, "it redirects to nowhere.", "Run again later.")
        self.limit.succeeded()
        return Response(reply.status, reply.text)


def module_over(name: str, transport: object) -> ModuleType:
    """Our own copy of one of deep_translator's modules, over ``transport``; what others import stays as it is."""
    spec = importlib.util.find_spec(f"deep_translator.{name}")
    if spec is None or spec.loader is None:
        raise ImportError(f"deep_translator.{name} is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.requests = transport  # type: ignore[attr-defined]
    return module


def library_version() -> str:
    """The library's name and version."""
    return f"deep-translator {importlib.metadata.version('deep-translator')}"


def ask_library(service: str, ask: Callable[[], str | None]) -> str | None:
    """What the library returns, its errors as ours.

    Raises:
        ServiceError: what its error means.
    """
    try:
        return ask()
    except tuple(FAULTS) as error:
        raise service_error(service, error) from None  # its own text may hold a key
    except _STUMBLES as error:
        raise ServiceUnavailableError(service, "its answer is not as agreed.", "Run again later.") from error


def service_error(service: str, error: Exception) -> ServiceError:
    """The citekeeper error for one of deep-translator's."""
    kind, sentence = next(FAULTS[base] for base in type(error).__mro__ if base in FAULTS)
    return kind(service, sentence, "Try another engine." if issubclass(kind, REFUSED) else "Run again later.")


def refuse_walls(service: str, reply: Reply) -> None:
    """Google's consent page and its robot wall, by where they live: both may come with 200."""
    place = urlsplit(reply.url)
    if (place.hostname or "").startswith("consent."):
        raise ServiceRefusedError(service, "it asks for consent to cookies.", "Try another engine or network.")
    if place.path.startswith("/sorry"):
        raise ServiceThrottledError(service, "it takes this network for a robot.", "Run again later.")
