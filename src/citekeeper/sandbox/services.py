"""Translation services beside Google: MyMemory, LibreTranslate and DeepL, each in its own manner of refusing.

They know the same translations as the sandbox's `Translator` and answer in their own forms: MyMemory with 200 and a
status in the body, LibreTranslate with a sentence under ``error``, DeepL with a status and sometimes no body at all.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any
from xml.etree import ElementTree

from citekeeper.sandbox.messages import Answer, Fault, FaultKind, Request, Response
from citekeeper.sandbox.translate import Mishap, Mishaps, Translator

MYMEMORY_WARNING = (
    "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY. NEXT AVAILABLE IN  10 HOURS 12 MINUTES 34 "
    "SECONDS VISIT HTTPS://MYMEMORY.TRANSLATED.NET/DOC/USAGELIMITS.PHP TO TRANSLATE MORE"
)
DEEPL_KEY, LIBRE_KEY = "00000000-0000-0000-0000-000000000000:fx", "11111111-1111-1111-1111-111111111111"
LIBRE_HOST = "libre.sandbox.example"
_DRIP_SECONDS = 0.1
_LIBRE_LANGUAGES = "ar de en es fr it nl pl pt ru tr uk zh-Hans"
_DEEPL_SOURCES = "AR BG CS DA DE EL EN ES ET FI FR HU ID IT JA KO LT LV NB NL PL PT RO RU SK SL SV TR UK ZH"
_DEEPL_TARGETS = f"{_DEEPL_SOURCES} EN-GB EN-US PT-PT PT-BR ZH-HANS ZH-HANT"


class _Service:
    """What the doubles share: the dictionary, and failures on demand."""

    hosts: tuple[str, ...] = ()

    def __init__(self, dictionary: Translator) -> None:
        self._dictionary = dictionary
        self._mishaps = Mishaps()

    def fail(self, mishap: Mishap | str, times: int | None = 1, *, containing: str = "") -> None:
        """Let the next ``times`` translations (None: all) fail, or those alone whose text contains something."""
        self._mishaps.add(Mishap(mishap), times, containing)

    def recover(self) -> None:
        """End every mishap."""
        self._mishaps.clear()

    def _said(self, text: str, target: str, mishap: Mishap | None) -> str:
        """What it takes for the translation."""
        if mishap is Mishap.ECHO:
            return text
        if mishap is Mishap.EMPTY:
            return ""
        made = self._dictionary.translate(text, target.lower().split("-")[0])
        return re.sub(r"\d", "", made) if mishap is Mishap.LOST_DIGITS else made


def _broken(mishap: Mishap | None) -> Fault | None:
    kinds = {Mishap.HANG: FaultKind.HANG, Mishap.RESET: FaultKind.RESET, Mishap.DRIP: FaultKind.DRIP}
    return Fault(kinds[mishap], seconds=_DRIP_SECONDS) if mishap in kinds else None


class MyMemory(_Service):
    """``https://api.mymemory.translated.net/get``: 500 bytes at most; what is wrong is told as the translation."""

    hosts = ("api.mymemory.translated.net",)

    def answer(self, request: Request) -> Answer:
        """Answer one request."""
        if request.path != "/get":
            return Response.html("<h1>Not Found</h1>", 404)
        if request.url.startswith("http:"):
            return Response.redirect(request.url.replace("http:", "https:", 1), 301)
        text = request.query.get("q", "")
        source, _, target = request.query.get("langpair", "").partition("|")
        mishap = self._mishaps.next_for(text)
        if (fault := _broken(mishap)) is not None:
            return fault
        if mishap is Mishap.SERVER_ERROR:
            return Response.html("<h1>502 Bad Gateway</h1>", 502)
        if mishap is Mishap.TOO_MANY_REQUESTS:
            return self._reply(MYMEMORY_WARNING, 429, http_status=429)
        if mishap is Mishap.QUOTA:  # its quota as it was for years: a translation with status 200
            return self._reply(MYMEMORY_WARNING, 200)
        if not re.fullmatch(r"[a-z]{2,3}-[A-Za-z-]{2,8}", source) or not re.fullmatch(r"[a-z]{2,3}-[A-Za-z-]+", target):
            return self._reply(f"'{source.upper()}' IS AN INVALID SOURCE LANGUAGE .", "403")
        if not text:
            return self._reply("NO QUERY SPECIFIED. EXAMPLE REQUEST: GET?Q=HELLO&LANGPAIR=EN|IT", "403")
        if len(text.encode()) > 500:
            return self._reply("QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS", "403")
        return self._reply(escape(self._said(text, target, mishap)), 200)

    @staticmethod
    def _reply(said: str, status: int | str, *, http_status: int = 200) -> Response:
        details = "" if status == 200 else said
        value = {
            "responseData": {"translatedText": said, "match": 0.85},
            "quotaFinished": status == 429,
            "mtLangSupported": None,
            "responseDetails": details,
            "responseStatus": status,
            "responderId": None,
            "exception_code": None,
            "matches": [{"translation": said, "match": 0.85, "created-by": "MT!"}] if status == 200 and said else [],
        }
        return Response.json(value, http_status)


