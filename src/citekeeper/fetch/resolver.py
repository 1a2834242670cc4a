"""Names to addresses, outside libcurl: a bounded pool of daemon threads, a cache, and care with death sentences.

libcurl's own resolver has few threads and charges their queue to the connect timeout, so dead names would make living
hosts "time out". And without a network the system's resolver says "no such name" at random: that is believed only once
another name has answered, and the name is asked again after it.
"""

from __future__ import annotations

import math
import os
import socket
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from queue import SimpleQueue

from citekeeper.clock import Clock
from citekeeper.model import FailureKind
from citekeeper.urls import registrable_domain, unicode_host
from citekeeper.values import dataclass

Lookup = Callable[[str], Sequence[str]]

# Names that answer wherever DNS does; asked only to prove that it does. They learn nothing about any source.
CONTROL_NAMES = ("example.com", "www.wikipedia.org")
_PROOF_LIFETIME = 2.0  # seconds; a network can go away within a run
_CACHE_SIZE = 20_000
_SILENT = 32  # look-ups in a row that waited in vain, and
_SILENT_FOR = 40.0  # seconds that this lasts, until other names are not asked for
_IN_VAIN = 3.0  # seconds; a resolver that is there says sooner that it cannot help
_TRIED_AGAIN_AFTER = 1.0  # seconds
_NO_SUCH_NAME = frozenset({socket.EAI_NONAME})
_NO_ADDRESS = frozenset({getattr(socket, "EAI_NODATA", -5), getattr(socket, "EAI_ADDRFAMILY", -9)})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a look-up gave: addresses, or the kind of failure with a sentence. ``expires`` is on the monotonic clock."""

    addresses: tuple[str, ...] = ()
    failure: FailureKind | None = None
    message: str = ""
    expires: float = 0.0


def system_lookup(host: str) -> list[str]:
    """Ask the operating system for the addresses of ``host``.

    A name of the public web that is found only below a search domain of this machine (``gone.example.com.corp``, where
    a wildcard answers for everything) is none.

    Raises:
        OSError: socket.gaierror, as getaddrinfo gives it.
    """
    # Bytes keep Python's idna codec out: it refuses names that DNS knows, such as a_b.example.
    name = host.encode("ascii")
    found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM, flags=socket.AI_CANONNAME)
    if found[0][3].startswith(f"{host}.") and registrable_domain(host) is not None:
        # The final dot leaves search domains out, and the hosts file: so it is asked with it on this suspicion alone,
        # which aliases such as www.example.com.edge.example raise, too.
        found = socket.getaddrinfo(name + b".", None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Resolver:
    """Looks names up in threads and remembers the answers for a while.

    Args:
        clock: for lifetimes.
        lookup: host → addresses, or raises OSError/UnicodeError; the system's by default.
        threads: how many look-ups run at once.
        lifetime: seconds that an answer (also NXDOMAIN) is kept; failures of the moment are kept ``failure_lifetime``.
    """

    def __init__(
        self,
        clock: Clock,
        lookup: Lookup | None = None,
        *,
        threads: int = 256,
        lifetime: float = 300.0,
        failure_lifetime: float = 5.0,
        control_names: Sequence[str] = CONTROL_NAMES,
    ) -> None:
        self._clock = clock
        self._lookup = lookup or system_lookup
        self._limit = threads
        self._lifetime = lifetime
        self._failure_lifetime = failure_lifetime
        self._controls = tuple(control_names)
        self._cache: OrderedDict[str, Answer] = OrderedDict()
        self._asked: set[str] = set()
        self._queue: SimpleQueue[str | None] = SimpleQueue()
        self._answered: deque[tuple[str, Answer]] = deque()
        self._threads = 0
        self._idle = threading.Semaphore(0)
        self._proof_lock = threading.Lock()
        self._proof = (-math.inf, False)  # when it was last seen whether DNS answers at all, and whether it did
        self._in_vain = 0  # look-ups that waited for nothing since the resolver last said anything,
        self._silent_since = math.inf  # when the first of them began,
        self._tried_at = -math.inf  # and when a name that is there was last asked for to see whether it lasts
        self._signal_lock = threading.Lock()  # of its own: a proof can take as long as a resolver that is silent
        self._closed = False
        self.wake_fd, self._signal_fd = os.pipe()
        os.set_blocking(self.wake_fd, False)
        os.set_blocking(self._signal_fd, False)

    @property
    def pending(self) -> int:
        """How many names are being asked for or wait for it."""
        return len(self._asked)

    def peek(self, host: str) -> Answer | None:
        """The answer known for ``host``; None where there is none (any more)."""
        answer = self._cache.get(host)
        if answer is None or answer.expires <= self._clock.monotonic():
            return None
        return answer

    def forget_failure(self, host: str) -> None:
        """Have a failure of the moment asked anew; addresses and NXDOMAIN stay for their lifetime."""
        answer = self._cache.get(host)
        if answer is not None and answer.failure is FailureKind.DNS_FAILURE:
            del self._cache[host]

    def ask(self, host: str) -> None:
        """Have ``host`` looked up; ``wake_fd`` becomes readable when answers wait in ``collect``."""
        if host in self._asked:
            return
        self._asked.add(host)
        if not self._idle.acquire(blocking=False) and self._threads < self._limit:
            self._hire()
        self._queue.put(host)

    def _hire(self) -> None:
        """Begin another thread; where the system gives no more, the ones there are have to do."""
        try:
            threading.Thread(target=self._work, name="citekeeper-dns", daemon=True).start()
        except RuntimeError:
            if not self._threads:
                raise
            self._limit = self._threads
        else:
            self._threads += 1

    def collect(self) -> list[str]:
        """The names answered since the last call; their answers are in the cache."""
        try:
            while os.read(self.wake_fd, 4096):
                continue
        except BlockingIOError:
            pass
        names = []
        while self._answered:
            host, answer = self._answered.popleft()
            self._asked.discard(host)
            self._cache[host] = answer
            self._cache.move_to_end(host)
            names.append(host)
        while len(self._cache) > _CACHE_SIZE:
            self._cache.popitem(last=False)
        return names

    def close(self) -> None:
        """Let the threads end; one that is inside the system's resolver ends when that returns."""
        if self._closed:
            return
        self._closed = True
        for _ in range(self._threads):
            self._queue.put(None)
        with self._signal_lock:
            os.close(self.wake_fd)
            os.close(self._signal_fd)

    def wake(self) -> None:
        """Make ``wake_fd`` readable, from any thread."""
        with self._signal_lock:
            if self._closed:
                return
            try:
                os.write(self._signal_fd, b".")
            except BlockingIOError:
                return  # the pipe is full of signals already

    # ── in the threads ──────────────────────────────────────────────────────────────────────────────────────────────

    def _work(self) -> None:
        while (host := self._queue.get()) is not None and not self._closed:
            self._answered.append((host, self._resolve(host)))
            self._idle.release()
            self.wake()

    def _resolve(self, host: str) -> Answer:
        if self._is_silent():
            return self._failed(f"The name {unicode_host(host)} was not asked for: the resolver answers nothing now.")
        answer = self._ask_once(host)
        if answer.failure is not FailureKind.DNS_NXDOMAIN:
            return answer
        if not self._is_proven():
            return self._failed(f"The name {unicode_host(host)} was not found, but no other name is found either.")
        return self._ask_once(host)

    def _is_silent(self) -> bool:
        """Whether the resolver has been as good as away for so long that a long list does not wait for it by the name.

        Names whose own servers are away can be many in a row, too, so a name that is there is asked for first: by one
        thread for all, once a second, and whatever is said ends the silence. A name that was not asked for is told as
        one whose look-up failed at the moment, and tried again like it.
        """
        if self._in_vain < _SILENT or self._clock.monotonic() - self._silent_since < _SILENT_FOR:
            return False
        with self._proof_lock:
            if self._in_vain >= _SILENT and self._clock.monotonic() - self._tried_at >= _TRIED_AGAIN_AFTER:
                for name in self._controls[:1]:
                    self._ask_once(name)
                self._tried_at = self._clock.monotonic()
        return self._in_vain >= _SILENT

    def _listen(self, began: float, error: socket.gaierror | None) -> None:
        """Learn from a look-up whether the resolver says anything at all."""
        now = self._clock.monotonic()
        if error is not None and error.errno == socket.EAI_AGAIN and now - began >= _IN_VAIN:
            self._in_vain += 1
            self._silent_since = min(self._silent_since, began)
        else:
            self._in_vain, self._silent_since = 0, math.inf

    def _ask_once(self, host: str) -> Answer:
        began = self._clock.monotonic()
        try:
            addresses = tuple(self._lookup(host))
        except socket.gaierror as error:
            self._listen(began, error)
            return self._judge(host, error)
        except (OSError, UnicodeError) as error:
            return self._failed(f"The name {unicode_host(host)} could not be looked up: {error}.")
        self._listen(began, None)
        if not addresses:
            return self._failed(f"The name {unicode_host(host)} exists but has no address.")
        if not all(address.startswith("127.") or address == "::1" for address in addresses):
            self._proof = (self._clock.monotonic(), True)  # the hosts file alone proves nothing
        return Answer(addresses, expires=self._clock.monotonic() + self._lifetime)

    def _judge(self, host: str, error: socket.gaierror) -> Answer:
        if error.errno in _NO_SUCH_NAME:
            expires = self._clock.monotonic() + self._lifetime
            message = f"The domain name {unicode_host(host)} does not exist."
            return Answer((), FailureKind.DNS_NXDOMAIN, message, expires)
        if error.errno in _NO_ADDRESS:
            return self._failed(f"The name {unicode_host(host)} exists but has no address.")
        return self._failed(f"The name {unicode_host(host)} could not be looked up now: {error.strerror}.")

    def _failed(self, message: str) -> Answer:
        expires = self._clock.monotonic() + self._failure_lifetime
        return Answer((), FailureKind.DNS_FAILURE, message, expires)

    def _is_proven(self) -> bool:
        """Whether DNS answers at all, as one thread finds out for all that ask at the same time."""
        asked_at = self._clock.monotonic()
        with self._proof_lock:
            seen_at, answers = self._proof
            if seen_at > min(asked_at, self._clock.monotonic() - _PROOF_LIFETIME):
                return answers
            answers = any(map(self._is_found, self._controls))
            self._proof = (self._clock.monotonic(), answers)
            return answers

    def _is_found(self, name: str) -> bool:
        try:
            return bool(self._lookup(name))
        except (OSError, UnicodeError):
            return False
