"""An nginx on many loopback addresses, without privileges, that serves the pages and counts what it sends."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType

from benchmarks.pages import PAGE_SIZE, PAGES, TINY_SIZE, write_pages
from benchmarks.process import end_process, tied_to_parent

_CANDIDATES = ("nginx", "/usr/sbin/nginx")
_CONFIG = """\
daemon off;
master_process off;
worker_rlimit_nofile 16384;
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
events {{ worker_connections 8192; }}
http {{
  default_type text/html;
  charset utf-8;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000;
  log_format size '$status $bytes_sent';
  access_log {access_log};
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
{listen}
    root {folder}/pages;
    location ~ "^/(\\d\\d)/" {{ rewrite "^/(\\d\\d)/" /$1.html break; }}
  }}
}}
"""


def find_nginx() -> str | None:
    """The nginx program, or None where none is installed."""
    return next((found for name in _CANDIDATES if (found := shutil.which(name))), None)


def addresses(count: int, second: int = 10) -> list[str]:
    """``count`` different addresses of 127.0.0.0/8, apart from those of other servers by their ``second`` number."""
    return [f"127.{second}.{number // 250}.{number % 250 + 1}" for number in range(count)]


def free_port() -> int:
    """A port that was free a moment ago on 127.0.0.1."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Nginx:
    """A running nginx; use it as a context manager.

    Args:
        folder: for its configuration, pages and logs.
        hosts: the loopback addresses to listen on.
        logs: whether sizes of responses are logged (it costs the server time).
        tiny: whether the pages are of 4 kB instead of 18.
    """

    def __init__(self, folder: Path, hosts: list[str], *, logs: bool = False, tiny: bool = False) -> None:
        self.hosts, self.port = hosts, free_port()
        self.folder = folder
        self._log = folder / "access.log"
        (folder / "pages").mkdir()
        write_pages(folder / "pages", TINY_SIZE if tiny else PAGE_SIZE)
        listen = "\n".join(f"    listen {host}:{self.port} backlog=1024;" for host in hosts)
        access_log = f"{self._log} size" if logs else "off"
        self._config = folder / "nginx.conf"
        self._config.write_text(_CONFIG.format(folder=folder, listen=listen, access_log=access_log))

    def __enter__(self) -> Nginx:
        program = find_nginx()
        assert program is not None
        command = [program, "-p", str(self.folder), "-c", str(self._config)]
        self._process = subprocess.Popen(command, preexec_fn=tied_to_parent, stderr=subprocess.PIPE)  # noqa: S603
        self._wait()
        return self

    def _wait(self) -> None:
        for _ in range(200):
            try:
                socket.create_connection((self.hosts[-1], self.port), timeout=1).close()
            except OSError:
                if self._process.poll() is not None:
                    assert self._process.stderr is not None
                    raise RuntimeError(self._process.stderr.read().decode("utf-8", "replace")) from None
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("nginx did not begin to listen within 10 s")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        end_process(self._process)

    def urls(self, count: int) -> list[str]:
        """``count`` addresses of pages, spread evenly over the hosts; a host's pages differ, as a site's do."""
        hosts = self.hosts
        rounds = ((number, *divmod(number, len(hosts))) for number in range(count))
        return [
            f"http://{hosts[host]}:{self.port}/{(host + turn) % PAGES:02}/{number}.html"
            for number, turn, host in rounds
        ]

    def sent(self) -> int:
        """Bytes of all responses since the last call, heads included (only where ``logs``)."""
        total = sum(int(line.split()[1]) for line in self._log.read_text().splitlines())
        self._log.write_text("")
        return total
