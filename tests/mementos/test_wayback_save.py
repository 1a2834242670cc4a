"""Saving: submitted, captured, verified are three things, and nothing is sent twice that may have succeeded."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import random
from dataclasses import replace

import pytest

from citekeeper.clock import stamp14
from citekeeper.errors import (
    ServiceError,
    ServiceRefusedError,
    ServiceThrottledError,
)
from citekeeper.mementos import (
    AccountRefusedError,
    AccountThrottledError,
    SaveRefusedError,
    SubmissionUnknownError,
)
from citekeeper.mementos.statuses import SAVE_FAULTS, Retry, save_fault
from citekeeper.mementos.wayback import Wayback
from citekeeper.model import Memento, MementoState

from .loopback import Answer, FakeClock, Internet, Request

URL = "https://news.test/story"
JOB = "spn2-" + "0123456789" * 4
ACCESS, SECRET = "accesskeyaccess", "secretkeysecret"
CAPTURED_AT = "20261120120005"
HTTP_DATE = "Fri, 20 Nov 2026 12:00:05 GMT"
DOCUMENTED = (
    "bad-gateway bad-request bandwidth-limit-exceeded blocked blocked-client-ip blocked-url browsing-timeout "
    "capture-location-error cannot-fetch celery filesize-limit ftp-access-denied gateway-timeout "
    "http-version-not-supported internal-server-error invalid-url-syntax invalid-server-response "
    "invalid-host-resolution job-failed method-not-allowed not-implemented no-browsers-available "
    "network-authentication-required no-access not-found proxy-error protocol-error read-timeout "
    "soft-time-limit-exceeded service-unavailable too-many-daily-captures too-many-redirects too-many-requests "
    "user-session-limit unauthorized max-daily-bandwidth max-daily-bandwidth-from-ip max-daily-bandwidth-host "
    "no-captures too-many-daily-captures-host redis-error invalid-url forbidden"
)


def said(document: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(document).encode(), {"Content-Type": "application/json"})


USER = {"available": 3, "processing": 0, "daily_captures": 0, "daily_captures_limit": 30000}
SUCCESS = {"status": "success", "job_id": JOB, "original_url": URL, "timestamp": CAPTURED_AT, "duration_sec": 4.1}
PENDING = {"status": "pending", "job_id": JOB, "resources": []}
PAGE = Answer(200, b"<html>kept</html>", {"memento-datetime": HTTP_DATE})


class SavePageNow:
    """Each list is used up in order; its last entry stays."""

    def __init__(self) -> None:
        self.user = [said(USER)]
        self.submit = [said({"url": URL, "job_id": JOB})]
        self.status = [said(SUCCESS)]
        self.replay = [PAGE]
        self.cdx = [Answer(200, b"")]
        self.seen: dict[str, list[Request]] = {"user": [], "submit": [], "status": [], "replay": [], "cdx": []}

    def __call__(self, request: Request) -> Answer:
        if request.path == "/save/status/user":
            return self._next("user", request)
        if request.path.startswith("/save/status/"):
            return self._next("status", request)
        if request.path == "/save" and request.method == "POST":
            return self._next("submit", request)
        if request.path.startswith("/web/"):
            return self._next("replay", request)
        if request.path == "/cdx/search/cdx":
            return self._next("cdx", request)
        return Answer(404)

    def _next(self, name: str, request: Request) -> Answer:
        self.seen[name].append(request)
        answers: list[Answer] = getattr(self, name)
        return answers.pop(0) if len(answers) > 1 else answers[0]


@pytest.fixture
def service(internet: Internet) -> SavePageNow:
    double = SavePageNow()
    internet.app = double
    return double


@pytest.fixture
def machine(internet: Internet, clock: FakeClock) -> Wayback:
    return Wayback(internet.network(), clock, access_key=ACCESS, secret_key=SECRET, rng=random.Random(1))


@pytest.fixture
def keyless(internet: Internet, clock: FakeClock) -> Wayback:
    return Wayback(internet.network(), clock)


def test_a_save_goes_through_its_three_states(service: SavePageNow, machine: Wayback) -> None:
    """Submitted with a job, captured with its time, verified by replay of exactly that capture."""
    service.status = [said(PENDING), said(PENDING), said(SUCCESS)]
    submitted = machine.save(URL)
    assert (submitted.state, submitted.job_id, submitted.datetime) == (MementoState.SUBMITTED, JOB, None)
    captured = machine.poll(submitted)
    assert captured.state is MementoState.CAPTURED
    assert captured.uri == f"https://web.archive.org/web/{CAPTURED_AT}/{URL}"
    assert captured.job_id == JOB
    verified = machine.verify(captured)
    assert verified == replace(captured, state=MementoState.VERIFIED)
    assert service.seen["replay"][0].path == f"/web/{CAPTURED_AT}id_/{URL}"


def test_what_is_sent(service: SavePageNow, machine: Wayback) -> None:
    """The form, the key as LOW, and a preflight that costs nothing; the key goes nowhere else."""
    machine.verify(machine.poll(machine.save(URL)))
    request = service.seen["submit"][0]
    assert request.form == {
        "url": URL,
        "if_not_archived_within": "3600",
        "skip_first_archive": "1",
        "js_behavior_timeout": "10",
    }
    assert request.headers["authorization"] == f"LOW {ACCESS}:{SECRET}"
    assert request.headers["accept"] == "application/json"
    assert service.seen["user"][0].query.keys() == {"_t"}
    assert "authorization" not in service.seen["replay"][0].headers


def test_without_keys_nothing_is_sent(service: SavePageNow, keyless: Wayback, internet: Internet) -> None:
    """The refusal names the variables to set."""
    with pytest.raises(ServiceRefusedError, match="needs keys") as caught:
        keyless.save(URL)
    assert "WAYBACK_ACCESS_KEY" in caught.value.hint
    assert not internet.log


@pytest.mark.parametrize("key", ["with space", "with:colon", "line\nbreak", "ключ", "x" * 300])
def test_a_malformed_key_is_refused_without_being_shown(internet: Internet, clock: FakeClock, key: str) -> None:
    """A key that could break a header never reaches one, nor a message."""
    with pytest.raises(ServiceRefusedError) as caught:
        Wayback(internet.network(), clock, access_key="fine", secret_key=key)
    assert key not in str(caught.value) + repr(caught.value)


def test_keys_are_in_no_repr_and_no_pickle(machine: Wayback) -> None:
    """Nothing that prints or stores the object gives the keys away."""
    for thing in (machine, machine._spn2, machine._spn2.keys if machine._spn2 else None):
        assert SECRET not in repr(thing)
        assert SECRET not in str(thing)
    assert machine._spn2 is not None
    with pytest.raises(TypeError):
        pickle.dumps(machine._spn2.keys)


def test_a_reused_capture_is_noted(service: SavePageNow, machine: Wayback) -> None:
    """“The same snapshot had been made …” is a success with a note."""
    words = "The same snapshot had been made 2 minutes ago. You can make new capture of this URL after 1 hour."
    service.submit = [said({"url": URL, "job_id": JOB, "message": words})]
    captured = machine.poll(machine.save(URL))
    assert captured.state is MementoState.CAPTURED
    assert captured.note is not None
    assert "same snapshot" in captured.note


def test_a_delayed_capture_stays_submitted(service: SavePageNow, machine: Wayback) -> None:
    """“The capture will start in … minutes” is no failure, with or without a job."""
    words = "The capture will start in ~5 minutes because our service is currently overloaded."
    service.submit = [said({"url": URL, "message": words}), said({"url": URL, "job_id": JOB, "message": words})]
    assert machine.save(URL).state is MementoState.SUBMITTED
    again = machine.save(URL)
    assert (again.state, again.job_id) == (MementoState.SUBMITTED, JOB)
    assert again.note is not None
    assert "5 minutes" in again.note


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (
            said({"status": "error", "status_ext": "error:too-many-daily-captures", "message": "x"}),
            SaveRefusedError,
        ),
        (
            said({"status": "error", "status_ext": "error:max-daily-bandwidth", "message": "x"}),
            AccountThrottledError,
        ),
        (
            said({"status": "error", "status_ext": "error:blocked-client-ip", "message": "x"}),
            AccountRefusedError,
        ),
        (
            said({"status": "error", "status_ext": "error:user-session-limit", "message": "x"}),
            ServiceThrottledError,
        ),
        (said({"status": "error", "status_ext": "error:blocked-url", "message": "x"}), ServiceRefusedError),
        (said({"status": "error", "status_ext": "error:brand-new", "message": "Odd."}), ServiceRefusedError),
        (said({"status": "error"}), ServiceRefusedError),
        (said({"message": "You need to be logged in to use Save Page Now."}, 401), ServiceRefusedError),
        (said({"message": "x"}, 400), ServiceRefusedError),
        (Answer(429, b"", {"Retry-After": "4000"}), ServiceThrottledError),
    ],
)
def test_refusals_even_with_http_200(
    service: SavePageNow, machine: Wayback, answer: Answer, error: type[ServiceError]
) -> None:
    """Every refusal is an error of its kind, asked once."""
    service.submit = [answer]
    with pytest.raises(error):
        machine.save(URL)
    assert len(service.seen["submit"]) == 1


def test_the_session_cap_is_a_throttle(service: SavePageNow, machine: Wayback) -> None:
    """A cap that is only a message is recognised: nothing was submitted, and a minute later it may be tried again."""
    words = (
        "You have already reached the limit of active Save Page Now sessions. Please wait for a minute and try again."
    )
    service.submit = [said({"message": words}), said({"url": URL, "job_id": JOB})]
    with pytest.raises(ServiceThrottledError) as caught:
        machine.save(URL)
    assert caught.value.retry_after == 60
    assert machine.save(URL).job_id == JOB


def test_a_save_is_told_before_it_is_sent(service: SavePageNow, machine: Wayback) -> None:
    """What is written down before the request keeps its name when the archive has named the job."""
    told: list[tuple[Memento, int]] = []
    submitted = machine.save(URL, lambda memento: told.append((memento, len(service.seen["submit"]))))
    ((before, sent),) = told
    assert (before.state, sent) == (MementoState.SUBMITTED, 0)
    assert before.request == submitted.request == before.job_id
    assert submitted.job_id == JOB
    verified = machine.verify(machine.poll(submitted))
    assert (verified.state, verified.request) == (MementoState.VERIFIED, before.request)


@pytest.mark.parametrize(
    ("user", "error"),
    [
        (said({**USER, "daily_captures": 30000}), ServiceThrottledError),
        (said({**USER, "available": 0}), ServiceThrottledError),
        (said({"message": "You need to be logged in"}, 401), ServiceRefusedError),
    ],
)
def test_the_preflight_stops_what_cannot_succeed(
    service: SavePageNow, machine: Wayback, user: Answer, error: type[ServiceError]
) -> None:
    """No submission is spent when the account has no room."""
    service.user = [user]
    with pytest.raises(error):
        machine.save(URL, lambda _memento: pytest.fail("nothing is sent"))
    assert not service.seen["submit"]


@pytest.mark.parametrize("user", [Answer(502), Answer(200, b"<html>"), said([])])
def test_without_a_preflight_the_submission_tells(service: SavePageNow, machine: Wayback, user: Answer) -> None:
    """A preflight that fails says nothing about room: it is asked twice, and the save goes on."""
    service.user = [user]
    assert machine.save(URL).job_id == JOB
    assert len(service.seen["user"]) == 2


@pytest.mark.parametrize(
    "answer",
    [
        Answer(523, b"<html>origin is unreachable"),
        Answer(504),
        Answer(200, b"<html>"),
        Answer(200, b"[]"),
        said({"url": URL}),
        Answer(raw=lambda sock: sock.close()),
    ],
    ids=["523", "504", "html", "list", "no job", "cut"],
)
def test_after_an_unknown_outcome_the_archive_is_looked_at(
    service: SavePageNow, machine: Wayback, clock: FakeClock, answer: Answer
) -> None:
    """523 and silence may hide a success: nothing is resubmitted, and the record finds the capture later."""
    service.submit = [answer]
    with pytest.raises(SubmissionUnknownError) as caught:
        machine.save(URL)
    assert len(service.seen["submit"]) == 1
    memento = caught.value.memento
    assert memento.state is MementoState.SUBMITTED
    assert str(memento.job_id).startswith("unanswered-20261120120000-")
    assert machine.poll(memento).state is MementoState.SUBMITTED
    service.cdx = [Answer(503)]
    assert machine.poll(memento).state is MementoState.SUBMITTED
    stamp = stamp14(clock.now())
    service.cdx = [Answer(200, f"test,news)/story {stamp} {URL} text/html 200 {'A' * 32} 10\n".encode())]
    found = machine.poll(memento)
    assert (found.state, found.uri) == (MementoState.CAPTURED, f"https://web.archive.org/web/{stamp}/{URL}")
    assert found.job_id == memento.job_id
    assert not service.seen["status"]


def test_an_endless_pending_stays_submitted(service: SavePageNow, machine: Wayback, clock: FakeClock) -> None:
    """Two minutes by the clock, then the job is left for the next run."""
    service.status = [said(PENDING)]
    submitted = machine.save(URL)
    began = clock.monotonic()
    left = machine.poll(submitted)
    assert (left.state, left.job_id) == (MementoState.SUBMITTED, JOB)
    assert 60 <= clock.monotonic() - began <= 120
    assert 5 <= len(service.seen["status"]) <= 30


def test_an_old_job_is_looked_for_in_the_archive(
    service: SavePageNow, machine: Wayback, keyless: Wayback, clock: FakeClock
) -> None:
    """After its hour a job answers “pending” for ever: CDX decides, and after a day it has failed."""
    submitted = machine.save(URL)
    clock.pass_time(2 * 3600)
    assert machine.poll(submitted).state is MementoState.SUBMITTED
    assert keyless.poll(submitted).state is MementoState.SUBMITTED
    assert not service.seen["status"]
    clock.pass_time(24 * 3600)
    failed = machine.poll(submitted)
    assert failed.state is MementoState.FAILED
    assert failed.note is not None
    assert "asked for again" in failed.note


def test_polling_survives_a_flapping_service(service: SavePageNow, machine: Wayback) -> None:
    """502, silence and garbage between the answers do no harm."""
    service.status = [
        Answer(502),
        Answer(raw=lambda sock: sock.close()),
        Answer(200, b"<html>"),
        Answer(429, b"", {"Retry-After": "10"}),
        said({"status": "success", "timestamp": "nonsense"}),
        said(SUCCESS),
    ]
    assert machine.poll(machine.save(URL)).state is MementoState.CAPTURED


def test_a_failed_job_says_why_and_when_to_try(service: SavePageNow, machine: Wayback) -> None:
    """The code becomes a sentence and advice."""
    service.status = [said({"status": "error", "status_ext": "error:no-access", "message": "x", "resources": []})]
    failed = machine.poll(machine.save(URL))
    assert failed.state is MementoState.FAILED
    assert failed.note is not None
    assert "does not let the archive in" in failed.note


def test_a_redirected_capture_is_noted(service: SavePageNow, machine: Wayback) -> None:
    """What was kept is named where it is not what was asked for."""
    service.status = [said({**SUCCESS, "original_url": "https://news.test/", "http_status": 404})]
    captured = machine.poll(machine.save(URL))
    assert captured.uri == f"https://web.archive.org/web/{CAPTURED_AT}/https://news.test/"
    assert captured.note is not None
    assert "redirected" in captured.note
    assert "404" in captured.note


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            Answer(302, b"", {"Location": "/web/20200101000000id_/x", "x-archive-redirect-reason": "x"}),
            "another capture",
        ),
        (Answer(404, b"never"), "without a memento"),
        (Answer(200, b"x"), "without a memento"),
        (Answer(200, b"x", {"memento-datetime": "Wed, 01 Jan 2020 00:00:00 GMT"}), "replays another capture"),
        (Answer(200, b"x", {"memento-datetime": "yesterday"}), "no valid time"),
        (Answer(404, b"x", {"memento-datetime": HTTP_DATE}), "HTTP 404"),
        (Answer(429, b"x", {"memento-datetime": HTTP_DATE}), "HTTP 429"),
        (Answer(200, b"", {"memento-datetime": HTTP_DATE}), "empty"),
        (Answer(403, b"Blocked Site Error"), "withholds"),
        (Answer(429, b"slow"), "429"),
        (Answer(503), "503"),
    ],
)
def test_what_does_not_replay_is_not_verified(
    service: SavePageNow, machine: Wayback, answer: Answer, words: str
) -> None:
    """Only 200, 203 or 206 with exactly this memento's datetime proves it."""
    service.replay = [answer]
    captured = machine.poll(machine.save(URL))
    kept = machine.verify(captured)
    assert kept.state is MementoState.CAPTURED
    assert kept.note is not None
    assert words in kept.note


