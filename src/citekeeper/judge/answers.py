"""Answers made for machines, JSON and XML, that bear the error which their envelope should have borne."""

from __future__ import annotations

import codecs
import json
import re
from typing import Any

from citekeeper.judge import redirects, wording
from citekeeper.judge.facts import Facts, words_of
from citekeeper.judge.states import is_answer_of_absence, plain_key
from citekeeper.judge.verdicts import ADVICE_DEAD, say
from citekeeper.model import Verdict, VerdictKind
from citekeeper.patterns import late

_SHORT_ANSWER = 2000
_LITTLE_BESIDES = 2  # members that tell something, beside an error
_ERROR_MEMBER = late(
    rb"\"(?:status|code|statuscode|status_code|error_code|errorcode)\"\s*:\s*\"?(?:404|410)\b"
    rb"|\"(?:status|code|error|errorcode|error_code|type|reason)\"\s*:\s*\"[a-z_.:/#-]{0,60}not[ _-]?found\"",
    re.IGNORECASE,
)
_SAYS_NOT_FOUND = late(r"(?i)[a-z_.:/# -]{0,60}not[ _-]?found")
_HOLDERS = frozenset(
    {"error", "errors", "err", "fault", "meta", "status", "response", "result", "header", "extensions"}
)
_TOLD_OF_ERRORS = frozenset(
    {
        "status", "code", "statuscode", "errorcode", "httpstatus", "httpcode", "statustext", "statusmessage",
        "error", "errors", "err", "errortype", "fault", "message", "msg", "statusmsg", "errormessage", "errormsg",
        "detail", "details", "description", "title", "type", "reason", "domain", "stack", "success", "ok", "method",
        "timestamp", "time", "request", "requestid", "traceid", "correlationid", "jsonrpc", "version", "apiversion",
        "locale", "help", "documentationurl", "docs", "moreinfo", "errno",
    }
)  # fmt: skip
"""What stands in an answer that is an error and nothing else."""
_FAULT = late(r"(?is)\A\ufeff?\s*(?:<\?xml[^>]{0,200}\?>)?\s*<(?:\w{1,20}:)?(?:error|fault|exception|errorresponse)\b")
_FAULT_CODE = late(r"(?i)<(?:\w{1,20}:)?code>\s*(?:NoSuch(?:Key|Bucket|Version|Upload)|\w{0,40}NotFound)\s*<")
_FAULT_NUMBER = late(r"(?i)<(?:\w{1,20}:)?code>\s*(?:404|410)\s*<")
_NO_RECORD = late(r"(?i)<error\b[^>]{0,80}\bcode\s*=\s*[\"']idDoesNotExist[\"']")
_FAULT_MESSAGE = late(r"(?is)<(?:\w{1,20}:)?(?:message|faultstring|description)>([^<]{3,300})<")


def in_json(facts: Facts) -> Verdict | None:
    """A short JSON answer that says so by its status or message: dead where it holds nothing besides, else a doubt.

    Records have numbers, states and failed parts of their own, so that an error counts at the answer's top only.
    """
    if "json" not in facts.lower_headers.get("content-type", "") or len(facts.content) > _SHORT_ANSWER:
        return None
    if not 200 <= facts.status < 300 or _is_about_absence(facts):
        return None
    error = _error_of(facts.content)
    if error is None:
        return None
    besides = [key for key, value in error.items() if _tells_something(key, value, facts.exchange.url)]
    if not besides:
        return say(
            VerdictKind.SOFT_404,
            "json-not-found",
            f"{facts.shown_host} answers {facts.status} with a 404 in it.",
            ADVICE_DEAD,
        )
    if len(besides) > _LITTLE_BESIDES or not _is_said_in_words(error):
        return None
    return say(
        VerdictKind.DRIFTED,
        "json-not-found",
        f"{facts.shown_host} answers {facts.status} with a 404 in it, and with “{besides[0][:40]}” beside it.",
        "Look at it once; if what was cited is gone, pin an archived copy under “archived:”.",
    )


def _is_about_absence(facts: Facts) -> bool:
    """Whether an answer was cited as one that tells of absences, by its address or its title."""
    if facts.cited is not None and redirects.names_absence(facts.cited):
        return True
    here = words_of(facts.content.decode("utf-8", "ignore"))
    return any(known and known <= here for known in map(words_of, facts.known_titles))


def _error_of(content: bytes) -> dict[str, Any] | None:
    """The one object of an answer that says at its top that something is absent; None where it says no such thing."""
    if not _ERROR_MEMBER.search(content) and b"null" not in content and b"{}" not in content and b"[]" not in content:
        return None
    try:
        answer = json.loads(content.removeprefix(codecs.BOM_UTF8))
    except (ValueError, RecursionError):
        return None
    if isinstance(answer, list) and len(answer) == 1:
        answer = answer[0]
    if not isinstance(answer, dict):
        return None
    return answer if _says_absent(answer) or is_answer_of_absence(answer) else None


def _says_absent(answer: dict[str, Any]) -> bool:
    for key, value in answer.items():
        if _ERROR_MEMBER.search(json.dumps({key: value if isinstance(value, str | int) else None}).encode()):
            return True
        held = value[0] if isinstance(value, list) and len(value) == 1 else value
        if plain_key(key) in _HOLDERS and isinstance(held, dict) and _says_absent(held):
            return True
    return False


def _tells_something(key: str, value: Any, address: str) -> bool:
    """Whether a member is none of an error's own, and neither empty nor an echo of the address."""
    if value in (None, "", False) or value in ({}, []):
        return False
    name = plain_key(key)
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        return name not in _HOLDERS or any(_tells_something(*member, address) for member in value.items())
    if isinstance(value, list):
        return True
    return name not in _TOLD_OF_ERRORS and str(value) not in address and not _is_said_in_words(value)


def _is_said_in_words(error: Any) -> bool:
    if isinstance(error, str):
        return wording.speaks_of_absence(error) or _SAYS_NOT_FOUND.fullmatch(error) is not None
    if isinstance(error, dict):
        return any(map(_is_said_in_words, error.values()))
    return isinstance(error, list) and any(map(_is_said_in_words, error))


def in_xml(facts: Facts) -> Verdict | None:
    """A storage's or a service's XML error, passed on with a success (Amazon S3, Azure, OAI-PMH)."""
    if "xml" not in facts.lower_headers.get("content-type", "") or facts.is_html:
        return None
    if not 200 <= facts.status < 300 or not 0 < len(facts.content) <= _SHORT_ANSWER:
        return None
    if _is_about_absence(facts):
        return None
    text = facts.content.decode("utf-8", "replace")
    message = _FAULT_MESSAGE.search(text)
    if _FAULT.match(text) is None:
        if _NO_RECORD.search(text) is None:
            return None
    elif message is None:
        if not (_FAULT_CODE.search(text) or _FAULT_NUMBER.search(text)):
            return None
    elif not (_FAULT_CODE.search(text) or wording.is_wording(message[1])):
        return None
    return say(
        VerdictKind.SOFT_404,
        "xml-not-found",
        f"{facts.shown_host} answers {facts.status} with the error of a store that has no such thing.",
        ADVICE_DEAD,
    )
