"""The charsets that a page is labelled with: Content-Type header, XML declaration, meta elements.

Labels are those of the WHATWG Encoding Standard and a few that Russian servers use besides; the prescan of meta
elements follows the HTML Standard (section 13.2.3.2), over a longer stretch.
"""

from __future__ import annotations

import re
from typing import Final

_PRESCAN: Final = 8192  # bytes; the standard's 1024 miss labels behind long comments and scripts

# Python's codec → WHATWG labels (and others met). A superset is decoded where the standard says so: gb2312 as gb18030.
_LABELS: Final = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 utf_8",
    "cp1251": "cp1251 windows-1251 x-cp1251 win-1251 win1251 windows1251 windows_1251 cp-1251 1251 "
    "ansi1251 cswindows1251",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r koi8r x-koi8-r",
    "koi8-u": "koi8-ru koi8-u koi8u",
    "cp866": "866 cp866 csibm866 ibm866 ibm-866 dos-866 x-cp866",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian mac-cyrillic maccyrillic x-maccyrillic",
    "cp1252": "ansi_x3.4-1968 ascii us-ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 "
    "iso_8859-1 iso_8859-1:1987 l1 latin1 latin-1 windows-1252 x-cp1252 x-user-defined",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    "iso8859-3": "csisolatin3 iso-8859-3 iso8859-3 iso_8859-3 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso8859-4 iso_8859-4 l4 latin4",
    "iso8859-6": "arabic asmo-708 iso-8859-6 iso8859-6 iso_8859-6 ecma-114",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "iso8859-7": "ecma-118 elot_928 greek greek8 iso-8859-7 iso8859-7 iso_8859-7 sun_eu_greek",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "iso8859-8": "hebrew iso-8859-8 iso8859-8 iso_8859-8 visual iso-8859-8-i logical",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1254": "cp1254 windows-1254 x-cp1254 iso-8859-9 iso8859-9 iso_8859-9 l5 latin5",
    "iso8859-10": "iso-8859-10 iso8859-10 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "iso8859-14": "iso-8859-14 iso8859-14",
    "iso8859-15": "iso-8859-15 iso8859-15 iso_8859-15 l9 latin-9",
    "iso8859-16": "iso-8859-16",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "cp874": "dos-874 iso-8859-11 iso8859-11 tis-620 windows-874",
    "mac-roman": "csmacintosh mac macintosh x-mac-roman",
    "gb18030": "chinese csgb2312 gb2312 gb_2312 gb_2312-80 gbk x-gbk iso-ir-58 gb18030",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "euc_jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso2022_jp": "csiso2022jp iso-2022-jp",
    "cp949": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 "
    "windows-949",
    "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
    "utf-16-be": "unicodefffe utf-16be",
}
_CODEC_OF: Final = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}

# Where the name that the standard gives a charset is not Python's.
_STANDARD_NAMES: Final = {
    "cp866": "ibm866", "mac-cyrillic": "x-mac-cyrillic", "mac-roman": "macintosh", "cp874": "windows-874",
    "big5hkscs": "big5", "cp932": "shift_jis", "euc_jp": "euc-jp", "iso2022_jp": "iso-2022-jp", "cp949": "euc-kr",
    "utf-16-le": "utf-16le", "utf-16-be": "utf-16be",
}  # fmt: skip

_HEADER = re.compile(r"(?i)charset\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s;,\"']+))")
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']?([^"'\s>?]{2,40})""", re.IGNORECASE)
_TAG = re.compile(rb"<!--.*?-->|<!-->|<meta[\s/]+|</?[a-zA-Z][^>\s/]*[\s/]*|<[!/?][^>]*>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)|(?=>)))?""")
_IN_CONTENT = re.compile(rb"""charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))""", re.IGNORECASE)


def codec_of(label: str) -> str | None:
    """Python's codec for a charset label; None for one that no browser knows."""
    return _CODEC_OF.get(label.strip(" \t\r\n\f\"'").lower())


def standard_name(codec: str) -> str:
    """A codec's name in the WHATWG Encoding Standard, in lower case."""
    if codec in _STANDARD_NAMES:
        return _STANDARD_NAMES[codec]
    return (
        codec.replace("iso8859-", "iso-8859-") if codec.startswith("iso") else re.sub(r"^cp(?=125)", "windows-", codec)
    )


def labels(body: bytes, content_type: str) -> list[tuple[str, str]]:
    """The charsets that header and page name, each as (“header” or “meta”, Python's codec), the header's first."""
    found: list[tuple[str, str]] = []
    header = _HEADER.search(content_type)
    if header and (codec := codec_of(header[1] or header[2] or header[3] or "")):
        found.append(("header", codec))
    if codec := _declared(body[:_PRESCAN]):
        found.append(("meta", codec))
    return found


def _declared(head: bytes) -> str | None:
    xml = _XML.match(head)
    if xml and (codec := _in_markup(xml[1])):
        return codec
    position = 0
    while match := _TAG.search(head, position):
        position = match.end()
        tag = match[0].lower()
        if tag.startswith((b"<!", b"<?")) or (tag.startswith(b"</") and not tag[2:3].isalpha()):
            continue
        attributes, position = _attributes(head, position)
        if tag.startswith(b"<meta") and tag[5:6] in (b" ", b"\t", b"\n", b"\r", b"\f", b"/"):
            codec = _of_meta(attributes)
            if codec:
                return codec
    return None


def _attributes(head: bytes, position: int) -> tuple[dict[bytes, bytes], int]:
    found: dict[bytes, bytes] = {}
    while match := _ATTRIBUTE.match(head, position):
        value = match[2] if match[2] is not None else match[3] if match[3] is not None else match[4] or b""
        found.setdefault(match[1].lower(), value)
        position = match.end()
    return found, position


def _of_meta(attributes: dict[bytes, bytes]) -> str | None:
    if b"charset" in attributes:
        return _in_markup(attributes[b"charset"])
    if attributes.get(b"http-equiv", b"").strip().lower() == b"content-type":
        match = _IN_CONTENT.search(attributes.get(b"content", b""))
        return _in_markup(match[1] or match[2] or match[3] or b"") if match else None
    return None


def _in_markup(label: bytes) -> str | None:
    codec = codec_of(label.decode("latin-1"))
    # What could be read as ASCII to find this label is not in UTF-16 (HTML Standard).
    return "utf-8" if codec and codec.startswith("utf-16") else codec
