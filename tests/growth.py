"""How the work of something grows with its size: in processor time, of which the least of a few goes counts."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def growth(work_of: Callable[[int], Callable[[], object]], small: int, times: int = 4) -> float:
    """How many times as long the work of ``times * small`` takes as that of ``small``: 4 if linear, 16 if quadratic."""
    return _least(work_of(times * small)) / _least(work_of(small))


def _least(work: Callable[[], object], goes: int = 3) -> float:
    spent = []
    gc.collect()
    for _ in range(goes):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return max(min(spent), 1e-4)
