"""Every setting, its default, and where its value comes from.

Order (CONTRACT section 1): command line, environment ``CITEKEEPER_<OPTION>``, ``settings:`` of citations.yaml,
``[tool.citekeeper]`` of pyproject.toml, default. Secrets are not settings: they come from the environment alone.

What each may be, and what is said of a wrong value, is in :mod:`citekeeper.settings_model`, which is loaded where a
value comes from a file or the environment, or is not plainly right: it takes pydantic along, and pydantic its time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, fields
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from citekeeper.patterns import late
from citekeeper.urls import best_pattern, host_of
from citekeeper.values import dataclass

_DURATION = late(r"(?i)(\d+(?:\.\d+)?)\s*(w|d|h|m|s)\s*")
_OURS = late(rb"tool\s*\.\s*[\"']?citekeeper|^\s*\[?\s*[\"']?tool[\"']?\s*[\]=.]\s*(?![a-z])", re.MULTILINE)
_LONGEST_SECONDS = 100 * 366 * 86400  # a century; more is a slip, and far more is no timedelta
_UNIT_SECONDS = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}


def parse_duration(value: object) -> timedelta:
    """Read ``7d``, ``12h``, ``1h30m``, ``90s`` or a number of seconds.

    Raises:
        ValueError: it is none of these.
    """
    if isinstance(value, timedelta):
        return value
    text = str(value).strip()
    seconds = None
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = float(value)
    elif re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text):
        seconds = float(text)
    elif text and not _DURATION.sub("", text):
        seconds = sum(float(n) * _UNIT_SECONDS[u.lower()] for n, u in _DURATION.findall(text))
    if seconds is None or not 0 <= seconds <= _LONGEST_SECONDS:
        raise ValueError(f"“{text}” is no duration; write for instance 7d, 12h, 1h30m or 90s")
    return timedelta(seconds=seconds)


class FailOn(StrEnum):
    """The severity from which findings make the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


