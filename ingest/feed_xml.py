"""RSS and Atom by feedparser, which is handed bytes and never an address."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Mapping
from typing import Any

from ingest.encoding import tidy
from ingest.feeds import Entry, Feed, is_full, link_of, moment, plain
from ingest.stated import names_in

MOST_ENTRIES = 20_000
_SECONDS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}

Parsed = Mapping[str, Any]  # feedparser's dictionaries, which have no types


def read(content: bytes, url: str | None, media_type: str, charset: str | None) -> Feed | None:
    """The feed, None where there is no sign of one."""
    import feedparser  # type: ignore[import-untyped]

    typed = f"{media_type or 'application/xml'}; charset={charset}" if charset else media_type or "application/xml"
    headers = {"content-type": typed, "content-location": url or ""}
    found = feedparser.parse(
        io.BytesIO(content), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not found.get("version") and not found.get("entries"):
        return None
    about: Parsed = found.get("feed") or {}
    language = _text(about, "language")
    return Feed(
        title=plain(_text(about, "title")),
        site=link_of(_text(about, "link"), url),
        entries=tuple(_entry(each, url, language) for each in found["entries"][:MOST_ENTRIES]),
        pace=_pace(about),
        language=language,
    )


def _entry(given: Parsed, url: str | None, language: str) -> Entry:
    content, marked = _content(given)
    stated = _text(given, "published") or _text(given, "date") or _text(given, "updated")
    return Entry(
        guid=_text(given, "id")[:4_000],
        link=link_of(_text(given, "feedburner_origlink"), url) or link_of(_text(given, "link"), url),
        title=plain(_text(given, "title")),
        published=moment(stated) if stated else None,
        authors=_authors(given),
        content=content,
        full=is_full(content, marked=marked),
        language=language,
    )


def _content(given: Parsed) -> tuple[str, bool]:
    """The longest text that stands in the feed, as HTML, and whether the feed calls it the content."""
    texts = [
        each.get("value")
        for each in given.get("content") or ()
        if "html" in str(each.get("type")) or str(each.get("type")).startswith("text/")
    ]
    content = max((each for each in texts if isinstance(each, str)), key=len, default="")
    summary = _text(given, "summary")
    return (tidy(content), True) if len(content) >= len(summary) and content else (tidy(summary), False)


def _authors(given: Parsed) -> tuple[str, ...]:
    """Names as stated; what else stands where a name should be (an address, a desk) is no author."""
    told = [str(each.get("name") or "") for each in given.get("authors") or () if isinstance(each, Mapping)]
    return _names(told) or _names([_text(given, "author")])


def _names(told: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in told for name in names_in(plain(each))))


def _pace(about: Parsed) -> float | None:
    """Seconds between polls by ``ttl`` (minutes) and by the syndication module, the longer one."""
    found = [60 * _number(about, "ttl")]
    if period := _SECONDS.get(_text(about, "sy_updateperiod").strip().lower()):
        found.append(period / max(_number(about, "sy_updatefrequency"), 1))
    return max(found) or None


def _number(about: Parsed, name: str) -> float:
    try:
        number = float(_text(about, name))
    except ValueError:
        return 0.0
    return number if math.isfinite(number) and number > 0 else 0.0


def _text(given: Parsed, name: str) -> str:
    value = given.get(name)
    return value if isinstance(value, str) else ""
