"""Save Page Now 2: submit, status, its limits, and every reply that a client has to survive.

Without a script a submit does the real thing: it visits the world's current answer and holds it. :class:`SaveReply`
scripts anything else, one reply for each submit of a URL.
"""

from __future__ import annotations

import re
import threading
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import Any

from citekeeper.sandbox.messages import Answer, Fault, FaultKind, Request, Response
from citekeeper.sandbox.wayback.crawler import Crawler, Web, failure, message_for, success
from citekeeper.sandbox.wayback.holdings import Held, Holdings
from citekeeper.urls import host_of, is_web_url

STATUS_KEPT = timedelta(hours=1)


class SaveKind(StrEnum):
    """How a submit goes."""

    ACCEPTED = "accepted"  # as if nothing were scripted
    REFUSED = "refused"  # 200 with status_ext and message, no job
    MESSAGE = "message"  # 200 with nothing but a message, e.g. the session cap
    DELAYED = "delayed"  # accepted, but the job starts only after ``seconds``
    JOB_ERROR = "job-error"  # accepted; the job ends in status_ext
    LOST = "lost"  # accepted; the job is pending for ever
    LATE_REPLAY = "late-replay"  # success, but index and replay learn of it only after ``seconds``
    TIMEOUT_BUT_CAPTURED = "timeout-but-captured"  # 523, and yet the capture is made
    CUT_BUT_CAPTURED = "cut-but-captured"  # the connection dies before the answer, and yet the capture is made


SESSION_CAP = (
    "You have already reached the limit of active Save Page Now sessions. Please wait for a minute and then try again."
)


@dataclass(frozen=True, slots=True)
class SaveReply:
    """One scripted reply to a submit. ``status_ext`` is without its prefix ``error:``."""

    kind: SaveKind
    status_ext: str = ""
    message: str = ""
    seconds: float = 0.0

    @classmethod
    def refused(cls, status_ext: str, message: str = "") -> SaveReply:
        """A refusal inside a 200."""
        return cls(SaveKind.REFUSED, status_ext, message)

    @classmethod
    def session_cap(cls) -> SaveReply:
        """The sentence on too many active sessions, and nothing else."""
        return cls(SaveKind.MESSAGE, message=SESSION_CAP)

    @classmethod
    def job_error(cls, status_ext: str, message: str = "") -> SaveReply:
        """A job that is accepted and fails."""
        return cls(SaveKind.JOB_ERROR, status_ext, message)

    @classmethod
    def delayed(cls, seconds: float) -> SaveReply:
        """A job that starts only later."""
        return cls(SaveKind.DELAYED, seconds=seconds)

    @classmethod
    def lost(cls) -> SaveReply:
        """A job that stays pending."""
        return cls(SaveKind.LOST)

    @classmethod
    def late_replay(cls, seconds: float) -> SaveReply:
        """A success that cannot be replayed yet."""
        return cls(SaveKind.LATE_REPLAY, seconds=seconds)

    @classmethod
    def timeout_but_captured(cls) -> SaveReply:
        """Cloudflare's 523, although the capture is made."""
        return cls(SaveKind.TIMEOUT_BUT_CAPTURED)

    @classmethod
    def cut_but_captured(cls) -> SaveReply:
        """A reset in place of the answer, although the capture is made."""
        return cls(SaveKind.CUT_BUT_CAPTURED)


TOO_MANY_REQUESTS = Response.html(
    "<html>\n<head><title>429 Too Many Requests</title></head>\n"
    "<body>\n<center><h1>429 Too Many Requests</h1></center>\n<hr><center>nginx</center>\n</body>\n</html>\n",
    429,
)
_UNAUTHORIZED = Response.json({"message": "You need to be logged in to use Save Page Now."}, 401)
_SAVE_FORM = (
    "<!DOCTYPE html>\n<html><head><title>Save Page Now</title></head><body>"
    '<form method="post" action="/save"><input name="url"><button>Save page</button></form></body></html>\n'
)


@dataclass(slots=True)
class _Job:
    id: str
    url: str
    submitted_at: datetime
    done_at: datetime | None  # None: never
    outcome: dict[str, Any] = field(default_factory=dict)
    polls: int = 0


