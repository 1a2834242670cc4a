"""What becomes of links, and of no other byte: the pure part."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekeeper.commands.placing import place
from citekeeper.fixing import Edit, Link, Mend, Skipped, Style, Written, archived_words, mended, unified_diff
from citekeeper.urls import same_document_key
from fixing.conftest import COPY, GONE, NEW, OLD

ESCAPED = COPY.replace("(", r"\(").replace(")", r"\)")
MENDS = {same_document_key(GONE): Mend(COPY, date(2022, 5, 3)), same_document_key(OLD): Mend(NEW, moved=True)}


def remedy(link: Link) -> Mend | None:
    return MENDS.get(same_document_key(link.url))


def fixed(path: Path, style: Style, language: str = "en") -> tuple[bytes, list[Edit], list[Skipped]]:
    """The document with its links mended, the edits, and what was skipped."""
    placed = place(path)
    outcomes = list(mended(placed.text, placed.links, remedy, style, language))
    edits = [outcome[1] for outcome in outcomes if not isinstance(outcome, Skipped)]
    skipped = [outcome for outcome in outcomes if isinstance(outcome, Skipped)]
    return Written.of(placed.data, placed.text).with_edits(edits), edits, skipped


def of_text(tmp_path: Path, text: str, style: Style, name: str = "a.md", language: str = "en") -> str:
    """``text`` mended, as text."""
    path = tmp_path / name
    path.write_bytes(text.encode())
    return fixed(path, style, language)[0].decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "gearchiveerd op 3 mei 2022"),
        ("en-GB", "archived 3 May 2022"),
        ("ru", "архивировано 3 мая 2022"),
        ("de", "archiviert am 3. Mai 2022"),
        ("fr", "archivé le 3 mai 2022"),
        ("uk", "архівовано 3 травня 2022"),
        ("xx", "archived 3 May 2022"),
        (None, "archived 3 May 2022"),
    ],
)
def test_the_words_are_in_the_documents_language(language: str | None, words: str) -> None:
    """Month and order are the language's own; an unknown language gets English."""
    assert archived_words(language, date(2022, 5, 3)) == words


