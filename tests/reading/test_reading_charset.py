"""The charset is right whatever the labels say, and the reason is told."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekeeper.reading.charset import decode
from citekeeper.reading.labels import codec_of, labels, standard_name

from .written_pages import RUSSIAN, UKRAINIAN, news_page

_CODECS = ("utf-8", "cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic", "utf-16-le", "utf-16-be", "utf-16")
_LABELS = (None, "utf-8", "windows-1251", "koi8-r", "iso-8859-1", "utf-16")
_CASES = Path(__file__).parents[2].parent / "shared" / "data" / "charset" / "html5lib-encoding"


@pytest.mark.parametrize("codec", _CODECS)
def test_every_label_true_missing_or_false_in_header_and_meta(codec: str) -> None:
    """A whole article is read without an error in every charset under every combination of labels."""
    for header, meta in product(_LABELS, repeat=2):
        head = f'<meta charset="{meta}">' if meta else ""
        page = news_page(RUSSIAN, "Власти утвердили план ремонта мостов", "ru", head)
        body = page.encode(codec, "xmlcharrefreplace")
        decoded = decode(body, f"text/html; charset={header}" if header else "text/html")
        assert decoded.text == body.decode(codec).removeprefix("\ufeff"), (header, meta, decoded.reason)
        assert decoded.reason


@pytest.mark.parametrize("codec", ["utf-8", "cp1251", "koi8-u", "iso8859-5", "utf-16-le"])
@pytest.mark.parametrize("label", [None, "utf-8", "windows-1251", "koi8-r", "iso-8859-1"])
def test_ukrainian(codec: str, label: str | None) -> None:
    """Ukrainian letters survive, also where KOI8-R is claimed and KOI8-U meant."""
    body = " ".join(UKRAINIAN).encode(codec, "xmlcharrefreplace")
    assert decode(body, f"text/html; charset={label}" if label else "").text == body.decode(codec)


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (
            "L’été dernier, à Orléans, le député a déclaré que la réforme était nécessaire, né à l’hôtel.",
            "cp1252",
            None,
        ),
        ("L’été dernier, à Orléans, le député a déclaré que la réforme était nécessaire.", "cp1252", "utf-8"),
        ("Die Bürger müssen für die Gebühren künftig größere Beträge zahlen.", "cp1252", "windows-1251"),
        ("Åtgärderna för miljön på sjön är på väg, sade ministern på måndagen på öarna i går.", "cp1252", None),
        ("Żółte łódki płyną powoli rzeką, a dzieci śpiewają głośno pieśni.", "iso8859-2", "iso-8859-2"),
        ("Coût : 20 €, œuvre", "iso8859-15", "iso-8859-15"),
        ("中国外交部发言人星期三在北京表示,两国领导人将在下个月举行会谈。", "gb18030", "gbk"),
        ("日本政府は水曜日、来月開かれる首脳会談で協議すると発表した。", "cp932", "Shift_JIS"),
        ("한국 정부는 수요일 다음 달 열리는 정상회담에서 논의할 것이라고 발표했다.", "cp949", "euc-kr"),
        ("plain words", "ascii", "windows-1251"),
    ],
)
def test_other_scripts_are_not_taken_for_cyrillic(text: str, codec: str, label: str | None) -> None:
    """Western and East Asian pages stay what they are."""
    body = f"<p>{text}</p>".encode(codec)
    assert decode(body, f"text/html; charset={label}" if label else "").text == f"<p>{text}</p>"


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "cp1251"])
def test_truncated_bodies(codec: str) -> None:
    """A character cut in two at the end does not change the charset."""
    body = " ".join(RUSSIAN).encode(codec)
    for cut in range(1, 4):
        decoded = decode(body[:-cut], truncated=True)
        assert " ".join(RUSSIAN).startswith(decoded.text.rstrip("\ufffd"))


def test_reasons_name_what_they_contradict() -> None:
    """The reason says which label was false."""
    decoded = decode(" ".join(RUSSIAN).encode("koi8-r", "replace"), "text/html; charset=windows-1251")
    assert decoded.charset == "koi8-r"
    assert "though the header says windows-1251" in decoded.reason


def test_one_mangled_character_leaves_utf8() -> None:
    """A faulty byte in a UTF-8 page costs that character alone."""
    body = " ".join(RUSSIAN).encode()
    assert decode(body[:50] + b"\xff" + body[50:]).charset == "utf-8"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("unicode-1-1-utf-8", "utf-8"),
        ("CP1251", "windows-1251"),
        (" x-cp1251 ", "windows-1251"),
        ("win-1251", "windows-1251"),
        ("koi", "koi8-r"),
        ("866", "ibm866"),
        ("x-mac-ukrainian", "x-mac-cyrillic"),
        ("latin1", "windows-1252"),
        ("gb2312", "gb18030"),
    ],
)
def test_labels_of_the_standard(label: str, name: str) -> None:
    """Labels are the standard's, and some that servers made up."""
    codec = codec_of(label)
    assert codec is not None
    assert standard_name(codec) == name


@pytest.mark.parametrize("label", ["rot13", "base64", "idna", "utf-7", "unicode_escape", "", "klingon"])
def test_labels_that_are_no_charset(label: str) -> None:
    """Python's other codecs are no charsets of the web."""
    assert codec_of(label) is None


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff\x00"), max_size=300))
def test_utf8_comes_back(text: str) -> None:
    """Any UTF-8 without NULs or mark decodes to itself."""
    assert decode(text.encode()).text == text


@given(st.binary(max_size=400), st.sampled_from(["", "text/html; charset=utf-16", "text/html; charset=gbk"]))
def test_any_bytes_decode(body: bytes, content_type: str) -> None:
    """No bytes make it raise."""
    assert decode(body, content_type).reason


def test_prescan_of_html5lib() -> None:
    """Meta elements are found where the HTML Standard finds them, but for quirks of unclosed quotes."""
    if not _CASES.is_dir():
        pytest.skip("html5lib's cases are not beside this checkout")
    right = total = 0
    for name in ("tests1.dat", "tests2.dat"):
        for case in (_CASES / name).read_bytes().split(b"#data\n")[1:]:
            data, _, expected = case.partition(b"\n#encoding\n")
            found = [standard_name(codec) for _, codec in labels(data, "")]
            right += (found or ["windows-1252"])[0] == expected.strip().decode().lower()
            total += 1
    assert right >= 72, f"{right} of {total}"
