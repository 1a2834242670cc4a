"""Every setting, its default, and where its value comes from.

Order (CONTRACT section 1): command line, environment ``CITEKEEPER_<OPTION>``, ``settings:`` of citations.yaml,
``[tool.citekeeper]`` of pyproject.toml, default. Secrets are not settings: they come from the environment alone.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from citekeeper.errors import InputFileError, UsageError
from citekeeper.urls import best_pattern, host_of, is_web_url, shown

_DURATION = re.compile(r"(?i)(\d+(?:\.\d+)?)\s*(w|d|h|m|s)\s*")
_PROXY = re.compile(r"(?i)(?:https?|socks4a?|socks5h?)://(?:[^\s/@]*@)?(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?/?")
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


def _as_list(value: object) -> object:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _as_regex(value: object) -> object:
    for pattern in value if isinstance(value, list) else []:
        try:
            re.compile(str(pattern))
        except re.error as error:
            raise ValueError(f"“{pattern}” is no regular expression: {error}") from error
    return value


def _web_address(value: object) -> object:
    if isinstance(value, str) and value.strip() and not is_web_url(value.strip()):
        raise ValueError(f"“{shown(value)}” is no web address; write for instance https://resolver.example/dns-query")
    return value.strip() if isinstance(value, str) else value


def _proxy_address(value: object) -> object:
    if not isinstance(value, str):
        return value
    address = value.strip() if "://" in value else f"http://{value.strip()}"
    if not _PROXY.fullmatch(address):
        raise ValueError(f"“{shown(address)}” is no proxy; write for instance http://proxy.example:3128")
    return address


def _as_glossary(value: object) -> object:
    for term, spelling in value.items() if isinstance(value, dict) else ():
        spellings = [*spelling, *spelling.values()] if isinstance(spelling, dict) else [spelling]
        if not all(isinstance(text, str) for text in (term, *spellings)):
            raise ValueError(
                f"glossary: “{shown(str(term))}” needs a spelling, or one per language: write for instance "
                "Роскомнадзор: Roskomnadzor, and put what YAML takes for no text (no, 7) in quotation marks"
            )
    return value


_TEMPLATE_FIELD = re.compile(r"\{[^{}]*\}|[{}]")
_PEER_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_TAKEN_NAMES = frozenset(("wayback", "arquivo", "archive-today", "google", "second-opinion", "doh", "pinned"))


def _address_with(*needed: str) -> Any:
    """A validator of URL templates that must hold just these fields."""
    example = f"http://localhost:1208/timemap/link/{needed[-1]}"

    def checked(value: object) -> object:
        if not isinstance(value, str):
            return value
        found = _TEMPLATE_FIELD.findall(value)
        if sorted(found) != sorted(needed) or not is_web_url(_TEMPLATE_FIELD.sub("1", value)):
            wanted = " and ".join(needed)
            raise ValueError(f"“{shown(value)}” is no web address with {wanted} in it, such as {example}")
        return value.strip()

    return BeforeValidator(checked)


def _peer_names(value: object) -> object:
    for name in value if isinstance(value, dict) else ():
        if not isinstance(name, str) or not _PEER_NAME.fullmatch(name) or name in _TAKEN_NAMES:
            taken = ", ".join(sorted(_TAKEN_NAMES))
            raise ValueError(f"“{name}” is no name for a peer; it has a-z, 0-9 and “-” and is none of {taken}")
    return value


WebAddress = Annotated[str, BeforeValidator(_web_address)]
ProxyAddress = Annotated[str, BeforeValidator(_proxy_address)]
Duration = Annotated[timedelta, BeforeValidator(parse_duration)]
GlossaryEntries = Annotated[dict[str, str | dict[str, str]], BeforeValidator(_as_glossary)]
Names = Annotated[list[str], BeforeValidator(_as_list)]
Patterns = Annotated[list[str], BeforeValidator(lambda v: [v] if isinstance(v, str) else v), BeforeValidator(_as_regex)]


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


class HostRule(BaseModel):
    """What a person decided for a host, or for all hosts that a pattern such as ``*.gov.ru`` matches."""

    model_config = ConfigDict(extra="forbid")

    accept: list[int] = Field(default_factory=list, description="HTTP statuses that count as alive on this host")
    expect: str | None = Field(None, description="the verdict that is normal for this host, and so no finding")
    ignore: bool = Field(False, description="do not check this host")
    ca_file: str | None = Field(None, description="a CA bundle (PEM) to trust for this host, beside the usual one")
    per_host: int | None = Field(None, ge=1, le=512, description="connections at once to this host")


class PeerRule(BaseModel):
    """Where an archive that speaks Memento (RFC 7089) is asked; ``{url}`` stands for the source's address."""

    model_config = ConfigDict(extra="forbid")

    timemap: Annotated[str, _address_with("{url}")] | None = Field(
        None, description="its TimeMap in link format, such as http://localhost:1208/timemap/link/{url}"
    )
    timegate: Annotated[str, _address_with("{url}")] | None = Field(
        None, description="its TimeGate, such as http://localhost:1208/timegate/{url}"
    )
    raw: Annotated[str, _address_with("{timestamp}", "{url}")] | None = Field(
        None, description="a memento's original bytes, such as https://archive.example/{timestamp}id_/{url}"
    )
    per_minute: int = Field(30, ge=1, le=600, description="questions a minute, at most")

    @model_validator(mode="after")
    def _can_be_asked(self) -> PeerRule:
        if self.timemap is None and self.timegate is None:
            raise ValueError("it needs a timemap or a timegate, such as http://localhost:1208/timemap/link/{url}")
        return self


