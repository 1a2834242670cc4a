"""Starting and ending the weather server."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from types import TracebackType

from benchmarks.nginx import free_port
from benchmarks.process import end_process, tied_to_parent


class WeatherServer:
    """A running weather server on many loopback addresses; use it as a context manager."""

    def __init__(self, hosts: list[str]) -> None:
        self.hosts, self.port = hosts, free_port()

    def __enter__(self) -> WeatherServer:
        command = [sys.executable, "-m", "benchmarks.weather", str(self.port), *self.hosts]
        self._process = subprocess.Popen(command, preexec_fn=tied_to_parent, stdout=subprocess.PIPE)  # noqa: S603
        assert self._process.stdout is not None
        if self._process.stdout.readline() != b"ready\n":
            raise RuntimeError("the weather server did not start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        end_process(self._process)

    def url(self, host: int, path: str) -> str:
        """The address of ``path`` on one of the hosts."""
        return f"http://{self.hosts[host % len(self.hosts)]}:{self.port}{path}"

    def last_answer(self) -> float:
        """When an ordinary address was answered last, on the monotonic clock."""
        with urllib.request.urlopen(f"http://{self.hosts[0]}:{self.port}/stats", timeout=5) as response:
            return float(json.load(response)["last"])
