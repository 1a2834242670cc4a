"""Fixtures over the small internet of the memento tests, loaded by its path: test folders are no one package."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

_NAME = "citekeeper_test_loopback"


def _load() -> ModuleType:
    if _NAME not in sys.modules:
        spec = importlib.util.spec_from_file_location(_NAME, Path(__file__).parents[1] / "mementos" / "loopback.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[_NAME] = module
        spec.loader.exec_module(module)
    return sys.modules[_NAME]


@pytest.fixture(scope="session")
def loopback() -> Any:
    return _load()


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return _load().Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def internet(authority: Any) -> Iterator[Any]:
    world = _load().Internet(authority)
    yield world
    world.close()


@pytest.fixture
def clock() -> Any:
    return _load().FakeClock()
