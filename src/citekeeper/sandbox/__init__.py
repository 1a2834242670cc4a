"""The sandbox: a small internet on loopback, for the demo and the tests.

It is a forward proxy that answers for every host of its World over HTTP and HTTPS, with certificates of a CA made at
start, and reaches nothing outside. Programs under test run unmodified, led here by the ordinary variables::

    world = World()
    world.page("https://example.org/", "<title>Hello</title>")
    world.fault("https://slow.example/", "hang")
    with Sandbox(world) as sandbox:
        subprocess.run([...], env=os.environ | sandbox.environ)
        assert world.hits("https://example.org/") == 1

``python -m citekeeper.sandbox`` starts the letter's stage set for use by hand.
"""

from __future__ import annotations

from citekeeper.sandbox.letter import STAGED_FATES, letter_world
from citekeeper.sandbox.messages import Answer, Fault, FaultKind, Request, Response
from citekeeper.sandbox.proxy import Connect, Sandbox
from citekeeper.sandbox.translate import Mishap, Translator
from citekeeper.sandbox.wayback import OFFLINE, TOO_MANY_REQUESTS, SaveKind, SaveReply, WaybackMachine
from citekeeper.sandbox.world import World

__all__ = [
    "OFFLINE",
    "STAGED_FATES",
    "TOO_MANY_REQUESTS",
    "Answer",
    "Connect",
    "Fault",
    "FaultKind",
    "Mishap",
    "Request",
    "Response",
    "Sandbox",
    "SaveKind",
    "SaveReply",
    "Translator",
    "WaybackMachine",
    "World",
    "letter_world",
]
