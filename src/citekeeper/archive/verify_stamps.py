"""Whether the time stamps of a capture prove what its manifests say: each token against manifest.json, offline."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from citekeeper.archive.manifest import Manifest
from citekeeper.archive.numbers import NUMBER

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from citekeeper.archive.timestamp import Stamp

_TOKEN = re.compile(rf"timestamp(?:\.{NUMBER})?\.tsr")
_LARGEST = 1 << 20
_CLOCKS_APART = timedelta(minutes=5)


def check_stamps(
    folder: Path, manifests: Sequence[Manifest], roots: Sequence[Certificate]
) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the tokens that the manifests list: name, code and message each."""
    from citekeeper.archive.timestamp import TimestampError, verify_reply

    first = manifests[0]
    sealed_as = {(file.name, file.sha256) for manifest in manifests for file in manifest.files}
    for manifest in manifests:
        facts = manifest.fields.get("timestamp")
        said: Mapping[str, object] = facts if isinstance(facts, dict) else {}
        if (said or manifest.event == "timestamp") and not any(_TOKEN.fullmatch(file.name) for file in manifest.files):
            message = (
                "It speaks of a time stamp and lists no token: what it says of a time and a signer is worth nothing."
            )
            yield manifest.path.name, "timestamp-missing", message
        for name, sha256 in ((file.name, file.sha256) for file in manifest.files if _TOKEN.fullmatch(file.name)):
            reply = _content(folder / name)
            if reply is None:
                continue  # that it is absent or unreadable is told where files are compared
            digest = hashlib.sha256(reply).hexdigest()
            if digest != sha256 and (name, digest) in sealed_as:
                continue  # a merge kept the other branch's token, which that branch's manifest speaks of
            nonce = int(str(said["nonce"])) if re.fullmatch(r"[0-9]{1,30}", str(said.get("nonce"))) else None
            further = _content(folder / name.replace(".tsr", ".pem")) or b""
            try:
                stamp = verify_reply(reply, bytes.fromhex(first.sha256), roots, nonce=nonce, further=further)
            except TimestampError as error:
                yield name, error.what, error.message
                continue
            if said.get("time") != f"{stamp.time:%Y-%m-%dT%H:%M:%SZ}":
                message = f"The token says {stamp.time.isoformat()}, its manifest otherwise."
                yield name, "timestamp-time-differs", message
            if wrong := _differences(said, stamp, first.sha256):
                message = f"The manifest that lists the token says otherwise of its {', '.join(wrong)}."
                yield name, "timestamp-facts-differ", message
            sealed = first.moment("sealed_at")
            if sealed is not None and stamp.time < sealed - _CLOCKS_APART:
                message = f"The token is of {stamp.time.isoformat()}, before the manifest says that it was sealed."
                yield name, "timestamp-before-sealing", message


def _differences(said: Mapping[str, object], stamp: Stamp, sha256: str) -> list[str]:
    """In what a manifest's word on a token and the token differ."""
    same = {
        "signer": _values(str(said.get("signer"))) == _values(stamp.signer),
        "serial": said.get("serial") == str(stamp.serial),
        "policy": said.get("policy") == stamp.policy,
        "over": said.get("over") == "manifest.json",
        "over_sha256": said.get("over_sha256") == sha256,
    }
    return [name for name, is_same in same.items() if name in said and not is_same]


def _values(name: str) -> str:
    """A distinguished name without the names of its parts, which libraries print in one way or another."""
    return re.sub(r"\W", "", re.sub(r"(?:^|(?<!\\)[,+])[^=,+]*=", " ", name))


def _content(path: Path) -> bytes | None:
    try:
        if path.stat().st_size > _LARGEST:
            return b""  # whatever it is, it is no token
        return path.read_bytes()
    except OSError:
        return None
