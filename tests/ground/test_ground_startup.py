"""The quick start changes nothing but the time: options are converted and refused as Typer does it."""

from __future__ import annotations

import pytest

from citekeeper import cli, startup
from citekeeper.commands import checking


def _outcome(arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> object:
    """What the check was called with, or the code and the words with which it was refused."""
    seen: list[object] = []

    def run(*positional: object, **named: object) -> int:
        seen.append((positional, named))
        return 0

    monkeypatch.setattr(checking, "run", run)
    code = cli.run(arguments)
    said = capsys.readouterr()
    return (code, seen, said.out, said.err)


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["-", "a.md"],
        ["-j", "12", "--per-host", "3", "--timeout", "2.5", "--retries", "0"],
        ["--strict", "--links", "-q", "--include", "a", "--include", "b", "-c", "other.yaml", "--cache", "c.db"],
        ["-j", "many"],
        ["-j", "1.5"],
        ["--timeout", "soon"],
        ["--no-such-option"],
        ["--fail-on"],
    ],
)
def test_options_mean_the_same(
    options: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Values, refusals and codes are the same with Typer's own conversion of the whole application."""
    quick = _outcome(["check", *options], monkeypatch, capsys)
    monkeypatch.setattr(cli, "convert_plainly", lambda _group: None)
    monkeypatch.setattr(cli, "named_alone", lambda app, _arguments: app)
    assert _outcome(["check", *options], monkeypatch, capsys) == quick


@pytest.mark.parametrize("arguments", [[], ["--help"], ["nonsense"], ["-q", "check"]])
def test_the_whole_application_answers_where_no_command_is_named(arguments: list[str]) -> None:
    """Help and mistakes see every command."""
    assert startup.named_alone(cli.app, arguments) is cli.app


def test_a_named_command_is_built_alone() -> None:
    """Every command can be named, also one whose function bears another name."""
    for command in cli.app.registered_commands:
        name = startup._name_of(command)
        assert [startup._name_of(one) for one in startup.named_alone(cli.app, [name]).registered_commands] == [name]
