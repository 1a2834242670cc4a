"""Everything the rules may ask about one exchange, computed when first asked for and never twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntFlag, auto
from typing import Protocol

from citekeeper import urls
from citekeeper.content import Headers, decode_content
from citekeeper.judge import knowledge, wording
from citekeeper.judge.knowledge import SCAN_LIMIT, Family, Hits
from citekeeper.judge.lazy import lazy
from citekeeper.judge.page import Page
from citekeeper.judge.paragraphs import has_paragraphs
from citekeeper.model import Citation, Comparison, Exchange, Expectation, Hop, Reading
from citekeeper.patterns import late
from citekeeper.tags import primary

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_WORD = late(r"[^\W_]+")
_NONE: frozenset[str] = frozenset()
REFUSING = frozenset({401, 402, 403, 405, 406, 407, 412, 418, 428, 429, 430, 440, 449, 498, 499, 503, 999})
"""Statuses with which walls answer."""


class HostRuleLike(Protocol):
    """What the judge needs of :class:`citekeeper.settings.HostRule`."""

    @property
    def accept(self) -> list[int]:
        """Statuses that count as alive."""

    @property
    def expect(self) -> str | None:
        """The verdict that is normal."""

    @property
    def ignore(self) -> bool:
        """Whether the host is not checked."""


class Occasion(IntFlag):
    """What a rule needs to be the case before it can speak: cheap to see, so that most rules need not be asked."""

    ANY = 0
    FAILED = auto()  # a failure, or no answer
    ACCEPTING = auto()  # a person accepts further statuses
    UNVERIFIED = auto()  # a certificate's fault
    REDIRECTED = auto()  # followed, or left standing
    NOT_200 = auto()
    BODILESS = auto()
    MARKED = auto()  # some marker stands in the body, or a header sends readers on
    PROBED = auto()
    READ = auto()  # there is a reading
    KNOWN = auto()  # it is known what the source was called
    SERVED = auto()  # it is known who serves its name


def under(host: str, domain: str) -> bool:
    """Whether ``host`` is ``domain`` or one of its subdomains."""
    return host == domain or host.endswith(f".{domain}")


def parent_domains(host: str) -> list[str]:
    """``a.b.example.org`` → itself, ``b.example.org``, ``example.org``, ``org``."""
    labels = host.split(".")
    return [".".join(labels[index:]) for index in range(len(labels))]


def expectation_of(citation: Citation | None, rule: HostRuleLike | None) -> Expectation:
    """What people decided: the citation's own expectation, completed by the rule for its host."""
    own = citation.expectation if citation is not None else Expectation()
    if rule is None:
        return own
    return Expectation((*own.accept, *rule.accept), own.expect or rule.expect, own.ignore or rule.ignore)


def words_of(text: str) -> frozenset[str]:
    """The words of a text for comparing: case-folded, of three letters or more, or numbers."""
    return frozenset(word for word in _WORD.findall(text.casefold()) if len(word) > 2 or word.isdigit())


def script_of(text: str) -> str:
    """Which letters a text is written in (cyrillic, latin, or "" for neither): titles in two scripts share no words."""
    cyrillic = sum(1 for char in text if "Ѐ" <= char <= "ӿ")
    latin = sum(1 for char in text if char.isascii() and char.isalpha())
    if cyrillic == latin == 0:
        return ""
    return "cyrillic" if cyrillic > latin else "latin"


# Flags are slow to combine, so that is done with their numbers.
_FAILED, _ACCEPTING, _UNVERIFIED = Occasion.FAILED.value, Occasion.ACCEPTING.value, Occasion.UNVERIFIED.value
_REDIRECTED, _NOT_200, _BODILESS = Occasion.REDIRECTED.value, Occasion.NOT_200.value, Occasion.BODILESS.value
_MARKED, _PROBED, _READ, _KNOWN = (o.value for o in (Occasion.MARKED, Occasion.PROBED, Occasion.READ, Occasion.KNOWN))
_SERVED = Occasion.SERVED.value


