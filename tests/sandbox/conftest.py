"""A sandbox for each test, an HTTP client led through it, and a clock that only moves when told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import requests

from citekeeper.sandbox import Sandbox, World


class HandClock:
    """Time that stands still until somebody sleeps or moves it."""

    def __init__(self) -> None:
        self._now = datetime(2022, 5, 2, 9, 30, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._now.timestamp()

    def sleep(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def world(clock: HandClock) -> World:
    return World(clock=clock, seed=7)


@pytest.fixture
def sandbox(world: World) -> Iterator[Sandbox]:
    with Sandbox(world, lifetime=60) as running:
        yield running


@pytest.fixture
def http(sandbox: Sandbox) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        session.proxies = {"http": sandbox.proxy_url, "https": sandbox.proxy_url}
        session.verify = sandbox.ca_file
        session.request = _with_timeout(session.request)  # type: ignore[method-assign]
        yield session


@pytest.fixture
def led(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """The sandbox, with this process's environment leading unmodified clients into it."""
    for name, value in sandbox.environ.items():
        monkeypatch.setenv(name, value)
    return sandbox


def _with_timeout(request: Callable[..., requests.Response]) -> Callable[..., requests.Response]:
    def bounded(*args: object, **named: object) -> requests.Response:
        named.setdefault("timeout", 10)
        return request(*args, **named)

    return bounded
