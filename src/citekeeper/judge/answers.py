"""Answers made for machines, JSON and XML, that bear the error which their envelope should have borne."""

from __future__ import annotations

import json
import re

from citekeeper.judge import wording
from citekeeper.judge.facts import Facts
from citekeeper.judge.states import is_answer_of_absence
from citekeeper.judge.verdicts import ADVICE_DEAD, say
from citekeeper.model import Verdict, VerdictKind

_SHORT_ANSWER = 2000
_ERROR_MEMBER = re.compile(
    rb"\"(?:status|code|statuscode|status_code|error_code|errorcode)\"\s*:\s*\"?(?:404|410)\b"
    rb"|\"(?:status|code|error|errorcode|error_code|type|reason)\"\s*:\s*\"[a-z_.:/#-]{0,60}not[ _-]?found\"",
    re.IGNORECASE,
)
_FAULT = re.compile(
    r"(?is)\A\ufeff?\s*(?:<\?xml[^>]{0,200}\?>)?\s*<(?:\w{1,20}:)?(?:error|fault|exception|errorresponse)\b"
)
_FAULT_CODE = re.compile(
    r"(?i)<(?:\w{1,20}:)?code>\s*(?:NoSuch(?:Key|Bucket|Version|Upload)|\w{0,40}NotFound|404|410)\s*<|idDoesNotExist"
)
_FAULT_MESSAGE = re.compile(r"(?is)<(?:\w{1,20}:)?(?:message|faultstring|description)>([^<]{3,300})<")


def in_json(facts: Facts) -> Verdict | None:
    """A short JSON answer that says so by its status or message, and holds nothing besides."""
    if "json" not in facts.lower_headers.get("content-type", "") or len(facts.content) > _SHORT_ANSWER:
        return None
    if not 200 <= facts.status < 300 or not (_ERROR_MEMBER.search(facts.content) or _is_empty_answer(facts.content)):
        return None
    return say(
        VerdictKind.SOFT_404,
        "json-not-found",
        f"{facts.shown_host} answers {facts.status} with a 404 in it.",
        ADVICE_DEAD,
    )


def _is_empty_answer(content: bytes) -> bool:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(answer, dict) and is_answer_of_absence(answer)


def in_xml(facts: Facts) -> Verdict | None:
    """A storage's or a service's XML error, passed on with a success (Amazon S3, Azure, OAI-PMH)."""
    if "xml" not in facts.lower_headers.get("content-type", "") or facts.is_html:
        return None
    if not 200 <= facts.status < 300 or not 0 < len(facts.content) <= _SHORT_ANSWER:
        return None
    text = facts.content.decode("utf-8", "replace")
    message = _FAULT_MESSAGE.search(text)
    is_fault = _FAULT.match(text) is not None or "idDoesNotExist" in text
    if not is_fault or not (_FAULT_CODE.search(text) or (message and wording.is_wording(message[1]))):
        return None
    return say(
        VerdictKind.SOFT_404,
        "xml-not-found",
        f"{facts.shown_host} answers {facts.status} with the error of a store that has no such thing.",
        ADVICE_DEAD,
    )