class SavePageNow:
    """The service behind ``/save``.

    Attributes:
        keys: access and secret keys that are accepted; the first pair is the one staged in Sandbox.environ.
        job_seconds: how long a job takes; at its third status poll it is done at the latest, so that a clock that
            stands still keeps nobody waiting for ever.
        sessions: how many jobs may be under way at once.
        submits_per_minute: more are a 429.
        captures_a_day: how many new captures one URL may have within 24 hours.
        daily_limit: how many captures an account may have within 24 hours.
        keyless_per_minute: how many of those a minute may be tried.
        keyless_open: whether ``GET /save/<url>`` works for once; mostly it is a 429.
        system_status: what ``/save/status/system`` says; None: it is a 502.
    """

    def __init__(self, web: Web, holdings: Holdings) -> None:
        self._web = web
        self._holdings = holdings
        self._crawler = Crawler(web, holdings)
        self._lock = threading.RLock()
        self._jobs: dict[str, _Job] = {}
        self._scripts: defaultdict[str, deque[SaveReply | Answer]] = defaultdict(deque)
        self._submits: deque[datetime] = deque()
        self.keys: list[tuple[str, str]] = [("sandbox-access-key", "sandbox-secret-key")]
        self.blocked_hosts: set[str] = set()
        self.job_seconds = 0.2
        self.sessions = 12
        self.submits_per_minute = 7
        self.captures_a_day = 5
        self.daily_limit = 30_000
        self.keyless_open = False
        self.keyless_per_minute = 3
        self.system_status: str | None = "ok"

    def script(self, url: str, replies: Sequence[SaveReply | Answer]) -> None:
        """Queue replies for the next submits of ``url``; a Response or Fault among them is sent as it is."""
        with self._lock:
            self._scripts[url].extend(replies)

    # ── the routes ──────────────────────────────────────────────────────────────────────────────────────────────────

    def answer(self, request: Request) -> Answer:
        """Answer a request whose path begins with ``/save``."""
        rest = request.url.partition("/save")[2].lstrip("/")
        with self._lock:
            if rest.partition("?")[0].startswith("status"):
                return self._status(request, rest.partition("?")[0].removeprefix("status").strip("/"))
            if request.method == "POST":
                return self._post(request, rest)
            return self._keyless(rest) if rest and not rest.startswith("?") else Response.html(_SAVE_FORM)

    def _post(self, request: Request, rest: str) -> Answer:
        url = request.form.get("url") or rest
        if not self._is_authorized(request):
            return _UNAUTHORIZED
        now = self._web.clock.now()
        while self._submits and now - self._submits[0] >= timedelta(minutes=1):
            self._submits.popleft()
        if len(self._submits) >= self.submits_per_minute:
            return TOO_MANY_REQUESTS
        self._submits.append(now)
        if self._scripts[url]:
            return self._scripted(url, request.form, self._scripts[url].popleft())
        return self._submit(url, request.form)

    def _is_authorized(self, request: Request) -> bool:
        scheme, _, credentials = request.headers.get("authorization").partition(" ")
        return scheme == "LOW" and tuple(credentials.strip().split(":", 1)) in self.keys

    def _keyless(self, url: str) -> Answer:
        if self._scripts[url]:
            reply = self._scripts[url].popleft()
            if not isinstance(reply, SaveReply):
                return reply
        now = self._web.clock.now()
        lately = [moment for moment in self._submits if now - moment < timedelta(minutes=1)]
        if not self.keyless_open or not is_web_url(url) or len(lately) >= self.keyless_per_minute:
            return TOO_MANY_REQUESTS
        self._submits.append(now)
        outcome = self._crawler.visit(url, capture_all=False)
        if outcome["status"] != "success":
            return Response.html(f"<html><body><p>{outcome['message']}</p></body></html>", 520)
        place = f"/web/{outcome['timestamp']}/{outcome['original_url']}"
        return Response.redirect(f"https://web.archive.org{place}", 302, (("Content-Location", place),))

    def _status(self, request: Request, what: str) -> Response:
        if what == "system":
            if self.system_status is None:
                return Response.html("<html><head><title>502 Bad Gateway</title></head></html>", 502)
            return Response.json({"status": self.system_status})
        if what == "user":
            return Response.json(self._user_status()) if self._is_authorized(request) else _UNAUTHORIZED
        if what:
            return Response.json(self._job_status(what))
        wanted = [one for one in request.form.get("job_ids", "").split(",") if one]
        return Response.json([self._job_status(one) for one in wanted])

    # ── submitting ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _submit(self, url: str, form: dict[str, str]) -> Response:
        if not is_web_url(url):
            return _refusal("invalid-url-syntax", url)
        if host_of(url) in self.blocked_hosts:
            return _refusal("blocked-url", url)
        reused = self._recent(url, form.get("if_not_archived_within", "1h"))
        if reused is not None:
            return self._reuse(url, reused)
        if self._captured_today() >= self.daily_limit:
            return _refusal("too-many-daily-captures", url, message="You have reached your daily limit of captures.")
        today = self._captured_today(url)
        if today >= self.captures_a_day or url.rstrip("/") == "https://example.com":
            return _refusal("too-many-daily-captures", url, max(today, self.captures_a_day))
        if self._processing() >= self.sessions:
            return Response.json({"message": SESSION_CAP})
        return self._accepted(
            self._start(
                url,
                self._crawler.visit(
                    url,
                    capture_all=form.get("capture_all") in ("1", "on"),
                    delayed=form.get("delay_wb_availability") in ("1", "on"),
                    tells_first=form.get("skip_first_archive") not in ("1", "on"),
                ),
            )
        )

    def _scripted(self, url: str, form: dict[str, str], reply: SaveReply | Answer) -> Answer:
        if not isinstance(reply, SaveReply):
            return reply
        match reply.kind:
            case SaveKind.REFUSED:
                return _refusal(reply.status_ext, url, message=reply.message)
            case SaveKind.MESSAGE:
                return Response.json({"message": reply.message})
            case SaveKind.JOB_ERROR:
                return self._accepted(self._start(url, failure(reply.status_ext, url, reply.message)))
            case SaveKind.LOST:
                job = self._start(url, {})
                job.done_at = None
                return self._accepted(job)
            case SaveKind.DELAYED:
                job = self._start(url, self._crawler.visit(url, after=reply.seconds), after=reply.seconds)
                minutes = max(1, round(reply.seconds / 60))
                return self._accepted(job, f"The capture will start in ~{minutes} minutes because our service is busy.")
            case SaveKind.LATE_REPLAY:
                return self._accepted(self._start(url, self._crawler.visit(url, hidden=reply.seconds)))
            case SaveKind.TIMEOUT_BUT_CAPTURED:
                self._start(url, self._crawler.visit(url))
                return Response.html("<html><head><title>523: Origin is unreachable</title></head></html>", 523)
            case SaveKind.CUT_BUT_CAPTURED:
                self._start(url, self._crawler.visit(url))
                return Fault(FaultKind.RESET)
            case _:
                return self._submit(url, form)

    def _start(self, url: str, outcome: dict[str, Any], *, after: float = 0.0) -> _Job:
        job_id = f"spn2-{self._web.random.getrandbits(160):040x}"
        now = self._web.clock.now()
        job = _Job(job_id, url, now, now + timedelta(seconds=after + self.job_seconds), outcome)
        self._jobs[job_id] = job
        return job

    def _accepted(self, job: _Job, message: str | None = None) -> Response:
        return Response.json({"url": job.url, "job_id": job.id, **({"message": message} if message else {})})

    def _recent(self, url: str, within: str) -> Held | None:
        """The capture that makes a new one needless: made within the time asked for."""
        held = self._holdings.latest_including_hidden(url)
        if held is None or self._web.clock.now() - held.moment >= _duration(within):
            return None
        return held

    def _reuse(self, url: str, held: Held) -> Response:
        made = (job for job in self._jobs.values() if job.outcome.get("timestamp") == held.timestamp and job.url == url)
        job = next(made, None)
        if job is None:
            job = self._start(url, success(held, 0.0, [held.original]))
        minutes = max(0, int((self._web.clock.now() - held.moment).total_seconds() // 60))
        ago = f"{minutes} minute{'' if minutes == 1 else 's'}"
        return self._accepted(
            job,
            f"The same snapshot had been made {ago} ago. You can make new capture of this URL after 1 hour.",
        )

    # ── status ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _job_status(self, job_id: str) -> dict[str, Any]:
        job = self._jobs.get(job_id)
        if job is None or self._web.clock.now() - job.submitted_at > STATUS_KEPT:
            return {"status": "pending", "job_id": job_id, "resources": []}
        job.polls += 1
        if not self._is_done(job):
            return {"status": "pending", "job_id": job_id, "resources": []}
        return {"job_id": job_id, **job.outcome}

    def _is_done(self, job: _Job) -> bool:
        if job.done_at is None:
            return False
        is_long = job.done_at - job.submitted_at > timedelta(seconds=self.job_seconds)  # delayed on purpose
        return self._web.clock.now() >= job.done_at or (job.polls >= 3 and not is_long)

    def _processing(self) -> int:
        return sum(not self._is_done(job) for job in self._since(self._web.clock.now() - STATUS_KEPT))

    def _captured_today(self, url: str | None = None) -> int:
        since = self._web.clock.now() - timedelta(days=1)
        return sum(job.outcome.get("status") == "success" and url in (None, job.url) for job in self._since(since))

    def _since(self, moment: datetime) -> Iterator[_Job]:
        """The jobs submitted after ``moment``, newest first."""
        return takewhile(lambda job: job.submitted_at > moment, reversed(self._jobs.values()))

    def _user_status(self) -> dict[str, int]:
        processing = self._processing()
        return {
            "available": max(0, self.sessions - processing),
            "processing": processing,
            "daily_captures": self._captured_today(),
            "daily_captures_limit": self.daily_limit,
        }


def _refusal(status_ext: str, url: str, count: int = 5, message: str = "") -> Response:
    text = message or message_for(status_ext, url, count)
    return Response.json({"status": "error", "status_ext": f"error:{status_ext}", "message": text})


def _duration(text: str) -> timedelta:
    """``3d 5h 20m`` or a number of seconds; nonsense is the default of one hour."""
    if text.isdigit():
        return timedelta(seconds=int(text))
    found = re.findall(r"(\d+)\s*([dhms])", text)
    names = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
    return sum((timedelta(**{names[unit]: int(number)}) for number, unit in found), timedelta()) or timedelta(hours=1)
