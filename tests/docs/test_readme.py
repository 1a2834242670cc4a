"""The README and the program say the same."""

from __future__ import annotations

import re
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import typer

from citekeeper.cli import app
from citekeeper.model import VerdictKind

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands_of_program() -> dict[str, set[str]]:
    """Each command and its options, as the program itself has them."""
    group = typer.main.get_command(app)
    return {
        name: {flag for parameter in command.params for flag in parameter.opts if flag.startswith("-")}
        for name, command in group.commands.items()  # type: ignore[attr-defined]
    }


def options_of_readme() -> dict[str, set[str]]:
    """Each command and its options, as the README's table has them."""
    found: dict[str, set[str]] = defaultdict(set)
    table = README.split("| option | commands | meaning |")[1].split("\n\n")[0]
    for row in table.splitlines()[2:]:
        flags, commands, _ = (cell.strip() for cell in row.strip("| ").split(" | ", 2))
        for command in commands.split():
            found[command] |= set(re.findall(r"`(--?[a-z-]+)`", flags))
    return dict(found)


def test_readme_lists_every_command_and_no_other() -> None:
    """The table of commands is that of ``--help``."""
    table = README.split("| command | what it does |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `citekeeper ([a-z]+)", table, re.MULTILINE)) == set(commands_of_program())


def test_readme_lists_every_option_of_every_command_and_no_other() -> None:
    """The table of options is that of each command's ``--help``, both ways."""
    program = {name: options for name, options in commands_of_program().items() if options}
    assert options_of_readme() == program


def test_commands_in_code_blocks_exist() -> None:
    """Every ``citekeeper …`` line of the README's blocks names a command and options that are there."""
    program = commands_of_program()
    blocks = "\n".join(re.findall(r"```(?:sh|yaml)\n(.*?)```", README, re.DOTALL))
    lines = re.findall(r"citekeeper ([a-z]+)((?: +[^#\n|&]+)?)", blocks)
    for name, rest in lines:
        if name in ("users", "noreply"):
            continue
        assert name in program, name
        assert set(re.findall(r"(?<!\S)--?[a-z-]+", rest)) <= program[name], rest


def test_readme_names_every_verdict() -> None:
    """The verdicts' table is complete."""
    table = README.split("| verdict | meaning | severity |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `([a-z0-9-]+)`", table, re.MULTILINE)) == {str(kind) for kind in VerdictKind}


def test_the_packaged_register_is_the_projects_own() -> None:
    """``citekeeper demo`` works on a copy of the citations.yaml at the top."""
    packaged = files("citekeeper").joinpath("data/citations.yaml").read_bytes()
    assert packaged == (ROOT / "citations.yaml").read_bytes()


def test_files_that_the_readme_points_to_exist() -> None:
    """Links to files of the repository lead somewhere."""
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