class LibreTranslate(_Service):
    """A LibreTranslate server at ``libre.sandbox.example``, under ``/``; with ``key`` it wants that key."""

    hosts = (LIBRE_HOST,)

    def __init__(self, dictionary: Translator) -> None:
        super().__init__(dictionary)
        self.key: str | None = None

    def answer(self, request: Request) -> Answer:
        """Answer one request."""
        if request.path != "/translate" or request.method != "POST":
            return Response.json({"error": "404 Not Found"}, 404)
        fields = {**request.query, **request.form}
        mishap = self._mishaps.next_for(fields.get("q", ""))
        if (fault := _broken(mishap)) is not None:
            return fault
        if mishap is Mishap.SERVER_ERROR:
            return Response.json({"error": "Cannot translate text: out of memory"}, 500)
        if mishap is Mishap.TOO_MANY_REQUESTS:
            return Response.json({"error": "Slowdown: 80 per 1 minute"}, 429)
        if self.key and "api_key" not in fields:
            return Response.json({"error": "Please contact the server operator to get an API key"}, 400)
        if self.key and fields["api_key"] != self.key:
            return Response.json({"error": "Invalid API key"}, 403)
        for name in ("source", "target"):
            if fields.get(name) not in _LIBRE_LANGUAGES.split():
                return Response.json({"error": f"{fields.get(name)} is not supported"}, 400)
        return Response.json({"translatedText": self._said(fields.get("q", ""), fields["target"], mishap)})


class DeepL(_Service):
    """DeepL's API of version 2 at both its hosts; a key of the other kind is refused, and so is any GET."""

    hosts = ("api-free.deepl.com", "api.deepl.com")

    def answer(self, request: Request) -> Answer:
        """Answer one request."""
        if request.path != "/v2/translate":
            return Response.json({"message": "Not found"}, 404)
        if request.method != "POST" or "auth_key" in request.query:
            return Response.json({"message": "Method not allowed"}, 405)
        wanted = DEEPL_KEY if request.host == "api-free.deepl.com" else DEEPL_KEY.removesuffix(":fx")
        if request.headers.get("authorization") != f"DeepL-Auth-Key {wanted}":
            return Response.text("", 403)
        mishap = self._mishaps.next_for(request.body.decode("utf-8", "replace"))
        if (fault := _broken(mishap)) is not None:
            return fault
        statuses = {Mishap.TOO_MANY_REQUESTS: 429, Mishap.QUOTA: 456, Mishap.SERVER_ERROR: 503}
        if mishap in statuses:
            return Response.json({"message": "Quota Exceeded"}, statuses[mishap])
        try:
            asked = json.loads(request.body)
            return self._translation(asked, mishap)
        except (ValueError, KeyError, TypeError, ElementTree.ParseError):
            return Response.json({"message": "Bad request"}, 400)

    def _translation(self, asked: dict[str, Any], mishap: Mishap | None) -> Response:
        for name, known in (("source_lang", _DEEPL_SOURCES), ("target_lang", _DEEPL_TARGETS)):
            if asked[name] not in known.split():
                return Response.json({"message": f"Value for '{name}' not supported."}, 400)
        is_xml = asked.get("tag_handling") == "xml"
        made = [self._one(text, asked["target_lang"], mishap, is_xml=is_xml) for text in asked["text"]]
        return Response.json(
            {"translations": [{"detected_source_language": asked["source_lang"], "text": text} for text in made]}
        )

    def _one(self, text: str, target: str, mishap: Mishap | None, *, is_xml: bool) -> str:
        if not is_xml:
            return self._said(text, target, mishap)
        tree = ElementTree.fromstring(f"<x>{text}</x>")  # noqa: S314 - what the client under test wrote
        said = escape(self._said("".join(tree.itertext()), target, mishap), quote=False)
        for element in tree:
            name = escape(element.text or "", quote=False)
            said = said.replace(name, f"<{element.tag}>{name}</{element.tag}>", 1)
        return said
