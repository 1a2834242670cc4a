"""Fixtures of the memento tests: a small internet on loopback, and a clock that waits in no time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .loopback import Authority, FakeClock, Internet


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def internet(authority: Authority) -> Iterator[Internet]:
    world = Internet(authority)
    yield world
    world.close()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()
