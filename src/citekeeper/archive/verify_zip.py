"""Whether a package is laid out as it was written: members one after the other, their directory, and nothing else.

A ZIP file has room for what no member holds: before, between and behind the members, in comments, and in local headers
that contradict the directory. Readers differ in what they make of that; in a package of ours there is none of it.
"""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Iterator
from typing import IO

_LOCAL = struct.Struct("<4s5H3I2H")
_END, _WIDE_END, _LOCATOR = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")
_CENTRAL_SIZE, _END_SIZE, _ZIP64_END_SIZE = 46, 22, 56 + 20
_LONGEST_COMMENT, _LONGEST_DIRECTORY = 1 << 16, 1 << 20
_ZIP64, _MARK = 0x0001, 0xFFFFFFFF

Oddity = tuple[str, str, str]
"""Member ("" for the package as a whole), code and message."""


def check_directory(stream: IO[bytes]) -> None:
    """Look how long a package's directory says it is, before all of it is taken into memory.

    Raises:
        zipfile.BadZipFile: longer than that of any package of ours.
    """
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT - _ZIP64_END_SIZE))
    tail = stream.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + _END_SIZE:
        return  # no ZIP file, which its reader will say
    length = int.from_bytes(tail[end + 12 : end + 16], "little")
    if length == _MARK:
        at = tail.rfind(b"PK\x06\x06", 0, end)
        length = int.from_bytes(tail[at + 40 : at + 48], "little") if at >= 0 else 0
    if length > _LONGEST_DIRECTORY:
        raise zipfile.BadZipFile("its directory is longer than that of any capture")


def check_layout(package: zipfile.ZipFile, stream: IO[bytes], size: int) -> Iterator[Oddity]:
    """What in a package belongs to no member.

    Args:
        package: as zipfile reads it.
        stream: the same file.
        size: its size.
    """
    if package.comment:
        yield "", "zip-comment", f"The package carries a comment of {len(package.comment)} bytes."
    at = 0
    for info in package.infolist():
        if info.header_offset != at:
            yield info.filename, "zip-slack", f"Not this member but other bytes stand at offset {at} of the package."
            return
        stream.seek(at)
        head = stream.read(_LOCAL.size)
        if len(head) < _LOCAL.size or head[:4] != b"PK\x03\x04":
            yield info.filename, "zip-header-differs", "The member has no local header."
            return
        name_length, extra_length = _LOCAL.unpack(head)[-2:]
        name, extra = stream.read(name_length), stream.read(extra_length)
        if not _agrees(info, head, name, extra):
            yield info.filename, "zip-header-differs", "The member's own header contradicts the package's directory."
        if info.comment or info.extra:
            yield info.filename, "zip-comment", "The package's directory carries more about the member than belongs."
        at += _LOCAL.size + name_length + extra_length + info.compress_size
    directory = sum(_CENTRAL_SIZE + len(info.orig_filename.encode()) for info in package.infolist())
    end = at + directory + _END_SIZE + len(package.comment)
    if package.start_dir != at or size not in (end, end + _ZIP64_END_SIZE):
        yield "", "zip-slack", "Bytes that belong to no member stand before or behind the package's directory."
    elif not _ends_with(stream, len(package.infolist()), directory, at, size - end):
        yield "", "zip-slack", "The records at the package's end say otherwise where its directory is than its reader."


def _ends_with(stream: IO[bytes], count: int, length: int, start: int, wide: int) -> bool:
    """Whether the plain end record, and the 64-bit one if it is there, lead to the directory."""
    stream.seek(start + length)
    if wide:
        record, locator = _WIDE_END.unpack(stream.read(_WIDE_END.size)), _LOCATOR.unpack(stream.read(_LOCATOR.size))
        if record[0] != b"PK\x06\x06" or record[1] != 44 or record[4:] != (0, 0, count, count, length, start):
            return False
        if locator != (b"PK\x06\x07", 0, start + length, 1):
            return False
    plain = _END.unpack(stream.read(_END.size))
    most = (0xFFFF, 0xFFFF, _MARK, _MARK)
    exact = (count, count, length, start)
    fits = all(
        said == value or (wide and said == limit) for said, value, limit in zip(plain[3:7], exact, most, strict=True)
    )
    return plain[:3] == (b"PK\x05\x06", 0, 0) and fits


def _agrees(info: zipfile.ZipInfo, head: bytes, name: bytes, extra: bytes) -> bool:
    _, _, flags, method, time, date, crc, stored, plain, _, _ = _LOCAL.unpack(head)
    if extra:  # sizes that may need 64 bits
        if len(extra) != 20 or struct.unpack("<HH", extra[:4]) != (_ZIP64, 16) or (stored, plain) != (_MARK, _MARK):
            return False
        plain, stored = struct.unpack("<QQ", extra[4:])
    year, month, day, hour, minute, second = info.date_time
    moment = ((year - 1980) << 9 | month << 5 | day, hour << 11 | minute << 5 | second // 2)
    said = (info.flag_bits, info.compress_type, moment[1], moment[0], info.CRC, info.compress_size, info.file_size)
    is_plain_file = (info.create_system, info.external_attr, info.internal_attr, info.volume) == (3, 0o644 << 16, 0, 0)
    is_named = info.filename == info.orig_filename and name == info.orig_filename.encode()  # nothing behind a NUL
    return is_named and is_plain_file and not flags and said == (flags, method, time, date, crc, stored, plain)
