"""An archive of ten years: what is done with one citation is let go of before the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from citekeeper.archive import verify
from citekeeper.archive.manifest import Manifest
from citekeeper.archive.verify_order import check_order
from citekeeper.model import Event

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class _History(tuple[Event, ...]):
    """Events that know when they go."""

    alive = 0

    def __del__(self) -> None:
        _History.alive -= 1


class _Histories(Mapping[str, Sequence[Event]]):
    """Histories made when they are asked for; knows how many are alive at most."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = ids
        self.most = 0

    def __getitem__(self, name: str) -> Sequence[Event]:
        _History.alive += 1
        self.most = max(self.most, _History.alive)
        return _History([Event(name, NOON, "check")])

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, name: object) -> bool:
        return name in self._ids


def test_verify_holds_one_history_at_a_time(tmp_path: Path) -> None:
    """Histories are asked for in their turn and not kept: those of ten years and all citations fill any memory."""
    ids = [f"c{number}" for number in range(12)]
    for name in ids:
        (tmp_path / name).mkdir()
    histories = _Histories(ids)
    assert verify(tmp_path, ids, histories) == []
    assert histories.most <= 2


class _Hashes(tuple[str, ...]):
    """The hashes that a manifest names; counts how often they are gone through."""

    looked = 0

    def __iter__(self) -> Iterator[str]:
        _Hashes.looked += 1
        return super().__iter__()


def test_the_order_of_merged_branches_is_found_in_one_pass() -> None:
    """Where hundreds of captures of merged branches are followed by as many, each is looked at a few times."""
    count = 60
    first = [f"{number:064x}" for number in range(count)]
    second = [f"{number:064x}" for number in range(count, 2 * count)]
    folders = {
        sha256: [
            Manifest(Path(sha256) / "manifest.json", 0, sha256, previous=_Hashes(first if sha256 in second else ()))
        ]
        for sha256 in [*reversed(second), *first]
    }
    _Hashes.looked = 0
    assert list(check_order(folders)) == []
    assert _Hashes.looked <= 8 * count