def test_a_fresh_capture_may_need_a_moment(service: SavePageNow, machine: Wayback) -> None:
    """A redirect to an older capture at first, the right one later."""
    service.replay = [Answer(302, b"", {"Location": "/web/2020id_/x"}), Answer(404), PAGE]
    assert machine.verify(machine.poll(machine.save(URL))).state is MementoState.VERIFIED


def test_a_found_memento_can_be_verified(service: SavePageNow, keyless: Wayback) -> None:
    """Verification needs no keys; what is not there yet or has failed is left alone."""
    found = Memento("wayback", f"https://web.archive.org/web/{CAPTURED_AT}/{URL}", MementoState.FOUND, distance_days=3)
    verified = keyless.verify(found)
    assert (verified.state, verified.distance_days) == (MementoState.VERIFIED, 3)
    failed = replace(found, state=MementoState.FAILED)
    assert keyless.verify(failed) is failed
    strange = replace(found, uri="https://elsewhere.test/")
    assert keyless.verify(strange).state is MementoState.FOUND
    assert keyless.poll(found) is found


def test_a_large_memento_is_not_read_whole(service: SavePageNow, keyless: Wayback) -> None:
    """The head of the body is enough."""
    service.replay = [Answer(200, b"x" * 3_000_000, {"memento-datetime": HTTP_DATE})]
    found = Memento("wayback", f"https://web.archive.org/web/{CAPTURED_AT}/{URL}", MementoState.FOUND)
    assert keyless.verify(found).state is MementoState.VERIFIED


def test_seven_submissions_a_minute(service: SavePageNow, machine: Wayback, clock: FakeClock) -> None:
    """In simulated time no minute holds more than seven."""
    times: list[dt.datetime] = []
    for number in range(30):
        machine.save(f"{URL}/{number}")
        times.append(clock.now())
    assert all((later - earlier).total_seconds() >= 60 for earlier, later in zip(times, times[7:], strict=False))


def test_every_documented_code_has_a_sentence() -> None:
    """No documented or observed `status_ext` is unknown, with or without its prefix."""
    for code in DOCUMENTED.split():
        fault = save_fault(f"error:{code}")
        assert fault is save_fault(code)
        assert fault.retry is not Retry.UNKNOWN
        assert fault.sentence.endswith(".")
    assert set(SAVE_FAULTS) == set(DOCUMENTED.split())


@pytest.mark.parametrize("code", [None, 7, "", "error:", "error:new\x1b[31m", ["x"]])
def test_an_unknown_code_is_not_retried_now(code: object) -> None:
    """Unknown codes, and what is no code at all, are quoted without control characters."""
    fault = save_fault(code, "words\x07")
    assert fault.retry is Retry.UNKNOWN
    assert fault.note.isprintable()
