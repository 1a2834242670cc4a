"""The error boundary, start-up without heavy imports, clock, errors and consent."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from citekeeper import __main__ as boundary
from citekeeper import __version__, errors
from citekeeper.clock import SystemClock, folder_name, iso, stamp14
from citekeeper.consent import Consent
from citekeeper.model import Citation

COMMANDS = ["import", "check", "archive", "translate", "verify", "report", "run", "show", "demo", "schema"]
HEAVY = ["typer", "click", "rich", "pydantic", "requests", "lxml", "pycurl", "bs4", "ada_url", "yaml", "trafilatura"]


def run(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, *arguments], capture_output=True, text=True, timeout=60, check=False, **more
    )


def test_version_imports_nothing_heavy() -> None:
    """--version answers before anything heavy is imported."""
    done = run("-X", "importtime", "-m", "citekeeper", "--version")
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert done.stdout == f"citekeeper {__version__}\n"
    assert not imported & set(HEAVY)


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=lambda c: " ".join(c) or "citekeeper")
def test_help_is_plain(command: list[str]) -> None:
    """The help of every command needs no network, file or heavy library, and ends well."""
    done = run("-X", "importtime", "-m", "citekeeper", *command, "--help")
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert done.returncode == 0
    assert "Usage: citekeeper" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert not imported & {"requests", "lxml", "pycurl", "bs4", "trafilatura"}


@pytest.mark.parametrize("arguments", [["nonsense"], ["check", "--nonsense"], ["check", "-j", "many"]])
def test_a_wrong_command_line_is_2(arguments: list[str]) -> None:
    """What cannot be understood is a usage error, told without a traceback."""
    done = run("-m", "citekeeper", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_an_interruption_while_source_text_is_executed_is_130(tmp_path: Path) -> None:
    """As when a dataclass is being defined: there Python would end by a signal, whoever caught the interruption."""
    (tmp_path / "interrupted.py").write_text(
        "import atexit, sys; from citekeeper import __main__ as boundary\n"
        "def interrupted(_given): exec('import signal; signal.raise_signal(signal.SIGINT)')\n"
        "boundary._called = interrupted; atexit.register(print, 'cleaned up'); sys.exit(boundary.program())\n"
    )
    done = run("-m", "interrupted", cwd=tmp_path)
    assert done.returncode == 130
    assert "Interrupted." in done.stderr
    assert done.stdout == "cleaned up\n"


def _raising(error: BaseException) -> object:
    def run_command(_arguments: object) -> int:
        raise error

    return run_command


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.CitekeeperError("It broke.", "Mend it."), 3),
        (errors.UsageError("It broke.", "Mend it."), 2),
        (errors.InputFileError("a.yaml", "It broke.", "Mend it.", line=3, column=5), 2),
        (errors.NetworkDownError("It broke.", "Mend it."), 3),
        (errors.StorageError("It broke.", "Mend it."), 3),
        (errors.ServiceRefusedError("wayback", "It broke.", "Mend it."), 3),
        (errors.ServiceThrottledError("wayback", "It broke.", "Mend it.", retry_after=3.0), 3),
        (errors.ServiceUnavailableError("wayback", "It broke.", "Mend it."), 3),
    ],
)
def test_each_error_has_its_code_and_hint(
    error: errors.CitekeeperError, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What citekeeper raises on purpose is a message, the act that resolves it, and the right code."""
    monkeypatch.setattr("citekeeper.cli.run", _raising(error))
    assert boundary.main(["check"]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"citekeeper: {error.message}\n  Mend it.\n"


def test_places_of_input_errors() -> None:
    """A file error names file, line and column as far as they are known."""
    assert errors.InputFileError("a", "m").message == "a: m"
    assert errors.InputFileError("a", "m", line=3).message == "a:3: m"
    assert errors.InputFileError("a", "m", line=3, column=5).message == "a:3:5: m"


@pytest.mark.parametrize("code", [errno.EACCES, errno.ENOSPC, errno.EMFILE, errno.ENAMETOOLONG])
def test_what_the_system_refuses_is_3_in_a_sentence(
    code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """No command has words of its own for it, but it is no fault of citekeeper, and leaves no traceback."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("citekeeper.cli.run", _raising(OSError(code, os.strerror(code), "archive/a")))
    assert boundary.main(["check"]) == 3
    said = capsys.readouterr().err
    assert said.startswith(f"citekeeper: archive/a: {os.strerror(code)}.\n  ")
    assert not list(tmp_path.iterdir())


def test_a_crash_is_3_with_a_traceback_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Whatever else happens is told in a short message; the traceback goes to a file of its own."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("citekeeper.cli.run", _raising(ZeroDivisionError("within")))
    assert boundary.main(["check"]) == 3
    said = capsys.readouterr().err
    assert "Traceback (most recent" not in said
    assert "ZeroDivisionError" in said
    (file,) = tmp_path.iterdir()
    assert str(file) in said
    assert "ZeroDivisionError: within" in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o077 == 0


def test_a_crash_without_a_place_for_the_file_is_told_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Where no file can be written the traceback is printed, and the code is still 3."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "absent"))
    monkeypatch.setattr("citekeeper.cli.run", _raising(ZeroDivisionError("within")))
    assert boundary.main(["check"]) == 3
    assert "ZeroDivisionError: within" in capsys.readouterr().err


def test_an_interrupt_is_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C is no crash."""
    monkeypatch.setattr("citekeeper.cli.run", _raising(KeyboardInterrupt()))
    assert boundary.main(["check"]) == 130
    assert "Interrupted" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--version"], ["schema", "report.json"], ["--help"]])
def test_a_closed_stdout_makes_no_noise(arguments: list[str]) -> None:
    """A reader that goes away (``| head``) causes neither a traceback nor the code of a finding."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "citekeeper", *arguments],
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(writer)
    assert done.returncode == 3
    assert done.stderr == ""


def test_times_are_told_in_utc() -> None:
    """Stamps, folder names and ISO times are UTC whatever the zone they come from."""
    moment = datetime(2022, 5, 2, 11, 30, 0, 5, tzinfo=timezone(timedelta(hours=2)))
    assert stamp14(moment) == "20220502093000"
    assert folder_name(moment) == "20220502T093000Z"
    assert iso(moment) == "2022-05-02T09:30:00Z"


def test_the_system_clock_is_aware_and_goes_on() -> None:
    """The machine's clock gives aware UTC and a monotonic count that goes on while it sleeps."""
    clock = SystemClock()
    before = clock.monotonic()
    clock.sleep(0.01)
    assert clock.monotonic() >= before + 0.009
    assert clock.now().tzinfo is UTC


URL = "https://example.org/a"


@pytest.mark.parametrize(
    ("services", "citation", "allowed"),
    [
        (["wayback"], Citation("a", url=URL), True),
        (["google"], Citation("a", url=URL), False),
        ([], Citation("a", url=URL), False),
        (["wayback"], Citation("a", url=URL, private=True), False),
        (["wayback"], Citation("a", url=URL, private=True, declared_public=True), False),
        (["wayback"], Citation("a", url="https://u:p@example.org/"), False),
        (["wayback"], Citation("a", url=f"{URL}?token=abcdefgh12"), False),
        (["wayback"], Citation("a", url=f"{URL}?token=abcdefgh12", declared_public=True), True),
        (["wayback"], Citation("a"), True),
    ],
)
def test_who_may_be_told(services: list[str], citation: Citation, allowed: bool) -> None:
    """A service hears of a source only if it is named and neither person nor URL says that it is private."""
    consent = Consent.of(services)
    assert consent.allows("wayback", citation) is allowed
    assert (consent.refusal("wayback", citation) is None) is allowed


def test_a_misspelt_service_is_an_error() -> None:
    """A typing error in services is not taken for a no."""
    with pytest.raises(errors.UsageError, match="waybak") as caught:
        Consent.of(["waybak"])
    assert re.search("wayback", caught.value.hint)
