"""The entry point and the one error boundary: every ending of the program is decided here."""

from __future__ import annotations

import contextlib
import errno
import gc
import sys
from collections.abc import Sequence

from citekeeper import __version__, streams
from citekeeper.errors import CitekeeperError

_INTERRUPTED = 130
_CRASH = 3
_OUTSIDE = {
    *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE),
    *(errno.ENAMETOOLONG, errno.ELOOP, errno.ENOMEM),
}
_SELDOM = 20_000  # objects more than before, after which Python looks for cycles; its own 700 cost a check a twentieth


def program() -> int:
    """What the installed command is: `main`, in a process of its own."""
    gc.set_threshold(_SELDOM)
    streams.prepare()
    code = main()
    gc.freeze()  # what is left goes with the process, and need not be looked through first
    if code == _INTERRUPTED:
        _end_interrupted()
    return code


def _end_interrupted() -> None:
    """End with our own code, and not by Python's.

    Where Ctrl-C comes while source text is executed, as dataclasses do when they are defined, ``python -m`` ends by
    killing itself with SIGINT, whoever caught the KeyboardInterrupt (``unhandled_keyboard_interrupt`` in its sources).
    """
    import atexit
    import os

    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(_INTERRUPTED)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (CONTRACT section 1: 0, 1, 2, 3 or 130; a crash is 3, never 1)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _called(given)
        sys.stdout.flush()  # at exit a closed pipe could only be told as noise
        return code
    except CitekeeperError as error:
        _say(error.message, error.hint)
        return error.exit_code
    except KeyboardInterrupt:
        _say("Interrupted.", "What was finished is kept; run the same command again to go on.")
        return _INTERRUPTED
    except BrokenPipeError:
        return _without_stdout()
    except streams.StdoutError as error:
        _say(f"Standard output could not be written: {error.strerror}.", "Free space, or write to a file with -o.")
        return _without_stdout()
    except SystemExit as error:
        # Click makes a closed pipe an exit with 1, which would say that there are findings.
        if isinstance(error.__context__, BrokenPipeError):
            return _without_stdout()
        raise
    except OSError as error:
        return _refused(error) if error.errno in _OUTSIDE else _crash(error)
    except Exception as error:  # noqa: BLE001 - the boundary: whatever else happens is a crash, told as one
        if isinstance(error, MemoryError) or str(error) == "can't start new thread":
            _say("The system gave no more memory or threads.", "Raise the limits (ulimit -a), or do less at once (-j).")
            return _CRASH
        return _crash(error)


def _called(given: Sequence[str]) -> int:
    if given in (["--version"], ["-V"]):
        sys.stdout.write(f"citekeeper {__version__}\n")
        return 0
    import signal

    from citekeeper.cli import run

    # Whoever stops a run kindly (a container, CI's time limit) ends it as Ctrl-C does: locks let go, nothing half done.
    if _is_main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    return run(given)


def _is_main_thread() -> bool:
    """Whether this is the main thread; only it may set signal handlers."""
    import threading

    return threading.current_thread() is threading.main_thread()


def _say(message: str, hint: str) -> None:
    """A message for a terminal: what files and servers put into it is shown, and commands nothing."""
    from citekeeper.printing import printable

    text = f"citekeeper: {message}" + (f"\n  {hint}" if hint else "")
    with contextlib.suppress(OSError):  # nobody is told, but the exit code stays what it is
        sys.stderr.write("".join(printable(line) + "\n" for line in text.split("\n")))
        sys.stderr.flush()


def _without_stdout() -> int:
    """The answer was not delivered: the reader of stdout went away (``| head``), or its disk is full."""
    import os

    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    return _CRASH


def _refused(error: OSError) -> int:
    """The system said no where no command has words of its own for it: trouble outside, and no fault of ours."""
    where = f"{error.filename}: " if error.filename else ""
    _say(f"{where}{error.strerror}.", "Correct permissions, free space or raise the limit, as it says, and run again.")
    return _CRASH


def _crash(error: Exception) -> int:
    import tempfile
    import traceback

    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="citekeeper-traceback-", suffix=".txt", delete=False
        ) as file:
            file.write(f"citekeeper {__version__}, Python {sys.version}\n\n")
            file.write("".join(traceback.format_exception(error)))
        hint = f"The traceback is in {file.name}; please attach it to a bug report."
    except OSError:
        hint = "".join(traceback.format_exception(error))
    _say(f"Something unexpected happened ({type(error).__name__}); this is a fault of citekeeper.", hint)
    return _CRASH


if __name__ == "__main__":
    sys.exit(program())
