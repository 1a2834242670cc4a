"""How many sockets the system lets this process have."""

from __future__ import annotations

import resource

_SPARE = 100  # for what else the process has open
_WISHED, _ENOUGH = 8, 5  # descriptors for each job: connections that stay open for the next request count too


def fitting(jobs: int) -> tuple[int, int | None]:
    """Raise the limit of open files as far as allowed, and ask for no more sockets than fit.

    Returns:
        The jobs that may be under way, and the connections that may be kept open; None: as many as libcurl likes.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WISHED * jobs + _SPARE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        except (ValueError, OSError):
            soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= _ENOUGH * jobs + _SPARE:
        return jobs, None
    free = max(8, soft - _SPARE)
    jobs = max(1, min(jobs, free // 2))
    return jobs, max(1, free - jobs)
