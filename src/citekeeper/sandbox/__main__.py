"""``python -m citekeeper.sandbox``: the stage set for use by hand, with a bounded life."""

from __future__ import annotations

import argparse
import shlex
import sys

from citekeeper.sandbox.proxy import Sandbox


def main(arguments: list[str] | None = None) -> int:
    """Start the letter's stage set, write the lines that lead a shell into it to stdout, and stay until its time is up.

    Args:
        arguments: the command line; default that of the process.

    Returns:
        The exit code: 0, or 130 when interrupted.
    """
    parser = argparse.ArgumentParser(prog="python -m citekeeper.sandbox", description=main.__doc__)
    parser.add_argument("--seconds", type=float, default=600.0, help="how long it lives (default 600)")
    seconds = parser.parse_args(arguments).seconds
    with Sandbox(lifetime=seconds) as sandbox:
        for name, value in sandbox.environ.items():
            sys.stdout.write(f"export {name}={shlex.quote(value)}\n")
        sys.stdout.write(f"# a stage set, not the web; it closes after {seconds:g} seconds\n")
        sys.stdout.flush()
        try:
            sandbox.wait_closed()
        except KeyboardInterrupt:
            return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
