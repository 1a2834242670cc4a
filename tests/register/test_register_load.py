"""Reading citations.yaml: what it says, what its traps would make of it, and where its errors are."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from citekeeper.errors import InputFileError, UsageError
from citekeeper.model import Expectation, Kind, Location, Review
from citekeeper.register import load, read_register

PATH = Path("citations.yaml")

FULL = """\
version: 1
documents: [{source: letter.md, title: Open brief, language: nl, sha256: 00ff}]
settings:
  services: [wayback, google]     # who may be told
  translate_to: [en]
  stale-after: 7d
citations:
  - id: fn3                       # stable
    label: "3"
    key: null
    kind: citation
    claim: "De zin: met een teken"
    title: "Заголовок"
    publisher: svoboda.org
    language: no
    published: 2022-04-07
    accessed: "2022-05-02"
    url: https://example.org/een
    private: false
    quotes: ["слова", 2022]
    numbers: [1:30, 010, "3,5", 1_000, 0x1F, yes]
    found_in: [{file: letter.md, line: 37, column: 5, page: null}]
    archived: [https://web.archive.org/web/20220502000000/https://example.org/een]
    translations: [{language: en, by: Google, title: "The title", url: ~, accessed: 2022-05-02}]
    reviews: [{by: An, on: 2022-05-04, supports: yes, note: ja, capture: 12e5}]
    note: on
    accept: [403]
    expect: walled
    colour: [any, {thing: here}]
  - {id: link-1, kind: link, label: 3, url: https://example.org/twee, ignore: true}
mine: kept
"""


def _read(text: str | bytes):
    return read_register(text if isinstance(text, bytes) else text.encode(), PATH)


def _entry(lines: str) -> str:
    return f"version: 1\ncitations:\n  - id: fn1\n    {lines}\n"


def test_every_field_is_read_as_its_own_kind():
    """Dates become dates, numbers stay as written, and no YAML 1.1 trap changes a word."""
    register = _read(FULL)
    first, second = register.citations
    assert (first.label, first.language, first.note) == ("3", "no", "on")
    assert (first.published, first.accessed) == (date(2022, 4, 7), date(2022, 5, 2))
    assert first.numbers == ("1:30", "010", "3,5", "1_000", "0x1F", "yes")
    assert first.quotes == ("слова", "2022")
    assert first.found_in == (Location("letter.md", 37, 5, None),)
    assert first.reviews == (Review("An", date(2022, 5, 4), "yes", "ja", "12e5"),)
    assert first.expectation == Expectation((403,), "walled", False)
    assert first.declared_public
    assert first.key is None
    assert first.translations[0].url is None
    assert (second.kind, second.label, second.expectation.ignore) == (Kind.LINK, "3", True)
    assert not second.declared_public
    assert register.settings["services"] == ["wayback", "google"]
    assert register.documents[0].sha256 == "00ff"


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (("version",), (1, 10)),
        (("citations", 0, "id"), (8, 9)),
        (("citations", 0, "found_in", 0, "line"), (22, 40)),
        (("citations", 1, "url"), (30, 45)),
        (("citations", 1, "title"), (30, 5)),
        (("nothing",), (1, 1)),
    ],
)
def test_positions_are_those_an_editor_shows(keys, place):
    """Line and column count from 1, with a byte order mark and CRLF too; a missing value takes its entry's place."""
    assert _read(FULL).position(*keys) == place
    assert _read(b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode()).position(*keys) == place


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("citations: [", "1:13", "not valid YAML"),
        ("citations:\n\t- id: a\n", "2:1", "not valid YAML"),
        ("a: b: c\n", "1:5", "not valid YAML"),
        ("version: 1\n---\nversion: 1\n", "2:1", "single document"),
        (b"version: 1\n# caf\xe9\n", "2:6", "UTF-8"),
        (b"\xef\xbb\xbfa: \xff\n", "1:4", "UTF-8"),
        ("title: a\x08b\n", "1:9", "U+0008"),
        ("", "1:1", "empty"),
        ("just words\n", "1:1", "expected keys"),
        ("- id: a\n", "1:1", "expected keys"),
        ("version: 2\n", "1:10", "expected 1"),
        ("version:\n", "1:9", "expected 1"),
        ("citatons: []\n", "1:1", "unknown key “citatons”"),
        ("citations: 3\n", "1:12", "expected a list"),
        ("citations: [3]\n", "1:13", "expected keys and values"),
        ("citations:\n  - title: x\n", "2:5", "no “id”"),
        ("citations:\n  - id: ../../x\n", "2:9", "is no id"),
        ("citations:\n  - id: NUL\n", "2:9", "Windows device"),
        ("citations:\n  - id: com1\n", "2:9", "Windows device"),
        ("citations:\n  - id: Fn1\n", "2:9", "is no id"),
        (f"citations:\n  - id: {'a' * 65}\n", "2:9", "is no id"),
        ("citations:\n  - id: a\n  - id: b\n  - id: a\n", "4:9", "stands in line 2 already"),
        (_entry("url: a\n    url: b"), "5:5", "“url” stands twice"),
        (_entry("expect: alife"), "4:13", "did you mean “alive”?"),
        (_entry("accept: 403"), "4:13", "expected a list"),
        (_entry("accept: [ok]"), "4:14", "expected a whole number"),
        (_entry("private: perhaps"), "4:14", "expected true or false"),
        (_entry("private:"), "4:13", "expected true or false"),
        (_entry("url: letter.md"), "4:10", "is not a URL"),
        (_entry("url: ftp://example.org/"), "4:10", "scheme ftp:"),
        (_entry("published: 7 april"), "4:16", "is no date"),
        (_entry("published: 2022-02-30"), "4:16", "is no date"),
        (_entry("published: 1649289600"), "4:16", "is no date"),
        (_entry("kind: book"), "4:11", "kind"),
        (_entry("title: [a]"), "4:12", "expected a text"),
        (_entry("quotes: text"), "4:13", "expected a list"),
        (_entry("found_in: [{line: 3}]"), "4:16", "no “file”"),
        (_entry("reviews: [{by: x, on: 2022-01-01, supports: maybe}]"), "4:49", "supports"),
        ("settings: {service: [google]}\n", "1:12", "no setting “service”"),
        ("settings: {jobs: many}\n", "1:18", "jobs"),
        ("settings: {per_host: 1, per-host: 2}\n", "1:25", "stands twice"),
        ("settings: {hosts: {x.org: {expect: alife}}}\n", "1:36", "did you mean “alive”?"),
        ("settings: {hosts: {x.org: {acept: [403]}}}\n", "1:28", "a rule has no key “acept”"),
        ("settings: {translate_to: [english]}\n", "1:26", "“english” is no language tag"),
        ("settings:\n  exclude: '('\n", "2:12", "“(” is no regular expression"),
        ("title: !!python/object:os.system x\n", "1:8", "tag"),
        ("a: &a [*a]\n", "1:4", "contains itself"),
    ],
)
def test_an_error_names_its_place_and_what_was_expected(text, place, words):
    """Whatever is wrong ends in path:line:column, with a hint, and is a usage error."""
    with pytest.raises(InputFileError) as caught:
        _read(text)
    assert caught.value.message.startswith(f"citations.yaml:{place}: ")
    assert words in caught.value.message
    assert caught.value.hint
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("settings: {service: [google]}\n", "services"),
        ("settings: {hosts: {x.org: {acept: [403]}}}\n", "Did you mean “accept”?"),
        ("citatons: []\n", "citations"),
        ("citations:\n  - id: a\n  - id: a\n", "a-2"),
    ],
)
def test_the_hint_names_the_nearest(text, hint):
    """A misspelt name is answered with the right one."""
    with pytest.raises(InputFileError) as caught:
        _read(text)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "version: 1\n",
        "citations:\n",
        "citations: []\nsettings:\n",
        '{"version": 1, "citations": []}',
        "%YAML 1.2\n---\ncitations: []\n...\n",
    ],
)
def test_a_register_may_have_nothing_in_it(text):
    """No citations yet is not an error."""
    assert _read(text).citations == ()


