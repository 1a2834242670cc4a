"""Someone with the archive in hands, who knows its formats and can make hashes agree again."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import uuid
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from citekeeper.archive.surt import surt

WARC, INDEX, PAGES = "archive/data.warc.gz", "indexes/index.cdx", "pages/pages.jsonl"
PACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
_NAMESPACE = uuid.UUID("6f4b2f6e-6d0f-5f0c-9f8e-3c1f7c0b6a55")


class Forger:
    """Someone with the archive in hands: changes a file, and can make every outer hash agree again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wacz = folder / "capture.wacz"

    def members(self) -> dict[str, bytes]:
        with zipfile.ZipFile(self.wacz) as package:
            return {name: package.read(name) for name in package.namelist()}

    def repack(self, members: dict[str, bytes], *, rehash: bool = True, compress: str | None = None) -> None:
        """Write the package again; with ``rehash`` its own hashes agree, and so does the manifest."""
        if rehash and PACKAGE in members:
            value = json.loads(members[PACKAGE])
            for resource in value["resources"]:
                data = members.get(resource["path"], b"")
                resource["hash"] = f"sha256:{hashlib.sha256(data).hexdigest()}"
                resource["bytes"] = len(data)
            members[PACKAGE] = json.dumps(value).encode()
            digest = f"sha256:{hashlib.sha256(members[PACKAGE]).hexdigest()}"
            members[DIGEST] = json.dumps({"path": PACKAGE, "hash": digest}).encode()
        with zipfile.ZipFile(self.wacz, "w") as package:
            for name, data in members.items():
                kind = zipfile.ZIP_DEFLATED if name == compress else zipfile.ZIP_STORED
                info = zipfile.ZipInfo(name, (2026, 11, 2, 12, 0, 0))
                info.create_system, info.external_attr = 3, 0o644 << 16
                package.writestr(info, data, compress_type=kind)
        self.reseal("capture.wacz")

    def change(self, name: str, act: Callable[[bytes], bytes], *, rehash: bool = True) -> None:
        members = self.members()
        members[name] = act(members[name])
        self.repack(members, rehash=rehash)

    def records(self, act: Callable[[list[bytes]], list[bytes]], *, index: bool = False) -> None:
        """Change the plain records of the WARC, and store them as gzip members again.

        The index is left as it was, or, with ``index``, made to fit.
        """
        members = self.members()
        parts = act(_unpacked(members[WARC]))
        stored = [gzip.compress(part, 6, mtime=0) for part in parts]
        members[WARC] = b"".join(stored)
        if index:
            members[INDEX] = _index(parts, stored)
        self.repack(members)

    def reseal(self, name: str) -> None:
        """Put the file's present hash and size into the manifest."""
        data = (self.folder / name).read_bytes()
        self.manifest(lambda m: next(f for f in m["files"] if f["name"] == name).update(
            sha256=hashlib.sha256(data).hexdigest(), bytes=len(data)))  # fmt: skip

    def manifest(self, act: Callable[[dict[str, Any]], object], name: str = "manifest.json") -> None:
        path = self.folder / name
        value = json.loads(path.read_bytes())
        act(value)
        path.write_text(json.dumps(value), encoding="utf-8")

    def edit(self, name: str, act: Callable[[bytes], bytes]) -> None:
        path = self.folder / name
        path.write_bytes(act(path.read_bytes()))

    def all_over(self, *acts: Callable[[bytes], bytes]) -> None:
        """Change records as a thorough forger does: digests, ids, links and index are made to agree."""

        def change(parts: list[bytes]) -> list[bytes]:
            fields = json.loads((self.folder / "manifest.json").read_bytes())
            for act in acts:
                parts = [act(part) for part in parts]
            return renamed(parts, f"{fields['citation']}/{fields['id']}")

        self.records(change, index=True)


def renamed(parts: list[bytes], identity: str) -> list[bytes]:
    """The records with the ids that they would have, had they been written so; what refers to them follows."""
    own: list[bytes] = []
    new: dict[bytes, bytes] = {}
    for number, part in enumerate(parts, 1):
        kind, url, date, digest = (
            field(part, name) for name in ("WARC-Type", "WARC-Target-URI", "WARC-Date", "WARC-Block-Digest")
        )
        name = "\n".join((identity, str(number), kind, url, date, digest))
        own.append(f"<urn:uuid:{uuid.uuid5(_NAMESPACE, name)}>".encode())
        new.setdefault(field(part, "WARC-Record-ID").encode(), own[-1])
    followed = [re.sub(rb"<urn:uuid:[0-9a-f-]+>", lambda match: new.get(match[0], match[0]), part) for part in parts]
    return [
        re.sub(rb"(WARC-Record-ID: )\S+", rb"\1" + identifier, part, count=1)
        for part, identifier in zip(followed, own, strict=True)
    ]


def redigested(part: bytes) -> bytes:
    """A record whose length and digests fit its block again."""
    head, _, rest = part.partition(b"\r\n\r\n")
    block = rest.removesuffix(b"\r\n\r\n")
    head = re.sub(rb"\r\nContent-Length: \d+", b"\r\nContent-Length: %d" % len(block), head)
    head = re.sub(rb"WARC-Block-Digest: \S+", b"WARC-Block-Digest: sha256:" + _sha256(block), head)
    if b"WARC-Type: response" in head:
        payload = block.partition(b"\r\n\r\n")[2]
        head = re.sub(rb"WARC-Payload-Digest: \S+", b"WARC-Payload-Digest: sha256:" + _sha256(payload), head)
    return head + b"\r\n\r\n" + block + b"\r\n\r\n"


def field(part: bytes, name: str) -> str:
    """A field of a record's own header; "" where it has none."""
    match = re.search(rb"\r\n" + name.encode() + rb": ([^\r\n]*)", part.partition(b"\r\n\r\n")[0])
    return match[1].decode() if match else ""


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def _unpacked(warc: bytes) -> list[bytes]:
    parts, rest = [], warc
    while rest:
        engine = zlib.decompressobj(31)
        parts.append(engine.decompress(rest))
        rest = engine.unused_data
    return parts


def _index(parts: list[bytes], stored: list[bytes]) -> bytes:
    """The index of these records, as it should be."""
    lines, offset = [], 0
    for part, member in zip(parts, stored, strict=True):
        kind, url = field(part, "WARC-Type"), field(part, "WARC-Target-URI")
        if kind in ("response", "revisit", "resource"):
            http = part.partition(b"\r\n\r\n")[2]
            declared = re.search(rb"(?i)\r\ncontent-type: *([^;\r\n]+)", http.partition(b"\r\n\r\n")[0])
            is_resource = kind == "resource"
            mime = declared[1].decode() if declared else "unk"
            fields = {
                "url": url,
                "digest": field(part, "WARC-Block-Digest" if is_resource else "WARC-Payload-Digest"),
                "mime": {"revisit": "warc/revisit", "resource": "image/png"}.get(kind, mime),
                "filename": "data.warc.gz",
                "offset": str(offset),
                "length": str(len(member)),
                "status": "200" if is_resource else http[9:12].decode(),
                "recordDigest": f"sha256:{_sha256(member).decode()}",
            }
            stamp = re.sub(r"\D", "", field(part, "WARC-Date")[:19])
            lines.append(f"{surt(url)} {stamp} {json.dumps(fields)}\n".encode())
        offset += len(member)
    return b"".join(sorted(lines))
