"""The composition root: settings, network, time and chance are made here once and handed to the rooms."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citekeeper.clock import Clock, SystemClock
from citekeeper.consent import Consent
from citekeeper.errors import InputFileError, UsageError
from citekeeper.files import cache_directory
from citekeeper.history import History
from citekeeper.model import Citation, Document, Report
from citekeeper.network import Network
from citekeeper.patterns import late
from citekeeper.settings import Settings, load_settings
from citekeeper.values import dataclass

if TYPE_CHECKING:
    from citekeeper.archive import Archive
    from citekeeper.fetch import Engine
    from citekeeper.fetch.nameservers import Nameservers
    from citekeeper.mementos import Peer, SavingArchive
    from citekeeper.mementos.ledger import Ledger
    from citekeeper.pipeline.browsing import Browsing
    from citekeeper.register import Register
    from citekeeper.translation import Translates
    from citekeeper.workers import Workers

DEFAULT_REGISTER = Path("citations.yaml")

_DRIPPING = 3.0  # times the timeout, for the whole of a transfer
_SETTINGS = late(rb"""(?m)^(?:\xef\xbb\xbf)?["']?settings["']?[ \t]*:(.*(?:\r?\n(?:[ \t#].*)?)*)""")
_COMMENT = late(rb"(?m)#.*$")
_KEY = late(rb"""[\s{,]["']?([A-Za-z][A-Za-z0-9_-]*)["']?[ \t]*:""")
_OF_OTHERS = {b"services", b"translate_to", b"translate-to"}
_IDS_SHOWN = 100
_PAGES_WORTH_PROCESSES = 12  # a process takes about a second to begin and to load the extractors, a page 70 ms


@dataclass(frozen=True, slots=True)
class Workshop:
    """Everything a command needs to work with the register's citations."""

    settings: Settings
    reach: Callable[[], Network]
    clock: Clock
    rng: random.Random
    environ: Mapping[str, str]
    register: Register | None = None

    @property
    def network(self) -> Network:
        """How to reach the web; read when it is first needed, as a proxy of no use need not stop what stays here.

        Raises:
            UsageError: a CA variable names a file that cannot be read, or a proxy variable no proxy.
        """
        return self.reach()

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents whose citations these are."""
        return self.register.documents if self.register else ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All entries of the register, links included."""
        return self.register.citations if self.register else ()

    @property
    def consent(self) -> Consent:
        """Who may be told what."""
        return Consent.of(self.settings.services, self.settings.peers)

    @property
    def archive(self) -> Archive:
        """The local archive."""
        from citekeeper.archive import Archive

        directory = Path(self.settings.archive_dir)
        return Archive(directory, self.clock, prefix=_shown(directory).as_posix(), charset_of=_charset_of)

    def history(self, citation_id: str) -> History:
        """One citation's history."""
        return History(Path(self.settings.archive_dir), citation_id)

    def chosen(self, ids: Sequence[str]) -> list[Citation]:
        """The citations with these ids; without any, all citations (links only where ``links`` is set).

        Raises:
            UsageError: an id is not in the register.
        """
        from citekeeper.pipeline.work import selected

        if not ids:
            return selected(self.citations, links=self.settings.links)
        by_id = {citation.id: citation for citation in self.citations}
        missing = [wanted for wanted in ids if wanted not in by_id]
        if missing:
            raise UsageError(f"There is no citation “{missing[0]}”.", _known(missing[0], list(by_id)))
        return [by_id[wanted] for wanted in dict.fromkeys(ids)]

    def write_site(self, report: Report, formats: Sequence[str], *, public: Path | None = None) -> list[Path]:
        """Write the reports directory, or the edition for publication into ``public``.

        Formats that are no files in it are left out.
        """
        from citekeeper.reports import FORMATS, write_site

        names = list(dict.fromkeys(name for name in formats if FORMATS[name].filename))
        directory = public or Path(self.settings.reports_dir)
        root = Path(self.settings.archive_dir)
        for _ in _shown(root).parts:
            root = root.parent
        return write_site(report, directory, formats=names, public=public is not None, archive_root=root)

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """The fetcher, closed at the end."""
        from citekeeper.fetch import Engine, EngineConfig

        settings, archive = self.settings, Path(self.settings.archive_dir)
        config = EngineConfig(
            scratch=archive if archive.is_dir() else None,
            jobs=settings.jobs,
            per_host=settings.per_host,
            timeout=settings.timeout,
            total_timeout=max(EngineConfig().total_timeout, _DRIPPING * settings.timeout),
            retries=settings.retries,
            allow_private=settings.allow_private,
            host_ca={host: rule.ca_file for host, rule in settings.hosts.items() if rule.ca_file},
            per_host_overrides={host: rule.per_host for host, rule in settings.hosts.items() if rule.per_host},
        )
        if settings.user_agent:
            config = replace(config, user_agent=settings.user_agent)
        with Engine(config, self.network, self.clock, self.rng) as engine:
            yield engine

    @property
    def nameservers(self) -> Nameservers | None:
        """Asks DNS who serves a domain; None through a proxy, which may be there because nobody here speaks DNS."""
        if self.network.http_proxy or self.network.https_proxy:
            return None
        from citekeeper.fetch.nameservers import nameservers_of

        return nameservers_of

    @contextmanager
    def browsing(self) -> Iterator[Browsing]:
        """The browser that captured pages are shown to, closed at the end.

        Raises:
            UsageError: ``browser`` says always, and there is none.
        """
        from citekeeper.archive.browser import Browser, find_browser
        from citekeeper.pipeline.browsing import Browsing, Fetch
        from citekeeper.settings import BrowserUse

        use = self.settings.browser
        never = use is BrowserUse.NEVER
        found, missing = (None, "") if never else find_browser(self.settings.browser_path, self.environ)
        if found is None and use is BrowserUse.ALWAYS:
            raise UsageError(f"--browser always needs a browser, but {missing}.", "Or use --browser auto.")

        def make(fetch: Fetch) -> Browser:
            assert found is not None
            return Browser(found, fetch, self.clock)

        browsing = Browsing(use, make if found is not None else None, missing)
        try:
            yield browsing
        finally:
            browsing.close()

    @contextmanager
    def workers(self, pages: int) -> Iterator[Workers]:
        """Processes for reading and sealing so many pages, started now; for few pages it is quicker without them.

        Among few pages too, those that are large are read and sealed in a process, which can be ended.
        """
        from citekeeper.processes import Pool, WhenHeavy

        if pages < _PAGES_WORTH_PROCESSES:
            with closing(WhenHeavy(prepare="citekeeper.pipeline.loaded")) as few:
                yield few
            return
        with Pool(prepare="citekeeper.pipeline.loaded") as pool:
            pool.warm_up()
            yield pool

    def web_archive(self) -> SavingArchive:
        """The Wayback Machine, with keys where the environment has them."""
        from citekeeper.mementos import wayback_machine

        def key(name: str) -> str | None:
            return self.environ.get(f"WAYBACK_{name}") or self.environ.get(f"SAVEPAGENOW_{name}") or None

        return wayback_machine(
            self.network,
            self.clock,
            access_key=key("ACCESS_KEY"),
            secret_key=key("SECRET_KEY"),
            rng=self.rng,
            without_keys=self.settings.save_without_keys,
        )

    def peers(self) -> list[Peer]:
        """The archives beside the Wayback Machine that ``services`` names."""
        from citekeeper.mementos import PeerAddress, peers

        addresses = {
            name: PeerAddress(rule.timemap, rule.timegate, rule.raw, rule.per_minute)
            for name, rule in self.settings.peers.items()
        }
        return peers(self.settings.services, addresses, self.network, self.clock, rng=self.rng)

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """What archives answered in a run that did not end well."""
        from citekeeper.mementos.ledger import Ledger

        ledger = Ledger(cache_directory(self.environ) / "lookups.sqlite", self.clock)
        try:
            yield ledger
        finally:
            ledger.close()

    @property
    def translators(self) -> list[str]:
        """The translation engines in the order they are asked: as set, else those that ``services`` names."""
        from citekeeper.translation import ENGINES, LOCAL_ENGINES

        named = self.settings.translators or [name for name in self.settings.services if name in ENGINES]
        return [name for name in named if not self.settings.offline or name in LOCAL_ENGINES]

    @contextmanager
    def translator(self) -> Iterator[Translates | None]:
        """The `translators`, behind guards and a translation memory; None where there are none."""
        from citekeeper.translation import Access, open_translator

        access = Access(
            deepl_key=self.environ.get("DEEPL_API_KEY"),
            libre_url=self.settings.libre_url,
            libre_key=self.environ.get("LIBRETRANSLATE_API_KEY"),
        )
        made = open_translator(
            self.translators,
            self.network,
            self.clock,
            memory_path=cache_directory(self.environ) / "translations.sqlite",
            access=access,
            glossary=self.settings.glossary,
        )
        try:
            yield made
        finally:
            if made is not None:
                made.close()


def open_workshop(
    register: Path | None,
    options: Mapping[str, Any],
    *,
    needs_register: bool = True,
    is_offline: bool = False,
    environ: Mapping[str, str] | None = None,
) -> Workshop:
    """Load the register and settle every setting.

    Args:
        register: the file given with ``--citations``; None for the default in the working directory.
        options: what the command line set.
        needs_register: False for commands that also work without one; where it is there, its settings count.
        is_offline: whether the command does its work without the web.
        environ: the process environment.

    Raises:
        UsageError: the register is missing though needed, or it, a setting, or a variable about the web is wrong.
    """
    environ = os.environ if environ is None else environ
    path = register or Path(environ.get("CITEKEEPER_CITATIONS", "") or DEFAULT_REGISTER)
    is_asked_for = bool(options.get("second_opinion") or environ.get("CITEKEEPER_SECOND_OPINION"))
    wanted = needs_register or register is not None or _may_concern_a_check(path, with_services=is_asked_for)
    loaded = _load(path) if wanted else None
    settings = load_settings(
        command_line=options,
        environ=environ,
        register=loaded.settings if loaded else None,
        pyproject=path.parent / "pyproject.toml",
    )
    if needs_register and os.path.lexists(settings.archive_dir) and not Path(settings.archive_dir).is_dir():
        raise UsageError(
            f"{settings.archive_dir} is to hold the archive, and is no directory.",
            "Move it away, or name another with --archive-dir.",
        )
    consent = _consent(settings, loaded)  # a misspelt service is told before anything is fetched
    if settings.second_opinion:
        consent.require("second-opinion", "--second-opinion")
    if settings.doh:
        consent.require("doh", "doh")
    _require_translators(settings, consent)
    if settings.outlet_rules:
        from citekeeper.reading import check_outlet_rules

        check_outlet_rules(settings.outlet_rules)
    reach = cache(lambda: Network.from_environ(environ))
    if not is_offline:
        reach()  # what is wrong there is told before the work
    return Workshop(settings, reach, SystemClock(), random.Random(), environ, loaded)  # noqa: S311 - for jitter, no secret


def _may_concern_a_check(path: Path, *, with_services: bool) -> bool:
    """Whether a register that is not asked for may hold settings that a check of something else heeds.

    Reading it takes longer than checking a dozen links, and most hold no more than ``services`` and ``translate_to``.
    """
    try:
        data = path.read_bytes() if path.is_file() else None
    except OSError:
        data = None
    if data is None:
        return os.path.lexists(path)  # and let its reader say what is wrong with it
    found = _SETTINGS.search(data)
    if found is None:
        return b"settings" in data and data.lstrip()[:1] == b"{"
    keys = _KEY.findall(_COMMENT.sub(b"", found[1]))
    return with_services or not _OF_OTHERS.issuperset(keys)


def _known(wanted: str, ids: Sequence[str]) -> str:
    """The ids that there are, for a hint; of many, those that may be meant."""
    if len(ids) <= _IDS_SHOWN:
        return f"Known: {', '.join(ids) or 'none'}."
    import difflib

    near = difflib.get_close_matches(wanted, ids, n=5) or ids[:5]
    return f"Known are {len(ids)}, such as {', '.join(near)}."


def _shown(directory: Path) -> Path:
    """What paths of the archive begin with: the directory as it was given, or its name where it lies elsewhere.

    Reports and histories are read by others, and where a home lies on this machine is nothing to tell them.
    """
    return Path(directory.name) if directory.is_absolute() or ".." in directory.parts else directory


def _charset_of(body: bytes, content_type: str) -> str:
    from citekeeper.reading.charset import decode

    return decode(body, content_type).charset


def _consent(settings: Settings, register: Register | None) -> Consent:
    try:
        return Consent.of(settings.services, settings.peers)
    except UsageError as error:
        if register is None or register.settings.get("services") != settings.services:
            raise
        line, column = register.position("settings", "services")
        raise InputFileError(str(register.path), error.message, error.hint, line=line, column=column) from error


def _require_translators(settings: Settings, consent: Consent) -> None:
    """Refuse engines that are not known, may not be told anything, or have no address."""
    from citekeeper.translation import ENGINES, LIBRE, LOCAL_ENGINES

    for name in split_list(",".join(settings.translators) or None, ENGINES, "translation engine"):
        if name not in LOCAL_ENGINES:
            consent.require(name, f"“{name}” in translators")
    if LIBRE in (settings.translators or settings.services) and not settings.libre_url:
        raise UsageError(
            "libre is to translate, but libre_url does not say where its server is.",
            "Set libre_url in citations.yaml, for instance to https://translate.example.org/, or leave libre out.",
        )


def _load(path: Path) -> Register:
    from citekeeper.register import load

    return load(path)


def split_list(text: str | None, known: Sequence[str], what: str) -> list[str]:
    """A comma-separated option as a list of known names; empty where the option was not given (None).

    Raises:
        UsageError: a name is not known, or the option was given and names nothing.
    """
    import difflib

    names = [name.strip() for name in (text or "").split(",") if name.strip()]
    if text is not None and not names:
        raise UsageError(f"No {what} is named, only “{text}”.", f"Known: {', '.join(known)}.")
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(known)}."
            raise UsageError(f"“{name}” is no {what}.", hint)
    return names


def one_of(text: str, known: Sequence[str], what: str) -> str:
    """An option that is one of the known names.

    Raises:
        UsageError: it is none of them, or several.
    """
    names = split_list(text, known, what)
    if len(names) > 1:
        raise UsageError(f"“{text}” is more than one {what}.", f"Give one of {', '.join(known)}.")
    return names[0]
