"""How many sockets the system lets this process have."""

from __future__ import annotations

import resource
import select

_SPARE = 100  # for what else the process has open
# Idle connections: a list may come back to so many hosts. With TLS one takes 80 kB, and making one a millisecond.
_KEPT = 2048 if hasattr(select, "epoll") else 512  # poll() looks at each, each time


def fitting(jobs: int) -> tuple[int, int]:
    """Raise the limit of open files as far as allowed, and ask for no more sockets than fit.

    Returns:
        The jobs that may be under way, and the idle connections that may be kept open beside them.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _KEPT + 2 * jobs + _SPARE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        except (ValueError, OSError):
            soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return jobs, _KEPT
    free = max(8, soft - _SPARE)
    jobs = max(1, min(jobs, free // 2))
    return jobs, max(1, min(_KEPT, (free - jobs) // 2))