class BrowserUse(StrEnum):
    """Which pages are also shown to a browser."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class HostRule:
    """What a person decided for a host, or for all hosts that a pattern such as ``*.gov.ru`` matches.

    Attributes:
        accept: HTTP statuses that count as alive on this host.
        expect: the verdict that is normal for it, and so no finding.
        ignore: not to check it.
        ca_file: a CA bundle (PEM) to trust for it, beside the usual one.
        per_host: connections at once to it.
    """

    accept: list[int] = field(default_factory=list)
    expect: str | None = None
    ignore: bool = False
    ca_file: str | None = None
    per_host: int | None = None


@dataclass(frozen=True, slots=True)
class PeerRule:
    """Where an archive that speaks Memento (RFC 7089) is asked; ``{url}`` stands for the source's address."""

    timemap: str | None = None
    timegate: str | None = None
    raw: str | None = None
    per_minute: int = 30


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, with their defaults; :mod:`citekeeper.settings_model` describes each."""

    services: list[str] = field(default_factory=list)
    peers: dict[str, PeerRule] = field(default_factory=dict)
    translate_to: list[str] = field(default_factory=lambda: ["en"])
    languages_read: list[str] = field(default_factory=list)
    translators: list[str] = field(default_factory=list)
    libre_url: str | None = None
    glossary: dict[str, str | dict[str, str]] = field(default_factory=dict)
    stale_after: timedelta = timedelta(days=14)
    user_agent: str | None = None
    hosts: dict[str, HostRule] = field(default_factory=dict)
    archive_dir: str = "archive"
    reports_dir: str = "reports"
    jobs: int = 128
    per_host: int = 4
    timeout: float = 20.0
    retries: int = 3
    fail_on: FailOn = FailOn.ERROR
    strict: bool = False
    vantage: str | None = None
    links: bool = False
    allow_private: bool = False
    offline: bool = False
    no_record: bool = False
    save_without_keys: bool = False
    max_age: timedelta | None = None
    include: list[str] = field(default_factory=list)
    exclude: list[str] = field(default_factory=list)
    doh: str | None = None
    second_opinion: str | None = None
    browser: BrowserUse = BrowserUse.AUTO
    browser_path: str | None = None
    timestamp_authorities: list[str] = field(default_factory=list)
    tsa_roots: str | None = None
    outlet_rules: str | None = None

    def rule_for(self, url: str) -> HostRule | None:
        """The most specific of ``hosts`` that matches the host of ``url``; None where none does."""
        if not self.hosts:
            return None
        pattern = best_pattern(self.hosts, host_of(url))
        return self.hosts[pattern] if pattern else None


NAMES = tuple(setting.name for setting in fields(Settings))
"""The names of all settings."""
_OF_FILES_ONLY = ("hosts", "glossary", "peers")


def load_settings(
    *,
    command_line: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] | None = None,
    register: Mapping[str, Any] | None = None,
    pyproject: Path | None = None,
) -> Settings:
    """Merge the sources in their order and validate the result.

    Args:
        command_line: options that were given; None values count as not given.
        environ: the process environment; ``CITEKEEPER_<OPTION>`` is read from it, and CI for the default vantage.
        register: the ``settings:`` of citations.yaml, already validated there.
        pyproject: a pyproject.toml to take ``[tool.citekeeper]`` from, if it exists.

    Raises:
        UsageError: a value is of the wrong kind, or a name is unknown.
        InputFileError: pyproject.toml cannot be read.
    """
    environ = environ or {}
    from_environ = {
        name: value for name in NAMES if name not in _OF_FILES_ONLY and (value := environ.get(_variable(name)))
    }
    given = {name: value for name, value in (command_line or {}).items() if value is not None}
    vantage = "ci" if environ.get("CI") else "local"
    if not (register or from_environ or _may_hold_settings(pyproject)) and all(map(_is_right, given, given.values())):
        if "fail_on" in given:
            given["fail_on"] = FailOn(given["fail_on"])
        return Settings(**{"vantage": vantage, **given})
    from citekeeper import settings_model

    merged = settings_model.from_pyproject(pyproject) if pyproject is not None and pyproject.is_file() else {}
    merged.update(register or {})
    settings_model.validate(from_environ, lambda name: f"the environment variable {_variable(name)}")
    merged.update(from_environ)
    settings_model.validate(given, lambda name: f"the option --{_OPTIONS.get(name, name).replace('_', '-')}")
    merged.update(given)
    merged.setdefault("vantage", vantage)
    return settings_model.validate(merged, lambda name: f"the setting {name}")


def _variable(name: str) -> str:
    return f"CITEKEEPER_{name.upper()}"


def _may_hold_settings(pyproject: Path | None) -> bool:
    try:
        return pyproject is not None and pyproject.is_file() and bool(_OURS.search(pyproject.read_bytes()))
    except OSError:
        return True  # and let its reader say why not


def _is_right(name: str, value: object) -> bool:
    """Whether a value is plainly right as it stands; of others the model decides."""
    if isinstance(getattr(_DEFAULTS, name, None), bool):
        return isinstance(value, bool)
    if name in ("archive_dir", "reports_dir", "vantage"):
        return isinstance(value, str) and bool(value.strip()) and value.isprintable() and len(value) < _SURELY_SHORT
    if name == "fail_on":
        return value in list(FailOn)
    allowed = _SURELY_ALLOWED.get(name)
    if allowed is None or not isinstance(value, int | float) or type(value) is bool:
        return False
    return allowed[0] <= value <= allowed[1]


_OPTIONS = {"translate_to": "to"}  # settings whose option has another name
_SURELY_SHORT = 64  # characters, of which a file's name holds as many in any script
_SURELY_ALLOWED = {"jobs": (1, 512), "per_host": (1, 512), "timeout": (1, 600), "retries": (0, 10)}
_DEFAULTS = Settings()
