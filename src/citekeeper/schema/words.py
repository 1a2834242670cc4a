"""What a value in any of the files may be: ids, dates, addresses, verdicts, lists, and mappings that stay open."""

from __future__ import annotations

import difflib
import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema

from citekeeper import urls
from citekeeper.ids import DEVICES, ID_PATTERN, is_valid_id
from citekeeper.model import VerdictKind

_ISO_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[Tt ]\S.*)?")
_SHA256 = r"^[0-9a-f]{64}$"
Moment = datetime


def _check_id(value: object) -> object:
    text = str(value)
    if text.lower() in DEVICES:
        raise ValueError(f"“{text}” is the name of a Windows device and cannot be a folder there")
    if not is_valid_id(text):
        shown = text if len(text) <= 80 else text[:79] + "…"
        raise ValueError(f"“{shown}” is no id: at most 64 of a-z, 0-9 and “-”, beginning with a letter or digit")
    return text


def check_date(value: object) -> object:
    """A day out of a text in ISO 8601, whose time of day is dropped; anything else as it is.

    Raises:
        ValueError: it is a text and no date.
    """
    if not isinstance(value, str):
        return value
    match = _ISO_DATE.fullmatch(value.strip())
    try:
        return date.fromisoformat(match[1] if match else value)
    except ValueError as error:
        raise ValueError(f"“{value}” is no date; write it as 2022-04-07") from error


def _check_url(value: object) -> object:
    if isinstance(value, str):
        try:
            urls.parse(value)
        except urls.BadUrlError as error:
            raise ValueError(str(error)) from error
    return value


def check_verdict(value: object) -> object:
    """``value`` as it is, if it is a verdict or None.

    Raises:
        ValueError: it is not, with the nearest one.
    """
    if isinstance(value, str) and value not in set(VerdictKind):
        near = difflib.get_close_matches(value.lower(), [kind.value for kind in VerdictKind], n=1, cutoff=0.5)
        suggestion = f"did you mean “{near[0]}”?" if near else f"verdicts: {', '.join(VerdictKind)}"
        raise ValueError(f"“{value}” is no verdict; {suggestion}")
    return value


def null_is(default: Any) -> BeforeValidator:
    """Reads null as what ``default`` makes."""
    return BeforeValidator(lambda value: default() if value is None else value)


_TEXT_SCHEMA = {"type": ["string", "number", "boolean", "null"]}
Id = Annotated[str, BeforeValidator(_check_id), WithJsonSchema({"type": "string", "pattern": ID_PATTERN})]
Text = Annotated[str | None, WithJsonSchema(_TEXT_SCHEMA)]
Day = Annotated[
    date | None, BeforeValidator(check_date), WithJsonSchema({"type": ["string", "null"], "format": "date"})
]
WebUrl = Annotated[
    str | None,
    BeforeValidator(_check_url),
    WithJsonSchema({"type": ["string", "null"], "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"}),
]
CountingNumber = Annotated[int | None, Field(ge=1)]
Verdict = Annotated[
    str | None,
    BeforeValidator(check_verdict),
    WithJsonSchema({"enum": [*(kind.value for kind in VerdictKind), None]}),
]
Figure = Annotated[str, WithJsonSchema({"type": ["string", "number"]})]
Sha256 = Annotated[str, Field(pattern=_SHA256)]


class _OrNull:
    """Tells the JSON Schema that null may stand where a list is expected."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(core), "type": ["array", "null"]}


def listed(item: Any) -> Any:
    """A list of ``item``; null is the empty list."""
    return Annotated[list[item], null_is(list), _OrNull()]


class Open(BaseModel):
    """A mapping whose unknown keys are kept."""

    model_config = ConfigDict(extra="allow")


class Tool(Open):
    """The program that wrote a file."""

    name: str
    version: str
