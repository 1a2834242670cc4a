"""What each setting may be: read from files, the environment and the command line, and described in the JSON Schema."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from citekeeper import settings as plain
from citekeeper.errors import InputFileError, UsageError
from citekeeper.settings import NAMES, BrowserUse, FailOn, parse_duration
from citekeeper.tags import is_language_tag, primary
from citekeeper.urls import is_web_url, shown

_PROXY = re.compile(r"(?i)(?:https?|socks4a?|socks5h?)://(?:[^\s/@]*@)?(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?/?")


def _as_list(value: object) -> object:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _as_tags(value: object) -> object:
    for tag in value if isinstance(value, list) else []:
        if not (isinstance(tag, str) and is_language_tag(tag)):
            raise ValueError(f"“{shown(str(tag))}” is no language tag; use one such as en, nl or pt-BR")
    return value


def _as_languages(value: object) -> object:
    if isinstance(value, list):
        _as_tags([primary(str(tag)) for tag in value])
    return value


def _header_value(value: object) -> object:
    if isinstance(value, str) and not (value.isascii() and value.isprintable()):
        raise ValueError("a header holds one line of ASCII characters only")
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
_TAKEN_NAMES = frozenset(
    (
        "wayback",
        "arquivo",
        "archive-today",
        "google",
        "deepl",
        "mymemory",
        "libre",
        "argos",
        "second-opinion",
        "doh",
        "pinned",
    )
)


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


def _file_path(value: object) -> object:
    if isinstance(value, str):
        if not value.strip():
            raise ValueError("it is empty, and has to name something")
        names = value.encode("utf-8", "surrogateescape").split(b"/")  # a ValueError where a character is none
        if "\0" in value or len(value) > _LONGEST_PATH or any(len(name) > _LONGEST_NAME for name in names):
            raise ValueError("no file can have this name")
    return value


def _name_of_a_place(value: object) -> object:
    if isinstance(value, str) and not (value.strip() and value.isprintable()):
        raise ValueError("a vantage is a name on one line, such as ci or office")
    return value


WebAddress = Annotated[str, BeforeValidator(_web_address)]
FilePath = Annotated[str, BeforeValidator(_file_path)]
VantageName = Annotated[str, BeforeValidator(_name_of_a_place)]
ProxyAddress = Annotated[str, BeforeValidator(_proxy_address)]
Duration = Annotated[timedelta, BeforeValidator(parse_duration)]
GlossaryEntries = Annotated[dict[str, str | dict[str, str]], BeforeValidator(_as_glossary)]
# Of validators that come before, the last one is the first to see a value.
Names = Annotated[list[str], BeforeValidator(_as_list)]
Tags = Annotated[list[str], BeforeValidator(_as_tags), BeforeValidator(_as_list)]
Languages = Annotated[list[str], BeforeValidator(_as_languages), BeforeValidator(_as_list)]
Patterns = Annotated[list[str], BeforeValidator(_as_regex), BeforeValidator(lambda v: [v] if isinstance(v, str) else v)]
UserAgent = Annotated[str, BeforeValidator(_header_value)]


_LONGEST_PATH, _LONGEST_NAME = 1024, 255  # of characters, of bytes: what every system can hold
_DEFAULTS = plain.Settings()


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
    per_minute: int = Field(plain.PeerRule().per_minute, ge=1, le=600, description="questions a minute, at most")

    @model_validator(mode="after")
    def _can_be_asked(self) -> PeerRule:
        if self.timemap is None and self.timegate is None:
            raise ValueError("it needs a timemap or a timegate, such as http://localhost:1208/timemap/link/{url}")
        return self


_RULES: Mapping[str, type[BaseModel]] = {"hosts": HostRule, "peers": PeerRule}


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
    translate_to: Tags = Field(
        default_factory=lambda: list(_DEFAULTS.translate_to), description="languages to translate into"
    )
    languages_read: Languages = Field(
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
    stale_after: Duration = Field(_DEFAULTS.stale_after, description="reports older than this warn")
    user_agent: UserAgent | None = Field(None, description="the User-Agent header; default names citekeeper")
    hosts: dict[str, HostRule] = Field(default_factory=dict, description="rules per host or host pattern")

    archive_dir: FilePath = Field(_DEFAULTS.archive_dir, description="where captures are kept")
    reports_dir: FilePath = Field(_DEFAULTS.reports_dir, description="where reports are written")
    jobs: int = Field(_DEFAULTS.jobs, ge=1, le=4096, description="transfers at once")
    per_host: int = Field(_DEFAULTS.per_host, ge=1, le=512, description="connections at once to one host")
    timeout: float = Field(_DEFAULTS.timeout, gt=0, le=600, description="seconds for one attempt")
    retries: int = Field(_DEFAULTS.retries, ge=0, le=10, description="further attempts after a failure that may pass")
    fail_on: FailOn = Field(_DEFAULTS.fail_on, description="error, warning or never")
    strict: bool = Field(_DEFAULTS.strict, description="warnings for want of history are errors")
    vantage: VantageName | None = Field(None, description="the name of this place of observation; default ci or local")
    links: bool = Field(_DEFAULTS.links, description="also check entries of kind: link")
    allow_private: bool = Field(_DEFAULTS.allow_private, description="allow private, loopback and link-local addresses")
    offline: bool = Field(_DEFAULTS.offline, description="use no network")
    no_record: bool = Field(_DEFAULTS.no_record, description="write nothing under archive/")
    save_without_keys: bool = Field(
        _DEFAULTS.save_without_keys, description="without Wayback keys, try its public form"
    )
    max_age: Duration | None = Field(None, description="skip what was checked alive since")
    include: Patterns = Field(default_factory=list, description="check only URLs that match one of these")
    exclude: Patterns = Field(default_factory=list, description="do not check URLs that match one of these")
    doh: WebAddress | None = Field(
        None,
        description="a DNS-over-HTTPS resolver (RFC 8484) that is asked before a name counts as gone, "
        "and who serves the domain of a page that holds next to nothing",
    )
    second_opinion: ProxyAddress | None = Field(
        None, description="a proxy: the second vantage that is asked before a failing source counts as dead"
    )

    browser: BrowserUse = Field(
        _DEFAULTS.browser, description="show pages to a browser: auto (where one is installed), always or never"
    )
    browser_path: FilePath | None = Field(
        None, description="the browser: Chromium, Chrome or Edge; default: the first of them that is installed"
    )

    timestamp_authorities: Annotated[list[WebAddress], BeforeValidator(_as_list)] = Field(
        default_factory=list, description="RFC 3161 time-stamp authorities, asked in this order; they are sent a hash"
    )
    tsa_roots: FilePath | None = Field(
        None,
        description="a PEM file of the roots that time stamps must lead to; default: Mozilla's",
    )
    outlet_rules: FilePath | None = Field(
        None, description="a TOML file of your own rules for reading single outlets; they come before those known here"
    )

    def as_used(self) -> plain.Settings:
        """These settings as the program uses them."""
        values = {name: getattr(self, name) for name in NAMES}
        hosts = {host: plain.HostRule(**rule.model_dump()) for host, rule in self.hosts.items()}
        peers = {name: plain.PeerRule(**rule.model_dump()) for name, rule in self.peers.items()}
        return plain.Settings(**{**values, "hosts": hosts, "peers": peers})


def from_pyproject(path: Path) -> dict[str, Any]:
    """The settings of ``[tool.citekeeper]``.

    Raises:
        InputFileError: the file cannot be read, is no TOML, or names a setting that there is not.
        UsageError: a value is of the wrong kind.
    """
    try:
        tools = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {})
    except OSError as error:
        raise InputFileError(str(path), f"cannot be read: {error.strerror}", "Make it a readable file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputFileError(str(path), f"not valid TOML: {error}", "Correct the file.") from error
    table = tools.get("citekeeper", {}) if isinstance(tools, dict) else tools
    if not isinstance(table, dict):
        raise InputFileError(str(path), "[tool.citekeeper] is not a table", "Write it as a table of settings.")
    values = {str(key).replace("-", "_"): value for key, value in table.items()}
    for key in values:
        if key not in NAMES:
            raise InputFileError(str(path), f"[tool.citekeeper] has no setting “{key}”", nearest_hint(key))
    validate(values, lambda key: f"{path}: [tool.citekeeper] {key}")
    return values


def nearest_hint(key: str) -> str:
    """Advice for an unknown setting: the nearest known name, or all of them."""
    near = difflib.get_close_matches(key.replace("-", "_"), NAMES, n=1, cutoff=0.6)
    return f"Did you mean “{near[0]}”?" if near else f"Known settings: {', '.join(sorted(NAMES))}."


def validate(values: Mapping[str, Any], name_of: Callable[[str], str]) -> plain.Settings:
    """The settings with these values, and defaults for the rest.

    Raises:
        UsageError: a value is of the wrong kind; ``name_of`` says where it comes from.
    """
    try:
        return Settings.model_validate(dict(values)).as_used()
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0]) if first["loc"] else ""
        if unknown := unknown_key(first["type"], first["loc"]):
            raise UsageError(f"{name_of(key)}: {unknown[0]}.", unknown[1]) from error
        raise UsageError(f"{name_of(key)}: {plain_message(dict(first))}.", "Correct or remove it.") from error


def unknown_key(kind: str, place: Sequence[str | int]) -> tuple[str, str] | None:
    """What to say of a key that a rule of ``hosts`` or ``peers`` does not have, with the nearest; None of other errors.

    Args:
        kind: pydantic's name of the error.
        place: the keys that lead there.
    """
    rule = next((_RULES[str(key)] for key in place if str(key) in _RULES), None)
    if kind != "extra_forbidden" or rule is None:
        return None
    near = difflib.get_close_matches(str(place[-1]), rule.model_fields, n=1, cutoff=0.6)
    hint = f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(sorted(rule.model_fields))}."
    return f"a rule has no key “{place[-1]}”", hint


def plain_message(error: Mapping[str, Any]) -> str:
    """One pydantic error in plain words: what was expected, and what stood there."""
    expected = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    expected = expected[:1].lower() + expected[1:]
    found = error.get("input")
    if isinstance(found, str | int | float | bool) and error.get("type") != "value_error":
        return f"{expected}, but “{found}” stands there"
    return expected
