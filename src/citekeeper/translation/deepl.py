"""DeepL by its API of version 2: POST, JSON, and the key in a header. The GET that libraries still send is closed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, unescape

from citekeeper.clock import Clock
from citekeeper.errors import ServiceError, ServiceRefusedError, ServiceThrottledError, ServiceUnavailableError
from citekeeper.network import Network
from citekeeper.session import RateLimit, Reply, ServiceSession, service_session
from citekeeper.translation import DEEPL, USER_AGENT
from citekeeper.translation.refusals import LanguageRefusedError, TextRefusedError
from citekeeper.translation.segments import LIMIT

_FREE, _PRO = "https://api-free.deepl.com/v2/translate", "https://api.deepl.com/v2/translate"
_KEY = re.compile(r"[A-Za-z0-9:._-]{8,200}")
_VARIANTS = {"en": "EN-GB", "pt": "PT-PT", "no": "NB", "nn": "NB"}
_REGIONAL = frozenset(("EN-GB", "EN-US", "PT-PT", "PT-BR", "ZH-HANS", "ZH-HANT", "ES-419"))
_TAG = "n"  # what stands within it comes back as it was
_LEFT_OVER = re.compile(rf"</?{_TAG}\s*/?>")
_PAUSE = 10.0  # seconds without a request after a “too many requests” that names no time


class DeepLEngine:
    """DeepL's API, free or paid by the key's own mark. Safe to call from several threads."""

    name = DEEPL
    version = "v2"
    is_local = False

    def __init__(self, session: ServiceSession, limit: RateLimit, key: str | None) -> None:
        self._session = session
        self._limit = limit
        self._key = (key or "").strip()

    def longest(self, text: str) -> int:
        """See `citekeeper.translation.Engine.longest`."""
        del text
        return LIMIT

    def translate(self, text: str, *, source: str, target: str, names: Sequence[str] = ()) -> str | None:
        """See `citekeeper.translation.Engine.translate`."""
        key = self._usable_key()
        asked: dict[str, object] = {
            "text": [_marked(text, names) if names else text],
            "source_lang": source.split("-")[0].upper(),
            "target_lang": target_code(target),
            "preserve_formatting": True,
        }
        if names:
            asked |= {"tag_handling": "xml", "ignore_tags": [_TAG]}
        self._limit.wait()
        try:
            reply = self._session.request(
                "POST",
                _FREE if key.endswith(":fx") else _PRO,
                body=json.dumps(asked, ensure_ascii=False).encode("utf-8", "replace"),
                headers={"Authorization": f"DeepL-Auth-Key {key}", "Content-Type": "application/json"},
            )
            _refuse_errors(self._session.service, reply)
        except ServiceThrottledError as error:
            self._limit.throttled(error.retry_after, at_least=_PAUSE)
            raise
        self._limit.succeeded()
        translated = _translated(self._session.service, reply)
        return unescape(_LEFT_OVER.sub("", translated)) if names else translated

    def _usable_key(self) -> str:
        service = self._session.service
        if not self._key:
            raise ServiceRefusedError(service, "it needs a key.", "Set DEEPL_API_KEY.")
        if not _KEY.fullmatch(self._key):
            raise ServiceRefusedError(service, "DEEPL_API_KEY holds no key.", "Copy it again from your account.")
        return self._key


def deepl_engine(
    network: Network,
    clock: Clock,
    *,
    key: str | None,
    user_agent: str = USER_AGENT,
    limit: RateLimit | None = None,
    deadline: float = 20.0,
) -> DeepLEngine:
    """DeepL.

    Args:
        network: proxies and certificates.
        clock: paces and waits.
        key: the API key; one that ends in ``:fx`` is for the free host. Without a key every request is refused.
        user_agent: the User-Agent header.
        limit: requests in a time, to share with others; default: 5 a second.
        deadline: seconds that one request may take in all.
    """
    session = service_session(
        network, service="DeepL", user_agent=user_agent, deadline=deadline, max_body=1 << 20, clock=clock
    )
    return DeepLEngine(session, limit or RateLimit(clock, calls=5, per=1.0), key)


def target_code(tag: str) -> str:
    """DeepL's code of a target language: ``en`` is ``EN-GB``, ``nl-BE`` is ``NL``."""
    whole = tag.replace("_", "-").upper()
    primary = whole.split("-")[0]
    return whole if whole in _REGIONAL else _VARIANTS.get(primary.lower(), primary)


def _marked(text: str, names: Sequence[str]) -> str:
    """``text`` as XML, the names in a tag whose content DeepL leaves alone."""
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pieces = re.split(rf"(?<!\w)({pattern})(?!\w)", text)
    return "".join(f"<{_TAG}>{escape(p)}</{_TAG}>" if n % 2 else escape(p) for n, p in enumerate(pieces))


def _refuse_errors(service: str, reply: Reply) -> None:
    """Raise what a status other than 200 means; the body's message is the service's and is not shown."""
    status = reply.status
    if status == 200:
        return
    if status == 400 and re.search(r"(?:source|target)_lang", reply.text):
        raise LanguageRefusedError(service, "it does not know one of the languages.", "Try another engine.")
    known: dict[int, tuple[type[ServiceError], str, str]] = {
        400: (TextRefusedError, "it does not take this text.", "Try another engine."),
        401: (ServiceRefusedError, "it does not accept the key.", "Check DEEPL_API_KEY."),
        403: (ServiceRefusedError, "it does not accept the key.", "Check DEEPL_API_KEY."),
        413: (TextRefusedError, "the text is too long for it.", "Try another engine."),
        414: (TextRefusedError, "the text is too long for it.", "Try another engine."),
        429: (ServiceThrottledError, "it says that it is asked too often.", "Run again later."),
        456: (ServiceRefusedError, "the key's quota is used up.", "Raise the limit, or run again next month."),
        529: (ServiceThrottledError, "it says that it is asked too often.", "Run again later."),
    }
    fallback: tuple[type[ServiceError], str, str] = (
        (ServiceRefusedError, f"it refused with status {status}.", "Try another engine.")
        if 400 <= status < 500
        else (ServiceUnavailableError, f"it answered with status {status}.", "Run again later.")
    )
    kind, sentence, hint = known.get(status, fallback)
    raise kind(service, sentence, hint)


def _translated(service: str, reply: Reply) -> str:
    try:
        text = reply.json()["translations"][0]["text"]
    except (ValueError, KeyError, IndexError, TypeError):
        text = None
    if not isinstance(text, str):
        raise ServiceUnavailableError(service, "its answer is not as agreed.", "Run again later.")
    return text
