"""Every reply that the Internet Archive is known to give, played by the sandbox's double and met by the client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from citekeeper.errors import ServiceError, ServiceThrottledError, ServiceUnavailableError
from citekeeper.mementos import (
    AccountRefusedError,
    AccountThrottledError,
    SaveRefusedError,
    SubmissionUnknownError,
    spn2,
)
from citekeeper.mementos.statuses import SAVE_FAULTS
from citekeeper.mementos.wayback import Wayback
from citekeeper.model import LookupOutcome, Memento, MementoState
from citekeeper.network import Network
from citekeeper.sandbox import Sandbox, World
from citekeeper.sandbox.messages import Fault, FaultKind, Response
from citekeeper.sandbox.wayback import OFFLINE, RESET, TOO_MANY_REQUESTS, SaveReply

from .loopback import FakeClock

URL = "https://news.test/story"
OLD = "20200101000000"


@pytest.fixture
def world(clock: FakeClock) -> World:
    world = World(clock=clock)
    world.page(URL, "<title>Story</title><h1>Story</h1>")
    return world


@pytest.fixture
def sandbox(world: World) -> Iterator[Sandbox]:
    with Sandbox(world) as sandbox:
        yield sandbox


@pytest.fixture
def network(sandbox: Sandbox) -> Network:
    return Network(https_proxy=sandbox.proxy_url, http_proxy=sandbox.proxy_url, ca_bundle=sandbox.ca_file)


@pytest.fixture
def machine(world: World, network: Network, clock: FakeClock) -> Wayback:
    access, secret = world.wayback.keys[0]
    return Wayback(network, clock, access_key=access, secret_key=secret)


def saved(machine: Wayback) -> Memento:
    """The whole way of a save."""
    return machine.verify(machine.poll(machine.save(URL)))


SUBMITS: dict[str, tuple[SaveReply | Response | Fault, type[ServiceError]]] = {
    "session cap, only a message": (SaveReply.session_cap(), ServiceThrottledError),
    "429": (TOO_MANY_REQUESTS, ServiceThrottledError),
    "daily captures of the URL": (SaveReply.refused("too-many-daily-captures"), SaveRefusedError),
    "daily bandwidth of the account": (SaveReply.refused("max-daily-bandwidth"), AccountThrottledError),
    "address blocked": (SaveReply.refused("blocked-client-ip"), AccountRefusedError),
    "a code nobody knows": (SaveReply.refused("brand-new", "Odd."), SaveRefusedError),
    "not logged in": (
        Response.json({"message": "You need to be logged in to use Save Page Now."}, 401),
        AccountRefusedError,
    ),
    "523 and captured": (SaveReply.timeout_but_captured(), SubmissionUnknownError),
    "cut and captured": (SaveReply.cut_but_captured(), SubmissionUnknownError),
    "502": (Response.html("<title>502 Bad Gateway</title>", 502), SubmissionUnknownError),
    "503": (OFFLINE, SubmissionUnknownError),
    "reset": (RESET, SubmissionUnknownError),
    "silence": (Fault(FaultKind.HANG), SubmissionUnknownError),
    "no JSON": (Response.html("<title>Wayback Machine</title>"), SubmissionUnknownError),
    "JSON without sense": (Response.json({"url": URL}), SubmissionUnknownError),
}


@pytest.mark.parametrize("name", SUBMITS)
def test_a_submit_that_is_not_taken(
    name: str, world: World, machine: Wayback, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is the error that says what to do, and is sent once."""
    monkeypatch.setattr(spn2, "_SUBMIT_DEADLINE", 0.5)
    reply, error = SUBMITS[name]
    world.wayback.script(URL, [reply])
    with pytest.raises(error):
        machine.save(URL)
    assert sum(request.method == "POST" for request in sandbox.log) == 1


