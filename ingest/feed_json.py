"""JSON Feed 1.0 and 1.1 (jsonfeed.org), which feedparser does not read; odd values are passed over, not fatal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from ingest.encoding import decode, tidy
from ingest.errors import IngestError
from ingest.feed_xml import MOST_ENTRIES
from ingest.feeds import Entry, Feed, is_full, link_of, moment, plain

Row = Mapping[str, object]


def read(content: bytes, url: str | None) -> Feed:
    """The feed. Raises IngestError where it is not JSON, or holds no list of items."""
    try:
        found = json.loads(decode(content))
    except (ValueError, RecursionError):
        raise IngestError("The feed is not JSON.") from None
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise IngestError("The feed holds no list of items.")
    language = _text(found, "language")
    rows = [each for each in items[:MOST_ENTRIES] if isinstance(each, dict)]
    return Feed(
        title=plain(_text(found, "title")),
        site=link_of(found.get("home_page_url"), url),
        entries=tuple(_entry(row, found, url) for row in rows),
        language=language,
    )


def _entry(row: Row, feed: Row, url: str | None) -> Entry:
    page = _text(row, "content_html")
    content = tidy(page or _text(row, "content_text"))
    return Entry(
        guid=_text(row, "id")[:4_000],
        link=link_of(row.get("url"), url) or link_of(row.get("external_url"), url),
        title=plain(_text(row, "title")),
        published=_moment(row),
        authors=_authors(row) or _authors(feed),
        content=content,
        full=is_full(content, marked=True),
        language=_text(row, "language") or _text(feed, "language"),
    )


def _moment(row: Row) -> datetime | None:
    stated = _text(row, "date_published") or _text(row, "date_modified")
    return moment(stated) if stated else None


def _authors(row: Row) -> tuple[str, ...]:
    """Version 1.1 has "authors", 1.0 had "author"."""
    given = row.get("authors")
    listed = given if isinstance(given, list) else [row.get("author")]
    names = (plain(_text(each, "name")) for each in listed if isinstance(each, dict))
    return tuple(dict.fromkeys(filter(None, names)))


def _text(row: Row, name: str) -> str:
    """A string; numbers too, as some feeds number their items."""
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return str(value)
