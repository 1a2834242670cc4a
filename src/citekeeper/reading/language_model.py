"""The model of py3langid, unpacked once for all: later processes map it instead of decompressing it.

The package ships it as LZMA, which takes more than half a second to unpack, most of what reading a single page takes.
Unpacked, and cut down to the languages that are told apart here, it is 52 MB of arrays in the cache directory, which
processes share. Whatever is wrong with them (another version, a full disk, a damaged file), the packed model is read.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

_FORMAT: Final = 1
_CHECKSUMS: Final = 256  # bytes
_ABANDONED: Final = 3600  # seconds, after which a folder that is not finished never will be
_UNFINISHED: Final = ".part-"
_ARRAYS: Final = ("nb_ptc", "nb_pc", "tk_nextmove", "tk_row", "tk_output")


def open_model(languages: Sequence[str], directory: Path | None) -> Any:
    """A `py3langid.langid.LanguageIdentifier` that tells these languages apart.

    Args:
        languages: ISO 639-1 codes; those that the model does not know are left out.
        directory: where it is kept unpacked; None to unpack it anew.
    """
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    folder = directory / _name(Path(MODEL_DIR, MODEL_FILE), languages) if directory is not None else None
    if folder is not None:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, EOFError):
            return _mapped(folder)
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages([code for code in languages if code in model.labels])
    if folder is not None:
        with contextlib.suppress(OSError, AttributeError):  # a disk that is full, a model that is made otherwise
            _keep(model, folder)
    return model


def _name(packed: Path, languages: Sequence[str]) -> str:
    """A name for these languages of this model, whose file ends in its own checksums (xz)."""
    with packed.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _CHECKSUMS))
        key = f"{_FORMAT} {' '.join(languages)} {size} ".encode() + stream.read()
    return f"language-{hashlib.sha256(key).hexdigest()[:16]}"


def _mapped(folder: Path) -> Any:
    import numpy as np
    from py3langid.langid import LanguageIdentifier

    told = json.loads((folder / "model.json").read_bytes())
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _ARRAYS}
    if any([str(array.dtype), list(array.shape)] != told["arrays"][name] for name, array in arrays.items()):
        raise ValueError("the arrays are not those that were written")
    return LanguageIdentifier(
        np.asarray(arrays["nb_ptc"]),
        np.asarray(arrays["nb_pc"]),
        told["languages"],
        memoryview(arrays["tk_nextmove"]),  # read like a list, a page of the file at a time
        arrays["tk_output"].tolist(),
        norm_probs=True,
        tk_row=arrays["tk_row"].tolist(),
    )


def _keep(model: Any, folder: Path) -> None:
    """Write the arrays, whole or not at all, in place of damaged ones."""
    import numpy as np

    arrays = {name: np.asarray(getattr(model, name)) for name in _ARRAYS}
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder.parent)
    staging = folder.with_name(f"{folder.name}{_UNFINISHED}{secrets.token_hex(4)}")
    try:
        staging.mkdir()
        for name, array in arrays.items():
            np.save(staging / f"{name}.npy", array, allow_pickle=False)
        told = {"languages": model.nb_classes, "arrays": {k: [str(v.dtype), list(v.shape)] for k, v in arrays.items()}}
        (staging / "model.json").write_text(json.dumps(told), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        staging.rename(folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _sweep(directory: Path) -> None:
    """Remove what killed processes left unfinished."""
    for left in directory.glob(f"language-*{_UNFINISHED}*"):
        if time.time() - left.stat().st_mtime > _ABANDONED:
            shutil.rmtree(left, ignore_errors=True)
