"""JSON Lines (.jsonl, .ndjson) with one report per row, and .json with one report or a list of them.

A row is an object with ``text`` and, if it likes, ``id``, ``title``, ``published``, ``outlet``, ``url``. Other fields
are left alone.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec

from rapporteur.model.capture import Capture, Given
from rapporteur.model.report import Issue
from rapporteur.stages.acquire.base import Found, InputFormat, Item, Opening, issue

ADVICE = 'a row is an object like {"id": "...", "title": "...", "text": "..."}'
NAMES = ("title", "published", "outlet", "url")


def _open(item: Item, opening: Opening) -> Found:
    data = item.data.removeprefix(codecs.BOM_UTF8)
    if item.place.lower().endswith((".jsonl", ".ndjson")):
        rows = _lines(data)
    else:
        try:
            whole = msgspec.json.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            # A .json file that holds one object per line is common; only when its first line is no object is it broken.
            if not _first_line_is_object(data):
                yield issue("json-broken", item.place, f"not valid JSON ({error})", "check how it was written")
                return
            rows = _lines(data)
        else:
            rows = _listed(whole)
    found = False
    for number, raw in rows:
        found = True
        yield row(item, number, raw)
    if not found:
        yield issue("empty", item.place, "holds no row", ADVICE)


def _lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Rows with their line numbers, one at a time so that a large file is not held twice. Only \\n ends a line in JSON
    Lines.
    """
    start, number = 0, 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        number += 1
        row = data[start:end].strip()
        start = end + 1
        if row:
            yield number, row


def _listed(whole: Any) -> Iterator[tuple[int, bytes]]:
    for number, row in enumerate(whole if isinstance(whole, list) else [whole], 1):
        yield number, msgspec.json.encode(row)


def _first_line_is_object(data: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(data.lstrip().partition(b"\n")[0]), dict)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False


def row(item: Item, number: int, raw: bytes) -> Capture | Issue:
    """The report that one row gives, or what is wrong with the row."""
    name = f"{item.place}, row {number}"
    try:
        values = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return issue("json-broken", name, f"not valid JSON ({error})", ADVICE)
    if not isinstance(values, dict):
        return issue("row-not-object", name, f"a row is an object, this is {type(values).__name__}", ADVICE)
    text = values.get("text")
    if not isinstance(text, str) or not text.strip():
        return issue("row-without-text", name, "the row has no text", 'put the words of the report into "text"')
    ident = _as_id(values.get("id"))
    if isinstance(ident, Issue):
        return issue(ident.code, name, ident.message, "give it a string or leave it out")
    fields = {key: values[key] for key in NAMES if isinstance(values.get(key), str) and values[key].strip()}
    given = Given(text=text, id=ident, **fields)
    return replace(item, data=raw, url=given.url or item.url).capture("application/json", given)


def _as_id(value: Any) -> str | Issue | None:
    """The id as a string; whole numbers count as ids, as databases write them."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return Issue("row-id", "", f"the id is neither a string nor a whole number but {type(value).__name__}")


JSONL = InputFormat(
    name="jsonl",
    suffixes=(".jsonl", ".ndjson", ".json"),
    media_types=("application/json", "application/jsonl", "application/x-ndjson", "application/x-jsonlines"),
    recognises=lambda head: False,  # a text may open with a brace; only the name says that rows were meant
    open=_open,
)
