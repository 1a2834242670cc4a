"""On whole articles no error of charset is tolerated: real pages in every Cyrillic charset, under every label."""

from __future__ import annotations

import random
import re
import tarfile
from itertools import product
from pathlib import Path

import pytest

from citekeeper.reading.charset import decode

_ARTICLES = Path(__file__).parents[2].parent / "shared" / "data" / "ru-articles" / "daniel.tar.xz"
_CODECS = ("utf-8", "cp1251", "koi8-r", "utf-16-le", "utf-16", "cp866", "iso8859-5", "mac-cyrillic")
_LABELS = (None, "utf-8", "windows-1251", "koi8-r", "iso-8859-1", "utf-16")
_META = re.compile(r"(?i)<meta[^>]*charset[^>]*>")

pytestmark = pytest.mark.skipif(not _ARTICLES.is_file(), reason="the gold pages are not beside this checkout")


@pytest.mark.parametrize("every", [pytest.param(15, id="sample"), pytest.param(1, id="all", marks=pytest.mark.soak)])
def test_real_pages_in_every_charset(every: int) -> None:
    """Header and meta true, missing or false: what comes out is what was encoded, character by character."""
    wrong = []
    rng = random.Random(7)
    for name, page in _pages()[::every]:
        combinations = list(product(_LABELS, repeat=2))
        for codec in _CODECS:
            for header, meta in rng.sample(combinations, 4):
                text = page.replace("<head>", f'<head><meta charset="{meta}">', 1) if meta else page
                body = text.encode(codec, "xmlcharrefreplace")
                decoded = decode(body, f"text/html; charset={header}" if header else "text/html")
                if decoded.text != body.decode(codec).removeprefix("\ufeff"):
                    wrong.append((name, codec, header, meta, decoded.charset, decoded.reason))
    assert not wrong, wrong[:5]


def _pages() -> list[tuple[str, str]]:
    """The pages without their own labels."""
    found = []
    with tarfile.open(_ARTICLES) as archive:
        for member in archive:
            stream = archive.extractfile(member) if "html/" in member.name else None
            if stream is not None:
                text = stream.read().decode("utf-8", "replace").removeprefix("\ufeff")
                found.append((Path(member.name).name, _META.sub("", text)))
    return sorted(found)
