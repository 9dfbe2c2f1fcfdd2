"""Reads feeds of every kind, whole or broken: RSS and Atom by feedparser, which never fetches here, and JSON Feed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import urljoin

from ingest.encoding import tidy
from ingest.errors import IngestError
from ingest.markup import squeeze
from ingest.page_facts import is_link

MOST_MARKS = 400_000
"""Most angle brackets of a feed; the slowest reading measured is some nine seconds for so many."""

LARGEST_CONTENT = 500_000
"""Most code points of an article that stands in the feed itself."""

FULL_WORDS = 120
"""A description of so many words is taken for the whole article where the feed marks nothing as such."""

NOT_A_FEED = "It is not a feed."
_START_BYTES, _JUNK_BYTES = 20_000, 1_000
_NO_ELEMENT = re.compile(rb"\s*(?:<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)", re.DOTALL | re.I)
_FIRST = re.compile(rb"\s*<\s*([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_JUNK_FIRST = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_TAG = re.compile(r"<[a-zA-Z!/][^<>]*>")  # with "<" within, each of very many that nothing closes looks to the end
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|\w+);", re.I)
_CUT_OFF = re.compile(
    r"(?:\[\s*(?:…|\.{3}|&#8230;|&hellip;)\s*\]|…|\.{3}|\b(?:read|see) (?:more|on|the (?:full|rest)[\w ]*)"
    r"|continue reading[^<]{0,200}|the post .{1,300} (?:first )?appeared (?:first )?on .{1,100})\s*[»→.]?\s*$",
    re.I | re.DOTALL,
)
_EARLIEST, _AHEAD = datetime(1990, 1, 1, tzinfo=UTC), timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item of a feed as it states itself; nothing is guessed.

    ``content`` is the article in the feed itself, as HTML or text; ``full`` says that it is no mere teaser.
    """

    guid: str = ""
    link: str | None = None
    title: str = ""
    published: datetime | None = None
    authors: tuple[str, ...] = ()
    content: str = ""
    full: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed with its items, newest first where it dates them, else in its own order.

    ``site`` is the page that it belongs to, ``pace`` the seconds between two polls that it asks for.
    """

    title: str = ""
    site: str | None = None
    entries: tuple[Entry, ...] = ()
    pace: float | None = None
    language: str | None = None


def kind_of(content: bytes) -> str | None:
    """What some bytes are by their beginning: "feed", "json", "opml", "html", or None for anything else."""
    start = content[:_START_BYTES].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start[:1] == b"{":
        return "json" if b"jsonfeed.org/version" in start.replace(b"\\/", b"/") else None
    first = _FIRST.match(start, _prologue(start))
    name = (first[2].lower() if first else b"").decode()
    if name in ("rss", "feed", "rdf", "channel"):
        return "feed"
    if name == "opml":
        return "opml"
    if name != "html" and _JUNK_FIRST.search(start[:_JUNK_BYTES]):
        return "feed"  # a warning of the site's own programs stands before it
    return "html" if name in ("html", "head", "body") else None


def _prologue(start: bytes) -> int:
    """Where the comments, instructions and declarations end that stand before the first element."""
    at = 0
    while (passed := _NO_ELEMENT.match(start, at)) is not None:
        at = passed.end()
    return at


def read(content: bytes, *, url: str | None = None, media_type: str = "", charset: str | None = None) -> Feed:
    """The feed in some bytes. ``url`` is where it was found, ``charset`` what the server named.

    Takes up to some seconds for the largest. Raises IngestError with one sentence where it is no feed.
    """
    from ingest import feed_json, feed_xml

    kind = kind_of(content)
    if kind == "json":
        return newest_first(feed_json.read(content, url))
    if not content.strip():
        raise IngestError("The feed is empty: nothing at all was sent.")
    if kind in ("html", "opml"):
        raise IngestError("It is a web page, not a feed." if kind == "html" else "It is a list of feeds, not a feed.")
    if content.count(b"<") > MOST_MARKS:
        raise IngestError("The feed has too many parts to be read.")
    feed = feed_xml.read(content, url, media_type, charset)
    if feed is None:
        raise IngestError(NOT_A_FEED)
    return newest_first(feed)


def newest_first(feed: Feed) -> Feed:
    """The feed by date where nearly all items have one; many feeds without any are in that order anyway."""
    from dataclasses import replace

    dated = [each.published for each in feed.entries if each.published]
    if len(dated) < 0.9 * len(feed.entries) or not dated:
        return feed
    oldest = min(dated)
    return replace(feed, entries=tuple(sorted(feed.entries, key=lambda each: each.published or oldest, reverse=True)))


def plain(words: str) -> str:
    """A title on one line, without the tags and entities that many feeds put into it."""
    if _TAG.search(words):
        words = _TAG.sub("", words)
    return squeeze(tidy(unescape(words) if _ENTITY.search(words) else words).replace("\n", " "))[:1_000]


def link_of(words: object, base: str | None) -> str | None:
    """An http or https link, whole; None for what is none."""
    if not isinstance(words, str) or not words.strip() or len(words) > 4_000:
        return None
    try:
        whole = urljoin(base or "", words.strip())
        whole.encode()
    except ValueError:  # what is half a character is no part of a link either
        return None
    return whole if is_link(whole) else None


def moment(stated: str, *, now: datetime | None = None) -> datetime | None:
    """The moment that a feed states, in its own zone; UTC where it names none.

    None for what cannot be read, lies before 1990 or more than a day ahead: a wrong date is worse than none.
    """
    from email.utils import parsedate_to_datetime

    from ingest.stated import date_in

    stated = stated.strip()[:100]
    found = None
    for form in (datetime.fromisoformat, parsedate_to_datetime, date_in):
        try:
            found = form(stated)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if found is not None:
            break
    if found is None:
        return None
    found = found.replace(tzinfo=found.tzinfo or UTC)
    try:
        return found if _EARLIEST <= found <= (now or datetime.now(UTC)) + _AHEAD else None
    except OverflowError:
        return None


def is_full(content: str, *, marked: bool) -> bool:
    """Whether content is a whole article; ``marked`` says that the feed gives it as content, not as a summary."""
    if len(content) > LARGEST_CONTENT:
        return False
    if _CUT_OFF.search(_bare(content)[-500:]):
        return False
    return words_of(content) >= (FULL_WORDS // 3 if marked else FULL_WORDS)


def words_of(content: str) -> int:
    """How many words a text or some HTML has."""
    return len(_bare(content).split())


def _bare(content: str) -> str:
    return squeeze(unescape(_TAG.sub(" ", content)))