def test_words_without_a_day_and_the_french_first() -> None:
    """A copy of unknown date has no date; the first of a month is 1er in French."""
    assert archived_words("nl", None) == "gearchiveerd"
    assert archived_words("fr", date(2022, 3, 1)) == "archivé le 1er mars 2022"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"[a]({GONE})", f"[a]({ESCAPED})"),
        (r'[a](https://gone.example/a_\(b\) "t")', f'[a]({ESCAPED} "t")'),
        (f"[a]( <{GONE}> 't')", f"[a]( <{COPY}> 't')"),
        (f"<{GONE}>", f"<{COPY}>"),
        (f"See {GONE}.", f"See <{COPY}>."),
        ("[a][b]\n\n[b]: https://gone.example/a_(b) 'x'", f"[a][b]\n\n[b]: {ESCAPED} 'x'"),
        (f"[^1]\n\n[^1]: *x* [a]({GONE})", f"[^1]\n\n[^1]: *x* [a]({ESCAPED})"),
        (f"> - [a\n>   b]({GONE}) c", f"> - [a\n>   b]({ESCAPED}) c"),
        (f"[{GONE}]({GONE})", f"[{GONE}]({ESCAPED})"),
        (f"[a]({OLD})", f"[a]({NEW})"),
        (f"see {OLD}, or", f"see {NEW}, or"),
        (f"<a href='{OLD}'>a</a>", "<a href='https://moved.example/new?a=1&amp;b=2'>a</a>"),
        (f"[a]({OLD}#part)", f"[a]({NEW}#part)"),
        (f"`{GONE}`", f"`{GONE}`"),
        (f"    {GONE}\n", f"    {GONE}\n"),
        (f"![a]({GONE})", f"![a]({GONE})"),
        ("[a](https://gone.example/a_&#40;b&#41;)", f"[a]({ESCAPED})"),
        ("[a](https://gone.example/other)", "[a](https://gone.example/other)"),
    ],
)
def test_markdown_links_are_replaced_in_their_own_form(tmp_path: Path, before: str, after: str) -> None:
    """Each form gets the escapes that it needs; code, images and other links stay."""
    assert of_text(tmp_path, before, Style.REPLACE) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f'[a]({GONE} "t").', f'[a]({GONE} "t") ([WORDS]({ESCAPED})).'),
        (f"<{GONE}>.", f"<{GONE}> ([WORDS]({ESCAPED}))."),
        (f"({GONE})", f"({GONE} ([WORDS]({ESCAPED})))"),
        (f"[a][] [a]\n\n[a]: {GONE}", f"[a][] ([WORDS]({ESCAPED})) [a] ([WORDS]({ESCAPED}))\n\n[a]: {GONE}"),
        (f"[a]({OLD})", f"[a]({NEW})"),
        (f"[a]({GONE}) ([archief]({COPY}))", f"[a]({GONE}) ([archief]({COPY}))"),
        (
            f"[a]({GONE}), [copy](https://web.archive.org/web/2020/{GONE})",
            f"[a]({GONE}), [copy](https://web.archive.org/web/2020/{GONE})",
        ),
        (f"[a]({GONE})\n\n[b]({COPY})", f"[a]({GONE}) ([WORDS]({ESCAPED}))\n\n[b]({COPY})"),
    ],
)
def test_copies_are_linked_beside(tmp_path: Path, before: str, after: str) -> None:
    """The copy stands behind the link, or behind each use of a definition, unless one stands there already."""
    wanted = after.replace("WORDS", "gearchiveerd op 3 mei 2022")
    assert of_text(tmp_path, before, Style.BESIDE, language="nl") == wanted


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            f'<p><a class=x href="{GONE}">a</a>',
            f'<p><a class=x href="{COPY}" data-originalurl="{GONE}" data-versionurl="{COPY}"'
            ' data-versiondate="2022-05-03">a</a>',
        ),
        (
            f"<p><A HREF={GONE}>a</A>",
            f'<p><A HREF="{COPY}" data-originalurl="{GONE}" data-versionurl="{COPY}"'
            ' data-versiondate="2022-05-03">a</A>',
        ),
        (f"<p><a href='{OLD}'>a</a>", "<p><a href='https://moved.example/new?a=1&amp;b=2'>a</a>"),
        (f'<p><a href="{GONE}" data-versionurl="x">a</a>', f'<p><a href="{GONE}" data-versionurl="x">a</a>'),
        (f'<p><!-- <a href="{GONE}">a</a> -->b', f'<p><!-- <a href="{GONE}">a</a> -->b'),
        (
            '<p><a href=" https://gone.example/a_&#40;b) ">a</a>',
            f'<p><a href=" {COPY} " data-originalurl="{GONE}" data-versionurl="{COPY}"'
            ' data-versiondate="2022-05-03">a</a>',
        ),
    ],
)
def test_html_links_get_robust_links_attributes(tmp_path: Path, before: str, after: str) -> None:
    """The link leads to the copy; attributes name the original, the copy and its date, once."""
    if '=" ' in before:  # white space at the end of the value is part of what stays
        after = after.replace(f'{COPY} " data', f'{COPY} " data')
    assert of_text(tmp_path, before, Style.ROBUST, "a.html") == after


def test_html_gets_words_behind_the_closed_anchor(tmp_path: Path) -> None:
    """Nothing can be put behind an anchor that is never closed, and that is said."""
    before = f'<p lang="nl"><a href="{GONE}"><b>a</b></a>.'
    path = tmp_path / "a.html"
    path.write_text(before)
    wanted = f'<p lang="nl"><a href="{GONE}"><b>a</b></a> (<a href="{COPY}">archived 3 May 2022</a>).'
    assert fixed(path, Style.BESIDE)[0].decode() == wanted
    path.write_text(f'<p><a href="{GONE}">a')
    data, _, skipped = fixed(path, Style.BESIDE)
    assert data == path.read_bytes()
    assert "no place beside" in skipped[0].why


ENCODINGS = [
    ("a.md", "utf-8", b""),
    ("a.md", "utf-8", b"\xef\xbb\xbf"),
    ("a.md", "utf-16-le", b"\xff\xfe"),
    ("a.html", "windows-1251", b""),
    ("a.html", "koi8-r", b""),
    ("a.html", "utf-8", b"\xef\xbb\xbf"),
]


@pytest.mark.parametrize(("name", "encoding", "mark"), ENCODINGS)
@pytest.mark.parametrize("style", [Style.REPLACE, Style.BESIDE])
def test_encodings_marks_and_line_ends_stay(
    tmp_path: Path, name: str, encoding: str, mark: bytes, style: Style
) -> None:
    """Every byte before and behind the edits is as it was, in every encoding and with mixed line ends."""
    link = f"[слова]({GONE})" if name == "a.md" else f'<a href="{GONE}">слова</a>'
    head = "Привет\r\n\n" if name == "a.md" else f'<meta charset="{encoding}"><p>Привет\r\n\n'
    tail = " и ещё\rслова\r\n  в конце"
    path = tmp_path / name
    path.write_bytes(mark + (head + link + tail).encode(encoding))
    data, edits, _ = fixed(path, style, "fr")
    assert len(edits) == 1
    assert data.startswith(mark + head.encode(encoding))
    assert data.endswith(tail.encode(encoding))
    assert "web.archive.org".encode(encoding) in data
    if style is Style.BESIDE and encoding in ("windows-1251", "koi8-r"):
        assert b"archiv&#233; le 3 mai 2022" in data


