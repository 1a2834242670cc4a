"""Writing the archive: capture folders that appear whole or not at all and whose files never change."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from citekeeper.archive import texts
from citekeeper.archive.decoding import CharsetOf, page_charset
from citekeeper.archive.deposits import Claim, Sealing, check_deposits, deposit_fields
from citekeeper.archive.filling import write_capture, write_manifest
from citekeeper.archive.folders import (
    FOLDER_NAME,
    directories,
    measured,
    read_manifests,
    remove_temporaries,
    remove_unlisted,
    sealed,
)
from citekeeper.archive.lock import archive_lock
from citekeeper.archive.manifest import manifest_name, manifest_number
from citekeeper.archive.manifest_fields import CaptureFacts, later_fields
from citekeeper.archive.numbers import in_git, next_number
from citekeeper.archive.own_address import Address, echoes, learned
from citekeeper.archive.reader import ArchiveReader, later_versions
from citekeeper.archive.withdrawals import finish_withdrawal, withdrawal_list
from citekeeper.clock import Clock, folder_name
from citekeeper.errors import StorageError, UsageError
from citekeeper.files import TEMPORARY_PREFIX, storage_error, sync_all, write_atomic
from citekeeper.model import (
    ArchivedFile,
    Capture,
    Citation,
    Document,
    Exchange,
    Reading,
    Rendering,
    Shows,
    Translation,
    Verdict,
)
from citekeeper.tags import is_language_tag

GITATTRIBUTES = b"* -text\nhistory.jsonl merge=union\n"


class Archive(ArchiveReader):
    """The captures under one directory, as they are read and written.

    Args:
        root: the archive directory; it is made when something is first written.
        clock: the time of sealing and of the lock.
        prefix: what paths in `Capture` and messages begin with: the directory's name as the user knows it.
        charset_of: how the bytes of a page's frames are read; its own are read as its reading says,
            if it has one.
    """

    def __init__(
        self, root: Path, clock: Clock, *, prefix: str = "archive", charset_of: CharsetOf = page_charset
    ) -> None:
        super().__init__(root, prefix=prefix)
        self._charset_of = charset_of
        self._clock = clock
        self._held = False
        self._in_git: bool | None = None  # not known yet
        self._own_addresses: dict[Address, str] = {}  # the reader's, as far as this run has learned them

    # ── one writer, a clean start ───────────────────────────────────────────────────────────────────────────────────

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only writer.

        Raises:
            StorageError: another process is (it is named), or the directory cannot be written.
        """
        with archive_lock(self._root, self._clock):
            self._held = True
            try:
                yield
            finally:
                self._held = False

    def prepare(self) -> None:
        """Write archive/.gitattributes where there is none, and remove what a killed run left behind.

        Without the lock, it is taken for the sweep; where another run holds it, that run's files are left alone.

        Raises:
            StorageError: the directory cannot be written.
        """
        try:
            self._root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage_error(self._root, error) from error
        attributes = self._root / ".gitattributes"
        if not attributes.exists():
            write_atomic(attributes, GITATTRIBUTES)
        if self._held:
            self._sweep()
            return
        with contextlib.suppress(StorageError), self.lock():
            self._sweep()

    def _sweep(self) -> None:
        """Remove temporaries three levels deep (the root, the citations, the captures); finish withdrawals."""
        for directory in (self._root, *directories(self._root)):
            remove_temporaries(directory)
            for folder in directories(directory) if directory != self._root else ():
                remove_temporaries(folder)
                try:
                    remove_unlisted(folder)
                    finish_withdrawal(folder)
                except OSError as error:
                    raise storage_error(folder, error) from error

    # ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def notice(self, exchanges: Sequence[Exchange]) -> None:
        """Learn the reader's own addresses from exchanges, so that captures made later, elsewhere too, know them."""
        self._own_addresses |= learned(exchanges)

    def capture(
        self,
        citation: Citation,
        exchange: Exchange,
        verdict: Verdict,
        *,
        reading: Reading | None,
        requisites: Sequence[Exchange] = (),
        left_out: Sequence[tuple[str, str]] = (),
        document: Document | None,
        options: Mapping[str, str],
        shows: Shows,
        rendering: Rendering | None = None,
        unshown: str | None = None,
    ) -> Capture:
        """Seal what an exchange brought: capture.wacz, page.html, text.json and manifest.json in a new folder.

        Args:
            citation: what it is evidence for.
            exchange: the page, at least one hop of which answered.
            verdict: the judge's word on it.
            reading: its text, where one could be made.
            requisites: what the page needs to be looked at, as fetched.
            left_out: addresses that were not fetched, each with the reason.
            document: the document that cites it.
            options: the settings in force; only their hash is kept.
            shows: whether it is the source or the failure that is kept.
            rendering: what a browser made of the page, where one was shown it; what it asked for is in ``requisites``.
            unshown: why page.html cannot be made and must not be tried again, a sentence.

        Returns:
            The capture, intact.

        Raises:
            StorageError: it could not be written; nothing of it is visible.
            UsageError: nothing answered, so there is nothing to keep.
        """
        if not exchange.hops:
            raise UsageError(f"{citation.id}: nothing answered, so there is nothing to keep.", "Check it again later.")
        captured_at = (exchange.started_at or self._clock.now()).astimezone(UTC)
        everything = (exchange, *requisites)
        self.notice(everything)
        echoed = echoes(everything, self._own_addresses)
        facts = CaptureFacts(
            citation,
            exchange,
            verdict,
            reading,
            requisites,
            left_out,
            document,
            dict(options),
            shows,
            captured_at,
            echoed,
            rendering,
            unshown,
        )

        def fill(staging: Path, name: str) -> None:
            write_capture(staging, name, facts, self._clock, lambda: self.heads(citation.id), self._charset_of)

        return self._new_folder(citation.id, captured_at, fill)

    def deposit(
        self,
        citation: Citation,
        paths: Sequence[Path],
        claim: Claim,
        *,
        reading: Reading | None,
        document: Document | None,
    ) -> Capture:
        """Seal evidence made elsewhere: the files' bytes untouched, their text where it could be read, and a manifest.

        Args:
            citation: what it is evidence for.
            paths: the files, in the order that the manifest lists them.
            claim: who hands them in, and when and how they say it was made.
            reading: their text.
            document: the document that cites the source.

        Returns:
            The capture, of origin deposited.

        Raises:
            UsageError: a file is missing, empty, no regular file, or a Git LFS pointer, or changed while it was copied.
            StorageError: it could not be written; nothing of it is visible.
        """
        deposits = check_deposits(paths)

        def fill(staging: Path, name: str) -> None:
            files = [deposit.copied_to(staging) for deposit in deposits]
            if reading is not None:
                (staging / "text.json").write_bytes(texts.reading_to_json(reading))
                files.append(measured(staging / "text.json"))
            sealing = Sealing(name, self._clock.now(), files, self.heads(citation.id))
            fields = deposit_fields(citation, claim, deposits, reading, document, sealing)
            write_manifest(staging, fields)

        return self._new_folder(citation.id, claim.captured_at, fill)

    def _new_folder(self, citation_id: str, moment: datetime, fill: Callable[[Path, str], None]) -> Capture:
        """A capture folder that ``fill`` makes complete, manifest included, before anyone sees it."""
        home = self._home(citation_id)
        name = self._free_name(home, moment)
        staging = home / f"{TEMPORARY_PREFIX}{name}-{secrets.token_hex(4)}"
        try:
            staging.mkdir(parents=True)
            fill(staging, name)
            final = self._publish(staging, home, name)
        except OSError as error:
            raise storage_error(staging, error) from error
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        return self._read(final)

    def _publish(self, staging: Path, home: Path, name: str) -> Path:
        final = home / name
        os.rename(staging, final)  # noqa: PTH104 — atomic, and it fails where a folder with files stands
        sync_all([home, home.parent])
        return final

    def add_translation(self, capture: Capture, translation: Translation) -> str:
        """Put a translation beside its source, and list it in a further manifest.

        Returns:
            Its path, as `Capture.path` is written.

        Raises:
            StorageError: it could not be written.
            UsageError: its language is not a BCP 47 tag, or the capture is not in this archive.
        """
        if not is_language_tag(translation.language):
            raise UsageError(f"“{translation.language[:40]}” is not a language tag.", "Use one such as en or pt-BR.")
        folder = self._folder(capture)
        data = texts.translation_to_json(translation)
        name = self._later_name(folder, f"text.{translation.language}", "json", data)
        write_atomic(folder / name, data)
        self._seal_later(folder, capture, "translation", [sealed(folder / name)])
        return f"{capture.path}/{name}"

    def add_timestamp(self, capture: Capture, reply: bytes, chain: bytes, facts: Mapping[str, str]) -> None:
        """Put a verified time stamp over manifest.json beside it, and list it in a further manifest.

        Args:
            capture: which.
            reply: the authority's TimeStampResp (DER).
            chain: the certificates from the signer to the root (PEM).
            facts: what the further manifest says of it.

        Raises:
            StorageError: it could not be written.
        """
        folder = self._folder(capture)
        token = folder / self._later_name(folder, "timestamp", "tsr", reply)
        paths = [token, token.with_suffix(".pem")]
        for path, data in zip(paths, (reply, chain), strict=True):
            write_atomic(path, data)
        self._seal_later(folder, capture, "timestamp", [sealed(path) for path in paths], {"timestamp": dict(facts)})

    def withdraw(self, capture: Capture, reason: str) -> tuple[str, ...]:
        """Delete a capture's files lawfully; its manifests, tokens and a tombstone with every hash stay.

        The tombstone is sealed before the first file goes, so that a crash between leaves a capture that is withdrawn,
        whose deletion this method, or the next run's `prepare`, completes. Again, it changes nothing.

        Args:
            capture: which.
            reason: why, in a sentence that stays in the tombstone.

        Returns:
            The names of the files that this call deleted.

        Raises:
            StorageError: it could not be written or deleted; run it again.
            UsageError: the capture is not in this archive.
        """
        folder = self._folder(capture)
        manifests = read_manifests(folder)
        if not manifests:
            raise UsageError(f"There is no capture {capture.citation}/{capture.id}.", "See `citekeeper show`.")
        try:
            left = withdrawal_list(folder, manifests)  # after a merge, also what another branch made meanwhile
            if left or not any(manifest.event == "withdraw" for manifest in manifests):
                extra = {"reason": reason, "withdrawn": left}
                self._seal_later(folder, capture, "withdraw", (), extra)
            return finish_withdrawal(folder)
        except OSError as error:
            raise storage_error(folder, error) from error

    def _seal_later(
        self,
        folder: Path,
        capture: Capture,
        event: str,
        files: Sequence[ArchivedFile],
        extra: Mapping[str, object] | None = None,
    ) -> None:
        numbers = [number for path in folder.iterdir() if (number := manifest_number(path.name)) is not None]
        heads = self.heads(capture.citation)
        fields = later_fields(event, capture.id, capture.citation, self._clock.now(), files, heads) | dict(extra or {})
        data = texts.to_json(fields)
        number = next_number(numbers, hashlib.sha256(data).hexdigest(), apart=self._apart())
        write_atomic(folder / manifest_name(number), data)

    def _later_name(self, folder: Path, stem: str, kind: str, data: bytes) -> str:
        """The name for the next version of a translation or token; the first has none but the plain one."""
        taken = later_versions(folder, stem)
        if not taken:
            return f"{stem}.{kind}"
        return f"{stem}.{next_number(taken, hashlib.sha256(data).hexdigest(), apart=self._apart())}.{kind}"

    def _apart(self) -> bool:
        """Whether another branch may be sealing at the same time."""
        if self._in_git is None:
            self._in_git = in_git(self._root)
        return self._in_git

    def _free_name(self, home: Path, moment: datetime) -> str:
        base = folder_name(moment)
        matches = (FOLDER_NAME.fullmatch(path.name) for path in home.iterdir()) if home.is_dir() else ()
        taken = [int(match[2] or 1) for match in matches if match and match[1] == base]
        if not taken and not self._apart():
            return base
        return f"{base}-{next_number(taken, secrets.token_hex(32), apart=self._apart())}"
