"""Which certificates are trusted for which host: the usual bundle, and for some hosts a person's own beside it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from citekeeper.errors import UsageError
from citekeeper.fetch.config import EngineConfig


class Trust:
    """The CA bundle per host. libcurl takes one file, so a host's own PEM is joined to the usual bundle in a temporary.

    Raises:
        UsageError: a host's PEM file cannot be read.
    """

    def __init__(self, bundle: str, config: EngineConfig) -> None:
        self._bundle = bundle
        self._config = config
        self._joined: dict[str, str] = {}
        for pem in set(config.host_ca.values()):
            self._joined[pem] = self._join(pem)

    def _join(self, pem: str) -> str:
        try:
            own = Path(pem).read_bytes()
        except OSError as error:
            self.close()
            raise UsageError(f"The CA file {pem} cannot be read: {error.strerror}.", "Correct ca_file.") from error
        usual = Path(self._bundle).read_bytes() if self._bundle else b""
        handle, name = tempfile.mkstemp(prefix="citekeeper-ca-", suffix=".pem")
        with os.fdopen(handle, "wb") as file:
            file.write(usual + b"\n" + own)
        return name

    def bundle_for(self, host: str) -> str:
        """The path of the bundle for ``host``; "" leaves libcurl its own."""
        if self._joined and (own := self._config.ca_of(host)):
            return self._joined[own]
        return self._bundle

    def close(self) -> None:
        """Remove the temporary files."""
        for name in self._joined.values():
            Path(name).unlink(missing_ok=True)
        self._joined.clear()
