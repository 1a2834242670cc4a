"""Whether what was sealed later stands where the graph puts it: manifests, versions and their numbers.

A number may be chosen freely by nobody: it is above those of all that the manifest follows in its folder, and where it
carries digits, they are those of the content (see `citekeeper.archive.numbers`). A file that one manifest lists is not
listed anew by one that follows it. Two that do not follow each other, made on two branches, may both list a translation
or a time stamp of one name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from citekeeper.archive.manifest import Manifest
from citekeeper.archive.numbers import LATER_FILE, follows

Finding = tuple[str, str, str, str]
"""Folder, file, code and message."""

_LOST = 1


def check_order(folders: Mapping[str, Sequence[Manifest]]) -> Iterator[Finding]:
    """What is wrong with the place of later manifests and of the files they list, folder by folder."""
    known = {manifest.sha256: manifest for manifests in folders.values() for manifest in manifests}
    bits = {sha256: 1 << number for number, sha256 in enumerate(known, 1)}
    above = _lineages(known, bits)
    for folder, manifests in folders.items():
        if len(manifests) < 2 or manifests[0].number or any(manifest.fault for manifest in manifests):
            continue  # that it has none, or that one cannot be understood, is told elsewhere
        before: dict[str, list[Manifest]] = {}
        for manifest in manifests[1:]:
            if above[manifest.sha256] & _LOST:
                continue  # which is told elsewhere
            before[manifest.sha256] = [other for other in manifests if bits[other.sha256] & above[manifest.sha256]]
            for name, what, message in _later(manifest, manifests[0], before[manifest.sha256]):
                yield folder, name, what, message
        for name, message in _twice(manifests, before):
            yield folder, name, "file-relisted", message


def _lineages(known: Mapping[str, Manifest], bits: Mapping[str, int]) -> dict[str, int]:
    """For each manifest the bits of all that it follows, near and far, and `_LOST` where one of them is not here."""
    above: dict[str, int] = {}
    for start in known:
        ahead = [start]
        while ahead:
            sha256 = ahead[-1]
            if sha256 in above:  # another that follows it named it, too
                ahead.pop()
                continue
            first = [before for before in known[sha256].previous if before in known and before not in above]
            if first:
                ahead += first
                continue
            ahead.pop()
            above[sha256] = 0
            for before in known[sha256].previous:
                above[sha256] |= bits[before] | above[before] if before in known else _LOST
    return above


def _later(manifest: Manifest, first: Manifest, before: Sequence[Manifest]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a later manifest that follows ``before`` in its folder."""
    if first not in before:
        message = "It does not follow the manifest.json beside it, as everything sealed later does."
        yield manifest.path.name, "manifest-not-following", message
        return
    if not follows(manifest.number, (other.number for other in before), manifest.sha256):
        message = f"Its number, {manifest.number}, fits neither what it follows nor its content: it was renamed."
        yield manifest.path.name, "number-differs", message
    hashes = {file.name: file.sha256 for file in manifest.files}
    for file in manifest.files:
        match = LATER_FILE.fullmatch(file.name)
        if match is None or match["number"] is None:
            continue
        numbers = (_version(other.name, match["stem"]) for earlier in before for other in earlier.files)
        token = hashes.get(f"{match['stem']}.{match['number']}.tsr", "0")  # certificates are numbered as their token is
        if not follows(int(match["number"]), numbers, token if match["kind"] == "pem" else file.sha256):
            message = (
                f"The number in its name fits neither the versions that {manifest.path.name} follows nor its bytes."
            )
            yield file.name, "number-differs", message


def _version(name: str, stem: str) -> int:
    """The number of a version of ``stem``; 1 for the plain name, 0 for another file."""
    match = LATER_FILE.fullmatch(name)
    return int(match["number"] or 1) if match and match["stem"] == stem else 0


def _twice(manifests: Sequence[Manifest], before: Mapping[str, Sequence[Manifest]]) -> Iterator[tuple[str, str]]:
    """Files whose hash a manifest replaces, though it follows the one that sealed it, or no merge can explain it."""
    for at, manifest in enumerate(manifests):
        for other in manifests[at + 1 :]:
            in_line = manifest in before.get(other.sha256, ()) or other in before.get(manifest.sha256, ())
            sealed = {file.name: file.sha256 for file in manifest.files}
            for file in other.files:
                if sealed.get(file.name, file.sha256) == file.sha256:
                    continue
                if in_line or not LATER_FILE.fullmatch(file.name):
                    names = f"{manifest.path.name} and {other.path.name}"
                    yield (
                        file.name,
                        f"{names} give it different hashes: the later one was put here to pass off a forgery.",
                    )