_PIECES = st.sampled_from(
    [
        *(f"[слово]({GONE})", f"<{GONE}>", f" {GONE} ", f"[b](<{OLD}>)", f'<a href="{OLD}">x</a>', "[r][d]", "[^1]"),
        *(
            "\n",
            "\r\n",
            "\r",
            "\n\n",
            " ",
            "*",
            "_",
            "`",
            "[",
            "]",
            "(",
            ")",
            "|",
            "> ",
            "- ",
            "    ",
            "é",
            "\t",
            "<",
            "!",
        ),
        *(f"\n\n[d]: {GONE}\n", f"\n\n[^1]: *Note.* {GONE}\n", f"\n\n<div>\n<a href={GONE}>x</a>\n</div>\n\n"),
    ]
)


@settings(max_examples=150)
@given(pieces=st.lists(_PIECES, min_size=1, max_size=25), style=st.sampled_from([Style.REPLACE, Style.BESIDE]))
def test_only_edits_change_and_a_second_time_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], style: Style
) -> None:
    """Whatever the document: outside the edits it is byte for byte the same, and mending it again does nothing."""
    path = tmp_path_factory.mktemp("doc") / "a.md"
    before = "".join(["x", *pieces]).encode()
    path.write_bytes(before)
    after, edits, _ = fixed(path, style)
    text, rest = before.decode(), after.decode()
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        same = text[position : edit.start] + edit.new
        assert rest.startswith(same)
        rest, position = rest[len(same) :], edit.end
    assert rest == text[position:]
    path.write_bytes(after)
    assert fixed(path, style)[0] == after


_TAGS = st.sampled_from(
    [
        *(
            f'<a href="{GONE}">',
            f"<a href='{GONE}' class=x>",
            f"<A HREF={GONE}>",
            f'<a href=" {OLD} ">',
            "</a>",
            "</A>",
        ),
        *(
            "<a name=x>",
            "<p>",
            "\r\n",
            "\n",
            "<!-- ",
            " -->",
            "слово",
            "<",
            ">",
            '"',
            "'",
            "&amp;",
            "<script>",
            "</script>",
        ),
        *(f"<area href='{GONE}'>", "<b", "/>", " = ", f'<a data-versionurl="x" href="{GONE}">', f'<a href="{COPY}">'),
    ]
)


@settings(max_examples=150)
@given(pieces=st.lists(_TAGS, min_size=1, max_size=20), style=st.sampled_from(list(Style)))
def test_the_same_holds_for_html_however_broken(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], style: Style
) -> None:
    """Tags that are never closed, comments, scripts and stray quotes: only edits change, and only once."""
    path = tmp_path_factory.mktemp("doc") / "a.html"
    before = "".join(["<p>x", *pieces])
    path.write_bytes(before.encode())
    after, edits, _ = fixed(path, style)
    kept = "".join(
        before[start:end]
        for start, end in zip([0, *(e.end for e in edits)], [*(e.start for e in edits), len(before)], strict=True)
    )
    assert len(after.decode()) == len(kept) + sum(len(edit.new) for edit in edits)
    path.write_bytes(after)
    assert fixed(path, style)[0] == after


@settings(max_examples=20)
@given(
    lines=st.lists(st.sampled_from([b"a", b"", b"b\r", b"\xff c", b"-- x", b"@@"]), min_size=1, max_size=40),
    changed=st.sets(st.integers(0, 39), max_size=6),
    ends=st.booleans(),
)
def test_a_patch_turns_the_one_into_the_other(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], changed: set[int], ends: bool
) -> None:
    """Git applies the patch to the document and gets the mended one, byte for byte."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    new = [line + b" new" if line and index in changed else line for index, line in enumerate(lines)]
    before, after = (b"\n".join(side) + (b"\n" if ends else b"") for side in (lines, new))
    patch = unified_diff("a b é.md", before, after)
    if before == after:
        assert patch == b""
        return
    folder = tmp_path_factory.mktemp("patch")
    (folder / "a b é.md").write_bytes(before)
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"], cwd=folder, input=patch, capture_output=True, check=False
    )
    assert done.returncode == 0, (done.stderr, patch)
    assert (folder / "a b é.md").read_bytes() == after