@pytest.mark.parametrize("reply", [SaveReply.timeout_but_captured(), SaveReply.cut_but_captured()], ids=str)
def test_what_was_taken_all_the_same_is_found(
    reply: SaveReply, world: World, machine: Wayback, clock: FakeClock
) -> None:
    """While the index flaps it stays submitted; when it shows the capture, that is verified."""
    world.wayback.script(URL, [reply])
    with pytest.raises(SubmissionUnknownError) as caught:
        machine.save(URL)
    world.wayback.index_misses(URL, times=1)
    world.wayback.trouble("cdx", OFFLINE)
    assert [machine.poll(caught.value.memento).state for _ in range(2)] == [MementoState.SUBMITTED] * 2
    found = machine.poll(caught.value.memento)
    assert machine.verify(found).state is MementoState.VERIFIED


def test_reused_within_the_hour(world: World, machine: Wayback, clock: FakeClock) -> None:
    """“The same snapshot had been made …” leads to that snapshot."""
    first = saved(machine)
    clock.pass_time(600)
    second = saved(machine)
    assert (second.state, second.uri) == (MementoState.VERIFIED, first.uri)
    assert "The same snapshot had been made 10 minutes ago" in str(second.note)


def test_delayed_and_lost_jobs(world: World, machine: Wayback, clock: FakeClock) -> None:
    """A delayed job is captured later; one that is pending for ever is looked for, and given up after a day."""
    world.wayback.script(URL, [SaveReply.delayed(300), SaveReply.lost()])
    delayed = machine.save(URL)
    assert "capture will start in" in str(delayed.note)
    assert machine.poll(delayed).state is MementoState.SUBMITTED
    clock.pass_time(300)
    assert machine.verify(machine.poll(delayed)).state is MementoState.VERIFIED
    clock.pass_time(7200)
    lost = machine.save(URL)
    assert machine.poll(lost).state is MementoState.SUBMITTED
    clock.pass_time(25 * 3600)
    assert machine.poll(lost).state is MementoState.FAILED


@pytest.mark.parametrize("code", sorted(SAVE_FAULTS))
def test_every_error_of_a_job(code: str, world: World, machine: Wayback, clock: FakeClock) -> None:
    """A job that fails says why, and from when on it may be asked for again."""
    world.wayback.script(URL, [SaveReply.job_error(code)])
    failed = machine.poll(machine.save(URL))
    assert failed.state is MementoState.FAILED
    assert failed.retry_at is not None
    assert clock.now() + timedelta(minutes=4) < failed.retry_at < clock.now() + timedelta(days=31)


@pytest.mark.parametrize("trouble", [OFFLINE, RESET, TOO_MANY_REQUESTS, Response.html("<p>"), Response.json([])])
def test_a_status_that_flaps(trouble: Response | Fault, world: World, machine: Wayback) -> None:
    """The job is asked for again, and not submitted again."""
    submitted = machine.save(URL)
    world.wayback.trouble("status", trouble, times=2)
    assert machine.poll(submitted).state is MementoState.CAPTURED


def test_the_account_has_no_room(world: World, machine: Wayback, sandbox: Sandbox) -> None:
    """The preflight tells of sessions and the day's captures; nothing is sent."""
    world.wayback.spn.sessions = 0
    with pytest.raises(ServiceThrottledError):
        machine.save(URL)
    world.wayback.spn.sessions, world.wayback.spn.daily_limit = 12, 0
    with pytest.raises(AccountThrottledError):
        machine.save(URL)
    assert not [request for request in sandbox.log if request.method == "POST"]


def test_success_is_not_replayable(world: World, machine: Wayback, clock: FakeClock) -> None:
    """A fresh capture redirects to an older one at first: captured, and verified when it replays."""
    world.wayback.hold(URL, OLD, "<title>Old</title>")
    world.wayback.script(URL, [SaveReply.late_replay(600)])
    captured = machine.verify(machine.poll(machine.save(URL)))
    assert captured.state is MementoState.CAPTURED
    assert "redirects to another capture" in str(captured.note)
    clock.pass_time(600)
    assert machine.verify(captured).state is MementoState.VERIFIED


def test_a_redirected_capture(world: World, machine: Wayback) -> None:
    """What was kept is another URL, and said to be."""
    world.redirect(URL, "https://news.test/elsewhere", 302)
    world.page("https://news.test/elsewhere", "<title>Elsewhere</title>")
    assert "https://news.test/elsewhere" in str(saved(machine).note)


