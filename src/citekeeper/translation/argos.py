"""argostranslate: translation on this machine, by models that its user installed. No word leaves it.

The library is the extra ``offline`` and is imported when the first text is translated: it takes seconds.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import threading
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from citekeeper.errors import ServiceRefusedError, ServiceUnavailableError
from citekeeper.translation import ARGOS
from citekeeper.translation.refusals import LanguageRefusedError
from citekeeper.translation.segments import LIMIT

_SERVICE = "argostranslate"
_CODES = {"zh-hant": "zt", "zh-tw": "zt", "pt-br": "pb", "no": "nb"}


class ArgosEngine:
    """The models that are installed, one text at a time, as each uses all processors. Safe between threads."""

    name = ARGOS
    is_local = True

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version: str | None = None

    @property
    def version(self) -> str:
        """The library's version and the installed models': another model translates otherwise."""
        with self._lock:
            if self._version is None:
                self._version = self._read_version()
            return self._version

    def longest(self, text: str) -> int:
        """See `citekeeper.translation.Engine.longest`."""
        del text
        return LIMIT

    def translate(self, text: str, *, source: str, target: str, names: Sequence[str] = ()) -> str | None:
        """See `citekeeper.translation.Engine.translate`."""
        del names
        with self._lock:
            translation = self._translation(argos_code(source), argos_code(target))
            try:
                result: str | None = translation.translate(text)
            except (RuntimeError, ValueError, OSError) as error:  # a model that is damaged, or memory that is short
                raise ServiceUnavailableError(
                    _SERVICE, f"the model failed ({type(error).__name__}).", "Install it anew."
                ) from error
        return result

    def _translation(self, source: str, target: str) -> Any:
        library = _library()
        languages = {language.code: language for language in library.get_installed_languages()}
        found = None
        if source in languages and target in languages:
            found = languages[source].get_translation(languages[target])
        if found is None:
            raise LanguageRefusedError(
                _SERVICE,
                f"no model from {source} to {target} is installed.",
                f"Install it: argospm update && argospm install translate-{source}_{target}",
            )
        return found

    def _read_version(self) -> str:
        try:
            _library()
            packages = importlib.import_module("argostranslate.package").get_installed_packages()
            number = importlib.metadata.version("argostranslate")
        except (ServiceRefusedError, importlib.metadata.PackageNotFoundError):
            return _SERVICE
        models = sorted(
            f"{package.from_code}_{package.to_code} {package.package_version}"
            for package in packages
            if package.type == "translate"
        )
        return ", ".join((f"{_SERVICE} {number}", *models))


def argos_code(tag: str) -> str:
    """The library's code for a BCP 47 tag: ``ru-RU`` is ``ru``, ``pt-BR`` is ``pb``."""
    folded = tag.strip().lower().replace("_", "-")
    return _CODES.get(folded, _CODES.get(folded.split("-")[0], folded.split("-")[0]))


def _library() -> ModuleType:
    """``argostranslate.translate``, once it is sure that it keeps to this machine.

    Raises:
        ServiceRefusedError: it is not installed or not complete, or it is set to ask a server.
    """
    try:
        settings = importlib.import_module("argostranslate.settings")
        if settings.model_provider != settings.ModelProvider.OPENNMT:
            raise ServiceRefusedError(
                _SERVICE, "it is set to ask a server, and so is not offline.", "Unset ARGOS_MODEL_PROVIDER."
            )
        return importlib.import_module("argostranslate.translate")
    except ImportError as error:
        missing = f" ({error.name} is missing)" if error.name and not error.name.startswith("argos") else ""
        raise ServiceRefusedError(
            _SERVICE, f"it is not installed{missing}.", "Install it: pip install 'citekeeper[offline]'"
        ) from error
    except OSError as error:
        raise ServiceRefusedError(_SERVICE, "its files cannot be read.", "Install it anew.") from error
