"""The CDX server: ``/cdx/search/cdx`` with the parameters of the Wayback Machine's own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote_plus, unquote_plus

from citekeeper.sandbox.messages import Request, Response
from citekeeper.sandbox.wayback.holdings import FIELDS, Holdings, moment_of, surt

Row = dict[str, str]


class _BadQueryError(ValueError):
    """A parameter that the CDX server does not take; the message is its answer."""


def answer_cdx(request: Request, holdings: Holdings) -> Response:
    """Answer one CDX query; one that cannot be read is a 400 with a sentence."""
    try:
        return _answer(request, holdings)
    except (_BadQueryError, re.error) as error:
        return Response.text(f"Bad Request: {error}\n", 400)


def _answer(request: Request, holdings: Holdings) -> Response:
    query = request.query
    if not query.get("url"):
        raise _BadQueryError("The url= parameter is required")
    if query.get("showNumPages") == "true":
        return Response.text("1\n")
    is_in_scope = _scope(query["url"], query.get("matchType"))
    is_exact = query.get("matchType", "exact") == "exact" and "*" not in query["url"]
    candidates = holdings.of(query["url"]) if is_exact else holdings.everything()
    rows = [row for row in (held.row() for held in candidates) if is_in_scope(row)]
    rows = _within(rows, query.get("from", ""), query.get("to", ""))
    for name, value in request.query_pairs:
        if name == "filter":
            rows = [row for row in rows if _passes(value)(row)]
    for name, value in request.query_pairs:
        if name == "collapse":
            rows = list(_collapsed(rows, value))
    rows = _sorted(rows, query.get("sort", ""), query.get("closest", ""))
    rows, resume_key = _window(rows, query)
    fields = [field for field in query.get("fl", "").split(",") if field] or list(FIELDS)
    if unknown := [field for field in fields if field not in FIELDS]:
        raise _BadQueryError(f"unknown field {unknown[0]}")
    table = [[row[field] for field in fields] for row in rows]
    as_json = query.get("output") == "json"
    text = _as_json(fields, table, resume_key) if as_json else _as_text(table, resume_key)
    media_type = "application/json" if as_json else "text/plain"
    return Response(
        200, (("Content-Type", media_type),), text.encode("utf-8"), compress=query.get("gzip", "true") != "false"
    )


def _scope(url: str, match_type: str | None) -> Callable[[Row], bool]:
    if match_type is None and url.startswith("*."):
        url, match_type = url[2:], "domain"
    elif match_type is None and url.endswith("*"):
        url, match_type = url[:-1], "prefix"
    key = surt(url)
    host = key.partition(")")[0]
    match match_type or "exact":
        case "exact":
            return lambda row: row["urlkey"] == key
        case "prefix":
            prefix = key + "/" if url.endswith("/") and not key.endswith("/") else key
            return lambda row: row["urlkey"].startswith(prefix)
        case "host":
            return lambda row: row["urlkey"].startswith(f"{host})")
        case "domain":
            return lambda row: row["urlkey"].startswith((f"{host})", f"{host},"))
        case unknown:
            raise _BadQueryError(f"Invalid matchType: {unknown}")


def _within(rows: list[Row], start: str, end: str) -> list[Row]:
    for value in (start, end):
        if value and not re.fullmatch(r"\d{1,14}", value):
            raise _BadQueryError(f"Invalid timestamp: {value}")
    if start:
        rows = [row for row in rows if row["timestamp"] >= start.ljust(14, "0")]
    if end:
        rows = [row for row in rows if row["timestamp"][: len(end)] <= end]
    return rows


def _passes(expression: str) -> Callable[[Row], bool]:
    """``[!]field:regex``; the whole value must match, as Java's ``matches()`` asks."""
    match = re.fullmatch(r"(!?)(\w+):(.*)", expression)
    if match is None or match[2] not in FIELDS:
        raise _BadQueryError(f"Invalid filter: {expression}")
    inverted, field, pattern = bool(match[1]), match[2], re.compile(match[3])
    return lambda row: (pattern.fullmatch(row[field]) is None) is inverted


def _collapsed(rows: list[Row], expression: str) -> Iterator[Row]:
    """``field[:N]``: of neighbours that agree in (the first N characters of) the field, the first."""
    match = re.fullmatch(r"(\w+)(?::(\d+))?", expression)
    if match is None or match[1] not in FIELDS:
        raise _BadQueryError(f"Invalid collapse: {expression}")
    last = None
    for row in rows:
        value = row[match[1]][: int(match[2]) if match[2] else None]
        if value != last:
            yield row
        last = value


def _sorted(rows: list[Row], order: str, closest: str) -> list[Row]:
    match order:
        case "" | "default":
            return rows
        case "reverse":
            return rows[::-1]
        case "closest":
            if not re.fullmatch(r"\d{1,14}", closest):
                raise _BadQueryError("sort=closest needs closest=<timestamp>")
            wanted = moment_of(closest)
            return sorted(rows, key=lambda row: abs((moment_of(row["timestamp"]) - wanted).total_seconds()))
        case _:
            raise _BadQueryError(f"Invalid sort: {order}")


def _window(rows: list[Row], query: dict[str, str]) -> tuple[list[Row], str | None]:
    """The rows that resumeKey, offset and limit leave, and the key of the rest where that was asked for."""
    if resume := query.get("resumeKey"):
        urlkey, _, timestamp = unquote_plus(resume).rpartition(" ")
        rows = [row for row in rows if (row["urlkey"], row["timestamp"]) >= (urlkey, timestamp)]
    rows = rows[int(query["offset"]) :] if query.get("offset", "").isdigit() else rows
    limit = query.get("limit", "")
    if not limit:
        return rows, None
    if not re.fullmatch(r"-?\d+", limit):
        raise _BadQueryError(f"Invalid limit: {limit}")
    if int(limit) < 0:
        return rows[int(limit) :], None
    kept, rest = rows[: int(limit)], rows[int(limit) :]
    key = quote_plus(f"{rest[0]['urlkey']} {rest[0]['timestamp']}") if rest else None
    return kept, key if query.get("showResumeKey") == "true" else None


def _as_text(table: list[list[str]], resume_key: str | None) -> str:
    text = "".join(" ".join(row) + "\n" for row in table)
    return text + (f"\n{resume_key}\n" if resume_key else "")


def _as_json(fields: list[str], table: list[list[str]], resume_key: str | None) -> str:
    if not table:
        return "[]\n"
    rows = [fields, *table, *([[], [resume_key]] if resume_key else [])]
    return "[" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "]\n"
