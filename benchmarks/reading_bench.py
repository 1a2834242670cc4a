"""How well and how fast pages are read: ``python -m benchmarks.reading_bench [folder of ru-articles]``.

Prints bag-of-words precision, recall and F1 (mean over pages of each page's) of citekeeper and of the single extractors
on the same pages, in two halves: the general rules were made by looking at the first half only. “citekeeper” reads each
page as if it came from nowhere known; “with outlet rules” knows its address, and so the rules for its outlet.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from citekeeper.model import Hop, Reading
from citekeeper.reading import read

_WORD = re.compile(r"\w+")
_ARTICLES = Path(__file__).parents[2] / "shared" / "data" / "ru-articles"
_HOSTS = {"DW": "www.dw.com", "Kommersant": "www.kommersant.ru", "TheGuardian": "www.theguardian.com"}
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Page:
    """A page's bytes and the text that a person took out of it."""

    name: str
    body: bytes
    text: str
    host: str = "example.org"
    title: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """Bag-of-words precision, recall and F1 against the gold text, each 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def agreement(text: str, gold: str) -> Agreement:
    """Compare two texts as bags of lower-case words."""
    one, other = (Counter(_WORD.findall(each.lower())) for each in (text, gold))
    shared = (one & other).total()
    return Agreement(shared / max(one.total(), 1), shared / max(other.total(), 1))


def daniel(articles: Path) -> Iterator[Page]:
    """The 119 Russian pages of DAnIEL, in the order of their names."""
    with tarfile.open(articles / "daniel.tar.xz") as archive:
        files: dict[str, bytes] = {}
        for member in archive:
            stream = archive.extractfile(member)
            if stream is not None:
                files[member.name] = stream.read()
    for name in sorted(name for name in files if "html/" in name):
        gold = files[name.replace("html/", "reference/")].decode("utf-8")
        host = Path(name).name.split("_")[1]
        yield Page(Path(name).name, files[name], html.unescape(re.sub(r"<[^>]*>", " ", gold)), host)


def fundus(articles: Path) -> Iterator[Page]:
    """The pages of Kommersant, Guardian and Deutsche Welle with their parsed gold."""
    for path in sorted(articles.glob("fundus/*/*.html.gz")):
        outlet = path.name.partition("_")[0]
        gold = list(json.loads((path.parent / f"{outlet}.json").read_text("utf-8")).values())[-1]
        parts = list(gold["body"]["summary"])
        for section in gold["body"]["sections"]:
            parts += [*section["headline"], *section["paragraphs"]]
        day = str(gold["publishing_date"])[:10]
        yield Page(
            outlet,
            gzip.decompress(path.read_bytes()),
            " ".join(parts),
            _HOSTS[outlet],
            gold["title"],
            day,
            tuple(gold["authors"]),
        )


def read_page(body: bytes, host: str = "example.org") -> Reading:
    """What citekeeper reads in an unlabelled page; for no host that it has rules for, unless one is named."""
    reading = read(Hop(f"https://{host}/", 200, _HEAD, body))
    assert reading is not None
    return reading


def _trafilatura(body: bytes) -> str:
    import trafilatura

    return trafilatura.extract(body, include_comments=False, include_tables=False) or ""


def _readability(body: bytes) -> str:
    from lxml import html as lxml_html
    from readability import Document

    summary = Document(body.decode("utf-8", "replace")).summary()
    return str(lxml_html.fromstring(summary).xpath("string()"))


def _justext(body: bytes) -> str:
    import justext

    paragraphs = justext.justext(body, justext.get_stoplist("Russian"))
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


_READERS: dict[str, Callable[[Page], str]] = {
    "citekeeper": lambda page: read_page(page.body).text,
    "citekeeper, with outlet rules": lambda page: read_page(page.body, page.host).text,
    "citekeeper, with title": lambda page: f"{(reading := read_page(page.body)).title or ''} {reading.text}",
    "trafilatura": lambda page: _trafilatura(page.body),
    "readability-lxml": lambda page: _readability(page.body),
    "justext": lambda page: _justext(page.body),
}


def _line(name: str, scores: Sequence[Agreement], speed: float | None = None) -> str:
    values = "  ".join(
        f"{mean(values):.3f}" for values in zip(*((s.precision, s.recall, s.f1) for s in scores), strict=True)
    )
    return f"{name:34}{values}" + (f"  {speed:5.1f} pages/s" if speed else "")


def main(articles: Path) -> None:
    """Print the tables."""
    pages = list(daniel(articles))
    size = mean(len(page.body) for page in pages) / 1000
    out = [f"DAnIEL, {len(pages)} pages of {size:.0f} kB on average; one core", f"{'':34}prec.  rec.   F1"]
    for name, reader in _READERS.items():
        reader(pages[0])
        started = time.process_time()
        scores = [agreement(reader(page), page.text) for page in pages]
        out.append(_line(name, scores, len(pages) / (time.process_time() - started)))
        out += [_line(f"  {half} half", scores[start::2]) for start, half in enumerate(("tuned-on", "held-out"))]
    out.append("fundus")
    for page in fundus(articles):
        out.append(_line(f"  {page.name}", [agreement(read_page(page.body).text, page.text)]))
        out.append(_line("    with outlet rules", [agreement(read_page(page.body, page.host).text, page.text)]))
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else _ARTICLES)
