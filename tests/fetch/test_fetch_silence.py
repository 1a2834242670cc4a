"""A resolver that is silent altogether is not waited for name by name, and is heard as soon as it says anything."""

from __future__ import annotations

import select
import socket
import time
from datetime import UTC, datetime

from citekeeper.fetch.resolver import Resolver
from citekeeper.model import FailureKind


class _Waiting:
    """A clock that look-ups turn."""

    def __init__(self) -> None:
        self._now = 1000.0

    def monotonic(self) -> float:
        return self._now

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._now, UTC)

    def sleep(self, seconds: float) -> None:
        self._now += seconds


def _ask(resolver: Resolver, names: list[str]) -> None:
    for name in names:
        resolver.ask(name)
    missing, until = set(names), time.monotonic() + 20
    while missing and time.monotonic() < until:
        select.select([resolver.wake_fd], [], [], 1)
        missing -= set(resolver.collect())
    assert not missing


def test_a_thousand_names_do_not_wait_one_by_one() -> None:
    """After a silence of forty seconds the rest is told as failed at the moment, and nothing as dead."""
    clock, asked, speaks = _Waiting(), [], []

    def lookup(host: str) -> list[str]:
        asked.append(host)
        if speaks:
            return ["192.0.2.1"]
        clock.sleep(10)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    resolver = Resolver(clock, lookup, threads=1, failure_lifetime=10_000)
    try:
        names = [f"h{number}.example" for number in range(1000)]
        _ask(resolver, names)
        answers = [resolver.peek(name) for name in names]
        assert {answer.failure for answer in answers if answer} == {FailureKind.DNS_FAILURE}
        assert len(answers) == len(names)
        assert 32 <= len(asked) <= 40
        clock.sleep(2)
        speaks.append(True)
        for name in names:
            resolver.forget_failure(name)
        _ask(resolver, names)
        assert all(answer and answer.addresses for answer in map(resolver.peek, names))
    finally:
        resolver.close()


def test_a_resolver_that_says_it_cannot_help_is_asked_on() -> None:
    """Names whose own servers fail are told quickly, which is no silence: each of them is asked for."""
    clock, asked = _Waiting(), []

    def lookup(host: str) -> list[str]:
        asked.append(host)
        clock.sleep(2)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    resolver = Resolver(clock, lookup, threads=1)
    try:
        _ask(resolver, [f"h{number}.example" for number in range(200)])
        assert len(asked) == 200
    finally:
        resolver.close()


def test_names_whose_own_servers_are_away_are_no_silence() -> None:
    """However many of them come in a row: a name that is there answers, and so the living ones behind are asked for."""
    clock, asked = _Waiting(), []

    def lookup(host: str) -> list[str]:
        asked.append(host)
        if host.endswith(".lame.example"):
            clock.sleep(10)
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return ["192.0.2.1"]

    resolver = Resolver(clock, lookup, threads=1)
    try:
        living = [f"h{number}.example" for number in range(50)]
        _ask(resolver, [f"h{number}.lame.example" for number in range(60)] + living)
        assert len([name for name in asked if name.endswith(".lame.example")]) == 60
        assert all(answer and answer.addresses for answer in map(resolver.peek, living))
    finally:
        resolver.close()