def test_an_empty_services_list_tells_nobody():
    """``services:`` with nothing behind it is the empty list, not an error and not the default."""
    assert _read("settings:\n  services:\n").settings == {"services": []}


def test_anchors_and_merge_keys_are_read():
    """A person may write common values once."""
    text = "base: &b {language: ru, publisher: x.org}\ncitations:\n  - <<: *b\n    id: a\n    publisher: y.org\n"
    citation = _read(text).citations[0]
    assert (citation.language, citation.publisher) == ("ru", "y.org")


def test_a_laugh_bomb_and_a_deep_nest_end_at_once():
    """Ten aliases to the ninth power, and brackets without end, cost neither memory nor the process."""
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    started = time.perf_counter()
    for hostile in (bomb, "a: " + "[" * 200_000, "- " * 100_000, "a: " + "{a: " * 50_000):
        with pytest.raises(InputFileError):
            _read(hostile)
    assert time.perf_counter() - started < 10


def test_a_missing_file_says_how_to_make_it(tmp_path):
    """The first thing that a newcomer meets is the command to run."""
    with pytest.raises(UsageError) as caught:
        load(tmp_path / "citations.yaml")
    assert "citekeeper import" in caught.value.hint


def test_a_directory_in_its_place_is_a_usage_error(tmp_path):
    """What cannot be read is told with its path."""
    with pytest.raises(InputFileError):
        load(tmp_path)


def test_thousands_of_citations_load_in_moments(tmp_path):
    """A register of 2,000 citations, the size of a book, is read within seconds on a busy machine."""
    entry = FULL[FULL.index("  - id: fn3") : FULL.index("  - {id: link-1")]
    path = tmp_path / "citations.yaml"
    entries = "".join(entry.replace("id: fn3 ", f"id: fn{n} ") for n in range(2000))
    path.write_text("version: 1\ncitations:\n" + entries, encoding="utf-8")
    started = time.perf_counter()
    assert len(load(path).citations) == 2000
    assert time.perf_counter() - started < 8
