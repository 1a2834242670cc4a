"""The engine and the judge from stdin to JSON lines, without the command line around them.

It stands in for ``citekeeper check - -f jsonl`` where that is to be measured apart from the rest.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator

from citekeeper.fetch import Engine, EngineConfig
from citekeeper.judge import first_look, impossible_name
from citekeeper.model import FetchRequest


def main() -> None:
    """Check every URL of stdin and print a line for each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("-j", "--jobs", type=int, default=128)
    parser.add_argument("--per-host", type=int, default=4)
    parser.add_argument("--timeout", type=float, default=20.0)
    parser.add_argument("--retries", type=int, default=3)
    parser.add_argument("--no-judge", action="store_true")
    given = parser.parse_args()
    name = impossible_name(random.Random(0))  # noqa: S311
    config = EngineConfig(
        jobs=given.jobs,
        per_host=given.per_host,
        timeout=given.timeout,
        retries=given.retries,
        allow_private=True,
    )
    write = sys.stdout.write
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with Engine(config) as engine:
        for exchange in engine.stream(_requests()):
            if given.no_judge:
                write(f"{exchange.status}\n")
                continue
            verdict = first_look(exchange, name=name).verdict
            write(
                encode(
                    {
                        "url": exchange.url,
                        "final_url": exchange.final_url,
                        "verdict": verdict.kind,
                        "reason": verdict.reason,
                        "message": verdict.message,
                        "http_status": exchange.status,
                        "elapsed_ms": round(exchange.elapsed * 1000),
                        "attempts": exchange.attempts,
                    }
                )
                + "\n"
            )


def _requests() -> Iterator[FetchRequest]:
    for number, line in enumerate(sys.stdin):
        url = line.strip()
        if url:
            yield FetchRequest(url, key=str(number), max_body=1024 * 1024)


if __name__ == "__main__":
    main()
