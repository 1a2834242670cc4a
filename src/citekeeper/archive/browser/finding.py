"""Where an installed browser is. None is ever downloaded."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from citekeeper.errors import UsageError

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
_MAC_APPS = ("Chromium", "Google Chrome", "Microsoft Edge")
_WINDOWS_PROGRAMS = (
    r"Chromium\Application\chrome.exe",
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)


def find_browser(named: str | None, environ: Mapping[str, str]) -> tuple[Path | None, str]:
    """The browser to use, and, where none can be used, why not and what would mend it.

    Args:
        named: the setting ``browser_path``.
        environ: the process environment, for PATH and the programs' folders of Windows.

    Raises:
        UsageError: ``named`` is no program.
    """
    if named is not None and not _is_program(Path(named)):
        raise UsageError(
            f"The setting browser_path names {named}, which is not a program.",
            "Give the path of an installed Chromium, Chrome or Edge, or remove the setting.",
        )
    if find_spec("playwright") is None:
        return None, "the Python package playwright is not installed (pip install 'citekeeper[browser]')"
    if named is not None:
        return Path(named), ""
    found = next((path for name in _NAMES if (path := shutil.which(name, path=environ.get("PATH", "")))), None)
    if found is not None:
        return Path(found), ""
    usual = next((path for path in _usual_places(environ) if _is_program(path)), None)
    if usual is not None:
        return usual, ""
    return None, "no Chromium, Chrome or Edge was found (install one, or name it in the setting browser_path)"


def _usual_places(environ: Mapping[str, str]) -> list[Path]:
    if sys.platform == "darwin":
        return [Path(f"/Applications/{name}.app/Contents/MacOS/{name}") for name in _MAC_APPS]
    if sys.platform == "win32":
        roots = [environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        return [Path(root) / program for root in roots if root for program in _WINDOWS_PROGRAMS]
    return []


def _is_program(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)