@dataclass(frozen=True)
class Facts:
    """One exchange under judgement, with what is known of its citation."""

    exchange: Exchange
    citation: Citation | None = None
    reading: Reading | None = None
    probe: Exchange | None = None
    second_probe: Exchange | None = None
    baseline: Reading | None = None
    baseline_title: str | None = None
    expectation: Expectation = field(default_factory=Expectation)
    comparison: Comparison | None = None
    nameservers: tuple[str, ...] = ()  # of the registrable domain where the chain ended, lower-case; () if not known

    # ── the wire ────────────────────────────────────────────────────────────────────────────────────────────────────

    @lazy
    def last(self) -> Hop | None:
        """The final hop."""
        return self.exchange.last

    @lazy
    def status(self) -> int:
        """The final status; 0 where nothing answered."""
        return self.exchange.hops[-1].status if self.exchange.hops else 0

    @lazy
    def headers(self) -> Headers:
        """The final hop's headers."""
        return self.last.headers if self.last is not None else Headers()

    @lazy
    def lower_headers(self) -> dict[str, str]:
        """The final hop's headers by lower-case name (the first of each), values lower-case."""
        if self.last is None:
            return {}
        head = self.last.response_head.decode("latin-1").lower()
        if "\n " in head or "\n\t" in head:  # folded lines: seldom, and read with care
            return dict(reversed(Headers.parse(head.encode("latin-1")).fields))
        found: dict[str, str] = {}
        for line in head.split("\n")[1:]:
            name, colon, value = line.partition(":")
            if colon and name and (name := name.strip()) not in found:
                found[name] = value.strip()
        return found

    @lazy
    def cited(self) -> urls.Url | None:
        """The cited address, parsed; None where it is none."""
        return _parsed(self.exchange.url)

    @lazy
    def end(self) -> urls.Url | None:
        """The final address, parsed."""
        final = self.exchange.final_url
        return self.cited if final == self.exchange.url else _parsed(final)

    @lazy
    def host(self) -> str:
        """The host at the end of the chain, for messages and rules."""
        return self.end.host if self.end else ""

    @lazy
    def shown_host(self) -> str:
        """The final host in its own script, for people."""
        return urls.shown(urls.unicode_host(self.host), 80) if self.host else "the server"

    @property
    def redirected(self) -> bool:
        """Whether any redirect was followed."""
        return len(self.exchange.hops) > 1

    @property
    def tries(self) -> int:
        """How often the last address was asked, about: redirects that were followed on the way are not among them."""
        followed = sum(1 for hop in self.exchange.hops if 300 <= hop.status < 400)
        return max(1, self.exchange.attempts - followed)

    @lazy
    def probe_is_absent(self) -> bool:
        """Whether a name that cannot exist was asked for, and the host knew that it does not."""
        return self.probe is not None and self.probe.status in (404, 410)

    @lazy
    def impossible_pages(self) -> tuple[Facts, ...]:
        """The answers to names that cannot exist, to be looked at like the page itself."""
        return tuple(Facts(probe) for probe in (self.probe, self.second_probe) if probe is not None)

    @lazy
    def lands_on_part(self) -> bool:
        """Whether the last redirect pointed at a part of its page (``/#contact``); hops are kept without fragment."""
        return self.redirected and "#" in self.exchange.hops[-2].headers.get("location")

    @property
    def redirected_or_deep(self) -> bool:
        """Whether what stands here stands in the place of something else: of an inner page, or after a redirect."""
        return self.redirected or (self.cited is not None and len(self.cited.path) > 1)

    @lazy
    def same_page(self) -> bool:
        """Whether the chain ended at the cited page: only scheme, ``www.``, ``m.``, slash, index or tracking differ."""
        cited, final = self.exchange.url, self.exchange.final_url
        return cited == final or _page_key(cited) == _page_key(final)

    @lazy
    def chain_urls(self) -> tuple[str, ...]:
        """Every address of the chain after the cited one, and where an unanswered redirect pointed; lower-case."""
        addresses = [hop.url for hop in self.exchange.hops[1:]]
        if self.pending_target:
            addresses.append(self.pending_target)
        return tuple(address.lower() for address in addresses)

    @lazy
    def pending_target(self) -> str:
        """Where the last redirect pointed when its target was not reached (a failure came between); else ""."""
        last = self.last
        if last is None or last.status not in (301, 302, 303, 307, 308):
            return ""
        location = self.headers.get("location")
        if not location:
            return ""
        try:
            return urls.follow(last.url, location)
        except urls.BadUrlError:
            return location

    @lazy
    def occasions(self) -> int:
        """The values of all occasions that this exchange gives, joined."""
        exchange, last = self.exchange, self.last
        bits = 0
        if exchange.failure is not None or last is None:
            bits |= _FAILED
        if self.expectation.accept:
            bits |= _ACCEPTING
        if exchange.tls_fault is not None:
            bits |= _UNVERIFIED
        if last is None or last.status != 200:
            bits |= _NOT_200
        if len(exchange.hops) > 1 or (last is not None and 300 <= last.status < 400):
            bits |= _REDIRECTED
        if last is None or not last.body:
            bits |= _BODILESS
        if (self.hits and self.is_marked) or "refresh" in self.lower_headers:
            bits |= _MARKED
        if self.probe is not None:
            bits |= _PROBED
        if self.reading is not None:
            bits |= _READ
        if self.known_titles:
            bits |= _KNOWN
        if self.nameservers:
            bits |= _SERVED
        return bits

    # ── the body ────────────────────────────────────────────────────────────────────────────────────────────────────

    @lazy
    def content(self) -> bytes:
        """The first :data:`SCAN_LIMIT` decoded bytes of the body, as UTF-8 where they came as UTF-16."""
        last = self.last
        if last is None or not last.body:
            return b""
        coding = last.headers.codings if "content-encoding" in self.lower_headers else ""
        data = decode_content(coding, last.body, SCAN_LIMIT).data if coding else last.body[:SCAN_LIMIT]
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16", "replace").encode("utf-8", "replace")
        return data

    @lazy
    def has_paragraphs(self) -> bool:
        """Whether there is running text by the look of the bytes; a dozen rules ask."""
        return has_paragraphs(self.content)

    @lazy
    def is_html(self) -> bool:
        """Whether the body is an HTML page: by its label, or by its beginning where the label is missing."""
        kind = self.lower_headers.get("content-type", "").partition(";")[0].strip()
        if kind in _HTML_TYPES:
            return not self.content.startswith(b"%PDF-")
        if kind:
            return False
        start = self.content[:512].lstrip().lower()
        return start.startswith((b"<!doctype html", b"<html", b"<head", b"<title", b"<body", b"<!--"))

    @lazy
    def hits(self) -> Hits:
        """The markers found in an HTML body."""
        return knowledge.scan(self.content) if self.is_html and self.content else knowledge.NO_HITS

    @lazy
    def is_marked(self) -> bool:
        """Whether any marker was found that is a sign of something."""
        return not self.hits.keys() <= {Family.CANONICAL}

    def found(self, family: Family) -> frozenset[str]:
        """The markers of one family."""
        return self.hits.get(family, _NONE)

    @lazy
    def page(self) -> Page:
        """The page's inside; parsed only where a rule asks for more than its title."""
        return Page(self.content if self.is_html else b"", self.lower_headers.get("content-type", ""))

    @property
    def title(self) -> str:
        """The page's title."""
        return self.page.title

    @lazy
    def title_names_absence(self) -> bool:
        """Whether the title holds “404” or a wording of “not found”, if perhaps within other words."""
        return bool(self.title) and bool(knowledge.absence_patterns().Match(self.title))

    @lazy
    def lower_title(self) -> str:
        """The page's title, lower-case."""
        return self.page.title.lower()

    # ── what was cited ──────────────────────────────────────────────────────────────────────────────────────────────

    @lazy
    def known_titles(self) -> tuple[str, ...]:
        """What the source was called when it was cited or last captured."""
        titles: Sequence[str | None] = (
            self.citation.title if self.citation else None,
            self.baseline_title,
            self.baseline.title if self.baseline else None,
        )
        return tuple(title for title in titles if title)

    @lazy
    def is_titled_as_cited(self) -> bool:
        """Whether the page bears most words of a title under which the source is known."""
        if not self.known_titles:
            return False
        if self._bears_title(words_of(self.title)):
            return True  # most pages: no parse
        return self._bears_title(words_of(" ".join((self.title, *self.page.headings))))

    def _bears_title(self, here: frozenset[str]) -> bool:
        for title in self.known_titles:
            wanted = words_of(title)
            least = len(wanted) if len(wanted) <= 2 else round(0.6 * len(wanted))
            if wanted and len(wanted & here) >= least:
                return True
        return False

    @lazy
    def is_headed_by_nothing(self) -> bool:
        """Whether no heading of the page names anything: there is none, or they say “Error”, “Information”."""
        return all(wording.is_mostly_wording(text) or wording.is_label(text) for text in self.page.own_headings)

    @lazy
    def lacks_known_title(self) -> bool:
        """Whether a title is known, and its words, though comparable, are nowhere in what the page itself says."""
        if not self.known_titles or not self.is_html or self.is_titled_as_cited:
            return False
        shown = " ".join((*self.page.headings, self.page.prose))
        comparable = [words_of(t) for t in self.known_titles if script_of(t) == script_of(shown) != ""]
        here = words_of(f"{self.title} {shown}")
        return bool(comparable) and not any(known and len(known & here) * 2 > len(known) for known in comparable)

    @lazy
    def declares_another_language(self) -> bool:
        """Whether the page declares another language than the source was known in; templates often do so wrongly."""
        known = primary(self.citation.language) if self.citation else ""
        return bool(known) and self.page.language not in ("", known)

    @lazy
    def is_titled_otherwise(self) -> bool:
        """Whether the page's title shares no word with any known one, though both could be compared.

        Titles in another script (a Dutch note on a Russian page), or too short to tell, prove nothing.
        """
        here = " ".join((self.title, self.page.metas.get("og:title", ""), *self.page.headings))
        comparable = [
            words_of(title)
            for title in self.known_titles
            if script_of(title) == script_of(self.title) != "" and len(words_of(title)) >= 3
        ]
        return (
            bool(comparable)
            and len(words_of(self.title)) >= 2
            and not any(known & words_of(here) for known in comparable)
        )


def _parsed(url: str) -> urls.Url | None:
    try:
        return urls.parse(url)
    except urls.BadUrlError:
        return None


_INDEX = late(r"(?i)/(?:index|default|home)\.(?:html?|php|aspx?|jsp|shtml)$")


def _page_key(url: str) -> str:
    key = urls.same_document_key(url)
    path, mark, query = key.partition("?")
    host, slash, rest = path.partition("/")
    for prefix in ("m.", "mobile."):
        host = host.removeprefix(prefix)
    return _INDEX.sub("", f"{host}{slash}{rest}").rstrip("/") + mark + query
