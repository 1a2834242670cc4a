"""Save Page Now 2: submitting a URL and asking what became of the job.

The service says most of its refusals with HTTP 200, some only in prose; what each reply means is decided here, and
what to do about it in `wayback`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from citekeeper.errors import (
    ServiceError,
    ServiceRefusedError,
    ServiceThrottledError,
    ServiceUnavailableError,
)
from citekeeper.mementos import AccountRefusedError, AccountThrottledError, SaveRefusedError
from citekeeper.mementos.addresses import HOST, parse_stamp
from citekeeper.mementos.statuses import ACCOUNT_WIDE, Retry, SaveFault, save_fault
from citekeeper.printing import one_line
from citekeeper.session import MaybeSentError, RateLimit, Reply, ServiceSession
from citekeeper.urls import is_web_url

SERVICE = "Save Page Now"
KEYS_HINT = "Make keys at https://archive.org/account/s3.php and set WAYBACK_ACCESS_KEY and WAYBACK_SECRET_KEY."
_SUBMIT_DEADLINE = 60.0
_SESSION_CAP = 60.0  # seconds the service asks to wait when all sessions are in use
_DAY = 86400.0
_TIME_HELPS = (Retry.SOON, Retry.LATER, Retry.TOMORROW)


class Keys:
    """The archive.org S3 keys. They leave this object only as the Authorization header.

    Raises:
        ServiceRefusedError: a key holds characters that no key has; the key itself is not shown.
    """

    def __init__(self, access: str, secret: str) -> None:
        access, secret = access.strip(), secret.strip()
        for name, value in (("access", access), ("secret", secret)):
            if not re.fullmatch(r"[!-9;-~]{1,256}", value):  # printable ASCII, no space, no colon
                raise ServiceRefusedError(SERVICE, f"the {name} key is not in the form of a key.", KEYS_HINT)
        self._authorization = f"LOW {access}:{secret}"

    def header(self) -> dict[str, str]:
        """The header that proves who asks."""
        return {"Authorization": self._authorization}

    def __repr__(self) -> str:
        return "Keys(withheld)"

    __str__ = __repr__

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("keys are not stored")


@dataclass(frozen=True, slots=True)
class Submission:
    """The service took the URL. ``note`` holds its own words about reuse or delay."""

    job_id: str | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """The job is under way, or was never known: the service says the same of both."""


@dataclass(frozen=True, slots=True)
class Captured:
    """The service says that it made (or reused) a capture."""

    original_url: str
    moment: datetime
    http_status: int | None = None


@dataclass(frozen=True, slots=True)
class Spn2:
    """The client: three requests, each answered by a value or an exception that says what to do."""

    session: ServiceSession
    keys: Keys = field(repr=False)
    submit_limit: RateLimit
    fresh: timedelta = timedelta(hours=1)
    js_behavior_timeout: int = 10

    def preflight(self, nonce: int) -> None:
        """Ask for the account's room; costs no quota.

        Raises:
            ServiceThrottledError: no session is free, or the day's captures are used up.
            ServiceRefusedError: the keys are not accepted.
            ServiceUnavailableError: the service failed.
        """
        url = f"{HOST}/save/status/user"
        said = _document(self._get(url, {"_t": str(nonce)}))
        used, allowed, free = (_count(said.get(k)) for k in ("daily_captures", "daily_captures_limit", "available"))
        if used is not None and allowed is not None and used >= allowed:
            message = f"the day's {allowed} captures of your account are used up."
            raise AccountThrottledError(SERVICE, message, "Run again tomorrow.", retry_after=_DAY)
        if free is not None and free <= 0:
            message = "every capture session of your account is in use."
            raise ServiceThrottledError(SERVICE, message, "Run again in a minute.", retry_after=_SESSION_CAP)

    def submit(self, url: str) -> Submission:
        """Ask for a capture of ``url``; the caller has waited for its turn at ``submit_limit``.

        Raises:
            MaybeSentError: no usable answer; the capture may be under way.
            ServiceRefusedError, ServiceThrottledError, ServiceUnavailableError: nothing was submitted.
        """
        form = {
            "url": url,
            "if_not_archived_within": str(int(self.fresh.total_seconds())),
            "skip_first_archive": "1",
            "js_behavior_timeout": str(self.js_behavior_timeout),
        }
        headers = {"Accept": "application/json", **self.keys.header()}
        try:
            reply = self.session.request("POST", f"{HOST}/save", form=form, headers=headers, deadline=_SUBMIT_DEADLINE)
        except ServiceThrottledError as error:
            self.submit_limit.throttled(error.retry_after, at_least=_SESSION_CAP)
            raise
        self.submit_limit.succeeded()
        return read_submission(reply)

    def status(self, job_id: str) -> Pending | Captured | SaveFault:
        """What became of a job.

        Raises:
            ServiceError: the service refused or failed to say.
        """
        return read_status(_document(self._get(f"{HOST}/save/status/{_path_segment(job_id)}", {})))

    def _get(self, url: str, params: Mapping[str, str]) -> Reply:
        headers = {"Accept": "application/json", **self.keys.header()}
        reply = self.session.request("GET", url, params=params, headers=headers)
        _refuse_unless_logged_in(reply)
        if reply.status != 200:
            raise ServiceUnavailableError(SERVICE, f"it answered HTTP {reply.status}.", "Run again later.")
        return reply


def read_submission(reply: Reply) -> Submission:
    """The meaning of the answer to a submission.

    Raises:
        MaybeSentError: it does not say whether a capture is under way (5xx, 523 among them, or no JSON).
        ServiceRefusedError: the keys or the URL are not accepted.
        ServiceThrottledError: a limit is reached.
        ServiceUnavailableError: the archive failed before it began.
    """
    _refuse_unless_logged_in(reply)
    if reply.status in (400, 403, 404, 405, 413, 414, 422):
        words = f"it refused the URL with HTTP {reply.status}."
        raise SaveRefusedError(SERVICE, words, retry_after=Retry.UNKNOWN.seconds)
    if reply.status != 200:
        raise MaybeSentError(SERVICE, f"it answered HTTP {reply.status}, and may have taken the URL.")
    try:
        said = _document(reply)
    except ServiceUnavailableError as error:
        raise MaybeSentError(SERVICE, "its answer is no JSON, and it may have taken the URL.") from error
    message = _words(said.get("message"))
    if said.get("status") == "error":
        raise refusal(save_fault(said.get("status_ext"), said.get("message")))
    job_id = said.get("job_id")
    if isinstance(job_id, str) and job_id:
        return Submission(job_id, message or None)
    if "limit of active" in message:
        raise ServiceThrottledError(
            SERVICE, "every capture session is in use.", "Run again in a minute.", retry_after=_SESSION_CAP
        )
    if re.search(r"(?i)capture will start in", message):
        return Submission(None, message)
    if re.search(r"(?i)same snapshot had been made", message):
        return Submission(None, message)
    raise MaybeSentError(SERVICE, f"it gave no job{': ' + message if message else ''}.", "Run again later.")


def read_status(said: Mapping[str, Any]) -> Pending | Captured | SaveFault:
    """The meaning of a job's status document.

    Raises:
        ServiceUnavailableError: it makes no sense.
    """
    state = said.get("status")
    if state == "pending":
        return Pending()
    if state == "error":
        return save_fault(said.get("status_ext"), said.get("message"))
    moment = parse_stamp(str(said.get("timestamp", "")))
    original = said.get("original_url")
    if state == "success" and moment and isinstance(original, str) and is_web_url(original):
        return Captured(original, moment, _count(said.get("http_status")))
    raise ServiceUnavailableError(SERVICE, "the job's status makes no sense.", "Run again later.")


def refusal(fault: SaveFault) -> ServiceError:
    """The exception for a submission that was refused: of this URL, or of whatever the account may send now."""
    hint = f"Try again: {fault.retry}."
    sentence = fault.sentence[:1].lower() + fault.sentence[1:]
    if fault.code in ACCOUNT_WIDE:
        if fault.retry in _TIME_HELPS:
            return AccountThrottledError(SERVICE, sentence, hint, retry_after=fault.retry.seconds)
        return AccountRefusedError(SERVICE, sentence, hint)
    if fault.code == "user-session-limit":
        return ServiceThrottledError(SERVICE, sentence, hint, retry_after=_SESSION_CAP)
    return SaveRefusedError(SERVICE, sentence, hint, retry_after=fault.retry.seconds)


def _refuse_unless_logged_in(reply: Reply) -> None:
    if reply.status in (401, 407):
        raise AccountRefusedError(SERVICE, "it does not accept the keys (HTTP 401).", KEYS_HINT)


def _document(reply: Reply) -> dict[str, Any]:
    try:
        said = reply.json()
    except ValueError as error:
        raise ServiceUnavailableError(SERVICE, "its answer is no JSON.", "Run again later.") from error
    if not isinstance(said, dict):
        raise ServiceUnavailableError(SERVICE, "its answer makes no sense.", "Run again later.")
    return said


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _words(value: object) -> str:
    """The service's own words, fit for a note: printable, one line, not long."""
    text = re.sub(r"<[^>]*>", " ", value) if isinstance(value, str) else ""
    return one_line(text, 300)


def _path_segment(job_id: str) -> str:
    from urllib.parse import quote

    return quote(job_id, safe="")