@pytest.mark.parametrize("status", [301, 404, 429])
def test_an_archived_failure_is_no_page(status: int, world: World, machine: Wayback) -> None:
    """A memento with a status of its own replays, and proves nothing."""
    world.wayback.hold(URL, OLD, "x", status=status, headers={"Location": "/"} if status == 301 else {})
    held = Memento("wayback", f"https://web.archive.org/web/{OLD}/{URL}", MementoState.FOUND)
    verified = machine.verify(held)
    assert (verified.state, verified.note) == (MementoState.FOUND, f"The memento shows no page but HTTP {status}.")


LOOKUPS: dict[str, tuple[Callable[[World], None], LookupOutcome]] = {
    "excluded": (lambda world: world.wayback.exclude("news.test"), LookupOutcome.EXCLUDED),
    "503, then service": (lambda world: world.wayback.trouble("cdx", OFFLINE, 2), LookupOutcome.FOUND),
    "429, availability names it": (lambda world: world.wayback.trouble("cdx", TOO_MANY_REQUESTS), LookupOutcome.FOUND),
    "429, availability forgets it": (
        lambda world: (world.wayback.trouble("cdx", TOO_MANY_REQUESTS), world.wayback.false_misses(URL))[0],
        LookupOutcome.FOUND,
    ),
    "refused for a while": (lambda world: world.wayback.refuse(times=1), LookupOutcome.FOUND),
    "down altogether": (lambda world: world.wayback.trouble("all", OFFLINE, None), LookupOutcome.UNKNOWN),
}


@pytest.mark.parametrize("name", LOOKUPS)
def test_a_lookup_under_trouble(name: str, world: World, machine: Wayback) -> None:
    """A refusal or failure is never “not archived”."""
    stage, outcome = LOOKUPS[name]
    world.wayback.hold(URL, OLD, "<title>Old</title>")
    stage(world)
    assert machine.lookup(URL, None).outcome is outcome


KEYLESS: dict[str, tuple[Response | Fault | None, type[ServiceError] | None]] = {
    "a redirect to the capture": (None, None),
    "429": (TOO_MANY_REQUESTS, AccountThrottledError),
    "401": (Response.html("<p>Log in</p>", 401), AccountRefusedError),
    "403": (Response.html("<p>No</p>", 403), SaveRefusedError),
    "520": (Response.html("<p>520</p>", 520), SubmissionUnknownError),
    "a page without an address": (Response.html("<p>Saving</p>"), SubmissionUnknownError),
    "cut": (RESET, SubmissionUnknownError),
}


@pytest.mark.parametrize("name", KEYLESS)
def test_the_form_without_keys(name: str, world: World, network: Network, clock: FakeClock) -> None:
    """Submitted at best; what is claimed beyond that is what the archive replays."""
    world.wayback.spn.keyless_open = True
    reply, error = KEYLESS[name]
    machine = Wayback(network, clock, without_keys=True)
    if reply is not None:
        world.wayback.script(URL, [reply])
    if error is not None:
        with pytest.raises(error):
            machine.save(URL)
        return
    submitted = machine.save(URL)
    assert submitted.state is MementoState.SUBMITTED
    assert "not proven until it replays" in str(submitted.note)
    assert machine.verify(machine.poll(submitted)).state is MementoState.VERIFIED


def test_the_form_takes_three_a_minute(world: World, network: Network, clock: FakeClock) -> None:
    """The client keeps to the pace for those without keys."""
    world.wayback.spn.keyless_open = True
    machine = Wayback(network, clock, without_keys=True)
    began = clock.monotonic()
    for number in range(5):
        world.page(f"{URL}/{number}", "<title>Story</title>")
        machine.save(f"{URL}/{number}")
    assert clock.monotonic() - began >= 60


def test_connections_refused_are_no_submission(world: World, machine: Wayback, sandbox: Sandbox) -> None:
    """What never left is a failure of the moment, and may be sent again."""
    world.wayback.refuse(times=3)
    with pytest.raises(ServiceUnavailableError) as caught:
        machine.save(URL)
    assert not isinstance(caught.value, SubmissionUnknownError)
    assert saved(machine).state is MementoState.VERIFIED
