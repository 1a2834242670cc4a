"""The composition root: settings, network, time and chance are made here once and handed to the rooms."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citekeeper.clock import Clock, SystemClock
from citekeeper.consent import Consent
from citekeeper.errors import InputFileError, UsageError
from citekeeper.history import History
from citekeeper.model import Citation, Document, Report
from citekeeper.network import Network
from citekeeper.settings import Settings, load_settings

if TYPE_CHECKING:
    from citekeeper.archive import Archive
    from citekeeper.fetch import Engine
    from citekeeper.mementos import SavingArchive
    from citekeeper.register import Register
    from citekeeper.translation import Translates

DEFAULT_REGISTER = Path("citations.yaml")


@dataclass(frozen=True, slots=True)
class Workshop:
    """Everything a command needs to work with the register's citations."""

    settings: Settings
    network: Network
    clock: Clock
    rng: random.Random
    environ: Mapping[str, str]
    register: Register | None = None

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
        return Consent.of(self.settings.services)

    @property
    def archive(self) -> Archive:
        """The local archive."""
        from citekeeper.archive import Archive

        return Archive(Path(self.settings.archive_dir), self.clock)

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
            raise UsageError(f"There is no citation “{missing[0]}”.", f"Known: {', '.join(by_id) or 'none'}.")
        return [by_id[wanted] for wanted in dict.fromkeys(ids)]

    def write_site(self, report: Report, formats: Sequence[str], *, public: Path | None = None) -> list[Path]:
        """Write the reports directory, or the edition for publication into ``public``.

        Formats that are no files in it are left out.
        """
        from citekeeper.reports import FORMATS, write_site

        names = list(dict.fromkeys(name for name in formats if FORMATS[name].filename))
        directory = public or Path(self.settings.reports_dir)
        archive = Path(self.settings.archive_dir)
        return write_site(report, directory, formats=names, public=public is not None, archive_root=archive.parent)

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """The fetcher, closed at the end."""
        from citekeeper.fetch import Engine, EngineConfig

        settings = self.settings
        config = EngineConfig(
            jobs=settings.jobs,
            per_host=settings.per_host,
            timeout=settings.timeout,
            retries=settings.retries,
            allow_private=settings.allow_private,
            host_ca={host: rule.ca_file for host, rule in settings.hosts.items() if rule.ca_file},
            per_host_overrides={host: rule.per_host for host, rule in settings.hosts.items() if rule.per_host},
        )
        if settings.user_agent:
            config = replace(config, user_agent=settings.user_agent)
        with Engine(config, self.network, self.clock, self.rng) as engine:
            yield engine

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

    @contextmanager
    def translator(self) -> Iterator[Translates | None]:
        """The engines that ``services`` names, behind guards and a translation memory; None where it names none."""
        from citekeeper.translation import open_translator

        memory_path = cache_directory(self.environ) / "translations.sqlite"
        made = open_translator(self.settings.services, self.network, self.clock, memory_path=memory_path)
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
    environ: Mapping[str, str] | None = None,
) -> Workshop:
    """Load the register and settle every setting.

    Args:
        register: the file given with ``--citations``; None for the default in the working directory.
        options: what the command line set.
        needs_register: False for commands that also work without one.
        environ: the process environment.

    Raises:
        UsageError: the register is missing though needed, or it or a setting is wrong.
    """
    environ = os.environ if environ is None else environ
    path = register or Path(environ.get("CITEKEEPER_CITATIONS", "") or DEFAULT_REGISTER)
    loaded = _load(path) if needs_register or register is not None else None
    settings = load_settings(
        command_line=options,
        environ=environ,
        register=loaded.settings if loaded else None,
        pyproject=path.parent / "pyproject.toml",
    )
    consent = _consent(settings, loaded)  # a misspelt service is told before anything is fetched
    if settings.second_opinion:
        consent.require("second-opinion", "--second-opinion")
    if settings.doh:
        consent.require("doh", "doh")
    return Workshop(settings, Network.from_environ(environ), SystemClock(), random.Random(), environ, loaded)  # noqa: S311 - for jitter, no secret


def _consent(settings: Settings, register: Register | None) -> Consent:
    try:
        return Consent.of(settings.services)
    except UsageError as error:
        if register is None or register.settings.get("services") != settings.services:
            raise
        line, column = register.position("settings", "services")
        raise InputFileError(str(register.path), error.message, error.hint, line=line, column=column) from error


def _load(path: Path) -> Register:
    from citekeeper.register import load

    return load(path)


def cache_directory(environ: Mapping[str, str]) -> Path:
    """Where caches that can be rebuilt live: CITEKEEPER_CACHE_DIR, else the user's cache directory (XDG)."""
    own = environ.get("CITEKEEPER_CACHE_DIR")
    if own:
        return Path(own)
    if sys.platform == "win32":
        base = Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "citekeeper"


def split_list(text: str | None, known: Sequence[str], what: str) -> list[str]:
    """A comma-separated option as a list of known names.

    Raises:
        UsageError: a name is not known.
    """
    import difflib

    names = [name.strip() for name in (text or "").split(",") if name.strip()]
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(known)}."
            raise UsageError(f"“{name}” is no {what}.", hint)
    return names