class Settings(BaseModel):
    """All settings, with their defaults."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=False)

    services: Names = Field(
        default_factory=list,
        description="who may be told about a source: wayback, arquivo, archive-today, google, …, names of peers",
    )
    peers: Annotated[dict[str, PeerRule], BeforeValidator(_peer_names)] = Field(
        default_factory=dict, description="further web archives that speak Memento, by the name that services uses"
    )
    translate_to: Names = Field(default_factory=lambda: ["en"], description="languages to translate into")
    languages_read: Names = Field(
        default_factory=list, description="languages that need no translation; default: the document's and en"
    )
    translators: Names = Field(
        default_factory=list,
        description="translation engines, asked in this order: google, deepl, mymemory, libre (each also in services), "
        "argos; default: those that services names",
    )
    libre_url: WebAddress | None = Field(None, description="the LibreTranslate server that libre stands for")
    glossary: GlossaryEntries = Field(
        default_factory=dict, description="names in the sources, and how a translation writes them (or: per language)"
    )
    stale_after: Duration = Field(timedelta(days=14), description="reports older than this warn")
    user_agent: str | None = Field(None, description="the User-Agent header; default names citekeeper")
    hosts: dict[str, HostRule] = Field(default_factory=dict, description="rules per host or host pattern")

    archive_dir: str = Field("archive", description="where captures are kept")
    reports_dir: str = Field("reports", description="where reports are written")
    jobs: int = Field(128, ge=1, le=4096, description="transfers at once")
    per_host: int = Field(4, ge=1, le=512, description="connections at once to one host")
    timeout: float = Field(20.0, gt=0, le=600, description="seconds for one attempt")
    retries: int = Field(3, ge=0, le=10, description="further attempts after a failure that may pass")
    fail_on: FailOn = Field(FailOn.ERROR, description="error, warning or never")
    strict: bool = Field(False, description="warnings for want of history are errors")
    vantage: str | None = Field(None, description="the name of this place of observation; default ci or local")
    links: bool = Field(False, description="also check entries of kind: link")
    allow_private: bool = Field(False, description="allow private, loopback and link-local addresses")
    offline: bool = Field(False, description="use no network")
    no_record: bool = Field(False, description="write nothing under archive/")
    save_without_keys: bool = Field(False, description="without Wayback keys, try its public form")
    max_age: Duration | None = Field(None, description="skip what was checked alive since")
    include: Patterns = Field(default_factory=list, description="check only URLs that match one of these")
    exclude: Patterns = Field(default_factory=list, description="do not check URLs that match one of these")
    doh: WebAddress | None = Field(
        None, description="a DNS-over-HTTPS resolver (RFC 8484) that is asked before a name counts as gone"
    )
    second_opinion: ProxyAddress | None = Field(
        None, description="a proxy: the second vantage that is asked before a failing source counts as dead"
    )

    browser: BrowserUse = Field(
        BrowserUse.AUTO, description="show pages to a browser: auto (where one is installed), always or never"
    )
    browser_path: str | None = Field(
        None, description="the browser: Chromium, Chrome or Edge; default: the first of them that is installed"
    )

    timestamp_authorities: Annotated[list[WebAddress], BeforeValidator(_as_list)] = Field(
        default_factory=list, description="RFC 3161 time-stamp authorities, asked in this order; they are sent a hash"
    )
    tsa_roots: str | None = Field(
        None,
        description="a PEM file of the roots that time stamps must lead to; default: Mozilla's",
    )

    def rule_for(self, url: str) -> HostRule | None:
        """The most specific of ``hosts`` that matches the host of ``url``; None where none does."""
        if not self.hosts:
            return None
        pattern = best_pattern(self.hosts, host_of(url))
        return self.hosts[pattern] if pattern else None


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
    """
    environ = environ or {}
    merged: dict[str, Any] = {}
    if pyproject is not None and pyproject.is_file():
        merged.update(_from_pyproject(pyproject))
    merged.update(register or {})
    from_environ = {}
    for name in Settings.model_fields:
        value = environ.get(f"CITEKEEPER_{name.upper()}")
        if value is not None and value != "" and name not in ("hosts", "glossary", "peers"):
            from_environ[name] = value
    _validate(from_environ, lambda key: f"the environment variable CITEKEEPER_{key.upper()}")
    merged.update(from_environ)
    given = {key: value for key, value in (command_line or {}).items() if value is not None}
    _validate(given, lambda key: f"the option --{key.replace('_', '-')}")
    merged.update(given)
    merged.setdefault("vantage", "ci" if environ.get("CI") else "local")
    return _validate(merged, lambda key: f"the setting {key}")


