"""A nameserver on loopback, over UDP and TCP on one port, that says what a test wants."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset

Answer = Callable[[bytes, bool], bytes | None]
"""(the question's bytes, whether they came over TCP) → the answer's bytes; None for silence."""


def told(query: bytes, *nameservers: str, code: dns.rcode.Rcode = dns.rcode.NOERROR, owner: str | None = None) -> bytes:
    """A proper answer that names some nameservers."""
    question = dns.message.from_wire(query)
    answer = dns.message.make_response(question)
    answer.set_rcode(code)
    if nameservers:
        name = owner or question.question[0].name.to_text()
        answer.answer.append(dns.rrset.from_text(name, 300, "IN", "NS", *(f"{each}." for each in nameservers)))
    return answer.to_wire()


def truncated(query: bytes) -> bytes:
    """The answer that asks to come back over TCP."""
    answer = dns.message.make_response(dns.message.from_wire(query))
    answer.flags |= dns.flags.TC
    return answer.to_wire()


class LoopbackDns:
    """Serves until it is closed; ``asked`` holds the names in question, and whether they came over TCP."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[tuple[str, bool]] = []
        self._answer = answer
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self.port = self._tcp.getsockname()[1]
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", self.port))
        self._udp.settimeout(0.1)
        self._tcp.settimeout(0.1)
        self._closed = False
        self._threads = [threading.Thread(target=serve, daemon=True) for serve in (self._serve_udp, self._serve_tcp)]
        for thread in self._threads:
            thread.start()

    def resolver(self) -> dns.resolver.Resolver:
        """What the system would be configured with."""
        made = dns.resolver.Resolver(configure=False)
        made.nameservers, made.port = ["127.0.0.1"], self.port
        return made

    def close(self) -> None:
        """Stop."""
        self._closed = True
        for thread in self._threads:
            thread.join(5)
        self._udp.close()
        self._tcp.close()

    def _note(self, query: bytes, *, tcp: bool) -> None:
        self.asked.append((dns.message.from_wire(query).question[0].name.to_text(omit_final_dot=True), tcp))

    def _serve_udp(self) -> None:
        while not self._closed:
            with contextlib.suppress(TimeoutError):
                query, sender = self._udp.recvfrom(4096)
                self._note(query, tcp=False)
                answer = self._answer(query, False)
                if answer is not None:
                    self._udp.sendto(answer, sender)

    def _serve_tcp(self) -> None:
        while not self._closed:
            with contextlib.suppress(TimeoutError, ConnectionError):
                connection, _ = self._tcp.accept()
                with connection:
                    connection.settimeout(2)
                    query = connection.recv(4096)[2:]
                    self._note(query, tcp=True)
                    answer = self._answer(query, True)
                    if answer is not None:
                        connection.sendall(answer)


def framed(message: bytes) -> bytes:
    """A message as it goes over TCP."""
    return len(message).to_bytes(2, "big") + message
