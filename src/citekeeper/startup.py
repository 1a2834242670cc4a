"""A quick start: of the command line only what this call needs is built.

Typer would build every option of every command (40 ms), and load pydantic to convert their values (80 ms); a check of a
few links takes less. Both are left to Typer wherever it is needed after all: for help, and for values that are wrong.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import typer

_NUMBERS = (int, float)


def named_alone(app: typer.Typer, arguments: Sequence[str]) -> typer.Typer:
    """The application with no command but the one that ``arguments`` name first; whole where they name none."""
    name = arguments[0] if arguments else ""
    named = [command for command in app.registered_commands if _name_of(command) == name]
    if not named:
        return app
    small = copy.copy(app)
    small.registered_commands = named
    return small


def _name_of(command: Any) -> str:
    return str(command.name or command.callback.__name__.rstrip("_").replace("_", "-"))


def convert_plainly(group: Any) -> None:
    """Have plain values of a group's and its commands' options converted without pydantic, where Typer allows it."""
    for command in (group, *getattr(group, "commands", {}).values()):
        for parameter in command.params:
            _convert(parameter)
        if hasattr(command, "get_help_option"):
            command.get_help_option = _converting(command.get_help_option)


def _converting(help_option_of: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same, for the option --help, which is made when a line is parsed."""

    def made(context: Any) -> Any:
        option = help_option_of(context)
        if option is not None:
            _convert(option)
        return option

    return made


def _convert(parameter: Any) -> None:
    kind = getattr(getattr(parameter, "type_descriptor", None), "annotation", None)
    if hasattr(parameter, "_runtime_param") and parameter._runtime_param is None and _is_plain(kind):
        parameter._runtime_param = _Plain(parameter, kind)


def _is_plain(kind: Any) -> bool:
    return kind in (str, bool, Path, *_NUMBERS) or kind == list[str]


class _Plain:
    """Converts what is right already; anything else is Typer's to convert, or to refuse in its own words."""

    def __init__(self, parameter: Any, kind: Any) -> None:
        self._parameter = parameter
        self._kind = kind

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value of one option; as Typer's own runtime parameter would give it."""
        is_many = param.multiple or param.nargs == -1
        if value is None:
            return () if is_many else None
        if is_many and isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
            return list(value)
        if self._kind in (str, bool) and type(value) is self._kind:
            return value
        if self._kind is Path and isinstance(value, str) and not self._is_checked():
            return Path(value)
        info = self._parameter.type_descriptor.parameter_info
        if self._kind in _NUMBERS and isinstance(value, str) and info.min is None and info.max is None:
            with suppress(ValueError):
                return self._kind(value)
        self._parameter._runtime_param = None
        return self._parameter.get_runtime_param().coerce(value, param=param, ctx=ctx)

    def _is_checked(self) -> bool:
        info = self._parameter.type_descriptor.parameter_info
        return bool(info.exists or info.writable or info.resolve_path)