def _from_pyproject(path: Path) -> dict[str, Any]:
    try:
        tools = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputFileError(str(path), f"not valid TOML: {error}", "Correct the file.") from error
    table = tools.get("citekeeper", {}) if isinstance(tools, dict) else tools
    if not isinstance(table, dict):
        raise InputFileError(str(path), "[tool.citekeeper] is not a table", "Write it as a table of settings.")
    values = {str(key).replace("-", "_"): value for key, value in table.items()}
    for key in values:
        if key not in Settings.model_fields:
            raise InputFileError(str(path), f"[tool.citekeeper] has no setting “{key}”", nearest_hint(key))
    _validate(values, lambda key: f"{path}: [tool.citekeeper] {key}")
    return values


def nearest_hint(key: str) -> str:
    """Advice for an unknown setting: the nearest known name, or all of them."""
    near = difflib.get_close_matches(key.replace("-", "_"), Settings.model_fields, n=1, cutoff=0.6)
    return f"Did you mean “{near[0]}”?" if near else f"Known settings: {', '.join(sorted(Settings.model_fields))}."


def _validate(values: Mapping[str, Any], name_of: Any) -> Settings:
    try:
        return Settings.model_validate(dict(values))
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0]) if first["loc"] else ""
        raise UsageError(f"{name_of(key)}: {plain_message(dict(first))}.", "Correct or remove it.") from error


def plain_message(error: Mapping[str, Any]) -> str:
    """One pydantic error in plain words: what was expected, and what stood there."""
    expected = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    expected = expected[:1].lower() + expected[1:]
    found = error.get("input")
    if isinstance(found, str | int | float | bool) and error.get("type") != "value_error":
        return f"{expected}, but “{found}” stands there"
    return expected
