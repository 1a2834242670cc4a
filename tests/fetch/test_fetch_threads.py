"""Another thread asks through a running stream, which stays open for it."""

from __future__ import annotations

import threading

from citekeeper.fetch import Engine, EngineConfig
from citekeeper.model import FetchRequest

from .conftest import page


def test_stream_stays_open_for_another_thread_and_fetches_what_it_asks(serve):
    """Held, the stream waits though nothing is left to fetch; what the other thread asks is answered; then it ends."""
    server = serve(page())
    seen = []

    def elsewhere(engine, answered):
        engine.ask(FetchRequest(server.url("/second"), key="asked"))
        assert answered.wait(10)
        engine.release("done")

    with Engine(EngineConfig(allow_private=True)) as engine:
        answered = threading.Event()
        thread = threading.Thread(target=elsewhere, args=(engine, answered))
        for exchange in engine.stream([FetchRequest(server.url("/first"), key="first")]):
            seen.append(exchange.key)
            if exchange.key == "first":
                engine.hold()
                thread.start()
            if exchange.key == "asked":
                assert exchange.status == 200
                answered.set()
        thread.join(10)
    assert seen == ["first", "asked", "done"]


def test_what_comes_too_late_disturbs_no_later_stream(serve):
    """A release after the stream was left belongs to nobody; the next stream is as if it had never been."""
    server = serve(page())
    with Engine(EngineConfig(allow_private=True)) as engine:
        for _ in engine.stream([FetchRequest(server.url("/first"))]):
            engine.hold()
            break
        engine.release("late")
        again = list(engine.stream([FetchRequest(server.url("/second"), key="second")]))
    assert [exchange.key for exchange in again] == ["second"]
