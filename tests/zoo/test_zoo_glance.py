"""The glance may pass a page only where the whole table of rules would say the same."""

from __future__ import annotations

import random

import pytest

from citekeeper import judge
from citekeeper.clock import SystemClock
from citekeeper.fetch import Engine
from citekeeper.judge import glance
from citekeeper.model import Citation, Exchange, FetchRequest
from citekeeper.network import Network
from citekeeper.sandbox import Sandbox

from .command import scenarios
from .run import CONFIG, stage


@pytest.fixture(scope="module")
def exchanges() -> list[Exchange]:
    """What every page of the zoo answers to a reader who knows nothing of it."""
    animals = [one for one in scenarios() if one.stage is not None]
    with Sandbox(stage(animals)) as sandbox:
        network = Network.from_environ(sandbox.environ)
        with Engine(CONFIG, network, SystemClock(), random.Random(7)) as engine:
            return list(engine.stream(FetchRequest(one.url) for one in animals))


def test_the_glance_never_changes_a_verdict(exchanges: list[Exchange], monkeypatch: pytest.MonkeyPatch) -> None:
    """Same verdict and no probe, with the glance and without, for every page of the zoo as a bare link."""
    bare = Citation("link-1")
    quick = [judge.first_look(exchange, bare, name="q" * 20) for exchange in exchanges]
    passed = [glance.ordinary_host(exchange, bare) for exchange in exchanges]
    monkeypatch.setattr(glance, "ordinary_host", lambda *_: None)
    slow = [judge.first_look(exchange, bare, name="q" * 20) for exchange in exchanges]
    differing = [(one.url, a, b) for one, a, b in zip(exchanges, quick, slow, strict=True) if a != b]
    assert not differing
    assert sum(host is not None for host in passed) > 0, "the glance passes nothing: it is of no use"


def test_the_glance_leaves_known_sources_to_the_table(exchanges: list[Exchange]) -> None:
    """Where a title or a language is known, the page has to be compared with it."""
    for exchange in exchanges:
        assert glance.ordinary_host(exchange, Citation("fn1", title="Something else entirely")) is None
        assert glance.ordinary_host(exchange, Citation("fn1", language="nl")) is None
